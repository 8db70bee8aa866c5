"""Seats filled by lottery, so that jurors are compared with colleagues they would not meet by fit.

Source: the switches are those of A. R. Rao, R. Jana, S. Bandyopadhyay, "A Markov chain Monte Carlo method
for generating random (0, 1)-matrices with given marginals", Sankhyā A 58, 1996.
"""

import numpy as np

from kaaring.planning.assignment.flow import fairly_filled
from kaaring.planning.assignment.problem import Flags, Whole

ROUNDS = 60


def drawn(allowed: Flags, needs: Whole, least: Whole, most: Whole, dice: np.random.Generator) -> Flags:
    """Return a random assignment, shape (E, J), that fills as many seats as possible.

    Entries and jurors are put into a random order, seats are filled, and then pairs of seats, all seats in
    pairs at once, exchange their jurors wherever that is allowed, in 60 rounds: enough to forget the start.
    """
    rows, columns = dice.permutation(allowed.shape[0]), dice.permutation(allowed.shape[1])
    cells = np.ix_(rows, columns)
    placed = np.zeros_like(allowed)
    placed[cells] = fairly_filled(allowed[cells], needs[rows], least[columns], most[columns])
    entry, juror = np.nonzero(placed)
    for _ in range(ROUNDS):
        order = dice.permutation(len(entry))
        half = len(order) // 2
        _exchange(allowed, placed, entry, juror, order[: 2 * half].reshape(2, half))
    return placed


def _exchange(allowed: Flags, placed: Flags, entry: Whole, juror: Whole, pairs: Whole) -> None:
    """Let the two seats of every pair, shape (2, n), exchange their jurors in place, where this is allowed.

    Where two exchanges would fill the same place, neither is made.
    """
    one, two = pairs
    free = allowed & ~placed
    may = free[entry[one], juror[two]] & free[entry[two], juror[one]]
    one, two = one[may], two[may]
    width = placed.shape[1]
    wanted = np.concatenate([entry[one] * width + juror[two], entry[two] * width + juror[one]])
    _, position, times = np.unique(wanted, return_inverse=True, return_counts=True)
    is_alone = (times[position] == 1).reshape(2, -1).all(axis=0)
    one, two = one[is_alone], two[is_alone]
    seats = np.concatenate([one, two])
    placed[entry[seats], juror[seats]] = False
    juror[one], juror[two] = juror[two], juror[one]
    placed[entry[seats], juror[seats]] = True


def lottery_seats(placed: Flags, seats: int, dice: np.random.Generator) -> Flags:
    """Return the seats of a random assignment that count as drawn; the others are for fit to fill.

    Of every entry ``seats`` are drawn, or all it has if these are fewer, and of every juror the share that
    falls on the juror's load, rounded up or down. Such a choice always exists: taking the same part of
    every seat is a flow, so there is a flow in whole numbers between the rounded bounds.
    """
    have = placed.sum(axis=1)
    needs = np.minimum(have, seats)
    share = np.round((placed * (needs / np.maximum(have, 1))[:, None]).sum(axis=0), 6)
    least, most = np.floor(share).astype(np.int64), np.ceil(share).astype(np.int64)
    rows, columns = dice.permutation(placed.shape[0]), dice.permutation(placed.shape[1])
    cells = np.ix_(rows, columns)
    answer = np.zeros_like(placed)
    answer[cells] = fairly_filled(placed[cells], needs[rows], least[columns], most[columns])
    return answer
