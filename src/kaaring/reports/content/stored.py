"""A participant's evaluations as they are stored, read in a handful of queries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction

from django.db.models import Exists, OuterRef, QuerySet

from kaaring.fieldwork.models import Answer, Comment, Evaluation, Points
from kaaring.fieldwork.queries import counted
from kaaring.kernel.figures import local
from kaaring.reports.content.chapters import Moment, PartOfDay
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
    """One counted enquiry with all that is stored about it but its shopper; ``unit`` units make a point."""

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
    answers: Mapping[str, Given] = field(default_factory=dict)
    areas: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    comments: Mapping[str, str] = field(default_factory=dict)

    @property
    def score(self) -> Fraction | None:
        """The enquiry's own score, None where it is not observed in the total."""
        return Fraction(100 * self.earned, self.possible) if self.possible else None


@dataclass(frozen=True, slots=True)
class Uncounted:
    """An enquiry that was made and does not count."""

    at: datetime
    channel: str
    review: str
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


def made_for(participant: Participant) -> tuple[Made, ...]:
    """Return the counted enquiries of a participant in the order in which they were made."""
    evaluations = counted(participant.edition).filter(enquiry__participant=participant)
    rows = evaluations.order_by("at", "pk").values_list(
        *("pk", "public_id", "at", "enquiry__channel", "attempts", "is_answered", "is_thin"),
        *("earned", "possible", "questionnaire__unit"),
    )
    found = list(rows)
    kept = [row[0] for row in found]
    answers, areas, comments = _answers(kept), _areas(kept), _comments(kept)
    return tuple(
        Made(
            *(
                pk,
                public_id,
                local(at, participant.edition.timezone),
                channel,
                attempts,
                is_answered,
                is_thin,
            ),
            *(earned or 0, possible, unit, answers[pk], areas[pk], comments[pk]),
        )
        for pk, public_id, at, channel, attempts, is_answered, is_thin, earned, possible, unit in found
    )


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


def uncounted_for(participant: Participant) -> tuple[Uncounted, ...]:
    """Return the enquiries of a participant that were made and do not count, in the order of their making."""
    counts = counted(participant.edition).filter(pk=OuterRef("pk"))
    rows = _made(participant).exclude(Exists(counts)).order_by("at", "pk")
    return tuple(
        Uncounted(local(at, participant.edition.timezone), channel, review, reason)
        for at, channel, review, reason in rows.values_list("at", "enquiry__channel", "review", "excluded")
    )


def _made(participant: Participant) -> QuerySet[Evaluation]:
    return Evaluation.objects.filter(enquiry__participant=participant)


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
