"""The front page and the page of a programme: which editions there are and how far each has come."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from itertools import groupby
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from kaaring.kernel.figures import local
from kaaring.programmes.definition.schema import Timeline
from kaaring.programmes.models import Edition, Programme
from kaaring.results.models import Rounding, Run
from kaaring.results.queries.runs import in_force
from kaaring.web.public.shell import Item, shown


class State(StrEnum):
    """How far an edition has come, as the public may know it."""

    COMING = "coming"
    ENTERING = "entering"
    ENTERED = "entered"
    JUDGING = "judging"
    JUDGED = "judged"
    RUNNING = "running"
    MEASURED = "measured"
    ROUNDED = "rounded"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"

    @property
    def words(self) -> str | Promise:
        """The state as people say it."""
        return _STATES[self][0]

    @property
    def badge(self) -> str:
        """The class of the badge that goes with it."""
        return _STATES[self][1]


_STATES: dict[State, tuple[str | Promise, str]] = {
    State.COMING: (gettext_lazy("being prepared"), ""),
    State.ENTERING: (gettext_lazy("open for entries"), "badge-now"),
    State.ENTERED: (gettext_lazy("entries are in"), "badge-now"),
    State.JUDGING: (gettext_lazy("being judged"), "badge-now"),
    State.JUDGED: (gettext_lazy("judged, results to come"), "badge-now"),
    State.RUNNING: (gettext_lazy("running"), "badge-now"),
    State.MEASURED: (gettext_lazy("measured, results to come"), "badge-now"),
    State.ROUNDED: (gettext_lazy("rounding published"), "badge-now"),
    State.PUBLISHED: (gettext_lazy("results published"), "badge-good"),
    State.WITHDRAWN: (gettext_lazy("results withdrawn"), "badge-stop"),
}


@dataclass(frozen=True, slots=True)
class Listed:
    """An edition in a list: its dates, how many take part, and how far it has come."""

    edition: Edition
    timeline: Timeline
    participants: int
    state: State

    @property
    def is_juried(self) -> bool:
        """Whether it takes entries and measures nothing."""
        return _is_juried(self.timeline)

    @property
    def begins(self) -> date:
        """The day the edition is put in order by."""
        period = self.timeline.fieldwork or self.timeline.entries
        if period:
            return period[0]
        first = self.timeline.announcement or self.timeline.ceremony
        return first.date() if first else self.edition.created_at.date()


def _with_state(editions: QuerySet[Edition]) -> QuerySet[Edition]:
    runs = Run.objects.filter(edition=OuterRef("pk"))
    return editions.annotate(
        participant_count=Count("participants"),
        is_published=Exists(in_force().filter(edition=OuterRef("pk"))),
        is_withdrawn=Exists(runs),
        is_rounded=Exists(Rounding.objects.filter(edition=OuterRef("pk"))),
    )


def listed(editions: QuerySet[Edition], *, at: datetime) -> list[Listed]:
    """Return these editions, newest first, each with its state; one query."""
    found = [_listed(edition, at=at) for edition in _with_state(editions)]
    return sorted(found, key=lambda one: one.begins, reverse=True)


def _listed(edition: Any, *, at: datetime) -> Listed:
    timeline = Timeline.model_validate(edition.timeline)
    return Listed(edition, timeline, edition.participant_count, _state(edition, timeline, at=at))


def _state(edition: Any, timeline: Timeline, *, at: datetime) -> State:
    if edition.is_published:
        return State.PUBLISHED
    if edition.is_withdrawn:
        return State.WITHDRAWN
    if edition.is_rounded:
        return State.ROUNDED
    today = local(at, edition.timezone).date()
    if _is_juried(timeline):
        return _juried(timeline, today)
    if timeline.fieldwork is None or today < timeline.fieldwork[0]:
        return State.COMING
    return State.RUNNING if today <= timeline.fieldwork[1] else State.MEASURED


def _is_juried(timeline: Timeline) -> bool:
    return timeline.fieldwork is None and timeline.entries is not None


def _juried(timeline: Timeline, today: date) -> State:
    """Return how far an edition has come that takes entries and measures nothing."""
    assert timeline.entries is not None
    if today < timeline.entries[0]:
        return State.COMING
    if today <= timeline.entries[1]:
        return State.ENTERING
    if timeline.judging is None or today < timeline.judging[0]:
        return State.ENTERED
    return State.JUDGING if today <= timeline.judging[1] else State.JUDGED


def state_of(edition: Edition, *, at: datetime) -> State:
    """Return how far one edition has come."""
    return listed(Edition.objects.filter(pk=edition.pk), at=at)[0].state


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Every programme of this installation with its editions, newest first."""
    editions = listed(Edition.objects.select_related("programme__organiser"), at=timezone.now())
    by_programme = sorted(editions, key=lambda one: one.edition.programme_id)
    groups = [list(own) for _pk, own in groupby(by_programme, key=lambda one: one.edition.programme_id)]
    groups.sort(key=lambda own: own[0].begins, reverse=True)
    programmes = [(own[0].edition.programme, own) for own in groups]
    return shown(
        request,
        "public/home.html",
        {"programmes": programmes, "organiser": _only_one(programmes)},
        title=_("Awards in customer service"),
        description=_("Who was measured or judged, how, and who won; with the figures behind every result."),
    )


def _only_one(programmes: Iterable[tuple[Programme, list[Listed]]]) -> object:
    """Return the organiser where all programmes are of one, whose colours the front page then takes."""
    organisers = {programme.organiser for programme, _own in programmes}
    return organisers.pop() if len(organisers) == 1 else None


@require_safe
def programme(request: HttpRequest, programme: str) -> HttpResponse:
    """One programme and its archive of editions."""
    found = Programme.objects.select_related("organiser").filter(slug=programme).first()
    if found is None:
        raise Http404
    editions = listed(
        Edition.objects.filter(programme=found).select_related("programme__organiser"), at=timezone.now()
    )
    here = Item(_("Archive"), reverse("public:programme", args=[found.slug]), is_here=True)
    newest = [
        Item(one.edition.slug, reverse("public:edition", args=[found.slug, one.edition.slug]), is_here=False)
        for one in editions[:1]
    ]
    context = {
        "programme": found,
        "organiser": found.organiser,
        "editions": editions,
        "menu": [*newest, here],
    }
    return shown(
        request,
        "public/programme.html",
        context,
        title=str(found),
        description=_("Every edition of %(programme)s: results, method and dates.") % {"programme": found},
    )
