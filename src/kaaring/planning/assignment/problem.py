"""What is asked of an assignment, and what comes back."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

type Whole = NDArray[np.int64]
type Flags = NDArray[np.bool_]
type Pair = tuple[int, int]

BEST_FIT = 1000


@dataclass(frozen=True, eq=False)
class Problem:
    """E entries to be read by J jurors; both are named by their positions from 0.

    ``fit``, shape (E, J), is what a juror suits an entry, in whole thousandths from 0 to 1000, so that sums
    are exact. ``allowed``, shape (E, J), is False where the juror must not read the entry: a conflict, or a
    language the juror does not read. ``readings``, shape (E,), is how many jurors each entry needs.
    ``least`` and ``most``, shape (J,), bound each juror's load, everything counted; ``even_loads`` makes
    them. The pairs in ``fixed``, entry first, stay as they are. ``seats_by_lottery`` seats of each entry,
    or those that the fixed pairs leave open if these are fewer, are filled by lottery.
    """

    fit: Whole
    allowed: Flags
    readings: Whole
    least: Whole
    most: Whole
    fixed: Sequence[Pair] = ()
    seats_by_lottery: int = 1

    @property
    def held(self) -> Flags:
        """The fixed pairs, shape (E, J)."""
        return as_flags(self.fixed, self.allowed.shape)


class Why(StrEnum):
    """Why a seat stays empty."""

    NOT_ENOUGH_ELIGIBLE = "not_enough_eligible"
    CAPACITY = "capacity"


@dataclass(frozen=True)
class Shortage:
    """Entries that compete for the same jurors: together they need more seats than they can get.

    ``jurors`` are those who may read some of them and are full: giving these more to read, or letting
    others read these entries, is what helps. ``available`` is the most that ``entries`` together can get.
    """

    entries: tuple[int, ...]
    jurors: tuple[int, ...]
    needed: int
    available: int


@dataclass(frozen=True)
class Unplaced:
    """An entry that gets ``missing`` readings too few, with how many jurors may read it at all."""

    entry: int
    missing: int
    needed: int
    eligible: int
    why: Why
    shortage: Shortage


@dataclass(frozen=True)
class Underused:
    """A juror who cannot be given ``least`` entries, only ``load``."""

    juror: int
    least: int
    load: int


@dataclass(frozen=True)
class Assignment:
    """Who reads what. Pairs are (entry, juror), sorted.

    ``fit`` is the sum over all pairs, and ``most_fit`` is proven: no assignment with the same fixed pairs,
    lottery and empty seats has more. ``components`` are the groups of jurors whom shared entries connect,
    the largest first; jurors without an entry are in none. ``comparability`` runs from 0, some jurors
    cannot be compared, to 1, as well as if everybody read everything. ``swaps`` is how many times two
    lottery seats were exchanged to connect the jurors.
    """

    pairs: tuple[Pair, ...]
    by_lottery: tuple[Pair, ...]
    loads: tuple[int, ...]
    fit: int
    most_fit: int
    components: tuple[tuple[int, ...], ...]
    comparability: float
    swaps: int
    unplaced: tuple[Unplaced, ...]
    underused: tuple[Underused, ...]

    @property
    def gap(self) -> int:
        """What a better assignment could gain at most, in thousandths; 0 is proven to be the best."""
        return self.most_fit - self.fit

    @property
    def is_complete(self) -> bool:
        """Whether every entry has all its readings."""
        return not self.unplaced

    @property
    def is_connected(self) -> bool:
        """Whether shared entries connect all jurors who read, so that all entries can be compared."""
        return len(self.components) <= 1


def refuse_unfit(problem: Problem) -> None:
    """Raise ValueError for a problem that means nothing; one that cannot be solved is none of these."""
    if problem.allowed.ndim != 2 or problem.allowed.dtype != np.bool_:
        raise ValueError("allowed must hold True and False in two dimensions")
    entries, jurors = problem.allowed.shape
    shapes = {
        "fit": (entries, jurors),
        "readings": (entries,),
        "least": (jurors,),
        "most": (jurors,),
    }
    for name, shape in shapes.items():
        values: NDArray[np.generic] = getattr(problem, name)
        if values.shape != shape or values.dtype.kind != "i":
            raise ValueError(f"{name} must hold signed whole numbers in the shape {shape}")
    if problem.fit.size and (problem.fit.min() < 0 or problem.fit.max() > BEST_FIT):
        raise ValueError("A fit lies between 0 and 1000 thousandths")
    if problem.readings.min(initial=0) < 0 or problem.seats_by_lottery < 0:
        raise ValueError("Numbers of readings are 0 or more")
    if problem.least.min(initial=0) < 0 or np.any(problem.least > problem.most):
        raise ValueError("A juror's least must be 0 or more and not above the most")
    _refuse_unfit_pairs(problem)


def _refuse_unfit_pairs(problem: Problem) -> None:
    entries, jurors = problem.allowed.shape
    for entry, juror in problem.fixed:
        if not (0 <= entry < entries and 0 <= juror < jurors):
            raise ValueError(f"The fixed pair {entry}, {juror} lies out of range")
        if not problem.allowed[entry, juror]:
            raise ValueError(f"The fixed pair {entry}, {juror} is not allowed")
    if len(set(problem.fixed)) != len(problem.fixed):
        raise ValueError("A fixed pair is named twice")


def as_flags(pairs: Sequence[Pair], shape: tuple[int, ...]) -> Flags:
    """Return the pairs as a matrix of True and False."""
    flags = np.zeros(shape, np.bool_)
    if pairs:
        flags[tuple(np.array(pairs, np.intp).T)] = True
    return flags


def as_pairs(flags: Flags) -> tuple[Pair, ...]:
    """Return the positions that are True, in order."""
    rows, columns = np.nonzero(flags)
    return tuple(zip(rows.tolist(), columns.tolist(), strict=True))
