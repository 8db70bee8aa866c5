"""Scores, places and means of every measure from exact sums, many measures at a time."""

import math
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kaaring.scoring.block.answers import AnswerBlock
from kaaring.scoring.block.points import Whole
from kaaring.scoring.block.sums import Sums, add_up
from kaaring.scoring.questionnaire import Questionnaire
from kaaring.scoring.standings import ParticipantScore

MOST_UNITS = 2**52
"""The most units that all evaluations of a block may have together, so that no sum can overflow."""

NEVER = 2**62
"""The minimum size of what is no class."""

type Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class MeasureScores:
    """What P participants reached in one measure; all arrays have shape (P,).

    A place of 0 is no place: not observed, too few enquiries, or a class too small. Scores and means are
    divided out when asked for, since most are only ever compared.
    """

    enquiries: Whole
    places: Whole
    is_shared: Flags
    class_places: Whole
    class_is_shared: Flags
    _sums: Sums
    _means: "_Means"

    def score(self, position: int) -> Fraction | None:
        """Return the score, 0 to 100, of the participant at this position; None where it has no place."""
        if not self.places[position]:
            return None
        divisor = self._sums.common * int(self._sums.divisors[position])
        return Fraction(100 * int(self._sums.numerators[position]), divisor)

    @property
    def mean(self) -> Fraction | None:
        """The mean of all participants with a score."""
        return self._means.of(self._means.sums.sum(), self._means.counts.sum())

    def class_mean(self, competition_class: str) -> Fraction | None:
        """Return the mean of the participants of a class that have a score."""
        position = self._means.classes.index(competition_class)
        return self._means.of(self._means.sums[position], self._means.counts[position])


@dataclass(frozen=True, slots=True, eq=False)
class _Means:
    """The sums of scores per class, as numerators over 1 ÷ ``common``, and the counts of scores."""

    classes: tuple[str | None, ...]
    sums: NDArray[Any]
    counts: Whole
    common: int

    def of(self, total: Any, count: Any) -> Fraction | None:
        return Fraction(100 * int(total), self.common * int(count)) if count else None


@dataclass(frozen=True, slots=True, eq=False)
class BlockScores[K: Hashable]:
    """The figures of every measure; positions are those of ``participants``."""

    participants: tuple[K, ...]
    measures: Mapping[str, MeasureScores]


@dataclass(frozen=True, slots=True)
class _Terms:
    """What decides who has a score and a place.

    ``in_class``, shape (P,), is each participant's position in ``classes``, where None stands for having
    none; ``minimum_participants`` goes with ``classes``.
    """

    classes: tuple[str | None, ...]
    in_class: NDArray[np.intp]
    minimum_participants: Whole
    minimum_enquiries: int
    shared_when_rounded_equal: bool


def score_block[K: Hashable](
    questionnaire: Questionnaire,
    block: AnswerBlock[K],
    classes: Mapping[K, str | None],
    *,
    method: ParticipantScore,
    shared_when_rounded_equal: bool,
    minimum_enquiries: int,
    minimum_participants: Mapping[str, int],
) -> BlockScores[K]:
    """Return every participant's score and places, and the class and overall means, in every measure.

    The measures are ``total``, ``answered``, ``area:CODE``, ``theme:CODE``, ``channel:CODE`` and
    ``question:CODE``. Scores, means and places are those of ``participant_scores``, ``mean`` and
    ``standings`` without tie-breakers, to the last digit. Time grows in line with the number of
    evaluations; beyond the block itself, memory does not.

    Raises ValueError for channels outside the questionnaire, and for more points than ``MOST_UNITS``.
    """
    if len(block) and block.channel.max() >= len(questionnaire.channels):
        raise ValueError("The block has channels that the questionnaire does not have")
    fullest = max((questionnaire.form(channel).full[0] for channel in questionnaire.channels), default=0)
    if fullest * len(block) > MOST_UNITS:
        raise ValueError("The evaluations have more points together than a block can add up")
    named = [classes.get(participant) for participant in block.participants]
    names = tuple(dict.fromkeys(named))
    smallest = [minimum_participants.get(name, 0) if name is not None else NEVER for name in names]
    terms = _Terms(
        names,
        np.fromiter(map({name: n for n, name in enumerate(names)}.__getitem__, named), np.intp, len(named)),
        np.array(smallest, np.int64),
        minimum_enquiries,
        shared_when_rounded_equal,
    )
    return BlockScores(block.participants, _rank(add_up(questionnaire, block, method), terms))


def _rank(sums: Mapping[str, Sums], terms: _Terms) -> dict[str, MeasureScores]:
    """Return the figures of all measures; those whose numbers fit into 64 bits are worked out together."""
    multiples = {
        measure: math.lcm(*set(line.divisors[_has_score(line.enquiries, terms)].tolist()))
        for measure, line in sums.items()
    }
    short = [measure for measure, line in sums.items() if _is_short(line, multiples[measure])]
    long = [measure for measure in sums if measure not in set(short)]
    scores = {
        **_rank_together({measure: sums[measure] for measure in short}, multiples, terms, np.dtype(np.int64)),
        **_rank_together({measure: sums[measure] for measure in long}, multiples, terms, np.dtype(object)),
    }
    return {measure: scores[measure] for measure in sums}


def _has_score(enquiries: Whole, terms: _Terms) -> Flags:
    return enquiries >= max(1, terms.minimum_enquiries)


def _is_short(line: Sums, multiple: int) -> bool:
    """Say whether every number on the way to the measure's figures fits into 64 bits."""
    longest = line.common * multiple * max(2001, len(line.divisors))
    return line.numerators.dtype != object and longest < 2**63


def _rank_together(
    sums: Mapping[str, Sums], multiples: Mapping[str, int], terms: _Terms, dtype: np.dtype[Any]
) -> dict[str, MeasureScores]:
    """Return the figures of m measures, worked out in arrays of shape (m, P) of this type."""
    if not sums:
        return {}
    lines = list(sums.values())
    enquiries = np.stack([line.enquiries for line in lines])
    has_score = _has_score(enquiries, terms)
    divisors = np.where(has_score, np.stack([line.divisors for line in lines]), 1).astype(dtype)
    numerators = np.where(has_score, np.stack([line.numerators.astype(dtype) for line in lines]), 0)
    common = np.array([[line.common] for line in lines], dtype)
    over_one = numerators * (np.array([[multiples[measure]] for measure in sums], dtype) // divisors)
    if terms.shared_when_rounded_equal:
        levels = (2000 * numerators + common * divisors) // (2 * common * divisors)
    else:
        levels = np.stack([np.unique(row, return_inverse=True)[1] for row in over_one])
    levels = np.where(has_score, levels, -1).astype(np.int64)
    means = _class_sums(over_one, has_score, terms)
    placed = zip(*_places(levels, means[1], terms), strict=True)
    return {
        measure: MeasureScores(
            line.enquiries,
            *arrays,
            line,
            _Means(terms.classes, total, count, line.common * multiples[measure]),
        )
        for (measure, line), arrays, total, count in zip(sums.items(), placed, *means, strict=True)
    }


def _class_sums(over_one: NDArray[Any], has_score: Flags, terms: _Terms) -> tuple[NDArray[Any], Whole]:
    """Return the sums and counts of the scores of each class, shape (m, classes) both."""
    order = np.argsort(terms.in_class, kind="stable")
    starts = np.searchsorted(terms.in_class[order], np.arange(len(terms.classes)))
    sums = np.add.reduceat(over_one[:, order], starts, axis=1)
    return sums, np.add.reduceat(has_score[:, order], starts, axis=1, dtype=np.int64)


def _places(levels: Whole, class_counts: Whole, terms: _Terms) -> tuple[Whole, Flags, Whole, Flags]:
    """Return places over all and in the class, each with whether it is shared; all of shape (m, P)."""
    measure = np.arange(len(levels))[:, None]
    overall = _places_in(np.broadcast_to(measure, levels.shape), levels)
    is_large = class_counts >= terms.minimum_participants
    in_class = measure * len(terms.classes) + terms.in_class
    return *overall, *_places_in(in_class, np.where(is_large[:, terms.in_class], levels, -1))


def _places_in(group: NDArray[np.intp], levels: Whole) -> tuple[Whole, Flags]:
    """Return the place of each level within its group, the highest first, and whether it is shared."""
    span = int(levels.max(initial=0)) + 2
    key = (group * span + (span - 2 - levels)).ravel()
    order = np.argsort(key)
    ordered = key[order]
    position = np.arange(len(key))
    is_new = np.diff(ordered, prepend=-1) != 0
    is_new_group = np.diff(ordered // span, prepend=-1) != 0
    first = np.maximum.accumulate(np.where(is_new, position, 0))
    group_first = np.maximum.accumulate(np.where(is_new_group, position, 0))
    places = np.empty_like(position)
    places[order] = first - group_first + 1
    is_shared = np.empty(len(key), np.bool_)
    is_shared[order] = ~(is_new & np.append(is_new[1:], True))
    has_place = levels >= 0
    return places.reshape(levels.shape) * has_place, is_shared.reshape(levels.shape) & has_place
