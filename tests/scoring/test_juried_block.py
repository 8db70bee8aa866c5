from dataclasses import replace
from fractions import Fraction
from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kaaring.scoring.juried import Criterion, Discretion, Mark, Method, NoScore, Scorecard, contest
from kaaring.scoring.juried.block import MarkBlock, as_block, scores_of_block
from tests.scoring.build_juried import Case, a_recipe, any_case


def a_block(**changes: Any) -> MarkBlock:
    """Return two jurors' marks on two criteria of one entry, 3 and 1 of 4 steps, then 4 and none."""
    return MarkBlock(
        **{
            "entry": [0, 0, 0, 0],
            "juror": [0, 0, 1, 1],
            "criterion": [0, 1, 0, 1],
            "mark": [3, 1, 4, -1],
            "share": [2, 1, 2, 2],
            "entries": 1,
            "jurors": 2,
            "steps": 4,
            "whole_share": 2,
            **changes,
        }
    )


def two_criteria(discretion: Discretion) -> tuple[Criterion, ...]:
    return Criterion("a", Fraction(3)), Criterion("b", Fraction(2), discretion)


def jury_ranks(case: Case) -> list[int]:
    return [case.jury_ranks.get(entry, 0) for entry in case.entries]


def rows_at(block: MarkBlock, positions: Any) -> MarkBlock:
    columns = ("entry", "juror", "criterion", "mark", "share")
    return replace(block, **{name: np.asarray(getattr(block, name))[positions] for name in columns})


def assert_equal(case: Case, block: MarkBlock | None = None) -> None:
    block = block or as_block(case.entries, case.cards, case.recipe)
    found = scores_of_block(block, case.recipe, jury_ranks(case))
    lines = {line.entry: line for line in contest(case.entries, case.cards, case.recipe, case.jury_ranks)}
    for position, entry in enumerate(case.entries):
        line = lines[entry]
        assert found.score(position) == line.score
        assert (found.places[position] or None, found.is_shared[position]) == (line.place, line.is_shared)
        assert (found.scorecards[position], found.why(position)) == (line.scorecards, line.why)


@given(any_case())
def test_the_block_gives_exactly_what_one_by_one_gives(case: Case) -> None:
    assert_equal(case)


@given(any_case(), st.randoms(use_true_random=False))
def test_a_block_with_every_mark_gives_the_same_in_order_and_in_disorder(case: Case, dice: Random) -> None:
    codes = [criterion.code for criterion in case.recipe.criteria]
    whole = [
        replace(card, marks={code: card.marks.get(code, Mark(None)) for code in codes}) for card in case.cards
    ]
    block = as_block(case.entries, whole, case.recipe)
    order = np.lexsort((block.criterion, block.juror, block.entry))

    assert_equal(case, rows_at(block, order))
    assert_equal(case, rows_at(block, np.array(dice.sample(range(len(order)), len(order)), np.int64)))


@pytest.mark.parametrize("finer", [1, 30, 10**4, 10**7, 10**10, 10**20])
@pytest.mark.parametrize("discretion", Discretion)
def test_finer_steps_and_parts_change_nothing(discretion: Discretion, finer: int) -> None:
    recipe = a_recipe(criteria=two_criteria(discretion), shared_when_rounded_equal=False)
    fine = a_block(
        mark=[3 * finer, finer, 4 * finer, -1],
        share=[2 * finer, finer, 2 * finer, 2 * finer],
        steps=4 * finer,
        whole_share=2 * finer,
    )

    assert scores_of_block(fine, recipe, 0).score(0) == scores_of_block(a_block(), recipe, 0).score(0)


def test_criteria_that_weigh_nothing_give_no_score_however_fine_the_shares() -> None:
    criteria = Criterion("a", Fraction(0)), Criterion("b", Fraction(0), Discretion.CEILING)

    found = scores_of_block(a_block(whole_share=10**9), a_recipe(criteria=criteria), 0)

    assert (found.score(0), found.scorecards.tolist()) == (None, [0])


@pytest.mark.parametrize(
    ("discretion", "expected"),
    [
        # (3 · 75 + 2 · 25) ÷ 5 = 55 and 100.
        (Discretion.FIXED, Fraction(155, 2)),
        # (3 · 75 + 1 · 25) ÷ 5 = 50 and 100.
        (Discretion.CEILING, Fraction(75)),
        # (3 · 75 + 1 · 25) ÷ 4 = 62.5 and 100.
        (Discretion.RESCALED, Fraction(325, 4)),
    ],
)
def test_steps_and_parts_of_a_share_count_as_the_reading_says(
    discretion: Discretion, expected: Fraction
) -> None:
    found = scores_of_block(a_block(), a_recipe(criteria=two_criteria(discretion)), 0)

    assert found.score(0) == expected
    assert (found.places.tolist(), found.scorecards.tolist()) == ([1], [2])


def test_marks_may_come_in_any_order() -> None:
    recipe = a_recipe(criteria=two_criteria(Discretion.CEILING))
    mixed = a_block(
        entry=[0, 0, 0, 0], juror=[1, 0, 1, 0], criterion=[1, 0, 0, 1], mark=[-1, 3, 4, 1], share=[2, 2, 2, 1]
    )

    assert scores_of_block(mixed, recipe, 0).score(0) == 75


def test_an_entry_without_marks_says_why_it_has_no_score() -> None:
    found = scores_of_block(a_block(entries=2), a_recipe(criteria=two_criteria(Discretion.FIXED)), 0)

    assert (found.score(1), found.why(1), found.why(0)) == (None, NoScore.TOO_FEW_SCORECARDS, None)


def test_scores_that_trimming_would_use_up_say_so() -> None:
    recipe = a_recipe(criteria=two_criteria(Discretion.FIXED), method=Method.TRIMMED)

    assert scores_of_block(a_block(), recipe, 0).why(0) is NoScore.TOO_FEW_TO_TRIM


def test_a_block_may_be_empty() -> None:
    assert_equal(Case([], [], a_recipe(), {}))
    assert_equal(Case(["A"], [Scorecard("A", "J", {})], a_recipe(), {}))


@settings(max_examples=30)
@given(any_case(), st.randoms(use_true_random=False))
def test_weights_marks_and_shares_beyond_64_bits_stay_exact(case: Case, dice: Random) -> None:
    chosen = tuple(
        replace(one, weight=Fraction(dice.randint(1, 10**12), 10**9 + dice.randint(0, 9)))
        for one in case.recipe.criteria
    )
    top, span = case.recipe.scale.highest, case.recipe.scale.highest - case.recipe.scale.lowest

    def fine(mark: Mark) -> Mark:
        value = None if mark.value is None else top - span * Fraction(dice.randint(0, 10**12), 10**12 + 39)
        return Mark(value, Fraction(dice.randint(0, 10**9), 10**9 + 7))

    cards = [
        replace(card, marks={code: fine(mark) for code, mark in card.marks.items()}) for card in case.cards
    ]
    assert_equal(replace(case, cards=cards, recipe=replace(case.recipe, criteria=chosen)))


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"entry": [0, 0, 0, 1]}, "column entry .* 0 to 0"),
        ({"juror": [0, 0, 2, 2]}, "column juror .* 0 to 1"),
        ({"criterion": [0, 1, 0, 2]}, "column criterion .* 0 to 1"),
        ({"mark": [5, 1, 1, 1]}, "column mark .* -1 to 4"),
        ({"mark": [-2, 1, 1, 1]}, "column mark"),
        ({"share": [3, 1, 1, 1]}, "column share .* 0 to 2"),
        ({"criterion": [0, 0, 0, 1]}, "marks a criterion of an entry once"),
        ({"mark": [1, 1, 1]}, "one length"),
        ({"juror": [0, 0, 1]}, "one length"),
        ({"steps": 0}, "at least one step"),
        ({"whole_share": 0}, "at least one step"),
    ],
)
def test_columns_that_cannot_be_are_refused(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        scores_of_block(a_block(**changes), a_recipe(criteria=two_criteria(Discretion.FIXED)), 0)


def test_columns_may_be_of_any_whole_type() -> None:
    small = a_block(entry=np.zeros(4, np.uint16), mark=np.array([3, 1, 4, -1], np.int8), share=2)

    found = scores_of_block(small, a_recipe(criteria=two_criteria(Discretion.CEILING)), 0)

    assert found.score(0) == Fraction(155, 2)


def test_a_large_block_of_small_types_does_not_overflow() -> None:
    size = 50_000
    block = MarkBlock(
        entry=np.zeros(size, np.int8),
        juror=np.arange(size, dtype=np.int32),
        criterion=np.zeros(size, np.int8),
        mark=np.full(size, 100, np.int8),
        share=np.full(size, 100, np.int8),
        entries=1,
        jurors=size,
        steps=100,
        whole_share=100,
    )
    recipe = a_recipe(criteria=(Criterion("a", Fraction(10**6), Discretion.CEILING),))

    assert scores_of_block(block, recipe, 0).score(0) == 100
