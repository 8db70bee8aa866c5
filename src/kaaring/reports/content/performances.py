"""Chapters 5 and 11: where the points went, and what would lift the total most."""

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from kaaring.inference import student_quantile
from kaaring.kernel.text import Text
from kaaring.programmes.definition.schema import Question
from kaaring.reports.content.chapters import FEWEST, Gain, Lift, Lifts, LostPoints, Performances
from kaaring.reports.content.results import NAMED
from kaaring.reports.content.shared import EditionContent
from kaaring.reports.content.stored import Made, mean_score
from kaaring.survey.models import Participant

LEVEL = 0.95
NORMAL = 1.959963984540054
"""The 97.5 % point of the normal distribution, which the intervals of the run's lines were made with."""


class Weighed:
    """A participant's enquiries with the weight of their points: all losses add up to 100 less the total.

    A point of an enquiry counts 100 / (number × its possible points) in a mean of enquiries, and 100 / (all
    possible points) where points are pooled.
    """

    def __init__(self, made: Sequence[Made], *, is_pooled: bool) -> None:
        self.made = tuple(enquiry for enquiry in made if enquiry.possible)
        self.weights = tuple(map(_pooled(self.made) if is_pooled else _per_enquiry(self.made), self.made))

    def lost_and_worth(self) -> tuple[Mapping[str, Fraction], Mapping[str, Fraction]]:
        """Return, per question, the points lost of 100 and the most that could be lost.

        Summed as whole numbers over one denominator, since sums of fractions are slow.
        """
        whole = math.lcm(*(weight.denominator for weight in self.weights))
        lost, worth = Counter[str](), Counter[str]()
        for enquiry, weight in zip(self.made, self.weights, strict=True):
            parts = weight.numerator * (whole // weight.denominator)
            for question, given in enquiry.answers.items():
                if given.earned is not None and given.possible is not None:
                    lost[question] += parts * (given.possible - given.earned)
                    worth[question] += parts * given.possible
        return _of_whole(lost, whole), _of_whole(worth, whole)

    def standard_error(self, levels: Mapping[str, float]) -> float | None:
        """Return how uncertain the gain is of raising these questions to these levels (0 to 1) together.

        None from fewer enquiries than a mean may rest on.
        """
        number = len(self.made)
        if number < FEWEST:
            return None
        gains = [
            number * float(weight) * _short_of(levels, enquiry)
            for enquiry, weight in zip(self.made, self.weights, strict=True)
        ]
        mean = math.fsum(gains) / number
        variance = math.fsum((gain - mean) ** 2 for gain in gains) / (number - 1)
        return math.sqrt(variance / number)


def _of_whole(parts: Mapping[str, int], whole: int) -> dict[str, Fraction]:
    return {question: Fraction(number, whole) for question, number in parts.items()}


def _per_enquiry(made: Sequence[Made]) -> Callable[[Made], Fraction]:
    return lambda enquiry: Fraction(100, len(made) * (enquiry.possible or 1))


def _pooled(made: Sequence[Made]) -> Callable[[Made], Fraction]:
    possible = sum((Fraction(enquiry.possible or 0, enquiry.unit) for enquiry in made), Fraction(0))
    return lambda enquiry: 100 / (possible * enquiry.unit)


def _short_of(levels: Mapping[str, float], enquiry: Made) -> float:
    given = ((level, enquiry.answers.get(question)) for question, level in levels.items())
    return math.fsum(
        level * one.possible - one.earned
        for level, one in given
        if one is not None and one.possible is not None and one.earned is not None
    )


def performances(shared: EditionContent, participant: Participant, weighed: Weighed) -> Performances:
    """Return chapter 5: the questions with points, the costliest first."""
    lost, worth = weighed.lost_and_worth()
    lines = [
        _lost(shared, participant, question, lost[question.code], worth[question.code])
        for question in shared.survey.questions
        if question.code in lost
    ]
    known = [line for line in lines if line is not None]
    points = [(enquiry.earned, enquiry.possible or 0, enquiry.unit) for enquiry in weighed.made]
    total = mean_score(points, is_pooled=shared.is_pooled)
    unanswered = Fraction(0) if total is None else 100 - total - sum(lost.values(), Fraction(0))
    return Performances(tuple(sorted(known, key=lambda line: -line.lost)), unanswered)


def _lost(
    shared: EditionContent, participant: Participant, question: Question, lost: Fraction, worth: Fraction
) -> LostPoints | None:
    measure = f"question:{question.code}"
    result = shared.result(participant, measure)
    if result.score is None:
        return None
    if lost and result.score < 100:
        worth = lost * 100 / (100 - result.score)

    def at(level: Fraction | None) -> Fraction | None:
        return None if level is None else worth * (100 - level) / 100

    return LostPoints(
        question=question.code,
        text=question.text,
        area=question.area or "",
        area_name=area_name(shared, question.area),
        score=result.score,
        lost=lost,
        lost_at_best=at(result.best),
        lost_at_class=at(result.class_mean),
        lost_at_mean=at(result.mean),
    )


def area_name(shared: EditionContent, code: str | None) -> Text:
    """Return what an area is called; nothing where there is none."""
    return shared.names.get(f"area:{code}", {})


def lifts(shared: EditionContent, participant: Participant, weighed: Weighed, chapter: Performances) -> Lifts:
    """Return chapter 11: the questions in which the class's best is ahead, by what they would add."""
    ahead = [one for one in chapter.questions if one.lost_at_best is not None and one.lost > one.lost_at_best]
    found = [_lift(shared, participant, weighed, one) for one in ahead]
    ranked = sorted(found, key=lambda lift: -lift.gain.gain)
    return Lifts(tuple(ranked), _together(shared, participant, weighed, ranked[:NAMED]))


def _lift(shared: EditionContent, participant: Participant, weighed: Weighed, lost: LostPoints) -> Lift:
    best = shared.best[f"question:{lost.question}", participant.competition_class_id]
    level = best.score or Fraction(0)
    gain = lost.lost - (lost.lost_at_best or 0)
    error = _error(
        shared, participant, weighed, {lost.question: level}, {lost.question: gain / (level - lost.score)}
    )
    return Lift(
        question=lost.question,
        text=lost.text,
        area=lost.area,
        area_name=lost.area_name,
        score=lost.score,
        best=level,
        gain=_between(gain, error, len(weighed.made)),
    )


def _together(
    shared: EditionContent, participant: Participant, weighed: Weighed, first: Sequence[Lift]
) -> Gain | None:
    if not first:
        return None
    levels = {lift.question: lift.best for lift in first}
    worth = {lift.question: lift.gain.gain / (lift.best - lift.score) for lift in first}
    error = _error(shared, participant, weighed, levels, worth)
    return _between(sum((lift.gain.gain for lift in first), Fraction(0)), error, len(weighed.made))


def _error(
    shared: EditionContent,
    participant: Participant,
    weighed: Weighed,
    levels: Mapping[str, Fraction],
    worth: Mapping[str, Fraction],
) -> float | None:
    """Return the standard error of a gain: that of our own enquiries, and that of the best one's level."""
    own = weighed.standard_error({question: float(level) / 100 for question, level in levels.items()})
    if own is None:
        return None
    variance = own**2
    for question, points in worth.items():
        best = shared.best[f"question:{question}", participant.competition_class_id]
        if best.low is not None and best.high is not None:
            variance += ((best.high - best.low) / 2 / NORMAL * float(points)) ** 2
    return math.sqrt(variance)


def _between(gain: Fraction, error: float | None, enquiries: int) -> Gain:
    if error is None:
        return Gain(gain, None, None)
    margin = student_quantile(LEVEL, enquiries - 1) * error
    return Gain(gain, float(gain) - margin, float(gain) + margin)
