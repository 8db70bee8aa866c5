"""My pages: what I run and take part in, how my entries did, what I am offered, where I can enter."""

from typing import NamedTuple

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from kaaring.entries import queries as entries
from kaaring.entries.queries.calls import open_calls
from kaaring.jury.queries.jurors import juries_of
from kaaring.people import queries as people
from kaaring.people.models import Membership
from kaaring.programmes import letters, links, roll
from kaaring.programmes import queries as programmes
from kaaring.programmes.models import Edition, EditionRole
from kaaring.results.queries.outcomes import Outcome, outcomes_of
from kaaring.survey import queries as survey
from kaaring.web.request import SignedIn

OF_A_JURY = (EditionRole.JUROR, EditionRole.JURY_CHAIR)


class Run(NamedTuple):
    """An organiser I belong to, with its editions."""

    membership: Membership
    editions: list[Edition]


class Offer(NamedTuple):
    """An open invitation to me."""

    where: str
    role: str
    from_whom: str
    token: str


@login_required
@require_safe
def home(request: SignedIn) -> HttpResponse:
    """Show everything that is open to me, what I have been offered, and where anybody can enter now."""
    cases = list(entries.cases_seen_by(request.user).order_by("-edition__created_at", "title", "pk"))
    juries = juries_of(request.user).order_by("-edition__created_at")
    parts = programmes.parts_of(request.user).exclude(role=EditionRole.PARTICIPANT_CONTACT)
    context = {
        "runs": _runs(request),
        "cases": cases,
        "outcomes": _outcomes(request) if cases else [],
        "juries": juries,
        "parts": parts.exclude(role__in=OF_A_JURY, edition__in=juries.values("edition")).order_by(
            "-edition__created_at", "role"
        ),
        "participants": survey.participants_shown_to(request.user),
        "offers": _offers(request),
    }
    has_nothing = not any(map(bool, context.values()))
    calls = open_calls(at=timezone.now())
    return render(request, "account/home.html", {**context, "has_nothing": has_nothing, "calls": calls})


def _runs(request: SignedIn) -> list[Run]:
    editions = list(programmes.editions_seen_by(request.user).order_by("-created_at"))
    return [
        Run(
            membership,
            [edition for edition in editions if edition.programme.organiser_id == membership.organiser_id],
        )
        for membership in people.memberships_of(request.user)
    ]


def _outcomes(request: SignedIn) -> list[Outcome]:
    mine = entries.entries_seen_by(request.user)
    return outcomes_of(mine.order_by("-edition__created_at", "case__title", "code"))


def _offers(request: SignedIn) -> list[Offer]:
    open_to_me = roll.invitations_to(people.addresses_of(request.user), at=timezone.now())
    return [
        Offer(
            letters.where(invitation),
            letters.role_label(invitation),
            str(invitation.invited_by),
            links.token_of(invitation),
        )
        for invitation in open_to_me
    ]
