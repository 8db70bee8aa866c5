"""The single transferable vote, as Scottish councils are elected, with exact fractions."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from kaaring.scoring.juried.rankings import Ranking, checked


class Happening(StrEnum):
    """What a stage of the count is about."""

    FIRST_PREFERENCES = "first_preferences"
    SURPLUS = "surplus"
    EXCLUSION = "exclusion"


@dataclass(frozen=True, slots=True)
class Stage[E: Hashable]:
    """One stage of the count.

    ``of`` is whose votes were transferred, None at first; ``votes`` what each entry has afterwards,
    ``not_transferable`` what has left the count so far, ``elected`` who was elected at its end.
    """

    happening: Happening
    of: E | None
    votes: Mapping[E, Fraction]
    not_transferable: Fraction
    elected: tuple[E, ...]


@dataclass(frozen=True, slots=True)
class TransferableCount[E: Hashable]:
    """The outcome: ``elected`` in the order of their election, and every stage that led to it."""

    quota: int
    elected: tuple[E, ...]
    stages: tuple[Stage[E], ...]


def single_transferable_vote[E: Hashable](
    entries: Sequence[E], rankings: Iterable[Ranking[E]], *, seats: int, lot: Sequence[E]
) -> TransferableCount[E]:
    """Return who gets the ``seats``, and the whole count.

    The quota is Droop's, ⌊votes ÷ (seats + 1)⌋ + 1. Surpluses go first, the largest before others: all of
    the elected entry's votes move on, each at surplus ÷ votes of its value (weighted inclusive Gregory),
    exactly and not cut to five decimals. Without a surplus the entry with the fewest votes is excluded and
    its votes move on at their value. Entries as many as seats left are elected without the quota. Of equal
    entries the one with more votes at the latest stage that differs goes first, or stays; failing that, the
    one that comes first in ``lot``, the drawn order of all entries. With no more entries than seats, all are
    elected.

    A ranking may stop early, but everybody must have all entries to rank. Raises ValueError as ``checked``,
    for rankings over some entries alone, entries ranked alike, fewer than 1 seat, no votes, and a ``lot``
    that does not name every entry once.

    Source: The Scottish Local Government Elections Order 2007, schedule 1, rules 45 to 52.

    >>> from kaaring.scoring.juried import in_order
    >>> votes = [in_order("AB", 5), in_order("C", 3), in_order("B", 1)]
    >>> count = single_transferable_vote("ABC", votes, seats=2, lot="ABC")
    >>> count.quota, count.elected, count.stages[1].votes["B"]
    (4, ('A', 'C'), Fraction(2, 1))
    """
    listed = checked(entries, rankings)
    if any(len(tier) != 1 for ranking in listed for tier in ranking.tiers):
        raise ValueError("A transferable vote ranks one entry at a time")
    if any(ranking.over is not None and len(ranking.over) < len(entries) for ranking in listed):
        raise ValueError("In a transferable vote everybody has all entries to rank")
    if seats < 1 or not listed:
        raise ValueError("There must be a seat to fill and a vote to count")
    if len(lot) != len(entries) or set(lot) != set(entries):
        raise ValueError("The lot must name every entry once")
    quota = sum(ranking.count for ranking in listed) // (seats + 1) + 1
    count = _Count(entries, lot, quota, seats)
    count.first([(tuple(entry for (entry,) in one.tiers), Fraction(one.count)) for one in listed])
    while len(count.elected) < seats and count.continuing:
        count.next()
    return TransferableCount(quota, tuple(count.elected), tuple(count.stages))


type _Papers[E: Hashable] = list[tuple[tuple[E, ...], Fraction]]


class _Count[E: Hashable]:
    """The papers on the table: whose they are, and what they are worth."""

    def __init__(self, entries: Sequence[E], lot: Sequence[E], quota: int, seats: int) -> None:
        self.continuing, self.elected = list(entries), list[E]()
        self.stages = list[Stage[E]]()
        self._quota, self._seats = quota, seats
        self._luck = {entry: -position for position, entry in enumerate(lot)}
        self._papers: dict[E, _Papers[E]] = {entry: [] for entry in entries}
        self._votes = dict.fromkeys(entries, Fraction(0))
        self._lost = Fraction(0)

    def first(self, papers: _Papers[E]) -> None:
        """Give every paper to its first preference."""
        self._hand_on(papers)
        self._end(Happening.FIRST_PREFERENCES, None)

    def next(self) -> None:
        """Transfer the largest surplus, else exclude the last."""
        with_surplus = [entry for entry in self.elected if self._votes[entry] > self._quota]
        if with_surplus:
            giver = max(with_surplus, key=self._standing)
            kept = Fraction(self._quota)
            happening = Happening.SURPLUS
        else:
            giver = min(self.continuing, key=self._standing)
            kept = Fraction(0)
            happening = Happening.EXCLUSION
            self.continuing.remove(giver)
        had, papers = self._votes[giver], self._papers[giver]
        self._votes[giver], self._papers[giver] = kept, []
        self._hand_on([(order, value * (had - kept) / had) for order, value in papers])
        self._end(happening, giver)

    def _standing(self, entry: E) -> tuple[Fraction | int, ...]:
        """Return what decides who goes first: votes now, votes at earlier stages, the lot."""
        earlier = [stage.votes[entry] for stage in reversed(self.stages)]
        return (self._votes[entry], *earlier, self._luck[entry])

    def _hand_on(self, papers: _Papers[E]) -> None:
        for order, value in papers:
            taker = next((entry for entry in order if entry in self.continuing), None)
            if taker is None:
                self._lost += value
            else:
                self._votes[taker] += value
                self._papers[taker].append((order, value))

    def _end(self, happening: Happening, of: E | None) -> None:
        chosen = [entry for entry in self.continuing if self._votes[entry] >= self._quota]
        left = [entry for entry in self.continuing if entry not in chosen]
        if len(left) <= self._seats - len(self.elected) - len(chosen):
            chosen, left = [*chosen, *left], []
        elected = tuple(sorted(chosen, key=self._standing, reverse=True))
        self.continuing = left
        self.elected += elected
        self.stages.append(Stage(happening, of, dict(self._votes), self._lost, elected))
