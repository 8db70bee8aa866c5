"""Numbers as people write them in cells."""

import re
from decimal import Decimal

_NUMBER = re.compile(r"[+-]?[0-9]{1,18}(?:[.,][0-9]{1,18})?")


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
