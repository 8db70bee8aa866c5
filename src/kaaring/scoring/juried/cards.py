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
"""Numbers up to this one are looked up in a table instead of sorted."""


@dataclass(frozen=True, slots=True, eq=False)
class Marks:
    """The marks of S scorecards on C criteria, in order of entry and juror.

    ``entry`` and ``juror`` have shape (S,). ``mark`` and ``share``, of shape (C, S), count ``steps`` from the
    lowest to the highest, ``ABSTAINED`` for none, and parts of ``whole_share``.
    """

    entry: Whole
    juror: Whole
    mark: Numbers
    share: Numbers
    steps: int
    whole_share: int

    def without(self, juror: int | None) -> "Marks":
        """Return the marks of all jurors but this one; of all with None."""
        if juror is None:
            return self
        others = np.flatnonzero(self.juror != juror)
        mark, share = self.mark[:, others], self.share[:, others]
        return Marks(self.entry[others], self.juror[others], mark, share, self.steps, self.whole_share)


@dataclass(frozen=True, slots=True, eq=False)
class Cards:
    """S scorecards with a score, in order of entry: the score is 100 · value ÷ ``common``.

    ``entry`` and ``values`` have shape (S,).
    """

    entry: Whole
    values: Numbers
    common: int

    def at(self, chosen: Flags) -> "Cards":
        """Return the chosen cards, in the same order."""
        return Cards(self.entry[chosen], self.values[chosen], self.common)

    def rising(self) -> "Cards":
        """Return the cards with the scores of each entry from the lowest to the highest."""
        span = self.common + 1
        before = widened(self.entry, span * (int(self.entry.max(initial=0)) + 1)) * span
        return Cards(self.entry, np.sort(before + self.values) - before, self.common)


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
        else:
            found = _short(self.numerators)
        return np.where(self.is_given, found, -1).astype(np.int64, copy=False)


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


def score_cards(
    marks: Marks, weights: Sequence[int], discretions: Sequence[Discretion]
) -> tuple[Cards, Flags]:
    """Return the scorecards that come to a score, by the rule of ``juror_score``, and which ones do.

    ``weights`` and ``discretions`` have one for each criterion.
    """
    counted, divided = _weighed(marks, weights, discretions)
    earned = (counted * np.maximum(marks.mark, 0)).sum(axis=0, dtype=counted.dtype)
    divisors = (divided * (marks.mark != ABSTAINED)).sum(axis=0, dtype=divided.dtype)
    common, multiples = _to_common(divisors)
    longest = marks.steps * common
    cards = Cards(marks.entry, widened(earned * widened(multiples, longest), longest), longest)
    has_score = divisors > 0
    return cards.at(has_score), has_score


def _weighed(
    marks: Marks, weights: Sequence[int], discretions: Sequence[Discretion]
) -> tuple[Numbers, Numbers]:
    """Return what a mark on each criterion adds to the weights of the sum and to the divisor.

    Both have shape (C, S), or (C, 1) where no juror has a say.
    """
    is_plain = {*discretions} <= {Discretion.FIXED}
    parts = 1 if is_plain else marks.whole_share
    own = widened(np.array(weights, object), max(1, sum(weights)) * parts * marks.steps)[:, None]
    if is_plain:
        return own, own
    whole = own * parts
    counted = own * marks.share.astype(own.dtype, order="C")
    divided = counted.copy()
    for at, discretion in enumerate(discretions):
        if discretion is Discretion.FIXED:
            counted[at] = whole[at]
        if discretion is not Discretion.RESCALED:
            divided[at] = whole[at]
    return counted, divided


def _to_common(numbers: Numbers) -> tuple[int, Numbers]:
    """Return the least common multiple of the numbers, and for each how often it goes into it; 0 for 0."""
    if _is_long(numbers):
        distinct, at = np.unique(numbers, return_inverse=True)
        filled = np.arange(len(distinct))
    else:
        filled = distinct = np.flatnonzero(np.bincount(numbers))
        at = numbers
    found = distinct.tolist()
    common = math.lcm(*(number for number in found if number))
    table = np.zeros(max(filled, default=-1) + 1, np.min_scalar_type(~common))
    table[filled] = [common // number if number else 0 for number in found]
    return common, table.take(at)


def _short(numbers: Numbers) -> Whole:
    """Return numbers in the same order that a table can have; long ones become positions."""
    return np.unique(numbers, return_inverse=True)[1] if _is_long(numbers) else numbers


def _is_long(numbers: Numbers) -> bool:
    """Return whether the numbers, none below 0, are too long for a table of them."""
    return numbers.dtype == object or bool(numbers.max(initial=0) > LONGEST_TABLE)


def widened(numbers: Numbers, longest: int) -> Numbers:
    """Return the numbers in the shortest type for the longest on the way, Python's own beyond 64 bits."""
    return numbers.astype(np.min_scalar_type(~longest), copy=False)


def passed_over(counts: Whole, method: Method, trim: int) -> Whole | int:
    """Return how many scores of each entry are passed over at either end, as ``trimmed_each_side`` does."""
    if method is Method.MEDIAN:
        return np.maximum(counts - 1, 0) // 2
    return trim if method is Method.TRIMMED else 0


def combine_cards(cards: Cards, counts: Whole, cut: Whole | int, minimum_marks: int) -> Scores:
    """Return each entry's score, by the rule of ``combine``.

    ``counts`` and ``cut``, of shape (E,) or one for all, say how many scores an entry has and how many of
    them are passed over at either end; where some are, cards must be rising.
    """
    widths = np.maximum(counts - 2 * cut, 0) * (counts >= minimum_marks)
    return means(cards.values, cards.common, np.cumsum(counts) - counts + cut, widths)


def means(values: Numbers, common: int, first: Whole, widths: Whole) -> Scores:
    """Return 100 ÷ ``common`` times the mean of ``widths[e]`` values from ``first[e]`` on, for each entry e.

    A width of 0 gives no score.
    """
    multiple, multiples = _to_common(widths)
    denominator = common * multiple
    values = widened(values, 2001 * denominator * (len(values) + 1))
    running = np.zeros(len(values) + 1, values.dtype)
    np.cumsum(values, out=running[1:])
    sums = running.take(first + widths, mode="clip") - running.take(first, mode="clip")
    return Scores(100 * sums * multiples, denominator, widths > 0)


def criterion_scores(marks: Marks, criterion: int, entries: int) -> Scores:
    """Return each entry's mean mark on one criterion, on 0–100."""
    mark = marks.mark[criterion]
    is_marked = mark != ABSTAINED
    counts = np.bincount(marks.entry[is_marked], minlength=entries)
    return means(mark[is_marked], marks.steps, np.cumsum(counts) - counts, counts)


def places_of(levels: Sequence[Whole]) -> tuple[Whole, Flags]:
    """Return places by the first levels, the highest first, ties by the next; 0 where the first is −1.

    All have shape (E,), both answers too; the second says whether the place is shared.
    """
    key = _short(levels[0] + 1)
    for level in levels[1:]:
        less = _short(level + 1)
        key = _short(key * (less.max(initial=0) + 1) + less)
    counts = np.bincount(key)
    places = (len(key) + 1 - np.cumsum(counts)).take(key)
    has_place = levels[0] >= 0
    return places * has_place, has_place & (counts > 1).take(key)
