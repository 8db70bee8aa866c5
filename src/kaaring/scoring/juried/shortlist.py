"""Who goes on to the next stage, and why everybody else does not."""

import math
from collections import Counter
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


class AtCut(StrEnum):
    """What becomes of entries that share a place of which a limited list has room for some only."""

    ALL_IN = "all_in"
    ALL_OUT = "all_out"


@dataclass(frozen=True, slots=True)
class ShortlistRule:
    """What an entry must meet; a limit that is None does not limit, and all others must be met.

    ``top`` is how many entries the list has room for, ``best_share`` which share of the entries with a
    score, above 0 to 1, rounded up. ``at_least`` is the lowest score, 0 to 100. Unless the first is ahead of
    the second by ``margin`` points or more, a second round is due. Raises ValueError for limits that cannot
    be.
    """

    top: int | None = None
    best_share: Fraction | None = None
    at_least: Fraction | None = None
    margin: Fraction | None = None

    def __post_init__(self) -> None:
        if self.top is not None and self.top < 1:
            raise ValueError("A list has room for at least one entry")
        if self.best_share is not None and not 0 < self.best_share <= 1:
            raise ValueError("The best share lies above 0 and is 1 at most")
        if self.margin is not None and self.margin < 0:
            raise ValueError("A margin is 0 or more points")


class Reason(StrEnum):
    """Why an entry is on the list or not. ``TIED_IN`` and ``TIED_OUT``: its equals reach across the cut."""

    IN = "in"
    TIED_IN = "tied_in"
    TIED_OUT = "tied_out"
    NO_SCORE = "no_score"
    BELOW_THRESHOLD = "below_threshold"
    BEYOND_TOP = "beyond_top"
    BEYOND_BEST_SHARE = "beyond_best_share"


@dataclass(frozen=True, slots=True)
class Listed[E: Hashable]:
    """Whether an entry is on the list, and every reason that keeps it off, or the one that it is on."""

    entry: E
    is_in: bool
    place: int | None
    why: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Shortlist[E: Hashable]:
    """A line per entry, by place; ``lead`` is the first's over the second, None with fewer than two scores.

    ``is_second_round_due`` says that the rule has a margin and that the lead is smaller.
    """

    lines: tuple[Listed[E], ...]
    lead: Fraction | None
    is_second_round_due: bool

    @property
    def entries(self) -> tuple[E, ...]:
        """The entries on the list, by place."""
        return tuple(line.entry for line in self.lines if line.is_in)


def shortlist[E: Hashable](
    scores: Mapping[E, Fraction | None], placed: Mapping[E, int], rule: ShortlistRule, *, ties_at_cut: AtCut
) -> Shortlist[E]:
    """Return who is on the list by these scores, 0 to 100, and by the places that come of them.

    A score is None for an entry without one, and nobody without a place is on the list. A place may come
    without a score, as where ballots are counted by Schulze's method: it is enough for ``top``, and for
    neither ``best_share`` nor ``at_least``. ``ties_at_cut`` says what becomes of entries that share a place,
    no tie-breaker having parted them, across the end of a limited list.

    >>> scores = {"A": Fraction(90), "B": Fraction(80), "C": Fraction(80), "D": None}
    >>> found = shortlist(scores, {"A": 1, "B": 2, "C": 2}, ShortlistRule(top=2), ties_at_cut=AtCut.ALL_OUT)
    >>> found.entries, found.lead, [line.why[0].value for line in found.lines]
    (('A',), Fraction(10, 1), ['in', 'tied_out', 'tied_out', 'no_score'])
    """
    counted = [score for score in scores.values() if score is not None]
    sizes = Counter(placed.values())
    rooms = _rooms(rule, len(counted))
    lines = []
    for entry, score in scores.items():
        if entry in placed:
            reach = range(placed[entry], placed[entry] + sizes[placed[entry]])
            against = [*_against(score, rule), *_beyond(reach, rooms, ties_at_cut)]
            lines.append(_listed(entry, reach, against, rooms))
        else:
            lines.append(Listed(entry, False, None, (Reason.NO_SCORE,)))
    lines.sort(key=lambda line: (line.place is None, line.place or 0))
    ahead = sorted(counted, reverse=True)[:2]
    lead = ahead[0] - ahead[1] if len(ahead) == 2 else None
    is_due = rule.margin is not None and lead is not None and lead < rule.margin
    return Shortlist(tuple(lines), lead, is_due)


def _listed[E: Hashable](
    entry: E, reach: range, against: list[Reason], rooms: Mapping[Reason, int]
) -> Listed[E]:
    if against:
        return Listed(entry, False, reach.start, tuple(dict.fromkeys(against)))
    is_tied = any(room in reach[:-1] for room in rooms.values())
    return Listed(entry, True, reach.start, (Reason.TIED_IN if is_tied else Reason.IN,))


def _rooms(rule: ShortlistRule, field: int) -> dict[Reason, int]:
    """Return the last place that each limit has room for, by the reason for being beyond it."""
    rooms = {}
    if rule.top is not None:
        rooms[Reason.BEYOND_TOP] = rule.top
    if rule.best_share is not None:
        rooms[Reason.BEYOND_BEST_SHARE] = math.ceil(rule.best_share * field)
    return rooms


def _against(score: Fraction | None, rule: ShortlistRule) -> Iterator[Reason]:
    if score is None:
        if rule.at_least is not None or rule.best_share is not None:
            yield Reason.NO_SCORE
    elif rule.at_least is not None and score < rule.at_least:
        yield Reason.BELOW_THRESHOLD


def _beyond(reach: range, rooms: Mapping[Reason, int], ties_at_cut: AtCut) -> Iterator[Reason]:
    """Yield what keeps entries off whose equals stand on the places of ``reach``."""
    for reason, room in rooms.items():
        if room < reach.start:
            yield reason
        elif room in reach[:-1] and ties_at_cut is AtCut.ALL_OUT:
            yield Reason.TIED_OUT
