"""The points of a block of evaluations: one row of a sheet per measure, one column per evaluation."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kaaring.scoring.answers import AnswerKey, ScoredAnswer, as_number
from kaaring.scoring.block.answers import AnswerBlock
from kaaring.scoring.evaluation import ANSWERED
from kaaring.scoring.question import Kind
from kaaring.scoring.questionnaire import TOTAL, Questionnaire, Unanswered, fed_by

type Whole = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Lookup:
    """What the answers to one question give: column channel · ``size`` + code of ``points`` and ``stops``.

    ``points`` has shape (2, channels · size): earned and possible, both 0 where the answer is left out.
    ``stops`` is None for a question that cannot stop.
    """

    question: str
    size: int
    points: Whole
    stops: NDArray[np.bool_] | None


class Sheet:
    """The points of evaluations in every measure, ``measures`` naming its rows.

    First the questions in their order, then total, areas and themes, then answered and the channels.
    """

    def __init__(self, questionnaire: Questionnaire, block: AnswerBlock[Any]) -> None:
        self._block = block
        self._forms = [questionnaire.form(channel) for channel in questionnaire.channels]
        questions = questionnaire.questions
        areas = [f"area:{area}" for area in questionnaire.areas]
        themes = [f"theme:{theme}" for theme in questionnaire.themes]
        channels = [f"channel:{channel}" for channel in questionnaire.channels]
        rolled_up = (TOTAL, *areas, *themes)
        self.measures = (*(f"question:{q.code}" for q in questions), *rolled_up, ANSWERED, *channels)
        self._total = len(questions)
        self._themes = slice(self._total + 1 + len(areas), self._total + len(rolled_up))
        where = {measure: self._total + row for row, measure in enumerate(rolled_up)}
        self._feeds = [[where[measure] for measure in fed_by(question)] for question in questions]
        keys = [{key.code: key for key in form.keys} for form in self._forms]
        self._lookups = [
            _lookup(block, question.code, [on_channel.get(question.code) for on_channel in keys])
            for question in questions
        ]
        self._unanswered = self._points_unanswered(questionnaire)

    def points(self, rows: slice | NDArray[np.intp]) -> Whole:
        """Return the points of these n evaluations, shape (measures, 2, n): earned and possible, in units."""
        channel = self._block.channel[rows].astype(np.intp)
        points = np.zeros((len(self.measures), 2, len(channel)), np.int64)
        stopped = self._look_up(rows, channel, points)
        points[: self._total, :, stopped] = self._unanswered[:-1, :, channel[stopped]]
        for row, fed in enumerate(self._feeds):
            for measure in fed:
                points[measure] += points[row]
        points[self._total, :, stopped] = self._unanswered[-1, :, channel[stopped]]
        points[self._themes, :, stopped] = 0
        answered = self._themes.stop
        points[answered] = points[self._total]
        points[answered, :, stopped] = 0
        for position in range(len(self._forms)):
            np.multiply(points[self._total], channel == position, out=points[answered + 1 + position])
        return points

    def _look_up(
        self, rows: slice | NDArray[np.intp], channel: NDArray[np.intp], points: Whole
    ) -> NDArray[np.intp]:
        """Fill in the questions' points and return the positions of the unanswered enquiries."""
        starts = {lookup.size: channel * lookup.size for lookup in self._lookups}
        is_stopped = np.zeros(len(channel), np.bool_)
        for row, lookup in enumerate(self._lookups):
            if lookup.question in self._block.codes:
                column = starts[lookup.size] + self._block.codes[lookup.question][rows]
                np.take(lookup.points, column, axis=1, out=points[row], mode="clip")
                if lookup.stops is not None:
                    is_stopped |= lookup.stops[column]
        return np.flatnonzero(is_stopped)

    def _points_unanswered(self, questionnaire: Questionnaire) -> Whole:
        """Return an unanswered enquiry's points, shape (questions and total, 2, channels)."""
        points = np.zeros((self._total + 1, 2, len(self._forms)), np.int64)
        order = {question.code: row for row, question in enumerate(questionnaire.questions)}
        for channel, form in enumerate(self._forms):
            for key in form.keys:
                if key.question.area in questionnaire.unanswered_in:
                    points[order[key.code], 1, channel] = key.possible or 0
            if questionnaire.unanswered is Unanswered.ZERO:
                points[-1, 1, channel] = form.full[0]
        return points


def _lookup(block: AnswerBlock[Any], question: str, keys: list[AnswerKey | None]) -> Lookup:
    texts = block.texts.get(question, ("",))
    size = len(texts)
    points = np.zeros((2, len(keys) * size), np.int64)
    stops = np.zeros(len(keys) * size, np.bool_)
    for channel, key in enumerate(keys):
        if key is not None:
            columns = slice(channel * size, (channel + 1) * size)
            points[:, columns] = _marked(key, texts)
            if key.can_stop:
                stops[columns] = [key.is_stopped_by(text) for text in texts]
    return Lookup(question, size, points, stops if stops.any() else None)


def _marked(key: AnswerKey, texts: Sequence[str]) -> tuple[list[int], list[int]]:
    """Return what each text earns and what is possible with it, both 0 where it is left out or at fault."""
    if key.possible is None:
        return [0] * len(texts), [0] * len(texts)
    if key.question.kind is Kind.MEASURED:
        values = [as_number(text) for text in texts]
        earned = [key.units_for(value) if value is not None and value >= 0 else -1 for value in values]
        return [max(units, 0) for units in earned], [key.possible if units >= 0 else 0 for units in earned]
    marked = [key.mark(text) for text in texts]
    answers = [answer if isinstance(answer, ScoredAnswer) else None for answer in marked]
    earned = [answer.earned or 0 if answer else 0 for answer in answers]
    return earned, [answer.possible or 0 if answer else 0 for answer in answers]
