"""What is wrong with the shape of a value, in words that an organiser understands."""

import re
from collections.abc import Callable, Collection, Mapping
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kaaring.programmes.definition.faults import meant, quoted


class Said(NamedTuple):
    """A code for programs, and the message and remedy for people."""

    code: str
    message: str
    remedy: str


class Wrong(NamedTuple):
    """What a check of shape found: its kind, the name of the field, the value, and the particulars."""

    kind: str
    name: str
    value: Any
    particulars: Mapping[str, Any]
    known: Collection[str]

    @property
    def shown(self) -> str:
        """The value as it can be quoted in a sentence."""
        if self.value is None:
            return _("nothing")
        if isinstance(self.value, bool):
            return "true" if self.value else "false"
        if isinstance(self.value, dict):
            return _("a map")
        if isinstance(self.value, list):
            return _("a list")
        text = str(self.value)
        return quoted(f"{text[:40]}…" if len(text) > 40 else text)


_PATTERNS: dict[str, tuple[object, object]] = {
    r"^[A-Za-z0-9][A-Za-z0-9_-]*$": (
        gettext_lazy("%(value)s cannot be a code"),
        gettext_lazy("use letters a to z, digits, hyphens and underscores, without spaces"),
    ),
    r"^[a-z0-9]+(-[a-z0-9]+)*$": (
        gettext_lazy("%(value)s cannot be part of an address"),
        gettext_lazy("use small letters a to z, digits and single hyphens"),
    ),
    r"^[a-z]{2,3}(-[A-Z]{2})?$": (
        gettext_lazy("%(value)s is no language"),
        gettext_lazy("write a code such as nb, en or ru"),
    ),
    r"^[A-Z]{2}$": (
        gettext_lazy("%(value)s is no country"),
        gettext_lazy('write two capital letters, such as "NO"'),
    ),
    r"^(jury|": (
        gettext_lazy("%(value)s breaks no ties"),
        gettext_lazy("write criterion:CODE or jury"),
    ),
    r"^(total|": (
        gettext_lazy("%(value)s is no measure"),
        gettext_lazy(
            "write total, answered, area:CODE, theme:CODE, channel:CODE, question:CODE or metric:CODE"
        ),
    ),
}

_SHAPES: dict[str, tuple[object, object]] = {
    "string": (gettext_lazy("“%(name)s” must be text, not %(value)s"), gettext_lazy("put it in quotes")),
    "whole": (
        gettext_lazy("“%(name)s” must be a whole number, not %(value)s"),
        gettext_lazy("write a number such as 2, without quotes"),
    ),
    "bool": (
        gettext_lazy("“%(name)s” must be true or false, not %(value)s"),
        gettext_lazy("write true or false, without quotes"),
    ),
    "map": (
        gettext_lazy("“%(name)s” must be a map of names and values, not %(value)s"),
        gettext_lazy("write lines of “name: value” under it, indented"),
    ),
    "list": (
        gettext_lazy("“%(name)s” must be a list, not %(value)s"),
        gettext_lazy("put the values in square brackets, or each on a line of its own after “- ”"),
    ),
    "text_shape": (
        gettext_lazy("“%(name)s” must be text, not %(value)s"),
        gettext_lazy("write the text in quotes, or one for each language: {nb: …, en: …}"),
    ),
    "number": (
        gettext_lazy("“%(name)s” must be a number, not %(value)s"),
        gettext_lazy("write a number such as 4, 1.5 or 1/3"),
    ),
    "negative": (
        gettext_lazy("“%(name)s” cannot be below 0, as %(value)s is"),
        gettext_lazy("write 0 or more"),
    ),
    "share": (
        gettext_lazy("“%(name)s” must be a share from 0 % to 100 %, not %(value)s"),
        gettext_lazy("write it as 60%"),
    ),
    "day": (
        gettext_lazy("“%(name)s” must be a date, not %(value)s"),
        gettext_lazy("write year, month and day, such as 2021-04-29"),
    ),
    "reference_day": (
        gettext_lazy("“%(name)s” must be a date, with or without a year, not %(value)s"),
        gettext_lazy("write 2026-12-01, or 12-01 where the year is the edition's"),
    ),
    "no_such_day": (
        gettext_lazy("%(value)s is in no calendar"),
        gettext_lazy("check the month, the day and the time"),
    ),
    "moment": (
        gettext_lazy("“%(name)s” must be a date, with or without a time, not %(value)s"),
        gettext_lazy("write 2021-04-29 or 2021-04-29T12:00, in the time zone of the edition"),
    ),
    "clock": (
        gettext_lazy("“%(name)s” must be a time of day, not %(value)s"),
        gettext_lazy('write hours and minutes in quotes, such as "09:00"'),
    ),
    "span": (
        gettext_lazy("“%(name)s” must be a length of time, not %(value)s"),
        gettext_lazy("write a number and a unit, such as 5 minutes, 3 working days or 6 months"),
    ),
    "calendar_span": (
        gettext_lazy("“%(name)s” must be counted on the calendar, which %(value)s is not"),
        gettext_lazy("write days, weeks, months or years, such as 6 months"),
    ),
    "timezone": (
        gettext_lazy("%(value)s is no time zone"),
        gettext_lazy("write a region and a city, such as Europe/Oslo"),
    ),
    "string_too_short": (
        gettext_lazy("“%(name)s” is empty"),
        gettext_lazy("write something, or take it out"),
    ),
}

_SHAPE_OF = {
    "string_type": "string",
    "int_type": "whole",
    "int_from_float": "whole",
    "int_parsing": "whole",
    "int_parsing_size": "whole",
    "bool_type": "bool",
    "dict_type": "map",
    "model_type": "map",
    "model_attributes_type": "map",
    "tuple_type": "list",
    "list_type": "list",
}
_CODES = {
    "string": "wrong_type",
    "whole": "wrong_type",
    "bool": "wrong_type",
    "map": "wrong_type",
    "list": "wrong_type",
}


def say(wrong: Wrong) -> Said:
    """Return what to tell people about a value of the wrong shape."""
    if wrong.kind in _SAYERS:
        return _SAYERS[wrong.kind](wrong)
    shape = _SHAPE_OF.get(wrong.kind, wrong.kind)
    if shape in _SHAPES:
        message, remedy = _SHAPES[shape]
        return Said(_CODES.get(shape, shape), _filled(message, wrong), str(remedy))
    return Said(
        "does_not_fit",
        _("“%(name)s” cannot be %(value)s") % {"name": wrong.name, "value": wrong.shown},
        _("compare it with the schema: kaaring definition schema"),
    )


def _filled(message: object, wrong: Wrong) -> str:
    return str(message).replace("%(name)s", wrong.name).replace("%(value)s", wrong.shown)


def _missing(wrong: Wrong) -> Said:
    if not wrong.name:
        return Said("missing", _("A value is missing from this list"), _("add it"))
    return Said(
        "missing",
        _("“%(name)s” is missing here") % {"name": wrong.name},
        _("add “%(name)s:” and its value") % {"name": wrong.name},
    )


def _unknown_key(wrong: Wrong) -> Said:
    return Said(
        "unknown_key",
        _("“%(name)s” is not known here") % {"name": wrong.name},
        meant(wrong.name, wrong.known),
    )


def _not_one_of(wrong: Wrong) -> Said:
    choices = re.findall(r"'([^']*)'", str(wrong.particulars["expected"])) or [
        str(wrong.particulars["expected"])
    ]
    return Said(
        "not_one_of",
        _("“%(name)s” cannot be %(value)s") % {"name": wrong.name, "value": wrong.shown},
        meant(str(wrong.value), choices),
    )


def _unknown_rule(wrong: Wrong) -> Said:
    tags = re.findall(r"'([^']*)'", str(wrong.particulars["expected_tags"]))
    tag = str(wrong.particulars["tag"])
    return Said("unknown_rule", _("There is no rule “%(tag)s”") % {"tag": tag}, meant(tag, tags))


def _rule_not_said(wrong: Wrong) -> Said:
    return Said(
        "missing", _("“rule” is missing here"), _("add “rule:” with its kind, such as size or partnership")
    )


def _pattern(wrong: Wrong) -> Said:
    pattern = str(wrong.particulars["pattern"])
    for start, (message, remedy) in _PATTERNS.items():
        if pattern.startswith(start):
            return Said("not_allowed", _filled(message, wrong), str(remedy))
    return Said(
        "not_allowed",
        _("“%(name)s” cannot be %(value)s") % {"name": wrong.name, "value": wrong.shown},
        _("compare it with the schema: kaaring definition schema"),
    )


def _too_long_text(wrong: Wrong) -> Said:
    most = wrong.particulars["max_length"]
    return Said(
        "too_long",
        ngettext(
            "“%(name)s” is longer than %(most)s character",
            "“%(name)s” is longer than %(most)s characters",
            most,
        )
        % {"name": wrong.name, "most": most},
        _("shorten it"),
    )


def _too_few(wrong: Wrong) -> Said:
    least = wrong.particulars["min_length"]
    return Said(
        "too_few",
        ngettext(
            "“%(name)s” needs at least %(least)s value", "“%(name)s” needs at least %(least)s values", least
        )
        % {"name": wrong.name, "least": least},
        _("add what is missing, or leave “%(name)s” out") % {"name": wrong.name},
    )


def _too_many(wrong: Wrong) -> Said:
    most = wrong.particulars["max_length"]
    return Said(
        "too_many",
        ngettext("“%(name)s” takes at most %(most)s value", "“%(name)s” takes at most %(most)s values", most)
        % {"name": wrong.name, "most": most},
        _("take out what is too much"),
    )


def _too_low(wrong: Wrong) -> Said:
    least = wrong.particulars["ge"]
    return Said(
        "too_low",
        _("“%(name)s” cannot be %(value)s") % {"name": wrong.name, "value": wrong.shown},
        _("write %(least)s or more") % {"least": least},
    )


def _too_high(wrong: Wrong) -> Said:
    most = wrong.particulars["le"]
    return Said(
        "too_high",
        _("“%(name)s” cannot be %(value)s") % {"name": wrong.name, "value": wrong.shown},
        _("write %(most)s or less") % {"most": most},
    )


_SAYERS: dict[str, Callable[[Wrong], Said]] = {
    "missing": _missing,
    "extra_forbidden": _unknown_key,
    "literal_error": _not_one_of,
    "union_tag_invalid": _unknown_rule,
    "union_tag_not_found": _rule_not_said,
    "string_pattern_mismatch": _pattern,
    "string_too_long": _too_long_text,
    "too_short": _too_few,
    "too_long": _too_many,
    "greater_than_equal": _too_low,
    "less_than_equal": _too_high,
}
