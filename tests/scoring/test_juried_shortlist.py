from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaaring.scoring.juried import AtCut, Reason, Shortlist, ShortlistRule, shortlist

IN, OUT = AtCut.ALL_IN, AtCut.ALL_OUT
SCORES = st.dictionaries(st.integers(0, 20), st.none() | st.integers(0, 12).map(Fraction), max_size=12)


def listed(scores: dict[str, float | None], rule: ShortlistRule, ties: AtCut = OUT) -> Shortlist[str]:
    exact = {name: None if score is None else Fraction(str(score)) for name, score in scores.items()}
    return shortlist(exact, rule, ties_at_cut=ties, shared_when_rounded_equal=True)


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


def test_scores_that_show_the_same_are_equals_only_where_the_rules_say_so() -> None:
    close = {"A": Fraction(8001, 100), "B": Fraction(80)}
    rule = ShortlistRule(top=1, margin=Fraction(1, 100))

    shown = shortlist(close, rule, ties_at_cut=OUT, shared_when_rounded_equal=True)
    exact = shortlist(close, rule, ties_at_cut=OUT, shared_when_rounded_equal=False)

    assert (shown.entries, shown.lead, shown.is_second_round_due) == ((), 0, True)
    assert (exact.entries, exact.lead, exact.is_second_round_due) == (("A",), Fraction(1, 100), False)


def test_the_lowest_score_is_still_in() -> None:
    found = listed({"A": 70, "B": 69.95, "C": 69.94}, ShortlistRule(at_least=Fraction(70)))

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


@pytest.mark.parametrize(("minimum", "entries"), [(2, ("A", "B")), (3, ())])
def test_in_too_small_a_field_there_is_no_list(minimum: int, entries: tuple[str, ...]) -> None:
    found = listed({"A": 90, "B": 80, "C": None}, ShortlistRule(top=2, minimum_field=minimum))

    assert found.entries == entries
    assert reasons(found)["C"] == (Reason.NO_SCORE,)
    assert entries or reasons(found)["A"] == (Reason.FIELD_TOO_SMALL,)


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
    found = shortlist(scores, ShortlistRule(top=top), ties_at_cut=ties, shared_when_rounded_equal=False)
    chosen = {line.entry: scores[line.entry] or Fraction(0) for line in found.lines if line.is_in}
    others = [score for entry, score in scores.items() if score is not None and entry not in chosen]

    assert len(found.lines) == len(scores)
    assert not chosen or not others or min(chosen.values()) > max(others)
    with_score = len(chosen) + len(others)
    assert len(chosen) <= top if ties is OUT else len(chosen) >= min(top, with_score)
