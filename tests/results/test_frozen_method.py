"""What a run keeps of how a jury's results come about: what its stages read of the rules."""

from typing import Any

import pytest

from kaaring.jury.sheets import Filled
from kaaring.results.actions import publish_run
from kaaring.results.models import EntryLine
from tests.build import NOON
from tests.jury.marking import a_stage
from tests.results.jury import (
    a_blended_edition,
    a_judged_edition,
    an_idea,
    filled_in,
    in_stage,
    jury_of,
    votes,
)

pytestmark = pytest.mark.django_db
COMBINE = '{method: median, minimum_marks: 1, ties: ["criterion:effect", jury]}'


def frozen(mode: str, *given: dict[str, Any]) -> dict[str, Any]:
    """The parameters of a run whose only stage has this mode; one juror has given this to one idea each."""
    stages = f"[{{code: round, name: Round, mode: {mode}}}]"
    edition = a_judged_edition(stages=stages, combine=COMBINE, awards=False)
    stage = a_stage(edition, "round")
    for number, sheet in enumerate(given):
        filled_in(stage, in_stage(stage, f"E{number}"), *jury_of(edition, 1), **sheet)
    if not given:
        votes(stage, {in_stage(stage, "A"): 3, in_stage(stage, "B"): 1})
    run = publish_run(edition, by="test", at=NOON)
    assert run.method["version"] == "2"
    parameters: dict[str, Any] = run.method["parameters"]
    return parameters


RANKS = ({"rank": 1}, {"rank": 2})
TOLD: list[tuple[str, tuple[dict[str, Any], ...], dict[str, Any]]] = [
    (
        "scorecard",
        ({"marks": {"idea": Filled(9), "effect": Filled(8)}},),
        {
            "method": "median",
            "trim": None,
            "severity": "raw",
            "minimum_marks": 1,
            "ties": ["criterion:effect", "jury"],
        },
    ),
    ("ranking", RANKS, {"count": "borda", "minimum_marks": 1, "ties": ["jury"]}),
    ("ranking, count: schulze", RANKS, {"count": "schulze", "minimum_marks": 1, "ties": ["jury"]}),
    (
        "ranking, count: stv, shortlist: {top: 2}",
        RANKS,
        {
            "count": "stv",
            "minimum_marks": 1,
            "seats": 2,
            "lot": "sha256(rules:stage:entry)",
            "ties": ["jury"],
        },
    ),
    (
        "points, points: 5",
        ({"points": 3}, {"points": 2}),
        {"points": 5, "minimum_marks": 1, "ties": ["jury"]},
    ),
    ("pass_fail, passes: 2", ({"passes": True},), {"passes": 2}),
    ("public_vote", (), {"ties": ["jury"]}),
]


@pytest.mark.parametrize(("mode", "given", "expected"), TOLD, ids=[mode for mode, _given, _expected in TOLD])
def test_a_stage_is_kept_with_what_its_mode_reads_of_the_rules_and_nothing_else(
    mode: str, given: tuple[dict[str, Any], ...], expected: dict[str, Any]
) -> None:
    name = mode.partition(",")[0]
    parameters = frozen(mode, *given)

    assert parameters["stages"] == {"round": {"mode": name, **expected}}
    assert (parameters["stage"], parameters["mode"]) == ("round", name)
    assert ("scale" in parameters) == (name == "scorecard")
    assert "combine" not in parameters
    assert all(
        ("method" in (line.working or {})) == (name == "scorecard") for line in EntryLine.objects.all()
    )


def test_a_blend_is_kept_with_each_of_its_parts_and_their_weights() -> None:
    edition = a_blended_edition(combine=COMBINE)

    parameters = publish_run(edition, by="test", at=NOON).method["parameters"]

    assert (parameters["stage"], parameters["mode"], parameters["ties"]) == (
        "",
        "blend",
        ["criterion:effect", "jury"],
    )
    assert {code: (one["mode"], one["weight"]) for code, one in parameters["stages"].items()} == {
        "final": ("scorecard", "80"),
        "people": ("public_vote", "20"),
    }


def test_a_stage_that_only_let_entries_pass_is_not_kept_but_one_in_which_they_were_marked_is() -> None:
    edition = a_judged_edition(
        stages="[{code: screening, name: Screening, mode: pass_fail},"
        " {code: marking, name: Marking, mode: scorecard, shortlist: {top: 1}},"
        " {code: final, name: Final, mode: points, points: 10}]",
        awards=False,
    )
    screening, marking, final = (a_stage(edition, code) for code in ("screening", "marking", "final"))
    entry, (juror,) = an_idea(marking, "A", (8, 8)), jury_of(edition, 1)
    for stage, sheet in ((screening, {"passes": True}), (final, {"points": 10})):
        stage.admissions.create(entry=entry, admitted_at=NOON)
        filled_in(stage, entry, juror, **sheet)

    parameters = publish_run(edition, by="test", at=NOON).method["parameters"]

    assert (parameters["stage"], parameters["mode"]) == ("final", "points")
    assert list(parameters["stages"]) == ["marking", "final"]
