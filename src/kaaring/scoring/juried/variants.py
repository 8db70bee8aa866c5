"""How well a ranking holds: the same scorecards under every other reading of the rules, without each juror.

The variants are three readings of discretion × mean and median × all jurors and all but each juror in turn:
with 7 jurors 3 · 2 · 8 = 48. Where the rules leave jurors no weight to grant, the three readings are one.
Trimmed means are a third method where every decidable entry has at least ``ENOUGH_TO_TRIM`` scorecards, or
where the recipe itself trims; they trim as many as it does, else one. Beyond that nothing is left out for
being equal to another, so that the count can be recalculated. A reading of discretion applies to all
criteria; a mark whose whole weight is granted reads alike in all three.

Entries that are not decidable by the recipe are left out of every variant. Those that are stay in, with one
scorecard less than the minimum and with less to trim if need be, as long as one scorecard remains.
Tie-breakers and rounding are the recipe's.
"""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from kaaring.scoring.juried.block import MarkBlock, as_block, marks_of, scores_of_block, tie_levels
from kaaring.scoring.juried.cards import (
    Flags,
    Whole,
    combine_cards,
    passed_over,
    places_of,
    score_cards,
    whole_weights,
)
from kaaring.scoring.juried.combining import Method
from kaaring.scoring.juried.contest import Recipe, Scorecard
from kaaring.scoring.juried.scorecard import Discretion
from kaaring.scoring.juried.tallied import Count

ENOUGH_TO_TRIM = 5
"""With as many scorecards for every decidable entry, trimmed means are among the variants."""


@dataclass(frozen=True, slots=True)
class Reading[J: Hashable]:
    """One way to come to a ranking: how granted weight counts, how jurors combine, which juror is missing.

    ``discretion`` is None where nothing is marked, and ``method`` then says how is counted. ``without`` is
    None where all jurors count. Of several parts, ``part`` names the one that is read so.
    """

    discretion: Discretion | None
    method: Method | Count
    without: J | None
    part: str = ""


@dataclass(frozen=True, slots=True)
class OtherWinner[E: Hashable, J: Hashable]:
    """A variant in which the first place goes to others; without winners where nobody has a place."""

    reading: Reading[J]
    winners: tuple[E, ...]


@dataclass(frozen=True, slots=True)
class Steadiness:
    """How an entry fares in all variants.

    ``first`` counts those in which it has the first place, alone or shared, ``kept`` those in which it has
    the place of the official ranking, and ``placed`` those in which it has a place at all. ``best`` and
    ``worst`` are the ends of its places, None where it has none anywhere.
    """

    first: int
    kept: int
    placed: int
    best: int | None
    worst: int | None


@dataclass(frozen=True, slots=True)
class Variants[E: Hashable, J: Hashable]:
    """What becomes of the official ranking in every variant.

    ``winners`` have the official first place; ``others`` are the variants with any other winners, so the
    result holds in ``holds`` of ``len(readings)`` variants.
    """

    readings: tuple[Reading[J], ...]
    winners: tuple[E, ...]
    others: tuple[OtherWinner[E, J], ...]
    entries: Mapping[E, Steadiness]

    @property
    def holds(self) -> int:
        """In how many variants the winners are the official ones."""
        return len(self.readings) - len(self.others)


def variants[E: Hashable, J: Hashable](
    entries: Iterable[E],
    scorecards: Iterable[Scorecard[E, J]],
    recipe: Recipe,
    jury_ranks: Mapping[E, int],
) -> Variants[E, J]:
    """Return how every entry fares under all other readings of the same scorecards.

    Arguments and errors are those of ``contest``. With S scorecards, time grows with S · jurors.

    >>> from fractions import Fraction
    >>> from kaaring.scoring.juried import Criterion, Mark, Scale
    >>> recipe = Recipe((Criterion("idea", None),), Scale(Fraction(0), Fraction(10)), Method.MEAN, trim=0,
    ...                 minimum_marks=1, ties=(), shared_when_rounded_equal=True)
    >>> cards = [Scorecard(entry, juror, {"idea": Mark(Fraction(mark))})
    ...          for entry, marks in (("A", "889"), ("B", "796")) for juror, mark in enumerate(marks)]
    >>> found = variants("AB", cards, recipe, {})
    >>> found.winners, found.holds, len(found.readings)
    (('A',), 6, 8)
    >>> found.others[0].winners, found.others[0].reading.without
    (('A', 'B'), 2)
    >>> found.entries["B"]
    Steadiness(first=2, kept=6, placed=8, best=1, worst=2)
    """
    named, cards = tuple(entries), tuple(scorecards)
    block, ranks = as_block(named, cards, recipe), _dense_ranks(named, jury_ranks)
    official = scores_of_block(block, recipe, ranks)
    count = _Count(official.places)
    jurors = tuple(dict.fromkeys(card.juror for card in cards))
    scorecards = official.scorecards[official.places > 0]
    methods = methods_of(recipe, int(scorecards.min(initial=ENOUGH_TO_TRIM)))
    readings, others = [], []
    for discretion, method, without, places in _rankings(block, recipe, ranks, methods, official.places > 0):
        reading = Reading(discretion, method, None if without is None else jurors[without])
        readings.append(reading)
        count.take(places)
        if np.any((places == 1) != (official.places == 1)):
            others.append(OtherWinner(reading, _winners(named, places)))
    lines = dict(zip(named, count.lines(), strict=True))
    return Variants(tuple(readings), _winners(named, official.places), tuple(others), lines)


def _dense_ranks[E: Hashable](entries: Sequence[E], jury_ranks: Mapping[E, int]) -> Whole:
    """Return the jury's ranks as 1, 2, …, and 0 for an entry without one."""
    dense = {rank: place for place, rank in enumerate(sorted(set(jury_ranks.values())), 1)}
    return np.array([dense[jury_ranks[entry]] if entry in jury_ranks else 0 for entry in entries], np.int64)


def _winners[E: Hashable](entries: Sequence[E], places: Whole) -> tuple[E, ...]:
    return tuple(entries[position] for position in np.flatnonzero(places == 1).tolist())


def discretions_of(recipe: Recipe, *, is_withheld: bool) -> list[Discretion]:
    """Return the readings of discretion that can differ: one where the rules leave jurors none.

    ``is_withheld`` says that a juror kept back some of a weight all the same.
    """
    is_free = any(one.discretion is not Discretion.FIXED and one.weight != 0 for one in recipe.criteria)
    return list(Discretion) if is_free or is_withheld else [Discretion.FIXED]


def methods_of(recipe: Recipe, fewest: int) -> list[Method]:
    """Return the ways to combine where each decidable entry has at least so many scorecards."""
    is_trimmed = recipe.method is Method.TRIMMED or fewest >= ENOUGH_TO_TRIM
    return [Method.MEAN, Method.MEDIAN, *([Method.TRIMMED] if is_trimmed else [])]


def _rankings(
    block: MarkBlock, recipe: Recipe, ranks: Whole, methods: Sequence[Method], is_decidable: Flags
) -> Iterator[tuple[Discretion, Method, int | None, Whole]]:
    """Yield the places in every variant, with discretion, method and the position of the missing juror."""
    marks, weights = marks_of(block, recipe), whole_weights(recipe.criteria)
    trim = recipe.trim if recipe.method is Method.TRIMMED else 1
    missing = [None, *range(block.jurors)]
    ties = [tie_levels(marks.without(juror), recipe, ranks, block.entries) for juror in missing]
    is_withheld = bool(np.any(np.asarray(block.share) != block.whole_share))
    for discretion in discretions_of(recipe, is_withheld=is_withheld):
        cards, has_score = score_cards(marks, weights, [discretion] * len(weights))
        jurors = marks.juror[has_score]
        for juror, levels in zip(missing, ties, strict=True):
            left = (cards if juror is None else cards.at(jurors != juror)).rising()
            counts = np.bincount(left.entry, minlength=block.entries)
            for method in methods:
                cut = np.minimum(passed_over(counts, method, trim), np.maximum(counts - 1, 0) // 2)
                scores = combine_cards(left, counts, cut, minimum_marks=1)
                level = np.where(is_decidable, scores.levels(recipe.shared_when_rounded_equal), -1)
                yield discretion, method, juror, places_of([level, *levels])[0]


class _Count:
    """Counts how entries fare, one ranking after another."""

    def __init__(self, official: Whole) -> None:
        self._official = official
        self._first, self._kept, self._placed = (np.zeros_like(official) for _ in range(3))
        self._best, self._worst = np.full_like(official, len(official) + 1), np.zeros_like(official)

    def take(self, places: Whole) -> None:
        """Count one more ranking."""
        has_place = places > 0
        self._first += places == 1
        self._kept += has_place & (places == self._official)
        self._placed += has_place
        np.minimum(self._best, places, out=self._best, where=has_place)
        np.maximum(self._worst, places, out=self._worst)

    def lines(self) -> list[Steadiness]:
        """Return what was counted for each entry."""
        columns = (self._first, self._kept, self._placed, self._best, self._worst)
        return [
            Steadiness(first, kept, placed, best if placed else None, worst if placed else None)
            for first, kept, placed, best, worst in zip(*(one.tolist() for one in columns), strict=True)
        ]
