"""What the public voted here and what was counted elsewhere are one count, wherever results come from."""

from typing import Any

import pytest

from kaaring.jury.models import Stage
from kaaring.programmes.queries import definition_in_force
from kaaring.results.queries.juried import entry_standings, juried_state_of
from kaaring.results.queries.juried.computing import juried_part
from tests.jury.marking import OPENS, a_stage
from tests.jury.voting import cast, leave, withdraw
from tests.results.jury import a_judged_edition, an_idea, in_stage, votes

pytestmark = pytest.mark.django_db
STAGES = (
    "[{code: marking, name: Marking, mode: scorecard},"
    " {code: public, name: Public, mode: public_vote, voting: confirmed_email}]"
)


@pytest.fixture
def stage() -> Stage:
    return a_stage(a_judged_edition(stages=STAGES, awards=False), "public")


def rows(stage: Stage) -> dict[str, tuple[Any, ...]]:
    tables = entry_standings(stage.edition, stage.code)
    return {row.entry.code: (row.value, row.score, row.place) for one in tables for row in one.rows}


def digest(stage: Stage) -> str:
    part = juried_part(stage.edition, definition_in_force(stage.edition))
    assert part is not None
    return part.input_digest


def test_the_score_is_the_share_of_both_kinds_of_votes_together(stage: Stage) -> None:
    a, b = in_stage(stage, "A"), in_stage(stage, "B")
    in_stage(stage, "C")
    votes(stage, {a: 6})
    cast(stage, a, 1)
    cast(stage, b, 3)

    assert rows(stage) == {"A": (7, 70, 1), "B": (3, 30, 2), "C": (0, 0, 3)}


def test_votes_for_what_has_left_are_no_part_of_the_whole(stage: Stage) -> None:
    a, b, out, gone = (in_stage(stage, code) for code in "ABCD")
    votes(stage, {a: 1, out: 50, gone: 50})
    for entry in (b, out, gone):
        cast(stage, entry, 3)
    leave(stage, out)
    withdraw(gone)

    assert rows(stage) == {"A": (1, 25, 2), "B": (3, 75, 1)}


def test_votes_here_alone_make_the_stage_the_one_that_decides(stage: Stage) -> None:
    marking = a_stage(stage.edition)
    entry = an_idea(marking, "A", (8, 8))
    stage.admissions.create(entry=entry, admitted_at=OPENS)
    assert [one.mode for one in entry_standings(stage.edition) if one.rows] == ["scorecard"]

    cast(stage, entry, 1)

    assert [one.mode for one in entry_standings(stage.edition) if one.rows] == ["public_vote"]


def test_the_digest_of_the_input_tells_every_vote_that_counts_and_no_other(stage: Stage) -> None:
    a, gone = in_stage(stage, "A"), in_stage(stage, "B")
    withdraw(gone)
    before = digest(stage)

    cast(stage, gone, 2)
    votes(stage, {gone: 5})
    assert digest(stage) == before
    cast(stage, a, 2)
    two = digest(stage)
    assert two != before
    cast(stage, a, 1, begin=2)
    assert digest(stage) not in (before, two)


def test_what_was_counted_elsewhere_and_what_was_voted_here_freeze_alike(stage: Stage) -> None:
    a = in_stage(stage, "A")
    cast(stage, a, 3)
    here = digest(stage)
    a.votes.all().delete()
    votes(stage, {a: 3})

    assert digest(stage) == here
    assert juried_state_of(stage.edition).inputs == 1


def test_votes_are_read_once_however_many_contests_there_are(
    stage: Stage, django_assert_max_num_queries: Any
) -> None:
    for number, category in enumerate(("idea", "centre", "centre")):
        division = {"division": ("small", "large")[number - 1]} if category == "centre" else {}
        cast(stage, in_stage(stage, f"A{number}", category, **division), 2)

    with django_assert_max_num_queries(9):
        assert len([one for one in entry_standings(stage.edition, "public") if one.rows]) == 3
