"""The small values a definition is made of: codes, texts, points, dates, times and lengths of time.

Each is read from the plain form people write and written back in it; what is wrong with one is a
``PydanticCustomError`` whose type ``wording`` turns into a sentence.
"""

import re
from datetime import date, datetime, time
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any, Literal, NamedTuple, TypeVar, cast, get_args

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    PlainValidator,
    Strict,
    StringConstraints,
    ValidationInfo,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import PydanticCustomError

FIRST_LANGUAGE = "en"
LARGEST = 10**9

Item = TypeVar("Item")
Many = Annotated[tuple[Item, ...], Strict(False)]
Some = Annotated[tuple[Item, ...], Strict(False), Field(min_length=1)]


class Part(BaseModel):
    """A part of a definition: nothing unknown in it, nothing coerced, never changed once read."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


Code = Annotated[
    str,
    StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]*$", max_length=40),
    Field(description="A short name without spaces, used in files and addresses."),
]
Slug = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=50),
    Field(description="Small letters, digits and hyphens: part of the address."),
]
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Z]{2})?$")]
Country = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
Wording = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=5000)]
Measure = Annotated[
    str,
    StringConstraints(
        pattern=r"^(total|answered|(area|theme|channel|question|metric):[A-Za-z0-9][A-Za-z0-9_-]*)$"
    ),
    Field(description="total, answered, area:CODE, theme:CODE, channel:CODE, question:CODE or metric:CODE."),
]


class PerLanguage(dict[str, str]):
    """A text in several languages."""


def _per_language(value: Any, info: ValidationInfo) -> Any:
    if isinstance(value, str):
        return {(info.context or {}).get("first_language", FIRST_LANGUAGE): value}
    if not isinstance(value, dict):
        raise PydanticCustomError("text_shape", "neither a text nor a map of languages")
    return value


Text = Annotated[
    dict[Language, Wording],
    BeforeValidator(_per_language, json_schema_input_type=Wording | dict[Language, Wording]),
    Field(min_length=1, description="A text, or a map of languages to texts."),
    AfterValidator(PerLanguage),
]


class Named(Part):
    """A part with a code and a name; without a name it is called by its code."""

    code: Code
    name: Text = Field(description="What people see; the code where it is left out.")

    @model_validator(mode="before")
    @classmethod
    def _called_by_its_code(cls, value: Any) -> Any:
        return with_text(value, "name")

    @classmethod
    def __get_pydantic_json_schema__(cls, core: Any, handler: Any) -> Any:
        return without_required(handler(core), handler, "name")


def with_text(value: Any, field: str) -> Any:
    """Return a map with its code as the text ``field`` where it has none; anything else as it is."""
    if isinstance(value, dict) and field not in value and isinstance(value.get("code"), str):
        return {**value, field: value["code"]}
    return value


def without_required(schema: dict[str, Any], handler: Any, field: str) -> dict[str, Any]:
    """Return a JSON schema in which the field may be left out, since it has a default made from the rest."""
    resolved = cast("dict[str, Any]", handler.resolve_ref_schema(schema))
    resolved["required"] = [name for name in resolved.get("required", []) if name != field]
    return schema


_WRITTEN_OUT = re.compile(r"[+-]?([0-9]{1,9}(\.[0-9]{0,9})?|\.[0-9]{1,9}|[0-9]{1,9}/0*[1-9][0-9]{0,9})")


def exact(value: Any) -> Fraction:
    """Return a number exactly. It is written out, in at most nine digits before and after the point.

    Powers of ten are not read: “1e999999999” would be a number of a thousand million digits.

    >>> exact("1.5"), exact(0.00001), exact("1/3")
    (Fraction(3, 2), Fraction(1, 100000), Fraction(1, 3))
    """
    if isinstance(value, bool) or not isinstance(value, int | float | str | Decimal | Fraction):
        raise PydanticCustomError("number", "not a number")
    if isinstance(value, int) and abs(value) >= LARGEST:
        raise PydanticCustomError("number", "not a number")
    text = format(Decimal(repr(value)), "f") if isinstance(value, float) else str(value).strip()
    if not _WRITTEN_OUT.fullmatch(text):
        raise PydanticCustomError("number", "not a number")
    return Fraction(text)


def plain_number(value: Fraction) -> int | float | str:
    """Return an exact number in the plainest form that reads back to the same: 4, 1.5 or "1/3".

    >>> plain_number(Fraction(4)), plain_number(Fraction(3, 2)), plain_number(Fraction(1, 3))
    (4, 1.5, '1/3')
    """
    if value.denominator == 1:
        return value.numerator
    return float(value) if Fraction(repr(float(value))) == value else str(value)


def _not_negative(value: Fraction) -> Fraction:
    if value < 0:
        raise PydanticCustomError("negative", "below 0")
    return value


_NUMBER_SCHEMA = {"anyOf": [{"type": "number", "minimum": 0}, {"type": "string", "pattern": r"^\d+/\d+$"}]}
Points = Annotated[
    Fraction,
    PlainValidator(exact),
    AfterValidator(_not_negative),
    PlainSerializer(plain_number),
    WithJsonSchema({**_NUMBER_SCHEMA, "description": "A number from 0 up, or a fraction such as 1/3."}),
]


def _share(value: Any) -> Fraction:
    is_per_cent = isinstance(value, str) and value.endswith("%")
    share = exact(value[:-1]) / 100 if is_per_cent else exact(value)
    if not 0 <= share <= 1:
        raise PydanticCustomError("share", "not between 0 % and 100 %")
    return share


def _per_cent(value: Fraction) -> str:
    return f"{plain_number(value * 100)}%"


Share = Annotated[
    Fraction,
    PlainValidator(_share),
    PlainSerializer(_per_cent),
    WithJsonSchema({"type": "string", "pattern": r"^\d+(\.\d+)?%$", "description": "A share, such as 60%."}),
]


def day(value: Any) -> date:
    """Return a day that is written as year, month and day."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        try:
            return date.fromisoformat(value)
        except ValueError as error:
            raise PydanticCustomError("no_such_day", "no such day") from error
    raise PydanticCustomError("day", "not a date")


def _moment(value: Any) -> datetime:
    if isinstance(value, datetime):
        moment = value
    elif isinstance(value, date) or (isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value)):
        found = day(value)
        moment = datetime(found.year, found.month, found.day)  # noqa: DTZ001 - local time of the edition, by definition
    elif isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2})?", value):
        try:
            moment = datetime.fromisoformat(value)
        except ValueError as error:
            raise PydanticCustomError("no_such_day", "no such day") from error
    else:
        raise PydanticCustomError("moment", "not a date with or without a time")
    if moment.tzinfo is not None:
        raise PydanticCustomError("moment", "has an offset")
    return moment


def _plain_moment(value: datetime) -> str:
    return value.date().isoformat() if value.time() == time() else value.isoformat(timespec="minutes")


def _clock(value: Any) -> time:
    if isinstance(value, time):
        return value
    if isinstance(value, str) and re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", value):
        return time.fromisoformat(value)
    raise PydanticCustomError("clock", "not a time of day")


Day = Annotated[
    date,
    PlainValidator(day),
    PlainSerializer(date.isoformat),
    WithJsonSchema({"type": "string", "format": "date", "description": "A day, such as 2021-04-29."}),
]
Moment = Annotated[
    datetime,
    PlainValidator(_moment),
    PlainSerializer(_plain_moment),
    WithJsonSchema({"type": "string", "description": "A day, or a day and time in the edition's time zone."}),
]
Clock = Annotated[
    time,
    PlainValidator(_clock),
    PlainSerializer(lambda value: value.strftime("%H:%M"), return_type=str),
    WithJsonSchema(
        {"type": "string", "pattern": r"^([01]\d|2[0-3]):[0-5]\d$", "description": 'Such as "09:00".'}
    ),
]
Period = Annotated[
    tuple[Day, Day],
    Strict(False),
    Field(description="First and last day, both included: [from, to]."),
]

SpanUnit = Literal[
    "seconds",
    "minutes",
    "hours",
    "days",
    "weeks",
    "months",
    "years",
    "working_minutes",
    "working_hours",
    "working_days",
]
_UNITS = get_args(SpanUnit)


class Span(NamedTuple):
    """A length of time as people say it: 5 minutes, 3 working days, 6 months."""

    amount: int
    unit: SpanUnit

    def __str__(self) -> str:
        unit = self.unit.replace("_", " ")
        return f"{self.amount} {unit.removesuffix('s') if self.amount == 1 else unit}"


def _span(value: Any) -> Span:
    if isinstance(value, Span):
        return value
    found = re.fullmatch(r"(\d{1,5}) +((?:working +)?[a-z]+)", value) if isinstance(value, str) else None
    if found:
        unit = re.sub(" +", "_", found[2]).removesuffix("s") + "s"
        if unit in _UNITS and int(found[1]) > 0:
            return Span(int(found[1]), cast("SpanUnit", unit))
    raise PydanticCustomError("span", "not a length of time")


Length = Annotated[
    Span,
    PlainValidator(_span),
    PlainSerializer(str, return_type=str),
    WithJsonSchema(
        {
            "type": "string",
            "pattern": r"^\d+ +(working +(minute|hour|day)|second|minute|hour|day|week|month|year)s?$",
            "description": "A length of time, such as 5 minutes or 3 working days.",
        }
    ),
]


def _on_the_calendar(value: Span) -> Span:
    if value.unit not in {"days", "weeks", "months", "years"}:
        raise PydanticCustomError("calendar_span", "not counted on the calendar")
    return value


CalendarLength = Annotated[
    Span,
    PlainValidator(_span),
    AfterValidator(_on_the_calendar),
    PlainSerializer(str, return_type=str),
    WithJsonSchema(
        {
            "type": "string",
            "pattern": r"^\d+ +(day|week|month|year)s?$",
            "description": "A length of time counted on the calendar, such as 6 months or 18 years.",
        }
    ),
]


def one_or_many(value: Any) -> Any:
    """Return a single text as a list of one."""
    return [value] if isinstance(value, str) else value
