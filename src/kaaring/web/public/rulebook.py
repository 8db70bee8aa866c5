"""The rulebook of a jury's edition: its categories, and for each who may enter and how it is judged."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from kaaring.entries.rules.periods import entry_period
from kaaring.jury.queries.voting import votes_held
from kaaring.kernel.text import Text, Words, said, words
from kaaring.programmes.definition import Definition
from kaaring.programmes.definition.schema import Category, Criterion, KeyFigure
from kaaring.programmes.definition.schema.eligibility import MayNotEnterAloneRule, PartnershipRule
from kaaring.programmes.eligibility import Line
from kaaring.programmes.eligibility import rulebook as lines_of
from kaaring.programmes.eligibility.names import either, subject_kind
from kaaring.programmes.models import Edition
from kaaring.programmes.queries import definition_of
from kaaring.results.queries.runs import current_run
from kaaring.web.public.editions import definition_of_edition
from kaaring.web.public.entering import Deadline, deadline_of, how_many, prices_of
from kaaring.web.public.judging import (
    anchors_of,
    discretion_of,
    is_anything_marked,
    levels_in_words,
    stages_shown,
    weight_of,
    weights_in_words,
)
from kaaring.web.public.kept import kept
from kaaring.web.public.shell import around, edition_at, shown
from kaaring.web.public.ways import Way, comparing, ways_of
from kaaring.web.public.wording import points


@dataclass(frozen=True, slots=True)
class Book:
    """An edition with the rules that its jury goes by: those of the published results, or those in force."""

    edition: Edition
    definition: Definition
    is_published: bool
    at: datetime

    @property
    def year(self) -> int:
        """The year of reference days that name none."""
        period = entry_period(self.edition)
        return self.edition.created_at.year if period is None else period.last.year

    @property
    def deadline(self) -> Deadline:
        """How it stands with entering."""
        return deadline_of(self.edition, at=self.at, is_over=self.is_published)

    def original(self, text: Text) -> Words | None:
        """Return a text in the edition's first language, None where that is what the reader sees anyway."""
        first = words(text, self.definition.edition.languages[0])
        return None if first.text == said(text) else first


class Named(NamedTuple):
    """Something with its name in the reader's language, and as the organiser calls it where that differs."""

    name: Text
    original: Words | None


class CategoryShown(NamedTuple):
    """A category in the list."""

    code: str
    named: Named
    entered: str
    weights: str
    division_count: int


class GroupShown(NamedTuple):
    """Categories under their heading; None where they stand under none."""

    named: Named | None
    categories: list[CategoryShown]


class CriterionShown(NamedTuple):
    """A criterion with everything that the entrant and the juror are told of it."""

    criterion: Criterion
    named: Named
    weight: str
    discretion: str
    evidence: str
    key_figures: list[KeyFigure]


class RuleShown(NamedTuple):
    """A rule in plain words, and in the organiser's: in the reader's language and in the first one."""

    line: Line
    original: Words | None
    of: "list[RuleShown]"


class Entering(NamedTuple):
    """The rules of a category, apart by what they are about."""

    who: list[RuleShown]
    together: list[RuleShown]
    divisions: list[tuple[Text, RuleShown]]


def book_at(programme: str, edition: str) -> Book:
    """Return the rules of an edition that has categories; there is no such page for others (404)."""
    found = edition_at(programme, edition)
    run = current_run(found)
    definition = definition_of_edition(found) if run is None else definition_of(run.rules)
    if definition is None or not definition.categories:
        raise Http404
    return Book(found, definition, is_published=run is not None, at=timezone.now())


def around_book(book: Book, here: str) -> dict[str, Any]:
    """Return the shell's context for a page of the rulebook, with the way to enter while one can."""
    is_measured = book.definition.survey is not None
    start = reverse("entrant:new_case", args=[book.edition.programme.slug, book.edition.slug])
    is_voted = not book.is_published and bool(votes_held(book.edition, book.definition))
    return {
        **around(
            book.edition, here, is_published=book.is_published, is_measured=is_measured, is_voted=is_voted
        ),
        "deadline": book.deadline,
        "start": start if book.deadline.is_open else "",
    }


@require_safe
@kept
def rulebook(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    """Every category under its heading, when and at what price one enters, and how the jury judges."""
    book = book_at(programme, edition)
    definition = book.definition
    groups = groups_of(book)
    context = {
        **around_book(book, "rulebook"),
        **_common(book),
        "groups": groups,
        "has_originals": any(one.named.original for group in groups for one in group.categories),
        "lede": _counts(definition),
        "how_many": how_many(definition),
        "ways": _ways(definition, definition.categories),
    }
    return shown(
        request, "public/rulebook.html", context, title=_("Categories and rules"), description=context["lede"]
    )


@require_safe
@kept
def category(request: HttpRequest, programme: str, edition: str, category: str) -> HttpResponse:
    """One category: what it is for, who may enter it, what is judged, when, and what it costs."""
    book = book_at(programme, edition)
    definition = book.definition
    found = next((one for one in definition.categories if one.code == category), None)
    if found is None:
        raise Http404
    at = definition.categories.index(found)
    context = {
        **around_book(book, "rulebook"),
        **_common(book),
        "category": found,
        "named": _named(book, found.name),
        "group": _group_of(book, found),
        "entered": entered(found),
        "rules": entering(book, found),
        "criteria": [_criterion(book, one) for one in found.criteria],
        "fixed": weights_in_words(found) if is_anything_marked(definition) else "",
        "overlap": _OVERLAPS[found.overlap](),
        "ways": _ways(definition, [found]),
        "before": definition.categories[at - 1] if at else None,
        "after": definition.categories[at + 1] if at + 1 < len(definition.categories) else None,
    }
    return shown(
        request, "public/category.html", context, title=said(found.name), description=_summary(found)
    )


def _common(book: Book) -> dict[str, Any]:
    """Return what both pages say of entering and judging."""
    definition, jury = book.definition, book.definition.jury
    fees, is_marked = definition.fees, is_anything_marked(definition)
    return {
        "fees": fees,
        "vat": points(100 * fees.vat) if fees else "",
        "prices": prices_of(fees, book.edition, at=book.at, is_over=book.is_published) if fees else [],
        "jury": jury,
        "is_marked": is_marked,
        "anchors": anchors_of(jury) if jury and is_marked else [],
        "levels": levels_in_words(jury) if jury else "",
        "stages": stages_shown(book.edition, definition),
    }


def _ways(definition: Definition, categories: Sequence[Category]) -> list[Way]:
    jury = definition.jury
    return ways_of(jury, comparing(jury), categories) if jury else []


def _counts(definition: Definition) -> str:
    count, groups = len(definition.categories), len(definition.category_groups)
    words = {"categories": ngettext("%(count)d category", "%(count)d categories", count) % {"count": count}}
    if not groups:
        return _("%(categories)s: who may enter each of them, and how the jury judges.") % words
    words["groups"] = ngettext("%(count)d group", "%(count)d groups", groups) % {"count": groups}
    return _("%(categories)s in %(groups)s: who may enter each of them, and how the jury judges.") % words


def _summary(category: Category) -> str:
    if category.description:
        return said(category.description)
    return _("Who may enter “%(category)s”, and how it is judged.") % {"category": said(category.name)}


def groups_of(book: Book) -> list[GroupShown]:
    """Return the categories under their headings, in the order of the rules; those without one come first."""
    groups: dict[str | None, list[CategoryShown]] = {None: []}
    groups |= {group.code: [] for group in book.definition.category_groups}
    for one in book.definition.categories:
        groups[one.group].append(_category(book, one))
    headings = {group.code: _named(book, group.name) for group in book.definition.category_groups}
    return [GroupShown(headings[code] if code else None, own) for code, own in groups.items() if own]


def _named(book: Book, name: Text) -> Named:
    return Named(name, book.original(name))


def _category(book: Book, one: Category) -> CategoryShown:
    return CategoryShown(one.code, _named(book, one.name), entered(one), _weights(one), len(one.divisions))


def _group_of(book: Book, category: Category) -> Named | None:
    groups = (group for group in book.definition.category_groups if group.code == category.group)
    return next((_named(book, group.name) for group in groups), None)


def entered(category: Category) -> str:
    """Return what is entered in a category: a team or a department."""
    return either(category.subject, subject_kind)


def _weights(category: Category) -> str:
    """Return the criteria of a category in short: with their weights, or how many weigh the same."""
    weighed = [one for one in category.criteria if one.weight is not None]
    if weighed:
        return " · ".join(
            f"{said(one.name)} {points(one.weight)}" for one in weighed if one.weight is not None
        )
    count = len(category.criteria)
    return ngettext("%(count)d criterion", "%(count)d criteria, all equal", count) % {"count": count}


def entering(book: Book, category: Category) -> Entering:
    """Return the rules of a category in words, apart by what they are about."""
    lines = [_rule(book, line) for line in lines_of(category, book.definition, year=book.year)]
    with_others = set(_with_others(category))
    of_divisions = [rule for rule in lines if rule.line.key.startswith("divisions/")]
    rest = lines[: len(lines) - len(of_divisions)]
    names = [division.name for division in category.divisions]
    return Entering(
        [rule for rule in rest if rule.line.key not in with_others],
        [rule for rule in rest if rule.line.key in with_others],
        list(zip(names, of_divisions, strict=True)),
    )


def _rule(book: Book, line: Line) -> RuleShown:
    original = book.original(line.wording) if line.wording else None
    return RuleShown(line, original, [_rule(book, inner) for inner in line.of])


def _with_others(category: Category) -> Iterator[str]:
    for place, rule in enumerate(category.eligibility):
        if isinstance(rule, PartnershipRule | MayNotEnterAloneRule):
            yield f"eligibility/{place}"


def _criterion(book: Book, one: Criterion) -> CriterionShown:
    figures = {figure.code: figure for figure in book.definition.key_figures}
    return CriterionShown(
        one,
        _named(book, one.name),
        weight_of(one),
        discretion_of(one),
        _EVIDENCE[one.evidence]() if one.evidence else "",
        [figures[code] for code in one.kpis if code in figures],
    )


_EVIDENCE = {
    "before_after": lambda: _("Show how it was before and how it is now."),
    "documents": lambda: _("Support what you say with figures or documents, or say why it is probable."),
}
_OVERLAPS = {
    "entrant_chooses": lambda: _("Where an entry fits several of them, the entrant chooses one."),
    "organiser_assigns": lambda: _("Where an entry fits several of them, the organiser decides on one."),
    "refused": lambda: _("An entry can fit one of them only; one that fits several is not taken in."),
}
