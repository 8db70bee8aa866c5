"""An entrant's home in an edition: my cases, what each of them needs, how they did, what I am to approve."""

from typing import NamedTuple

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_safe

from kaaring.entries import queries
from kaaring.entries.models import Case, Entry, Party
from kaaring.programmes.models import Edition
from kaaring.programmes.queries import definition_in_force
from kaaring.results.queries.outcomes import outcomes_of
from kaaring.web.entrant.shell import about_edition, edition_with_entries
from kaaring.web.entrant.standing import CaseStanding, standings_of
from kaaring.web.request import SignedIn


class Wanted(NamedTuple):
    """A case of somebody else that waits for one of my organisations."""

    party: Party
    is_approved: bool


@login_required
@require_safe
def home(request: SignedIn, programme: str, edition: str) -> HttpResponse:
    """Show my cases with their next steps, and how to begin."""
    found = edition_with_entries(request, programme, edition)
    stands = _standings(request, found)
    mine = queries.organisations_of(request.user).filter(organiser=found.programme.organiser)
    context = {
        **about_edition(found, mine),
        "standings": stands,
        "wanted": _wanted(request, found),
        "organisations": mine,
        "category_count": found.categories.count(),
        "outcomes": outcomes_of(queries.entries_seen_by(request.user).filter(edition=found).order_by("code")),
    }
    return render(request, "entrant/home.html", context)


def _standings(request: SignedIn, edition: Edition) -> list[CaseStanding]:
    cases = list(queries.cases_written_by(request.user).filter(edition=edition).order_by("title", "pk"))
    entries = Entry.objects.filter(case__in=cases).select_related("category").order_by("code")
    definition = definition_in_force(edition)
    return standings_of(cases, list(entries), at=timezone.now(), definition=definition)


def _wanted(request: SignedIn, edition: Edition) -> list[Wanted]:
    mine = queries.parts_of(request.user).filter(case__edition=edition, case__merged_into=None)
    return [Wanted(party, _is_approved(party, party.case)) for party in mine.order_by("case__title")]


def _is_approved(party: Party, case: Case) -> bool:
    return party.approved_version == case.version


urlpatterns = [path("", home, name="home")]
