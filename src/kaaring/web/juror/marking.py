"""Filling in a scorecard: saving as one types, checking, and making it final after a last look."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kaaring.jury.actions.scorecards import save_draft, submit_scorecard
from kaaring.jury.models import Scorecard
from kaaring.jury.rules.scorecards import against_incomplete
from kaaring.jury.sheets import Sheet
from kaaring.kernel.figures import local
from kaaring.kernel.refused import Refused, refuse
from kaaring.web import respond
from kaaring.web.juror.desk import Desk, around, desk_at
from kaaring.web.juror.reading import again, saved_context, sheet_context
from kaaring.web.juror.sheet_form import sheet_from, version_from
from kaaring.web.request import SignedIn

SAVED = "juror/saved.html"


@login_required
@require_POST
def save(request: SignedIn, programme: str, edition: str, stage: str, entry: str) -> HttpResponse:
    """Keep what is filled in so far, and say so."""
    desk = desk_at(request, programme, edition, stage, entry)
    sheet, faults = sheet_from(request.POST, desk.blank)
    if faults:
        return _unreadable(request, desk, sheet, faults)
    try:
        card = _kept(request, desk, sheet)
    except Refused as refusal:
        if request.htmx:
            context = saved_context(desk, sheet, version_from(request.POST)) | {
                "refusal": refusal,
                "is_elsewhere": refusal.code == "changed_elsewhere",
            }
            return render(request, SAVED, context, status=respond.CONFLICT)
        return again(request, desk, sheet, refusal)
    if not request.htmx:
        return respond.go_to(request, "juror:entry", *desk.arguments, said=_("Your draft is saved."))
    saved_at = local(card.changed_at, desk.edition.timezone)
    return render(request, SAVED, saved_context(desk, sheet, card.version) | {"saved_at": saved_at})


@login_required
@require_POST
def check(request: SignedIn, programme: str, edition: str, stage: str, entry: str) -> HttpResponse:
    """Keep what is filled in; where nothing is missing, go on to the last look at it."""
    desk = desk_at(request, programme, edition, stage, entry)
    sheet, faults = sheet_from(request.POST, desk.blank)
    if faults:
        return _unreadable(request, desk, sheet, faults)
    try:
        _kept(request, desk, sheet)
        refuse(against_incomplete(sheet, desk.blank))
    except Refused as refusal:
        fresh = desk_at(request, programme, edition, stage, entry)
        return again(request, fresh, sheet, refusal)
    if desk.blank.stage.mode in ("ranking", "points"):
        return redirect("juror:together", *desk.arguments[:3], desk.blank.category.code)
    return redirect("juror:submit", *desk.arguments)


def _kept(request: SignedIn, desk: Desk, sheet: Sheet) -> Scorecard:
    return save_draft(
        desk.assignment.pk,
        sheet,
        version=version_from(request.POST),
        by=request.user.public_id,
        at=timezone.now(),
    )


def _unreadable(request: SignedIn, desk: Desk, sheet: Sheet, faults: list[str]) -> HttpResponse:
    """Say what cannot be read in the form; nothing is stored, and nothing that was typed is lost."""
    refusal = Refused("unreadable", _("Some of it cannot be read, and was not saved."), details=tuple(faults))
    if request.htmx:
        context = saved_context(desk, sheet, desk.version) | {"refusal": refusal}
        return render(request, SAVED, context, status=respond.UNPROCESSABLE)
    return again(request, desk, sheet, refusal, status=respond.UNPROCESSABLE)


@login_required
@require_safe
def last_look(request: SignedIn, programme: str, edition: str, stage: str, entry: str) -> HttpResponse:
    """Show everything that will be final, once more."""
    desk = desk_at(request, programme, edition, stage, entry)
    if not desk.is_open or against_incomplete(desk.sheet, desk.blank):
        return redirect("juror:entry", *desk.arguments)
    return render(request, "juror/submit.html", _look(desk))


def _look(desk: Desk) -> dict[str, Any]:
    return {
        **around(desk.assignment.juror),
        **sheet_context(desk, desk.sheet, desk.version),
        "entry": desk.assignment.entry,
        "case": desk.assignment.entry.case,
        "category": desk.blank.category,
        "stage": desk.blank.stage,
    }


@login_required
@require_POST
def submit(request: SignedIn, programme: str, edition: str, stage: str, entry: str) -> HttpResponse:
    """Make the scorecard final as it was shown, and go on to the next entry."""
    desk = desk_at(request, programme, edition, stage, entry)
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
    said = _("Your scorecard for “%(title)s” is final.") % {"title": desk.assignment.entry.case.title}
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
