"""Who may enter: typed rules, so that they can be explained in words and checked against each other."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from kaaring.programmes.definition.schema.values import (
    Code,
    Country,
    Day,
    Length,
    Many,
    Part,
    Some,
    Text,
    one_or_many,
)

Subject = Literal["person", "team", "department", "organisation", "project", "product", "partnership"]
Subjects = Annotated[
    Some[Subject], BeforeValidator(one_or_many, json_schema_input_type=Subject | Some[Subject])
]
Codes = Annotated[Some[Code], BeforeValidator(one_or_many, json_schema_input_type=Code | Some[Code])]


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
    """Something that must have lasted, or an age, on a certain day."""

    rule: Literal["value_on"]
    field: Code
    date: Day
    at_least: Length | None = None
    older_than: Length | None = None


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


class TerritoryRule(_Rule):
    """Where a party does business: countries and named groups, in or out."""

    rule: Literal["territory"]
    party: Code | None = None
    countries: Many[Country] = ()
    groups: Many[Code] = ()
    excluding: Many[Country] = ()


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
    | TerritoryRule
    | PartnershipRule
    | MayNotEnterAloneRule
    | AttestationRule,
    Field(discriminator="rule"),
]
