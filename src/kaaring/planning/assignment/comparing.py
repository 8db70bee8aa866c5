"""Whether jurors share entries, so that all marks can be put on one scale, and how well.

Source: M. Fiedler, "Algebraic connectivity of graphs", 1973; as a measure of how well a block design
compares (E-efficiency), J. A. John, E. R. Williams, "Cyclic and Computer Generated Designs", 1995.
"""

import numpy as np

from kaaring.planning.assignment.flow import groups
from kaaring.planning.assignment.problem import Flags, Whole

DRAWS, TRIALS = 4_000, 40


def components(placed: Flags) -> tuple[tuple[int, ...], ...]:
    """Return the groups of jurors, shape of ``placed`` (E, J), whom shared entries connect, largest first."""
    reading = np.flatnonzero(placed.any(axis=0))
    label = groups(placed)[placed.shape[0] + reading]
    found = (tuple(reading[label == group].tolist()) for group in np.unique(label).tolist())
    return tuple(sorted(found, key=lambda jurors: (-len(jurors), jurors)))


def comparability(placed: Flags) -> float:
    """Return how well jurors can be compared, from 0, some not at all, to 1, all read everything.

    The information about the differences between jurors, when every entry has a level of its own, is the
    matrix D − N′ diag(1 ÷ n) N of loads D, pairs N and readings n. Answered is its second smallest
    eigenvalue over the mean of all but the smallest, which is always 0.
    """
    pairs = placed[:, placed.any(axis=0)].astype(np.float64)
    jurors = pairs.shape[1]
    if jurors < 2:
        return 1.0
    readings = np.maximum(pairs.sum(axis=1), 1)
    information = np.diag(pairs.sum(axis=0)) - pairs.T @ (pairs / readings[:, None])
    mean = float(np.trace(information)) / (jurors - 1)
    second = float(np.linalg.eigvalsh(information)[1])
    return min(max(second / mean, 0.0), 1.0) if mean > 1e-9 and second > 1e-9 else 0.0


def connected(
    placed: Flags, lottery: Flags, allowed: Flags, fit: Whole, dice: np.random.Generator
) -> tuple[Flags, Flags, int]:
    """Return the assignment and its lottery with seats exchanged to connect the jurors, and how many times.

    Two lottery seats in different components exchange their jurors, which changes no load. Of the
    exchanges looked at, the one that costs least fit and connects is made, until one component is left or
    none helps: where conflicts or languages divide the jurors, they stay divided.
    """
    swaps = 0
    while len(components(placed)) > 1:
        found = _connecting_swap(placed, lottery, allowed, fit, dice)
        if found is None:
            break
        placed, lottery = placed ^ found, lottery ^ found
        swaps += 1
    return placed, lottery, swaps


def _connecting_swap(
    placed: Flags, lottery: Flags, allowed: Flags, fit: Whole, dice: np.random.Generator
) -> Flags | None:
    """Return the four pairs that change in an exchange that leaves fewer components, or None."""
    entry, juror = np.nonzero(lottery)
    if not len(entry):
        return None
    count, label = len(components(placed)), groups(placed)[entry]
    one, two = dice.integers(len(entry), size=(2, DRAWS))
    may = (label[one] != label[two]) & allowed[entry[one], juror[two]] & allowed[entry[two], juror[one]]
    one, two = one[may], two[may]
    loss = fit[entry[one], juror[one]] + fit[entry[two], juror[two]]
    loss = loss - fit[entry[one], juror[two]] - fit[entry[two], juror[one]]
    for trial in np.argsort(loss, kind="stable")[:TRIALS].tolist():
        seats = [one[trial], two[trial]]
        change = np.zeros_like(placed)
        change[np.ix_(entry[seats], juror[seats])] = True
        if len(components(placed ^ change)) < count:
            return change
    return None
