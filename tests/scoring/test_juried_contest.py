from dataclasses import replace
from fractions import Fraction
from random import Random
from statistics import median

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kaaring.scoring.juried import (
    Combined,
    Criterion,
    Discretion,
    Line,
    Mark,
    Method,
    NoScore,
    Scorecard,
    combine,
    contest,
)
from tests.scoring.build_juried import TEN, Case, a_recipe, any_case, level_cards, marks

SCORES = st.fractions(0, 100, max_denominator=12)


def combined(
    *values: int | None, method: Method = Method.MEAN, trim: int = 1, minimum_marks: int = 1
) -> Combined[int]:
    scores = {number: None if value is None else Fraction(value) for number, value in enumerate(values)}
    return combine(scores, method=method, trim=trim, minimum_marks=minimum_marks)


def lines_of(case: Case) -> list[Line[str, str]]:
    return contest(case.entries, case.cards, case.recipe, case.jury_ranks)


def test_the_mean_counts_every_score() -> None:
    assert combined(60, 90, 75, 10) == Combined(Fraction(235, 4), None, (3, 0, 2, 1), (), ())


@pytest.mark.parametrize(
    ("values", "expected", "middle"),
    [((90, 10, 60), Fraction(60), (2,)), ((90, 10, 60, 75), Fraction(135, 2), (2, 3))],
)
def test_the_median_is_the_middle_one_or_the_mean_of_the_middle_two(
    values: tuple[int, ...], expected: Fraction, middle: tuple[int, ...]
) -> None:
    assert combined(*values, method=Method.MEDIAN) == Combined(expected, None, middle, (), ())


def test_a_trimmed_mean_says_whose_scores_were_trimmed() -> None:
    found = combined(90, 10, 60, 75, 70, method=Method.TRIMMED)

    assert found == Combined(Fraction(205, 3), None, (2, 4, 3), (1, 0), ())


def test_jurors_without_a_score_are_left_out_and_named() -> None:
    assert combined(90, None, 60) == Combined(Fraction(75), None, (2, 0), (), (1,))


@pytest.mark.parametrize("values", [(), (90,), (90, None)])
def test_too_few_scores_are_not_decidable(values: tuple[int | None, ...]) -> None:
    found = combined(*values, minimum_marks=2)

    assert (found.score, found.why, found.counted) == (None, NoScore.TOO_FEW_SCORECARDS, ())


def test_without_a_minimum_one_score_is_needed_nevertheless() -> None:
    assert combined(minimum_marks=0).why is NoScore.TOO_FEW_SCORECARDS
    assert combined(50, minimum_marks=0).score == 50


def test_scores_that_trimming_would_use_up_are_not_decidable() -> None:
    assert combined(90, 10, method=Method.TRIMMED).why is NoScore.TOO_FEW_TO_TRIM
    assert combined(90, 10, 20, method=Method.TRIMMED).score == 20


def test_fewer_than_no_scores_cannot_be_trimmed() -> None:
    with pytest.raises(ValueError, match="fewer than 0"):
        combined(90, trim=-1)
    with pytest.raises(ValueError, match="fewer than 0"):
        a_recipe(trim=-1)


@given(st.lists(SCORES, min_size=1))
def test_the_median_agrees_with_the_standard_librarys(values: list[Fraction]) -> None:
    found = combine(dict(enumerate(values)), method=Method.MEDIAN, trim=0, minimum_marks=1)

    assert found.score == median(values)


@given(st.lists(SCORES, min_size=1), st.integers(0, 4))
def test_a_trimmed_mean_is_the_mean_of_what_is_left(values: list[Fraction], trim: int) -> None:
    found = combine(dict(enumerate(values)), method=Method.TRIMMED, trim=trim, minimum_marks=1)
    rest = sorted(values)[trim : max(trim, len(values) - trim)]

    assert found.score == (sum(rest) / len(rest) if rest else None)


def test_lines_come_by_place_and_say_why_there_is_none() -> None:
    cards = level_cards({"A": "555", "B": "898", "C": "9--", "D": "---"})

    lines = contest("ABCD", cards, a_recipe(minimum_marks=2), {})

    assert [(line.entry, line.score, line.place, line.why, line.scorecards) for line in lines] == [
        ("B", Fraction(250, 3), 1, None, 3),
        ("A", 50, 2, None, 3),
        ("C", None, None, NoScore.TOO_FEW_SCORECARDS, 1),
        ("D", None, None, NoScore.TOO_FEW_SCORECARDS, 0),
    ]


def test_criterion_means_rest_on_the_marks_given() -> None:
    cards = [Scorecard("A", "J1", marks(8, 5, None)), Scorecard("A", "J2", marks(6, None, None))]

    (line,) = contest(["A"], cards, a_recipe(), {})

    assert line.criterion_means == {"actions": 70, "results": 50, "other": None}
    assert {juror: score and score.score for juror, score in line.juror_scores.items()} == {
        "J1": 65,
        "J2": 60,
    }


def test_a_juror_who_abstains_from_everything_is_no_scorecard() -> None:
    cards = [Scorecard("A", "J1", marks(8, 8, 8)), Scorecard("A", "J2", marks(None, None, None))]

    (line,) = contest(["A"], cards, a_recipe(minimum_marks=2), {})

    assert (line.why, line.scorecards, line.combined.left_out) == (NoScore.TOO_FEW_SCORECARDS, 1, ("J2",))


def tied_cards() -> list[Scorecard[str, str]]:
    """A, B, C and D all score 60; results are worth 50, 70, 70 and 70."""
    return [
        Scorecard("A", "J", marks(7, 5, 6)),
        Scorecard("B", "J", marks(5, 7, 6)),
        Scorecard("C", "J", marks(5, 7, 6)),
        Scorecard("D", "J", marks(5, 7, 6)),
    ]


def test_without_a_tie_breaker_equal_scores_share_the_place() -> None:
    lines = contest("ABCD", tied_cards(), a_recipe(), {})

    assert [(line.place, line.is_shared, line.parted_by) for line in lines] == [(1, True, None)] * 4


def test_each_tie_breaker_parts_what_it_can_and_is_named() -> None:
    recipe = a_recipe(ties=("criterion:results", "jury"))

    lines = contest("ABCD", tied_cards(), recipe, {"C": 1})

    assert [(line.entry, line.place, line.is_shared, line.parted_by) for line in lines] == [
        ("C", 1, False, "jury"),
        ("B", 2, True, "jury"),
        ("D", 2, True, "jury"),
        ("A", 4, False, "criterion:results"),
    ]


def test_a_jurys_decision_cannot_overrule_a_score() -> None:
    lines = contest("AB", level_cards({"A": "5", "B": "6"}), a_recipe(ties=("jury",)), {"A": 1, "B": 2})

    assert [(line.entry, line.parted_by) for line in lines] == [("B", None), ("A", None)]


def test_a_jurys_decision_counts_only_where_the_rules_name_it() -> None:
    lines = contest("AB", level_cards({"A": "5", "B": "5"}), a_recipe(), {"A": 1, "B": 2})

    assert [line.place for line in lines] == [1, 1]


@pytest.mark.parametrize("name", ["charm", "criterion:charm", "criterion"])
def test_an_unknown_tie_breaker_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="no tie-breaker"):
        a_recipe(ties=(name,))


def test_criteria_that_cannot_be_weighed_make_no_recipe() -> None:
    with pytest.raises(ValueError, match="same code"):
        a_recipe(criteria=(Criterion("a", None), Criterion("a", None)))


def test_two_scorecards_of_one_juror_for_one_entry_are_refused() -> None:
    with pytest.raises(ValueError, match="J1 has two scorecards for A"):
        contest("A", 2 * level_cards({"A": "5"}), a_recipe(), {})


def test_a_scorecard_from_outside_the_contest_is_refused() -> None:
    with pytest.raises(ValueError, match="B has a scorecard and is not in the contest"):
        contest("A", level_cards({"B": "5"}), a_recipe(), {})


@given(any_case(), st.randoms(use_true_random=False))
def test_the_order_of_entries_and_scorecards_changes_no_figure(case: Case, dice: Random) -> None:
    shuffled = replace(
        case,
        entries=dice.sample(case.entries, len(case.entries)),
        cards=dice.sample(case.cards, len(case.cards)),
    )

    def figures(one: Case) -> dict[str, tuple[object, ...]]:
        return {
            line.entry: (line.score, line.place, line.is_shared, line.why, line.parted_by, line.scorecards)
            for line in lines_of(one)
        }

    assert figures(case) == figures(shuffled)


@given(any_case())
def test_every_entry_has_one_line_with_a_score_or_a_reason(case: Case) -> None:
    lines = lines_of(case)

    assert sorted(line.entry for line in lines) == case.entries
    for line in lines:
        assert (line.score is None) == (line.place is None) == (line.why is not None)


@given(any_case(), st.data())
def test_a_better_mark_never_lowers_a_place_where_weights_are_fixed(case: Case, data: st.DataObject) -> None:
    fixed = tuple(replace(one, discretion=Discretion.FIXED) for one in case.recipe.criteria)
    recipe = replace(case.recipe, criteria=fixed, ties=())
    marked = [
        (position, code)
        for position, card in enumerate(case.cards)
        for code, mark in sorted(card.marks.items())
        if mark.value is not None
    ]
    assume(marked)
    position, code = data.draw(st.sampled_from(marked))
    card = case.cards[position]
    better = replace(card, marks={**card.marks, code: Mark(recipe.scale.highest)})
    cards = [*case.cards[:position], better, *case.cards[position + 1 :]]

    before, after = (
        {line.entry: line for line in contest(case.entries, own, recipe, {})} for own in (case.cards, cards)
    )

    assert (before[card.entry].score or 0) <= (after[card.entry].score or 0)
    assert (before[card.entry].place or 0) >= (after[card.entry].place or 0)


@given(st.lists(st.text("0123456789", min_size=3, max_size=3), min_size=1, max_size=6), st.integers(0, 9))
def test_a_juror_who_gives_everybody_the_same_score_keeps_the_order_of_means(
    rows: list[str], mark: int
) -> None:
    recipe = a_recipe(shared_when_rounded_equal=False)
    before, after = (
        contest(range(len(rows)), level_cards(dict(enumerate(own))), recipe, {})
        for own in (rows, [f"{row}{mark}" for row in rows])
    )

    assert {line.entry: line.place for line in before} == {line.entry: line.place for line in after}


def test_marks_off_the_scale_are_refused_in_a_contest_too() -> None:
    with pytest.raises(ValueError, match="off the scale"):
        contest("A", [Scorecard("A", "J", {"actions": Mark(TEN.highest + 1)})], a_recipe(), {})
