"""The stored points of the evaluations that count, summed by the database: a flat query per kind of measure.

Enquiries of a participant on a channel with the same possible points come as one group, since nothing else
about them matters to a score. The sum of the squares beside the sum gives the spread within the channel.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import BigIntegerField, Count, F, Func, QuerySet, Sum, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Concat

from kaaring.fieldwork.models import Evaluation
from kaaring.fieldwork.queries import counted
from kaaring.programmes.models import Edition


class Group(NamedTuple):
    """Enquiries of one participant, on one channel, with the same ``possible`` points, in one measure.

    ``earned`` and ``squares`` are the sums of their earned points and of the squares of these, in units of
    ``questionnaire``.
    """

    measure: str
    participant: int
    channel: str
    questionnaire: int
    possible: int
    earned: int
    squares: int | Decimal
    number: int


class Given(NamedTuple):
    """How often one answer was given for a participant on a channel to a question of a metric."""

    question: str
    participant: int
    channel: str
    value: str
    number: int


def counted_until(edition: Edition, until: date | None) -> QuerySet[Evaluation]:
    """Return the evaluations that count, to the end of a day in the edition's time zone if one is given."""
    evaluations = counted(edition)
    if until is None:
        return evaluations
    return evaluations.filter(at__lt=end_of(until, edition.timezone))


def end_of(day: date, timezone: str) -> datetime:
    """Return the moment a day is over on the clocks of a time zone."""
    return datetime.combine(day + timedelta(days=1), time.min, ZoneInfo(timezone))


def sums_in_total(evaluations: QuerySet[Evaluation], measure: str) -> list[Group]:
    """Return the groups in the total, under the name of a measure."""
    kept = evaluations.filter(possible__isnull=False)
    return _summed(kept, Value(measure), F("possible"), "earned")


def sums_in_points(evaluations: QuerySet[Evaluation], measures: Iterable[str]) -> list[Group]:
    """Return the groups in areas and themes."""
    kept = evaluations.filter(points__measure__in=list(measures))
    return _summed(kept, F("points__measure"), F("points__possible"), "points__earned")


def sums_in_questions(evaluations: QuerySet[Evaluation], questions: Iterable[str]) -> list[Group]:
    """Return the groups in questions."""
    kept = evaluations.filter(answers__question__code__in=list(questions), answers__possible__isnull=False)
    measure = Concat(Value("question:"), F("answers__question__code"))
    return _summed(kept, measure, F("answers__possible"), "answers__earned")


def answers_given(evaluations: QuerySet[Evaluation], questions: Iterable[str]) -> Iterator[Given]:
    """Yield how often each answer was given to the questions of metrics."""
    rows = (
        evaluations.filter(answers__question__code__in=list(questions))
        .order_by()
        .values_list("answers__question__code", "enquiry__participant", "enquiry__channel", "answers__value")
        .annotate(Count("answers"))
    )
    return map(Given._make, rows)


def _summed(
    evaluations: QuerySet[Evaluation], measure: Combinable | Func, possible: F, earned: str
) -> list[Group]:
    units = Cast(earned, BigIntegerField())
    rows = (
        evaluations.order_by()
        .values_list(measure, "enquiry__participant", "enquiry__channel", "questionnaire", possible)
        .annotate(units=Sum(earned), squares=Sum(units * units), number=Count("pk"))
    )
    return list(map(Group._make, rows))
