"""The whole file."""

from typing import Annotated, Literal

from pydantic import Field

from kaaring.programmes.definition.schema.awards import Award
from kaaring.programmes.definition.schema.categories import Category, CategoryGroup
from kaaring.programmes.definition.schema.edition import Edition, Programme, Timeline
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
    category_groups: Many[CategoryGroup] = ()
    categories: Many[Category] = ()
    awards: Many[Award] = ()
