"""The jury's meetings as organisers see them: where one is due, leading it, and what was noted."""

from collections import Counter
from collections.abc import Iterator, Sequence, Set
from typing import Any, NamedTuple

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _

from kaaring.jury.actions.meetings import open_meeting
from kaaring.jury.models import Meeting, Stage
from kaaring.jury.queries.closed import closed_to
from kaaring.jury.queries.meetings import meetings_of
from kaaring.jury.queries.stages import stages_of
from kaaring.jury.rules.stages import called
from kaaring.kernel.refused import Refused
from kaaring.programmes.models import Category, Edition
from kaaring.results.queries.juried import CloseCall, EntryStandings, close_calls, entry_standings
from kaaring.web import respond
from kaaring.web.meeting_doings import DOINGS, Posted, carry_out, context_of
from kaaring.web.meeting_room import Outcome, outcome_of
from kaaring.web.organiser.desk import address_of, go_on
from kaaring.web.organiser.juried import judged_doing, judged_page, jury_here, stage_here
from kaaring.web.organiser.shell import shell
from kaaring.web.request import SignedIn


class Line(NamedTuple):
    """A category in a stage: how many entries, whether the first place hangs by a mark, and its meetings."""

    category: Category
    entries: int
    close: CloseCall | None
    open_one: Meeting | None
    past: list[Meeting]
    is_over: bool


class Part(NamedTuple):
    """A stage that has opened, with its categories."""

    stage: Stage
    name: str
    lines: list[Line]

    @property
    def is_over(self) -> bool:
        """Whether there is nothing left to meet on."""
        return all(one.is_over for one in self.lines)


@judged_page
def meetings(request: SignedIn, edition: Edition) -> HttpResponse:
    """List the categories of each stage, with what is close and the meetings there were."""
    return _list(request, edition)


@judged_doing
def start(request: SignedIn, edition: Edition, stage: str, category: str) -> HttpResponse:
    """Open a meeting on a category."""
    here = stage_here(edition, stage)
    own = get_object_or_404(Category, edition=edition, code=category)
    try:
        meeting = open_meeting(here.pk, own.pk, by=request.user.public_id, at=timezone.now())
    except Refused as refusal:
        return _list(request, edition, refusal)
    return go_on(request, address_of(edition, "meeting", meeting.public_id), _("The meeting is open."))


@judged_page
def meeting(request: SignedIn, edition: Edition, meeting: str) -> HttpResponse:
    """Show a meeting: the entry at hand with its marks, who is out, and what was noted."""
    return _page(request, edition, _meeting(edition, meeting))


@judged_page
def screen(request: SignedIn, edition: Edition, meeting: str) -> HttpResponse:
    """Show the entry at hand for a projector."""
    own = _meeting(edition, meeting)
    context = {
        **context_of(own, request.user, space="organiser", at=timezone.now()),
        "edition": edition,
        "organiser": edition.programme.organiser,
        "again": request.path,
    }
    return respond.with_part(request, "organiser/meeting_screen.html#screen", context)


@judged_doing
def do(request: SignedIn, edition: Edition, meeting: str, doing: str) -> HttpResponse:
    """Do in a meeting what its leader does: note, take up, change, part, decide, close."""
    own = _meeting(edition, meeting)
    posted = Posted(doing, request.POST, request.user, timezone.now())
    try:
        said, form = carry_out(own, posted)
    except Refused as refusal:
        return _page(request, edition, own, refusal=refusal)
    if form is not None:
        return _page(request, edition, own, form=form)
    return go_on(request, address_of(edition, "meeting", own.public_id), said)


def _meeting(edition: Edition, public_id: str) -> Meeting:
    return get_object_or_404(meetings_of(edition), public_id=public_id)


def _page(
    request: SignedIn, edition: Edition, meeting: Meeting, *, form: Any = None, refusal: Refused | None = None
) -> HttpResponse:
    fresh = _meeting(edition, meeting.public_id)
    context = {
        **shell(request, edition, "meetings"),
        **context_of(fresh, request.user, space="organiser", at=timezone.now(), form=form),
        "refusal": refusal,
    }
    status = respond.CONFLICT if refusal else respond.UNPROCESSABLE if form else 200
    return render(request, "organiser/meeting.html", context, status=status)


def _list(request: SignedIn, edition: Edition, refusal: Refused | None = None) -> HttpResponse:
    outcome, closed = outcome_of(edition), closed_to(request.user, edition)
    parts = _parts(edition, outcome, hidden=closed.categories)
    context = shell(request, edition, "meetings") | {
        "parts": parts,
        "outcome": outcome,
        "open_ones": [line.open_one for part in parts for line in part.lines if line.open_one],
        "hidden": len(closed.categories),
        "refusal": refusal,
    }
    status = respond.CONFLICT if refusal else 200
    return render(request, "organiser/meetings.html", context, status=status)


def _parts(edition: Edition, outcome: Outcome, *, hidden: Set[str]) -> list[Part]:
    """Return the stages that have opened, the last first; without those that are over and nobody met in.

    Categories that are hidden stand in none.
    """
    jury, now = jury_here(edition), timezone.now()
    held = list(meetings_of(edition).exclude(category__code__in=hidden))
    parts = []
    for stage in stages_of(edition).filter(opens_at__lte=now).order_by("-opens_at"):
        try:
            everything = entry_standings(edition, stage.code)
        except Refused:
            continue
        tables = [one for one in everything if one.contest.category.code not in hidden]
        close = close_calls(tables, jury.scale)
        here = [one for one in held if one.stage_id == stage.pk]
        part = Part(stage, called(stage, jury), list(_lines(edition, tables, close, here, outcome)))
        if here or not part.is_over:
            parts.append(part)
    return parts


def _lines(
    edition: Edition,
    tables: Sequence[EntryStandings],
    close: Sequence[CloseCall],
    held: Sequence[Meeting],
    outcome: Outcome,
) -> Iterator[Line]:
    """Yield the categories that have entries in a stage, with the meetings that were held there."""
    counts = Counter[str]()
    for table in tables:
        counts[table.contest.category.code] += len(table.rows)
    calls = {one.table.contest.category.code: one for one in close}
    for category in edition.categories.filter(code__in=+counts).order_by("position"):
        own = [one for one in held if one.category_id == category.pk]
        is_over = outcome.is_over(category.code)
        yield Line(
            category,
            counts[category.code],
            None if is_over else calls.get(category.code),
            next((one for one in own if one.closed_at is None), None),
            [one for one in own if one.closed_at is not None],
            is_over,
        )


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
