"""From the answers of one evaluation to its points in every measure, exactly."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kaaring.scoring.answers import AnswerKey, Fault, FaultCode, ScoredAnswer, Why
from kaaring.scoring.question import NOT_APPLICABLE as NOT_APPLICABLE
from kaaring.scoring.question import Kind, Question
from kaaring.scoring.questionnaire import TOTAL, Form, Questionnaire, Unanswered

ANSWERED = "answered"


@dataclass(frozen=True, slots=True)
class ScoredEvaluation:
    """One evaluation with its points in units.

    ``answers`` has one line per question of the channel's form, in its order. ``points`` maps ``total``,
    ``area:CODE`` and ``theme:CODE`` to what was earned of what was possible; a measure that was not
    observed is absent. A thin evaluation has its points all the same: whether it counts is a reviewer's
    decision. Where there are faults, the answers at fault are left out and the points are no result.
    """

    channel: str
    is_answered: bool
    is_thin: bool
    answers: tuple[ScoredAnswer, ...]
    points: Mapping[str, tuple[int, int]]
    faults: tuple[Fault, ...]

    def points_in(self, measure: str) -> tuple[int, int] | None:
        """Return (earned, possible) in any measure, None where it was not observed.

        Knows ``answered`` (the total of an answered enquiry), ``channel:CODE`` (the total of an enquiry on
        that channel) and ``question:CODE`` beside the measures in ``points``.
        """
        kind, _, code = measure.partition(":")
        if kind == "question":
            return next(
                (
                    (answer.earned, answer.possible)
                    for answer in self.answers
                    if answer.code == code and answer.earned is not None and answer.possible is not None
                ),
                None,
            )
        if (measure == ANSWERED and not self.is_answered) or (kind == "channel" and code != self.channel):
            return None
        return self.points.get(TOTAL if measure == ANSWERED or kind == "channel" else measure)


def score_evaluation(
    questionnaire: Questionnaire, channel: str, answers: Mapping[str, str]
) -> ScoredEvaluation:
    """Return the points of one evaluation, and everything that is wrong with its answers.

    ``answers`` maps question codes to canonical text: option codes separated by a space, a number
    (``"3"``, ``"74.5"``) or ``"na"``; an answer that was not given is absent or empty. Raises ValueError
    for a channel that the questionnaire does not have.
    """
    form = questionnaire.form(channel)
    stop = _stopped_at(form, answers)
    faults: list[Fault] = []
    if stop is None:
        scored = _mark_all(form, answers, faults)
        points = _add_up(form, scored)
    else:
        scored = _mark_unanswered(questionnaire, form, stop, answers, faults)
        points = _points_unanswered(questionnaire, form)
    faults.extend(_misplaced(questionnaire, form, answers))
    is_thin = stop is None and _is_thin(questionnaire, form, points)
    return ScoredEvaluation(channel, stop is None, is_thin, tuple(scored), points, tuple(faults))


def _stopped_at(form: Form, answers: Mapping[str, str]) -> int | None:
    for position in form.gates:
        key = form.keys[position]
        if key.is_stopped_by(answers.get(key.code) or ""):
            return position
    return None


def _mark_all(form: Form, answers: Mapping[str, str], faults: list[Fault]) -> list[ScoredAnswer]:
    scored = []
    for key in form.keys:
        text = answers.get(key.code) or ""
        scored.append(key.known.get(text) or _mark(key, text, faults))
    return scored


def _mark(key: AnswerKey, text: str, faults: list[Fault]) -> ScoredAnswer:
    marked = key.mark(text)
    if isinstance(marked, ScoredAnswer):
        return marked
    faults.append(marked)
    return key.left_out(text, Why.FAULTY)


def _add_up(form: Form, scored: Sequence[ScoredAnswer]) -> dict[str, tuple[int, int]]:
    earned = [0] * len(form.measures)
    possible = [0] * len(form.measures)
    for answer, fed in zip(scored, form.feeds, strict=True):
        if answer.earned is not None and answer.possible is not None:
            for measure in fed:
                earned[measure] += answer.earned
                possible[measure] += answer.possible
    sums = zip(form.measures, earned, possible, strict=True)
    return {measure: (got, most) for measure, got, most in sums if most}


def _mark_unanswered(
    questionnaire: Questionnaire, form: Form, stop: int, answers: Mapping[str, str], faults: list[Fault]
) -> list[ScoredAnswer]:
    gate = form.keys[stop].question
    scored = []
    for position, key in enumerate(form.keys):
        text = answers.get(key.code) or ""
        if position > stop or _is_measured_with(gate, key.question):
            if text:
                faults.append(Fault(key.code, text, FaultCode.AFTER_STOP))
        else:
            _mark(key, text, faults)
        scored.append(_unanswered(questionnaire, key, text))
    return scored


def _is_measured_with(gate: Question, question: Question) -> bool:
    return question.kind is Kind.MEASURED and question.area == gate.area


def _unanswered(questionnaire: Questionnaire, key: AnswerKey, text: str) -> ScoredAnswer:
    if key.possible is None:
        return key.left_out(text, Why.NOT_SCORED)
    if key.question.area not in questionnaire.unanswered_in:
        return key.left_out(text, Why.NOT_ASKED)
    return ScoredAnswer(key.code, text, 0, key.possible, Why.UNANSWERED)


def _points_unanswered(questionnaire: Questionnaire, form: Form) -> dict[str, tuple[int, int]]:
    counted = {f"area:{area}" for area in questionnaire.unanswered_in}
    if questionnaire.unanswered is Unanswered.ZERO:
        counted.add(TOTAL)
    full = zip(form.measures, form.full, strict=True)
    return {measure: (0, most) for measure, most in full if most and measure in counted}


def _misplaced(questionnaire: Questionnaire, form: Form, answers: Mapping[str, str]) -> Iterator[Fault]:
    for code, text in answers.items():
        if text and code not in form.codes:
            question = questionnaire.by_code.get(code)
            if question is None:
                yield Fault(code, text, FaultCode.UNKNOWN_QUESTION)
            else:
                yield Fault(code, text, FaultCode.NOT_ASKED_ON_CHANNEL, tuple(sorted(question.channels)))


def _is_thin(questionnaire: Questionnaire, form: Form, points: Mapping[str, tuple[int, int]]) -> bool:
    least = questionnaire.least_observed
    observed = points.get(TOTAL, (0, 0))[1]
    return observed * least.denominator < form.full[0] * least.numerator
