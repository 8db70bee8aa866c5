"""Scores of many scorecards at once, in whole numbers: the arithmetic behind the block and the variants.

Everything is kept as numerators over a common denominator. Numbers too long for 64 bits are Python's own.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kaaring.scoring.juried.combining import Method
from kaaring.scoring.juried.scorecard import Criterion, Discretion, weights_of

type Whole = NDArray[np.int64]
type Numbers = NDArray[Any]
type Flags = NDArray[np.bool_]

ABSTAINED = -1
"""What stands for an abstention where marks are whole steps."""

LONGEST_TABLE = 1 << 16
"""Up to this number, distinct numbers are found by ticking them off in a table."""


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """n marks in order of entry, juror and criterion, at most one for each such three; all of shape (n,).

    ``mark`` counts ``steps`` from the lowest to the highest, ``ABSTAINED`` for none; ``share`` counts parts
    of ``whole_share``.
    """

    entry: Whole
    juror: Whole
    criterion: Whole
    mark: Numbers
    share: Numbers
    steps: int
    whole_share: int

    def at(self, positions: NDArray[np.intp]) -> "Rows":
        """Return the marks at these positions."""
        return Rows(
            self.entry[positions],
            self.juror[positions],
            self.criterion[positions],
            self.mark[positions],
            self.share[positions],
            self.steps,
            self.whole_share,
        )


@dataclass(frozen=True, slots=True, eq=False)
class Cards:
    """S scorecards with a score, in order of entry: the score is 100 · value ÷ ``common``.

    ``entry``, ``juror`` and ``values`` have shape (S,).
    """

    entry: Whole
    juror: Whole
    values: Numbers
    common: int

    def rising(self) -> "Cards":
        """Return the cards with the scores of each entry from the lowest to the highest."""
        span = self.common + 1
        if self.values.dtype == object or span * (int(self.entry.max(initial=0)) + 1) >= 2**63:
            return self._at(np.lexsort((self.values, self.entry)))
        return self._at(np.argsort(self.entry * span + self.values))

    def without(self, juror: int) -> "Cards":
        """Return the cards of all other jurors, in the same order."""
        return self._at(np.flatnonzero(self.juror != juror))

    def _at(self, positions: NDArray[np.intp]) -> "Cards":
        return Cards(self.entry[positions], self.juror[positions], self.values[positions], self.common)


@dataclass(frozen=True, slots=True, eq=False)
class Scores:
    """One score for each of E entries: ``numerators`` ÷ ``denominator``, 0 to 100, where ``is_given``.

    ``numerators`` and ``is_given`` have shape (E,).
    """

    numerators: Numbers
    denominator: int
    is_given: Flags

    def at(self, position: int) -> Fraction | None:
        """Return the entry's score, None where it has none."""
        if not self.is_given[position]:
            return None
        return Fraction(int(self.numerators[position]), self.denominator)

    def levels(self, is_rounded: bool) -> Whole:
        """Return whole numbers in the order of the scores, equal where those count as equal, −1 for none.

        With ``is_rounded`` scores are equal when their one shown decimal is, half rounded up.
        """
        if is_rounded:
            found = (20 * self.numerators + self.denominator) // (2 * self.denominator)
        elif self.numerators.dtype == object:
            found = np.unique(self.numerators, return_inverse=True)[1]
        else:
            found = self.numerators
        return np.where(self.is_given, found, -1).astype(np.int64)


def whole_weights(criteria: Sequence[Criterion]) -> list[int]:
    """Return the weights as the smallest whole numbers in the same proportion.

    Raises ValueError as ``weights_of`` does.

    >>> whole_weights([Criterion("a", Fraction(40)), Criterion("b", Fraction(5, 2))])
    [16, 1]
    """
    weights = weights_of(criteria).values()
    common = math.lcm(*(weight.denominator for weight in weights))
    whole = [common // weight.denominator * weight.numerator for weight in weights]
    divisor = math.gcd(*whole) or 1
    return [weight // divisor for weight in whole]


def score_cards(rows: Rows, weights: Sequence[int], discretions: Sequence[Discretion], jurors: int) -> Cards:
    """Return the scorecards that come to a score, by the rule of ``juror_score``.

    ``weights`` and ``discretions`` have one for each criterion; ``jurors`` is how many there are.
    """
    counted, divided = _weighed(rows, weights, discretions)
    card = rows.entry * jurors + rows.juror
    last = np.append(np.flatnonzero(card[1:] != card[:-1]), len(card) - 1) if len(card) else card
    earned, divisors = _sums_to(counted * rows.mark, last), _sums_to(divided, last)
    if not (has_score := divisors > 0).all():
        last, earned, divisors = last[has_score], earned[has_score], divisors[has_score]
    common = math.lcm(*_distinct(divisors))
    longest = rows.steps * common
    return Cards(rows.entry[last], rows.juror[last], earned * (common // widened(divisors, longest)), longest)


def _sums_to(numbers: Numbers, last: NDArray[np.intp]) -> Numbers:
    """Return the sum of the numbers up to each of these positions, from the one before it on."""
    return np.diff(np.cumsum(numbers)[last], prepend=0)


def _distinct(numbers: Numbers) -> list[int]:
    """Return the distinct numbers, all above 0; short ones are ticked off in a table."""
    if numbers.dtype == object or numbers.max(initial=0) > LONGEST_TABLE:
        return list(np.unique(numbers).tolist())
    return list(np.flatnonzero(np.bincount(numbers)).tolist())


def _weighed(
    rows: Rows, weights: Sequence[int], discretions: Sequence[Discretion]
) -> tuple[Numbers, Numbers]:
    """Return for each mark what its criterion adds to the weights of the sum and to the divisor."""
    longest = sum(weights) * rows.whole_share * rows.steps * (len(rows.mark) + 1)
    own = widened(np.array(weights, object), longest)[rows.criterion] * (rows.mark != ABSTAINED)
    if all(discretion is Discretion.FIXED for discretion in discretions):
        return own, own
    whole, granted = own * rows.whole_share, own * rows.share
    is_fixed = np.array([discretion is Discretion.FIXED for discretion in discretions])[rows.criterion]
    is_rescaled = np.array([discretion is Discretion.RESCALED for discretion in discretions])[rows.criterion]
    return np.where(is_fixed, whole, granted), np.where(is_rescaled, granted, whole)


def widened(numbers: Numbers, longest: int) -> Numbers:
    """Return the numbers as Python's own where the longest on the way may not fit into 64 bits."""
    return numbers.astype(np.int64 if longest < 2**63 else object)


def passed_over(counts: Whole, method: Method, trim: int) -> Whole:
    """Return how many scores of each entry are passed over at either end, as ``trimmed_each_side`` does."""
    if method is Method.MEDIAN:
        return np.maximum(counts - 1, 0) // 2
    return np.full_like(counts, trim if method is Method.TRIMMED else 0)


def combine_cards(cards: Cards, counts: Whole, cut: Whole, minimum_marks: int) -> Scores:
    """Return each entry's score, by the rule of ``combine``.

    ``counts`` and ``cut``, of shape (E,), say how many scores an entry has and how many of them are passed
    over at either end; where some are, cards must be rising.
    """
    widths = np.where(counts >= minimum_marks, np.maximum(counts - 2 * cut, 0), 0)
    return means(cards.values, cards.common, np.cumsum(counts) - counts + cut, widths)


def means(values: Numbers, common: int, first: Whole, widths: Whole) -> Scores:
    """Return 100 ÷ ``common`` times the mean of ``widths[e]`` values from ``first[e]`` on, for each entry e.

    A width of 0 gives no score.
    """
    is_given = widths > 0
    multiple = math.lcm(*_distinct(widths[is_given]))
    denominator = common * multiple
    values = widened(values, 2001 * denominator * (len(values) + 1))
    running = np.concatenate((values[:0], np.zeros(1, values.dtype), np.cumsum(values)))
    last = np.where(is_given, first + widths, 0)
    sums = running[last] - running[np.where(is_given, first, 0)]
    return Scores(100 * sums * (multiple // np.maximum(widths, 1)), denominator, is_given)


def criterion_scores(rows: Rows, criterion: int, entries: int) -> Scores:
    """Return each entry's mean mark on one criterion, on 0–100."""
    chosen = np.flatnonzero((rows.criterion == criterion) & (rows.mark != ABSTAINED))
    counts = np.bincount(rows.entry[chosen], minlength=entries)
    return means(rows.mark[chosen], rows.steps, np.cumsum(counts) - counts, counts)


def places_of(levels: Sequence[Whole]) -> tuple[Whole, Flags]:
    """Return places by the first levels, the highest first, ties by the next; 0 where the first is −1.

    All have shape (E,), both answers too; the second says whether the place is shared.
    """
    key = levels[0]
    for level in levels[1:]:
        key = _dense(key) * (len(key) + 1) + _dense(level)
    ordered = np.sort(key)
    up_to, below = np.searchsorted(ordered, key, side="right"), np.searchsorted(ordered, key)
    has_place = levels[0] >= 0
    return np.where(has_place, len(key) + 1 - up_to, 0), has_place & (up_to - below > 1)


def _dense(numbers: Whole) -> Whole:
    """Return numbers from 0 on in the same order, without gaps."""
    return np.unique(numbers, return_inverse=True)[1]
