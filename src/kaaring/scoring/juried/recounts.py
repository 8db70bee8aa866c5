"""How well a result holds where jurors rank or hand out points, and where several parts are blended.

Rankings are counted both by Borda and by Schulze, each with all jurors and without each in turn; points with
all jurors and without each. A part of a blend is read in its own other ways while the other parts stay as
they are: marks as ``variants`` reads them, rankings by Borda and points without each juror. Tie-breakers stay
as they are. As in ``variants``, nothing is left out for being equal to another.
"""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import product

from kaaring.scoring.juried.combining import Method, combine
from kaaring.scoring.juried.contest import Recipe, Scorecard, cards_by_entry
from kaaring.scoring.juried.rankings import Ranking, borda, schulze
from kaaring.scoring.juried.scorecard import juror_score
from kaaring.scoring.juried.tallied import Count, Tallied, TieBreakers
from kaaring.scoring.juried.variants import (
    ENOUGH_TO_TRIM,
    OtherWinner,
    Reading,
    Steadiness,
    Variants,
    discretions_of,
    methods_of,
)
from kaaring.scoring.juried.votes import Blended, Part, blend, points

type Scores[E: Hashable] = Mapping[E, Fraction | None]
type Recount[E: Hashable, J: Hashable] = Iterable[tuple[Reading[J], Scores[E]]]


def variants_of_rankings[E: Hashable, J: Hashable](
    entries: Sequence[E], rankings: Mapping[J, Ranking[E]], count: Count, *, ties: TieBreakers[E]
) -> Variants[E, J]:
    """Return how every entry fares by both ways to count and without each juror; ``count`` is the rules'.

    >>> from kaaring.scoring.juried import in_order
    >>> given = {"J1": in_order("ABC"), "J2": in_order("ABC"), "J3": in_order("BCA")}
    >>> found = variants_of_rankings("ABC", given, Count.SCHULZE, ties=[])
    >>> found.winners, found.holds, len(found.readings)
    (('A',), 3, 8)
    >>> [(one.reading.method.value, one.reading.without, one.winners) for one in found.others][:2]
    [('borda', None, ('A', 'B')), ('borda', 'J1', ('B',))]
    """
    recounted = (
        (Reading(None, way, without), _ranked(way, entries, left, ties))
        for way in (Count.BORDA, Count.SCHULZE)
        for without, left in _without_each(rankings)
    )
    return _compared(entries, _ranked(count, entries, rankings, ties), recounted)


def variants_of_points[E: Hashable, J: Hashable](
    entries: Sequence[E],
    allocations: Mapping[J, Mapping[E, int]],
    *,
    allowance: int,
    ties: TieBreakers[E],
) -> Variants[E, J]:
    """Return how every entry fares without each juror in turn."""

    def placed(own: Mapping[J, Mapping[E, int]]) -> dict[E, int]:
        return _places_in(points(entries, own, allowance=allowance, ties=ties))

    recounted = (
        (Reading(None, Count.POINTS, without), placed(left)) for without, left in _without_each(allocations)
    )
    return _compared(entries, placed(allocations), recounted)


def variants_of_blend[E: Hashable, J: Hashable](
    parts: Sequence[Part[E]], recounts: Sequence[Recount[E, J]], *, ties: TieBreakers[E]
) -> Variants[E, J]:
    """Return how every entry fares with each part in turn read otherwise, the others as they are.

    ``recounts`` has for each part its other readings with the scores by them.

    >>> jury, public = {"A": Fraction(80), "B": Fraction(70)}, {"A": Fraction(40), "B": Fraction(60)}
    >>> readings = [(Reading(None, Count.POINTS, 1, "jury"), {"A": Fraction(60), "B": Fraction(70)})]
    >>> mixed = [Part(Fraction(75), jury), Part(Fraction(25), public)]
    >>> found = variants_of_blend(mixed, [readings, []], ties=[])
    >>> found.winners, found.others[0].winners, found.holds
    (('A',), ('B',), 0)
    """
    entries = list(dict.fromkeys(entry for part in parts for entry in part.scores))
    recounted = (
        (reading, _blended([*parts[:at], Part(parts[at].weight, scores), *parts[at + 1 :]], ties))
        for at, own in enumerate(recounts)
        for reading, scores in own
    )
    return _compared(entries, _blended(parts, ties), recounted)


def marks_recounted[E: Hashable, J: Hashable](
    entries: Sequence[E], scorecards: Iterable[Scorecard[E, J]], recipe: Recipe
) -> Iterator[tuple[Reading[J], Scores[E]]]:
    """Yield the readings that ``variants`` has of a contest's marks, each with the entries' scores by it."""
    cards = cards_by_entry(entries, scorecards)
    official = {
        entry: combine(own, method=recipe.method, trim=recipe.trim, minimum_marks=recipe.minimum_marks)
        for entry, own in _juror_scores(cards, recipe).items()
    }
    placed = {entry: cards[entry] for entry, one in official.items() if one.score is not None}
    fewest = min(
        (len(cards[entry]) - len(official[entry].left_out) for entry in placed), default=ENOUGH_TO_TRIM
    )
    jurors = dict.fromkeys(juror for own in cards.values() for juror in own)
    marks = [mark for own in cards.values() for card in own.values() for mark in card.marks.values()]
    for discretion in discretions_of(recipe, is_withheld=any(mark.share != 1 for mark in marks)):
        criteria = tuple(replace(one, discretion=discretion) for one in recipe.criteria)
        scores = _juror_scores(placed, replace(recipe, criteria=criteria))
        for without, method in product((None, *jurors), methods_of(recipe, fewest)):
            found = {entry: _score(own, without, method, recipe) for entry, own in scores.items()}
            yield Reading(discretion, method, without), found


def _juror_scores[E: Hashable, J: Hashable](
    cards: Mapping[E, Mapping[J, Scorecard[E, J]]], recipe: Recipe
) -> dict[E, dict[J, Fraction | None]]:
    return {
        entry: {
            juror: found.score if (found := juror_score(card.marks, recipe.criteria, recipe.scale)) else None
            for juror, card in own.items()
        }
        for entry, own in cards.items()
    }


def _score[J: Hashable](
    scores: Mapping[J, Fraction | None], without: J | None, method: Method, recipe: Recipe
) -> Fraction | None:
    """Return an entry's score without a juror, with less to trim if need be."""
    left = {juror: score for juror, score in scores.items() if juror != without and score is not None}
    trim = recipe.trim if recipe.method is Method.TRIMMED else 1
    return combine(left, method=method, trim=min(trim, max(len(left) - 1, 0) // 2), minimum_marks=1).score


def rankings_recounted[E: Hashable, J: Hashable](
    entries: Sequence[E], rankings: Mapping[J, Ranking[E]]
) -> Iterator[tuple[Reading[J], Scores[E]]]:
    """Yield the scores by Borda with all jurors and without each."""
    for without, left in _without_each(rankings):
        lines = borda(entries, left.values(), ties=[])
        yield Reading(None, Count.BORDA, without), {line.entry: line.score for line in lines}


def points_recounted[E: Hashable, J: Hashable](
    entries: Sequence[E], allocations: Mapping[J, Mapping[E, int]], *, allowance: int
) -> Iterator[tuple[Reading[J], Scores[E]]]:
    """Yield the scores by points with all jurors and without each."""
    for without, left in _without_each(allocations):
        lines = points(entries, left, allowance=allowance, ties=[])
        yield Reading(None, Count.POINTS, without), {line.entry: line.score for line in lines}


def _without_each[J: Hashable, T](ballots: Mapping[J, T]) -> Iterator[tuple[J | None, dict[J, T]]]:
    """Yield all ballots, then those without each juror's."""
    yield None, dict(ballots)
    for juror in ballots:
        yield juror, {other: ballot for other, ballot in ballots.items() if other != juror}


def _ranked[E: Hashable, J: Hashable](
    count: Count, entries: Sequence[E], rankings: Mapping[J, Ranking[E]], ties: TieBreakers[E]
) -> dict[E, int]:
    if count is Count.SCHULZE:
        placed = schulze(entries, rankings.values(), ties=ties).places
        return {entry: place.place for entry, place in placed.items()}
    return _places_in(borda(entries, rankings.values(), ties=ties))


def _places_in[E: Hashable](lines: Iterable[Tallied[E] | Blended[E]]) -> dict[E, int]:
    return {line.entry: line.place for line in lines if line.place is not None}


def _blended[E: Hashable](parts: Sequence[Part[E]], ties: TieBreakers[E]) -> dict[E, int]:
    return _places_in(blend(parts, ties=ties, shared_when_rounded_equal=False))


def _compared[E: Hashable, J: Hashable](
    entries: Iterable[E], official: Mapping[E, int], recounted: Iterable[tuple[Reading[J], Mapping[E, int]]]
) -> Variants[E, J]:
    """Return what becomes of the official places in other countings."""
    found = {entry: list[int]() for entry in entries}
    winners, readings = _first(found, official), list[Reading[J]]()
    others = list[OtherWinner[E, J]]()
    for reading, placed in recounted:
        readings.append(reading)
        if (first := _first(found, placed)) != winners:
            others.append(OtherWinner(reading, first))
        for entry, place in placed.items():
            found[entry].append(place)
    lines = {
        entry: Steadiness(
            own.count(1),
            own.count(official.get(entry, 0)),
            len(own),
            min(own, default=None),
            max(own, default=None),
        )
        for entry, own in found.items()
    }
    return Variants(tuple(readings), winners, tuple(others), lines)


def _first[E: Hashable](entries: Iterable[E], placed: Mapping[E, int]) -> tuple[E, ...]:
    return tuple(entry for entry in entries if placed.get(entry) == 1)
