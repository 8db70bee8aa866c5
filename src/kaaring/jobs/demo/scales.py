"""The scored questions as ladders: every answer is a level, every level is worth whole units of a point."""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from kaaring.scoring.questionnaire import Kind, Question, Questionnaire

Whole = NDArray[np.int64]
Real = NDArray[np.float64]


@dataclass(frozen=True)
class Rung:
    """One answer: its text, or for a measured value the values (above, upto] that it stands for."""

    units: int
    text: str = ""
    above: int = -1
    upto: int = -1


@dataclass(frozen=True)
class Ladder:
    """The answers to one question on one channel, from the fewest points to the most.

    Between neighbours lies a cut on a scale from 0 (worst impression) to 1 (best).
    """

    rungs: tuple[Rung, ...]

    def cuts(self) -> list[float]:
        steps = len(self.rungs) - 1
        return [(2 * step + 1) / (2 * steps) for step in range(steps)]


@dataclass(frozen=True)
class Scales:
    """All ladders of a questionnaire in arrays indexed by channel, question and level.

    ``units`` is padded with zeros, ``cuts`` with infinity, ``heights`` is the number of levels, 0 where the
    question is not asked on the channel.
    """

    questionnaire: Questionnaire
    questions: tuple[Question, ...]
    ladders: tuple[tuple[Ladder | None, ...], ...]
    units: Whole
    cuts: Real
    heights: Whole

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(question.code for question in self.questions)

    def column(self, code: str) -> int | None:
        """Return the position of a question, None where the questionnaire does not score it."""
        return self.codes.index(code) if code in self.codes else None

    def feeding(self, measure: str) -> NDArray[np.bool_]:
        """Return which questions count in ``total``, ``area:…``, ``theme:…`` or ``question:…``."""
        what, _, code = measure.partition(":")
        if what == "theme":
            return np.array([code in question.themes for question in self.questions], dtype=np.bool_)
        if what == "area":
            return np.array([question.area == code for question in self.questions], dtype=np.bool_)
        return np.array([what == "total" or name == code for name in self.codes], dtype=np.bool_)


def scales_of(questionnaire: Questionnaire) -> Scales:
    """Return the ladders of all questions that give points on some channel."""
    channels = questionnaire.channels
    questions = tuple(
        question
        for question in questionnaire.questions
        if any(questionnaire.possible(question, channel) > 0 for channel in channels)
    )
    ladders = tuple(
        tuple(_ladder(question, channel, questionnaire.unit) for question in questions)
        for channel in channels
    )
    tallest = max(len(ladder.rungs) for row in ladders for ladder in row if ladder is not None)
    shape = (len(channels), len(questions))
    units = np.zeros((*shape, tallest), dtype=np.int64)
    cuts = np.full((*shape, tallest), np.inf, dtype=np.float64)
    heights = np.zeros(shape, dtype=np.int64)
    for channel, row in enumerate(ladders):
        for column, ladder in enumerate(row):
            if ladder is not None:
                heights[channel, column] = len(ladder.rungs)
                units[channel, column, : len(ladder.rungs)] = [rung.units for rung in ladder.rungs]
                cuts[channel, column, : len(ladder.rungs) - 1] = ladder.cuts()
    return Scales(questionnaire, questions, ladders, units, cuts, heights)


def _ladder(question: Question, channel: str, unit: int) -> Ladder | None:
    if question.most_points(channel) == 0:
        return None
    if question.kind is Kind.SCALE:
        return Ladder(_steps(question, unit))
    if question.kind is Kind.MEASURED:
        return Ladder(_bands(question, channel, unit))
    if question.kind is Kind.MULTIPLE:
        raise ValueError(f"{question.code}: the demo data knows no scored question with several answers")
    options = sorted(question.options, key=lambda option: option.points)
    return Ladder(tuple(Rung(_whole(option.points, unit), option.code) for option in options))


def _steps(question: Question, unit: int) -> tuple[Rung, ...]:
    return tuple(
        Rung(_whole(question.points * step / question.step_count, unit), str(question.lowest + step))
        for step in range(int(question.step_count) + 1)
    )


def _bands(question: Question, channel: str, unit: int) -> tuple[Rung, ...]:
    """Return the bands from slow to quick; beyond the last one nobody has answered in time."""
    rungs: list[Rung] = []
    above = 0
    for band in question.bands_met(channel):
        rungs.append(Rung(_whole(band.points, unit), above=above, upto=int(band.bound)))
        above = int(band.bound)
    return tuple(reversed(rungs))


def _whole(points: Fraction, unit: int) -> int:
    return int(points * unit)
