"""What the public reads about entering: until when, at what price, how many entries a case may make."""

from datetime import date, datetime
from fractions import Fraction
from typing import NamedTuple

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kaaring.entries.rules.periods import EntryPeriod, entry_period
from kaaring.kernel.figures import local, money
from kaaring.kernel.text import Text
from kaaring.programmes.definition import Definition
from kaaring.programmes.definition.schema import Fees
from kaaring.programmes.models import Edition


class Deadline(NamedTuple):
    """How it stands with entering: a sentence, what to know beside it, and whether one can enter now."""

    sentence: str
    beside: str
    is_open: bool


class PriceShown(NamedTuple):
    """A price with the last day it is given, and whether it is the one given today."""

    name: Text
    until: date | None
    normal: str
    member: str
    is_today: bool


def deadline_of(edition: Edition, *, at: datetime, is_over: bool) -> Deadline:
    """Return how it stands with entering; where it ``is_over`` anyway nothing of it hangs on the day."""
    period = entry_period(edition)
    if period is None:
        return Deadline(_("The dates for entries are not announced yet."), "", is_open=False)
    in_zone = _("All times are in the time zone %(timezone)s.") % {"timezone": edition.timezone}
    if is_over or at >= period.closes_at:
        closed = _("Up to and including %(last)s entries could be submitted.") % {"last": _day(period.last)}
        return Deadline(closed, in_zone, is_open=False)
    days = {"first": _day(period.first), "last": _day(period.last)}
    if at < period.opens_at:
        told = _("From %(first)s up to and including %(last)s entries can be submitted.") % days
        return Deadline(told, in_zone, is_open=False)
    told = _("Up to and including %(last)s entries can be submitted.") % days
    return Deadline(told, f"{_days_left(period, at)} {in_zone}", is_open=True)


def _day(day: date) -> str:
    return date_format(day, "DATE_FORMAT")


def _days_left(period: EntryPeriod, at: datetime) -> str:
    left = period.days_left(at)
    if not left:
        return _("Today is the last day.")
    return ngettext("%(count)d day is left.", "%(count)d days are left.", left) % {"count": left}


def prices_of(fees: Fees, edition: Edition, *, at: datetime, is_over: bool) -> list[PriceShown]:
    """Return the prices by date, the one given today marked while one can still enter."""
    today = local(at, edition.timezone).date()
    given = [one for one in fees.prices if one.until is None or today <= one.until]
    current = None if is_over or not given else given[0]
    return [
        PriceShown(
            one.name,
            one.until,
            _price(one.price, fees.currency),
            "" if one.member is None else _price(one.member, fees.currency),
            one is current,
        )
        for one in fees.prices
    ]


def _price(amount: Fraction, currency: str) -> str:
    return money(round(100 * amount), currency)


def how_many(definition: Definition) -> str:
    """Say in how many categories one case may be entered."""
    most = definition.most_entries_per_case
    if most is None:
        return _("One case may be entered in as many categories as it fits; each entry is judged on its own.")
    return ngettext(
        "One case may be entered in %(count)d category.",
        "One case may be entered in up to %(count)d categories; each entry is judged on its own.",
        most,
    ) % {"count": most}
