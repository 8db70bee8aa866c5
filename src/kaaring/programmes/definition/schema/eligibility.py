"""Who may enter: typed rules, so that they can be explained in words and checked against each other."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import BeforeValidator, Field, PlainSerializer, PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from kaaring.programmes.definition.schema.values import (
    CalendarLength,
    Code,
    Country,
    Day,
    Many,
    Part,
    Some,
    Text,
    day,
    one_or_many,
)

Subject = Literal["person", "team", "department", "organisation", "project", "product", "partnership"]
Subjects = Annotated[
    Some[Subject], BeforeValidator(one_or_many, json_schema_input_type=Subject | Some[Subject])
]
Codes = Annotated[Some[Code], BeforeValidator(one_or_many, json_schema_input_type=Code | Some[Code])]


class MonthDay(NamedTuple):
    """A day of the year without its year: each edition supplies its own."""

    month: int
    day: int

    def __str__(self) -> str:
        return f"{self.month:02}-{self.day:02}"

    def in_year(self, year: int) -> date:
        """Return this day of a year; 29 February is the 28th where there is none.

        >>> MonthDay(2, 29).in_year(2026), MonthDay(2, 29).in_year(2028)
        (datetime.date(2026, 2, 28), datetime.date(2028, 2, 29))
        """
        return date(year, self.month, min(self.day, monthrange(year, self.month)[1]))


def _reference_day(value: Any) -> date | MonthDay:
    if isinstance(value, MonthDay):
        return value
    if isinstance(value, str) and re.fullmatch(r"\d{2}-\d{2}", value):
        leap_day = day(f"2000-{value}")
        return MonthDay(leap_day.month, leap_day.day)
    try:
        return day(value)
    except PydanticCustomError as error:
        if error.type == "day":
            raise PydanticCustomError("reference_day", "not a date with or without a year") from error
        raise


ReferenceDay = Annotated[
    date | MonthDay,
    PlainValidator(_reference_day),
    PlainSerializer(str, return_type=str),
    WithJsonSchema(
        {
            "type": "string",
            "pattern": r"^(\d{4}-)?\d{2}-\d{2}$",
            "description": "A day such as 2026-12-01, or 12-01 where the year is the edition's.",
        }
    ),
]


class _Rule(Part):
    redirect: Annotated[Code | None, Field(description="The category to move to instead.")] = None
    split: Annotated[bool, Field(description="Whether one who is too large may enter in parts.")] = False
    wording: Annotated[Text | None, Field(description="The rule in the organiser's own words.")] = None


class SubjectRule(_Rule):
    """What or who is entered, with roles that are in or out."""

    rule: Literal["subject"]
    kinds: Subjects
    roles: Many[Code] = ()
    excluding: Many[Code] = ()
    field: Annotated[Code, Field(description="The fact that says the role.")] = "role"


class SizeRule(_Rule):
    """A number with its unit; min and max belong to the bracket, more_than and less_than do not."""

    rule: Literal["size"]
    what: Code
    unit: Code | None = None
    min: Annotated[int | None, Field(ge=0)] = None
    max: Annotated[int | None, Field(ge=0)] = None
    more_than: Annotated[int | None, Field(ge=0)] = None
    less_than: Annotated[int | None, Field(ge=0)] = None


class ValueOnRule(_Rule):
    """Something that must have lasted, or an age, on a certain day; the fact is the day it began."""

    rule: Literal["value_on"]
    field: Annotated[Code, Field(description="The fact that says when it began: birth, employment …")]
    date: ReferenceDay
    at_least: Annotated[CalendarLength | None, Field(description="Exactly so long is enough.")] = None
    older_than: Annotated[CalendarLength | None, Field(description="Exactly so long is too little.")] = None


class NotBeforeRule(_Rule):
    """Something that must not have happened before a certain day."""

    rule: Literal["not_before"]
    field: Code
    date: Day


class AnyOfRule(_Rule):
    """One of several rules must be met."""

    rule: Literal["any_of"]
    of: Some[Rule]


class AllOfRule(_Rule):
    """All of several rules must be met."""

    rule: Literal["all_of"]
    of: Some[Rule]


class NotRule(_Rule):
    """A rule that must not be met."""

    rule: Literal["not"]
    of: Rule


class OnlyRule(_Rule):
    """The subject does this and nothing else."""

    rule: Literal["only"]
    activity: Codes
    field: Annotated[Code, Field(description="The fact that says what is done.")] = "activities"


class DoesRule(_Rule):
    """The subject does one of these, perhaps among other things."""

    rule: Literal["does"]
    activity: Codes
    field: Annotated[Code, Field(description="The fact that says what is done.")] = "activities"


class TerritoryRule(_Rule):
    """Where a party does business: countries and named groups, in or out."""

    rule: Literal["territory"]
    party: Code | None = None
    countries: Many[Country] = ()
    groups: Many[Code] = ()
    excluding: Many[Country] = ()
    field: Annotated[Code, Field(description="The fact that says the countries.")] = "countries"


class PartnershipRule(_Rule):
    """Several organisations enter together, in these roles."""

    rule: Literal["partnership"]
    roles: Annotated[Many[Code], Field(min_length=2)]
    all_required: bool = False


class MayNotEnterAloneRule(_Rule):
    """A party in this role needs a partner."""

    rule: Literal["may_not_enter_alone"]
    roles: Codes


class AttestationRule(_Rule):
    """Something a person declares, with or without proof, and a person checks."""

    rule: Literal["attestation"]
    who: Code
    statement: Text | None = None
    field: Annotated[Code | None, Field(description="The fact it is declared in, if it is one.")] = None
    proof: Literal["none", "optional", "required"] = "none"


Rule = Annotated[
    SubjectRule
    | SizeRule
    | ValueOnRule
    | NotBeforeRule
    | AnyOfRule
    | AllOfRule
    | NotRule
    | OnlyRule
    | DoesRule
    | TerritoryRule
    | PartnershipRule
    | MayNotEnterAloneRule
    | AttestationRule,
    Field(discriminator="rule"),
]
