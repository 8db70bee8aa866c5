"""Exact sums per participant: the mean of many fractions with one division left to do.

Enquiries differ in their possible points, so the mean of earned ÷ possible needs a common denominator,
the least common multiple of all possible points that occur. Where it is too long for 64 bits it is worked
with in pieces of as many bits as leave room for the sum, and put together in Python's whole numbers.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kaaring.scoring.block.answers import AnswerBlock
from kaaring.scoring.block.points import Sheet, Whole
from kaaring.scoring.questionnaire import Questionnaire
from kaaring.scoring.standings import ParticipantScore

ROWS_AT_ONCE = 8192
"""How many evaluations are held as points at a time, unless one participant has more."""

WIDEST_TABLE = 1 << 20
"""Up to this many units, the possible points that occur are found by ticking them off in a table."""


@dataclass(frozen=True, slots=True)
class Sums:
    """What P participants earned in one measure: the score is 100 · numerator ÷ (common · divisor).

    All of shape (P,). ``numerators`` are whole numbers of 64 bits or, where those are too short, Python's
    own; ``divisors`` and ``enquiries`` are 0 where a participant was not observed.
    """

    numerators: NDArray[Any]
    common: int
    divisors: Whole
    enquiries: Whole


def add_up(
    questionnaire: Questionnaire, block: AnswerBlock[Any], method: ParticipantScore
) -> dict[str, Sums]:
    """Return the sums of the block's participants in every measure."""
    sheet = Sheet(questionnaire, block)
    sizes = np.bincount(block.participant, minlength=len(block.participants))
    present = np.flatnonzero(sizes)
    bounds = np.concatenate(([0], np.cumsum(sizes[present])))
    order = None
    if np.any(block.participant[1:] < block.participant[:-1]):
        order = np.argsort(block.participant, kind="stable")
    portions = []
    for first, last in _portions(bounds):
        rows = slice(int(bounds[first]), int(bounds[last]))
        points = sheet.points(rows if order is None else order[rows])
        portions.append(_sums(points, bounds[first:last] - bounds[first], method))
    return {
        measure: _joined([portion[row] for portion in portions], present, len(sizes))
        for row, measure in enumerate(sheet.measures)
    }


def _portions(bounds: NDArray[np.intp]) -> Iterator[tuple[int, int]]:
    """Yield ranges of participants with about ``ROWS_AT_ONCE`` evaluations each."""
    first = 0
    while first < len(bounds) - 1:
        last = int(np.searchsorted(bounds, bounds[first] + ROWS_AT_ONCE, side="right")) - 1
        last = max(last, first + 1)
        yield first, last
        first = last


def _sums(points: Whole, starts: NDArray[np.intp], method: ParticipantScore) -> list[Sums]:
    earned, possible = np.moveaxis(np.add.reduceat(points, starts, axis=2), 1, 0)
    enquiries = np.add.reduceat(points[:, 1] > 0, starts, axis=1, dtype=np.int64)
    if method is ParticipantScore.POOLED:
        return [Sums(*row) for row in zip(earned, [1] * len(earned), possible, enquiries, strict=True)]
    sums = []
    for row in range(len(points)):
        most = int(points[row, 1].max())
        if np.array_equal(possible[row], most * enquiries[row]):
            sums.append(Sums(earned[row], most or 1, enquiries[row], enquiries[row]))
        else:
            numerators, common = _sum_of_fractions(points[row], starts)
            sums.append(Sums(numerators, common, enquiries[row], enquiries[row]))
    return sums


def _sum_of_fractions(points: Whole, starts: NDArray[np.intp]) -> tuple[NDArray[Any], int]:
    """Return each participant's sum of earned ÷ possible as numerators over one common denominator."""
    earned, possible = points
    values, position = _distinct(possible)
    common = math.lcm(*(value for value in values if value))
    weights = [common // value if value else 0 for value in values]
    longest = int(np.diff(starts, append=len(earned)).max())
    bits = 62 - (longest * values[-1]).bit_length()
    piece_count = -(-max(weights).bit_length() // bits)
    numerators: NDArray[Any] = np.zeros(len(starts), object if piece_count > 1 else np.int64)
    for piece in reversed(range(piece_count)):
        piece_of = np.array([weight >> (piece * bits) & ((1 << bits) - 1) for weight in weights], np.int64)
        numerators = (numerators << bits) + np.add.reduceat(earned * piece_of[position], starts)
    return numerators, common


def _distinct(possible: Whole) -> tuple[list[int], NDArray[np.intp]]:
    """Return the distinct values, rising, and for each row the position of its value among them."""
    most = int(possible.max())
    if most > WIDEST_TABLE:
        values, position = np.unique(possible, return_inverse=True)
        return values.tolist(), position
    occurs = np.zeros(most + 1, np.bool_)
    occurs[possible] = True
    return np.flatnonzero(occurs).tolist(), (np.cumsum(occurs) - 1)[possible]


def _joined(portions: list[Sums], present: NDArray[np.intp], size: int) -> Sums:
    """Return the portions' sums over one common denominator, with 0 for participants without any rows."""
    common = math.lcm(*(portion.common for portion in portions))
    parts = [_times(portion.numerators, common // portion.common) for portion in portions]
    return Sums(
        _spread(parts, present, size),
        common,
        _spread([portion.divisors for portion in portions], present, size),
        _spread([portion.enquiries for portion in portions], present, size),
    )


def _times(numerators: NDArray[Any], factor: int) -> NDArray[Any]:
    return numerators if factor == 1 else numerators.astype(object) * factor


def _spread(parts: list[NDArray[Any]], present: NDArray[np.intp], size: int) -> NDArray[Any]:
    found = np.concatenate(parts) if parts else np.zeros(0, np.int64)
    if len(present) == size:
        return found
    spread = np.zeros(size, found.dtype)
    spread[present] = found
    return spread
