"""What a run of a jury's results keeps of its rules, so that its lines can be computed again."""

from collections.abc import Collection, Sequence
from typing import Any

from kaaring.jury.models import Stage
from kaaring.jury.sheets import MARKED
from kaaring.programmes.definition.schema import Definition, Jury
from kaaring.programmes.definition.schema.jury import Stage as StageRules
from kaaring.programmes.models import Edition
from kaaring.results.queries.juried.counts import counts_of
from kaaring.results.queries.juried.standings import EntryStandings
from kaaring.scoring.juried.contest import JURY

METHOD, VERSION = "kaaring.juried", "2"
LOT = "sha256(rules:stage:entry)"


def method_of_jury(
    edition: Edition, definition: Definition, tables: Sequence[EntryStandings]
) -> dict[str, Any]:
    """Return the computation's name, version and what it takes from the rules.

    ``stages`` are those that the run has lines of, each with what its mode reads and nothing else; those with
    a ``weight`` are blended, and then ``stage`` is empty.
    """
    jury = definition.jury
    assert jury is not None
    first = tables[0] if tables else None
    opened = set(Stage.objects.filter(edition=edition).values_list("code", flat=True)) if tables else set()
    stage = first.stage.code if first and first.stage else ""
    told = _with_lines(jury, stage, opened)
    is_marked = any(one.mode in MARKED for one in told)
    return {
        "name": METHOD,
        "version": VERSION,
        "parameters": {
            **(jury.model_dump(mode="json", include={"scale"}) if is_marked else {}),
            "stage": stage,
            "mode": first.mode if first else "",
            **(
                {"ties": _ties(jury, [one.mode for one in told if one.weight])} if first and not stage else {}
            ),
            "stages": {one.code: _read_by(one, jury) for one in told},
            "counts": counts_of(edition),
            "criteria": _criteria(definition),
        },
    }


def _with_lines(jury: Jury, stage: str, opened: Collection[str]) -> list[StageRules]:
    """Return the stages that decide, and those in which entries were marked as well."""
    return [
        one
        for one in jury.stages
        if one.code in opened and (one.mode in MARKED or (one.code == stage if stage else one.weight))
    ]


def _read_by(rules: StageRules, jury: Jury) -> dict[str, Any]:
    """Return what is read of the rules where a stage of this mode is counted."""
    read: dict[str, Any] = {"mode": rules.mode}
    if rules.weight is not None:
        read["weight"] = str(rules.weight)
    if rules.mode in MARKED:
        read |= jury.combine.model_dump(mode="json", include={"method", "trim", "severity"})
    if rules.mode in (*MARKED, "ranking", "points"):
        read["minimum_marks"] = jury.combine.minimum_marks
    if rules.mode == "ranking":
        read["count"] = rules.count or "borda"
    if rules.count == "stv":
        read |= {"seats": rules.seats, "lot": LOT}
    if rules.mode == "points":
        read["points"] = rules.points or 1
    if rules.mode == "pass_fail":
        return read | {"passes": rules.passes or 1}
    return read | {"ties": _ties(jury, [rules.mode])}


def _ties(jury: Jury, modes: Sequence[str]) -> list[str]:
    """Return what parts equals where these modes count: marks on a criterion only where there are marks."""
    is_marked = any(mode in MARKED for mode in modes)
    return [tie for tie in jury.combine.ties if tie == JURY or is_marked]


def _criteria(definition: Definition) -> dict[str, dict[str, dict[str, str | None]]]:
    return {
        one.code: {
            criterion.code: {
                "weight": None if criterion.weight is None else str(criterion.weight),
                "discretion": criterion.discretion,
            }
            for criterion in one.criteria
        }
        for one in definition.categories
    }
