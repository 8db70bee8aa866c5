"""How far jurors agree: intraclass correlations, Kendall's W and Krippendorff's alpha."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray

type Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Correlations:
    """Intraclass correlations of single scores, and of the mean of k jurors; 1 is perfect.

    ``agreement`` compares the scores themselves, ICC(A,1) and ICC(A,k); ``consistency`` passes over
    severity, ICC(C,1) and ICC(C,k); ``one_way`` is for jurors who differ from entry to entry, ICC(1) and
    ICC(k).
    """

    one_way: float
    agreement: float
    consistency: float
    one_way_mean: float
    agreement_mean: float
    consistency_mean: float


def intraclass_correlations(scores: ArrayLike) -> Correlations:
    """Return the intraclass correlations of n entries that k jurors all scored, shape (n, k).

    With MS_R, MS_C and MS_E the mean squares of entries, jurors and what is left: ICC(A,1) = (MS_R − MS_E) ÷
    (MS_R + (k − 1) MS_E + k (MS_C − MS_E) ÷ n), ICC(A,k) = (MS_R − MS_E) ÷ (MS_R + (MS_C − MS_E) ÷ n). With
    gaps, use ``Severity.agreement``. NaN where no score differs. Raises ValueError for gaps, and for fewer
    than two entries or jurors.

    Source: P. E. Shrout, J. L. Fleiss, "Intraclass correlations", Psychological Bulletin 86, 1979; names
    after K. O. McGraw, S. P. Wong, Psychological Methods 1, 1996.

    >>> found = intraclass_correlations([[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6],
    ...                                  [10, 5, 6, 9], [6, 2, 4, 7]])
    >>> round(found.agreement, 2), round(found.agreement_mean, 2)
    (0.29, 0.62)
    """
    x = _complete(scores)
    n, k = x.shape
    rows, columns = x.mean(axis=1, keepdims=True), x.mean(axis=0, keepdims=True)
    between = k * float(((rows - x.mean()) ** 2).sum()) / (n - 1)
    jurors = n * float(((columns - x.mean()) ** 2).sum()) / (k - 1)
    error = float(((x - rows - columns + x.mean()) ** 2).sum()) / ((n - 1) * (k - 1))
    within = float(((x - rows) ** 2).sum()) / (n * (k - 1))
    return Correlations(
        _ratio(between - within, between + (k - 1) * within),
        _ratio(between - error, between + (k - 1) * error + k * (jurors - error) / n),
        _ratio(between - error, between + (k - 1) * error),
        _ratio(between - within, between),
        _ratio(between - error, between + (jurors - error) / n),
        _ratio(between - error, between),
    )


def _complete(scores: ArrayLike) -> Floats:
    x = np.asarray(scores, np.float64)
    if x.ndim != 2 or min(x.shape) < 2:
        raise ValueError("There must be two entries and two jurors at least")
    if not np.all(np.isfinite(x)):
        raise ValueError("Every juror must have scored every entry")
    return x


def _ratio(above: float, below: float) -> float:
    return above / below if below else float("nan")


def kendall_w(scores: ArrayLike) -> float:
    """Return Kendall's W of n entries that m jurors all scored, shape (n, m): 0 no agreement, 1 full.

    Only each juror's order counts; equal scores share the mean rank. W = 12 S ÷ (m² (n³ − n) − m T), S being
    the squares of the rank sums around their mean and T = Σ (t³ − t) over groups of t equal scores. NaN
    where no juror tells any entries apart. Raises ValueError as ``intraclass_correlations``.

    Source: M. G. Kendall, B. Babington Smith, "The problem of m rankings", Annals of Mathematical
    Statistics 10, 1939.

    >>> kendall_w([[1, 1], [2, 2], [3, 3]]), kendall_w([[1, 3], [2, 2], [3, 1]])
    (1.0, 0.0)
    """
    x = _complete(scores)
    n, m = x.shape
    below = (x[:, None, :] > x[None, :, :]).sum(axis=1)
    equal = (x[:, None, :] == x[None, :, :]).sum(axis=1)
    sums = (below + (equal + 1) / 2).sum(axis=1)
    squares = float(((sums - sums.mean()) ** 2).sum())
    ties = float((equal**2 - 1).sum())
    return _ratio(12 * squares, m * m * (n**3 - n) - m * ties)


class Measurement(StrEnum):
    """What marks say: names only, an order, steps of equal size, or shares of something."""

    NOMINAL = "nominal"
    ORDINAL = "ordinal"
    INTERVAL = "interval"
    RATIO = "ratio"


def krippendorff_alpha(marks: ArrayLike, *, measurement: Measurement) -> float:
    """Return Krippendorff's alpha of n entries by m jurors, shape (n, m), NaN for a gap: 1 is full agreement.

    α = 1 − D_o ÷ D_e, observed over expected disagreement of the marks that entries with two or more have.
    NaN where all marks are equal or no entry has two. Raises ValueError for marks that are no matrix, and
    for ratios of marks below 0.

    Source: K. Krippendorff, "Computing Krippendorff's Alpha-Reliability", University of Pennsylvania, 2011.

    >>> krippendorff_alpha([[1, 1], [2, 2], [3, np.nan]], measurement=Measurement.NOMINAL)
    1.0
    """
    x = np.asarray(marks, np.float64)
    if x.ndim != 2:
        raise ValueError("Marks must be a matrix of entries and jurors")
    counts = (~np.isnan(x)).sum(axis=1)
    x, counts = x[counts > 1], counts[counts > 1]
    values, place = np.unique(x[~np.isnan(x)], return_inverse=True)
    if measurement is Measurement.RATIO and values.size and values[0] < 0:
        raise ValueError("Marks with ratios are 0 or more")
    row = np.nonzero(~np.isnan(x))[0]
    table = np.zeros((len(x), len(values)))
    np.add.at(table, (row, place), 1.0)
    together = (table / (counts - 1)[:, None]).T @ table
    together -= np.diag((table / (counts - 1)[:, None]).sum(axis=0))
    totals = table.sum(axis=0)
    apart = _differences(values, totals, measurement)
    expected = float(totals @ apart @ totals) / float(totals.sum() - 1) if values.size else 0.0
    return 1 - _ratio(float((together * apart).sum()), expected)


def _differences(values: Floats, totals: Floats, measurement: Measurement) -> Floats:
    """Return the squared difference between every two values, shape (values, values)."""
    if measurement is Measurement.NOMINAL:
        return 1 - np.eye(len(values))
    if measurement is Measurement.ORDINAL:
        rank = np.cumsum(totals) - totals / 2
        return np.subtract.outer(rank, rank) ** 2
    squares: Floats = np.subtract.outer(values, values) ** 2
    if measurement is Measurement.RATIO:
        sums = np.add.outer(values, values)
        squares = squares / np.where(sums > 0, sums, 1) ** 2
    return squares
