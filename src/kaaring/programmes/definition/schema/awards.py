"""What can be won, and how it is decided."""

from typing import Annotated, Literal

from pydantic import Field

from kaaring.programmes.definition.schema.values import Code, Measure, Named, Text


class Award(Named):
    """One thing that can be won: by measurement, by a jury, or by appointment with a citation."""

    by: Literal["measure", "jury", "appointment"]
    measure: Annotated[Measure | None, Field(description="What decides, if by measure.")] = None
    among: Annotated[
        Literal["all", "each_class"] | None, Field(description="One winner among all, or one in each class.")
    ] = None
    category: Annotated[Code | None, Field(description="The category judged, if by jury.")] = None
    division: Annotated[Code | None, Field(description="The division of the category, if it has any.")] = None
    description: Text | None = None
