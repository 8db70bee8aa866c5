"""What can be entered and judged, by which criteria, and who may enter."""

from typing import Annotated, Literal

from pydantic import Field

from kaaring.programmes.definition.schema.eligibility import Rule, SizeRule, Subjects
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
    most_words: Annotated[int | None, Field(ge=1, le=20_000, description="The entrant's word limit.")] = None


class KeyFigure(Named):
    """A figure that cases give, with its definition, so that it means the same in all of them."""

    unit: Text | None = None
    definition: Text | None = None
    better: Annotated[Literal["higher", "lower"] | None, Field(description="Which way is good.")] = None


class Division(Named):
    """A part of a category with a winner of its own, by size."""

    rule: SizeRule


class Category(Named):
    """One thing that entries compete for."""

    group: Annotated[Code | None, Field(description="The heading it stands under.")] = None
    description: Text | None = None
    subject: Annotated[Subjects, Field(description="What is entered: one kind, or several.")]
    criteria: Some[Criterion]
    eligibility: Many[Rule] = ()
    divisions: Annotated[Many[Division], Field(description="Parts by size, each with its own winner.")] = ()
    overlap: Annotated[
        Literal["entrant_chooses", "organiser_assigns", "refused"],
        Field(description="What happens where a case fits several brackets."),
    ] = "entrant_chooses"
    notes: Annotated[Many[Text], Field(description="What the organiser says beside the rules.")] = ()
