from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kaaring.scoring.juried import Criterion, Discretion, Mark, Scale, juror_score
from tests.scoring.build_juried import TEN, any_criteria, any_marks, criteria, marks

FIXED, CEILING, RESCALED = Discretion.FIXED, Discretion.CEILING, Discretion.RESCALED


def score(given_marks: dict[str, Mark], discretion: Discretion = FIXED) -> Fraction | None:
    found = juror_score(given_marks, criteria(discretion), TEN)
    return found.score if found else None


def test_a_score_is_the_weighted_mean_of_the_marks() -> None:
    # 0.4 · 80 + 0.4 · 50 + 0.2 · 100 = 72.
    assert score(marks(8, 5, 10)) == 72


def test_an_abstention_shares_its_weight_among_the_others() -> None:
    # (40 · 80 + 40 · 50) ÷ 80 = 65, and no mark is as good as an abstention.
    assert score(marks(8, 5, None)) == 65
    assert score(marks(8, 5)) == 65


@pytest.mark.parametrize(
    ("discretion", "expected"),
    [
        (FIXED, Fraction(72)),  # (40 · 80 + 40 · 50 + 20 · 100) ÷ 100
        (CEILING, Fraction(57)),  # (40 · 80 + 40 · 50 + 5 · 100) ÷ 100
        (RESCALED, Fraction(1140, 17)),  # (40 · 80 + 40 · 50 + 5 · 100) ÷ 85
    ],
)
def test_a_quarter_of_the_weight_counts_as_the_reading_says(
    discretion: Discretion, expected: Fraction
) -> None:
    assert score(marks(8, 5, 10, share="1/4"), discretion) == expected


def test_the_three_readings_can_give_three_winners() -> None:
    entries = {"A": marks(9, 9, 0, share="0"), "B": marks(7, 7, 10), "C": marks(8, 8, 5, share="1/2")}

    # A: 72, 72, 90. B: 76, 76, 76. C: 74, (32 + 32 + 5) = 69, 69 ÷ 0.9 = 76 2/3.
    found = {reading: {name: score(own, reading) for name, own in entries.items()} for reading in Discretion}

    assert found[FIXED] == {"A": 72, "B": 76, "C": 74}
    assert found[CEILING] == {"A": 72, "B": 76, "C": 69}
    assert found[RESCALED] == {"A": 90, "B": 76, "C": Fraction(230, 3)}


def test_an_abstention_grants_nothing_and_loses_nothing() -> None:
    for reading in Discretion:
        assert score(marks(8, 5, None, share="1/4"), reading) == 65


def test_without_weights_all_criteria_weigh_the_same() -> None:
    found = juror_score(
        {"a": Mark(Fraction(6)), "b": Mark(Fraction(1))},
        [Criterion("a", None), Criterion("b", None)],
        Scale(Fraction(1), Fraction(6)),
    )

    assert found is not None
    assert (found.score, [line.weight for line in found.working]) == (50, [1, 1])


def test_nothing_to_weigh_is_no_score_and_not_zero() -> None:
    assert score({}) is None
    assert score(marks(None, None, None)) is None
    assert juror_score({"a": Mark(Fraction(5))}, [Criterion("a", Fraction(0))], TEN) is None
    assert score(marks(None, None, 9, share="0"), RESCALED) is None
    assert score(marks(None, None, 9, share="0"), CEILING) == 0


def test_the_working_says_what_each_criterion_brought() -> None:
    found = juror_score(marks(8, None, 10, share="1/2"), criteria(CEILING), TEN)

    assert found is not None
    assert found.divisor == 60
    assert [
        (line.criterion, line.weight, line.effective_weight, line.normalised, line.contribution)
        for line in found.working
    ] == [
        ("actions", 40, 40, 80, Fraction(160, 3)),
        ("results", 40, 0, None, 0),
        ("other", 20, 10, 100, Fraction(50, 3)),
    ]


@pytest.mark.parametrize("value", [-1, 11])
def test_a_mark_off_the_scale_is_refused(value: int) -> None:
    with pytest.raises(ValueError, match="off the scale"):
        score(marks(value, 5, 5))


@pytest.mark.parametrize("share", ["-1/2", "3/2"])
def test_a_share_beyond_the_weight_is_refused(share: str) -> None:
    with pytest.raises(ValueError, match="not between 0 and 1"):
        score(marks(5, 5, 5, share=share), CEILING)


def test_a_mark_for_an_unknown_criterion_is_refused() -> None:
    with pytest.raises(ValueError, match="no criterion 'charm'"):
        score({"charm": Mark(Fraction(1))})


@pytest.mark.parametrize(
    ("given_criteria", "message"),
    [
        ([Criterion("a", None), Criterion("a", None)], "same code"),
        ([Criterion("a", None), Criterion("b", Fraction(1))], "all criteria have a weight or none"),
        ([Criterion("a", Fraction(-1))], "less than nothing"),
    ],
)
def test_criteria_that_cannot_be_weighed_are_refused(given_criteria: list[Criterion], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        juror_score({}, given_criteria, TEN)


def test_a_scale_without_room_is_refused() -> None:
    with pytest.raises(ValueError, match="no room"):
        Scale(Fraction(5), Fraction(5))


@given(st.data(), any_criteria(), st.fractions(Fraction(1, 9), 9, max_denominator=9))
def test_scaling_all_weights_changes_no_score(
    data: st.DataObject, chosen: tuple[Criterion, ...], factor: Fraction
) -> None:
    given_marks = data.draw(any_marks(chosen, TEN))
    scaled = [replace(one, weight=one.weight and one.weight * factor) for one in chosen]

    before, after = juror_score(given_marks, chosen, TEN), juror_score(given_marks, scaled, TEN)

    assert (before and before.score) == (after and after.score)


@given(st.data(), any_criteria())
def test_a_score_lies_within_its_scale_and_is_the_sum_of_its_working(
    data: st.DataObject, chosen: tuple[Criterion, ...]
) -> None:
    found = juror_score(data.draw(any_marks(chosen, TEN)), chosen, TEN)
    assume(found is not None)
    assert found is not None

    assert 0 <= found.score <= 100
    assert found.score == sum(line.contribution for line in found.working)
    parts = [line.effective_weight * (line.normalised or 0) for line in found.working]
    assert found.score * found.divisor == sum(parts)


@given(st.data(), any_criteria(), st.sampled_from(Discretion))
def test_a_better_mark_never_lowers_a_score_in_any_reading(
    data: st.DataObject, chosen: tuple[Criterion, ...], reading: Discretion
) -> None:
    chosen = tuple(replace(one, discretion=reading) for one in chosen)
    given_marks = data.draw(any_marks(chosen, TEN))
    marked = sorted(code for code, mark in given_marks.items() if mark.value is not None)
    assume(marked)
    code = data.draw(st.sampled_from(marked))
    better = Mark(min((given_marks[code].value or Fraction(0)) + 2, TEN.highest), given_marks[code].share)

    before, after = (
        juror_score(given_marks, chosen, TEN),
        juror_score({**given_marks, code: better}, chosen, TEN),
    )

    assert (before is None) == (after is None)
    assert before is None or after is None or before.score <= after.score


@given(st.data(), any_criteria())
def test_with_all_of_the_weight_granted_the_three_readings_agree(
    data: st.DataObject, chosen: tuple[Criterion, ...]
) -> None:
    whole = {code: Mark(mark.value) for code, mark in data.draw(any_marks(chosen, TEN)).items()}

    scores = [
        juror_score(whole, [replace(one, discretion=reading) for one in chosen], TEN)
        for reading in Discretion
    ]

    assert len({found and found.score for found in scores}) == 1
