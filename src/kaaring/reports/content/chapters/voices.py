"""Chapters 9 and 10: feelings, words and every enquiry. No field holds a shopper, a day or an hour."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from kaaring.kernel.text import Text
from kaaring.reports.content.chapters.conditions import AreaScore


@dataclass(frozen=True, slots=True)
class Share:
    """How often an option was chosen, of the answers given; ``share_of_all`` is that of all participants."""

    option: str
    text: Text
    count: int
    share: Fraction
    share_of_all: Fraction


@dataclass(frozen=True, slots=True)
class Distribution:
    """The answers to a question without points in which several options may be chosen."""

    question: str
    text: Text
    answers: int
    options: tuple[Share, ...]


@dataclass(frozen=True, slots=True)
class WordCount:
    """A word, and in how many comments it stands."""

    word: str
    count: int


class PartOfDay(StrEnum):
    """When an enquiry was made, as closely as a participant learns it."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"


@dataclass(frozen=True, slots=True)
class Moment:
    """The week and part of day of an enquiry."""

    year: int
    week: int
    part: PartOfDay


@dataclass(frozen=True, slots=True)
class Quote:
    """A comment that stands for many: from one of the best enquiries, or from one of the weakest."""

    text: str
    area: Text
    channel: Text
    moment: Moment
    is_from_best: bool


@dataclass(frozen=True, slots=True)
class Feelings:
    """Chapter 9: what shoppers felt and wrote."""

    distributions: tuple[Distribution, ...]
    words: tuple[WordCount, ...]
    quotes: tuple[Quote, ...]
    comments: int


@dataclass(frozen=True, slots=True)
class Tick:
    """One answer: the options chosen, or a value with its unit or the top of its scale; and its points.

    ``given`` is the answer as it is stored. There are no points where it counts nowhere;
    ``is_not_applicable`` where that is what was answered.
    """

    question: str
    text: Text
    area: str
    given: str
    options: tuple[Text, ...]
    value: Fraction | None
    unit: str
    highest: int | None
    is_not_applicable: bool
    earned: Fraction | None
    possible: Fraction | None


@dataclass(frozen=True, slots=True)
class Remark:
    """What the shopper wrote about one area."""

    area: str
    name: Text
    text: str


@dataclass(frozen=True, slots=True)
class Enquiry:
    """One counted enquiry, numbered within the report; who made it, and on which day, stays hidden."""

    number: int
    public_id: str
    moment: Moment
    channel: str
    channel_name: Text
    attempts: int
    is_answered: bool
    is_thin: bool
    score: Fraction | None
    areas: tuple[AreaScore, ...]
    ticks: tuple[Tick, ...]
    remarks: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class Enquiries:
    """Chapter 10: every counted enquiry, by week, part of day and channel."""

    enquiries: tuple[Enquiry, ...]
