"""Numbers as people write them in cells."""

import re
from decimal import Decimal

_NUMBER = re.compile(r"[+-]?[0-9]{1,18}(?:[.,][0-9]{1,18})?")
_WHOLE = re.compile(r"[0-9]{1,18}")
_IN_GROUPS = re.compile(r"[0-9]{1,3}(?:[.,'’\s][0-9]{3})+")
_DATES = (
    re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:T.*)?"),
    re.compile(r"[0-9]{1,2}[./-][0-9]{1,2}[./-](?:[0-9]{2}|[0-9]{4})"),
    re.compile(r"[0-9]{1,2}[./ -] ?[^\W\d_]{3,9}\.?(?:[./ -][0-9]{2,4})?"),
    re.compile(r"[^\W\d_]{3,9}\.?[./ -][0-9]{1,4}"),
)


def is_number(text: str) -> bool:
    """Say whether the text writes out a number, with a point or a comma for the decimals."""
    return _NUMBER.fullmatch(text) is not None


def as_plain_number(text: str) -> str:
    """Return a number as programs write it: point for comma, no idle zeros; anything else as it is.

    >>> as_plain_number("74,50"), as_plain_number("+3"), as_plain_number("three")
    ('74.5', '3', 'three')
    """
    if not is_number(text):
        return text
    plain = format(Decimal(text.replace(",", ".")), "f")
    plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
    return "0" if plain == "-0" else plain


def as_whole_number(text: str) -> int | None:
    """Return a whole number written with digits alone, None for anything else.

    A separator may stand for decimals as well as for thousands, so that one with it is not taken.

    >>> as_whole_number("1000"), as_whole_number("1,000"), as_whole_number("3.0")
    (1000, None, None)
    """
    return int(text) if _WHOLE.fullmatch(text) else None


def without_groups(text: str) -> str:
    """Return the digits of a number whose thousands are set apart, nothing for any other text.

    >>> without_groups("12.000"), without_groups("1 000 000"), without_groups("3.5")
    ('12000', '1000000', '')
    """
    return re.sub("[^0-9]", "", text) if _IN_GROUPS.fullmatch(text) else ""


def looks_like_a_date(text: str) -> bool:
    """Say whether a spreadsheet program may have made a date of what was a number or a code.

    >>> looks_like_a_date("03.apr"), looks_like_a_date("2026-03-04T00:00:00"), looks_like_a_date("3.5")
    (True, True, False)
    """
    return any(shape.fullmatch(text) for shape in _DATES)
