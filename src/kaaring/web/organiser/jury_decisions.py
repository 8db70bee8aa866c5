"""Who gets a jury's awards: what the marks propose, how firm that is, what is decided, and why."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Any, NamedTuple

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kaaring.kernel.refused import Refused
from kaaring.programmes.models import Award, Edition
from kaaring.results.actions import decide_entries, decide_nobody, revoke_entry_decision
from kaaring.results.queries.juried import (
    CloseCall,
    EntryProposal,
    EntryRow,
    close_calls,
    due_before,
    entry_decisions_in_force,
    entry_decisions_made,
    entry_proposal_for,
    entry_proposals,
    steadiness_of,
    tables_now,
    why_no_variants,
)
from kaaring.results.queries.runs import current_run, is_outdated
from kaaring.results.rules import against_deciding_early
from kaaring.web import respond
from kaaring.web.award_form import AwardForm
from kaaring.web.organiser.desk import address_of, go_on
from kaaring.web.organiser.firmness import no_variants
from kaaring.web.organiser.juried import (
    is_marking_to_come,
    jury_here,
    not_yet,
    parted_in_words,
    reason_in,
)
from kaaring.web.organiser.shell import edition_changed_by, edition_seen_by, shell
from kaaring.web.request import SignedIn


class Level(NamedTuple):
    """Entries with the score of the first, of which something parted them, in words."""

    score: Fraction
    rows: list[EntryRow]
    words: str


class Firm(NamedTuple):
    """In how many variants the winners of a contest hold, and where to read more."""

    holds: int
    variants: int
    address: str


@login_required
@require_safe
def decisions(request: SignedIn, programme: str, edition: str) -> HttpResponse:
    """List a jury's awards: who leads, and what is decided."""
    found = edition_seen_by(request, programme, edition)
    jury_here(found)
    if page := not_yet(request, found):
        return page
    proposals = entry_proposals(found, tables_now(found))
    context = shell(request, found, "jury_decisions") | {
        "proposals": proposals,
        "is_provisional": is_marking_to_come(found, at=timezone.now()),
        "open_count": sum(one.is_open for one in proposals),
        "decided_count": sum(not one.is_open for one in proposals),
        "contradicted_count": sum(one.is_contradicted for one in proposals),
        "is_published": (run := current_run(found)) is not None and not is_outdated(run),
        "first_open": next((one for one in proposals if one.is_open and one.rows), None),
        "revoked": [one for one in entry_decisions_made(found) if one.revoked_at is not None],
    }
    return render(request, "organiser/jury_decisions.html", context)


@login_required
@require_safe
def award(request: SignedIn, programme: str, edition: str, award: str) -> HttpResponse:
    """Show one award: how entries stand for it, how firm that is, and the form to decide it."""
    return _page(request, edition_seen_by(request, programme, edition), award)


@login_required
@require_POST
def decide(request: SignedIn, programme: str, edition: str, award: str) -> HttpResponse:
    """Give an award to entries, each at its level."""
    found = edition_changed_by(request, programme, edition)
    wanted = _award(found, award)
    form = AwardForm(request.POST, proposal=_proposal(wanted))
    if not form.is_valid():
        return _page(request, found, award, form=form, status=respond.UNPROCESSABLE)
    try:
        decide_entries(
            wanted,
            form.levels(),
            citations=form.citations(),
            reason=form.cleaned_data["reason"],
            by=request.user.public_id,
            at=timezone.now(),
        )
    except Refused as refusal:
        return _page(request, found, award, form=form, refusal=refusal)
    return _back(request, found, _("“%(award)s” is decided.") % {"award": wanted})


@login_required
@require_POST
def nobody(request: SignedIn, programme: str, edition: str, award: str) -> HttpResponse:
    """Decide that nobody gets an award."""
    found = edition_changed_by(request, programme, edition)
    wanted = _award(found, award)
    try:
        decide_nobody(wanted, reason=reason_in(request), by=request.user.public_id, at=timezone.now())
    except Refused as refusal:
        return _page(request, found, award, refusal=refusal)
    return _back(request, found, _("“%(award)s” is decided: nobody wins.") % {"award": wanted})


@login_required
@require_POST
def revoke(request: SignedIn, programme: str, edition: str, entry_decision: int) -> HttpResponse:
    """Take a decision back."""
    found = edition_changed_by(request, programme, edition)
    wanted = get_object_or_404(entry_decisions_made(found), pk=entry_decision)
    try:
        revoke_entry_decision(wanted, reason=reason_in(request), by=request.user.public_id, at=timezone.now())
    except Refused as refusal:
        return _page(request, found, wanted.award.code, refusal=refusal)
    address = address_of(found, "jury_award", wanted.award.code)
    return go_on(request, address, _("The decision is revoked."))


def _award(edition: Edition, code: str) -> Award:
    awards = Award.objects.select_related("edition__programme__organiser")
    return get_object_or_404(awards, edition=edition, code=code, by=Award.By.JURY)


def _proposal(award: Award) -> EntryProposal:
    """Return how entries stand for an award; nobody does before a stage has its period."""
    try:
        return entry_proposal_for(award)
    except Refused:
        decided = entry_decisions_in_force(award.edition).filter(award=award)
        return EntryProposal(award, (), tuple(decided))


def _back(request: SignedIn, edition: Edition, said: str) -> HttpResponse:
    return go_on(request, address_of(edition, "jury_decisions"), said)


def _page(
    request: SignedIn,
    edition: Edition,
    code: str,
    *,
    form: AwardForm | None = None,
    refusal: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    wanted = _award(edition, code)
    if page := not_yet(request, edition):
        return page
    proposal = _proposal(wanted)
    context = shell(request, edition, "jury_decisions") | {
        "award": wanted,
        "proposal": proposal,
        "is_provisional": is_marking_to_come(edition, at=timezone.now()),
        "form": form or AwardForm(proposal=proposal),
        "early": against_deciding_early(wanted, due_before(wanted, at=timezone.now())),
        "refusal": refusal,
        "decide_at": address_of(edition, "decide_entries", code),
        "nobody_at": address_of(edition, "decide_nobody", code),
        **_firmness(edition, proposal),
    }
    status = respond.CONFLICT if refusal else status
    return render(request, "organiser/jury_award.html", context, status=status)


def _firmness(edition: Edition, proposal: EntryProposal) -> dict[str, Any]:
    """Return what is close, and in how many variants the winners hold."""
    calls = close_calls(proposal.tables, jury_here(edition).scale)
    close: list[CloseCall] = [one for one in calls if one.is_shared or one.lead]
    jury = jury_here(edition)
    blended = [one.code for one in jury.stages if one.weight]
    firm, missing = [], set[str]()
    for table in proposal.tables:
        stage = table.stage.code if table.stage else ""
        if why := why_no_variants(jury, table.mode, stage):
            missing.add(no_variants(why))
        elif (found := steadiness_of(table)) is not None and found.winners:
            address = address_of(edition, "firmness", stage or blended[-1], table.contest.category.code)
            firm.append(Firm(found.holds, len(found.readings), address))
    return {"close": close, "firm": firm, "no_variants": missing, "levels": list(_levels(proposal))}


def _levels(proposal: EntryProposal) -> Iterator[Level]:
    """Yield those who have the score of the first in their contest and were parted from it."""
    for table in proposal.tables:
        for first in table.winners[:1]:
            same = [row for row in table.rows if row.score is not None and row.score == first.score]
            if first.score is not None and first.parted_by:
                words = parted_in_words(first.parted_by, table.contest.category)
                yield Level(first.score, same, words)


urlpatterns = [
    path("jury-decisions/", decisions, name="jury_decisions"),
    path("jury-decisions/<slug:award>/", award, name="jury_award"),
    path("jury-decisions/<slug:award>/decide/", decide, name="decide_entries"),
    path("jury-decisions/<slug:award>/nobody/", nobody, name="decide_nobody"),
    path("jury-decisions/revoke/<int:entry_decision>/", revoke, name="revoke_entry_decision"),
]
