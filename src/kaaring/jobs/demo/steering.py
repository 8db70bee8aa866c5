"""Moving single answers until means come out: many at once for the field, one by one for a participant.

Both ways are greedy, draw nothing at random and stop by themselves, so the same sheet always ends the same
way.
"""

from collections.abc import Sequence

import numpy as np

from kaaring.jobs.demo.scales import Real, Whole
from kaaring.jobs.demo.sheet import HUNDRED, Aim, Flags, Sheet

POINT = HUNDRED // 100
_MOST_AT_ONCE = 400
_ROUNDS = 400


def shift_field(sheet: Sheet, aims: Sequence[Aim], rows: Flags, *, within: float) -> None:
    """Bring the means of a whole field to their aims, one question's most natural answers at a time.

    Each round takes the question and direction whose average effect lowers the sum of squared errors most,
    and as many answers as that effect asks for. Ends when every error is within the given points or nothing
    helps.
    """
    index = np.flatnonzero(rows)
    errors = [aim.target - sheet.value(aim.mean) for aim in aims]
    for _ in range(_ROUNDS):
        if all(abs(error) <= within * POINT for error in errors):
            return
        best = _best_question(sheet, aims, index, errors)
        if best is None:
            return
        column, direction, count = best
        gains = sheet.gains(index, direction)[:, column]
        strain = np.where(gains != 0, sheet.strain(index, direction)[:, column], np.inf)
        chosen = np.argsort(strain, kind="stable")[:count]
        moved = index[chosen]
        sheet.levels[moved, column] += direction
        for position, aim in enumerate(aims):
            if aim.mean.questions[column]:
                errors[position] -= int((aim.mean.weights[moved] * gains[chosen]).sum())


def _best_question(
    sheet: Sheet, aims: Sequence[Aim], index: Whole, errors: Sequence[int]
) -> tuple[int, int, int] | None:
    best: tuple[int, int, int] | None = None
    best_reduction = 0.0
    for direction in (1, -1):
        gains = sheet.gains(index, direction)
        movable = np.count_nonzero(gains, axis=0)
        effects = [
            np.where(aim.mean.questions, (aim.mean.weights[index][:, None] * gains).sum(axis=0), 0) / 1.0
            for aim in aims
        ]
        for column in np.flatnonzero(movable).tolist():
            room = int(movable[column])
            effect = [float(each[column]) / room for each in effects]
            count, reduction = _count_and_reduction(effect, errors, room)
            if reduction > best_reduction:
                best, best_reduction = (column, direction, count), reduction
    return best


def _count_and_reduction(effect: Sequence[float], errors: Sequence[int], room: int) -> tuple[int, float]:
    """Return how many such moves fit best, and by how much they lower the sum of squared errors."""
    size = sum(each * each for each in effect)
    along = sum(each * error for each, error in zip(effect, errors, strict=True))
    if size == 0 or along <= 0:
        return 0, 0.0
    count = max(1, min(round(along / size), room // 3, _MOST_AT_ONCE))
    return count, 2 * count * along - count * count * size


def settle(sheet: Sheet, aims: Sequence[Aim], rows: Flags, *, within: float) -> bool:
    """Bring a few means, usually one participant's, to their aims; say whether they are there.

    Far from the aims the most natural of all helpful moves is taken, near them the most exact one, and in
    the end the most exact pair.
    """
    index = np.flatnonzero(rows)
    errors = [aim.target - sheet.value(aim.mean) for aim in aims]
    for _ in range(_ROUNDS):
        if all(abs(error) <= within * POINT for error in errors):
            return True
        effects, strain = _single_moves(sheet, aims, index)
        reduction = _reduction(effects, errors)
        if not (reduction > 0).any():
            return _settle_pair(sheet, effects, errors, index, within)
        if max(abs(error) for error in errors) > 0.4 * POINT:
            move = int(np.argmin(np.where(reduction > 0, strain, np.inf)))
        else:
            move = int(np.argmax(reduction))
        _apply(sheet, move, index)
        errors = [error - int(effects[position][move]) for position, error in enumerate(errors)]
    return False


def _single_moves(sheet: Sheet, aims: Sequence[Aim], index: Whole) -> tuple[list[Whole], Real]:
    """Return the effect of every move on every aim, and its strain: all ups, then all downs."""
    gains = [sheet.gains(index, direction) for direction in (1, -1)]
    strain = [
        np.where(gain != 0, sheet.strain(index, direction), np.inf)
        for gain, direction in zip(gains, (1, -1), strict=True)
    ]
    effects = [
        np.concatenate(
            [
                (np.where(aim.mean.questions[None, :], gain, 0) * aim.mean.weights[index][:, None]).ravel()
                for gain in gains
            ]
        )
        for aim in aims
    ]
    return effects, np.concatenate([each.ravel() for each in strain])


def _reduction(effects: Sequence[Real | Whole], errors: Sequence[int]) -> Real:
    total = np.zeros(effects[0].shape, dtype=np.float64)
    for effect, error in zip(effects, errors, strict=True):
        share = effect / POINT
        total += share * (2 * error / POINT - share)
    return total


def _settle_pair(
    sheet: Sheet, effects: Sequence[Whole], errors: Sequence[int], index: Whole, within: float
) -> bool:
    """Make the pair of moves that comes closest, if it comes close enough."""
    moving = np.flatnonzero(np.any([effect != 0 for effect in effects], axis=0))
    pairs = [effect[moving][:, None] + effect[moving][None, :] for effect in effects]
    reduction = _reduction(pairs, errors)
    cells = moving % (index.size * sheet.levels.shape[1])
    reduction[cells[:, None] == cells[None, :]] = -np.inf
    if moving.size == 0 or reduction.max() <= 0:
        return False
    first, second = divmod(int(np.argmax(reduction)), moving.size)
    for move in (int(moving[first]), int(moving[second])):
        _apply(sheet, move, index)
    return all(
        abs(error - int(pair[first, second])) <= within * POINT
        for error, pair in zip(errors, pairs, strict=True)
    )


def _apply(sheet: Sheet, move: int, index: Whole) -> None:
    cells = index.size * sheet.levels.shape[1]
    row, column = divmod(move % cells, sheet.levels.shape[1])
    sheet.levels[index[row], column] += 1 if move < cells else -1
