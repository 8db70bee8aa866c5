"""What can be entered and judged, by which criteria, and who may enter."""

from typing import Annotated, Literal

from pydantic import Field

from kaaring.programmes.definition.schema.eligibility import Rule, Subjects
from kaaring.programmes.definition.schema.values import Code, Many, Named, Points, Some, Text


class CategoryGroup(Named):
    """A heading over several categories."""


class Criterion(Named):
    """What is marked, with its weight."""

    weight: Annotated[
        Points | None, Field(description="Per cent of the score; equal where no criterion has one.")
    ] = None
    guidance: Annotated[Many[Text], Field(description="Points to think of; they carry no weight.")] = ()
    discretion: Annotated[
        Literal["fixed", "ceiling", "rescaled"],
        Field(description="Whether the juror may lower the weight, and whether the others then grow."),
    ] = "fixed"
    evidence: Annotated[
        Literal["before_after", "documents"] | None, Field(description="Proof that the entrant is asked for.")
    ] = None
    kpis: Annotated[Many[Code], Field(description="Key figures suggested to the entrant.")] = ()


class Category(Named):
    """One thing that entries compete for."""

    group: Annotated[Code | None, Field(description="The heading it stands under.")] = None
    description: Text | None = None
    subject: Annotated[Subjects, Field(description="What is entered: one kind, or several.")]
    criteria: Some[Criterion]
    eligibility: Many[Rule] = ()
