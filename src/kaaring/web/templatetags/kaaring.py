"""What templates need to show figures, texts in several languages, and drawings without inline style."""

import re
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from kaaring.kernel import figures
from kaaring.kernel.text import said as said_in
from kaaring.kernel.text import words

register = template.Library()

_KEY = re.compile(r"(/nominee/)[\w-]{20,}")

SCALE_FROM, SCALE_TO = 40.0, 100.0


@register.filter
def said(text: Mapping[str, str]) -> str | SafeString:
    """Show organisers' text in the reader's language; marked with ``lang`` where it had to be another one."""
    shown = words(text)
    if shown.is_fallback and shown.text:
        return format_html('<span lang="{}">{}</span>', shown.language, shown.text)
    return shown.text


@register.filter
def said_plain(text: Mapping[str, str]) -> str:
    """The same without markup, for titles and attributes."""
    return said_in(text)


@register.filter
def figure(score: Fraction | Decimal | None) -> str:
    """Show a score to one decimal, or a dash."""
    return figures.figure(score)


@register.filter
def whole(number: int) -> str:
    """Show a count with a narrow space between thousands: 3 900."""
    return f"{number:,}".replace(",", "\u00a0")


@register.filter
def amount(number: Decimal | None) -> str:
    """Show an amount exactly as it was given, or a dash."""
    return figures.amount(number)


@register.filter
def keyless(text: str) -> str:
    """Show a letter without the key to a nominee's own page, which is for the nominee alone."""
    return _KEY.sub(r"\1…", text)


@register.filter
def money(hundredths: int, currency: str) -> str:
    """Show an amount that is kept in hundredths, with its currency."""
    return figures.money(hundredths, currency)


@register.filter
def local(at: datetime, timezone: str) -> datetime:
    """Return a moment on an edition's clock, to be shown as it is."""
    return figures.local(at, timezone)


@register.filter
def until(at: datetime, timezone: str) -> str:
    """Show when something ends, on an edition's clock: midnight as 24:00 of the day before."""
    return figures.until(at, timezone)


@register.filter
def minus(score: Fraction | None, other: Fraction | None) -> str:
    """Show by how much a score is above another, with its sign."""
    return figures.difference(score, other)


@register.filter
def on_scale(score: Any) -> str:
    """Return where a score stands on the scale of 40 to 100, in per cent of the width, with a point."""
    position = (float(score) - SCALE_FROM) / (SCALE_TO - SCALE_FROM) * 100
    return f"{min(max(position, 0.0), 100.0):.1f}%"


@register.filter
def per_cent(share: Any) -> str:
    """Return a share of one as a width in per cent, with a point."""
    return f"{min(max(float(share), 0.0), 1.0) * 100:.1f}%"
