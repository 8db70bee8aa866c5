"""Questions: options, scales and measured values, and the points they give."""

from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import Field, Strict, model_validator

from kaaring.programmes.definition.schema.values import (
    Code,
    Many,
    Part,
    Points,
    Some,
    Text,
    with_text,
    without_required,
)

Unit = Literal[
    "seconds", "minutes", "hours", "days", "working_minutes", "working_hours", "working_days", "count"
]
Metric = Literal["nps", "csat", "ces", "ves"]
Band = Annotated[
    tuple[Points, Points],
    Strict(False),
    Field(description="[bound, points]: values up to and including the bound give the points."),
]
Step = Annotated[int, Strict(False)]
End = Annotated[int, Field(ge=-1000, le=1000)]


class _Worded(Part):
    """A part with a code and a text; without a text it reads as its code."""

    code: Code
    text: Text = Field(description="What people read; the code where it is left out.")

    @model_validator(mode="before")
    @classmethod
    def _read_as_its_code(cls, value: Any) -> Any:
        return with_text(value, "text")

    @classmethod
    def __get_pydantic_json_schema__(cls, core: Any, handler: Any) -> Any:
        return without_required(handler(core), handler, "text")


class Option(_Worded):
    """One answer to choose, and the points it gives."""

    points: Annotated[Points | None, Field(description="Points for choosing it; 0 where left out.")] = None
    stops: Annotated[
        bool,
        Field(description="Choosing it makes the enquiry unanswered; only in a gate question."),
    ] = False


class Question(_Worded):
    """One performance asked about: to choose from options, to mark on a scale, or a measured value."""

    area: Annotated[Code | None, Field(description="The one area it counts in.")] = None
    themes: Annotated[Many[Code], Field(description="The themes it counts in as well.")] = ()
    channels: Annotated[
        Some[Code] | None, Field(description="The channels it is asked on; all where left out.")
    ] = None
    gate: Annotated[
        Literal["unanswered"] | None, Field(description="Decides whether the enquiry was answered at all.")
    ] = None
    options: Annotated[Some[Option] | None, Field(description="The answers to choose from.")] = None
    multiple: Annotated[
        int | None, Field(ge=2, description="How many options may be chosen; their points add up.")
    ] = None
    scale: Annotated[
        tuple[End, End] | None, Strict(False), Field(description="[lowest, highest] in whole steps.")
    ] = None
    anchors: dict[Step, Text] = Field(default_factory=dict, description="What single steps mean.")
    measured: Annotated[Unit | None, Field(description="The unit of a measured value.")] = None
    unit: dict[Code, Unit] = Field(default_factory=dict, description="Another unit on some channels.")
    bands: dict[Code, Some[Band]] = Field(
        default_factory=dict,
        description="Per channel: a value gives the points of the first band it fits in.",
    )
    points: Annotated[
        Points | None,
        Field(description="What the top of the scale gives, or the most several options give."),
    ] = None
    not_applicable: Annotated[
        Text | None, Field(description="When “not applicable” may be answered; refused where left out.")
    ] = None
    scored: Annotated[bool, Field(description="false: reported, but counts nowhere.")] = True
    metric: Annotated[Metric | None, Field(description="A metric that is reported on its own.")] = None
    guidance: Annotated[Text | None, Field(description="Help for the shopper.")] = None

    def most_from_options(self) -> Fraction:
        """Return the most points that the options can give together."""
        points = sorted((option.points or Fraction(0) for option in self.options or ()), reverse=True)
        return sum(points[: self.multiple or 1], Fraction(0))

    def possible(self, channel: str) -> Fraction:
        """Return the most points an answer can give on a channel; 0 where the question is not scored."""
        if not self.scored:
            return Fraction(0)
        if self.measured is not None:
            return max((points for _, points in self.bands.get(channel, ())), default=Fraction(0))
        if self.options is not None:
            most = self.most_from_options()
            return most if self.points is None else min(most, self.points)
        return self.points or Fraction(0)

    def unit_on(self, channel: str) -> Unit | None:
        """Return the unit in which a value is measured on a channel."""
        return self.unit.get(channel, self.measured)
