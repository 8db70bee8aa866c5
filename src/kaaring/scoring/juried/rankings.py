"""Jurors who rank instead of marking: Borda's points and Schulze's paths. Ties and gaps are allowed."""

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kaaring.scoring.juried.tallied import Tallied, TieBreakers, tallied
from kaaring.scoring.standings import Place, places

NOT_THERE = -1
"""The rank of an entry that a voter did not have to rank."""


@dataclass(frozen=True, slots=True)
class Ranking[E: Hashable]:
    """Entries from the best to the last, those ranked alike in one tier, and how many rank them so.

    ``over`` are the entries there were to rank, None for all: a voter who may not judge an entry, or was not
    given it, has no opinion of it. Entries of these that are not named come after all that are, ranked alike.
    """

    tiers: tuple[tuple[E, ...], ...]
    count: int = 1
    over: frozenset[E] | None = None


def in_order[E: Hashable](
    entries: Iterable[E], count: int = 1, over: Iterable[E] | None = None
) -> Ranking[E]:
    """Return the ranking without ties.

    >>> in_order("ACB", 5).tiers
    (('A',), ('C',), ('B',))
    """
    tiers = tuple((entry,) for entry in entries)
    return Ranking(tiers, count, None if over is None else frozenset(over))


def checked[E: Hashable](entries: Sequence[E], rankings: Iterable[Ranking[E]]) -> list[Ranking[E]]:
    """Return the rankings.

    Raises ValueError for an unknown entry, one named twice or without having been there to rank, and a count
    below 1.
    """
    known, listed = set(entries), list(rankings)
    if len(known) < len(entries):
        raise ValueError("An entry stands twice among the entries")
    for ranking in listed:
        named = [entry for tier in ranking.tiers for entry in tier]
        if unknown := [entry for entry in (*named, *(ranking.over or ())) if entry not in known]:
            raise ValueError(f"{unknown[0]} is ranked and is not among the entries")
        if len(set(named)) < len(named):
            raise ValueError("A ranking names an entry twice")
        if ranking.over is not None and not ranking.over.issuperset(named):
            raise ValueError("A ranking names an entry that was not there to rank")
        if ranking.count < 1:
            raise ValueError("A ranking is that of at least one voter")
    return listed


def borda[E: Hashable](
    entries: Sequence[E], rankings: Iterable[Ranking[E]], *, ties: TieBreakers[E]
) -> list[Tallied[E]]:
    """Return each entry's Borda points.

    Of n entries a voter's first gets n − 1 points, the last 0. Entries ranked alike, and those not ranked,
    get the mean of the points their places are worth. Over m entries, fewer than n, the first gets n − 1 and
    the last 0 as well, in equal steps; with one entry to rank a voter compares nothing and gives no points.
    The score is the share of the most there could be, n − 1 points from every voter who had the entry: the
    mean over those voters of where each of them puts it, from 0 for the last to 100 for the first.

    Equal scores go through ``ties``. An entry that nobody could compare has no place; the only entry there is
    has a place and no score. Raises ValueError as ``checked``.

    Source: J.-C. de Borda, "Mémoire sur les élections au scrutin", 1781; ties after M. G. Kendall, "Rank
    Correlation Methods", 1948; means over those who had the entry to rank after S. Lin, "Space Oriented
    Rank-Based Data Integration", Statistical Applications in Genetics and Molecular Biology 9, 2010.

    >>> [(line.entry, line.value) for line in borda("ABC", [in_order("ABC", 2), in_order("C")], ties=[])]
    [('A', Fraction(9, 2)), ('B', Fraction(5, 2)), ('C', Fraction(2, 1))]
    >>> partly = [in_order("ABC"), in_order("BC", over="BC")]
    >>> [(line.entry, line.score) for line in borda("ABC", partly, ties=[])]
    [('A', Fraction(100, 1)), ('B', Fraction(75, 1)), ('C', Fraction(0, 1))]
    """
    values, most = dict.fromkeys(entries, Fraction(0)), Counter[E]()
    highest = len(entries) - 1
    for ranking, tiers in _comparing(entries, rankings):
        below = sum(map(len, tiers))
        step = ranking.count * Fraction(highest, max(below - 1, 1))
        for tier in tiers:
            below -= len(tier)
            for entry in tier:
                values[entry] += step * (below + Fraction(len(tier) - 1, 2))
                most[entry] += ranking.count * highest
    return tallied(values, most, ties=ties)


def _comparing[E: Hashable](
    entries: Sequence[E], rankings: Iterable[Ranking[E]]
) -> Iterator[tuple[Ranking[E], list[tuple[E, ...]]]]:
    """Yield the rankings that compare entries, with all their tiers; the only entry need not be compared."""
    for ranking in checked(entries, rankings):
        named = {entry for tier in ranking.tiers for entry in tier}
        over = set(entries) if ranking.over is None else ranking.over
        if len(over) >= min(2, len(entries)):
            yield ranking, [*ranking.tiers, tuple(one for one in entries if one in over - named)]


@dataclass(frozen=True, slots=True)
class Schulze[E: Hashable]:
    """The outcome of Schulze's method.

    ``preferred[a, b]`` is how many voters rank a above b, ``strengths[a, b]`` the strength of the strongest
    path from a to b. a beats b where ``strengths[a, b] > strengths[b, a]``; the more beat an entry, the
    later its place, and those beaten by the same number share one unless a tie-breaker parts them. An entry
    that nobody could compare has no place.
    """

    preferred: Mapping[tuple[E, E], int]
    strengths: Mapping[tuple[E, E], int]
    places: Mapping[E, Place]

    @property
    def winners(self) -> tuple[E, ...]:
        """The entries that no other beats."""
        return tuple(entry for entry, place in self.places.items() if place.place == 1)


def schulze[E: Hashable](
    entries: Sequence[E], rankings: Iterable[Ranking[E]], *, ties: TieBreakers[E]
) -> Schulze[E]:
    """Return the places by Schulze's method, the strength of a link being the votes for it (winning votes).

    Only the winning side of a pair is a link. Those that the same number of others beat go through ``ties``.

    A voter counts in a pair who had both entries to rank, so that having been kept from one speaks neither
    for nor against it. Time grows with the cube of the number of entries. Raises ValueError as ``checked``.

    Source: M. Schulze, "A new monotonic, clone-independent, reversal symmetric, and condorcet-consistent
    single-winner election method", Social Choice and Welfare 36, 2011; pairs among what each voter had after
    W. D. Cook, B. Golany, M. Penn and T. Raviv, "Creating a consensus ranking of proposals from reviewers'
    partial ordinal rankings", Computers & Operations Research 34, 2007.

    >>> schulze("ABC", [in_order("ABC", 4), in_order("BCA", 3), in_order("CAB", 2)], ties=[]).winners
    ('A',)
    >>> schulze("ABC", [in_order("ABC"), in_order("BC", 4, over="BC")], ties=[]).winners
    ('A',)
    """
    size = len(entries)
    votes, is_compared = np.zeros((size, size), np.int64), np.zeros(size, np.bool_)
    for ranking, tiers in _comparing(entries, rankings):
        tier_of = {entry: number for number, tier in enumerate(tiers) for entry in tier}
        rank = np.array([tier_of.get(entry, NOT_THERE) for entry in entries])
        is_there = rank != NOT_THERE
        is_compared |= is_there
        both = is_there[:, None] & is_there[None, :]
        votes += ranking.count * (both & (rank[:, None] < rank[None, :]))
    paths = np.where(votes > votes.T, votes, 0)
    for between in range(size):
        np.maximum(paths, np.minimum(paths[:, between, None], paths[None, between, :]), out=paths)
    beaten_by = (paths < paths.T).sum(axis=1).tolist()
    lines = zip(entries, beaten_by, is_compared.tolist(), strict=True)
    standing = {entry: Fraction(-count) for entry, count, is_placed in lines if is_placed}
    return Schulze(
        _pairs(entries, votes),
        _pairs(entries, paths),
        places(standing, ties=ties, shared_when_rounded_equal=False),
    )


def _pairs[E: Hashable](entries: Sequence[E], matrix: NDArray[Any]) -> dict[tuple[E, E], int]:
    return {
        (one, other): value
        for one, row in zip(entries, matrix.tolist(), strict=True)
        for other, value in zip(entries, row, strict=True)
        if one != other
    }
