"""Runs of places that the figures cannot tell apart."""

from math import hypot

import numpy as np
from numpy.typing import ArrayLike

from kaaring.inference.intervals import quantile


def bands(scores: ArrayLike, errors: ArrayLike, *, level: float) -> list[range]:
    """Return the ranked list cut into runs whose first and last cannot be told apart.

    ``scores``, the highest first, and their standard ``errors`` have shape (n,) and are in points of
    score. The answer covers positions 0 to n − 1 once each, in order. From the top, a run takes in the
    next participant as long as the difference from the run's first is within z · √(SE₁² + SE₂²), the
    two-sided test of one difference at ``level``; whoever is told apart opens the next run.

    The comparison is pairwise: it holds for the first and any other one of a run, not for the list as a
    whole, and two neighbours at the edge of two runs may well be alike. So a run reads "these may be level
    with the first of them", never "these are equal".

    Raises ValueError for a list that is not ranked, for errors that are unknown or below 0, and unless
    ``level`` lies between 0 and 1.

    Source: H. Goldstein, M. J. R. Healy, "The Graphical Presentation of a Collection of Means", Journal
    of the Royal Statistical Society A 158, 1995.

    >>> bands([95.2, 94.0, 90.0, 89.0], [1.0, 1.0, 1.0, 1.0], level=0.95)
    [range(0, 2), range(2, 4)]
    """
    ranked, uncertain = np.asarray(scores, np.float64), np.asarray(errors, np.float64)
    if ranked.ndim != 1 or ranked.shape != uncertain.shape or not np.all(ranked[1:] <= ranked[:-1]):
        raise ValueError("Scores must be ranked, the highest first, with one standard error each")
    if not np.all(uncertain >= 0):
        raise ValueError("Every score needs a standard error of 0 or more")
    z, score, error = quantile(level), ranked.tolist(), uncertain.tolist()
    runs, first = [], 0
    for position in range(1, len(score) + 1):
        if position == len(score) or score[first] - score[position] > z * hypot(
            error[first], error[position]
        ):
            runs.append(range(first, position))
            first = position
    return runs
