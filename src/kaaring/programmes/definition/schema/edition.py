"""The programme, its edition and the dates announced."""

from functools import cache
from typing import Annotated
from zoneinfo import available_timezones

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from kaaring.programmes.definition.schema.values import Language, Moment, Part, Period, Slug, Some, Text

_timezones = cache(available_timezones)


def _known_timezone(value: str) -> str:
    if value not in _timezones():
        raise PydanticCustomError("timezone", "unknown time zone")
    return value


class Programme(Part):
    """An award that returns."""

    slug: Slug
    name: Text


class Edition(Part):
    """One running of the programme."""

    slug: Slug
    timezone: Annotated[
        str, AfterValidator(_known_timezone), Field(description="Such as Europe/Oslo; all times are in it.")
    ] = "UTC"
    languages: Annotated[
        Some[Language], Field(description="Languages the edition is shown in; plain texts are in the first.")
    ] = ("en",)
    illustrative: Annotated[
        Text | None,
        Field(description="What is invented for show; printed on every page of the edition."),
    ] = None
    announced_count: Annotated[
        int | None, Field(ge=0, description="How many categories the organiser has announced.")
    ] = None


class Timeline(Part):
    """The dates announced. They may be moved later and are no part of what freezes."""

    entries: Annotated[Period | None, Field(description="When entries can be sent in.")] = None
    judging: Annotated[Period | None, Field(description="When jurors mark.")] = None
    fieldwork: Annotated[Period | None, Field(description="When enquiries are made.")] = None
    rounding: Annotated[Moment | None, Field(description="Half-way: each class leader is shown.")] = None
    announcement: Annotated[Moment | None, Field(description="When the winners are named.")] = None
    ceremony: Annotated[Moment | None, Field(description="When the prizes are handed over.")] = None
