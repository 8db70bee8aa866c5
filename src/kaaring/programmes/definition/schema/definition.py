"""The whole file."""

from typing import Annotated, Literal

from pydantic import Field

from kaaring.programmes.definition.schema.awards import Award
from kaaring.programmes.definition.schema.categories import Category, CategoryGroup, KeyFigure
from kaaring.programmes.definition.schema.edition import Edition, Programme, Timeline
from kaaring.programmes.definition.schema.facts import Fact, Term
from kaaring.programmes.definition.schema.fees import Fees
from kaaring.programmes.definition.schema.jury import Jury
from kaaring.programmes.definition.schema.survey import Survey
from kaaring.programmes.definition.schema.values import Code, Country, Many, Part, Some


class Definition(Part):
    """An edition of an award, juried, measured or both."""

    kaaring: Annotated[Literal[1], Field(description="The version of this format.")]
    programme: Programme
    edition: Edition
    timeline: Timeline = Timeline()
    survey: Survey | None = None
    jury: Jury | None = None
    territories: dict[Code, Some[Country]] = Field(
        default_factory=dict, description="Named groups of countries for eligibility rules."
    )
    facts: Annotated[Many[Fact], Field(description="What entrants are asked for the rules.")] = ()
    terms: Annotated[
        Many[Term], Field(description="Names of the roles, units, territories and countries in rules.")
    ] = ()
    key_figures: Many[KeyFigure] = ()
    fees: Fees | None = None
    most_entries_per_case: Annotated[int | None, Field(ge=1, description="No limit where left out.")] = None
    category_groups: Many[CategoryGroup] = ()
    categories: Many[Category] = ()
    awards: Many[Award] = ()
