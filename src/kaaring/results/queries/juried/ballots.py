"""What jurors gave the entries of a contest where they rank, or hand out points, and whose it is to count."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from kaaring.results.queries.juried.inputs import Given
from kaaring.scoring.juried import NoScore, Ranking


@dataclass(frozen=True, slots=True)
class Ballots:
    """The ranks or points each juror gave, by juror and entry, among ``entries``: those with enough of them.

    A juror who was kept from an entry, was not given it or abstains has given it nothing. ``counts`` are the
    jurors who gave something to an entry, of all entries. ``is_complete`` says whether every juror who gave
    anything has a final scorecard for all of ``entries``.
    """

    entries: tuple[int, ...]
    counts: Mapping[int, int]
    by_juror: Mapping[int, Mapping[int, int]]
    is_complete: bool

    @property
    def rankings(self) -> dict[int, Ranking[int]]:
        """Each juror's ranking of the entries that were there to rank; the same rank stands alike."""
        return {juror: _ranking(own) for juror, own in self.by_juror.items()}

    def why(self, entry: int) -> str:
        """Return why an entry cannot have a place, empty where it can."""
        if entry in self.entries:
            return ""
        return NoScore.TOO_FEW_SCORECARDS.value if any(self.counts.values()) else "no_votes"


def ballots_of(given: Mapping[int, Sequence[Given]], mode: str, minimum_marks: int) -> Ballots:
    """Return what the scorecards of each entry hold in a stage of ranks or points.

    An entry with fewer than ``minimum_marks`` is left out, as if it did not compete.
    """
    told = {
        entry: {one.juror: number for one in own if (number := _number(one, mode)) is not None}
        for entry, own in given.items()
    }
    entries = tuple(entry for entry, own in told.items() if len(own) >= max(1, minimum_marks))
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
