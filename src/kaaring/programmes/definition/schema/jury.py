"""How a jury marks: its scale, its size, how marks are combined, and its stages."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from kaaring.programmes.definition.schema.questions import Step
from kaaring.programmes.definition.schema.values import Many, Named, Part, Points, Some, Text

TieBreaker = Annotated[
    str,
    StringConstraints(pattern=r"^(jury|criterion:[A-Za-z0-9][A-Za-z0-9_-]*)$"),
    Field(description="criterion:CODE (the higher mean mark) or jury (a recorded decision)."),
]


class MarkScale(Part):
    """The marks a juror can give."""

    lowest: int = Field(alias="from")
    highest: int = Field(alias="to")
    step: Annotated[Points, Field(description="The distance between two marks.")]
    anchors: dict[Step, Text] = Field(default_factory=dict, description="What single marks mean.")


class Combine(Part):
    """How the jurors' scores for an entry become one."""

    method: Literal["mean", "median", "trimmed"] = "mean"
    trim: Annotated[int | None, Field(ge=1, description="How many are left out at either end.")] = None
    severity: Annotated[
        Literal["raw", "adjusted"],
        Field(description="Marks as given, or adjusted for strict jurors."),
    ] = "raw"
    minimum_marks: Annotated[int, Field(ge=1, description="With fewer scorecards there is no place.")] = 1
    ties: Many[TieBreaker] = ()


class Stage(Named):
    """One round of judging."""

    mode: Literal["pass_fail", "scorecard"]


class Jury(Part):
    """How entries are judged."""

    scale: MarkScale
    jurors_per_entry: Annotated[int, Field(ge=1)] = 3
    combine: Combine = Combine()
    stages: Some[Stage]
