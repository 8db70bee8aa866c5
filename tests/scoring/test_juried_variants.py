from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaaring.scoring import places
from kaaring.scoring.juried import (
    Criterion,
    Discretion,
    Line,
    Mark,
    Method,
    Reading,
    Recipe,
    Scorecard,
    Steadiness,
    combine,
    contest,
    variants,
)
from tests.scoring.build_juried import TEN, Case, a_recipe, any_case, criteria, level_cards, marks

FIXED, CEILING, RESCALED = Discretion.FIXED, Discretion.CEILING, Discretion.RESCALED
MEAN, MEDIAN, TRIMMED = Method.MEAN, Method.MEDIAN, Method.TRIMMED


def a_free_recipe(**changes: Any) -> Recipe:
    """Rules that leave jurors some of a weight to grant."""
    return a_recipe(criteria=criteria(CEILING), **changes)


def test_seven_jurors_give_48_variants_and_72_with_enough_scorecards_to_trim() -> None:
    few = variants("AB", level_cards({"A": "888----", "B": "---7777"}), a_free_recipe(), {})
    many = variants("AB", level_cards({"A": "88888--", "B": "--77777"}), a_free_recipe(), {})

    assert (few.holds, len(few.readings), len(set(few.readings))) == (48, 48, 48)
    assert (many.holds, len(many.readings), len(set(many.readings))) == (72, 72, 72)


@pytest.mark.parametrize(
    ("chosen", "readings"),
    [
        (criteria(), 1),
        (criteria(CEILING), 3),
        (criteria(RESCALED), 3),
        ((Criterion("actions", Fraction(40)), Criterion("other", Fraction(0), CEILING)), 1),
        ((Criterion("actions", None), Criterion("other", None, CEILING)), 3),
    ],
)
def test_readings_of_discretion_count_once_where_the_rules_leave_jurors_none(
    chosen: tuple[Criterion, ...], readings: int
) -> None:
    cards = [Scorecard("A", f"J{number}", {"actions": Mark(Fraction(5))}) for number in range(3)]

    found = variants("A", cards, a_recipe(criteria=chosen), {})

    assert len(found.readings) == readings * 2 * 4
    assert {one.discretion for one in found.readings} == set(list(Discretion)[:readings])


def test_a_weight_that_was_withheld_before_the_rules_fixed_it_is_read_in_every_way() -> None:
    found = variants("A", [Scorecard("A", "J", marks(5, 5, 5, share="1/2"))], a_recipe(), {})

    assert len(found.readings) == 3 * 2 * 2


@pytest.mark.parametrize(("method", "count"), [(MEAN, 3 * 2 * 5), (TRIMMED, 3 * 3 * 5)])
def test_trimmed_means_are_read_with_five_scorecards_or_where_the_recipe_trims(
    method: Method, count: int
) -> None:
    cards = level_cards({"A": "5678", "B": "4567"})

    assert len(variants("AB", cards, a_free_recipe(method=method), {}).readings) == count


def test_the_variants_name_who_would_win_and_when() -> None:
    # B has 7 throughout. A's mean is 7, without J1 or J2 7.5, without J3 6; its median 6, 7.5, 7.5 and 6.
    found = variants("AB", level_cards({"A": "669", "B": "777"}), a_free_recipe(), {})

    assert found.winners == ("A", "B")
    assert found.holds == 3
    assert {
        (other.reading.method, other.reading.without, other.winners)
        for other in found.others
        if other.reading.discretion is FIXED
    } == {
        (MEAN, "J1", ("A",)),
        (MEAN, "J2", ("A",)),
        (MEAN, "J3", ("B",)),
        (MEDIAN, None, ("B",)),
        (MEDIAN, "J1", ("A",)),
        (MEDIAN, "J2", ("A",)),
        (MEDIAN, "J3", ("B",)),
    }
    assert found.entries == {
        "A": Steadiness(first=15, kept=15, placed=24, best=1, worst=2),
        "B": Steadiness(first=12, kept=12, placed=24, best=1, worst=2),
    }


def test_the_readings_of_discretion_are_told_apart() -> None:
    # As in the test of juror_score: B leads where weights are fixed or a ceiling, A where they are rescaled.
    cards = [
        Scorecard("A", "J", marks(9, 9, 0, share="0")),
        Scorecard("B", "J", marks(7, 7, 10)),
        Scorecard("C", "K", marks(8, 8, 5, share="1/2")),
    ]
    found = variants("ABC", cards, a_recipe(criteria=criteria(CEILING)), {})

    assert found.winners == ("B",)
    assert Reading(RESCALED, MEAN, None) in {other.reading for other in found.others}
    assert {other.winners for other in found.others if other.reading.without == "J"} == {("C",)}
    assert not any(other.reading == Reading(FIXED, MEAN, None) for other in found.others)


def test_an_entry_that_is_not_decidable_is_so_in_every_variant() -> None:
    cards = level_cards({"A": "567", "B": "99-"})
    found = variants("ABC", cards, a_recipe(minimum_marks=3), {})

    assert found.winners == ("A",)
    assert found.holds == len(found.readings)
    assert found.entries["B"] == found.entries["C"] == Steadiness(0, 0, 0, None, None)


def test_an_entry_whose_only_juror_is_missing_has_no_place() -> None:
    found = variants("A", level_cards({"A": "5"}), a_free_recipe(), {})

    assert found.entries["A"] == Steadiness(first=6, kept=6, placed=6, best=1, worst=1)
    assert {other.winners for other in found.others} == {()}
    assert (found.holds, len(found.readings)) == (6, 12)


def test_a_contest_without_scorecards_has_only_readings_without_winners() -> None:
    found = variants("A", [], a_free_recipe(), {})

    assert (found.winners, found.others, found.holds) == ((), (), 9)


def by_hand(case: Case) -> Iterator[tuple[Reading[str], dict[str, int]]]:
    """Rank every variant with the one-by-one functions."""
    official = {line.entry: line for line in contest(case.entries, case.cards, case.recipe, case.jury_ranks)}
    decidable = [name for name in case.entries if official[name].place]
    enough = all(official[name].scorecards >= 5 for name in decidable)
    methods = [MEAN, MEDIAN] + [TRIMMED] * (enough or case.recipe.method is TRIMMED)
    jurors = list(dict.fromkeys(card.juror for card in case.cards))
    given = [mark.share for card in case.cards for mark in card.marks.values()]
    free = [one for one in case.recipe.criteria if one.discretion is not FIXED and one.weight != 0]
    for reading in (
        Reading(discretion, method, without)
        for discretion in (Discretion if free or set(given) - {1} else [FIXED])
        for without in (None, *jurors)
        for method in methods
    ):
        yield reading, _ranked(case, reading, decidable)


def _ranked(case: Case, reading: Reading[str], decidable: list[str]) -> dict[str, int]:
    assert isinstance(reading.discretion, Discretion)
    assert isinstance(reading.method, Method)
    chosen = tuple(replace(one, discretion=reading.discretion) for one in case.recipe.criteria)
    recipe = replace(case.recipe, criteria=chosen, minimum_marks=1, method=MEAN)
    left = [card for card in case.cards if card.juror != reading.without]
    lines: list[Line[str, str]] = contest(case.entries, left, recipe, case.jury_ranks)
    scores, ties = {}, []
    for line in lines:
        if line.entry in decidable:
            own = {juror: score.score if score else None for juror, score in line.juror_scores.items()}
            trim = case.recipe.trim if case.recipe.method is TRIMMED else 1
            trim = min(trim, max(line.scorecards - 1, 0) // 2)
            score = combine(own, method=reading.method, trim=trim, minimum_marks=1).score
            if score is not None:
                scores[line.entry] = score
    for name in recipe.ties:
        if name == "jury":
            ties.append({entry: Fraction(-rank) for entry, rank in case.jury_ranks.items()})
        else:
            means = {line.entry: line.criterion_means[name.removeprefix("criterion:")] for line in lines}
            ties.append({entry: mark for entry, mark in means.items() if mark is not None})
    is_shared = recipe.shared_when_rounded_equal
    placed = places(scores, ties=ties, shared_when_rounded_equal=is_shared)
    return {entry: place.place for entry, place in placed.items()}


@given(any_case())
def test_the_variants_are_those_that_one_by_one_gives(case: Case) -> None:
    found = variants(case.entries, case.cards, case.recipe, case.jury_ranks)
    expected = list(by_hand(case))
    lines = contest(case.entries, case.cards, case.recipe, case.jury_ranks)
    official = {line.entry: line.place for line in lines if line.place}

    assert found.readings == tuple(reading for reading, _ in expected)
    winners = {
        reading: {name for name, place in ranked.items() if place == 1} for reading, ranked in expected
    }
    first = {name for name, place in official.items() if place == 1}
    assert set(found.winners) == first
    assert {other.reading: set(other.winners) for other in found.others} == {
        reading: names for reading, names in winners.items() if names != first
    }
    for name in case.entries:
        own = [ranked[name] for _, ranked in expected if name in ranked]
        kept = sum(place == official[name] for place in own) if own else 0
        assert found.entries[name] == Steadiness(
            own.count(1), kept, len(own), min(own, default=None), max(own, default=None)
        )


@given(any_case(), st.randoms(use_true_random=False))
def test_the_order_of_scorecards_changes_no_count(case: Case, dice: Random) -> None:
    cards = dice.sample(case.cards, len(case.cards))

    one, other = (variants(case.entries, own, case.recipe, case.jury_ranks) for own in (case.cards, cards))

    assert (one.entries, one.winners, one.holds) == (other.entries, other.winners, other.holds)
    assert set(one.readings) == set(other.readings)


def test_numbers_beyond_64_bits_stay_exact() -> None:
    long = tuple(Criterion(f"c{number}", Fraction(1, 10**9 + number)) for number in range(5))
    cards = [
        Scorecard(entry, f"J{juror}", {one.code: Mark(Fraction(juror, 7)) for one in long[juror:]})
        for entry in "AB"
        for juror in range(5)
    ]
    case = Case(["A", "B"], cards, a_recipe(criteria=long, scale=TEN), {})
    found = variants("AB", cards, case.recipe, {})

    assert found.winners == ("A", "B")
    assert found.others == ()
