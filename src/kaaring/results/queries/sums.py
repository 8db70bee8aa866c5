"""The stored points of the evaluations that count, summed by the database: a flat query per kind of measure.

Enquiries of a participant on a channel with the same possible points come as one group, since nothing else
about them matters to a score. The sum of the squares beside the sum gives the spread within the channel.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import BigIntegerField, Count, F, QuerySet, Sum
from django.db.models.functions import Cast

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
    squares: int
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


def sums_in_total(evaluations: QuerySet[Evaluation]) -> Iterator[tuple[Group, bool]]:
    """Yield the groups in the total, each with whether its enquiries were answered."""
    points = _summed(evaluations.filter(possible__isnull=False), F("possible"), "earned", F("is_answered"))
    for group in points:
        yield Group("total", *group[:4], *map(int, group[5:])), group[4]


def sums_in_points(evaluations: QuerySet[Evaluation], measures: Iterable[str]) -> Iterator[Group]:
    """Yield the groups in areas and themes."""
    kept = evaluations.filter(points__measure__in=list(measures))
    for group in _summed(kept, F("points__possible"), "points__earned", F("points__measure")):
        yield Group(group[4], *group[:4], *map(int, group[5:]))


def sums_in_questions(evaluations: QuerySet[Evaluation], questions: Iterable[str]) -> Iterator[Group]:
    """Yield the groups in questions."""
    kept = evaluations.filter(answers__question__code__in=list(questions), answers__possible__isnull=False)
    for group in _summed(kept, F("answers__possible"), "answers__earned", F("answers__question__code")):
        yield Group(f"question:{group[4]}", *group[:4], *map(int, group[5:]))


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
    evaluations: QuerySet[Evaluation], possible: F, earned: str, further: F
) -> Iterable[tuple[Any, ...]]:
    units = Cast(earned, BigIntegerField())
    return (
        evaluations.order_by()
        .values_list("enquiry__participant", "enquiry__channel", "questionnaire", possible, further)
        .annotate(units=Sum(earned), squares=Sum(units * units), number=Count("pk"))
    )
