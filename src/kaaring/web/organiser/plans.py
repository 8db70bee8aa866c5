"""A plan of who reads what: how far its making has come, what it says, and taking it."""

from fractions import Fraction
from typing import Any, NamedTuple

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from kaaring.jobs.models import Job
from kaaring.jury.actions.assignments import store_assignments
from kaaring.jury.models import Stage
from kaaring.jury.queries.ground import ground_of
from kaaring.jury.queries.plan_words import Load, told
from kaaring.jury.queries.plans import Plan, plan_from
from kaaring.jury.queries.recusals import waiting
from kaaring.jury.queries.stages import entries_in, jury_of
from kaaring.jury.rules.stages import called
from kaaring.kernel.figures import local
from kaaring.kernel.refused import Refused, refuse
from kaaring.programmes import queries as programmes
from kaaring.programmes.models import Edition
from kaaring.web import respond
from kaaring.web.drawings import Bar
from kaaring.web.organiser.assignments import plans_of
from kaaring.web.organiser.desk import address_of, go_on
from kaaring.web.organiser.juried import stage_here
from kaaring.web.organiser.shell import edition_changed_by, edition_seen_by, shell
from kaaring.web.request import SignedIn

PAGE = 50
TEMPLATE = "organiser/plan.html#plan"


class LoadLine(NamedTuple):
    """What a juror reads by a plan, with its drawing."""

    load: Load
    bar: Bar


class Reader(NamedTuple):
    """Somebody who reads an entry by a plan: drawn by lot, or as before."""

    name: str
    is_by_lottery: bool
    is_kept: bool


@login_required
@require_safe
def plan(request: SignedIn, programme: str, edition: str, job: str) -> HttpResponse:
    """Show how far a plan has come, and then what it says."""
    found = edition_seen_by(request, programme, edition)
    followed = get_object_or_404(plans_of(found), public_id=job)
    return respond.with_part(request, TEMPLATE, _context(request, found, followed))


@login_required
@require_POST
def take(request: SignedIn, programme: str, edition: str, job: str) -> HttpResponse:
    """Take a plan: from now on it is who reads what."""
    found = edition_changed_by(request, programme, edition)
    made = get_object_or_404(plans_of(found), public_id=job)
    stage = stage_here(found, made.arguments["stage"])
    try:
        refuse(_against_taking(made))
        stored = store_assignments(
            stage, plan_from(made.outcome), by=request.user.public_id, at=timezone.now()
        )
    except Refused as refusal:
        return respond.refused(request, "organiser/plan.html", refusal, _context(request, found, made))
    new = ngettext("%(count)d new reading is assigned.", "%(count)d new readings are assigned.", stored.new)
    ended = ngettext("%(count)d assignment has ended.", "%(count)d assignments have ended.", stored.ended)
    said = " ".join(
        [new % {"count": stored.new}, *([ended % {"count": stored.ended}] if stored.ended else [])]
    )
    return go_on(request, f"{address_of(found, 'assignments')}?stage={stage.code}", said)


def _against_taking(job: Job) -> Refused | None:
    if job.finished_at is not None and not job.failure:
        return None
    return Refused("no_plan", _("There is no plan to take yet. Wait until it is made, or make another one."))


def _context(request: SignedIn, edition: Edition, job: Job) -> dict[str, Any]:
    stage = stage_here(edition, job.arguments["stage"])
    is_made = job.finished_at is not None and not job.failure
    return {
        **_around(request, edition),
        "job": job,
        "stage": stage,
        "name": called(stage, jury_of(edition)),
        "asked_at": local(job.asked_at, edition.timezone),
        "failure": job.failure.splitlines(),
        **(_made(request, edition, stage, plan_from(job.outcome)) if is_made and job.outcome else {}),
    }


def _around(request: SignedIn, edition: Edition) -> dict[str, Any]:
    """Return the context of the whole page, or what its polled part alone needs."""
    if not request.htmx:
        return shell(request, edition, "assignments")
    may_change = programmes.may_change(request.user, edition)
    return {"edition": edition, "programme": edition.programme, "may_change": may_change}


def _made(request: SignedIn, edition: Edition, stage: Stage, plan: Plan) -> dict[str, Any]:
    words = told(plan, edition)
    entries = Paginator(entries_in(stage), PAGE).get_page(request.GET.get("page"))
    readers = _readers(plan, {load.juror.pk: load.juror.name for load in words.loads})
    return {
        "plan": plan,
        "told": words,
        "loads": _drawn(words.loads),
        "page": entries,
        "rows": [(entry, readers.get(entry.pk, [])) for entry in entries],
        "waiting": waiting(edition).count(),
        "is_stale": ground_of(stage).digest != plan.digest,
    }


def _drawn(loads: tuple[Load, ...]) -> list[LoadLine]:
    most = max((load.entries for load in loads), default=0) or 1
    return [
        LoadLine(
            load,
            Bar(
                _("%(name)s: %(entries)d entries, %(kept)d of them as before")
                % {"name": load.juror.name, "entries": load.entries, "kept": load.kept},
                Fraction(load.kept, most),
                Fraction(load.entries - load.kept, most),
            ),
        )
        for load in loads
    ]


def _readers(plan: Plan, names: dict[int, str]) -> dict[int, list[Reader]]:
    """Return who reads each entry by a plan, by the entry's key."""
    lots, kept = set(plan.by_lottery), set(plan.kept)
    readers: dict[int, list[Reader]] = {}
    for pair in plan.pairs:
        one = Reader(names.get(pair[0], "?"), pair in lots, pair in kept)
        readers.setdefault(pair[1], []).append(one)
    return readers


urlpatterns = [
    path("plans/<slug:job>/", plan, name="plan"),
    path("plans/<slug:job>/take/", take, name="take_plan"),
]
