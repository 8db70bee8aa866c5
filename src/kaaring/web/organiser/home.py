"""The organiser's front page, and the home of an edition: where it stands and what waits."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from kaaring.fieldwork import queries as fieldwork
from kaaring.kernel.figures import local
from kaaring.programmes import queries as programmes
from kaaring.programmes.models import Edition
from kaaring.programmes.timeline import Phase, State, phases_of
from kaaring.results.models import Run
from kaaring.results.queries.proposals import proposals_of
from kaaring.results.queries.runs import current_run, is_outdated
from kaaring.web.organiser.shell import edition_seen_by, shell
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


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that needs the organiser: how many, of what, and the way in."""

    count: int
    what: str
    address: str


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
    today = local(timezone.now(), found.timezone).date()
    phases = phases_of(found, today)
    undecided = sum(proposal.is_open for proposal in proposals_of(found))
    published = current_run(found)
    context: dict[str, Any] = {
        "timeline": timeline(phases, today) if phases else None,
        "now": _now_in(found, today),
        "progress": fieldwork.progress_of(found),
        "waiting": _waiting(found, undecided),
        "published": published,
        "next": _next_step(found, undecided, published),
    }
    return render(request, "organiser/edition.html", shell(request, found, "edition") | context)


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


def _waiting(edition: Edition, undecided: int) -> list[Waiting]:
    arguments = (edition.programme.slug, edition.slug)
    evaluations = reverse("organiser:evaluations", args=arguments)
    held = fieldwork.held_count(edition)
    items = [
        Waiting(
            held,
            ngettext("evaluation is held for review", "evaluations are held for review", held),
            f"{evaluations}?review=held",
        ),
        Waiting(
            undecided,
            ngettext("award is not decided", "awards are not decided", undecided),
            reverse("organiser:decisions", args=arguments),
        ),
    ]
    return [item for item in items if item.count]


def _next_step(edition: Edition, undecided: int, published: Run | None) -> tuple[str, str, str]:
    """Return the one thing to do next: a sentence, the button's words, and where it leads."""
    arguments = (edition.programme.slug, edition.slug)
    steps = (
        (not edition.participants.exists(), _("Add the participants."), _("Import participants"), "imports"),
        (
            not fieldwork.evaluations_of(edition).exists(),
            _("Bring in the evaluations as they are made."),
            _("Import evaluations"),
            "imports",
        ),
        (undecided > 0, _("Decide the awards."), _("See the proposals"), "decisions"),
        (published is None, _("Publish the results."), _("Check and publish"), "runs"),
        (
            published is not None and is_outdated(published),
            _("Evaluations have changed since the results were published. Look, and publish again."),
            _("Check and publish"),
            "runs",
        ),
    )
    for applies, sentence, button, view in steps:
        if applies:
            return sentence, button, reverse(f"organiser:{view}", args=arguments)
    return (
        _("The results are published. Make the reports."),
        _("To the reports"),
        reverse("organiser:reports", args=arguments),
    )


urlpatterns = [path("", edition_home, name="edition")]
