"""The chair's page: how far the panel has come, and reopening a scorecard with a reason."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any, NamedTuple

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kaaring.jury.actions.scorecards import reopen_scorecard
from kaaring.jury.models import Assignment, Juror
from kaaring.jury.queries.jurors import categories_chaired_by
from kaaring.jury.queries.scorecards import scorecards_chaired_by
from kaaring.jury.queries.stages import is_open, rules_of
from kaaring.kernel.refused import Refused
from kaaring.kernel.text import Text
from kaaring.web import respond
from kaaring.web.juror.desk import around, juror_at
from kaaring.web.request import SignedIn


class OfEntry(NamedTuple):
    """An entry with the scorecards of those who mark it."""

    code: str
    title: str
    assignments: list[Assignment]


class OfStage(NamedTuple):
    """The panel's entries in a stage, and how many scorecards are final."""

    code: str
    name: Text
    is_open: bool
    entries: list[OfEntry]
    done: int
    of: int

    @property
    def share(self) -> float:
        """The share that is final, of one."""
        return self.done / self.of


@login_required
@require_safe
def panel(request: SignedIn, programme: str, edition: str) -> HttpResponse:
    """Show a chair how far the own panel has come; what was marked stays hidden until the meeting."""
    return _page(request, juror_at(request, programme, edition))


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
        return _page(request, juror, refusal, typed=(scorecard, request.POST.get("reason", "")))
    said = _("The scorecard is a draft again. Its juror can change and submit it.")
    return respond.go_to(request, "juror:panel", programme, edition, said=said)


def _page(
    request: SignedIn, juror: Juror, refusal: Refused | None = None, *, typed: tuple[str, str] = ("", "")
) -> HttpResponse:
    categories = list(categories_chaired_by(request.user, juror.edition))
    if not categories:
        raise Http404
    context = {
        **around(juror),
        "categories": categories,
        "stages": _stages(scorecards_chaired_by(request.user, juror.edition)),
        "refusal": refusal,
        "typed": typed,
    }
    status = respond.CONFLICT if refusal else 200
    return render(request, "juror/panel.html", context, status=status)


def _stages(assignments: Iterable[Assignment]) -> list[OfStage]:
    at = timezone.now()
    return [
        _of_stage(stage, list(found), is_open=is_open(stage, at=at))
        for stage, found in groupby(assignments, key=lambda one: one.stage)
    ]


def _of_stage(stage: Any, assignments: list[Assignment], *, is_open: bool) -> OfStage:
    rules = rules_of(stage)
    entries = []
    for entry, found in groupby(assignments, key=lambda one: one.entry):
        entries.append(OfEntry(entry.code, entry.case.title, list(found)))
    done = sum(1 for one in assignments if (card := getattr(one, "scorecard", None)) and card.is_final)
    name = rules.name if rules else {"en": stage.code}
    return OfStage(stage.code, name, is_open, entries, done, len(assignments))


urlpatterns = [
    path("panel/", panel, name="panel"),
    path("panel/<slug:scorecard>/reopen/", reopen, name="reopen"),
]
