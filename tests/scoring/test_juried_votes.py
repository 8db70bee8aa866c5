from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaaring.scoring.juried import Part, PassFail, blend, pass_fail, points, public_vote

SCORES = st.fractions(0, 100, max_denominator=9)


def test_points_add_up_and_need_not_all_be_handed_out() -> None:
    given_points = {"J1": {"A": 6, "B": 4, "C": 0}, "J2": {"A": 0, "B": 3, "C": 0}}
    lines = points("ABC", given_points, allowance=10, ties=[])

    assert [(line.entry, line.value, line.score, line.place) for line in lines] == [
        ("B", 7, 35, 1),
        ("A", 6, 30, 2),
        ("C", 0, 0, 3),
    ]


def test_points_are_a_share_of_what_the_jurors_had_who_name_the_entry() -> None:
    given_points = {"J1": {"A": 6, "X": 4}, "J2": {"A": 6, "X": 4}, "J3": {"A": 10}}
    lines = points("AXN", given_points, allowance=10, ties=[])

    # A has 22 of 30; X has 8 of 20; nobody names N.
    assert [(line.entry, line.value, line.score, line.place) for line in lines] == [
        ("A", 22, Fraction(220, 3), 1),
        ("X", 8, 40, 2),
        ("N", 0, None, None),
    ]


@pytest.mark.parametrize("given_points", [{"A": 6, "B": 5}, {"A": -1, "B": 5}, {"A": 11}])
def test_more_points_than_there_are_to_hand_out_are_refused(given_points: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="J1 can hand out 0 to 10 points"):
        points("AB", {"J1": given_points}, allowance=10, ties=[])


def test_points_for_an_unknown_entry_are_refused() -> None:
    with pytest.raises(ValueError, match="C got points"):
        points("AB", {"J1": {"C": 1}}, allowance=10, ties=[])


def test_jurors_need_a_point_to_hand_out() -> None:
    with pytest.raises(ValueError, match="needs a point"):
        points("AB", {}, allowance=0, ties=[])


def test_a_public_vote_gives_shares_and_shared_places() -> None:
    lines = public_vote({"A": 10, "B": 30, "C": 10}, ties=[])

    assert [(line.entry, line.score, line.place, line.is_shared) for line in lines] == [
        ("B", 60, 1, False),
        ("A", 20, 2, True),
        ("C", 20, 2, True),
    ]


def test_where_nobody_voted_nobody_has_a_share_or_a_place() -> None:
    (line,) = public_vote({"A": 0}, ties=[])

    assert (line.score, line.place, line.is_shared) == (None, None, False)
    (unhanded,) = points("A", {}, allowance=10, ties=[])
    assert (unhanded.score, unhanded.place) == (None, None)


def test_fewer_than_no_votes_are_refused() -> None:
    with pytest.raises(ValueError, match="fewer than 0"):
        public_vote({"A": -1}, ties=[])


@given(st.dictionaries(st.integers(0, 9), st.integers(0, 99)))
def test_shares_of_a_public_vote_add_up_to_a_hundred(counts: dict[int, int]) -> None:
    shares = [line.score for line in public_vote(counts, ties=[])]

    assert sum(share or Fraction(0) for share in shares) == (100 if any(counts.values()) else 0)


@pytest.mark.parametrize(("needed", "is_passed"), [(1, True), (2, True), (3, False)])
def test_an_entry_passes_with_as_many_yes_as_are_needed(needed: int, is_passed: bool) -> None:
    votes = {"J1": True, "J2": False, "J3": True, "J4": None}

    assert pass_fail(votes, needed=needed) == PassFail(2, 1, 1, is_passed)


def test_an_entry_cannot_pass_without_a_yes() -> None:
    with pytest.raises(ValueError, match="At least one yes"):
        pass_fail({}, needed=0)


def test_a_blend_weighs_a_jury_and_a_public_vote() -> None:
    # VIC's rule: 75 % jury and 25 % members. A: 0.75 · 80 + 0.25 · 20 = 65; B: 52.5 + 15 = 67.5.
    jury = Part(Fraction(75), {"A": Fraction(80), "B": Fraction(70), "C": None, "D": Fraction(10)})
    public = Part(Fraction(25), {"A": Fraction(20), "B": Fraction(60), "C": Fraction(20)})

    lines = blend([jury, public], shared_when_rounded_equal=True, ties=[])

    assert [(line.entry, line.score, line.place, line.contributions) for line in lines] == [
        ("B", Fraction(135, 2), 1, (Fraction(105, 2), 15)),
        ("A", 65, 2, (60, 5)),
        ("C", None, None, (None, 5)),
        ("D", None, None, (Fraction(15, 2), None)),
    ]


def test_a_part_that_weighs_nothing_need_not_be_there() -> None:
    parts = [Part(Fraction(1), {"A": Fraction(80)}), Part(Fraction(0), {"A": None})]

    (line,) = blend(parts, shared_when_rounded_equal=True, ties=[])

    assert line.score == 80


def test_scores_that_show_the_same_share_a_place_only_where_the_rules_say_so() -> None:
    part = Part(Fraction(1), {"A": Fraction(8001, 100), "B": Fraction(80)})

    assert [line.place for line in blend([part], shared_when_rounded_equal=True, ties=[])] == [1, 1]
    assert [line.place for line in blend([part], shared_when_rounded_equal=False, ties=[])] == [1, 2]


@pytest.mark.parametrize("weights", [(), (0,), (-1, 2)])
def test_weights_that_cannot_be_are_refused(weights: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="weigh 0 or more"):
        blend([Part(Fraction(weight), {}) for weight in weights], shared_when_rounded_equal=True, ties=[])


@pytest.mark.parametrize("score", [-1, 101])
def test_a_score_off_the_scale_is_not_blended(score: int) -> None:
    with pytest.raises(ValueError, match="between 0 and 100"):
        blend([Part(Fraction(1), {"A": Fraction(score)})], shared_when_rounded_equal=True, ties=[])


@given(
    st.lists(st.tuples(st.integers(1, 9), SCORES, SCORES), min_size=1, max_size=4),
    st.fractions(Fraction(1, 9), 9),
)
def test_scaling_the_weights_of_a_blend_changes_nothing(
    rows: list[tuple[int, Fraction, Fraction]], factor: Fraction
) -> None:
    before, after = (
        [Part(weight * scale, {"A": one, "B": other}) for weight, one, other in rows]
        for scale in (Fraction(1), factor)
    )

    assert blend(before, shared_when_rounded_equal=False, ties=[]) == blend(
        after, shared_when_rounded_equal=False, ties=[]
    )


def test_tie_breakers_part_equal_points_votes_and_blends() -> None:
    word = [{"B": Fraction(1)}]
    tied = Part(Fraction(1), {"A": Fraction(50), "B": Fraction(50)})

    for lines in (
        points("AB", {"J1": {"A": 5, "B": 5}}, allowance=10, ties=word),
        public_vote({"A": 3, "B": 3}, ties=word),
        blend([tied], ties=word, shared_when_rounded_equal=False),
    ):
        assert [(line.entry, line.place, line.is_shared, line.broken_by) for line in lines] == [
            ("B", 1, False, 0),
            ("A", 2, False, 0),
        ]
