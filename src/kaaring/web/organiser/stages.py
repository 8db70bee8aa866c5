"""The stages of a jury: their periods, and the entries in them."""

from datetime import datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from kaaring.jury.actions import stages as actions
from kaaring.jury.models import Stage
from kaaring.jury.queries import stages as queries
from kaaring.jury.queries.assignments import Counts, counts_by_stage, with_readings
from kaaring.jury.queries.marking import unfinished_in
from kaaring.jury.queries.votes import PUBLIC_VOTE
from kaaring.jury.rules.oneself import against_own_unfinished
from kaaring.jury.rules.stages import called
from kaaring.kernel.refused import Refused
from kaaring.kernel.text import said
from kaaring.programmes.definition.schema.jury import Stage as StageRules
from kaaring.programmes.models import Category, Edition
from kaaring.web import respond
from kaaring.web.days import Moment
from kaaring.web.organiser.desk import address_of, go_on
from kaaring.web.organiser.juried import MODES, EntryField, entry_here, jury_here, reason_in, stage_here
from kaaring.web.organiser.shell import edition_changed_by, edition_seen_by, shell
from kaaring.web.request import SignedIn
from kaaring.web.stage_words import seen_in

PAGE = 50
MOMENT = "%Y-%m-%dT%H:%M"


class Line(NamedTuple):
    """A stage of the rules with its period, if it has one, and how far it has come.

    ``state`` is empty without a period, else past, now or later.
    """

    rules: StageRules
    mode: str | Promise
    readings: int
    stage: Stage | None
    state: str
    counts: Counts


def _clock() -> forms.DateTimeInput:
    return forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT)


class PeriodForm(forms.Form):
    """When a stage opens and closes, on the edition's clock; why, where it is moved."""

    opens_at = Moment(label=gettext_lazy("Opens"), widget=_clock())
    closes_at = Moment(label=gettext_lazy("Closes"), widget=_clock())
    why = forms.CharField(
        label=gettext_lazy("Reason, for the log"), max_length=500, required=False, empty_value=""
    )

    def __init__(self, *args: Any, is_new: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_new:
            del self.fields["why"]


class ByHandForm(forms.Form):
    """An entry that is put into a stage by hand, and why."""

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "by_hand_%s", **kwargs})
        self.fields["entry"] = EntryField(edition, label=_("Entry"))
        self.fields["reason"] = forms.CharField(
            label=_("Reason"), help_text=_("It is kept in the log."), max_length=2000
        )


class CalibrationForm(forms.Form):
    """The entry that all jurors mark first; empty for none."""

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "calibration_%s", **kwargs})
        self.fields["entry"] = EntryField(edition, label=_("Entry for calibration"), required=False)


@login_required
@require_safe
def stages(request: SignedIn, programme: str, edition: str) -> HttpResponse:
    """List the stages of the rules: when each is open, and how far it has come."""
    found = edition_seen_by(request, programme, edition)
    lines = _lines(found)
    context = {
        "lines": lines,
        "now": next((line for line in lines if line.state == "now"), None),
        "first_without": next((line for line in lines if line.stage is None), None),
    }
    return render(request, "organiser/stages.html", shell(request, found, "stages") | context)


@login_required
@require_safe
def stage(request: SignedIn, programme: str, edition: str, stage: str) -> HttpResponse:
    """Show a stage: its period, the entries in it, and the one for calibration."""
    return _page(request, edition_seen_by(request, programme, edition), stage)


@login_required
@require_POST
def save_period(request: SignedIn, programme: str, edition: str, stage: str) -> HttpResponse:
    """Give a stage its period, or move it."""
    found = edition_changed_by(request, programme, edition)
    rules = _rules(found, stage)
    standing = queries.stages_of(found).filter(code=stage).first()
    with timezone.override(ZoneInfo(found.timezone)):
        form = PeriodForm(request.POST, is_new=standing is None)
        if not form.is_valid():
            return _page(request, found, stage, period=form, status=respond.UNPROCESSABLE)
    try:
        _store(request, found, stage, standing, form.cleaned_data)
    except Refused as refusal:
        return _page(request, found, stage, period=form, refusal=refusal)
    return _back(
        request, found, stage, _("The period of “%(stage)s” is stored.") % {"stage": said(rules.name)}
    )


@login_required
@require_POST
def close(request: SignedIn, programme: str, edition: str, stage: str) -> HttpResponse:
    """Close an open stage now."""
    found = edition_changed_by(request, programme, edition)
    standing = stage_here(found, stage)
    try:
        actions.close_stage(standing.pk, why=reason_in(request), **_now(request))
    except Refused as refusal:
        return _page(request, found, stage, refusal=refusal)
    return _back(request, found, stage, _closed(standing))


def _closed(stage: Stage) -> str:
    """Say that a stage is closed, and how many readings it leaves undone."""
    left = counts_by_stage(stage.edition).get(stage.pk, Counts()).left
    undone = ngettext("%(count)d reading is not done.", "%(count)d readings are not done.", left)
    return " ".join([_("The stage is closed."), *([undone % {"count": left}] if left else [])])


@login_required
@require_POST
def admit(request: SignedIn, programme: str, edition: str, stage: str) -> HttpResponse:
    """Let every submitted entry into the first stage that was never in it."""
    found = edition_changed_by(request, programme, edition)
    standing = stage_here(found, stage)
    try:
        count = actions.admit_submitted(standing.pk, **_now(request))
    except Refused as refusal:
        return _page(request, found, stage, refusal=refusal)
    done = ngettext("%(count)d entry has come in.", "%(count)d entries have come in.", count)
    return _back(request, found, stage, done % {"count": count})


@login_required
@require_POST
def admit_by_hand(request: SignedIn, programme: str, edition: str, stage: str) -> HttpResponse:
    """Put an entry into a stage by hand."""
    found = edition_changed_by(request, programme, edition)
    standing = stage_here(found, stage)
    form = ByHandForm(request.POST, edition=found)
    if not form.is_valid():
        return _page(request, found, stage, by_hand=form, status=respond.UNPROCESSABLE)
    entry = form.cleaned_data["entry"]
    try:
        actions.admit_by_hand(standing.pk, entry.pk, reason=form.cleaned_data["reason"], **_now(request))
    except Refused as refusal:
        return _page(request, found, stage, by_hand=form, refusal=refusal)
    return _back(request, found, stage, _("%(entry)s is in the stage.") % {"entry": entry.code})


@login_required
@require_POST
def end_admission(request: SignedIn, programme: str, edition: str, stage: str, entry: str) -> HttpResponse:
    """Take an entry out of a stage."""
    found = edition_changed_by(request, programme, edition)
    standing, own = stage_here(found, stage), entry_here(found, entry)
    try:
        actions.end_admission(standing.pk, own.pk, reason=reason_in(request), **_now(request))
    except Refused as refusal:
        return _page(request, found, stage, refusal=refusal)
    return _back(request, found, stage, _("%(entry)s is no longer in the stage.") % {"entry": own.code})


@login_required
@require_POST
def calibration(request: SignedIn, programme: str, edition: str, stage: str) -> HttpResponse:
    """Choose the entry that all jurors mark first, or none."""
    found = edition_changed_by(request, programme, edition)
    standing = stage_here(found, stage)
    form = CalibrationForm(request.POST, edition=found)
    if not form.is_valid():
        return _page(request, found, stage, calibration=form, status=respond.UNPROCESSABLE)
    entry = form.cleaned_data["entry"]
    try:
        actions.choose_calibration(standing.pk, entry.pk if entry else None, **_now(request))
    except Refused as refusal:
        return _page(request, found, stage, calibration=form, refusal=refusal)
    return _back(request, found, stage, _("The choice is stored."))


def _lines(edition: Edition) -> list[Line]:
    jury = jury_here(edition)
    standing = {one.code: one for one in queries.stages_of(edition)}
    counts, at = counts_by_stage(edition), timezone.now()
    return [
        Line(
            rules=one,
            mode=MODES[one.mode],
            readings=one.jurors_per_entry or jury.jurors_per_entry,
            stage=standing.get(one.code),
            state=_state(standing.get(one.code), at=at),
            counts=counts.get(standing[one.code].pk, Counts()) if one.code in standing else Counts(),
        )
        for one in jury.stages
    ]


def _state(stage: Stage | None, *, at: datetime) -> str:
    if stage is None:
        return ""
    if at < stage.opens_at:
        return "later"
    return "now" if at < stage.closes_at else "past"


def _rules(edition: Edition, code: str) -> StageRules:
    found = next((one for one in jury_here(edition).stages if one.code == code), None)
    if found is None:
        raise Http404
    return found


def _store(
    request: SignedIn, edition: Edition, code: str, standing: Stage | None, typed: dict[str, Any]
) -> None:
    if standing is None:
        actions.open_stage(edition, code, **typed, **_now(request))
    else:
        actions.move_stage(standing.pk, **typed, **_now(request))


def _now(request: SignedIn) -> dict[str, Any]:
    return {"by": request.user.public_id, "at": timezone.now()}


def _back(request: SignedIn, edition: Edition, code: str, said: str) -> HttpResponse:
    return go_on(request, address_of(edition, "stage", code), said)


def _page(
    request: SignedIn,
    edition: Edition,
    code: str,
    *,
    refusal: Refused | None = None,
    status: int = 200,
    **forms_typed: forms.Form,
) -> HttpResponse:
    rules = _rules(edition, code)
    standing = queries.stages_of(edition).select_related("calibration__case").filter(code=code).first()
    context = {
        **shell(request, edition, "stages"),
        "rules": rules,
        "mode": MODES[rules.mode],
        "is_vote": rules.mode == PUBLIC_VOTE,
        "seen": seen_in(rules.sees),
        "stage": standing,
        "state": _state(standing, at=timezone.now()),
        "period": _period_form(edition, rules, standing),
        "refusal": refusal,
        **(_inside(request, edition, standing) if standing else {}),
        **forms_typed,
    }
    status = respond.CONFLICT if refusal else status
    return render(request, "organiser/stage.html", context, status=status)


def _period_form(edition: Edition, rules: StageRules, standing: Stage | None) -> PeriodForm:
    announced = queries.announced_period(edition, rules)
    times = (standing.opens_at, standing.closes_at) if standing else announced
    initial = dict(zip(("opens_at", "closes_at"), times, strict=True)) if times else {}
    return PeriodForm(initial=initial, is_new=standing is None)


def _inside(request: SignedIn, edition: Edition, stage: Stage) -> dict[str, Any]:
    """Return what is in a stage, a page at a time, and what waits to come in."""
    jury = jury_here(edition)
    wanted = request.GET.get("category", "")
    entries = with_readings(queries.entries_in(stage), stage)
    if wanted:
        entries = entries.filter(category__code=wanted)
    chosen, name = stage.calibration, called(stage, jury)
    own = unfinished_in(stage, by=request.user.public_id).filter(stage__opens_at__lte=timezone.now())
    return {
        "name": name,
        "own_unfinished": against_own_unfinished(own.count(), name),
        "page": Paginator(entries, PAGE).get_page(request.GET.get("page")),
        "wanted": wanted,
        "categories": [(one.code, str(one)) for one in Category.objects.filter(edition=edition)],
        "counts": counts_by_stage(edition).get(stage.pk, Counts()),
        "is_first": queries.is_first(stage, jury),
        "waiting": queries.not_yet_in(stage).count() if queries.is_first(stage, jury) else 0,
        "by_hand": ByHandForm(edition=edition),
        "calibration": CalibrationForm(edition=edition, initial={"entry": chosen.code if chosen else ""}),
    }


urlpatterns = [
    path("stages/", stages, name="stages"),
    path("stages/<slug:stage>/", stage, name="stage"),
    path("stages/<slug:stage>/period/", save_period, name="save_stage_period"),
    path("stages/<slug:stage>/close/", close, name="close_stage"),
    path("stages/<slug:stage>/admit/", admit, name="admit_entries"),
    path("stages/<slug:stage>/by-hand/", admit_by_hand, name="admit_by_hand"),
    path("stages/<slug:stage>/entries/<slug:entry>/end/", end_admission, name="end_admission"),
    path("stages/<slug:stage>/calibration/", calibration, name="choose_calibration"),
]
