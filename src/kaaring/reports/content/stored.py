"""A participant's evaluations as they are stored, read in a handful of queries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction

from kaaring.fieldwork.models import Answer, Comment, Evaluation, Points
from kaaring.kernel.figures import local
from kaaring.reports.content.chapters import Moment, PartOfDay
from kaaring.results.queries.frozen import Basis
from kaaring.survey.models import Participant

NOON, EVENING = 12, 17


@dataclass(frozen=True, slots=True)
class Given:
    """A stored answer: its text, and its points in units (None where it counts nowhere)."""

    value: str
    earned: int | None
    possible: int | None


@dataclass(frozen=True, slots=True)
class Made:
    """One counted enquiry with all that is stored about it but its shopper; ``unit`` units make a point.

    ``is_as_counted`` says that it still counts, with the points that the run counted.
    """

    pk: int
    public_id: str
    at: datetime
    channel: str
    attempts: int
    is_answered: bool
    is_thin: bool
    earned: int
    possible: int | None
    unit: int
    is_as_counted: bool = True
    answers: Mapping[str, Given] = field(default_factory=dict)
    areas: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    comments: Mapping[str, str] = field(default_factory=dict)

    @property
    def score(self) -> Fraction | None:
        """The enquiry's own score, None where it is not observed in the total."""
        return Fraction(100 * self.earned, self.possible) if self.possible else None


@dataclass(frozen=True, slots=True)
class Uncounted:
    """An enquiry that was made and that the run left out: why, and with which reason if it was excluded."""

    at: datetime
    channel: str
    why: str
    reason: str


def moment_of(at: datetime) -> Moment:
    """Return the week and part of day of a local time, which is all that a participant learns.

    >>> moment_of(datetime(2021, 2, 3, 14, 20))
    Moment(year=2021, week=5, part=<PartOfDay.AFTERNOON: 'afternoon'>)
    """
    year, week, _weekday = at.isocalendar()
    if at.hour < NOON:
        return Moment(year, week, PartOfDay.MORNING)
    return Moment(year, week, PartOfDay.AFTERNOON if at.hour < EVENING else PartOfDay.EVENING)


def made_for(participant: Participant, basis: Basis) -> tuple[Made, ...]:
    """Return the enquiries that a run counted for a participant in the order in which they were made."""
    evaluations = Evaluation.objects.filter(
        enquiry__participant=participant, enquiry__code__in=list(basis.counted)
    )
    found = list(evaluations.select_related("enquiry", "questionnaire").order_by("at", "pk"))
    kept = [one.pk for one in found]
    answers, areas, comments = _answers(kept), _areas(kept), _comments(kept)
    return tuple(
        Made(
            pk=one.pk,
            public_id=one.public_id,
            at=local(one.at, participant.edition.timezone),
            channel=one.enquiry.channel,
            attempts=one.attempts,
            is_answered=one.is_answered,
            is_thin=one.is_thin,
            earned=one.earned or 0,
            possible=one.possible,
            unit=one.questionnaire.unit,
            is_as_counted=_is_as_counted(one, basis),
            answers=answers[one.pk],
            areas=areas[one.pk],
            comments=comments[one.pk],
        )
        for one in found
    )


def _is_as_counted(evaluation: Evaluation, basis: Basis) -> bool:
    counts = evaluation.review == Evaluation.Review.APPROVED and not evaluation.excluded
    points = (evaluation.earned, evaluation.possible) if evaluation.possible is not None else (None, None)
    return counts and points == basis.counted[evaluation.enquiry.code]


def _answers(evaluations: Sequence[int]) -> Mapping[int, dict[str, Given]]:
    stored: defaultdict[int, dict[str, Given]] = defaultdict(dict)
    rows = Answer.objects.filter(evaluation__in=evaluations).order_by("evaluation", "question__position")
    for evaluation, question, value, earned, possible in rows.values_list(
        "evaluation", "question__code", "value", "earned", "possible"
    ):
        stored[evaluation][question] = Given(value, earned, possible)
    return stored


def _areas(evaluations: Sequence[int]) -> Mapping[int, dict[str, tuple[int, int]]]:
    stored: defaultdict[int, dict[str, tuple[int, int]]] = defaultdict(dict)
    rows = Points.objects.filter(evaluation__in=evaluations, measure__startswith="area:")
    for evaluation, measure, earned, possible in rows.values_list(
        "evaluation", "measure", "earned", "possible"
    ):
        stored[evaluation][measure.partition(":")[2]] = (earned, possible)
    return stored


def _comments(evaluations: Sequence[int]) -> Mapping[int, dict[str, str]]:
    stored: defaultdict[int, dict[str, str]] = defaultdict(dict)
    rows = Comment.objects.filter(evaluation__in=evaluations)
    for evaluation, area, text in rows.values_list("evaluation", "area", "text"):
        stored[evaluation][area] = text
    return stored


def uncounted_for(participant: Participant, basis: Basis) -> tuple[Uncounted, ...]:
    """Return the enquiries of a participant that a run left out, in the order of their making."""
    rows = Evaluation.objects.filter(
        enquiry__participant=participant, enquiry__code__in=list(basis.left_out)
    ).order_by("at", "pk")
    return tuple(
        Uncounted(
            local(at, participant.edition.timezone),
            channel,
            basis.left_out[code].why,
            basis.left_out[code].reason,
        )
        for at, channel, code in rows.values_list("at", "enquiry__channel", "enquiry__code")
    )


def mean_score(points: Iterable[tuple[int, int, int]], *, is_pooled: bool) -> Fraction | None:
    """Return the score of enquiries given as (earned, possible, unit), None of none.

    >>> uneven = [(10, 10, 1), (0, 30, 1)]
    >>> mean_score(uneven, is_pooled=False), mean_score(uneven, is_pooled=True)
    (Fraction(50, 1), Fraction(25, 1))
    """
    observed = list(points)
    if not observed:
        return None
    if is_pooled:
        earned = sum((Fraction(earned, unit) for earned, _possible, unit in observed), Fraction(0))
        possible = sum((Fraction(possible, unit) for _earned, possible, unit in observed), Fraction(0))
        return 100 * earned / possible
    scores = (Fraction(100 * earned, possible) for earned, possible, _unit in observed)
    return sum(scores, Fraction(0)) / len(observed)
