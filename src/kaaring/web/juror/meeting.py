"""The jury's meeting for its chair, who leads it, and for jurors who attend."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kaaring.jury.actions.meetings import open_meeting
from kaaring.jury.models import Juror, Meeting, Stage
from kaaring.jury.queries.jurors import categories_chaired_by
from kaaring.jury.queries.meetings import contests_in, meetings_with
from kaaring.jury.queries.stages import jury_of, stages_of
from kaaring.jury.rules.stages import called
from kaaring.kernel.refused import Refused
from kaaring.web import respond
from kaaring.web.juror.desk import around, juror_at
from kaaring.web.meeting_doings import DOINGS, Posted, carry_out, context_of
from kaaring.web.meeting_room import outcome_of
from kaaring.web.request import SignedIn


@login_required
@require_safe
def meetings(request: SignedIn, programme: str, edition: str) -> HttpResponse:
    """List the meetings that the reader attends or leads; a chair can open one."""
    return _list(request, juror_at(request, programme, edition))


@login_required
@require_POST
def start(request: SignedIn, programme: str, edition: str, stage: str, category: str) -> HttpResponse:
    """Open a meeting on a category whose panel the reader chairs."""
    juror = juror_at(request, programme, edition)
    here = get_object_or_404(Stage, edition=juror.edition, code=stage)
    own = get_object_or_404(categories_chaired_by(request.user, juror.edition), code=category)
    try:
        meeting = open_meeting(here.pk, own.pk, by=request.user.public_id, at=timezone.now())
    except Refused as refusal:
        return _list(request, juror, refusal)
    said = _("The meeting is open.")
    return respond.go_to(request, "juror:meeting", programme, edition, meeting.public_id, said=said)


@login_required
@require_safe
def meeting(request: SignedIn, programme: str, edition: str, meeting: str) -> HttpResponse:
    """Show a meeting: the entry at hand, who is out, and the marks that the reader may see."""
    juror = juror_at(request, programme, edition)
    return _page(request, juror, _meeting(request, juror, meeting))


@login_required
@require_safe
def screen(request: SignedIn, programme: str, edition: str, meeting: str) -> HttpResponse:
    """Show the entry at hand for a projector."""
    juror = juror_at(request, programme, edition)
    own = _meeting(request, juror, meeting)
    context = {
        **around(juror),
        **context_of(own, request.user, space="juror", at=timezone.now()),
        "again": request.path,
    }
    return respond.with_part(request, "juror/meeting_screen.html#screen", context)


@login_required
@require_POST
def do(request: SignedIn, programme: str, edition: str, meeting: str, doing: str) -> HttpResponse:
    """Do in a meeting what its leader does; who only attends is refused."""
    juror = juror_at(request, programme, edition)
    own = _meeting(request, juror, meeting)
    try:
        said, form = carry_out(own, Posted(doing, request.POST, request.user, timezone.now()))
    except Refused as refusal:
        return _page(request, juror, own, refusal=refusal)
    if form is not None:
        return _page(request, juror, own, form=form)
    return respond.go_to(request, "juror:meeting", programme, edition, own.public_id, said=said)


def _meeting(request: SignedIn, juror: Juror, public_id: str) -> Meeting:
    mine = meetings_with(request.user).filter(stage__edition=juror.edition)
    return get_object_or_404(mine, public_id=public_id)


def _page(
    request: SignedIn, juror: Juror, meeting: Meeting, *, form: Any = None, refusal: Refused | None = None
) -> HttpResponse:
    fresh = _meeting(request, juror, meeting.public_id)
    context = {
        **around(juror),
        **context_of(fresh, request.user, space="juror", at=timezone.now(), form=form),
        "refusal": refusal,
    }
    status = respond.CONFLICT if refusal else respond.UNPROCESSABLE if form else 200
    return render(request, "juror/meeting.html", context, status=status)


def _list(request: SignedIn, juror: Juror, refusal: Refused | None = None) -> HttpResponse:
    edition, jury = juror.edition, jury_of(juror.edition)
    mine = list(meetings_with(request.user).filter(stage__edition=edition))
    going_on = {(one.stage_id, one.category_id) for one in mine if one.closed_at is None}
    stages = list(stages_of(edition).filter(opens_at__lte=timezone.now()))
    outcome, judged = outcome_of(edition), contests_in(stages)
    to_open = [
        {"stage": stage, "name": called(stage, jury), "category": category}
        for category in categories_chaired_by(request.user, edition)
        for stage in stages
        if (stage.pk, category.pk) not in going_on
        and not outcome.is_over(category.code)
        and (stage.pk, category.pk) in judged
    ]
    context = {
        **around(juror),
        "open_ones": [one for one in mine if one.closed_at is None],
        "past": [one for one in mine if one.closed_at is not None],
        "to_open": to_open,
        "refusal": refusal,
    }
    return render(request, "juror/meetings.html", context, status=respond.CONFLICT if refusal else 200)


urlpatterns = [
    path("meetings/", meetings, name="meetings"),
    path("meetings/open/<slug:stage>/<slug:category>/", start, name="open_meeting"),
    path("meetings/<slug:meeting>/", meeting, name="meeting"),
    path("meetings/<slug:meeting>/screen/", screen, name="meeting_screen"),
    *(
        path(f"meetings/<slug:meeting>/{doing}/", do, {"doing": doing}, name=f"meeting_{doing}")
        for doing in DOINGS
    ),
]
