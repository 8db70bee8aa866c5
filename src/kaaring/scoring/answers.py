"""The answer key: what one answer to one question on one channel earns, or why it is refused.

An answer is canonical text: option codes separated by a space, a number with a decimal point, ``na``, or
nothing. Points are whole numbers in units of the questionnaire's common denominator.
"""

import re
from bisect import bisect_left
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from kaaring.scoring.question import NOT_APPLICABLE, Kind, Question

_NUMBER = re.compile(r"-?[0-9]{1,18}(?:\.[0-9]{1,18})?")


class Why(StrEnum):
    """How an answer's points came about, or why it is left out of the score."""

    SCORED = "scored"
    UNANSWERED = "unanswered"  # nobody answered the enquiry: 0 of the full points
    NOT_APPLICABLE = "not_applicable"
    NOT_SCORED = "not_scored"
    NOT_ASKED = "not_asked"  # nobody answered the enquiry: there was nothing to observe
    FAULTY = "faulty"


class FaultCode(StrEnum):
    """What is wrong with an answer."""

    NOT_ASKED_ON_CHANNEL = "not_asked_on_channel"
    UNKNOWN_OPTION = "unknown_option"
    TOO_MANY_OPTIONS = "too_many_options"
    NOT_A_NUMBER = "not_a_number"
    OUTSIDE_SCALE = "outside_scale"
    NOT_APPLICABLE_REFUSED = "not_applicable_refused"
    MISSING = "missing"
    AFTER_STOP = "after_stop"
    UNKNOWN_QUESTION = "unknown_question"


@dataclass(frozen=True, slots=True)
class ScoredAnswer:
    """One answer with its points in units; both are None where the answer is left out of the score."""

    code: str
    value: str
    earned: int | None
    possible: int | None
    why: Why


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong with one answer.

    ``options`` names what would be accepted: option codes, the two ends of a scale, or the channels on
    which the question is asked.
    """

    question: str
    value: str
    code: FaultCode
    options: tuple[str, ...] = ()


def as_number(text: str) -> Fraction | int | None:
    """Return the number that the text writes out, or None.

    >>> as_number("74.5"), as_number("74"), as_number("1e3")
    (Fraction(149, 2), 74, None)
    """
    if len(text) <= 18 and text.isascii() and text.isdecimal():
        return int(text)
    return Fraction(text) if _NUMBER.fullmatch(text) else None


def _whole(number: Fraction) -> Fraction | int:
    """Return a whole number as an int, which compares much faster."""
    return number.numerator if number.denominator == 1 else number


class AnswerKey:
    """How the answers to one question are marked on one channel.

    ``possible`` is the most that can be earned, in units, and None for a question that gives no points
    there; ``can_stop`` says whether an answer can make the enquiry unanswered. ``known`` holds the marked
    answer of every text that can be foreseen; ``mark`` reads any text.
    """

    def __init__(self, question: Question, channel: str, unit: int) -> None:
        self.question = question
        self.code = question.code
        self.possible = int(question.most_points(channel) * unit) or None
        self.is_required = question.scored or question.is_gate
        self._unit = unit
        self._options = {option.code: int(option.points * unit) for option in question.options}
        self._stopping = frozenset(option.code for option in question.options if option.stops)
        self.can_stop = bool(self._stopping)
        bands = question.bands_met(channel)
        self._bounds = [_whole(band.bound) for band in bands]
        self._band_points = [*(int(band.points * unit) for band in bands), 0]
        self.known = self._foreseen()

    def mark(self, text: str) -> ScoredAnswer | Fault:
        """Return the answer with its points, or what is wrong with it."""
        return self.known.get(text) or self._read(text)

    def is_stopped_by(self, text: str) -> bool:
        """Say whether this answer makes the whole enquiry unanswered."""
        chosen = text.split()
        return not self._stopping.isdisjoint(chosen) and not isinstance(self.mark(text), Fault)

    def units_for(self, value: Fraction | int) -> int:
        """Return what a measured value, not below zero, earns."""
        return self._band_points[bisect_left(self._bounds, value)]

    def left_out(self, text: str, why: Why) -> ScoredAnswer:
        """Return the answer without points."""
        return ScoredAnswer(self.code, text, None, None, why)

    def _foreseen(self) -> dict[str, ScoredAnswer]:
        question = self.question
        texts = list(self._options)
        if question.kind is Kind.SCALE:
            steps = (question.lowest + step for step in range(int(question.step_count) + 1))
            texts = [str(step) for step in steps if step.denominator == 1]
        known = {text: answer for text in texts if isinstance(answer := self._read(text), ScoredAnswer)}
        if question.may_be_not_applicable:
            known[NOT_APPLICABLE] = self.left_out(NOT_APPLICABLE, Why.NOT_APPLICABLE)
        if not self.is_required:
            known[""] = self.left_out("", Why.NOT_SCORED)
        return known

    def _read(self, text: str) -> ScoredAnswer | Fault:
        if not text:
            return self._fault(text, FaultCode.MISSING)
        if text == NOT_APPLICABLE:
            return self._fault(text, FaultCode.NOT_APPLICABLE_REFUSED)
        if self.question.kind is Kind.SCALE:
            return self._read_scale(text)
        if self.question.kind is Kind.MEASURED:
            return self._read_measured(text)
        return self._read_options(text)

    def _read_options(self, text: str) -> ScoredAnswer | Fault:
        chosen = dict.fromkeys(text.split())
        if not chosen or not self._options.keys() >= chosen.keys():
            return self._fault(text, FaultCode.UNKNOWN_OPTION)
        if len(chosen) > (self.question.most_options if self.question.kind is Kind.MULTIPLE else 1):
            return self._fault(text, FaultCode.TOO_MANY_OPTIONS)
        return self._earn(text, sum(self._options[code] for code in chosen))

    def _read_scale(self, text: str) -> ScoredAnswer | Fault:
        value = as_number(text)
        if value is None:
            return self._fault(text, FaultCode.NOT_A_NUMBER)
        step = value - self.question.lowest
        if step.denominator != 1 or not 0 <= step <= self.question.step_count:
            return self._fault(text, FaultCode.OUTSIDE_SCALE)
        return self._earn(text, int(self.question.points * self._unit * step / self.question.step_count))

    def _read_measured(self, text: str) -> ScoredAnswer | Fault:
        value = as_number(text)
        if value is None:
            return self._fault(text, FaultCode.NOT_A_NUMBER)
        if value < 0:
            return self._fault(text, FaultCode.OUTSIDE_SCALE)
        return self._earn(text, self.units_for(value))

    def _earn(self, text: str, units: int) -> ScoredAnswer:
        if self.possible is None:
            return self.left_out(text, Why.NOT_SCORED)
        return ScoredAnswer(self.code, text, min(units, self.possible), self.possible, Why.SCORED)

    def _fault(self, text: str, code: FaultCode) -> Fault:
        return Fault(self.code, text, code, self._accepted())

    def _accepted(self) -> tuple[str, ...]:
        question = self.question
        if question.kind is Kind.SCALE:
            return (str(question.lowest), str(question.highest))
        return tuple(self._options)
