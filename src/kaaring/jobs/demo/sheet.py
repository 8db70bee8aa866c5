"""The answers of all enquiries as levels, with exact whole-number sums and the moves that may change them.

A move lifts or lowers one answer by one level. Which of two moves is more natural is decided by the
shopper's underlying impression: the one whose impression is nearer to the cut. Not-applicable and not-asked
answers never change, so that what an answer can give to a mean is a fixed weight and every mean is a sum of
whole numbers.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kaaring.jobs.demo.scales import Real, Scales, Whole

Flags = NDArray[np.bool_]

HUNDRED = 10**16
"""A mean of 100 in the fixed point of all sums; 100 / 10**16 of a point is the finest step."""

LEFT_OUT = -1
"""The level of an answer that is not applicable or was not asked."""


def fixed(points: float) -> int:
    """Return points on 0-100 in fixed point.

    >>> fixed(62.6)
    6260000000000000
    """
    return round(points * 1000) * (HUNDRED // 100_000)


@dataclass(frozen=True)
class Mean:
    """A mean over participants as a weighted sum: unit weights per row, and the questions that count."""

    weights: Whole
    questions: Flags


@dataclass(frozen=True)
class Aim:
    """What a mean should come to, in fixed point."""

    mean: Mean
    target: int


@dataclass
class Sheet:
    """Every enquiry's answers: one row per enquiry, one column per scored question.

    ``impressions`` hold the underlying value on the scale of the cuts; ``lowest`` and ``highest`` bound the
    levels an answer may still take, so that a locked answer has both at its level.
    """

    scales: Scales
    channels: Whole
    participants: Whole
    answered: Flags
    impressions: Real
    levels: Whole
    lowest: Whole
    highest: Whole

    def __post_init__(self) -> None:
        self.row_units = self.scales.units[self.channels]
        self.row_cuts = self.scales.cuts[self.channels]
        self.full = self.row_units.max(axis=2)

    @property
    def earned(self) -> Whole:
        """Units per row and question; 0 where left out."""
        held = np.take_along_axis(self.row_units, np.maximum(self.levels, 0)[:, :, None], axis=2)[:, :, 0]
        return np.where(self.levels >= 0, held, 0)

    def possible(self, questions: Flags) -> Whole:
        """Units that each row could have earned on the questions; 0 where nothing was observed."""
        applicable = (self.levels >= 0) & questions[None, :]
        return np.where(applicable, self.full, 0).sum(axis=1)

    def mean(self, measure: str, rows: Flags) -> Mean:
        """Return the mean over participants of their mean over the given rows, as weights.

        Unanswered rows count as 0 in the total and in the areas the questionnaire says, else not at all.
        """
        questions = self.scales.feeding(measure)
        possible = self.possible(questions)
        counted = rows & (possible > 0)
        if self.counts_unanswered(measure):
            counted = counted | (rows & ~self.answered)
        sizes = np.bincount(self.participants[counted], minlength=int(self.participants.max()) + 1)
        observed = int((sizes > 0).sum())
        divisor = np.maximum(possible, 1) * np.maximum(sizes[self.participants], 1) * max(observed, 1)
        weights = np.where(counted & (possible > 0), HUNDRED // divisor, 0)
        return Mean(weights.astype(np.int64), questions)

    def counts_unanswered(self, measure: str) -> bool:
        what, _, code = measure.partition(":")
        return what == "total" or (what == "area" and code in self.scales.questionnaire.unanswered_in)

    def value(self, mean: Mean) -> int:
        """Return the mean in fixed point."""
        earned = np.where(mean.questions[None, :], self.earned, 0).sum(axis=1)
        return int((earned * mean.weights).sum())

    def scores(self, measure: str, rows: Flags) -> Whole:
        """Return every participant's mean over the rows in fixed point, -1 where nothing was observed."""
        questions = self.scales.feeding(measure)
        possible = self.possible(questions)
        counted = rows & (possible > 0)
        if self.counts_unanswered(measure):
            counted = counted | (rows & ~self.answered)
        earned = np.where(questions[None, :], self.earned, 0).sum(axis=1)
        shares = np.where(possible > 0, earned * (HUNDRED // np.maximum(possible, 1)), 0) // 100
        count = int(self.participants.max()) + 1
        sums = np.zeros(count, dtype=np.int64)
        np.add.at(sums, self.participants[counted], shares[counted])
        sizes = np.bincount(self.participants[counted], minlength=count)
        return np.where(sizes > 0, sums // np.maximum(sizes, 1) * 100, -1)

    def gains(self, rows: Whole, direction: int) -> Whole:
        """Return the units each answer would win (direction 1) or lose (-1); 0 where it may not move."""
        levels = self.levels[rows]
        target = levels + direction
        allowed = (levels >= 0) & (target >= self.lowest[rows]) & (target <= self.highest[rows])
        units = self.row_units[rows]
        now = np.take_along_axis(units, np.maximum(levels, 0)[:, :, None], axis=2)[:, :, 0]
        then = np.take_along_axis(units, np.where(allowed, target, 0)[:, :, None], axis=2)[:, :, 0]
        return np.where(allowed, then - now, 0)

    def strain(self, rows: Whole, direction: int) -> Real:
        """Return how far each impression lies on the wrong side of the cut that the move would cross."""
        crossed = self.levels[rows] if direction > 0 else self.levels[rows] - 1
        crossed = np.clip(crossed, 0, self.row_cuts.shape[2] - 1)
        cut = np.take_along_axis(self.row_cuts[rows], crossed[:, :, None], axis=2)[:, :, 0]
        return (np.where(np.isfinite(cut), cut, 9.0) - self.impressions[rows]) * direction

    def lock(self, rows: Flags) -> None:
        """Let the answers of these rows never move again."""
        self.lowest[rows] = self.levels[rows]
        self.highest[rows] = self.levels[rows]
