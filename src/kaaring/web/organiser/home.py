"""The organiser's front page, and the home of an edition: where it stands and what waits."""

from datetime import date, datetime, timedelta
from itertools import chain
from typing import Any, NamedTuple

from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from kaaring.fieldwork import queries as fieldwork
from kaaring.jury.queries.assignments import Counts, counts_by_stage
from kaaring.jury.queries.stages import jury_of, stages_of
from kaaring.jury.queries.votes import PUBLIC_VOTE, votes_of
from kaaring.jury.rules.stages import called
from kaaring.kernel.figures import local
from kaaring.programmes import queries as programmes
from kaaring.programmes.models import Edition
from kaaring.programmes.timeline import Phase, State, phases_of
from kaaring.results.models import Run
from kaaring.results.queries.runs import current_run
from kaaring.web.organiser.shell import edition_seen_by, shell
from kaaring.web.organiser.waiting import (
    Waiting,
    address,
    juried_steps,
    juried_waiting,
    measured_steps,
    measured_waiting,
)
from kaaring.web.request import SignedIn

MARGIN = timedelta(days=14)


class Row(NamedTuple):
    """One row of the timeline: a phase, in words, and where its mark stands in per cent of the width."""

    phase: Phase
    when: str
    left: float
    width: float
    until_now: float


class Timeline(NamedTuple):
    """Phases drawn on one scale, with the months and today."""

    rows: tuple[Row, ...]
    months: tuple[tuple[date, float], ...]
    today: float | None


@require_safe
@login_required
def home(request: SignedIn) -> HttpResponse:
    """List the editions that the reader runs."""
    editions = programmes.editions_seen_by(request.user).order_by("programme__slug", "-slug")
    today = timezone.localdate()
    rows = [(edition, _now_in(edition, today)) for edition in editions]
    return render(request, "organiser/home.html", {"rows": rows})


@require_safe
@login_required
def edition_home(request: SignedIn, programme: str, edition: str) -> HttpResponse:
    """Show where an edition stands and what to do next."""
    found = edition_seen_by(request, programme, edition)
    now = timezone.now()
    today = local(now, found.timezone).date()
    phases = phases_of(found, today)
    around = shell(request, found, "edition")
    published = current_run(found)
    context: dict[str, Any] = {
        "timeline": timeline(phases, today) if phases else None,
        "now": _now_in(found, today),
        "waiting": _waiting(found, around["parts"], at=now),
        "published": published,
        "next": _next_step(found, around["parts"], published, at=now),
    }
    if "survey" in around["parts"]:
        context["progress"] = fieldwork.progress_of(found)
    if "jury" in around["parts"]:
        context["judging"] = _judging(found)
    return render(request, "organiser/edition.html", around | context)


class StageProgress(NamedTuple):
    """A stage by its name, and how far the jurors have come in it; where the public votes, its votes."""

    name: str
    counts: Counts
    votes: int | None


def _judging(edition: Edition) -> dict[str, Any]:
    """Return how many cases, entries and jurors there are, and how far each stage has come."""
    jury = jury_of(edition)
    counts = counts_by_stage(edition)
    voted = {one.code: 0 for one in jury.stages if one.mode == PUBLIC_VOTE} if jury else {}
    for code, _entry, counted in votes_of(edition) if voted else ():
        voted[code] = voted.get(code, 0) + counted.total
    stages = [
        StageProgress(called(stage, jury), counts.get(stage.pk, Counts()), voted.get(stage.code))
        for stage in stages_of(edition)
    ]
    figures = Edition.objects.filter(pk=edition.pk).aggregate(
        drafts=Count(
            "entries", filter=Q(entries__submitted_at=None, entries__withdrawn_at=None), distinct=True
        ),
        submitted=Count(
            "entries",
            filter=Q(entries__submitted_at__isnull=False, entries__withdrawn_at=None),
            distinct=True,
        ),
        jurors=Count("jurors", filter=Q(jurors__removed_at=None), distinct=True),
    )
    return {"stages": stages, **figures}


def timeline(phases: tuple[Phase, ...], today: date) -> Timeline:
    """Lay phases out on one scale, from two weeks before the first to two weeks after the last."""
    first = min(phase.first for phase in phases) - MARGIN
    last = max(phase.last for phase in phases) + MARGIN
    length = (last - first).days

    def at(day: date) -> float:
        return (day - first).days / length

    def row(phase: Phase) -> Row:
        left, right = at(phase.first), at(phase.last + timedelta(days=1))
        until_now = {State.PAST: right, State.NOW: at(today), State.LATER: left}[phase.state]
        return Row(phase, when(phase, today), left, right - left, until_now - left)

    months = []
    month = (first.replace(day=1) + timedelta(days=32)).replace(day=1)
    while month < last:
        months.append((month, at(month)))
        month = (month + timedelta(days=32)).replace(day=1)
    is_inside = first <= today <= last
    return Timeline(tuple(row(phase) for phase in phases), tuple(months), at(today) if is_inside else None)


def when(phase: Phase, today: date) -> str:
    """Say how long is left of a phase, or until it."""
    days = phase.days_left(today)
    if phase.state == State.PAST:
        return _("done")
    if phase.state == State.LATER:
        return ngettext("in %(days)d day", "in %(days)d days", days) % {"days": days}
    if days == 0:
        return _("today")
    return ngettext("%(days)d day left", "%(days)d days left", days) % {"days": days}


def _now_in(edition: Edition, today: date) -> str:
    """Say in a few words where an edition stands."""
    phases = phases_of(edition, today)
    for wanted in (State.NOW, State.LATER):
        for phase in phases:
            if phase.state == wanted:
                return f"{phase.name}: {when(phase, today)}"
    return _("All phases are done.") if phases else _("No dates yet.")


def _waiting(edition: Edition, parts: tuple[str, ...], *, at: datetime) -> list[tuple[Waiting, str]]:
    """Return what there is any of, each with the address of its page."""
    found = [
        *(measured_waiting(edition) if "survey" in parts else ()),
        *(juried_waiting(edition, at=at) if "jury" in parts else ()),
    ]
    return [(one, address(edition, one.view, one.query)) for one in found if one.count]


def _next_step(
    edition: Edition, parts: tuple[str, ...], published: Run | None, *, at: datetime
) -> tuple[str, str, str]:
    """Return the one thing to do next: a sentence, the button's words, and where it leads."""
    steps = chain(
        measured_steps(edition, published) if "survey" in parts else (),
        juried_steps(edition, published, at=at) if "jury" in parts else (),
    )
    for step in steps:
        if step.is_due:
            return step.sentence, step.button, address(edition, step.view)
    if "survey" in parts:
        sentence = _("The results are published. Make the reports.")
        return sentence, _("To the reports"), address(edition, "reports")
    sentence = _("The results are published and the feedback is released: all is done.")
    return sentence, _("To the feedback"), address(edition, "feedback")


urlpatterns = [path("", edition_home, name="edition")]
