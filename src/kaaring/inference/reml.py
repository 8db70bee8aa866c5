"""Two crossed random effects by restricted maximum likelihood (REML): score = mean + entry + juror + error.

With a² and b² the variances of entries and jurors in units of the error's, Henderson's equations have a
diagonal block for the entries, which is eliminated exactly: what is left, S, has one row per juror and one
for the mean. Everything that depends on the scores is added up once by the number of readings an entry has,
since entries with as many readings weigh alike; each value of the criterion then costs one Cholesky
factor of S, however many entries there are.

Source: D. Bates, M. Mächler, B. Bolker, S. Walker, "Fitting Linear Mixed-Effects Models Using lme4", Journal
of Statistical Software 67, 2015, equations 39 to 42, for the criterion; C. R. Henderson, "Best linear
unbiased estimation and prediction under a selection model", Biometrics 31, 1975, for effects and errors.
"""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

type Floats = NDArray[np.float64]
type Positions = NDArray[np.intp]

PAIRS_AT_ONCE = 1 << 20
"""How many pairs of readings of one entry are looked at together."""

LEAST_ERROR = 1e-6
"""Where entries and jurors explain all variation but about this share, so much is left to chance: the
likelihood would grow without end, and beyond the numbers' precision."""


@dataclass(frozen=True, slots=True, eq=False)
class Group:
    """The entries with m readings each: what their readings add up to.

    ``rows``, shape (k, m), are the positions of the readings of k entries. ``pairs``, (J, J), counts for two
    jurors the entries they both read; ``by_juror``, (J,), adds up the sums of the entries a juror read.
    ``total`` and ``squares`` are the sum, and the sum of squares, of the entries' sums.
    """

    rows: Positions
    pairs: Floats
    by_juror: Floats
    total: float
    squares: float


@dataclass(frozen=True, slots=True, eq=False)
class Readings:
    """n scores, centred on their ``mean``, of entries by jurors; all of shape (n,)."""

    score: Floats
    mean: float
    entry: Positions
    juror: Positions
    entries: int
    jurors: int

    def groups(self) -> list[Group]:
        """Return the readings added up by how many an entry has."""
        order = np.argsort(self.entry, kind="stable")
        counts = np.bincount(self.entry, minlength=self.entries)
        first = np.cumsum(counts) - counts
        sums = np.bincount(self.entry, self.score, self.entries)
        groups = []
        for size in np.unique(counts[counts > 0]).tolist():
            own = counts == size
            rows = order[first[own][:, None] + np.arange(size)]
            pairs = np.zeros(self.jurors**2)
            for some in portions(rows):
                read = self.juror[some]
                both = read[:, :, None] * self.jurors + read[:, None, :]
                pairs += np.bincount(both.ravel(), minlength=len(pairs))
            by_juror = np.bincount(self.juror[rows].ravel(), np.repeat(sums[own], size), self.jurors)
            square = pairs.reshape(self.jurors, self.jurors)
            groups.append(Group(rows, square, by_juror, float(sums[own].sum()), float(sums[own] @ sums[own])))
        return groups


def portions(rows: Positions) -> Iterator[Positions]:
    """Yield the rows in portions with about ``PAIRS_AT_ONCE`` pairs of readings each."""
    step = max(1, PAIRS_AT_ONCE // rows.shape[1] ** 2)
    for start in range(0, len(rows), step):
        yield rows[start : start + step]


class Equations:
    """Henderson's equations of some readings, for any ratios a and b."""

    def __init__(self, readings: Readings) -> None:
        self.readings, self.groups = readings, readings.groups()
        self._counts = np.bincount(readings.juror, minlength=readings.jurors).astype(np.float64)
        self._by_juror = np.bincount(readings.juror, readings.score, readings.jurors)
        self._squares = float(readings.score @ readings.score)
        unexplained = np.linalg.cholesky(self.reduced(1e3, 1e3))[-1, -1] ** 2
        if unexplained < 3 * LEAST_ERROR * self._squares:
            self._squares *= 1 + LEAST_ERROR

    def reduced(self, a: float, b: float) -> Floats:
        """Return S, bordered by its right side and what is left of the sum of squares; (J + 2, J + 2).

        The last pivot of its Cholesky factor, squared, is the penalised sum of squares.
        """
        jurors = self.readings.jurors
        shared, sums = np.zeros((jurors, jurors)), np.zeros(jurors)
        mean, total = float(len(self.readings.score)), 0.0
        rest = self._squares
        for group in self.groups:
            count, size = group.rows.shape
            weight = a * a / (1 + a * a * size)
            shared += weight * group.pairs
            sums += weight * group.by_juror
            mean -= weight * count * size * size
            total -= weight * size * group.total
            rest -= weight * group.squares
        matrix = np.empty((jurors + 2, jurors + 2))
        matrix[:-2, :-2] = np.diag(1 + b * b * self._counts) - b * b * shared
        matrix[:-2, -2] = matrix[-2, :-2] = b * (self._counts - shared.sum(axis=1))
        matrix[:-2, -1] = matrix[-1, :-2] = b * (self._by_juror - sums)
        matrix[-2:, -2:] = [[mean, total], [total, rest]]
        return matrix

    def criterion(self, a: float, b: float) -> float:
        """Return −2 · the restricted log-likelihood at its best error variance."""
        pivots = np.diag(np.linalg.cholesky(self.reduced(a, b)))
        freedom = len(self.readings.score) - 1
        volume = 2 * float(np.log(pivots[:-1]).sum())
        for group in self.groups:
            count, size = group.rows.shape
            volume += count * math.log1p(a * a * size)
        return volume + freedom * (1 + math.log(2 * math.pi * float(pivots[-1]) ** 2 / freedom))


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """The estimates: variances, effects (E,) and (J,), and what they rest on.

    ``inverse`` is S⁻¹, (J + 1, J + 1), at the ratios ``a`` and ``b``.
    """

    readings: Readings
    groups: list[Group]
    criterion: float
    a: float
    b: float
    mean: float
    error_variance: float
    entry_effects: Floats
    juror_effects: Floats
    inverse: Floats


def fit(readings: Readings, *, are_jurors_alike: bool) -> Fit:
    """Return the REML estimates; with ``are_jurors_alike`` jurors have no effects.

    A variance that is better at 0 is exactly 0. The scores must not all be equal.
    """
    equations = Equations(readings)
    if are_jurors_alike:
        (a,), b = minimum(lambda at: equations.criterion(abs(at[0]), 0.0), [1.0]), 0.0
    else:
        a, b = minimum(lambda at: equations.criterion(abs(at[0]), abs(at[1])), [1.0, 1.0])
    a, b = abs(a), abs(b)
    best = equations.criterion(a, b) + 1e-7
    a = 0.0 if equations.criterion(0.0, b) <= best else a
    b = 0.0 if equations.criterion(a, 0.0) <= best else b
    matrix = equations.reduced(a, b)
    inverse = np.linalg.inv(matrix[:-1, :-1])
    solved = inverse @ matrix[:-1, -1]
    jurors, mean = b * solved[:-1], float(solved[-1])
    counts = np.bincount(readings.entry, minlength=readings.entries)
    above = readings.score - mean - jurors[readings.juror]
    entries = a * a * np.bincount(readings.entry, above, readings.entries) / (1 + a * a * counts)
    rest = float(matrix[-1, -1] - matrix[:-1, -1] @ solved)
    return Fit(
        readings=readings,
        groups=equations.groups,
        criterion=equations.criterion(a, b),
        a=a,
        b=b,
        mean=readings.mean + mean,
        error_variance=rest / (len(readings.score) - 1),
        entry_effects=entries,
        juror_effects=jurors,
        inverse=inverse,
    )


def leverages(found: Fit) -> Floats:
    """Return how far each reading pulls its own fitted value, shape (n,): 0 not at all, 1 all the way.

    It is 1 − P_ii · error variance, P being the projection of Henderson's equations.
    """
    size = found.readings.jurors
    design = np.hstack([found.b * np.eye(size), np.ones((size, 1))])
    kernel = design @ found.inverse @ design.T
    pulls = np.empty(len(found.readings.score))
    for group in found.groups:
        own = found.a**2 / (1 + found.a**2 * group.rows.shape[1])
        for some in portions(group.rows):
            read = found.readings.juror[some]
            across = kernel[read[:, :, None], read[:, None, :]].sum(axis=2)
            alone = np.diag(kernel)[read]
            pulls[some] = own + alone - 2 * own * across + own**2 * across.sum(axis=1, keepdims=True)
    return pulls


def minimum(function: Callable[[Floats], float], start: list[float]) -> list[float]:
    """Return where the function is smallest, by a simplex of one corner more than there are coordinates.

    Source: J. A. Nelder, R. Mead, "A simplex method for function minimization", Computer Journal 7, 1965.

    >>> [round(value, 5) for value in minimum(lambda at: (at[0] - 3) ** 2 + (at[1] + 1) ** 2, [1.0, 1.0])]
    [3.0, -1.0]
    """
    corners = [np.array(start), *(np.array(start) + 0.5 * step for step in np.eye(len(start)))]
    values = [function(corner) for corner in corners]
    for _ in range(400):
        order = np.argsort(values)
        corners, values = [corners[at] for at in order], [values[at] for at in order]
        spread = max(float(np.abs(corner - corners[0]).max()) for corner in corners[1:])
        if spread <= 1e-6 * (1 + float(np.abs(corners[0]).max())):
            break
        centre = np.mean(corners[:-1], axis=0)
        _improve(function, corners, values, centre)
    best: list[float] = corners[int(np.argmin(values))].tolist()
    return best


def _improve(
    function: Callable[[Floats], float], corners: list[Floats], values: list[float], centre: Floats
) -> None:
    """Replace the worst corner by one beyond the centre or nearer to it; failing that, shrink to the best."""

    def beyond(share: float) -> tuple[float, Floats]:
        at = centre + share * (centre - corners[-1])
        return function(at), at

    tried = reflected = beyond(1.0)
    if reflected[0] < values[0]:
        tried = min(reflected, beyond(2.0), key=lambda one: one[0])
    elif reflected[0] >= values[-2]:
        tried = beyond(0.5 if reflected[0] < values[-1] else -0.5)
        if tried[0] >= min(reflected[0], values[-1]):
            for at in range(1, len(corners)):
                corners[at] = (corners[0] + corners[at]) / 2
                values[at] = function(corners[at])
            return
    values[-1], corners[-1] = tried
