"""How a jury marks: its scale, its size, how marks are combined, and its stages."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from kaaring.programmes.definition.schema.questions import Step
from kaaring.programmes.definition.schema.values import Many, Named, Part, Period, Points, Some, Text

TieBreaker = Annotated[
    str,
    StringConstraints(pattern=r"^(jury|criterion:[A-Za-z0-9][A-Za-z0-9_-]*)$"),
    Field(
        description="criterion:CODE (the higher mean mark, if there are marks) or jury (a recorded decision)."
    ),
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


class Shortlist(Part):
    """Who goes on to the next stage: by one of top, threshold and percentile."""

    top: Annotated[int | None, Field(ge=1, description="So many of each category or division.")] = None
    threshold: Annotated[Points | None, Field(description="With at least this score, 0 to 100.")] = None
    percentile: Annotated[
        Points | None, Field(description="With a score in this upper share, per cent, rounded up.")
    ] = None
    minimum_field: Annotated[
        int | None, Field(ge=1, description="With fewer entries in the stage and contest all go on.")
    ] = None
    ties: Annotated[
        Literal["all_in", "all_out"],
        Field(description="Those whom no tie-breaker parts at the cut all go on, or none."),
    ] = "all_in"
    margin: Annotated[
        Points | None, Field(description="A smaller lead, in points, asks for a second round.")
    ] = None


class Sees(Part):
    """What jurors see in a stage. Others' marks are never shown before one's own are final."""

    names: Annotated[
        bool, Field(description="Who enters; else titles, parties and nominees are left out.")
    ] = True
    others: Annotated[
        Literal["never", "when_final", "in_meeting"], Field(description="The other jurors' marks.")
    ] = "in_meeting"
    totals: Annotated[
        Literal["never", "when_final", "in_meeting"], Field(description="The jury's scores so far.")
    ] = "in_meeting"


class Stage(Named):
    """One round of judging: its period, its mode, and what jurors see in it."""

    mode: Literal["pass_fail", "scorecard", "ranking", "points", "public_vote", "presentation", "site_visit"]
    period: Annotated[Period | None, Field(description="When it is open.")] = None
    jurors_per_entry: Annotated[int | None, Field(ge=1, description="Where it differs from the jury's.")] = (
        None
    )
    seats_by_lottery: Annotated[int, Field(ge=0, description="So many of them are drawn by lot.")] = 1
    passes: Annotated[int | None, Field(ge=1, description="Of pass_fail: votes an entry needs.")] = None
    points: Annotated[int | None, Field(ge=1, description="Of points: how many a juror distributes.")] = None
    count: Annotated[
        Literal["borda", "schulze", "stv"] | None, Field(description="Of ranking: how ballots are counted.")
    ] = None
    voting: Annotated[
        Literal["confirmed_email"] | None,
        Field(description="Of public_vote: how one votes here; left out where votes are counted elsewhere."),
    ] = None
    sees: Sees = Sees()
    shortlist: Shortlist | None = None
    weight: Annotated[
        Points | None, Field(description="Per cent of the final score, where several stages make it.")
    ] = None

    @property
    def seats(self) -> int:
        """How many a transferable vote elects: as many as go on, or one."""
        return (self.shortlist.top if self.shortlist else None) or 1


class Jury(Part):
    """How entries are judged."""

    scale: MarkScale
    jurors_per_entry: Annotated[int, Field(ge=1)] = 3
    combine: Combine = Combine()
    levels: Annotated[
        Many[Literal["gold", "silver", "bronze", "highly_commended"]],
        Field(description="Levels that can be given beside the winner."),
    ] = ()
    stages: Some[Stage]
