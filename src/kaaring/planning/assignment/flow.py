"""Filling as many seats as possible, and saying which cannot be filled.

Entries and jurors are the two sides of a transport network; all is settled by maximum flows. Source:
L. R. Ford, D. R. Fulkerson, "Flows in Networks", 1962; N. S. Mendelsohn, A. L. Dulmage, "Some
generalizations of the problem of distinct representatives", 1958, for filling both sides at once.
"""

from collections.abc import Sequence

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components, maximum_flow

from kaaring.planning.assignment.problem import Flags, Pair, Shortage, Unplaced, Whole, Why, as_flags


def filled(allowed: Flags, placed: Flags, needs: Whole, limits: Whole) -> Flags:
    """Return ``placed`` with as many more seats filled as possible.

    All of shape (E, J), (E,) or (J,): ``needs`` are the seats that entries may have, ``limits`` those that
    jurors may take, in all. Seats may be rearranged among the allowed pairs on the way, but no entry and no
    juror ends with fewer than before.
    """
    entries, jurors = allowed.shape
    source, sink = entries + jurors, entries + jurors + 1
    free, taken = np.nonzero(allowed & ~placed), np.nonzero(placed)
    arcs = (
        (np.full(entries, source), np.arange(entries), needs - placed.sum(axis=1)),
        (free[0], entries + free[1], np.ones(len(free[0]), np.int64)),
        (entries + taken[1], taken[0], np.ones(len(taken[0]), np.int64)),
        (entries + np.arange(jurors), np.full(jurors, sink), limits - placed.sum(axis=0)),
    )
    tails, heads, room = (np.concatenate(parts) for parts in zip(*arcs, strict=True))
    room = np.clip(room, 0, sink).astype(np.int32)
    network = csr_array((room, (tails, heads)), shape=(sink + 1, sink + 1))
    flow = maximum_flow(network, source, sink).flow[:entries, entries:source].tocoo()
    answer = placed.copy()
    answer[flow.row, flow.col] ^= flow.data != 0
    return answer


def fairly_filled(allowed: Flags, needs: Whole, least: Whole, most: Whole) -> Flags:
    """Return as many seats filled as possible, with loads that reach ``least`` as far as they can.

    Where not all can be filled, what is missing is spread: as many entries as possible get their first
    reading, then their second, and so on.
    """
    nobody = np.zeros(allowed.shape, np.bool_)
    placed = filled(allowed, filled(allowed, nobody, needs, least), needs, most)
    if np.array_equal(placed.sum(axis=1), needs):
        return placed
    spread = nobody
    for level in range(1, int(needs.max()) + 1):
        spread = filled(allowed, spread, np.minimum(needs, level), most)
    attained = spread.sum(axis=1)
    return filled(allowed, filled(allowed, nobody, attained, least), attained, most)


def unplaced(allowed: Flags, held: Flags, placed: Flags, needs: Whole) -> tuple[Unplaced, ...]:
    """Return what ``placed``, which is filled as far as possible and includes ``held``, leaves empty.

    From each entry with an empty seat everything is followed that could make room: to every juror who may
    read it and does not, and from there to every entry whose reading could be taken away for it. What is
    reached is a shortage (the smaller side of a minimum cut).
    """
    missing = needs - placed.sum(axis=1)
    short = np.flatnonzero(missing > 0)
    if not len(short):
        return ()
    eligible = allowed.sum(axis=1)
    shortages = _shortages(allowed & ~placed, placed & ~held, placed, needs, short)
    return tuple(
        Unplaced(
            entry=entry,
            missing=int(missing[entry]),
            needed=int(needs[entry]),
            eligible=int(eligible[entry]),
            why=Why.NOT_ENOUGH_ELIGIBLE if eligible[entry] < needs[entry] else Why.CAPACITY,
            shortage=shortages[entry],
        )
        for entry in short.tolist()
    )


def _shortages(
    open_to: Flags, movable: Flags, placed: Flags, needs: Whole, short: Whole
) -> dict[int, Shortage]:
    """Return the shortage of each entry that is short; entries that share a juror share it."""
    entries, jurors = open_to.shape
    reached, full = np.zeros(entries, np.bool_), np.zeros(jurors, np.bool_)
    reached[short] = True
    while True:
        full = open_to[reached].any(axis=0)
        wider = reached | movable[:, full].any(axis=1)
        if np.array_equal(wider, reached):
            break
        reached = wider
    links = (open_to | movable) & reached[:, None] & full
    label = groups(links)[:entries]
    answer: dict[int, Shortage] = {}
    for group in np.unique(label[short]).tolist():
        inside = reached & (label == group)
        shortage = Shortage(
            entries=tuple(np.flatnonzero(inside).tolist()),
            jurors=tuple(np.flatnonzero(open_to[inside].any(axis=0)).tolist()),
            needed=int(needs[inside].sum()),
            available=int(placed[inside].sum()),
        )
        answer |= dict.fromkeys(np.flatnonzero(inside).tolist(), shortage)
    return answer


def groups(links: Flags) -> Whole:
    """Return for every entry, then every juror, the number of the connected group it is in."""
    entries, jurors = links.shape
    rows, columns = np.nonzero(links)
    size = entries + jurors
    graph = csr_array((np.ones(len(rows), np.int8), (rows, entries + columns)), shape=(size, size))
    label: Whole = connected_components(graph, directed=False)[1].astype(np.int64)
    return label


def even_loads(
    readings: Whole, allowed: Flags, capacity: Whole, *, fixed: Sequence[Pair]
) -> tuple[Whole, Whole]:
    """Return the least and the most that each juror should read, so that loads differ by one at most.

    ``readings`` (E,), ``allowed`` (E, J) and ``fixed`` are those of a ``Problem``; ``capacity`` (J,) is
    what each juror is willing to read in all. A juror with less capacity reads that much and the others
    share the rest. Where conflicts and languages leave no even plan, jurors who must read more may, and
    those who cannot read as much need not: by no more than it takes to fill every seat that can be filled.
    """
    held = as_flags(fixed, allowed.shape)
    base = held.sum(axis=0)
    needs = np.maximum(readings - held.sum(axis=1), 0)
    ceiling = np.maximum(np.minimum(capacity, len(readings)), base)
    level = _even_level(int(needs.sum() + base.sum()), base, ceiling)
    placed, height = np.zeros_like(held), level - 1
    most_placed = int(filled(allowed & ~held, placed, needs, ceiling - base).sum())
    while int(placed.sum()) < most_placed:
        placed = filled(allowed & ~held, placed, needs, np.minimum(ceiling, height) - base)
        height += 1
    loads = placed.sum(axis=0) + base
    least, most = np.minimum(ceiling, level - 1), np.minimum(ceiling, level)
    return np.minimum(least, loads), np.maximum(most, loads)


def _even_level(total: int, base: Whole, ceiling: Whole) -> int:
    """Return the lowest load up to which everybody must read, if willing, for ``total`` to be read."""
    level, highest = 1, int(ceiling.max(initial=0))
    while level < highest and int(np.maximum(base, np.minimum(ceiling, level)).sum()) < total:
        level += 1
    return level
