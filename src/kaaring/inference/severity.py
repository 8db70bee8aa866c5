"""How strict jurors are: every juror beside colleagues who read the same entries.

The model is score = mean + entry + juror + error, fitted by REML: that of the NeurIPS reviewers' calibration
(J. C. Platt, C. J. C. Burges, 2012; H. Ge, M. Welling, Z. Ghahramani, 2013; N. D. Lawrence, 2014). Scores in
``kaaring.scoring`` stay as they are; this says what they would be if every juror marked like an average one.
"""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from kaaring.inference.reml import LEAST_ERROR, Floats, Positions, Readings, fit, leverages

FEWEST_JURORS = 3
"""With fewer jurors than this nothing can be said about how much they differ."""

ENOUGH_READINGS = 10
"""A juror with fewer readings gets no remark."""

ERRATIC, MUTED, HALO = 1.5, 0.5, 0.3
"""Remarks begin above, below and above these: two mean squares and a halo index."""


@dataclass(frozen=True, slots=True)
class Part[E: Hashable, J: Hashable]:
    """Entries and jurors that readings connect, directly or by way of others."""

    entries: frozenset[E]
    jurors: frozenset[J]


def parts[E: Hashable, J: Hashable](pairs: Iterable[tuple[E, J]]) -> list[Part[E, J]]:
    """Return what the readings (entry, juror) fall into, the part with most entries first.

    With one part all entries can be compared; entries of two parts have no juror in common, by way of
    however many others, and a strict jury cannot be told from weak entries.

    >>> [sorted(part.entries) for part in parts([("A", 1), ("B", 1), ("B", 2), ("C", 3)])]
    [['A', 'B'], ['C']]
    """
    jurors_of: dict[E, list[J]] = {}
    entries_of: dict[J, list[E]] = {}
    for entry, juror in pairs:
        jurors_of.setdefault(entry, []).append(juror)
        entries_of.setdefault(juror, []).append(entry)
    found = []
    left = dict.fromkeys(jurors_of)
    while left:
        first = next(iter(left))
        entries, jurors, waiting = {first}, set[J](), [first]
        while waiting:
            for juror in jurors_of[waiting.pop()]:
                if juror not in jurors:
                    jurors.add(juror)
                    reached = set(entries_of[juror]) - entries
                    entries |= reached
                    waiting += reached
        found.append(Part(frozenset(entries), frozenset(jurors)))
        for entry in entries:
            del left[entry]
    return sorted(found, key=lambda part: -len(part.entries))


@dataclass(frozen=True, slots=True, eq=False)
class Severity:
    """What the model says, all in points of score.

    ``severities``, (J,), are how much lower than an average juror each one marks, above 0 for a strict one;
    ``errors``, (J,), are their standard errors. ``raw`` and ``adjusted``, (E,), are the means of an entry's
    scores before and after each is moved by its juror's severity, NaN without readings; ``entry_effects``,
    (E,), are the model's own, drawn towards 0 the more the fewer readings there are. ``residuals``, (n,), are
    what entry and juror do not explain, and ``mean_squares``, (J,), their size in units of what chance
    explains: 1 is usual, NaN unknown. ``readings``, (J,), counts. ``juror_variance`` is None with fewer than
    ``FEWEST_JURORS``; a variance of 0 means that no difference was found. ``criterion`` is −2 · the
    restricted log-likelihood.
    """

    mean: float
    entry_variance: float
    juror_variance: float | None
    error_variance: float
    criterion: float
    severities: Floats
    errors: Floats
    raw: Floats
    adjusted: Floats
    entry_effects: Floats
    residuals: Floats
    mean_squares: Floats
    readings: Positions

    @property
    def agreement(self) -> float:
        """Which share of the variation of single scores lies between entries: ICC(A,1), gaps allowed."""
        total = self.entry_variance + (self.juror_variance or 0.0) + self.error_variance
        return self.entry_variance / total if total else float("nan")

    @property
    def is_erratic(self) -> NDArray[np.bool_]:
        """Jurors with enough readings whose scores vary more than others' beyond entry and severity; (J,)."""
        return (self.readings >= ENOUGH_READINGS) & (self.mean_squares > ERRATIC)

    @property
    def is_muted(self) -> NDArray[np.bool_]:
        """Jurors with enough readings who hardly leave what entry and severity foretell; (J,)."""
        return (self.readings >= ENOUGH_READINGS) & (self.mean_squares < MUTED)


def severity(scores: ArrayLike, entry: ArrayLike, juror: ArrayLike, *, entries: int, jurors: int) -> Severity:
    """Return how strict each juror is, from n scores with the positions of their entry and juror.

    All three have shape (n,); scores are 0 to 100. Where everybody reads everything, adjusting moves nothing.

    Raises ValueError for arrays of different shapes, positions out of range, scores that are no numbers,
    readings that fall into several ``parts``, and where no entry was read twice.

    >>> found = severity([60, 70, 50, 60, 80, 90, 65, 58, 83], [0, 0, 1, 1, 2, 2, 0, 1, 2],
    ...                  [0, 1, 0, 1, 0, 1, 2, 2, 2], entries=3, jurors=3)
    >>> int(found.severities.argmax()), np.allclose(found.adjusted, found.raw)
    (0, True)
    """
    x = np.asarray(scores, np.float64)
    who, by = np.asarray(entry, np.intp), np.asarray(juror, np.intp)
    _refuse_unfit(x, who, by, entries, jurors)
    readings = Readings(x - x.mean(), float(x.mean()), who, by, entries, jurors)
    if not np.any(readings.score):
        return _without_variation(readings)
    found = fit(readings, are_jurors_alike=jurors < FEWEST_JURORS)
    variance = found.error_variance
    residuals = x - found.mean - found.entry_effects[who] - found.juror_effects[by]
    freedom = np.bincount(by, 1 - leverages(found), jurors)
    with np.errstate(invalid="ignore", divide="ignore"):
        squares = np.bincount(by, residuals**2, jurors) / variance / freedom
    return Severity(
        mean=found.mean,
        entry_variance=found.a**2 * variance,
        juror_variance=None if jurors < FEWEST_JURORS else found.b**2 * variance,
        error_variance=variance,
        criterion=found.criterion,
        severities=-found.juror_effects,
        errors=found.b * np.sqrt(variance * np.diag(found.inverse)[:-1]),
        raw=_means(x, who, entries),
        adjusted=_means(x - found.juror_effects[by], who, entries),
        entry_effects=found.entry_effects,
        residuals=residuals,
        mean_squares=np.where((freedom > 1e-9) & (variance > 10 * LEAST_ERROR * x.var()), squares, np.nan),
        readings=np.bincount(by, minlength=jurors),
    )


def _refuse_unfit(x: Floats, who: Positions, by: Positions, entries: int, jurors: int) -> None:
    if x.ndim != 1 or not x.shape == who.shape == by.shape:
        raise ValueError("Scores, entries and jurors must be three arrays of one length")
    if x.size and (min(who.min(), by.min()) < 0 or who.max() >= entries or by.max() >= jurors):
        raise ValueError("An entry or a juror lies out of range")
    if not np.all(np.isfinite(x)):
        raise ValueError("Every score must be a number")
    if np.bincount(who, minlength=1).max() < 2:
        raise ValueError("No entry was read twice, so jurors cannot be compared")
    if len(parts(zip(who.tolist(), by.tolist(), strict=True))) > 1:
        raise ValueError("The readings fall into parts that no juror connects")


def _means(values: Floats, who: Positions, entries: int) -> Floats:
    with np.errstate(invalid="ignore"):
        return np.bincount(who, values, entries) / np.bincount(who, minlength=entries)


def _without_variation(readings: Readings) -> Severity:
    """Return what can be said where all scores are equal: no difference was found."""
    none = np.zeros(readings.jurors)
    same = _means(readings.score + readings.mean, readings.entry, readings.entries)
    return Severity(
        mean=readings.mean,
        entry_variance=0.0,
        juror_variance=None if readings.jurors < FEWEST_JURORS else 0.0,
        error_variance=0.0,
        criterion=float("nan"),
        severities=none,
        errors=none,
        raw=same,
        adjusted=same,
        entry_effects=np.zeros(readings.entries),
        residuals=readings.score,
        mean_squares=np.full(readings.jurors, np.nan),
        readings=np.bincount(readings.juror, minlength=readings.jurors),
    )


def halo(marks: ArrayLike, entry: ArrayLike, juror: ArrayLike, *, entries: int, jurors: int) -> Floats:
    """Return each juror's halo index, shape (J,): how far the criteria move together more than usual.

    ``marks``, (n, C), are one row of marks on C criteria for each of n scorecards, without gaps; the others
    are as in ``severity``. The index is the mean correlation between the residuals of a juror's criteria,
    each criterion fitted by itself, minus the jury's median; above ``HALO`` it is worth a remark. It is NaN
    for a juror with fewer than ``ENOUGH_READINGS``, and where a criterion's residuals do not vary.

    Raises ValueError as ``severity``, and for fewer than two criteria.
    """
    x, by = np.asarray(marks, np.float64), np.asarray(juror, np.intp)
    if x.ndim != 2 or x.shape[1] < 2:
        raise ValueError("A halo needs two criteria or more")
    residuals = np.column_stack(
        [severity(column, entry, juror, entries=entries, jurors=jurors).residuals for column in x.T]
    )
    together = np.full(jurors, np.nan)
    for one in np.flatnonzero(np.bincount(by, minlength=jurors) >= ENOUGH_READINGS).tolist():
        own = residuals[by == one]
        if np.all(np.ptp(own, axis=0) > 1e-9):
            correlations = np.corrcoef(own, rowvar=False)
            together[one] = correlations[np.triu_indices(len(correlations), k=1)].mean()
    known = together[~np.isnan(together)]
    return together - np.median(known) if known.size else together


def leaders_without(
    found: Severity, entry: ArrayLike, juror: ArrayLike, *, top: int
) -> list[tuple[int, ...]]:
    """Return for each juror who would lead by adjusted scores without that juror's readings.

    ``entry`` and ``juror``, (n,), are those of ``severity``, and severities are kept as found. Each answer
    has the positions of the best ``top`` entries, the first first, equal ones in their order; entries without
    a reading left are not among them. Compare with the same of ``found.adjusted``.
    """
    who, by = np.asarray(entry, np.intp), np.asarray(juror, np.intp)
    moved = found.mean + found.entry_effects[who] + found.residuals
    leaders = []
    for one in range(len(found.severities)):
        kept = by != one
        scores = _means(moved[kept], who[kept], len(found.adjusted))
        order = np.argsort(-scores, kind="stable")
        leaders.append(tuple(order[~np.isnan(scores[order])][:top].tolist()))
    return leaders
