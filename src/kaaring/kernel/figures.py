"""How a figure is shown to people: rounded once, with the sign and mark of the reader's language."""

from datetime import datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

from django.utils.formats import date_format, get_format
from django.utils.translation import gettext as _

from kaaring.scoring import rounded

DASH = "–"
MINUS = "−"


def figure(score: Fraction | Decimal | None, *, decimals: int = 1) -> str:
    """Return a score as people read it (``62,6`` in nb and ru, ``62.6`` in en), or a dash for none."""
    if score is None:
        return DASH
    value = rounded(score, decimals) if isinstance(score, Fraction) else score
    shown = f"{value:.{decimals}f}".replace("-", MINUS)
    return shown.replace(".", get_format("DECIMAL_SEPARATOR"))


def amount(number: Decimal | None) -> str:
    """Return an amount with all the digits that it has and no others (``7,5`` in nb and ru), or a dash."""
    if number is None:
        return DASH
    shown = f"{number.normalize():,f}".replace("-", MINUS).replace(",", "\u00a0")
    return shown.replace(".", get_format("DECIMAL_SEPARATOR"))


def money(hundredths: int, currency: str = "") -> str:
    """Return an amount that is kept in hundredths: ``4 900,00 NOK``."""
    whole, rest = divmod(abs(hundredths), 100)
    shown = f"{whole:,}".replace(",", "\u00a0") + f"{get_format('DECIMAL_SEPARATOR')}{rest:02}"
    return (MINUS if hundredths < 0 else "") + shown + (f"\u00a0{currency}" if currency else "")


def difference(score: Fraction | None, other: Fraction | None) -> str:
    """Return how much higher a shown score is than another shown score, with its sign.

    Both are rounded first, so that the difference agrees with the two figures beside it.
    """
    if score is None or other is None:
        return DASH
    value = rounded(score) - rounded(other)
    return ("+" if value > 0 else "") + figure(value)


def exact(score: Fraction) -> str:
    """Return a score as a fraction that any program can read back."""
    return f"{score.numerator}/{score.denominator}"


class _OnItsClock(datetime):
    """A moment that templates show as it is, and do not put on the clock of the installation."""

    convert_to_local_time = False


def local(at: datetime, timezone: str) -> datetime:
    """Return a moment on the clock of an edition."""
    there = at.astimezone(ZoneInfo(timezone))
    return _OnItsClock.combine(there.date(), there.timetz())


def until(at: datetime, timezone: str) -> str:
    """Return the moment when something ends, on the clock of an edition.

    Midnight ends a day: it is told as 24:00 of the day before, so that nobody comes a day late.
    """
    there = local(at, timezone)
    if there.time() != time():
        return date_format(there, "DATETIME_FORMAT")
    return _("%(day)s at 24:00") % {"day": date_format(there.date() - timedelta(days=1), "DATE_FORMAT")}
