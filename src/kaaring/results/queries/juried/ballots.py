"""What jurors gave the entries of a contest where they rank, or hand out points, and whose it is to count."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from kaaring.results.queries.juried.inputs import Given
from kaaring.scoring.juried import NoScore, Ranking

NOT_COMPARED = "not_compared"


@dataclass(frozen=True, slots=True)
class Ballots:
    """The ranks or points each juror gave, by juror and entry, among ``entries``: those with enough of them.

    A juror who was kept from an entry, was not given it or abstains has given it nothing. ``counts`` are the
    jurors who gave something to an entry, of all entries. ``uncompared`` has enough ranks, and no other entry
    of the contest has. ``is_complete`` says whether every juror who gave anything has a final scorecard for
    all of ``entries``.
    """

    entries: tuple[int, ...]
    counts: Mapping[int, int]
    by_juror: Mapping[int, Mapping[int, int]]
    is_complete: bool
    uncompared: int | None = None

    @property
    def rankings(self) -> dict[int, Ranking[int]]:
        """Each juror's ranking of the entries that were there to rank; the same rank stands alike."""
        return {juror: _ranking(own) for juror, own in self.by_juror.items()}

    def why(self, entry: int) -> str:
        """Return why an entry cannot have a place, empty where it can."""
        if entry in self.entries:
            return ""
        if entry == self.uncompared:
            return NOT_COMPARED
        return NoScore.TOO_FEW_SCORECARDS.value if any(self.counts.values()) else "no_votes"


def ballots_of(given: Mapping[int, Sequence[Given]], mode: str, minimum_marks: int) -> Ballots:
    """Return what the scorecards of each entry hold in a stage of ranks or points.

    An entry with fewer than ``minimum_marks`` is left out, as if it did not compete. A single entry that is
    left to rank is left out too, unless it is the only one of its contest: it is compared with none.
    """
    told = {
        entry: {one.juror: number for one in own if (number := _number(one, mode)) is not None}
        for entry, own in given.items()
    }
    entries = tuple(entry for entry, own in told.items() if len(own) >= max(1, minimum_marks))
    if mode == "ranking" and len(entries) == 1 < len(told):
        return Ballots((), {entry: len(own) for entry, own in told.items()}, {}, True, entries[0])
    by_juror: defaultdict[int, dict[int, int]] = defaultdict(dict)
    for entry in entries:
        for juror, number in told[entry].items():
            by_juror[juror][entry] = number
    has_all = all(by_juror.keys() <= {one.juror for one in given[entry]} for entry in entries)
    return Ballots(entries, {entry: len(own) for entry, own in told.items()}, by_juror, has_all)


def _number(one: Given, mode: str) -> int | None:
    return one.rank if mode == "ranking" else one.points


def _ranking(ranks: Mapping[int, int]) -> Ranking[int]:
    in_order = sorted(ranks, key=lambda entry: (ranks[entry], entry))
    tiers = tuple(tuple(tier) for _rank, tier in groupby(in_order, key=ranks.__getitem__))
    return Ranking(tiers, over=frozenset(ranks))
