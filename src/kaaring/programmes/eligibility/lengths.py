"""How long something has lasted on a day, counted on the calendar."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from kaaring.programmes.definition.schema import Definition, Span
from kaaring.programmes.definition.schema.eligibility import MonthDay


@dataclass(frozen=True, slots=True)
class Lasted:
    """Whole units, and the days beyond them."""

    whole: int
    days: int


def lasted(since: date, on: date, unit: str) -> Lasted | None:
    """Return how many whole days, weeks, months or years have passed; None where it begins after the day.

    A month is over on the same day of the next, or on its last day where there is no such day: half a year
    from 31 August is over on 28 February, and who is born on 29 February grows a year older on the 28th.

    >>> lasted(date(2026, 8, 1), date(2026, 12, 1), "months")
    Lasted(whole=4, days=0)
    >>> lasted(date(2026, 8, 31), date(2027, 2, 28), "months")
    Lasted(whole=6, days=0)
    >>> lasted(date(2008, 12, 2), date(2026, 12, 1), "years")
    Lasted(whole=17, days=364)
    """
    if since > on:
        return None
    if unit in {"days", "weeks"}:
        return Lasted(*divmod((on - since).days, 7 if unit == "weeks" else 1))
    months = (on.year - since.year) * 12 + on.month - since.month
    if _after(since, months) > on:
        months -= 1
    months_of_unit = 12 if unit == "years" else 1
    whole = months // months_of_unit
    return Lasted(whole, (on - _after(since, whole * months_of_unit)).days)


def _after(since: date, months: int) -> date:
    year, month = divmod(since.year * 12 + since.month - 1 + months, 12)
    return date(year, month + 1, min(since.day, monthrange(year, month + 1)[1]))


def is_at_least(length: Lasted | None, least: Span) -> bool:
    """Say whether something has lasted so long; to the day is enough."""
    return length is not None and length.whole >= least.amount


def is_longer(length: Lasted | None, than: Span) -> bool:
    """Say whether something has lasted longer; to the day is not enough."""
    return length is not None and (length.whole, length.days) > (than.amount, 0)


def day_in(day: date | MonthDay, year: int) -> date:
    """Return a reference day; one without a year is in the year given."""
    return day.in_year(year) if isinstance(day, MonthDay) else day


def reference_year(definition: Definition, *, otherwise: int) -> int:
    """Return the year of reference days that name none: that in which entries close, if a day is announced.

    It is read from the definition, which freezes, and not from dates that are moved later.
    """
    entries = definition.timeline.entries
    return otherwise if entries is None else entries[1].year
