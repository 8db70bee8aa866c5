"""Who gets a jury's awards: what the marks propose, how firm that is, what is decided, and why."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Any, NamedTuple

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _

from kaaring.jury.queries.closed import closed_to
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
    is_closed,
    steadiness_of,
    tables_now,
    why_no_variants,
)
from kaaring.results.queries.runs import current_run, is_outdated
from kaaring.results.rules.juried import against_deciding_early
from kaaring.web import respond
from kaaring.web.award_form import AwardForm
from kaaring.web.organiser.desk import address_of, go_on
from kaaring.web.organiser.firmness import no_variants
from kaaring.web.organiser.juried import (
    is_judging_begun,
    is_marking_to_come,
    judged_doing,
    judged_page,
    jury_here,
    parted_in_words,
    reason_in,
)
from kaaring.web.organiser.shell import shell
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


@judged_page
def decisions(request: SignedIn, edition: Edition) -> HttpResponse:
    """List a jury's awards: who leads, and what is decided."""
    jury_here(edition)
    now, closed = timezone.now(), closed_to(request.user, edition)
    everything = entry_proposals(edition, tables_now(edition))
    proposals = [one for one in everything if not is_closed(one.award, closed)]
    revoked = entry_decisions_made(edition).filter(revoked_at__isnull=False)
    context = shell(request, edition, "jury_decisions") | {
        "proposals": proposals,
        "is_begun": is_judging_begun(edition, at=now),
        "is_provisional": is_marking_to_come(edition, at=now),
        "open_count": sum(one.is_open for one in proposals),
        "decided_count": sum(not one.is_open for one in proposals),
        "contradicted_count": sum(one.is_contradicted for one in proposals),
        "is_published": (run := current_run(edition)) is not None and not is_outdated(run),
        "first_open": next((one for one in proposals if one.is_open and one.rows), None),
        "revoked": [one for one in revoked if not is_closed(one.award, closed)],
        "hidden": len(closed.categories),
    }
    return render(request, "organiser/jury_decisions.html", context)


@judged_page
def award(request: SignedIn, edition: Edition, award: str) -> HttpResponse:
    """Show one award: how entries stand for it, how firm that is, and the form to decide it."""
    return _page(request, _award(request, edition, award))


@judged_doing
def decide(request: SignedIn, edition: Edition, award: str) -> HttpResponse:
    """Give an award to entries, each at its level."""
    wanted = _award(request, edition, award)
    form = AwardForm(request.POST, proposal=_proposal(wanted))
    if not form.is_valid():
        return _page(request, wanted, form=form, status=respond.UNPROCESSABLE)
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
        return _page(request, wanted, form=form, refusal=refusal)
    return _back(request, edition, _("“%(award)s” is decided.") % {"award": wanted})


@judged_doing
def nobody(request: SignedIn, edition: Edition, award: str) -> HttpResponse:
    """Decide that nobody gets an award."""
    wanted = _award(request, edition, award)
    try:
        decide_nobody(wanted, reason=reason_in(request), by=request.user.public_id, at=timezone.now())
    except Refused as refusal:
        return _page(request, wanted, refusal=refusal)
    return _back(request, edition, _("“%(award)s” is decided: nobody wins.") % {"award": wanted})


@judged_doing
def revoke(request: SignedIn, edition: Edition, entry_decision: int) -> HttpResponse:
    """Take a decision back."""
    made = get_object_or_404(entry_decisions_made(edition), pk=entry_decision)
    wanted = _award(request, edition, made.award.code)
    try:
        revoke_entry_decision(made, reason=reason_in(request), by=request.user.public_id, at=timezone.now())
    except Refused as refusal:
        return _page(request, wanted, refusal=refusal)
    address = address_of(edition, "jury_award", wanted.code)
    return go_on(request, address, _("The decision is revoked."))


def _award(request: SignedIn, edition: Edition, code: str) -> Award:
    """Return one of the jury's awards; in a contest that is closed to the reader there is none (404)."""
    awards = Award.objects.select_related("edition__programme__organiser")
    found = get_object_or_404(awards, edition=edition, code=code, by=Award.By.JURY)
    if is_closed(found, closed_to(request.user, edition)):
        raise Http404
    return found


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
    wanted: Award,
    *,
    form: AwardForm | None = None,
    refusal: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    edition, proposal = wanted.edition, _proposal(wanted)
    context = shell(request, edition, "jury_decisions") | {
        "award": wanted,
        "proposal": proposal,
        "is_begun": is_judging_begun(edition, at=timezone.now()),
        "is_provisional": is_marking_to_come(edition, at=timezone.now()),
        "form": form or AwardForm(proposal=proposal),
        "early": against_deciding_early(wanted, due_before(wanted, at=timezone.now())),
        "refusal": refusal,
        "decide_at": address_of(edition, "decide_entries", wanted.code),
        "nobody_at": address_of(edition, "decide_nobody", wanted.code),
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
                words = parted_in_words(first, table.contest.category)
                yield Level(first.score, same, words)


urlpatterns = [
    path("jury-decisions/", decisions, name="jury_decisions"),
    path("jury-decisions/<slug:award>/", award, name="jury_award"),
    path("jury-decisions/<slug:award>/decide/", decide, name="decide_entries"),
    path("jury-decisions/<slug:award>/nobody/", nobody, name="decide_nobody"),
    path("jury-decisions/revoke/<int:entry_decision>/", revoke, name="revoke_entry_decision"),
]
