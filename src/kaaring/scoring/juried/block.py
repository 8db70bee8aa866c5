"""Marks of many entries at once as columns of whole numbers, scored and placed as ``contest`` does."""

import math
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

import numpy as np
from numpy.typing import ArrayLike

from kaaring.scoring.juried.cards import (
    ABSTAINED,
    Flags,
    Marks,
    Numbers,
    Scores,
    Whole,
    combine_cards,
    criterion_scores,
    passed_over,
    places_of,
    score_cards,
    whole_weights,
    widened,
)
from kaaring.scoring.juried.combining import Method, NoScore
from kaaring.scoring.juried.contest import CRITERION, JURY, Recipe, Scorecard, cards_by_entry


@dataclass(frozen=True, slots=True, eq=False)
class MarkBlock:
    """n marks in contests of one recipe.

    ``entry``, ``juror`` and ``criterion``, all of shape (n,), are positions below ``entries`` and
    ``jurors`` and in the recipe's criteria. ``mark``, (n,), counts steps above the lowest mark, of which
    there are ``steps`` to the highest, −1 for an abstention. ``share``, (n,) or one for all, counts parts of
    ``whole_share``: what the juror grants of the criterion's weight.
    """

    entry: ArrayLike
    juror: ArrayLike
    criterion: ArrayLike
    mark: ArrayLike
    share: ArrayLike
    entries: int
    jurors: int
    steps: int
    whole_share: int


@dataclass(frozen=True, slots=True, eq=False)
class BlockScores:
    """What each of E entries reached; all arrays have shape (E,).

    ``scores`` holds numerators over one denominator. A place of 0 is no place and no score.
    ``scorecards`` counts those with a score.
    """

    scorecards: Whole
    places: Whole
    is_shared: Flags
    scores: Scores
    minimum_marks: int

    def score(self, position: int) -> Fraction | None:
        """Return the score of the entry at this position, None where it has none."""
        return self.scores.at(position)

    def why(self, position: int) -> NoScore | None:
        """Return why the entry at this position is not decidable, None where it is."""
        if self.places[position]:
            return None
        is_few = self.scorecards[position] < max(1, self.minimum_marks)
        return NoScore.TOO_FEW_SCORECARDS if is_few else NoScore.TOO_FEW_TO_TRIM


def as_block[E: Hashable, J: Hashable](
    entries: Iterable[E], scorecards: Iterable[Scorecard[E, J]], recipe: Recipe
) -> MarkBlock:
    """Return a contest's scorecards as a block; entries and jurors are numbered as they come.

    Raises ValueError for what ``contest`` and ``juror_score`` refuse.
    """
    named, cards = list(entries), list(scorecards)
    cards_by_entry(named, cards)
    entry_at = {entry: position for position, entry in enumerate(named)}
    juror_at: dict[J, int] = {}
    criterion_at = {criterion.code: position for position, criterion in enumerate(recipe.criteria)}
    part_of = cache(lambda mark: recipe.scale.normalised(mark) / 100)
    where, values, shares = [], [], []
    for card in cards:
        juror = juror_at.setdefault(card.juror, len(juror_at))
        for code, mark in card.marks.items():
            where.append((entry_at[card.entry], juror, criterion_at[code]))
            values.append(None if mark.value is None else part_of(mark.value))
            shares.append(mark.share)
    steps = math.lcm(*(value.denominator for value in values if value is not None))
    whole_share = math.lcm(*(share.denominator for share in shares))
    entry, juror_of, criterion = np.array(where, np.int64).reshape(-1, 3).T
    marks = [ABSTAINED if value is None else _times(value, steps) for value in values]
    return MarkBlock(
        entry,
        juror_of,
        criterion,
        widened(np.array(marks, object), steps),
        widened(np.array([_times(share, whole_share) for share in shares], object), whole_share),
        entries=len(named),
        jurors=len(juror_at),
        steps=steps,
        whole_share=whole_share,
    )


def _times(value: Fraction, common: int) -> int:
    """Return the value times a multiple of its denominator."""
    return value.numerator * (common // value.denominator)


def marks_of(block: MarkBlock, recipe: Recipe) -> Marks:
    """Return the block's marks by scorecard; ValueError for marks that cannot be."""
    criteria = len(recipe.criteria)
    if block.steps < 1 or block.whole_share < 1:
        raise ValueError("A scale needs at least one step, and a share at least one part")
    entry = _column("entry", block.entry, 0, block.entries - 1)
    juror = _column("juror", block.juror, 0, block.jurors - 1)
    criterion = _column("criterion", block.criterion, 0, criteria - 1)
    mark = _column("mark", block.mark, ABSTAINED, block.steps)
    share = _column("share", block.share, 0, block.whole_share)
    if not entry.shape == juror.shape == criterion.shape == mark.shape or share.shape not in {(), mark.shape}:
        raise ValueError("Entries, jurors, criteria, marks and shares must be columns of one length")
    share = share if share.shape else np.full(mark.shape, share)
    if _is_complete(entry, juror, criterion, block.jurors, criteria):
        first: Whole | slice = slice(None, None, criteria)
        mark, share = mark.reshape(-1, criteria).T, share.reshape(-1, criteria).T
    else:
        first, mark, share = _spread(entry * block.jurors + juror, criterion, mark, share, criteria)
    mark = np.ascontiguousarray(widened(mark, block.steps))
    return Marks(entry[first], juror[first], mark, share, block.steps, block.whole_share)


def _column(name: str, column: ArrayLike, lowest: int, highest: int) -> Numbers:
    """Return the column as whole numbers; ValueError where one is beyond the ends."""
    found = np.asarray(column)
    if found.size and not (lowest <= found.min() and found.max() <= highest):
        raise ValueError(f"In the column {name} something lies outside {lowest} to {highest}")
    return found.astype(np.int64 if highest < 2**63 else object, copy=False)


def _is_complete(entry: Whole, juror: Whole, criterion: Whole, jurors: int, criteria: int) -> bool:
    """Return whether scorecards come in order and each has a row for every criterion, in order too."""
    is_next = (entry[1:] != entry[:-1]) | (juror[1:] != juror[:-1])
    is_first = is_next[criteria - 1 :: criteria or 1]
    if len(entry) != criteria * (len(is_first) + 1) or np.count_nonzero(is_next) != len(is_first):
        return False
    card = entry[::criteria] * jurors + juror[::criteria]
    is_repeated = criterion[criteria:] == criterion[:-criteria]
    is_in_order = criterion[:criteria] == np.arange(criteria)
    return bool(is_first.all() and np.all(card[1:] > card[:-1]) and is_repeated.all() and is_in_order.all())


def _spread(
    card: Whole, criterion: Whole, mark: Numbers, share: Numbers, criteria: int
) -> tuple[Whole, Numbers, Numbers]:
    """Return where each scorecard is first met, and marks and shares by criterion and scorecard."""
    _, first, at = np.unique(card, return_index=True, return_inverse=True)
    cell = criterion * len(first) + at
    if np.bincount(cell).max(initial=0) > 1:
        raise ValueError("A juror marks a criterion of an entry once")
    marks = np.full(criteria * len(first), ABSTAINED, mark.dtype)
    shares = np.zeros_like(marks, share.dtype)
    marks[cell], shares[cell] = mark, share
    shape = criteria, len(first)
    return first, marks.reshape(shape), shares.reshape(shape)


def scores_of_block(block: MarkBlock, recipe: Recipe, jury_ranks: ArrayLike) -> BlockScores:
    """Return every entry's score and place, as ``contest`` gives them, to the last digit.

    ``jury_ranks``, of shape (E,) or 0 for all, is the jury's recorded decision: 1 before 2, 0 for none. The
    scale's ends count nowhere, since marks come as steps. Raises ValueError for positions, marks and shares
    out of range, columns of different length, and a criterion that a juror marked twice for an entry.

    >>> from kaaring.scoring.juried import Criterion, Scale
    >>> recipe = Recipe((Criterion("idea", None),), Scale(Fraction(0), Fraction(10)), Method.MEAN, trim=0,
    ...                 minimum_marks=1, ties=(), shared_when_rounded_equal=True)
    >>> block = MarkBlock(entry=[0, 0, 1], juror=[0, 1, 0], criterion=[0, 0, 0], mark=[7, 8, 9], share=1,
    ...                   entries=3, jurors=2, steps=10, whole_share=1)
    >>> found = scores_of_block(block, recipe, jury_ranks=0)
    >>> [found.score(entry) for entry in range(3)], found.places.tolist()
    ([Fraction(75, 1), Fraction(90, 1), None], [2, 1, 0])
    """
    marks = marks_of(block, recipe)
    discretions = [criterion.discretion for criterion in recipe.criteria]
    cards, _ = score_cards(marks, whole_weights(recipe.criteria), discretions)
    if recipe.method is not Method.MEAN:
        cards = cards.rising()
    counts = np.bincount(cards.entry, minlength=block.entries)
    cut = passed_over(counts, recipe.method, recipe.trim)
    scores = combine_cards(cards, counts, cut, recipe.minimum_marks)
    is_rounded = recipe.shared_when_rounded_equal
    levels = [scores.levels(is_rounded), *tie_levels(marks, recipe, jury_ranks, block.entries)]
    return BlockScores(counts, *places_of(levels), scores, recipe.minimum_marks)


def tie_levels(marks: Marks, recipe: Recipe, jury_ranks: ArrayLike, entries: int) -> list[Whole]:
    """Return the levels of the recipe's tie-breakers in their order, −1 for an entry without a value."""
    codes = [CRITERION + criterion.code for criterion in recipe.criteria]
    return [
        _jury_levels(jury_ranks, entries)
        if name == JURY
        else criterion_scores(marks, codes.index(name), entries).levels(recipe.shared_when_rounded_equal)
        for name in recipe.ties
    ]


def _jury_levels(jury_ranks: ArrayLike, entries: int) -> Whole:
    ranks = np.broadcast_to(np.asarray(jury_ranks, np.int64), (entries,))
    return np.where(ranks > 0, ranks.max(initial=0) - ranks, -1)
