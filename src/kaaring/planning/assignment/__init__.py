"""Who reads which entry: seats by lottery and by fit, within loads, without conflicts.

Loads SciPy: for workers and commands, never for pages.
"""

from dataclasses import replace

import numpy as np

from kaaring.planning.assignment.comparing import comparability, components, connected
from kaaring.planning.assignment.flow import even_loads as even_loads
from kaaring.planning.assignment.flow import unplaced
from kaaring.planning.assignment.lottery import drawn, lottery_seats
from kaaring.planning.assignment.optimum import Seats, best_fit, bound
from kaaring.planning.assignment.problem import Assignment as Assignment
from kaaring.planning.assignment.problem import Flags, Underused, Whole, as_pairs, refuse_unfit
from kaaring.planning.assignment.problem import Problem as Problem
from kaaring.planning.assignment.problem import Shortage as Shortage
from kaaring.planning.assignment.problem import Unplaced as Unplaced
from kaaring.planning.assignment.problem import Why as Why


def assign(problem: Problem, *, seed: int) -> Assignment:
    """Return who reads what: the fixed pairs, then seats by lottery, then the best fit for the rest.

    1. All seats are filled at random, within every juror's ``least`` and ``most`` and among the allowed
       pairs. Where that cannot be done, as many seats as possible are, what is missing is spread over the
       entries, and the answer says which and why; no exception is raised.
    2. ``seats_by_lottery`` of these seats of every entry stay, in like numbers for every juror.
    3. The other seats are filled anew: maximise Σ fit over pairs, subject to the readings of every entry
       and the ``least`` and ``most`` of every juror. This is solved to the proven optimum; ``gap`` says 0.
    4. If the jurors fall apart into groups that share no entry, lottery seats are exchanged to connect
       them; this may cost fit, and ``gap`` then says how much at most.

    No pair is assigned that is not allowed, none twice, and no juror reads more than ``most``, unless the
    fixed pairs alone are more. The same problem and seed give the same answer with the same NumPy and
    SciPy. Raises ValueError for a malformed problem: wrong shapes, no whole numbers, fixed pairs that are
    not allowed.

    Source: K. Garg et al., "Assigning papers to referees", Algorithmica 58, 2010, for the flow; the lottery
    keeps jurors comparable, see ``comparability``.

    >>> fit = np.array([[900, 100, 0], [800, 700, 0], [0, 200, 300]])
    >>> ones = np.ones(3, np.int64)
    >>> answer = assign(Problem(fit, fit >= 0, ones, ones, ones, seats_by_lottery=0), seed=1)
    >>> answer.pairs, answer.fit, answer.gap
    (((0, 0), (1, 1), (2, 2)), 1900, 0)
    """
    refuse_unfit(problem)
    dice, held, free = np.random.default_rng(seed), problem.held, _open_seats(problem)
    chance = drawn(free.allowed, free.needs, free.least, free.most, dice)
    lottery = lottery_seats(chance, problem.seats_by_lottery, dice)
    rest, prices = best_fit(_without(free, lottery, chance), chance & ~lottery, dice)
    everything, lottery, swaps = connected(held | lottery | rest, lottery, free.allowed, problem.fit, dice)
    kept = held | lottery
    most_fit = bound(_without(free, lottery, chance), prices) + int(problem.fit[kept].sum())
    return _answer(problem, everything, lottery, most_fit, swaps)


def _open_seats(problem: Problem) -> Seats:
    """Return the seats that the fixed pairs leave open."""
    held = problem.held
    base = held.sum(axis=0)
    return Seats(
        fit=problem.fit,
        allowed=problem.allowed & ~held,
        needs=np.maximum(problem.readings - held.sum(axis=1), 0),
        least=np.maximum(problem.least - base, 0),
        most=np.maximum(problem.most - base, 0),
    )


def _without(free: Seats, lottery: Flags, chance: Flags) -> Seats:
    """Return the seats that the lottery leaves open, as far as ``chance`` shows that they can be filled."""
    drawn_of = lottery.sum(axis=0)
    return replace(
        free,
        allowed=free.allowed & ~lottery,
        needs=chance.sum(axis=1) - lottery.sum(axis=1),
        least=np.maximum(np.minimum(free.least, chance.sum(axis=0)) - drawn_of, 0),
        most=free.most - drawn_of,
    )


def _answer(problem: Problem, placed: Flags, lottery: Flags, most_fit: int, swaps: int) -> Assignment:
    loads = placed.sum(axis=0)
    return Assignment(
        pairs=as_pairs(placed),
        by_lottery=as_pairs(lottery),
        loads=tuple(loads.tolist()),
        fit=int(problem.fit[placed].sum()),
        most_fit=most_fit,
        components=components(placed),
        comparability=comparability(placed),
        swaps=swaps,
        unplaced=unplaced(problem.allowed, problem.held, placed, problem.readings),
        underused=_underused(problem.least, loads),
    )


def _underused(least: Whole, loads: Whole) -> tuple[Underused, ...]:
    return tuple(
        Underused(juror, int(least[juror]), int(loads[juror]))
        for juror in np.flatnonzero(loads < least).tolist()
    )
