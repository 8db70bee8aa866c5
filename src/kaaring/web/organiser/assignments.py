"""Who reads what in a stage: planned, looked at, taken, and changed by hand."""

from typing import Any, NamedTuple

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from kaaring.entries.models import Entry
from kaaring.jobs.actions import ask_for
from kaaring.jobs.models import Job
from kaaring.jury.actions import assignments as actions
from kaaring.jury.models import Assignment, Stage
from kaaring.jury.queries import assignments as queries
from kaaring.jury.queries import stages
from kaaring.jury.queries.jurors import jurors_of
from kaaring.jury.queries.recusals import waiting
from kaaring.jury.queries.votes import PUBLIC_VOTE
from kaaring.jury.rules.assignments import against_planning
from kaaring.jury.rules.stages import against_a_closed_stage, called
from kaaring.kernel.refused import Refused
from kaaring.programmes.models import Edition
from kaaring.web import respond
from kaaring.web.organiser.desk import address_of, go_on
from kaaring.web.organiser.juried import (
    EntryField,
    juror_field,
    jury_here,
    reason_in,
    stage_here,
    tabs_of,
)
from kaaring.web.organiser.shell import edition_changed_by, edition_seen_by, shell
from kaaring.web.request import SignedIn

PAGE, LAST = 30, 3


class PlanForm(forms.Form):
    """Which draw a plan is made with."""

    seed = forms.IntegerField(
        label=gettext_lazy("Number of the draw"),
        help_text=gettext_lazy("The same number gives the same plan; another one another lottery."),
        min_value=0,
        max_value=999_999,
    )


class HandForm(forms.Form):
    """An entry that a juror is given by hand."""

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields |= {"juror": juror_field(edition), "entry": EntryField(edition, label=_("Entry"))}


class Row(NamedTuple):
    """An entry with those who read it."""

    entry: Entry
    readers: list[Assignment]


@login_required
@require_safe
def assignments(request: SignedIn, programme: str, edition: str) -> HttpResponse:
    """Show who reads what in a stage, and how far each juror has come."""
    found = edition_seen_by(request, programme, edition)
    return _page(request, found, _chosen(found, request.GET.get("stage", "")))


@login_required
@require_POST
def plan(request: SignedIn, programme: str, edition: str, stage: str) -> HttpResponse:
    """Ask for a plan; nobody is assigned anything yet."""
    found = edition_changed_by(request, programme, edition)
    here = stage_here(found, stage)
    form = PlanForm(request.POST)
    if not form.is_valid():
        return _page(request, found, here, plan_form=form, status=respond.UNPROCESSABLE)
    if refusal := _against_asking(here):
        return _page(request, found, here, plan_form=form, refusal=refusal)
    arguments = {"stage": here.code, "seed": form.cleaned_data["seed"]}
    job = ask_for(Job.Kind.ASSIGNMENT, found, arguments, total=0, by=request.user, at=timezone.now())
    return go_on(request, address_of(found, "plan", job.public_id))


@login_required
@require_POST
def assign(request: SignedIn, programme: str, edition: str, stage: str) -> HttpResponse:
    """Give a juror an entry by hand."""
    found = edition_changed_by(request, programme, edition)
    here = stage_here(found, stage)
    form = HandForm(request.POST, edition=found)
    if not form.is_valid():
        return _page(request, found, here, hand_form=form, status=respond.UNPROCESSABLE)
    entry, juror = form.cleaned_data["entry"], form.cleaned_data["juror"]
    try:
        actions.assign_by_hand(here.pk, entry.pk, juror.pk, **_now(request))
    except Refused as refusal:
        return _page(request, found, here, hand_form=form, refusal=refusal)
    done = _("%(juror)s reads %(entry)s.") % {"juror": juror, "entry": entry.code}
    return _back(request, here, done)


@login_required
@require_POST
def end(request: SignedIn, programme: str, edition: str, stage: str) -> HttpResponse:
    """Let a juror no longer read an entry."""
    found = edition_changed_by(request, programme, edition)
    here = stage_here(found, stage)
    own = (
        Assignment.objects.filter(stage=here, entry__public_id=request.POST.get("entry", ""))
        .filter(juror__public_id=request.POST.get("juror", ""))
        .select_related("entry", "juror")
        .first()
    )
    if own is None:
        return _page(request, found, here, refusal=_nobody_reads_it())
    try:
        actions.end_assignment(own.pk, reason=reason_in(request), **_now(request))
    except Refused as refusal:
        return _page(request, found, here, refusal=refusal)
    done = _("%(juror)s no longer reads %(entry)s.") % {"juror": own.juror, "entry": own.entry.code}
    return _back(request, here, done)


def _nobody_reads_it() -> Refused:
    return Refused(
        "not_assigned", _("This juror was never given this entry. Choose one of those who read it.")
    )


def _against_asking(stage: Stage) -> Refused | None:
    jury = stages.jury_of(stage.edition)
    return against_a_closed_stage(stage, called(stage, jury), at=timezone.now()) or against_planning(
        stages.rules_of(stage),
        entries=stages.entries_in(stage).count(),
        jurors=jurors_of(stage.edition).count(),
    )


def _chosen(edition: Edition, code: str) -> Stage | None:
    """Return the stage that is asked for, or the one that is open, or the last that opened, or the next."""
    known = list(stages.stages_of(edition))
    at = timezone.now()
    asked = [one for one in known if one.code == code]
    is_open = [one for one in known if stages.is_open(one, at=at)]
    begun = [one for one in known if one.opens_at <= at][-1:]
    return next(iter([*asked, *is_open, *begun, *known]), None)


def plans_of(edition: Edition) -> QuerySet[Job]:
    """Return the plans that were asked for, newest first."""
    return Job.objects.filter(edition=edition, kind=Job.Kind.ASSIGNMENT).select_related("asked_by")


def _now(request: SignedIn) -> dict[str, Any]:
    return {"by": request.user.public_id, "at": timezone.now()}


def _back(request: SignedIn, stage: Stage, said: str) -> HttpResponse:
    return go_on(request, f"{address_of(stage.edition, 'assignments')}?stage={stage.code}", said)


def _page(
    request: SignedIn,
    edition: Edition,
    stage: Stage | None,
    *,
    plan_form: PlanForm | None = None,
    hand_form: HandForm | None = None,
    refusal: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    jury = jury_here(edition)
    context = {
        **shell(request, edition, "assignments"),
        "tabs": tabs_of(edition, jury),
        "stage": stage,
        "plan_form": plan_form or PlanForm(initial={"seed": plans_of(edition).count() + 1}),
        "hand_form": hand_form or HandForm(edition=edition),
        "refusal": refusal,
        **(_inside(request, stage) if stage else {}),
    }
    status = respond.CONFLICT if refusal else status
    return render(request, "organiser/assignments.html", context, status=status)


def _inside(request: SignedIn, stage: Stage) -> dict[str, Any]:
    wanted = request.GET.get("q", "").strip()
    entries = stages.entries_in(stage)
    if wanted:
        entries = entries.filter(Q(code__icontains=wanted) | Q(case__title__icontains=wanted))
    page = Paginator(entries, PAGE).get_page(request.GET.get("page"))
    progress = queries.progress_of(stage)
    jury = stages.jury_of(stage.edition)
    modes = {one.code: one.mode for one in jury.stages} if jury else {}
    return {
        "name": called(stage, jury),
        "is_vote": modes.get(stage.code) == PUBLIC_VOTE,
        "is_closed": timezone.now() >= stage.closes_at,
        "progress": progress,
        "assigned": sum(one.assigned for one in progress),
        "done": sum(one.done for one in progress),
        "entry_count": stages.entries_in(stage).count(),
        "waiting": waiting(stage.edition).count(),
        "wanted": wanted,
        "page": page,
        "rows": _rows(stage, page),
        "plans": plans_of(stage.edition).filter(arguments__stage=stage.code)[:LAST],
    }


def _rows(stage: Stage, page: Page[Entry]) -> list[Row]:
    """Return the entries of a page with their readers."""
    rows = [Row(entry, []) for entry in page]
    by_entry = {row.entry.pk: row.readers for row in rows}
    readers = queries.assignments_in(stage).filter(entry__in=list(by_entry))
    for one in readers.select_related("juror", "scorecard"):
        by_entry[one.entry_id].append(one)
    return rows


urlpatterns = [
    path("assignments/", assignments, name="assignments"),
    path("assignments/<slug:stage>/plan/", plan, name="make_plan"),
    path("assignments/<slug:stage>/assign/", assign, name="assign_by_hand"),
    path("assignments/<slug:stage>/end/", end, name="end_assignment"),
]
