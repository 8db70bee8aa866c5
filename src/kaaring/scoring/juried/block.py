"""Marks of many entries at once as columns of whole numbers, scored and placed as ``contest`` does."""

import math
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import ArrayLike

from kaaring.scoring.juried.cards import (
    ABSTAINED,
    Flags,
    Numbers,
    Rows,
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
    where, values, shares = [], [], []
    for card in cards:
        juror = juror_at.setdefault(card.juror, len(juror_at))
        for code, mark in card.marks.items():
            where.append((entry_at[card.entry], juror, criterion_at[code]))
            values.append(None if mark.value is None else recipe.scale.normalised(mark.value) / 100)
            shares.append(mark.share)
    steps = math.lcm(*(value.denominator for value in values if value is not None))
    whole_share = math.lcm(*(share.denominator for share in shares))
    entry, juror_of, criterion = np.array(where, np.int64).reshape(-1, 3).T
    marks = [ABSTAINED if value is None else int(value * steps) for value in values]
    return MarkBlock(
        entry,
        juror_of,
        criterion,
        widened(np.array(marks, object), steps),
        widened(np.array([int(share * whole_share) for share in shares], object), whole_share),
        entries=len(named),
        jurors=len(juror_at),
        steps=steps,
        whole_share=whole_share,
    )


def rows_of(block: MarkBlock, recipe: Recipe) -> Rows:
    """Return the block's marks in order; ValueError for marks that cannot be."""
    entry, juror, criterion = (
        np.asarray(column, np.int64) for column in (block.entry, block.juror, block.criterion)
    )
    mark, share = _whole(block.mark), _whole(block.share)
    if not entry.shape == juror.shape == criterion.shape == mark.shape or share.shape not in {(), mark.shape}:
        raise ValueError("Entries, jurors, criteria, marks and shares must be columns of one length")
    if block.steps < 1 or block.whole_share < 1:
        raise ValueError("A scale needs at least one step, and a share at least one part")
    _refuse_outside("entry", entry, 0, block.entries - 1)
    _refuse_outside("juror", juror, 0, block.jurors - 1)
    _refuse_outside("criterion", criterion, 0, len(recipe.criteria) - 1)
    _refuse_outside("mark", mark, ABSTAINED, block.steps)
    _refuse_outside("share", share, 0, block.whole_share)
    share = share if share.shape else np.full_like(mark, share)
    rows = Rows(entry, juror, criterion, mark, share, block.steps, block.whole_share)
    key = (entry * block.jurors + juror) * len(recipe.criteria) + criterion
    if not np.any(key[1:] <= key[:-1]):
        return rows
    order = np.argsort(key, kind="stable")
    if np.any(np.diff(key[order]) == 0):
        raise ValueError("A juror marks a criterion of an entry once")
    return rows.at(order)


def _whole(column: ArrayLike) -> Numbers:
    found = np.asarray(column)
    return found if found.dtype == object else found.astype(np.int64)


def _refuse_outside(name: str, column: Numbers, lowest: int, highest: int) -> None:
    if column.size and not (lowest <= column.min() and column.max() <= highest):
        raise ValueError(f"In the column {name} something lies outside {lowest} to {highest}")


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
    rows = rows_of(block, recipe)
    discretions = [criterion.discretion for criterion in recipe.criteria]
    cards = score_cards(rows, whole_weights(recipe.criteria), discretions, block.jurors)
    if recipe.method is not Method.MEAN:
        cards = cards.rising()
    counts = np.bincount(cards.entry, minlength=block.entries)
    cut = passed_over(counts, recipe.method, recipe.trim)
    scores = combine_cards(cards, counts, cut, recipe.minimum_marks)
    is_rounded = recipe.shared_when_rounded_equal
    levels = [scores.levels(is_rounded), *tie_levels(rows, recipe, jury_ranks, block.entries)]
    return BlockScores(counts, *places_of(levels), scores, recipe.minimum_marks)


def tie_levels(rows: Rows, recipe: Recipe, jury_ranks: ArrayLike, entries: int) -> list[Whole]:
    """Return the levels of the recipe's tie-breakers in their order, −1 for an entry without a value."""
    codes = [CRITERION + criterion.code for criterion in recipe.criteria]
    return [
        _jury_levels(jury_ranks, entries)
        if name == JURY
        else criterion_scores(rows, codes.index(name), entries).levels(recipe.shared_when_rounded_equal)
        for name in recipe.ties
    ]


def _jury_levels(jury_ranks: ArrayLike, entries: int) -> Whole:
    ranks = np.broadcast_to(np.asarray(jury_ranks, np.int64), (entries,))
    return np.where(ranks > 0, ranks.max(initial=0) - ranks, -1)
