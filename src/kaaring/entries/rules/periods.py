"""When entries are open: from the first day to midnight after the last, on the edition's clock."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kaaring.kernel.figures import until
from kaaring.kernel.refused import Refused
from kaaring.programmes.models import Edition


@dataclass(frozen=True, slots=True)
class EntryPeriod:
    """The days on which cases are written and entries submitted, both included."""

    first: date
    last: date
    timezone: str

    @property
    def opens_at(self) -> datetime:
        """Return the midnight before the first day."""
        return datetime.combine(self.first, time(), ZoneInfo(self.timezone))

    @property
    def closes_at(self) -> datetime:
        """Return the midnight after the last day; at that moment it is over."""
        return datetime.combine(self.last + timedelta(days=1), time(), ZoneInfo(self.timezone))

    def is_open(self, at: datetime) -> bool:
        """Say whether entries can be submitted at a moment."""
        return self.opens_at <= at < self.closes_at

    def days_left(self, at: datetime) -> int:
        """Return how many days are left after the day of ``at``; 0 on the last day.

        >>> period = EntryPeriod(date(2030, 2, 1), date(2030, 2, 10), "Europe/Oslo")
        >>> period.days_left(datetime.fromisoformat("2030-02-09T23:30+00:00"))
        0
        """
        return (self.last - at.astimezone(ZoneInfo(self.timezone)).date()).days


def entry_period(edition: Edition) -> EntryPeriod | None:
    """Return when entries are open, as the edition's dates stand now; None where they are not announced."""
    announced = edition.timeline.get("entries")
    if not announced:
        return None
    first, last = (date.fromisoformat(day) for day in announced)
    return EntryPeriod(first, last, edition.timezone)


def announcement_of(edition: Edition) -> datetime | None:
    """Return when the winners are to be named, on the edition's clock; None where no day is set."""
    told = edition.timeline.get("announcement")
    return datetime.fromisoformat(told).replace(tzinfo=ZoneInfo(edition.timezone)) if told else None


def against_the_time(
    edition: Edition, *, at: datetime, leave_until: datetime | None = None
) -> Refused | None:
    """Entries are written and submitted while they are open, and later only by the organiser's leave."""
    period = entry_period(edition)
    if period is None:
        return Refused(
            "entries_not_announced",
            _("%(edition)s has not announced when entries are open. Come back when the dates are out.")
            % {"edition": edition.title},
        )
    if at < period.opens_at:
        return Refused(
            "entries_not_open",
            _("Entries for %(edition)s open on %(day)s. Until then you can read what will be asked.")
            % {"edition": edition.title, "day": date_format(period.first, "DATE_FORMAT")},
        )
    if at < period.closes_at or (leave_until is not None and at < leave_until):
        return None
    return Refused(
        "entries_closed",
        _(
            "Entries for %(edition)s closed on %(moment)s (%(timezone)s). What is saved stays "
            "and can be read. If something kept you from being in time, ask the organiser whether "
            "you may submit late."
        )
        % {
            "edition": edition.title,
            "moment": until(period.closes_at, period.timezone),
            "timezone": period.timezone,
        },
    )
