"""The chair's page: how far the panel has come, and reopening a scorecard with a reason."""

from collections.abc import Set
from itertools import groupby
from typing import NamedTuple

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kaaring.entries.models import Entry
from kaaring.entries.queries.submitted import put_titles
from kaaring.jury.actions.scorecards import reopen_scorecard
from kaaring.jury.models import Assignment, Juror, Scorecard, Stage
from kaaring.jury.queries.called import Called, called, stages_with_names
from kaaring.jury.queries.jurors import categories_chaired_by
from kaaring.jury.queries.meetings import hidden_from, meetings_of
from kaaring.jury.queries.scorecards import scorecards_chaired_by
from kaaring.jury.queries.stages import is_open
from kaaring.jury.sheets import Blank, blank_of
from kaaring.kernel.refused import Refused
from kaaring.kernel.text import Text
from kaaring.people.models import User
from kaaring.programmes.definition import Definition
from kaaring.programmes.models import Edition
from kaaring.programmes.queries import definition_in_force
from kaaring.web import respond
from kaaring.web.juror.desk import around, juror_at
from kaaring.web.reopened import Change, change_of
from kaaring.web.request import SignedIn


class Line(NamedTuple):
    """Who marks an entry, and when and why the scorecard was reopened or changed."""

    assignment: Assignment
    changes: list[Change]


class OfEntry(NamedTuple):
    """An entry with the scorecards of those who mark it."""

    called: Called
    lines: list[Line]


class OfCategory(NamedTuple):
    """A category's entries in a stage, and how many scorecards are final; ``is_shown`` unfolds it."""

    name: Text
    entries: list[OfEntry]
    done: int
    of: int
    is_shown: bool


class OfStage(NamedTuple):
    """The panel's categories in a stage, and how many scorecards are final."""

    code: str
    name: Text
    is_open: bool
    categories: list[OfCategory]
    done: int
    of: int

    @property
    def share(self) -> float:
        """The share that is final, of one."""
        return self.done / self.of


class Typed(NamedTuple):
    """Which scorecard the form to reopen one is shown for, and the reason typed there."""

    scorecard: str
    reason: str


@login_required
@require_safe
def panel(request: SignedIn, programme: str, edition: str) -> HttpResponse:
    """Show a chair how far the own panel has come; what was marked stays hidden until the meeting.

    The form to reopen a scorecard is shown for the one that is asked for.
    """
    typed = Typed(request.GET.get("reopen", ""), "")
    return _page(request, juror_at(request, programme, edition), typed=typed)


@login_required
@require_POST
def reopen(request: SignedIn, programme: str, edition: str, scorecard: str) -> HttpResponse:
    """Make a final scorecard a draft again, with the reason."""
    juror = juror_at(request, programme, edition)
    mine = scorecards_chaired_by(request.user, juror.edition)
    card = get_object_or_404(mine.filter(scorecard__isnull=False), scorecard__public_id=scorecard).scorecard
    try:
        reopen_scorecard(
            card.pk, reason=request.POST.get("reason", ""), by=request.user.public_id, at=timezone.now()
        )
    except Refused as refusal:
        return _page(request, juror, refusal, typed=Typed(scorecard, request.POST.get("reason", "")))
    said = _("The scorecard is a draft again. Its juror can change and submit it.")
    return respond.go_to(request, "juror:panel", programme, edition, said=said)


def _page(request: SignedIn, juror: Juror, refusal: Refused | None = None, *, typed: Typed) -> HttpResponse:
    categories = list(categories_chaired_by(request.user, juror.edition))
    if not categories:
        raise Http404
    context = {
        **around(juror),
        "categories": categories,
        "stages": _stages(request.user, juror.edition, typed.scorecard),
        "refusal": refusal,
        "typed": typed,
    }
    status = respond.CONFLICT if refusal else 200
    return render(request, "juror/panel.html", context, status=status)


def _stages(user: User, edition: Edition, shown: str) -> list[OfStage]:
    assignments, at = list(scorecards_chaired_by(user, edition)), timezone.now()
    put_titles([one.entry for one in assignments])
    definition = definition_in_force(edition)
    named = stages_with_names(definition)
    met = set(meetings_of(edition).values_list("stage_id", "category_id"))
    stages = []
    for stage, found in groupby(assignments, key=lambda one: one.stage):
        marking = list(found)
        hidden = hidden_from(user, stage, [one.entry for one in marking], at=at)
        pen = _Pen(definition, stage, stage.code in named, met, hidden, shown)
        stages.append(pen.of_stage(marking, is_open=is_open(stage, at=at)))
    return stages


class _Pen(NamedTuple):
    """What is needed to show a stage: where the jury has met, and what the chair does not see yet."""

    definition: Definition
    stage: Stage
    with_names: bool
    met: Set[tuple[int, int]]
    hidden: Set[int]
    shown: str

    def of_stage(self, marking: list[Assignment], *, is_open: bool) -> OfStage:
        """Return a stage with its categories."""
        rules = self.definition.jury.stages if self.definition.jury else ()
        name = next((one.name for one in rules if one.code == self.stage.code), {"en": self.stage.code})
        groups = [list(found) for _of, found in groupby(marking, key=lambda one: one.entry.category_id)]
        categories = [self._of_category(group) for group in groups]
        done = sum(one.done for one in categories)
        return OfStage(self.stage.code, name, is_open, categories, done, len(marking))

    def _of_category(self, marking: list[Assignment]) -> OfCategory:
        category = marking[0].entry.category
        entries = [
            OfEntry(self._called(entry), [self._line(one) for one in found])
            for entry, found in groupby(marking, key=lambda one: one.entry)
        ]
        cards = [card for one in marking if (card := getattr(one, "scorecard", None))]
        is_shown = any(card.public_id == self.shown for card in cards)
        done = sum(card.is_final for card in cards)
        return OfCategory(category.name, entries, done, len(marking), is_shown)

    def _called(self, entry: Entry) -> Called:
        return called(entry.code, entry.category.name, entry.case.title, with_names=self.with_names)

    def _line(self, marking: Assignment) -> Line:
        card: Scorecard | None = getattr(marking, "scorecard", None)
        kept = list(card.reopenings.all()) if card else []
        blank = self._blank(marking) if kept else None
        return Line(marking, [change_of(one, blank) for one in kept])

    def _blank(self, marking: Assignment) -> Blank | None:
        """Return what the marks are read with, None as long as the chair does not see them."""
        category, jury = marking.entry.category, self.definition.jury
        is_known = jury is not None and self.stage.code in {one.code for one in jury.stages}
        if (self.stage.pk, category.pk) not in self.met or marking.entry_id in self.hidden or not is_known:
            return None
        return blank_of(self.definition, self.stage.code, category.code)


urlpatterns = [
    path("panel/", panel, name="panel"),
    path("panel/<slug:scorecard>/reopen/", reopen, name="reopen"),
]
