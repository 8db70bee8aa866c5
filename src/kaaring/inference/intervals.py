"""The standard error of a participant's mean score, and the interval around it."""

from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike, NDArray

type Floats = NDArray[np.float64]


def standard_errors(
    scores: ArrayLike, participant: ArrayLike, stratum: ArrayLike, *, participants: int, pooling: float
) -> Floats:
    """Return the standard error of each participant's mean score, stratified by channel.

    ``scores`` are the n enquiries' scores, 0 to 100; ``participant`` and ``stratum`` hold for each the
    participant's position below ``participants`` and the position of its channel: three arrays of shape
    (n,). The answer has shape (participants,), in points of score: NaN for a participant without
    enquiries, and for all when no participant has two enquiries in one stratum.

    SE² = Σ_h (n_h ÷ n)² · s_h² ÷ n_h over the participant's strata h, so differences between channels,
    which the plan fixes, do not count as chance. With few enquiries a stratum's own variance v_h is noisy
    and is drawn towards the variance p_h pooled over all participants in that stratum, as if that were
    worth ``pooling`` further degrees of freedom (about 20 is sensible for 5 to 13 enquiries):
    s_h² = (pooling · p_h + (n_h − 1) · v_h) ÷ (pooling + n_h − 1). A stratum in which nobody has two
    enquiries borrows the variance pooled over all strata.

    Raises ValueError for arrays of different shapes, positions out of range, and ``pooling`` not above 0.

    Source: W. G. Cochran, "Sampling Techniques", 3rd ed., 1977, ch. 5, for the stratified mean;
    G. K. Smyth, "Linear models and empirical Bayes methods", 2004, for the moderated variance.

    >>> standard_errors([60, 80, 70, 90], [0, 0, 1, 1], [0, 0, 0, 0], participants=2, pooling=20).tolist()
    [10.0, 10.0]
    """
    x = np.asarray(scores, np.float64)
    who, where = np.asarray(participant, np.intp), np.asarray(stratum, np.intp)
    _refuse_unfit(x, who, where, participants, pooling)
    strata = int(where.max(initial=0)) + 1
    cell = who * strata + where
    shape = (participants, strata)
    counts = np.bincount(cell, minlength=participants * strata)
    means = np.bincount(cell, weights=x, minlength=len(counts)) / np.maximum(counts, 1)
    squares = np.bincount(cell, weights=(x - means[cell]) ** 2, minlength=len(counts)).reshape(shape)
    freedom = np.maximum(counts - 1, 0).reshape(shape)
    variance = (pooling * _pooled(squares, freedom) + squares) / (pooling + freedom)
    per_stratum = counts.reshape(shape)
    enquiries = per_stratum.sum(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.sqrt(np.where(per_stratum > 0, per_stratum * variance, 0.0).sum(axis=1)) / enquiries


def _refuse_unfit(
    x: Floats, who: NDArray[np.intp], where: NDArray[np.intp], participants: int, pooling: float
) -> None:
    if x.ndim != 1 or not x.shape == who.shape == where.shape:
        raise ValueError("Scores, participants and strata must be three arrays of one length")
    if x.size and (who.min() < 0 or who.max() >= participants or where.min() < 0):
        raise ValueError("A participant or a stratum lies out of range")
    if pooling <= 0:
        raise ValueError("The pooled variance must have some weight")


def _pooled(squares: Floats, freedom: NDArray[np.intp]) -> Floats:
    """Return the variance within participants of each stratum; of all strata where one has none."""
    within = squares.sum(axis=0), freedom.sum(axis=0)
    total = int(freedom.sum())
    overall = float(squares.sum()) / total if total else np.nan
    return np.where(within[1] > 0, within[0] / np.maximum(within[1], 1), overall)


def quantile(level: float) -> float:
    """Return z, the normal quantile that leaves (1 − level) ÷ 2 on either side.

    Raises ValueError unless ``level`` lies between 0 and 1.

    >>> round(quantile(0.95), 6)
    1.959964
    """
    if not 0 < level < 1:
        raise ValueError("The level of confidence lies between 0 and 1")
    return NormalDist().inv_cdf((1 + level) / 2)


def intervals(scores: ArrayLike, errors: ArrayLike, *, level: float) -> tuple[Floats, Floats]:
    """Return the lower and upper ends of the interval score ± z · standard error, within 0 to 100.

    ``scores`` and ``errors`` have the same shape, and so have both answers, all in points of score. An
    unknown standard error, NaN, gives unknown ends. Raises ValueError unless ``level`` lies between 0 and
    1; 0.95 is usual. The normal approximation (Wald) is meant for means of some ten enquiries or more.

    >>> low, high = intervals([95.2, 62.6], [3.0, 2.0], level=0.95)
    >>> low.round(1).tolist(), high.round(1).tolist()
    ([89.3, 58.7], [100.0, 66.5])
    """
    centre, half = np.asarray(scores, np.float64), quantile(level) * np.asarray(errors, np.float64)
    return np.clip(centre - half, 0, 100), np.clip(centre + half, 0, 100)
