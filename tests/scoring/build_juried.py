"""Small juried contests to calculate by hand, and strategies that make up any others."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from kaaring.scoring.juried import Criterion, Discretion, Mark, Method, Recipe, Scale, Scorecard

TEN = Scale(Fraction(0), Fraction(10))


def criteria(discretion: Discretion = Discretion.FIXED) -> tuple[Criterion, ...]:
    """Actions 40, results 40, other matters 20, the last at the jury's discretion."""
    return (
        Criterion("actions", Fraction(40)),
        Criterion("results", Fraction(40)),
        Criterion("other", Fraction(20), discretion),
    )


def marks(*values: int | None, share: str = "1") -> dict[str, Mark]:
    """Return marks for actions, results and other; the share is for other."""
    found = [None if value is None else Fraction(value) for value in values]
    shares = ["1", "1", share]
    return {
        code: Mark(value, Fraction(part))
        for code, value, part in zip(("actions", "results", "other"), found, shares, strict=False)
    }


def a_recipe(**changes: Any) -> Recipe:
    return Recipe(
        **{
            "criteria": criteria(),
            "scale": TEN,
            "method": Method.MEAN,
            "trim": 1,
            "minimum_marks": 1,
            "ties": (),
            "shared_when_rounded_equal": True,
            **changes,
        }
    )


def level_cards[E: Hashable](rows: Mapping[E, str]) -> list[Scorecard[E, str]]:
    """Return scorecards with the same mark on all three criteria; "A": "79" is 7 by J1 and 9 by J2."""
    return [
        Scorecard(entry, f"J{number}", marks(*[int(digit)] * 3))
        for entry, digits in rows.items()
        for number, digit in enumerate(digits, 1)
        if digit != "-"
    ]


@dataclass(frozen=True)
class Case:
    """Any contest: entries without scorecards, abstentions, ties and granted shares among them."""

    entries: list[str]
    cards: list[Scorecard[str, str]]
    recipe: Recipe
    jury_ranks: dict[str, int]


SHARES = st.sampled_from([Fraction(0), Fraction(1, 3), Fraction(1, 2), Fraction(1)])
WEIGHTS = st.sampled_from([Fraction(0), Fraction(1), Fraction(40), Fraction(45, 2), Fraction(7, 3)])
TIES = st.sampled_from([(), ("jury",), ("criterion:c0",), ("criterion:c0", "jury", "criterion:c1")])


@st.composite
def any_criteria(draw: st.DrawFn) -> tuple[Criterion, ...]:
    count, are_equal = draw(st.integers(2, 3)), draw(st.booleans())
    return tuple(
        Criterion(f"c{number}", None if are_equal else draw(WEIGHTS), draw(st.sampled_from(Discretion)))
        for number in range(count)
    )


@st.composite
def any_mark(draw: st.DrawFn, scale: Scale) -> Mark:
    steps = draw(st.sampled_from([None, *range(5)]))
    span = scale.highest - scale.lowest
    value = None if steps is None else scale.lowest + span * steps / 4
    return Mark(value, draw(SHARES))


@st.composite
def any_marks(draw: st.DrawFn, chosen: tuple[Criterion, ...], scale: Scale) -> dict[str, Mark]:
    return {
        criterion.code: draw(any_mark(scale)) for criterion in chosen if draw(st.sampled_from([1, 1, 1, 0]))
    }


@st.composite
def any_case(draw: st.DrawFn) -> Case:
    scale = draw(st.sampled_from([TEN, Scale(Fraction(1), Fraction(6))]))
    recipe = a_recipe(
        criteria=draw(any_criteria()),
        scale=scale,
        method=draw(st.sampled_from(Method)),
        trim=draw(st.integers(0, 2)),
        minimum_marks=draw(st.integers(0, 3)),
        ties=draw(TIES),
        shared_when_rounded_equal=draw(st.booleans()),
    )
    entries = [f"E{number}" for number in range(draw(st.integers(0, 5)))]
    pairs = [(entry, f"J{number}") for entry in entries for number in range(6)]
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True, max_size=25)) if pairs else []
    cards = [Scorecard(*pair, draw(any_marks(recipe.criteria, scale))) for pair in chosen]
    ranks = {entry: draw(st.integers(1, 3)) for entry in entries if draw(st.booleans())}
    return Case(entries, cards, recipe, ranks)
