"""How each participant's total and areas come about, enquiry by enquiry, in the compact form a run keeps.

The total's working is ``{"enquiries": [[enquiry, channel, rules, earned, possible], …], "left_out":
[[enquiry, why, reason], …]}``, an area's ``{"enquiries": [[enquiry, earned, possible], …], "left_out":
[[enquiry, why], …]}``.
Points are in units; how many units make a point stands under ``units`` in the run's method, by version of the
rules. ``why`` is ``excluded`` (with the reason), ``held``, ``rejected`` or ``not_observed``.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from kaaring.fieldwork.models import Evaluation, Points
from kaaring.fieldwork.queries import counted
from kaaring.programmes.models import Edition
from kaaring.results.queries.measures import TOTAL
from kaaring.scoring import NoPlace

type Workings = dict[tuple[str, int], dict[str, list[list[Any]]]]


def workings_of(edition: Edition, areas: Collection[str]) -> Workings:
    """Return the working of the total and of these areas (``area:CODE``) by measure and participant."""
    workings: Workings = defaultdict(lambda: {"enquiries": [], "left_out": []})
    observed = _points_by_area(edition, areas)
    counting = set(counted(edition).values_list("pk", flat=True))
    for one in _evaluations(edition):
        participant, code = one["enquiry__participant"], one["enquiry__code"]
        total = workings[TOTAL, participant]
        if one["pk"] not in counting:
            why = "excluded" if one["excluded"] else one["review"]
            total["left_out"].append([code, why, one["excluded"]])
            continue
        if one["possible"] is None:
            total["left_out"].append([code, str(NoPlace.NOT_OBSERVED), ""])
        else:
            rules = one["questionnaire__rules__number"]
            total["enquiries"].append([code, one["enquiry__channel"], rules, one["earned"], one["possible"]])
        for area in areas:
            points = observed[area].get(one["pk"])
            if points is None:
                workings[area, participant]["left_out"].append([code, str(NoPlace.NOT_OBSERVED)])
            else:
                workings[area, participant]["enquiries"].append([code, *points])
    return workings


def _evaluations(edition: Edition) -> list[Mapping[str, Any]]:
    rows: Iterable[Mapping[str, Any]] = Evaluation.objects.filter(enquiry__edition=edition).values(
        "pk",
        "enquiry__code",
        "enquiry__participant",
        "enquiry__channel",
        "questionnaire__rules__number",
        "earned",
        "possible",
        "review",
        "excluded",
    )
    return sorted(rows, key=lambda row: row["enquiry__code"])


def _points_by_area(edition: Edition, areas: Collection[str]) -> dict[str, dict[int, tuple[int, int]]]:
    by_area: dict[str, dict[int, tuple[int, int]]] = {area: {} for area in areas}
    points = Points.objects.filter(evaluation__enquiry__edition=edition, measure__in=areas)
    for area, evaluation, earned, possible in points.values_list(
        "measure", "evaluation", "earned", "possible"
    ):
        by_area[area][evaluation] = (earned, possible)
    return by_area
