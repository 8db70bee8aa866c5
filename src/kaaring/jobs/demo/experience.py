"""How the enquiries went before any adjusting: latent impressions, cut into answers.

An impression is the question's ease, plus the participant's quality, plus what this one dialogue was like,
plus chance; the cuts of the answer scale turn it into a level. The ease is found by bisection, so that the
mean over participants of every question starts where ``profile`` says.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from kaaring.jobs.demo import profile
from kaaring.jobs.demo.scales import Real, Scales, Whole
from kaaring.jobs.demo.sheet import LEFT_OUT, Flags, Sheet
from kaaring.scoring.questionnaire import Kind

DIALOGUE_SPREAD = 0.165
CHANCE_ON_A_SCALE = 0.15
CHANCE_OF_A_TICK = 0.30
WAIT_SPREAD = 0.10
CHANCE_OF_A_WAIT = 0.30
AREA_SPREAD = 0.022
_HALVINGS = 22


@dataclass(frozen=True)
class Conditions:
    """What the draw starts from: one entry per enquiry.

    ``quality`` is the participant's at that time, ``steadiness`` scales the differences between its
    dialogues, ``readiness`` is how quick it answers beyond its quality.
    """

    participants: Whole
    channels: Whole
    answered: Flags
    quality: Real
    steadiness: Real
    readiness: Real
    sells: Flags


def bell(rng: np.random.Generator, *shape: int) -> Real:
    """Draw from nearly the normal distribution as twelve summed uniforms: the same on every machine."""
    total = np.zeros(shape, dtype=np.float64)
    for _ in range(12):
        total = total + rng.random(shape)
    return total - 6.0


def unanswered_flags(channels: Sequence[str], rates: Real, rng: np.random.Generator) -> Flags:
    """Draw which enquiries nobody answers, from each one's rate and its channel's lean."""
    lean = np.array([profile.UNANSWERED_LEAN.get(channel, 1.0) for channel in channels])
    flags: Flags = rng.random(len(channels)) < rates * lean
    return flags


def draw_sheet(scales: Scales, conditions: Conditions, rng: np.random.Generator) -> Sheet:
    """Draw all answers and return them as a sheet that can be adjusted."""
    rows, columns = conditions.participants.size, len(scales.questions)
    sheet = Sheet(
        scales,
        conditions.channels,
        conditions.participants,
        conditions.answered,
        impressions=_impressions(scales, conditions, rng),
        levels=np.full((rows, columns), LEFT_OUT, dtype=np.int64),
        lowest=np.zeros((rows, columns), dtype=np.int64),
        highest=scales.heights[conditions.channels] - 1,
    )
    applies = _applies(scales, conditions, rng)
    order = sorted(range(columns), key=lambda column: scales.codes[column] in (profile.FITTED, profile.QUEUE))
    for column in order:
        asked = applies[:, column] & _linked(sheet, scales.codes[column], rng)
        _set_ease(sheet, column, asked)
    _bound_linked(sheet)
    return sheet


def _impressions(scales: Scales, conditions: Conditions, rng: np.random.Generator) -> Real:
    """Return the impressions without the ease of the questions."""
    rows, columns = conditions.participants.size, len(scales.questions)
    count = int(conditions.participants.max()) + 1
    areas = list(dict.fromkeys(question.area for question in scales.questions))
    tilt = AREA_SPREAD * bell(rng, count, len(areas))
    dialogue = DIALOGUE_SPREAD * bell(rng, rows) * conditions.steadiness
    waiting = WAIT_SPREAD * bell(rng, count)[conditions.participants] + conditions.readiness
    lean = np.array([profile.CHANNEL_LEAN.get(code, 0.0) for code in scales.questionnaire.channels])
    base = conditions.quality + lean[conditions.channels]
    chance = bell(rng, rows, columns)
    impressions = np.empty((rows, columns), dtype=np.float64)
    for column, question in enumerate(scales.questions):
        own = base + tilt[conditions.participants, areas.index(question.area)]
        if question.kind is Kind.MEASURED:
            unsteady = CHANCE_OF_A_WAIT * conditions.steadiness
            impressions[:, column] = own + waiting + 0.4 * dialogue + unsteady * chance[:, column]
        else:
            spread = CHANCE_ON_A_SCALE if question.kind is Kind.SCALE else CHANCE_OF_A_TICK
            unsteady = spread * (0.5 + 0.5 * conditions.steadiness)
            impressions[:, column] = own + dialogue + unsteady * chance[:, column]
    return impressions


def _applies(scales: Scales, conditions: Conditions, rng: np.random.Generator) -> Flags:
    """Draw which answers apply: asked on the channel, the enquiry answered, no rare exception."""
    applies = conditions.answered[:, None] & (scales.heights[conditions.channels] > 0)
    draws = rng.random(applies.shape)
    for column, question in enumerate(scales.questions):
        rate = profile.NOT_APPLICABLE_RATE.get(question.code, 0.0) if question.may_be_not_applicable else 0.0
        applies[:, column] &= draws[:, column] >= rate
        if question.code == profile.WOULD_BUY and question.may_be_not_applicable:
            applies[:, column] &= conditions.sells
    return applies


def _linked(sheet: Sheet, code: str, rng: np.random.Generator) -> Flags:
    """Return where an earlier answer leaves room for the question."""
    everywhere = np.ones(sheet.answered.size, dtype=np.bool_)
    asked, wait = sheet.scales.column(profile.ASKED), sheet.scales.column(profile.WAIT)
    if code == profile.FITTED and asked is not None:
        return sheet.levels[:, asked] > 0
    if code == profile.QUEUE and wait is not None:
        shortest, longest = _wait_range(sheet, wait)
        coin = rng.random(sheet.answered.size) < 0.5
        return (shortest >= profile.SHORT_WAIT) | ((longest > profile.SHORT_WAIT) & coin)
    return everywhere


def _wait_range(sheet: Sheet, wait: int) -> tuple[Whole, Whole]:
    """Return the shortest and longest wait that each row's level stands for."""
    shortest = np.zeros(sheet.answered.size, dtype=np.int64)
    longest = np.zeros(sheet.answered.size, dtype=np.int64)
    for channel, row in enumerate(sheet.scales.ladders):
        ladder = row[wait]
        if ladder is None:
            continue
        for level, rung in enumerate(ladder.rungs):
            here = (sheet.channels == channel) & (sheet.levels[:, wait] == level)
            shortest[here], longest[here] = rung.above + 1, rung.upto
    return shortest, longest


def _set_ease(sheet: Sheet, column: int, asked: Flags) -> None:
    """Shift the column so that its mean over participants is the typical one, and cut it into levels."""
    code = sheet.scales.codes[column]
    share = profile.TYPICAL_SHARE.get(code, profile.TYPICAL_SHARE_ELSE)
    rows = np.flatnonzero(asked)
    people, count = np.unique(sheet.participants[rows], return_counts=True)
    sizes = np.zeros(int(sheet.participants.max()) + 1, dtype=np.int64)
    sizes[people] = count
    full = sheet.full[rows, column]
    weights = 10**12 // (sizes[sheet.participants[rows]] * max(people.size, 1) * np.maximum(full, 1))
    units, cuts = sheet.row_units[rows, column], sheet.row_cuts[rows, column]
    low, high = -2.0, 3.0
    for _ in range(_HALVINGS):
        ease = (low + high) / 2
        levels = (sheet.impressions[rows, column, None] + ease > cuts).sum(axis=1)
        earned = np.take_along_axis(units, levels[:, None], axis=1)[:, 0]
        low, high = (ease, high) if int((earned * weights).sum()) < share * 10**12 else (low, ease)
    sheet.impressions[:, column] += (low + high) / 2
    sheet.levels[rows, column] = (sheet.impressions[rows, column, None] > cuts).sum(axis=1)


def _bound_linked(sheet: Sheet) -> None:
    """Keep answers that decide whether another is asked from crossing that line when adjusted."""
    asked, wait = sheet.scales.column(profile.ASKED), sheet.scales.column(profile.WAIT)
    queue = sheet.scales.column(profile.QUEUE)
    if asked is not None:
        none = sheet.levels[:, asked] == 0
        sheet.highest[none, asked] = 0
        sheet.lowest[~none, asked] = 1
    if wait is None or queue is None:
        return
    for channel, row in enumerate(sheet.scales.ladders):
        ladder = row[wait]
        if ladder is None or sheet.scales.ladders[channel][queue] is None:
            continue
        here = sheet.channels == channel
        heard = here & (sheet.levels[:, queue] >= 0)
        short = [level for level, rung in enumerate(ladder.rungs) if rung.above + 1 < profile.SHORT_WAIT]
        long = [level for level, rung in enumerate(ladder.rungs) if rung.upto > profile.SHORT_WAIT]
        if short:
            sheet.lowest[here & ~heard, wait] = min(short)
        if long:
            sheet.highest[heard, wait] = max(long)
