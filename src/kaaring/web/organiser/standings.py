"""Provisional standings and means."""

from itertools import groupby
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from kaaring.kernel.refused import Refused
from kaaring.kernel.text import said
from kaaring.results import queries
from kaaring.results.queries import MeasureKind, MeasureName
from kaaring.survey.models import CompetitionClass
from kaaring.web.days import Day
from kaaring.web.drawings import Mark
from kaaring.web.organiser import working
from kaaring.web.organiser.shell import edition_seen_by, shell
from kaaring.web.organiser.tables import groups_of
from kaaring.web.request import SignedIn

KINDS = {
    MeasureKind.TOTAL: _("Results"),
    MeasureKind.ANSWERED: _("Results"),
    MeasureKind.AREA: _("Areas"),
    MeasureKind.THEME: _("Themes"),
    MeasureKind.CHANNEL: _("Channels"),
    MeasureKind.QUESTION: _("Questions"),
    MeasureKind.METRIC: _("Metrics"),
}


TABS = {
    "results": (
        _("Results"),
        (MeasureKind.TOTAL, MeasureKind.ANSWERED, MeasureKind.CHANNEL, MeasureKind.METRIC),
    ),
    "areas": (_("Areas and themes"), (MeasureKind.AREA, MeasureKind.THEME)),
    "questions": (_("Questions"), (MeasureKind.QUESTION,)),
}


class Filter(forms.Form):
    """What to show: the measure, one class or all, and the last day that counts."""

    measure = forms.CharField(required=False)
    in_class = forms.CharField(required=False)
    until = Day(required=False, error_messages={"invalid": _("Write the day as year-month-day.")})


@login_required
@require_safe
def standings_page(request: SignedIn, programme: str, edition: str) -> HttpResponse:
    """Show where everybody stands now, or stood at the end of a day."""
    found = edition_seen_by(request, programme, edition)
    wanted = Filter(request.GET)
    values = wanted.cleaned_data if wanted.is_valid() else {}
    measure, class_code = values.get("measure") or "total", values.get("in_class") or None
    contest = queries.contest_of(found)
    try:
        table = queries.standings_in(contest, measure, until=values.get("until"), class_code=class_code)
    except Refused as refusal:
        raise Http404(str(refusal.reason)) from refusal
    shown = contest.class_coded(class_code) if class_code else None
    measures = queries.measures_of(contest.definition)
    named = next(one for one in measures if one.code == measure)
    context = shell(request, found, "standings") | {
        "filter": wanted,
        "measure": named,
        "kinds": by_kind(measures),
        "classes": list(contest.classes.values()),
        "shown_class": shown,
        "class_mean": table.class_means.get(shown.pk) if shown else None,
        "table": table,
        "groups": groups_of(table, is_drawn=named.kind is not MeasureKind.METRIC),
        "has_scores": table.mean is not None,
    }
    return render(request, "organiser/standings.html", context)


def by_kind(measures: tuple[MeasureName, ...]) -> list[tuple[str, list[MeasureName]]]:
    """Return the measures under the names of their kinds, in their order."""
    return [(str(name), list(own)) for name, own in groupby(measures, key=lambda one: KINDS[one.kind])]


@login_required
@require_safe
def means_page(request: SignedIn, programme: str, edition: str) -> HttpResponse:
    """Show the means over all and in each class, in every measure."""
    found = edition_seen_by(request, programme, edition)
    contest = queries.contest_of(found)
    class_code = request.GET.get("in_class") or None
    shown = contest.class_coded(class_code) if class_code else None
    tab = request.GET.get("tab", "results")
    if tab not in TABS or (class_code is not None and shown is None):
        raise Http404
    measures = tuple(one for one in queries.measures_of(contest.definition) if one.kind in TABS[tab][1])
    means = queries.means_in(contest, measures)
    context = shell(request, found, "means") | {
        "classes": list(contest.classes.values()),
        "shown_class": shown,
        "tabs": [(code, name) for code, (name, _kinds) in TABS.items()],
        "tab": tab,
        "kinds": [(name, _mean_lines(own, means, shown)) for name, own in by_kind(measures)],
        "has_scores": any(means.overall(one.code) is not None for one in measures),
    }
    return render(request, "organiser/means.html", context)


def _mean_lines(
    measures: list[MeasureName], means: queries.Means, shown: CompetitionClass | None
) -> list[dict[str, Any]]:
    lines = []
    for measure in measures:
        overall = means.overall(measure.code)
        in_class = means.of_class(measure.code, shown.pk) if shown else None
        score = in_class if shown else overall
        mark = None
        if score is not None and measure.kind is not MeasureKind.METRIC:
            mark = Mark(said(measure.name), score, mean=overall if shown else None)
        lines.append({"measure": measure, "overall": overall, "in_class": in_class, "mark": mark})
    return lines


urlpatterns = [
    path("standings/", standings_page, name="standings"),
    path("means/", means_page, name="means"),
    *working.urlpatterns,
]
