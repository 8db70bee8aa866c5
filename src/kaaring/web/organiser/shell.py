"""What every page of an edition shows around its content: the menu, where one is, whose colours."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from django.db.models import Exists, OuterRef, QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kaaring.jury.queries.jurors import juries_of
from kaaring.jury.queries.marking import unfinished_of
from kaaring.programmes import queries as programmes
from kaaring.programmes.models import Edition
from kaaring.survey import queries as survey
from kaaring.web.request import SignedIn


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the menu."""

    name: str | Promise
    address: str
    is_here: bool
    count: int | None


@dataclass(frozen=True, slots=True)
class Group:
    """Lines of the menu that belong together."""

    title: str | Promise
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A page in the menu; ``part`` is the part of the rules it is for, none meaning every edition."""

    name: str | Promise
    view: str
    part: Literal["survey", "jury"] | None = None


MENU: tuple[tuple[str | Promise, tuple[Line, ...]], ...] = (
    (
        "",
        (
            Line(_("Home"), "edition"),
            Line(_("Participants"), "participants", "survey"),
            Line(_("Classes"), "classes", "survey"),
            Line(_("Questionnaire"), "questionnaire", "survey"),
            Line(_("Scoring"), "scoring", "survey"),
            Line(_("Categories"), "categories", "jury"),
            Line(_("Dates"), "dates"),
        ),
    ),
    (_("Fieldwork"), (Line(_("Evaluations"), "evaluations", "survey"),)),
    (
        _("Entries"),
        (
            Line(_("Entries"), "entries", "jury"),
            Line(_("Organisations"), "organisations", "jury"),
            Line(_("Invoices"), "invoices", "jury"),
            Line(_("Letters"), "letters", "jury"),
        ),
    ),
    (
        _("Jury"),
        (
            Line(_("Stages"), "stages", "jury"),
            Line(_("Jurors"), "jurors", "jury"),
            Line(_("Panels"), "panels", "jury"),
            Line(_("Conflicts of interest"), "recusals", "jury"),
            Line(_("Assignment"), "assignments", "jury"),
            Line(_("Scores"), "scores", "jury"),
            Line(_("Meetings"), "meetings", "jury"),
            Line(_("Questions"), "asked", "jury"),
            Line(_("Reopening"), "scorecards", "jury"),
            Line(_("Remarks"), "remarks", "jury"),
        ),
    ),
    (
        _("Results"),
        (
            Line(_("Standings"), "standings", "survey"),
            Line(_("Means"), "means", "survey"),
            Line(_("Rounding"), "rounding", "survey"),
            Line(_("Decisions"), "decisions", "survey"),
            Line(_("Jury's decisions"), "jury_decisions", "jury"),
            Line(_("Publishing"), "runs"),
            Line(_("Feedback"), "feedback", "jury"),
        ),
    ),
    (
        _("Edition"),
        (
            Line(_("Reports"), "reports", "survey"),
            Line(_("Imports"), "imports"),
            Line(_("Rules"), "rules"),
            Line(_("People"), "people"),
            Line(_("Log"), "log"),
            Line(_("Look"), "look"),
        ),
    ),
)
SHORTCUTS = ("edition", "participants", "standings", "entries", "stages", "jurors", "assignments", "reports")


def edition_seen_by(request: SignedIn, programme: str, edition: str) -> Edition:
    """Return an edition the reader may see as organiser; for everybody else there is none (404)."""
    return _found(request, programmes.editions_seen_by(request.user), programme, edition)


def edition_changed_by(request: SignedIn, programme: str, edition: str) -> Edition:
    """Return an edition the reader may change as organiser; for everybody else there is none (404)."""
    return _found(request, programmes.editions_changed_by(request.user), programme, edition)


def _found(request: SignedIn, editions: QuerySet[Edition], programme: str, edition: str) -> Edition:
    """Return one of these editions; it says whether the reader judges in it, and is not done."""
    unfinished = unfinished_of(request.user, at=timezone.now()).filter(stage__edition=OuterRef("pk"))
    judging = juries_of(request.user).filter(edition=OuterRef("pk"))
    known = editions.annotate(reader_marks=Exists(unfinished), reader_judges=Exists(judging))
    return get_object_or_404(known, programme__slug=programme, slug=edition)


def shell(request: SignedIn, edition: Edition, here: str) -> dict[str, Any]:
    """Return the context of the shell; ``here`` is the name of the menu's line one is on."""
    arguments = (edition.programme.slug, edition.slug)
    counts = survey.counts_of(edition)
    parts = _parts(counts)

    def item(line: Line) -> Item:
        address = reverse(f"organiser:{line.view}", args=arguments)
        return Item(line.name, address, line.view == here, counts.get(line.view))

    menu = [(title, [line for line in lines if line.part in (None, *parts)]) for title, lines in MENU]
    flat = {line.view: line for _title, lines in menu for line in lines}
    return {
        "edition": edition,
        "programme": edition.programme,
        "organiser": edition.programme.organiser,
        "menu": [Group(title, tuple(item(line) for line in lines)) for title, lines in menu if lines],
        "shortcuts": [item(flat[view]) for view in SHORTCUTS if view in flat][:4],
        "parts": parts,
        "may_change": programmes.may_change(request.user, edition),
    }


def _parts(counts: Mapping[str, int]) -> tuple[str, ...]:
    """Return which parts an edition has: ``survey``, ``jury`` or both; without rules it shows as measured."""
    is_juried = counts["categories"] > 0
    is_measured = counts["classes"] > 0 or not is_juried
    return (*(["survey"] if is_measured else []), *(["jury"] if is_juried else []))
