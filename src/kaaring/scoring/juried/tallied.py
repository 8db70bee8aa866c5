"""One line per entry where something is counted: points, votes, ranks."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from kaaring.scoring.standings import places

type TieBreakers[E: Hashable] = Sequence[Mapping[E, Fraction]]
"""What parts equal scores, in its order: the higher value first, no value last."""


class Count(StrEnum):
    """How what jurors give is counted where they do not mark."""

    BORDA = "borda"
    SCHULZE = "schulze"
    POINTS = "points"


@dataclass(frozen=True, slots=True)
class Tallied[E: Hashable]:
    """What was counted for an entry, in the mode's own unit, and its place by its score.

    ``score`` is 100 · ``value`` ÷ the most there could be for it, None where that is 0. ``place`` is None
    where nobody voted on it. ``broken_by`` is the position of the last tie-breaker that parted it from an
    equal score.
    """

    entry: E
    value: Fraction
    score: Fraction | None
    place: int | None
    is_shared: bool
    broken_by: int | None = None


def tallied[E: Hashable](
    values: Mapping[E, Fraction], most: Mapping[E, int], *, ties: TieBreakers[E]
) -> list[Tallied[E]]:
    """Return a line per entry by score, equals that nothing parts sharing a place, those without one last.

    ``most`` is what each entry could have got; one that is not in it was voted on by nobody.

    >>> lines = tallied({"A": Fraction(3), "B": Fraction(2), "C": Fraction(0)}, {"A": 4, "B": 2}, ties=[])
    >>> [(line.entry, line.score, line.place) for line in lines]
    [('B', Fraction(100, 1), 1), ('A', Fraction(75, 1), 2), ('C', None, None)]
    """
    scores = {entry: 100 * values[entry] / possible for entry, possible in most.items() if possible}
    placed = places(
        {entry: scores.get(entry, Fraction(0)) for entry in values if entry in most},
        ties=ties,
        shared_when_rounded_equal=False,
    )
    lines = [
        Tallied(entry, value, scores.get(entry), one.place, one.is_shared, one.broken_by)
        if (one := placed.get(entry))
        else Tallied(entry, value, None, None, False)
        for entry, value in values.items()
    ]
    return sorted(lines, key=lambda line: (line.place is None, line.place or 0))
