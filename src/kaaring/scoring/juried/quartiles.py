"""Where a figure stands among others: quartiles, and the quarter that a place is in."""

from collections.abc import Collection
from fractions import Fraction
from typing import NamedTuple

LEAST = 4
"""With fewer figures than this quarters say nothing, and would tell whose they are."""


class Quartiles(NamedTuple):
    """The figures below which a quarter, a half and three quarters of others lie."""

    lower: Fraction
    median: Fraction
    upper: Fraction


def quartiles(figures: Collection[Fraction]) -> Quartiles:
    """Return the quartiles of figures, exactly; raises ValueError where there are none.

    Quantile definition 7 of Hyndman and Fan (“Sample quantiles in statistical packages”, The American
    Statistician 50, 1996), due to Gumbel (1939) and the default of R, NumPy and spreadsheets: the p-quantile
    of n ordered figures lies at position 1 + (n − 1) · p, on the line between its two neighbours.

    >>> quartiles([Fraction(number) for number in (60, 10, 30, 40)])
    Quartiles(lower=Fraction(25, 1), median=Fraction(35, 1), upper=Fraction(45, 1))
    """
    if not figures:
        raise ValueError("Quartiles of nothing")
    ordered = sorted(figures)
    return Quartiles(*(_at(ordered, Fraction(quarter, 4)) for quarter in (1, 2, 3)))


def _at(ordered: list[Fraction], share: Fraction) -> Fraction:
    position = (len(ordered) - 1) * share
    below = position.numerator // position.denominator
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (position - below) * (ordered[above] - ordered[below])


def quarter_of(place: int, among: int) -> int:
    """Return which quarter of so many places a place is in: the least q for which place ≤ q/4 of them.

    Raises ValueError for a place beyond them. A shared place is in the quarter in which it begins.

    >>> [quarter_of(place, 8) for place in range(1, 9)], quarter_of(2, 5)
    ([1, 1, 2, 2, 3, 3, 4, 4], 2)
    """
    if not 1 <= place <= among:
        raise ValueError(f"There is no place {place} among {among}")
    return -(-4 * place // among)
