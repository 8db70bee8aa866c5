"""Filling in a scorecard: saving as one types, checking, and making it final after a last look."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kaaring.jury.actions.scorecards import Kept, save_as_read, submit_scorecard
from kaaring.jury.models import Assignment
from kaaring.jury.rules.scorecards import against_incomplete, against_silence
from kaaring.jury.sheets import Blank, Sheet
from kaaring.kernel.refused import Refused, refuse
from kaaring.web import respond
from kaaring.web.juror.desk import TOGETHER, Desk, Where, around, desk_at, desk_with_case, given_at
from kaaring.web.juror.reading import ELSEWHERE, again, saved_context, sheet_context
from kaaring.web.juror.sheet_form import sheet_from, version_from
from kaaring.web.request import SignedIn

SAVED = "juror/saved.html"
UNREADABLE, LATE = "unreadable", "stage_closed"


@login_required
@require_POST
def save(request: SignedIn, programme: str, edition: str, stage: str, entry: str) -> HttpResponse:
    """Keep what is filled in so far, and say so."""
    where = Where(programme, edition, stage, entry)
    try:
        kept = _kept(request, where)
        refuse(kept.late)
    except Refused as refusal:
        return _not_kept(request, where, refusal)
    if not request.htmx:
        return respond.go_to(request, "juror:entry", *where, said=_("Your draft is saved."))
    context = saved_context(kept.blank, kept.sheet, kept.scorecard) | {"arguments": where}
    return HttpResponse(render_to_string(SAVED, context))


@login_required
@require_POST
def check(request: SignedIn, programme: str, edition: str, stage: str, entry: str) -> HttpResponse:
    """Keep what is filled in; where nothing is missing, go on to the last look at it.

    A rank, or points, are given on the page of the category, and may be missing here.
    """
    where = Where(programme, edition, stage, entry)
    try:
        kept = _kept(request, where)
        refuse(kept.late)
        is_together = _is_together(kept)
        refuse(against_silence(kept.sheet) if is_together else against_incomplete(kept.sheet, kept.blank))
    except Refused as refusal:
        return _not_kept(request, where, refusal)
    if is_together:
        return redirect("juror:together", programme, edition, stage, kept.blank.category.code)
    return redirect("juror:submit", *where)


def _is_together(kept: Kept) -> bool:
    is_calibration = kept.assignment.entry_id == kept.assignment.stage.calibration_id
    return kept.blank.stage.mode in TOGETHER and not is_calibration


def _kept(request: SignedIn, where: Where) -> Kept:
    def read(blank: Blank) -> Sheet:
        sheet, faults = sheet_from(request.POST, blank)
        if faults:
            reason = _("Some of it cannot be read, and was not saved.")
            raise Refused(UNREADABLE, reason, details=tuple(faults))
        return sheet

    given, version = given_at(request, where), version_from(request.POST)
    try:
        return save_as_read(given, read, version=version, by=request.user.public_id, at=timezone.now())
    except Assignment.DoesNotExist as missing:
        raise Http404 from missing


def _not_kept(request: SignedIn, where: Where, refusal: Refused) -> HttpResponse:
    """Say why something was not kept, or does not count; nothing that was typed is lost."""
    desk = desk_with_case(request, where)
    sheet, _faults = sheet_from(request.POST, desk.blank)
    status = respond.UNPROCESSABLE if refusal.code == UNREADABLE else respond.CONFLICT
    if not request.htmx:
        return again(request, desk, sheet, refusal, status=status)
    context = {
        "refusal": refusal,
        "is_elsewhere": refusal.code == ELSEWHERE,
        "is_kept": refusal.code == LATE,
        "desk": desk,
        "arguments": where,
    }
    return render(request, SAVED, context, status=status)


@login_required
@require_safe
def last_look(request: SignedIn, programme: str, edition: str, stage: str, entry: str) -> HttpResponse:
    """Show everything that will be final, once more."""
    desk = desk_at(request, Where(programme, edition, stage, entry))
    if not desk.is_open or against_incomplete(desk.sheet, desk.blank):
        return redirect("juror:entry", *desk.arguments)
    return render(request, "juror/submit.html", _look(desk))


def _look(desk: Desk) -> dict[str, Any]:
    return {
        **around(desk.assignment.juror),
        **sheet_context(desk, desk.sheet, desk.version),
        "entry": desk.assignment.entry,
        "category": desk.blank.category,
        "stage": desk.blank.stage,
    }


@login_required
@require_POST
def submit(request: SignedIn, programme: str, edition: str, stage: str, entry: str) -> HttpResponse:
    """Make the scorecard final as it was shown, and go on to the next entry."""
    desk = desk_with_case(request, Where(programme, edition, stage, entry))
    try:
        submit_scorecard(
            desk.assignment.pk,
            desk.sheet,
            version=version_from(request.POST),
            by=request.user.public_id,
            at=timezone.now(),
        )
    except Refused as refusal:
        return again(request, desk, desk.sheet, refusal)
    said = _("Your scorecard for “%(title)s” is final.") % {"title": desk.called}
    following = next_open(desk)
    if following is None:
        return respond.go_to(request, "juror:home", programme, edition, said=said)
    return respond.go_to(request, "juror:entry", programme, edition, stage, following, said=said)


def next_open(desk: Desk) -> str | None:
    """Return the next entry of the pile that is not final, from this one on and round again."""
    pile = desk.pile
    here = next(at for at, one in enumerate(pile) if one.assignment == desk.assignment.pk)
    following = [one for one in (*pile[here + 1 :], *pile[:here]) if one.is_open]
    return following[0].entry if following else None


_OF_AN_ENTRY = "<slug:stage>/<slug:entry>/"
urlpatterns = [
    path(f"{_OF_AN_ENTRY}save/", save, name="save"),
    path(f"{_OF_AN_ENTRY}check/", check, name="check"),
    path(f"{_OF_AN_ENTRY}submit/", last_look, name="submit"),
    path(f"{_OF_AN_ENTRY}final/", submit, name="final"),
]
