"""The single transferable vote, as Scottish councils are elected, with exact fractions."""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import chain, groupby

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


class Parter(StrEnum):
    """What told entries apart that no stage of the count did."""

    JURY = "jury"
    LOT = "lot"


@dataclass(frozen=True, slots=True)
class Parting[E: Hashable]:
    """Entries with the same votes at every stage, told apart all the same.

    ``stage`` is the number, from 1, of the stage in which it decided who goes first or out, or who is elected
    before whom; ``among`` are all of them, the one preferred first.
    """

    stage: int
    by: Parter
    among: tuple[E, ...]


@dataclass(frozen=True, slots=True)
class TransferableCount[E: Hashable]:
    """The outcome: ``elected`` in the order of their election, and every stage that led to it.

    ``partings`` is what the count itself did not decide, in its order.
    """

    quota: int
    elected: tuple[E, ...]
    stages: tuple[Stage[E], ...]
    partings: tuple[Parting[E], ...]


def single_transferable_vote[E: Hashable](
    entries: Sequence[E],
    rankings: Iterable[Ranking[E]],
    *,
    seats: int,
    jury_ranks: Mapping[E, int],
    lot: Sequence[E],
) -> TransferableCount[E]:
    """Return who gets the ``seats``, and the whole count.

    The quota is Droop's, ⌊votes ÷ (seats + 1)⌋ + 1. Surpluses go first, the largest before others: all of
    the elected entry's votes move on, each at surplus ÷ votes of its value (weighted inclusive Gregory),
    exactly and not cut to five decimals. Without a surplus the entry with the fewest votes is excluded and
    its votes move on at their value. Entries as many as seats left are elected without the quota. Of equal
    entries the one with more votes at the latest stage that differs goes first, or stays; failing that, the
    one that the jury's recorded decision puts first, ``jury_ranks`` with 1 before 2 and before none; failing
    that, the one that comes first in ``lot``, the drawn order of all entries. With no more entries than
    seats, all are elected.

    A ranking may stop early, but everybody must have all entries to rank. Raises ValueError as ``checked``,
    for rankings over some entries alone, entries ranked alike, fewer than 1 seat, no votes, and a ``lot``
    that does not name every entry once.

    Source: The Scottish Local Government Elections Order 2007, schedule 1, rules 45 to 52.

    >>> from kaaring.scoring.juried import in_order
    >>> votes = [in_order("AB", 5), in_order("C", 3), in_order("B", 1)]
    >>> count = single_transferable_vote("ABC", votes, seats=2, jury_ranks={}, lot="ABC")
    >>> count.quota, count.elected, count.stages[1].votes["B"]
    (4, ('A', 'C'), Fraction(2, 1))
    """
    listed = _countable(entries, rankings, seats, lot)
    quota = sum(ranking.count for ranking in listed) // (seats + 1) + 1
    count = _Count(entries, jury_ranks, lot, quota, seats)
    count.first([(tuple(entry for (entry,) in one.tiers), Fraction(one.count)) for one in listed])
    while len(count.elected) < seats and count.continuing:
        count.next()
    return TransferableCount(quota, tuple(count.elected), tuple(count.stages), tuple(count.partings))


def _countable[E: Hashable](
    entries: Sequence[E], rankings: Iterable[Ranking[E]], seats: int, lot: Sequence[E]
) -> list[Ranking[E]]:
    """Return the rankings; ValueError as ``single_transferable_vote`` says."""
    listed = checked(entries, rankings)
    if any(len(tier) != 1 for ranking in listed for tier in ranking.tiers):
        raise ValueError("A transferable vote ranks one entry at a time")
    if any(ranking.over is not None and len(ranking.over) < len(entries) for ranking in listed):
        raise ValueError("In a transferable vote everybody has all entries to rank")
    if seats < 1 or not listed:
        raise ValueError("There must be a seat to fill and a vote to count")
    if len(lot) != len(entries) or set(lot) != set(entries):
        raise ValueError("The lot must name every entry once")
    return listed


type _Papers[E: Hashable] = list[tuple[tuple[E, ...], Fraction]]


class _Count[E: Hashable]:
    """The papers on the table: whose they are, and what they are worth."""

    def __init__(
        self, entries: Sequence[E], jury_ranks: Mapping[E, int], lot: Sequence[E], quota: int, seats: int
    ) -> None:
        self.continuing, self.elected = list(entries), list[E]()
        self.stages, self.partings = list[Stage[E]](), list[Parting[E]]()
        self._quota, self._seats = quota, seats
        self._jury_ranks = jury_ranks
        self._drawn = {entry: position for position, entry in enumerate(lot)}
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
            giver = self._first(with_surplus)
            kept = Fraction(self._quota)
            happening = Happening.SURPLUS
        else:
            giver = self._last(self.continuing)
            kept = Fraction(0)
            happening = Happening.EXCLUSION
            self.continuing.remove(giver)
        had, papers = self._votes[giver], self._papers[giver]
        self._votes[giver], self._papers[giver] = kept, []
        self._hand_on([(order, value * (had - kept) / had) for order, value in papers])
        self._end(happening, giver)

    def _standing(self, entry: E) -> tuple[Fraction, ...]:
        """Return what decides who goes first: votes now, then votes at earlier stages."""
        return (self._votes[entry], *(stage.votes[entry] for stage in reversed(self.stages)))

    def _first(self, entries: Iterable[E]) -> E:
        *_, equals = self._by_standing(entries)
        groups = self._parted(equals)
        self._keep(groups, groups[:1])
        return groups[0][0]

    def _last(self, entries: Iterable[E]) -> E:
        groups = self._parted(next(self._by_standing(entries)))
        self._keep(groups, groups[-1:])
        return groups[-1][-1]

    def _in_order(self, entries: Iterable[E]) -> list[E]:
        """Return the entries, the first before the others."""
        found = list[E]()
        for equals in reversed(list(self._by_standing(entries))):
            groups = self._parted(equals)
            self._keep(groups, groups)
            found += chain(*groups)
        return found

    def _by_standing(self, entries: Iterable[E]) -> Iterator[list[E]]:
        """Yield the entries, equals together, from those with the least."""
        for _standing, equals in groupby(sorted(entries, key=self._standing), key=self._standing):
            yield list(equals)

    def _parted(self, equals: Iterable[E]) -> list[list[E]]:
        """Return equals as the jury parts them, and in the drawn order where it does not."""

        def word(entry: E) -> tuple[bool, int]:
            return entry not in self._jury_ranks, self._jury_ranks.get(entry, 0)

        ordered = sorted(equals, key=lambda entry: (word(entry), self._drawn[entry]))
        return [list(own) for _word, own in groupby(ordered, key=word)]

    def _keep(self, groups: Sequence[Sequence[E]], drawn: Iterable[Sequence[E]]) -> None:
        """Keep that the jury parted these groups, and that within some of them a lot decided."""
        stage = len(self.stages) + 1
        if len(groups) > 1:
            self.partings.append(Parting(stage, Parter.JURY, tuple(chain(*groups))))
        self.partings += [Parting(stage, Parter.LOT, tuple(own)) for own in drawn if len(own) > 1]

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
        elected = tuple(self._in_order(chosen))
        self.continuing = left
        self.elected += elected
        self.stages.append(Stage(happening, of, dict(self._votes), self._lost, elected))
