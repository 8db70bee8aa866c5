"""Jurors who rank instead of marking: Borda's points and Schulze's paths. Ties and gaps are allowed."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kaaring.scoring.juried.tallied import Tallied, tallied
from kaaring.scoring.standings import Place, places


@dataclass(frozen=True, slots=True)
class Ranking[E: Hashable]:
    """Entries from the best to the last, those ranked alike in one tier, and how many rank them so.

    Entries that are not named come after all that are, ranked alike.
    """

    tiers: tuple[tuple[E, ...], ...]
    count: int = 1


def in_order[E: Hashable](entries: Iterable[E], count: int = 1) -> Ranking[E]:
    """Return the ranking without ties.

    >>> in_order("ACB", 5)
    Ranking(tiers=(('A',), ('C',), ('B',)), count=5)
    """
    return Ranking(tuple((entry,) for entry in entries), count)


def checked[E: Hashable](entries: Sequence[E], rankings: Iterable[Ranking[E]]) -> list[Ranking[E]]:
    """Return the rankings; ValueError for an unknown entry, one named twice, and a count below 1."""
    known, listed = set(entries), list(rankings)
    if len(known) < len(entries):
        raise ValueError("An entry stands twice among the entries")
    for ranking in listed:
        named = [entry for tier in ranking.tiers for entry in tier]
        if unknown := [entry for entry in named if entry not in known]:
            raise ValueError(f"{unknown[0]} is ranked and is not among the entries")
        if len(set(named)) < len(named):
            raise ValueError("A ranking names an entry twice")
        if ranking.count < 1:
            raise ValueError("A ranking is that of at least one voter")
    return listed


def borda[E: Hashable](entries: Sequence[E], rankings: Iterable[Ranking[E]]) -> list[Tallied[E]]:
    """Return each entry's Borda points.

    Of n entries a voter's first gets n − 1 points, the last 0. Entries ranked alike, and those not ranked,
    get the mean of the points their places are worth, so that every voter gives the same sum. The score is
    the share of the most there could be, n − 1 points from every voter. Raises ValueError as ``checked``.

    Source: J.-C. de Borda, "Mémoire sur les élections au scrutin", 1781; ties after M. G. Kendall, "Rank
    Correlation Methods", 1948.

    >>> [(line.entry, line.value) for line in borda("ABC", [in_order("ABC", 2), in_order("C")])]
    [('A', Fraction(9, 2)), ('B', Fraction(5, 2)), ('C', Fraction(2, 1))]
    """
    listed = checked(entries, rankings)
    values = dict.fromkeys(entries, Fraction(0))
    for ranking in listed:
        below = len(entries)
        for tier in _all_tiers(entries, ranking):
            below -= len(tier)
            for entry in tier:
                values[entry] += ranking.count * (below + Fraction(len(tier) - 1, 2))
    voters = sum(ranking.count for ranking in listed)
    return tallied(values, most=voters * (len(entries) - 1), votes=voters)


def _all_tiers[E: Hashable](entries: Sequence[E], ranking: Ranking[E]) -> list[tuple[E, ...]]:
    named = {entry for tier in ranking.tiers for entry in tier}
    return [*ranking.tiers, tuple(entry for entry in entries if entry not in named)]


@dataclass(frozen=True, slots=True)
class Schulze[E: Hashable]:
    """The outcome of Schulze's method.

    ``preferred[a, b]`` is how many voters rank a above b, ``strengths[a, b]`` the strength of the strongest
    path from a to b. a beats b where ``strengths[a, b] > strengths[b, a]``; the more beat an entry, the
    later its place, and the same number share one. Where nobody voted there are no places.
    """

    preferred: Mapping[tuple[E, E], int]
    strengths: Mapping[tuple[E, E], int]
    places: Mapping[E, Place]

    @property
    def winners(self) -> tuple[E, ...]:
        """The entries that no other beats."""
        return tuple(entry for entry, place in self.places.items() if place.place == 1)


def schulze[E: Hashable](entries: Sequence[E], rankings: Iterable[Ranking[E]]) -> Schulze[E]:
    """Return the places by Schulze's method, the strength of a link being the votes for it (winning votes).

    Time grows with the cube of the number of entries. Raises ValueError as ``checked``.

    Source: M. Schulze, "A new monotonic, clone-independent, reversal symmetric, and condorcet-consistent
    single-winner election method", Social Choice and Welfare 36, 2011.

    >>> schulze("ABC", [in_order("ABC", 4), in_order("BCA", 3), in_order("CAB", 2)]).winners
    ('A',)
    """
    listed = checked(entries, rankings)
    size = len(entries)
    votes = np.zeros((size, size), np.int64)
    for ranking in listed:
        tiers = _all_tiers(entries, ranking)
        tier_of = {entry: number for number, tier in enumerate(tiers) for entry in tier}
        rank = np.array([tier_of[entry] for entry in entries])
        votes += ranking.count * (rank[:, None] < rank[None, :])
    paths = np.where(votes > votes.T, votes, 0)
    for between in range(size):
        np.maximum(paths, np.minimum(paths[:, between, None], paths[None, between, :]), out=paths)
    beaten_by = (paths < paths.T).sum(axis=1).tolist()
    standing = {entry: Fraction(-count) for entry, count in zip(entries, beaten_by, strict=True)}
    return Schulze(
        _pairs(entries, votes),
        _pairs(entries, paths),
        places(standing, ties=[], shared_when_rounded_equal=False) if listed else {},
    )


def _pairs[E: Hashable](entries: Sequence[E], matrix: NDArray[Any]) -> dict[tuple[E, E], int]:
    return {
        (one, other): value
        for one, row in zip(entries, matrix.tolist(), strict=True)
        for other, value in zip(entries, row, strict=True)
        if one != other
    }
