"""How sure the figures of a table are: the interval around each score, and who cannot be told apart."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import isnan
from typing import Any

import numpy as np

from kaaring.inference import bands, intervals, quantile, standard_errors
from kaaring.results.queries.tables import Band, Row

LEVEL, POOLING = 0.95, 20.0
INTERVALS: dict[str, Any] = {"level": LEVEL, "pooling": POOLING, "strata": "channel"}
UNKNOWN: tuple[float | None, float | None] = (None, None)


@dataclass(slots=True)
class Spread:
    """How many enquiries there are on a channel, the sum of their scores, and that of the scores' squares."""

    count: int = 0
    total: float = 0.0
    squares: float = 0.0

    def add(self, count: int, total: float, squares: float) -> None:
        """Take in further enquiries."""
        self.count += count
        self.total += total
        self.squares += squares


type Spreads = Mapping[int, Mapping[str, Spread]]


def errors_of(spreads: Spreads) -> dict[int, float]:
    """Return the standard error of each participant's score; without those for whom it is unknown.

    A standard error depends on nothing but the number, mean and variance of the scores in each channel. So
    the database sends these alone, and n scores that have just this mean and variance stand in for the true
    ones: pairs equally far above and below the mean, and one on it where n is odd.
    """
    if not spreads:
        return {}
    channels = {
        channel: position
        for position, channel in enumerate(sorted({c for own in spreads.values() for c in own}))
    }
    cells = np.array(
        [
            (who, channels[channel], spread.count, spread.total, spread.squares)
            for who, own in enumerate(spreads.values())
            for channel, spread in own.items()
        ]
    )
    counts = cells[:, 2].astype(np.intp)
    means = cells[:, 3] / counts
    variation = np.maximum(cells[:, 4] - cells[:, 3] * means, 0)
    distance = np.sqrt(variation / np.maximum(counts - counts % 2, 1))
    cell = np.repeat(np.arange(len(cells)), counts)
    within = np.arange(len(cell)) - np.repeat(np.cumsum(counts) - counts, counts)
    side = np.where(within == counts[cell] - counts[cell] % 2, 0, np.where(within % 2, 1, -1))
    errors = standard_errors(
        means[cell] + side * distance[cell],
        cells[cell, 0].astype(np.intp),
        cells[cell, 1].astype(np.intp),
        participants=len(spreads),
        pooling=POOLING,
    )
    return {who: error for who, error in zip(spreads, errors.tolist(), strict=True) if not isnan(error)}


def intervals_of(
    scores: Mapping[int, Fraction], errors: Mapping[int, float], *, is_per_cent: bool
) -> dict[int, tuple[float, float]]:
    """Return the 95 % interval of each score with a known standard error; within 0 to 100 for a share."""
    known = [key for key in scores if key in errors]
    centres = [float(scores[key]) for key in known]
    own = [errors[key] for key in known]
    if is_per_cent:
        low, high = (ends.tolist() for ends in intervals(centres, own, level=LEVEL))
    else:
        half = [quantile(LEVEL) * error for error in own]
        low = [centre - by for centre, by in zip(centres, half, strict=True)]
        high = [centre + by for centre, by in zip(centres, half, strict=True)]
    return dict(zip(known, zip(low, high, strict=True), strict=True))


def bands_of(rows: Sequence[Row], errors: Mapping[int, float], *, in_class: bool) -> tuple[Band, ...]:
    """Return the bands of two and more among the rows of a table, which are in the order of its places.

    A tie-breaker may put a score before one that is higher by less than a shown decimal; the higher one then
    counts as level.
    """
    placed = [row for row in rows if row.score is not None and (row.class_place if in_class else row.place)]
    if any(row.participant.pk not in errors for row in placed):
        return ()
    ranked = np.minimum.accumulate(np.array([float(row.score or 0) for row in placed]))
    runs = bands(ranked, [errors[row.participant.pk] for row in placed], level=LEVEL)
    return tuple(
        _band([placed[position] for position in run], in_class=in_class) for run in runs if len(run) > 1
    )


def _band(rows: Sequence[Row], *, in_class: bool) -> Band:
    places = [(row.class_place if in_class else row.place) or 0 for row in rows]
    return Band(min(places), max(places), frozenset(row.participant.pk for row in rows))
