"""Publishing: what stands in the way, the runs there are, and withdrawing one."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from kaaring.fieldwork.queries import counted, review_counts
from kaaring.kernel.refused import Refused
from kaaring.programmes.models import Edition
from kaaring.programmes.queries import definition_in_force
from kaaring.results import actions, queries
from kaaring.results.models import Run
from kaaring.results.queries import Proposal
from kaaring.results.queries.juried import juried_state_of
from kaaring.results.queries.runs import is_outdated
from kaaring.results.rules import publishing as may
from kaaring.web import respond
from kaaring.web.organiser.checks import Check, needed, unwanted
from kaaring.web.organiser.jury_checks import jury_checks
from kaaring.web.organiser.shell import edition_changed_by, edition_seen_by, shell
from kaaring.web.request import SignedIn

PAGE = "organiser/runs.html"


@login_required
@require_safe
def runs_page(request: SignedIn, programme: str, edition: str) -> HttpResponse:
    """Show whether the results can be published, and every run there is."""
    found = edition_seen_by(request, programme, edition)
    return render(request, PAGE, _context(request, found))


def _context(request: SignedIn, edition: Edition) -> dict[str, Any]:
    definition = definition_in_force(edition) if edition.rules.exists() else None
    is_measured = definition is None or definition.survey is not None
    jury = juried_state_of(edition) if definition is not None and definition.jury is not None else None
    proposals = queries.proposals_of(edition)
    count = counted(edition).count()
    runs = list(queries.runs_of(edition))
    everything = [*proposals, *(jury.proposals if jury else ())]
    return shell(request, edition, "runs") | {
        "checks": [
            *(_checks(edition, count, proposals) if is_measured else ()),
            *(jury_checks(edition, jury) if jury else ()),
            *_outdated(edition, runs),
        ],
        "stopped_by": may.against_publishing(
            counted=count + (jury.inputs if jury else 0),
            undecided=[one.name for one in everything if one.is_open],
            contradicted=[one.name for one in everything if one.is_contradicted],
        ),
        "is_measured": is_measured,
        "is_juried": jury is not None,
        "runs": runs,
        "current": runs[0] if runs and runs[0].withdrawn_at is None else None,
        "next_number": runs[0].number + 1 if runs else 1,
    }


def _checks(edition: Edition, count: int, proposals: list[Proposal]) -> list[Check]:
    arguments = (edition.programme.slug, edition.slug)
    evaluations = reverse("organiser:evaluations", args=arguments)
    decisions = reverse("organiser:decisions", args=arguments)
    counts = ngettext("%(count)d evaluation counts", "%(count)d evaluations count", count)
    return [
        needed(count, counts, evaluations),
        _held(review_counts(edition)["held"], f"{evaluations}?review=held"),
        _undecided(sum(one.is_open for one in proposals), decisions),
        _contradicted(sum(one.is_contradicted for one in proposals), decisions),
    ]


def _outdated(edition: Edition, runs: list[Run]) -> list[Check]:
    """Warn where evaluations or marks have changed since the run that counts."""
    if not runs or runs[0].withdrawn_at is not None or not is_outdated(runs[0]):
        return []
    said = _("Evaluations or marks have changed since run %(number)d was published") % {
        "number": runs[0].number
    }
    log = reverse("organiser:log", args=(edition.programme.slug, edition.slug))
    return [Check("wait", said, log)]


def _held(count: int, address: str) -> Check:
    found = ngettext(
        "%(count)d evaluation is held for review", "%(count)d evaluations are held for review", count
    )
    return unwanted("wait", count, _("No evaluation waits for review"), found, address)


def _undecided(count: int, address: str) -> Check:
    found = ngettext(
        "%(count)d award by measurement is not decided",
        "%(count)d awards by measurement are not decided",
        count,
    )
    return unwanted("stop", count, _("Every award by measurement is decided"), found, address)


def _contradicted(count: int, address: str) -> Check:
    found = ngettext(
        "%(count)d decision departs from the measurement without a reason",
        "%(count)d decisions depart from the measurement without a reason",
        count,
    )
    good = _("No decision departs from the measurement without a reason")
    return unwanted("stop", count, good, found, address)


@login_required
@require_POST
def publish(request: SignedIn, programme: str, edition: str) -> HttpResponse:
    """Freeze the results as they stand, and show them."""
    found = edition_changed_by(request, programme, edition)
    try:
        run = actions.publish_run(found, by=request.user.public_id, at=timezone.now())
    except Refused as refusal:
        return respond.refused(request, PAGE, refusal, _context(request, found))
    return respond.go_to(
        request,
        "organiser:runs",
        programme,
        edition,
        said=_("Run %(number)d is published.") % {"number": run.number},
    )


@login_required
@require_POST
def withdraw(request: SignedIn, programme: str, edition: str, run: str) -> HttpResponse:
    """Withdraw a run, with a reason that stays visible."""
    found = edition_changed_by(request, programme, edition)
    wanted = get_object_or_404(queries.runs_of(found), public_id=run)
    reason = request.POST.get("reason", "")
    try:
        actions.withdraw_run(wanted, reason=reason, by=request.user.public_id, at=timezone.now())
    except Refused as refusal:
        return respond.refused(request, PAGE, refusal, _context(request, found))
    return respond.go_to(
        request,
        "organiser:runs",
        programme,
        edition,
        said=_("Run %(number)d is withdrawn.") % {"number": wanted.number},
    )


urlpatterns = [
    path("runs/", runs_page, name="runs"),
    path("runs/publish/", publish, name="publish_run"),
    path("runs/<slug:run>/withdraw/", withdraw, name="withdraw_run"),
]
