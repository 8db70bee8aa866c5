"""What every page of an entrant shows around its content, and who may see it."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kaaring.entries import queries
from kaaring.entries.models import Case, Entry, LateLeave
from kaaring.entries.rules.entries import against_taking_back
from kaaring.entries.rules.periods import EntryPeriod, entry_period
from kaaring.jury.queries.stages import first_reading
from kaaring.people.models import Organisation
from kaaring.programmes.definition import Definition
from kaaring.programmes.models import Edition
from kaaring.web.entrant.standing import CaseStanding, place_of, standing_of
from kaaring.web.request import SignedIn


class Tab(NamedTuple):
    """One of the pages about a case, and how many things are missing there."""

    name: str | Promise
    address: str
    is_here: bool
    missing: int


class Late(NamedTuple):
    """Leave to be late as an entrant reads it: who has it, for what if not for everything, and until when."""

    organisation: Organisation
    what: str
    until: datetime


TABS: tuple[tuple[str | Promise, str], ...] = (
    (_("Overview"), "case"),
    (_("About"), "about"),
    (_("Parties"), "parties"),
    (_("Facts"), "facts"),
    (_("Key figures"), "figures"),
    (_("Nominee"), "nominee"),
    (_("Attachments"), "attachments"),
    (_("Categories"), "categories"),
)


def edition_with_entries(request: SignedIn, programme: str, edition: str) -> Edition:
    """Return an edition that takes entries; there is no such page for others (404)."""
    known = Edition.objects.select_related("programme__organiser").filter(categories__isnull=False).distinct()
    return get_object_or_404(known, programme__slug=programme, slug=edition)


def written_case(request: SignedIn, programme: str, edition: str, case: str) -> Case:
    """Return a case to those who write it; others find none (404)."""
    return get_object_or_404(
        queries.cases_written_by(request.user),
        edition__programme__slug=programme,
        edition__slug=edition,
        public_id=case,
    )


def written_entry(request: SignedIn, programme: str, edition: str, entry: str) -> Entry:
    """Return an entry to those who write it; others find none (404)."""
    return get_object_or_404(
        queries.entries_written_by(request.user),
        edition__programme__slug=programme,
        edition__slug=edition,
        public_id=entry,
    )


def seen_entry(request: SignedIn, programme: str, edition: str, entry: str) -> Entry:
    """Return an entry to its entrants and their partners; others find none (404)."""
    return get_object_or_404(
        queries.entries_seen_by(request.user),
        edition__programme__slug=programme,
        edition__slug=edition,
        public_id=entry,
    )


def standing(case: Case, definition: Definition | None = None) -> CaseStanding:
    """Return how a case stands now."""
    entries = Entry.objects.filter(case=case).select_related("category")
    return standing_of(case, list(entries), at=timezone.now(), definition=definition)


def may_take_back(entry: Entry) -> bool:
    """Say whether a submitted entry can be made a draft again now."""
    judged_from = first_reading(entry.edition)
    return against_taking_back(entry, judged_from=judged_from, at=timezone.now()) is None


def about_edition(edition: Edition, organisations: Iterable[Organisation] = ()) -> dict[str, Any]:
    """Return what pages say of the edition: its house, and how long these may enter.

    ``is_open`` says whether one of them may, by leave or in time; ``is_open_to_all`` leaves leave out.
    """
    period, at = entry_period(edition), timezone.now()
    leaves = _leaves(edition, organisations, period, at=at)
    is_open_to_all = period is not None and period.is_open(at)
    return {
        "edition": edition,
        "programme": edition.programme,
        "organiser": edition.programme.organiser,
        "period": period,
        "is_open": is_open_to_all or bool(leaves),
        "is_open_to_all": is_open_to_all,
        "leaves": leaves,
        "days_left": None if period is None else period.days_left(at),
    }


def _leaves(
    edition: Edition, organisations: Iterable[Organisation], period: EntryPeriod | None, *, at: datetime
) -> Sequence[Late]:
    """Return what leave these have after the deadline; before it nobody needs any."""
    if period is None or at < period.closes_at:
        return []
    given = LateLeave.objects.filter(edition=edition, organisation__in=list(organisations), until__gt=at)
    categories = {one.code: str(one) for one in edition.categories.all()}
    return [
        Late(one.organisation, categories.get(one.category, one.category), one.until)
        for one in given.select_related("organisation")
    ]


def around(stands: CaseStanding, here: str) -> dict[str, Any]:
    """Return the context of the shell for one of the pages about a case."""
    case = stands.case
    return {
        **about_edition(case.edition, [case.organisation]),
        "case": case,
        "stands": stands,
        "lock": stands.lock,
        "place": place_of(case),
        "tabs": [
            Tab(
                name,
                reverse(f"entrant:{view}", args=place_of(case)),
                view == here,
                stands.count_of_gaps(view),
            )
            for name, view in TABS
        ],
    }
