"""The working of a score as a tree: what was asked, earned and possible, and what was left out and why.

Labels are measures (``total``, ``area:CODE``, ``question:CODE``) and the names of enquiries; pages put
them into words. Points are in units.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from kaaring.scoring.answers import ScoredAnswer, Why
from kaaring.scoring.evaluation import ScoredEvaluation
from kaaring.scoring.questionnaire import TOTAL, Questionnaire
from kaaring.scoring.standings import EnquiryScore, ParticipantScore, participant_scores

NOT_ON_CHANNEL = "not_on_channel"
NOT_OBSERVED = "not_observed"


@dataclass(frozen=True, slots=True)
class Working:
    """How one figure came about.

    ``score`` runs from 0 to 100; it is None, and so are the points, where ``left_out_because`` gives the
    reason. ``enquiries`` is how many enquiries the figure rests on.
    """

    label: str
    earned: int | None
    possible: int | None
    score: Fraction | None
    children: tuple["Working", ...] = ()
    left_out_because: str | None = None
    enquiries: int = 1


@dataclass(frozen=True, slots=True)
class WorkedEnquiry:
    """A participant's enquiry by its name, with its evaluation and, where it does not count, the reason."""

    name: str
    evaluation: ScoredEvaluation
    left_out_because: str | None = None


def evaluation_working(questionnaire: Questionnaire, evaluation: ScoredEvaluation) -> Working:
    """Return the working of one evaluation: total, areas, questions.

    Every question of the questionnaire stands in it, those of other channels left out with that reason.
    An unanswered enquiry has 0 of the channel's full points in the total, whatever its areas say.
    """
    answers = {answer.code: answer for answer in evaluation.answers}
    areas: list[Working] = []
    for area in (*questionnaire.areas, None):
        lines = tuple(
            _answer_working(question.code, answers.get(question.code))
            for question in questionnaire.questions
            if question.area == area
        )
        if area is not None:
            areas.append(_measure(f"area:{area}", evaluation, lines))
        else:
            areas.extend(lines)
    return _measure(TOTAL, evaluation, tuple(areas))


def _answer_working(code: str, answer: ScoredAnswer | None) -> Working:
    label = f"question:{code}"
    if answer is None:
        return Working(label, None, None, None, left_out_because=NOT_ON_CHANNEL, enquiries=0)
    if answer.earned is None or answer.possible is None:
        return Working(label, None, None, None, left_out_because=answer.why, enquiries=0)
    score = Fraction(100 * answer.earned, answer.possible)
    return Working(label, answer.earned, answer.possible, score)


def _measure(label: str, evaluation: ScoredEvaluation, children: tuple[Working, ...]) -> Working:
    points = evaluation.points_in(label)
    if points is None:
        why = NOT_OBSERVED if evaluation.is_answered else Why.UNANSWERED
        return Working(label, None, None, None, children, left_out_because=why, enquiries=0)
    earned, possible = points
    return Working(label, earned, possible, Fraction(100 * earned, possible), children)


def measure_working(measure: str, enquiries: Iterable[WorkedEnquiry], *, method: ParticipantScore) -> Working:
    """Return the working of a participant's score in one measure, one line per enquiry."""
    lines = [_enquiry_working(measure, enquiry) for enquiry in enquiries]
    counted = [
        EnquiryScore(measure, line.earned, line.possible)
        for line in lines
        if line.earned is not None and line.possible is not None
    ]
    if not counted:
        return Working(measure, None, None, None, tuple(lines), left_out_because=NOT_OBSERVED, enquiries=0)
    tally = participant_scores(counted, method=method)[measure]
    earned = sum(enquiry.earned for enquiry in counted)
    possible = sum(enquiry.possible for enquiry in counted)
    return Working(measure, earned, possible, tally.score, tuple(lines), enquiries=tally.enquiries)


def _enquiry_working(measure: str, enquiry: WorkedEnquiry) -> Working:
    if enquiry.left_out_because is not None:
        why = enquiry.left_out_because
        return Working(enquiry.name, None, None, None, left_out_because=why, enquiries=0)
    points = enquiry.evaluation.points_in(measure)
    if points is None:
        return Working(enquiry.name, None, None, None, left_out_because=NOT_OBSERVED, enquiries=0)
    earned, possible = points
    return Working(enquiry.name, earned, possible, Fraction(100 * earned, possible))


def participant_working(
    questionnaire: Questionnaire, enquiries: Sequence[WorkedEnquiry], *, method: ParticipantScore
) -> Working:
    """Return the working of a participant's total over areas and questions.

    Each figure combines the enquiries in which it was observed, as ``method`` says, so the areas explain
    the total without adding up to it.
    """
    return _over_enquiries(
        TOTAL,
        enquiries,
        method,
        tuple(
            _over_enquiries(
                f"area:{area}",
                enquiries,
                method,
                tuple(
                    _over_enquiries(f"question:{question.code}", enquiries, method, ())
                    for question in questionnaire.questions
                    if question.area == area
                ),
            )
            for area in questionnaire.areas
        ),
    )


def _over_enquiries(
    measure: str, enquiries: Sequence[WorkedEnquiry], method: ParticipantScore, children: tuple[Working, ...]
) -> Working:
    worked = measure_working(measure, enquiries, method=method)
    return Working(
        measure,
        worked.earned,
        worked.possible,
        worked.score,
        children,
        left_out_because=worked.left_out_because,
        enquiries=worked.enquiries,
    )
