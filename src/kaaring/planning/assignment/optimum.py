"""Filling the remaining seats so that the total fit is the greatest, with proof.

The linear programme of a transport network has whole solutions. Solved on all pairs it takes seconds, so
it is solved on a few promising ones, and its prices then show which of the others could still improve it;
when none can, the total is the greatest of all. Source: G. B. Dantzig, P. Wolfe, "Decomposition principle
for linear programs", 1960, for the pricing; R. Sinkhorn, 1967, and M. Cuturi, 2013, for smooth prices.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.sparse import csr_array, vstack

from kaaring.planning.assignment.problem import Flags, Whole

type Floats = NDArray[np.float32]

WARMTHS = (256, 128, 64, 32, 16, 8)
STEPS, CANDIDATES, ADDED = 6, 12, 6
NEVER = 1_000_000


@dataclass(frozen=True, eq=False)
class Seats:
    """Seats to fill: ``needs`` (E,) of each entry, and between ``least`` and ``most`` (J,) of each juror."""

    fit: Whole
    allowed: Flags
    needs: Whole
    least: Whole
    most: Whole


def best_fit(seats: Seats, start: Flags, dice: np.random.Generator) -> tuple[Flags, Whole]:
    """Return the assignment with the greatest total fit and the price of each juror, which proves it.

    ``start`` is any assignment that fills the seats. The proof is ``bound(seats, prices)``.
    """
    placed, prices = start, np.zeros(len(seats.most), np.int64)
    if _is_proven(seats, placed, prices):
        return placed, prices
    noise = dice.random(seats.fit.shape, np.float32)
    likely = smooth_prices(seats) + WARMTHS[-1] * np.log(-np.log(np.maximum(noise, 1e-30)))
    candidates, wider = start, start | best_of(seats, likely, CANDIDATES)
    while not _is_proven(seats, placed, prices) and not np.array_equal(candidates, wider):
        candidates = wider
        placed, prices = solved(seats, candidates)
        wider = candidates | best_of(seats, prices - noise, int(seats.needs.max()) + ADDED)
    return placed, prices


def _is_proven(seats: Seats, placed: Flags, prices: Whole) -> bool:
    return bound(seats, prices) == int(seats.fit[placed].sum())


def bound(seats: Seats, prices: Whole) -> int:
    """Return what no assignment can exceed: the total fit if seats could be bought at these prices.

    Every entry takes its best jurors, fit less price, as if loads did not matter, and the price of the load
    that jurors must or may take is given back. In whole numbers, and true at any prices (weak duality).
    """
    load_worth = int(np.where(prices > 0, prices * seats.most, prices * seats.least).sum())
    width = int(seats.needs.max(initial=0))
    if width == 0:
        return load_worth
    worth = np.where(seats.allowed, seats.fit - prices, -NEVER)
    best = -np.sort(np.partition(-worth, width - 1, axis=1)[:, :width], axis=1)
    taken = best[np.arange(width) < seats.needs[:, None]]
    return int(taken.sum()) + load_worth


def best_of(seats: Seats, penalties: NDArray[np.floating], count: int) -> Flags:
    """Return, for every entry with a seat to fill, its ``count`` best jurors by fit less penalty."""
    worth = np.where(seats.allowed, seats.fit - penalties, -NEVER)
    count = min(count, worth.shape[1])
    best = np.argpartition(-worth, count - 1, axis=1)[:, :count]
    answer = np.zeros_like(seats.allowed)
    np.put_along_axis(answer, best, True, axis=1)
    return answer & seats.allowed & (seats.needs > 0)[:, None]


def solved(seats: Seats, candidates: Flags) -> tuple[Flags, Whole]:
    """Return the best assignment among the candidate pairs and the price of each juror."""
    entry, juror = np.nonzero(candidates)
    entries, jurors = candidates.shape
    pair, one = np.arange(len(entry)), np.ones(len(entry))
    per_entry = csr_array((one, (entry, pair)), shape=(entries, len(pair)))
    per_juror = csr_array((one, (juror, pair)), shape=(jurors, len(pair)))
    result = linprog(
        -seats.fit[entry, juror],
        A_ub=vstack([per_juror, -per_juror]),
        b_ub=np.concatenate([seats.most, -seats.least]),
        A_eq=per_entry,
        b_eq=seats.needs,
        bounds=(0, 1),
        method="highs-ds",
    )
    if result.status:
        raise RuntimeError(f"The linear programme of the assignment was not solved: {result.message}")
    placed = np.zeros_like(candidates)
    placed[entry, juror] = result.x > 0.5
    upper, lower = np.rint(result.ineqlin.marginals).astype(np.int64).reshape(2, jurors)
    return placed, lower - upper


def smooth_prices(seats: Seats) -> Floats:
    """Return roughly what each juror's price is in the best assignment, to choose candidates by.

    A pair is taken to the part 1 ÷ (1 + exp((price of juror + price of entry − fit) ÷ warmth)), and prices
    move by Newton's method until the parts add up to the seats, while it gets colder. Any answer is right
    to use; a good one saves rounds.
    """
    fit = np.where(seats.allowed, seats.fit, -NEVER).astype(np.float32)
    needs = seats.needs.astype(np.float32)
    jurors = np.zeros(fit.shape[1], np.float32)
    width = int(seats.needs.max())
    entries = -np.partition(-fit, width - 1, axis=1)[:, width - 1]
    for warmth in map(np.float32, WARMTHS):
        for _ in range(STEPS):
            parts, slope = _parts(fit, jurors, entries, warmth, axis=1)
            entries += np.clip((parts - needs) / slope, -2 * warmth, 2 * warmth)
            parts, slope = _parts(fit, jurors, entries, warmth, axis=0)
            dear, cheap = jurors + (parts - seats.most) / slope, jurors + (parts - seats.least) / slope
            wanted = np.maximum(dear, np.minimum(cheap, 0))
            jurors += np.clip(wanted - jurors, -2 * warmth, 2 * warmth).astype(np.float32)
    return jurors


def _parts(
    fit: Floats, jurors: Floats, entries: Floats, warmth: np.float32, *, axis: int
) -> tuple[Floats, Floats]:
    """Return the sums of the parts taken, and how fast they fall with the price."""
    tilt = np.tanh((fit - jurors - entries[:, None]) / (2 * warmth))
    parts = (tilt.sum(axis=axis) + tilt.shape[axis]) / 2
    slope = (tilt.shape[axis] - np.square(tilt).sum(axis=axis)) / (4 * warmth)
    return parts, np.maximum(slope, np.float32(0.05) / warmth)
