"""Chapters 12 and 13: what the report rests on, and what comes next."""

from dataclasses import dataclass
from fractions import Fraction

from kaaring.kernel.text import Text
from kaaring.reports.content.chapters.losses import Lift
from kaaring.reports.content.chapters.results import Highlight, Place
from kaaring.reports.content.chapters.voices import Moment


@dataclass(frozen=True, slots=True)
class Sample:
    """How many enquiries count on one channel, and how many of them went without an answer."""

    channel: str
    name: Text
    counted: int
    unanswered: int


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An enquiry that was made but does not count, and why."""

    moment: Moment
    channel_name: Text
    reason: str


@dataclass(frozen=True, slots=True)
class Method:
    """Chapter 12: how the figures came about, what they rest on and what was left out.

    ``thin`` counts the counted enquiries in which less was observed than ``least_observed`` asks for.
    ``is_as_published`` says that the enquiries shown are as the run counted them: it is false when one was
    sent again, reviewed or excluded after the publication.
    """

    is_pooled: bool
    counts_unanswered_as_zero: bool
    minimum_enquiries: int
    least_observed: Fraction
    shares_when_rounded_equal: bool
    rules_number: int
    participants: int
    evaluations: int
    first: Moment | None
    last: Moment | None
    sample: tuple[Sample, ...]
    left_out: tuple[LeftOut, ...]
    held: int
    rejected: int
    thin: int
    is_as_published: bool


@dataclass(frozen=True, slots=True)
class Before:
    """One measure now and in the last published edition in which the participant took part."""

    measure: str
    name: Text
    now: Fraction | None
    before: Fraction | None


@dataclass(frozen=True, slots=True)
class Previous:
    """The participant's result in an earlier edition of the same programme."""

    edition: str
    place: Place
    class_place: Place
    measures: tuple[Before, ...]


@dataclass(frozen=True, slots=True)
class NextSteps:
    """Chapter 13: what to take into the observation, the insight workshop and the follow-up."""

    train: tuple[Lift, ...]
    keep: tuple[Highlight, ...]
    previous: Previous | None
