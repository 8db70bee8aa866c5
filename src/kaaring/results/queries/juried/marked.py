"""Stages in which jurors mark: from kept scores to an entry's score and place, many entries at once."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import isnan

import numpy as np

from kaaring.inference import intervals, standard_errors
from kaaring.results.queries.juried.contests import EntryContest
from kaaring.results.queries.juried.inputs import EntryName, Given
from kaaring.results.queries.juried.rows import EntryRow, in_order
from kaaring.results.queries.juried.ties import TieBreakers
from kaaring.scoring import Place, places
from kaaring.scoring.juried import Method, NoScore
from kaaring.scoring.juried.cards import Cards, Scores, Whole, combine_cards, passed_over, widened

LEVEL, POOLING = 0.95, 20.0


@dataclass(frozen=True, slots=True, eq=False)
class Field:
    """A contest's entries with their scores; ``given``, ``counts`` and ``scores`` are in their order.

    ``counts`` are the scorecards that come to a score, ``ends`` those of an entry's 95 % interval by its key.
    """

    contest: EntryContest
    entries: Sequence[EntryName]
    given: Sequence[Sequence[Given]]
    counts: Whole
    scores: Mapping[int, Fraction]
    ends: Mapping[int, tuple[float, float]]

    @property
    def tied(self) -> list[int]:
        """The keys of entries whose score another entry has too."""
        sharing: dict[tuple[int, int], list[int]] = {}
        for entry, score in self.scores.items():
            sharing.setdefault(score.as_integer_ratio(), []).append(entry)
        return [entry for own in sharing.values() if len(own) > 1 for entry in own]


def field_of(
    contest: EntryContest, entries: Sequence[EntryName], given: Mapping[int, Sequence[Given]]
) -> Field:
    """Return a contest with the scores of its entries, combined as the rules say."""
    recipe = contest.recipe
    cards = [given.get(one.pk, ()) for one in entries]
    found = [(at, one) for at, own in enumerate(cards) for one in own if one.below]
    who = np.array([at for at, _one in found], np.int64)
    common = math.lcm(*{one.below or 1 for _at, one in found})
    values = np.array([(one.above or 0) * (common // (one.below or 1)) for _at, one in found], object)
    counts = np.bincount(who, minlength=len(entries))
    columns = Cards(who, widened(values, 101 * common), 100 * common)
    if recipe.method is not Method.MEAN:
        columns = columns.rising()
    cut = passed_over(counts, recipe.method, recipe.trim)
    combined = combine_cards(columns, counts, cut, recipe.minimum_marks)
    scores = {one.pk: score for at, one in enumerate(entries) if (score := combined.at(at)) is not None}
    ends = _ends(entries, found, combined) if recipe.method is Method.MEAN else {}
    return Field(contest, entries, cards, counts, scores, ends)


def _ends(
    entries: Sequence[EntryName], found: Sequence[tuple[int, Given]], combined: Scores
) -> dict[int, tuple[float, float]]:
    """Return the 95 % interval of each mean score; jurors' spread is pooled over the contest's entries."""
    if not combined.is_given.any():
        return {}
    counted = np.flatnonzero(combined.is_given)
    position = np.cumsum(combined.is_given) - 1
    kept = [(int(position[at]), one) for at, one in found if combined.is_given[at]]
    errors = standard_errors(
        [(one.above or 0) / (one.below or 1) for _at, one in kept],
        [at for at, _one in kept],
        [0] * len(kept),
        participants=len(counted),
        pooling=POOLING,
    )
    centres = combined.numerators[counted].astype(np.float64) / float(combined.denominator)
    low, high = intervals(centres, errors, level=LEVEL)
    ends = zip(counted.tolist(), low.tolist(), high.tolist(), strict=True)
    return {entries[at].pk: (lower, upper) for at, lower, upper in ends if not isnan(lower)}


def rows_of(field: Field, ties: TieBreakers) -> list[EntryRow]:
    """Return the rows of a contest by place; ``ties`` need values for the entries that are tied alone."""
    is_rounded = field.contest.recipe.shared_when_rounded_equal
    placed = places(field.scores, ties=ties.values, shared_when_rounded_equal=is_rounded)
    return in_order(_rows(field, placed, ties))


def _rows(field: Field, placed: Mapping[int, Place], ties: TieBreakers) -> Iterator[EntryRow]:
    minimum = max(1, field.contest.recipe.minimum_marks)
    lines = zip(field.entries, field.given, field.counts.tolist(), strict=True)
    for entry, given, count in lines:
        place = placed.get(entry.pk)
        low, high = field.ends.get(entry.pk, (None, None))
        why = NoScore.TOO_FEW_SCORECARDS if count < minimum else NoScore.TOO_FEW_TO_TRIM
        yield EntryRow(
            entry=entry,
            score=field.scores.get(entry.pk),
            value=None,
            low=low,
            high=high,
            scorecards=count,
            place=place.place if place else None,
            is_shared=place is not None and place.is_shared,
            parted_by=ties.name(place.broken_by) if place else "",
            why="" if place else why.value,
            given=given,
        )
