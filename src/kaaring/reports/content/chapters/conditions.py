"""Chapters 6 to 8: by channel, over time, from start to end."""

from dataclasses import dataclass
from fractions import Fraction

from kaaring.kernel.text import Text
from kaaring.reports.content.chapters.results import Result

FEWEST = 3
"""A mean of fewer enquiries than this is not shown: one bad day would speak for a whole week."""
TOP = Fraction(90)
"""From this score on the start of an enquiry was top."""


@dataclass(frozen=True, slots=True)
class AreaScore:
    """A score in an area; None where too little was observed."""

    area: str
    name: Text
    score: Fraction | None


@dataclass(frozen=True, slots=True)
class Channel:
    """One channel: its result, how many enquiries got an answer, and the areas on it."""

    channel: str
    name: Text
    result: Result
    enquiries: int
    answered: int
    areas: tuple[AreaScore, ...]


@dataclass(frozen=True, slots=True)
class Channels:
    """Chapter 6: channel by channel."""

    channels: tuple[Channel, ...]


@dataclass(frozen=True, slots=True)
class Week:
    """A week of the fieldwork; ``moving`` is the mean over the week, the one before and the one after."""

    year: int
    week: int
    enquiries: int
    score: Fraction | None
    moving: Fraction | None


@dataclass(frozen=True, slots=True)
class Slot:
    """A day of the week (1 is Monday) or an hour of the day."""

    number: int
    enquiries: int
    score: Fraction | None


@dataclass(frozen=True, slots=True)
class OverTime:
    """Chapter 7: week by week, by day of the week and hour of the day.

    A day or hour with fewer enquiries than ``FEWEST`` is not there, since it would tell when a single one was
    made; ``few_by_weekday`` and ``few_by_hour`` are how many enquiries fell on those.
    """

    weeks: tuple[Week, ...]
    weekdays: tuple[Slot, ...]
    few_by_weekday: int
    hours: tuple[Slot, ...]
    few_by_hour: int


@dataclass(frozen=True, slots=True)
class Group:
    """Enquiries that began alike: how many, and what became of them in the areas after the start."""

    enquiries: int
    later: Fraction | None
    areas: tuple[AreaScore, ...]


@dataclass(frozen=True, slots=True)
class StartToEnd:
    """Chapter 8: whether a top start led to a good end. ``start`` is None where one area is all there is."""

    start: Text | None
    after_top: Group
    after_other: Group
