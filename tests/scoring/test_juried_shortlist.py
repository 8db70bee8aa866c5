from collections.abc import Hashable, Mapping
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaaring.scoring.juried import AtCut, Reason, Shortlist, ShortlistRule, shortlist
from kaaring.scoring.standings import places

IN, OUT = AtCut.ALL_IN, AtCut.ALL_OUT
SCORES = st.dictionaries(st.integers(0, 20), st.none() | st.integers(0, 12).map(Fraction), max_size=12)


def listed(scores: dict[str, float | None], rule: ShortlistRule, ties: AtCut = OUT) -> Shortlist[str]:
    exact = {name: None if score is None else Fraction(str(score)) for name, score in scores.items()}
    return shortlist(exact, places_by(exact), rule, ties_at_cut=ties)


def places_by[E: Hashable](scores: Mapping[E, Fraction | None], *ties: Mapping[E, Fraction]) -> dict[E, int]:
    scored = {entry: score for entry, score in scores.items() if score is not None}
    placed = places(scored, ties=ties, shared_when_rounded_equal=False)
    return {entry: one.place for entry, one in placed.items()}


def reasons(found: Shortlist[str]) -> dict[str, tuple[Reason, ...]]:
    return {line.entry: line.why for line in found.lines}


def test_the_top_of_the_list_is_in_and_everybody_knows_why() -> None:
    found = listed({"A": 60, "B": 90, "C": None, "D": 70}, ShortlistRule(top=2))

    assert found.entries == ("B", "D")
    assert [(line.entry, line.place) for line in found.lines] == [("B", 1), ("D", 2), ("A", 3), ("C", None)]
    assert reasons(found) == {
        "B": (Reason.IN,),
        "D": (Reason.IN,),
        "A": (Reason.BEYOND_TOP,),
        "C": (Reason.NO_SCORE,),
    }


@pytest.mark.parametrize(
    ("ties", "entries", "why"), [(IN, ("A", "B", "C"), Reason.TIED_IN), (OUT, ("A",), Reason.TIED_OUT)]
)
def test_equals_across_the_cut_are_all_in_or_all_out(
    ties: AtCut, entries: tuple[str, ...], why: Reason
) -> None:
    found = listed({"A": 90, "B": 80, "C": 80, "D": 70}, ShortlistRule(top=2), ties)

    assert found.entries == entries
    assert reasons(found) == {"A": (Reason.IN,), "B": (why,), "C": (why,), "D": (Reason.BEYOND_TOP,)}


@pytest.mark.parametrize("ties", AtCut)
def test_equals_within_the_cut_are_in_either_way(ties: AtCut) -> None:
    assert listed({"A": 80, "B": 80, "C": 70}, ShortlistRule(top=2), ties).entries == ("A", "B")


@pytest.mark.parametrize("ties", AtCut)
def test_whom_a_tie_breaker_parts_shares_no_place_at_the_cut(ties: AtCut) -> None:
    scores = {"A": Fraction(80), "B": Fraction(80), "C": Fraction(80)}
    placed = places_by(scores, {"B": Fraction(2), "A": Fraction(1)})

    found = shortlist(scores, placed, ShortlistRule(top=1, margin=Fraction(1)), ties_at_cut=ties)

    assert [(line.entry, line.place, line.why) for line in found.lines] == [
        ("B", 1, (Reason.IN,)),
        ("A", 2, (Reason.BEYOND_TOP,)),
        ("C", 3, (Reason.BEYOND_TOP,)),
    ]
    assert (found.lead, found.is_second_round_due) == (0, True)


def test_a_place_without_a_score_is_enough_for_the_top_and_for_nothing_that_asks_for_a_score() -> None:
    scores, placed = dict.fromkeys("ABC"), {"A": 1, "B": 2}

    def chosen(**limits: Any) -> Shortlist[str]:
        return shortlist(scores, placed, ShortlistRule(**limits), ties_at_cut=IN)

    assert chosen(top=1).entries == ("A",)
    assert chosen().entries == ("A", "B")
    for limits in ({"at_least": Fraction(0)}, {"best_share": Fraction(1)}):
        assert chosen(**limits).entries == ()
        assert reasons(chosen(**limits))["A"][0] is Reason.NO_SCORE
    assert chosen(margin=Fraction(1)).is_second_round_due is False


def test_the_lowest_score_is_still_in() -> None:
    found = listed({"A": 70, "B": 69.95, "C": 69.94}, ShortlistRule(at_least=Fraction("69.95")))

    assert found.entries == ("A", "B")
    assert reasons(found)["C"] == (Reason.BELOW_THRESHOLD,)


def test_the_best_share_is_rounded_up() -> None:
    scores = {"A": 90, "B": 80, "C": 70, "D": 60, "E": 50, "F": None}

    found = listed(scores, ShortlistRule(best_share=Fraction(1, 4)))

    assert found.entries == ("A", "B")
    assert reasons(found)["C"] == (Reason.BEYOND_BEST_SHARE,)


def test_all_limits_must_be_met_and_every_one_missed_is_named() -> None:
    rule = ShortlistRule(top=3, best_share=Fraction(1, 2), at_least=Fraction(75))

    found = listed({"A": 90, "B": 70, "C": 60, "D": 50}, rule)

    assert found.entries == ("A",)
    assert reasons(found)["B"] == (Reason.BELOW_THRESHOLD,)
    assert reasons(found)["C"] == (Reason.BELOW_THRESHOLD, Reason.BEYOND_BEST_SHARE)
    assert reasons(found)["D"] == (Reason.BELOW_THRESHOLD, Reason.BEYOND_TOP, Reason.BEYOND_BEST_SHARE)


def test_equals_beyond_two_limits_are_told_so_once() -> None:
    rule = ShortlistRule(top=1, best_share=Fraction(1, 2))

    assert reasons(listed({"A": 70, "B": 70}, rule))["A"] == (Reason.TIED_OUT,)


@pytest.mark.parametrize(("margin", "is_due"), [(None, False), ("0", False), ("1", False), ("1.1", True)])
def test_a_second_round_is_due_where_the_lead_is_below_the_margin(margin: str | None, is_due: bool) -> None:
    rule = ShortlistRule(margin=None if margin is None else Fraction(margin))

    found = listed({"A": 80, "B": 79}, rule)

    assert (found.lead, found.is_second_round_due) == (1, is_due)


def test_alone_nobody_has_a_lead_and_needs_no_second_round() -> None:
    found = listed({"A": 80, "B": None}, ShortlistRule(margin=Fraction(1)))

    assert (found.lead, found.is_second_round_due) == (None, False)


@pytest.mark.parametrize(
    ("limits", "message"),
    [
        ({"top": 0}, "at least one"),
        ({"best_share": Fraction(0)}, "best share"),
        ({"best_share": Fraction(2)}, "best share"),
        ({"margin": Fraction(-1)}, "margin"),
    ],
)
def test_limits_that_cannot_be_are_refused(limits: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        ShortlistRule(**limits)


@given(SCORES, st.integers(1, 8), st.sampled_from(AtCut))
def test_nobody_on_the_list_stands_behind_somebody_off_it(
    scores: dict[int, Fraction | None], top: int, ties: AtCut
) -> None:
    found = shortlist(scores, places_by(scores), ShortlistRule(top=top), ties_at_cut=ties)
    chosen = {line.entry: scores[line.entry] or Fraction(0) for line in found.lines if line.is_in}
    others = [score for entry, score in scores.items() if score is not None and entry not in chosen]

    assert len(found.lines) == len(scores)
    assert not chosen or not others or min(chosen.values()) > max(others)
    with_score = len(chosen) + len(others)
    assert len(chosen) <= top if ties is OUT else len(chosen) >= min(top, with_score)
