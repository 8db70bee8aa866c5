"""What a participant's report says, one dataclass a chapter; figures exact, texts in every language there is.

Nothing here names a shopper, a day or an hour of a single enquiry: there is no field for it.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from fractions import Fraction

from kaaring.kernel.text import Text

FEWEST = 3
"""A mean of fewer enquiries than this is not shown: one bad day would speak for a whole week."""
TOP = Fraction(90)
"""From this score on the start of an enquiry was top."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place among so many; none where ``place`` is None."""

    place: int | None
    is_shared: bool
    among: int


@dataclass(frozen=True, slots=True)
class Result:
    """The participant in one measure, beside its class, all participants and the best of the class.

    ``why`` is the code of the reason where there is no score or no place. ``low`` and ``high`` bound the
    score with 95 % confidence. ``is_best`` says that nobody in the class has a higher score.
    """

    measure: str
    name: Text
    score: Fraction | None
    low: float | None
    high: float | None
    enquiries: int
    place: Place
    class_place: Place
    why: str
    class_mean: Fraction | None
    mean: Fraction | None
    best: Fraction | None
    is_best: bool


@dataclass(frozen=True, slots=True)
class About:
    """Whose report this is, and on which published run it rests."""

    participant: str
    participant_code: str
    class_name: Text
    programme: Text
    edition: str
    organiser: str
    accent: str
    illustrative: Text
    run: str
    run_number: int
    digest: str
    published_at: datetime


@dataclass(frozen=True, slots=True)
class Highlight:
    """A question in which the participant stands out, by how far it is from the mean of all."""

    question: str
    text: Text
    score: Fraction
    mean: Fraction


@dataclass(frozen=True, slots=True)
class Summary:
    """Chapter 1: the place with its interval, what was won, what stands out.

    ``alike`` and ``class_alike`` are the first and last of the neighbouring places, over all and in the
    class, that the sample cannot tell apart; None where the place stands alone.
    """

    total: Result
    unanswered: int
    awards: tuple[Text, ...]
    strengths: tuple[Highlight, ...]
    weaknesses: tuple[Highlight, ...]
    alike: tuple[int, int] | None
    class_alike: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Results:
    """Chapter 2: the results the edition shows, and the customer-experience metrics where asked."""

    results: tuple[Result, ...]
    metrics: tuple[Result, ...]


@dataclass(frozen=True, slots=True)
class Areas:
    """Chapter 3: the performance areas in their order."""

    areas: tuple[Result, ...]


@dataclass(frozen=True, slots=True)
class Themes:
    """Chapter 4: the themes, which run across areas."""

    themes: tuple[Result, ...]


@dataclass(frozen=True, slots=True)
class LostPoints:
    """What one question costs, in points of 100 per enquiry.

    ``lost_at_best``, ``lost_at_class`` and ``lost_at_mean`` are what the participant would lose, with its own
    enquiries, at the level of the best of its class, of the class and of all.
    """

    question: str
    text: Text
    area: str
    area_name: Text
    score: Fraction
    lost: Fraction
    lost_at_best: Fraction | None
    lost_at_class: Fraction | None
    lost_at_mean: Fraction | None


@dataclass(frozen=True, slots=True)
class Performances:
    """Chapter 5: the questions, the costliest first.

    ``unanswered`` is what enquiries without an answer cost beyond the questions about waiting. Where the
    participant's score is the mean of its enquiries, all losses together are 100 less the total.
    """

    questions: tuple[LostPoints, ...]
    unanswered: Fraction


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
    """Chapter 7: week by week, by day of the week and hour of the day."""

    weeks: tuple[Week, ...]
    weekdays: tuple[Slot, ...]
    hours: tuple[Slot, ...]


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


@dataclass(frozen=True, slots=True)
class Gain:
    """A gain in the total, with the bounds the spread of the enquiries allows (95 %)."""

    gain: Fraction
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Lift:
    """What the total gains if one question is raised to the level of the best of the class."""

    question: str
    text: Text
    area: str
    area_name: Text
    score: Fraction
    best: Fraction
    gain: Gain


@dataclass(frozen=True, slots=True)
class Lifts:
    """Chapter 11: the questions that lift most, and the first three together."""

    lifts: tuple[Lift, ...]
    first_three: Gain | None


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
    ``is_as_published`` says that the enquiries shown still give the published total: it is false when a
    review or an exclusion has come after the publication.
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


@dataclass(frozen=True, slots=True)
class ParticipantContent:
    """Everything a participant's report and own pages show, in the order of the chapters."""

    about: About
    summary: Summary
    results: Results
    areas: Areas
    themes: Themes
    performances: Performances
    channels: Channels
    over_time: OverTime
    start_to_end: StartToEnd
    feelings: Feelings
    enquiries: Enquiries
    lifts: Lifts
    method: Method
    next_steps: NextSteps
