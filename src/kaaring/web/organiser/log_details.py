"""The details of the log's lines, in words: what the keys mean, and values as people write them."""

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Any, NamedTuple

from django.utils.dateparse import parse_date, parse_datetime
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from kaaring.audit.models import AuditLine
from kaaring.jury.models import Juror, Recusal
from kaaring.jury.sheets import mark_at
from kaaring.kernel import figures
from kaaring.kernel.text import said
from kaaring.outbox.models import Letter
from kaaring.people.models import MemberRole
from kaaring.programmes.definition.schema import Definition, MarkScale
from kaaring.programmes.definition.schema.values import plain_number
from kaaring.programmes.models import Edition, EditionRole
from kaaring.programmes.queries import definition_in_force
from kaaring.results.models import EntryDecision
from kaaring.web.organiser.log_names import names_in, with_names

NONE = "–"
MEANT = {
    "kind": dict(Letter.Kind.choices) | dict(Recusal.Kind.choices),
    "role": dict(MemberRole.choices) | dict(EditionRole.choices),
    "entries": dict(EntryDecision.Level.choices),
    "outcome": {
        "taken": gettext_lazy("sent"),
        "not_taken": gettext_lazy("not sent"),
        "unsure": gettext_lazy("nobody knows whether it went"),
        "gone": gettext_lazy("no draft any more"),
    },
}
"""What stored values mean, by the key they stand under."""


OF_JURORS = ("chair", "juror", "jurors", "out", "there")
OF_RULES = ("award", "categories", "category", "criterion", "marks")
"""Keys under which codes stand, of jurors and of the rules."""


class Reader(NamedTuple):
    """What makes values readable: the clock, names by id, what codes mean by key, and the jury's scale."""

    timezone: str
    names: Mapping[str, str]
    meant: Mapping[str, Mapping[str, Any]]
    scale: MarkScale | None


def reader_of(lines: Iterable[AuditLine], edition: Edition) -> Reader:
    """Return what makes the details of these lines readable, and ask for no more than they mention."""
    held = {key for line in lines for key in line.details}
    meant: dict[str, Mapping[str, Any]] = dict(MEANT)
    scale = None
    if held.intersection(OF_JURORS):
        jurors = dict(Juror.objects.filter(edition=edition).values_list("code", "name"))
        meant |= dict.fromkeys(OF_JURORS, jurors)
    if held.intersection(OF_RULES):
        definition = definition_in_force(edition)
        meant |= _rules_in_words(definition)
        scale = definition.jury.scale if definition.jury else None
    return Reader(edition.timezone, names_in(lines), meant, scale)


def _rules_in_words(definition: Definition) -> dict[str, dict[str, str]]:
    categories = {one.code: said(one.name) for one in definition.categories}
    criteria = {each.code: said(each.name) for one in definition.categories for each in one.criteria}
    awards = {one.code: said(one.name) for one in definition.awards}
    return {
        "award": awards,
        "categories": categories,
        "category": categories,
        "criterion": criteria,
        "marks": criteria,
    }


def detail(key: str, value: Any, reader: Reader) -> tuple[str, str]:
    """Return one detail of a line: what it is, and its value in words."""
    if key == "marks":
        shown = "; ".join(_marks(value, reader))
    elif key == "score" and value:
        shown = figures.figure(Fraction(value))
    elif key == "before" and isinstance(value, int):
        shown = _mark(value, reader.scale)
    elif key == "gross":
        shown = figures.money(value)
    else:
        shown = _shown(value, reader.meant.get(key, {}), reader)
    return str(WORDS.get(key, key)), shown or NONE


def _shown(value: Any, meant: Mapping[str, Any], reader: Reader) -> str:
    """Return a value in words, whatever it is made of."""
    if value is None or value in ("", [], {}):
        return NONE
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(_shown(one, meant, reader) for one in value)
    if isinstance(value, dict):
        return "; ".join(f"{_word(key)}: {_shown(one, meant, reader)}" for key, one in value.items())
    if isinstance(value, str):
        return _when(value, reader) or str(meant.get(value, with_names(value, reader.names)))
    return str(value)


def _word(key: str) -> str:
    return str(WORDS.get(key, key))


def _when(text: str, reader: Reader) -> str:
    """Return a stored day or moment (ISO 8601) on the edition's clock, and nothing of any other text."""
    try:
        day, at = parse_date(text), parse_datetime(text)
    except ValueError:
        return ""
    if day is not None:
        return date_format(day, "SHORT_DATE_FORMAT")
    if at is None or at.tzinfo is None:
        return ""
    return date_format(figures.local(at, reader.timezone), "SHORT_DATETIME_FORMAT")


def _marks(marks: Mapping[str, tuple[int | None, int]], reader: Reader) -> Iterator[str]:
    """Yield each mark with its criterion, in the order of the rules: PostgreSQL keeps none of its own."""
    names = reader.meant.get("marks", {})
    order = [code for code in names if code in marks] + sorted(marks.keys() - names.keys())
    for code in order:
        steps, share = marks[code]
        mark = _("abstained") if steps is None else _mark(steps, reader.scale)
        yield f"{names.get(code, code)} {mark}" + ("" if share == 100 else f" ({share}\u00a0%)")


def _mark(steps: int, scale: MarkScale | None) -> str:
    """Return a mark; without the scale it was given on, by how many steps it lies above the lowest."""
    return str(plain_number(mark_at(scale, steps)) if scale else steps)


WORDS = {
    "about": gettext_lazy("About"),
    "abstained": gettext_lazy("Abstained"),
    "accent": gettext_lazy("Accent colour"),
    "answer": gettext_lazy("Answer"),
    "attachment": gettext_lazy("File"),
    "award": gettext_lazy("Award"),
    "before": pgettext_lazy("log", "Before"),
    "cases": gettext_lazy("Cases"),
    "categories": gettext_lazy("Categories"),
    "category": gettext_lazy("Category"),
    "chair": gettext_lazy("Chair"),
    "changed": gettext_lazy("Changed"),
    "closes_at": gettext_lazy("Closes"),
    "code": gettext_lazy("Entry"),
    "count": gettext_lazy("How many"),
    "created": gettext_lazy("New"),
    "credit_note": gettext_lazy("Credit note"),
    "criterion": gettext_lazy("Criterion"),
    "digest": gettext_lazy("Fingerprint"),
    "division": gettext_lazy("Division"),
    "dry_run": gettext_lazy("Trial only"),
    "ended": gettext_lazy("Ended"),
    "ended_assignments": gettext_lazy("Assignments ended"),
    "enquiries_created": gettext_lazy("New enquiries"),
    "entries": gettext_lazy("Entries"),
    "entry": gettext_lazy("Entry"),
    "evaluations": gettext_lazy("Evaluations"),
    "facts": gettext_lazy("Facts"),
    "file": gettext_lazy("File"),
    "gross": gettext_lazy("Amount with VAT"),
    "ground": gettext_lazy("Fingerprint of what the plan was made from"),
    "has_logo": gettext_lazy("Has a logo"),
    "held": gettext_lazy("Held for review"),
    "input": gettext_lazy("Fingerprint of the input"),
    "into": gettext_lazy("Became part of"),
    "invitation": gettext_lazy("Invitation"),
    "is_accepted": gettext_lazy("Accepted"),
    "is_edited": gettext_lazy("Edited"),
    "is_late": gettext_lazy("Late"),
    "is_member": gettext_lazy("Member"),
    "is_person": gettext_lazy("A person"),
    "juror": gettext_lazy("Juror"),
    "jurors": gettext_lazy("Jurors"),
    "jurors_added": gettext_lazy("Jurors added"),
    "kind": gettext_lazy("Kind"),
    "leaders": gettext_lazy("In the lead"),
    "marks": gettext_lazy("Marks"),
    "moved": gettext_lazy("Entries moved"),
    "name": gettext_lazy("Name"),
    "new": gettext_lazy("New"),
    "not_taken": gettext_lazy("Not sent"),
    "note": gettext_lazy("Note"),
    "number": gettext_lazy("Invoice"),
    "opens_at": gettext_lazy("Opens"),
    "order": gettext_lazy("Order"),
    "organisation": gettext_lazy("Organisation"),
    "out": gettext_lazy("Out of the room"),
    "outcome": gettext_lazy("Outcome"),
    "paid": gettext_lazy("Paid"),
    "paid_on": gettext_lazy("Paid on"),
    "participant": gettext_lazy("Participant"),
    "participants": gettext_lazy("Participants"),
    "passes": gettext_lazy("Passes"),
    "person": gettext_lazy("Person"),
    "points": gettext_lazy("Points"),
    "query": gettext_lazy("Question"),
    "rank": gettext_lazy("Rank"),
    "role": gettext_lazy("Role"),
    "rule": gettext_lazy("Rule"),
    "score": gettext_lazy("Score"),
    "scorecards": gettext_lazy("Scorecards"),
    "seed": gettext_lazy("Seed"),
    "sha256": gettext_lazy("Fingerprint"),
    "shows_band": gettext_lazy("Shows the quartiles"),
    "size": gettext_lazy("Size in bytes"),
    "source": gettext_lazy("Taken from"),
    "stage": gettext_lazy("Stage"),
    "stayed": gettext_lazy("Kept"),
    "taken": gettext_lazy("Sent"),
    "there": gettext_lazy("Present"),
    "timeline": gettext_lazy("Dates"),
    "title": gettext_lazy("Title"),
    "to": pgettext_lazy("log", "To"),
    "unchanged": gettext_lazy("Unchanged"),
    "unsure": gettext_lazy("In doubt"),
    "until": gettext_lazy("Until"),
    "version": gettext_lazy("Version"),
    "votes": gettext_lazy("Votes"),
    "wanted": gettext_lazy("What was asked for"),
    "with": pgettext_lazy("log", "With"),
}
"""What the keys of details mean."""
