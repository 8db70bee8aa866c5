"""The measured award: channels, allocation, hours, areas, themes, questions, scoring and classes."""

from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from kaaring.programmes.definition.schema.questions import Question
from kaaring.programmes.definition.schema.values import (
    Clock,
    Code,
    Country,
    Length,
    Many,
    Measure,
    Named,
    Part,
    Share,
    Some,
    Text,
    without_required,
)

CHANNEL_NAMES = {
    "phone": {"nb": "Telefon", "en": "Phone", "ru": "Телефон"},
    "email": {"nb": "E-post", "en": "E-mail", "ru": "Электронная почта"},
    "chat": {"nb": "Chat", "en": "Chat", "ru": "Чат"},
    "messenger": {"nb": "Messenger", "en": "Messenger", "ru": "Messenger"},
}
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


class Channel(Part):
    """A way of contact, and how long an answer may take on it."""

    name: Text = Field(description="What people see; known channels have names already.")
    attempts: Annotated[int, Field(ge=1, le=10, description="How often an enquiry is tried.")] = 1
    max_wait: Annotated[Length | None, Field(description="After this long an attempt ends.")] = None
    send_before: Annotated[Clock | None, Field(description="Latest time of day to send.")] = None
    instead_of: Annotated[
        Code | None, Field(description="Used in place of this channel where a participant lacks it.")
    ] = None

    @classmethod
    def __get_pydantic_json_schema__(cls, core: Any, handler: Any) -> Any:
        return without_required(handler(core), handler, "name")


class Allocation(Part):
    """How many enquiries each participant gets, and how they spread over its channels."""

    enquiries: Annotated[int, Field(ge=1, le=10_000)]
    most_channels: Annotated[int | None, Field(ge=1)] = None
    key: dict[Code, Annotated[int, Field(ge=0)]] = Field(
        default_factory=dict,
        description="Enquiries per channel, applied anew to the channels a participant has.",
    )


class Hours(Part):
    """When enquiries are made; the day in which working minutes are counted."""

    days: Some[Weekday] = ("mon", "tue", "wed", "thu", "fri")
    opens: Clock = Field(alias="from")
    closes: Clock = Field(alias="to")
    holidays: Annotated[Country | None, Field(description="The country whose holidays are free.")] = None


class Area(Named):
    """A performance area: every scored question stands in exactly one."""


class Theme(Named):
    """A second roll-up across areas."""


class Scoring(Part):
    """How evaluations make a participant's score, and when there is none."""

    participant: Annotated[
        Literal["mean_of_enquiries", "pooled"],
        Field(description="The mean of the enquiries' scores, or all points earned over all possible."),
    ] = "mean_of_enquiries"
    unanswered: Annotated[
        Literal["zero", "leave_out"], Field(description="An unanswered enquiry scores 0, or is left out.")
    ] = "zero"
    least_observed: Annotated[
        Share, Field(description="Evaluations that cover less of the possible points are flagged.")
    ] = Fraction(0)
    minimum_enquiries: Annotated[int, Field(ge=1, description="With fewer there is no score.")] = 1
    ties: Annotated[Many[Measure], Field(description="Measures that break ties, in this order.")] = ()
    shared_when: Annotated[
        Literal["rounded_equal", "equal"],
        Field(description="Places are shared when shown figures are equal, or only when exact ones are."),
    ] = "rounded_equal"


class CompetitionClass(Named):
    """An industry with its own winner."""

    minimum_participants: Annotated[
        int, Field(ge=1, le=10_000, description="With fewer participants the class has no places.")
    ] = 1


def _with_channel_names(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    return {
        code: {**channel, "name": CHANNEL_NAMES.get(code, code)}
        if isinstance(channel, dict) and channel.get("name") is None
        else channel
        for code, channel in value.items()
    }


class Survey(Part):
    """Everything that is asked, measured and scored."""

    channels: Annotated[
        dict[Code, Channel],
        BeforeValidator(_with_channel_names),
        Field(min_length=1, description="Ways of contact."),
    ]
    allocation: Allocation | None = None
    hours: Hours | None = None
    areas: Many[Area] = ()
    themes: Many[Theme] = ()
    questions: Some[Question]
    comments: Annotated[Many[Code], Field(description="The areas that have a comment field.")] = ()
    scoring: Scoring = Scoring()
    results: Annotated[Some[Measure], Field(description="Measures shown for each participant.")] = ("total",)
    publish_means: Annotated[
        Many[Measure] | None,
        Field(description="Measures whose means over all are public; all areas and themes if left out."),
    ] = None
    classes: Many[CompetitionClass] = ()

    def asked_on(self, channel: str) -> tuple[Question, ...]:
        """Return the questions asked on a channel, in order."""
        return tuple(question for question in self.questions if channel in self.channels_of(question))

    def channels_of(self, question: Question) -> tuple[str, ...]:
        """Return the channels a question is asked on."""
        return tuple(self.channels) if question.channels is None else question.channels

    def possible(self, channel: str) -> Fraction:
        """Return the most points an enquiry on a channel can give."""
        return sum((question.possible(channel) for question in self.asked_on(channel)), Fraction(0))

    def public_means(self) -> tuple[str, ...]:
        """Return the measures whose means over all participants are public."""
        if self.publish_means is not None:
            return self.publish_means
        return tuple(f"area:{area.code}" for area in self.areas) + tuple(
            f"theme:{t.code}" for t in self.themes
        )
