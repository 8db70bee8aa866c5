"""The dates announced. They may always move: they are no part of what freezes."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from kaaring.kernel.figures import local
from kaaring.kernel.refused import Refused
from kaaring.programmes.definition import Definition
from kaaring.programmes.definition.checking import check
from kaaring.programmes.definition.editing import with_timeline
from kaaring.programmes.definition.faults import Finding, Severity
from kaaring.programmes.definition.schema import Timeline
from kaaring.programmes.models import Edition
from kaaring.programmes.timeline import MOMENTS, PERIODS, phases_of
from kaaring.web import respond
from kaaring.web.days import Day
from kaaring.web.organiser.desk import (
    Change,
    Desk,
    Group,
    around,
    carry_out,
    desk_if_any,
    in_words,
    tell,
)
from kaaring.web.organiser.home import timeline
from kaaring.web.organiser.shell import edition_changed_by, edition_seen_by, shell
from kaaring.web.request import SignedIn

OF_JURIES = ("entries", "judging")
HINTS: Mapping[str, Any] = {
    "entries": gettext_lazy("When entries can be sent in. Both days count."),
    "judging": gettext_lazy("When jurors mark. Both days count."),
    "fieldwork": gettext_lazy("When enquiries are made. Both days count."),
    "rounding": gettext_lazy("Half-way: the leader of each class is shown, without scores."),
    "announcement": gettext_lazy("When the winners are named."),
    "ceremony": gettext_lazy("When the prizes are handed over."),
}


class DatesForm(forms.Form):
    """First and last day of each period; day and, where it is known, time of each moment."""

    def __init__(self, *args: Any, names: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names = names
        for name in names:
            if name in PERIODS:
                self.fields[f"{name}_from"] = _day_field(_("First day"))
                self.fields[f"{name}_to"] = _day_field(_("Last day"))
            else:
                self.fields[f"{name}_day"] = _day_field(_("Day"))
                self.fields[f"{name}_time"] = forms.TimeField(
                    label=_("Time, if it is set"),
                    required=False,
                    widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
                )

    def clean(self) -> dict[str, Any]:
        """Ask for both days of a period, and for the day of a time."""
        typed = dict(self.cleaned_data)
        for name in self.names:
            if name in PERIODS:
                self._needs(f"{name}_from", f"{name}_to", _("Choose the first day too."))
                self._needs(f"{name}_to", f"{name}_from", _("Choose the last day too."))
            else:
                self._needs(f"{name}_day", f"{name}_time", _("Choose the day too."))
        return typed

    def _needs(self, wanted: str, given: str, sentence: str) -> None:
        is_given = self.cleaned_data.get(given) is not None
        if is_given and self.cleaned_data.get(wanted) is None and wanted not in self.errors:
            self.add_error(wanted, sentence)

    def groups(self) -> list[Group]:
        """Return the fields of each period and moment together."""
        return [
            Group(
                str({**PERIODS, **MOMENTS}[name]),
                str(HINTS[name]),
                [field for field in self if field.name.rpartition("_")[0] == name],
            )
            for name in self.names
        ]

    def changed(self, dates: Timeline) -> Timeline:
        """Return the dates with those of the form; an empty field takes a date away."""
        values: dict[str, Any] = {}
        for name in self.names:
            if name in PERIODS:
                first, last = self.cleaned_data[f"{name}_from"], self.cleaned_data[f"{name}_to"]
                values[name] = (first, last) if first and last else None
            else:
                values[name] = _moment(self.cleaned_data[f"{name}_day"], self.cleaned_data[f"{name}_time"])
        return dates.model_copy(update=values)


@login_required
@require_safe
def dates(request: SignedIn, programme: str, edition: str) -> HttpResponse:
    """Show the dates on a timeline, and to those who may change them the form."""
    found = edition_seen_by(request, programme, edition)
    desk = desk_if_any(found)
    if desk is None:
        return render(request, "organiser/dates.html", shell(request, found, "dates"))
    form = DatesForm(names=_names(desk.definition), initial=_initial(desk.definition.timeline))
    return _page(request, desk, form)


@login_required
@require_POST
def save_dates(request: SignedIn, programme: str, edition: str) -> HttpResponse:
    """Move the dates."""
    desk = _desk(edition_changed_by(request, programme, edition))
    form = DatesForm(request.POST, names=_names(desk.definition))
    if not form.is_valid():
        return _page(request, desk, form, status=respond.UNPROCESSABLE)
    wanted = form.changed(desk.definition.timeline)

    def again(refusal: Refused | None, faults: Sequence[Finding], status: int) -> HttpResponse:
        tell(form, faults, lambda fault: f"{fault.path[1]}_to")
        return _page(request, desk, form, refusal=refusal, status=status)

    listed = desk.address("dates")
    change = Change(
        lambda definition: with_timeline(definition, wanted),
        _("The dates are stored."),
        listed,
        listed,
        again,
    )
    return carry_out(request, desk, change)


def _page(
    request: SignedIn, desk: Desk, form: DatesForm, *, refusal: Refused | None = None, status: int = 200
) -> HttpResponse:
    today = local(timezone.now(), desk.edition.timezone).date()
    phases = phases_of(desk.edition, today)
    odd = [
        in_words(one)
        for one in check(desk.definition, on=None)
        if one.path[:1] == ("timeline",) and one.severity is Severity.WARNING
    ]
    context = {
        **around(request, desk, "dates"),
        "form": form,
        "groups": form.groups(),
        "save": desk.address("save_dates"),
        "timeline": timeline(phases, today) if phases else None,
        "warnings": odd,
        "refusal": refusal,
    }
    return render(request, "organiser/dates.html", context, status=status)


def _desk(edition: Edition) -> Desk:
    desk = desk_if_any(edition)
    if desk is None:
        raise Http404
    return desk


def _names(definition: Definition) -> list[str]:
    """Return the dates to ask for: those of a jury only where there is one, or where they are set."""
    is_juried = definition.jury is not None or bool(definition.categories)
    return [
        name
        for name in (*PERIODS, *MOMENTS)
        if is_juried or name not in OF_JURIES or getattr(definition.timeline, name) is not None
    ]


def _initial(dates: Timeline) -> dict[str, Any]:
    initial: dict[str, Any] = {}
    for name in PERIODS:
        initial[f"{name}_from"], initial[f"{name}_to"] = getattr(dates, name) or (None, None)
    for name in MOMENTS:
        moment: datetime | None = getattr(dates, name)
        initial[f"{name}_day"] = moment and moment.date()
        initial[f"{name}_time"] = moment.time() if moment and moment.time() != time() else None
    return initial


def _day_field(label: str) -> Day:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return Day(label=label, required=False, widget=widget)


def _moment(day: date | None, at: time | None) -> datetime | None:
    return datetime.combine(day, at or time()) if day else None


urlpatterns = [
    path("dates/", dates, name="dates"),
    path("dates/save/", save_dates, name="save_dates"),
]
