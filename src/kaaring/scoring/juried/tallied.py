"""One line per entry where something is counted: points, votes, ranks."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from kaaring.scoring.standings import places


@dataclass(frozen=True, slots=True)
class Tallied[E: Hashable]:
    """What was counted for an entry, in the mode's own unit, and its place by that.

    ``score`` is 100 · ``value`` ÷ the most there could be, None where that is 0. ``place`` is None where
    nobody voted.
    """

    entry: E
    value: Fraction
    score: Fraction | None
    place: int | None
    is_shared: bool


def tallied[E: Hashable](values: Mapping[E, Fraction], *, most: int, votes: int) -> list[Tallied[E]]:
    """Return a line per entry by place, equal values sharing one; ``votes`` is how many voted.

    >>> [(line.entry, line.score, line.place) for line in tallied({"A": Fraction(3)}, most=4, votes=1)]
    [('A', Fraction(75, 1), 1)]
    """
    placed = places(values, ties=[], shared_when_rounded_equal=False) if votes else {}
    lines = [
        Tallied(
            entry,
            value,
            100 * value / most if most else None,
            placed[entry].place if votes else None,
            bool(votes) and placed[entry].is_shared,
        )
        for entry, value in values.items()
    ]
    return sorted(lines, key=lambda line: line.place or 0)
