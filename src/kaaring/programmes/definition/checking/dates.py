"""Dates that are past, and periods that end before they begin."""

from collections.abc import Iterator
from datetime import date, datetime

from django.utils.translation import gettext as _

from kaaring.programmes.definition.faults import Finding, Severity
from kaaring.programmes.definition.schema import Definition, Timeline

PERIODS = ("entries", "judging", "fieldwork")
MOMENTS = ("rounding", "announcement", "ceremony")


def findings(definition: Definition, on: date | None) -> Iterator[Finding]:
    """Yield what is wrong or odd about the timeline, and about prices that it leaves no time for."""
    yield from _reversed(definition.timeline)
    yield from _out_of_order(definition.timeline)
    yield from _priced_late(definition)
    if on is not None:
        yield from _past(definition.timeline, on)


def _reversed(timeline: Timeline) -> Iterator[Finding]:
    for name in PERIODS:
        period = getattr(timeline, name)
        if period is not None and period[1] < period[0]:
            yield Finding(
                ("timeline", name, 1),
                "ends_before_it_begins",
                _("“%(name)s” ends before it begins") % {"name": name},
                _("write the first day first"),
            )


def _out_of_order(timeline: Timeline) -> Iterator[Finding]:
    if timeline.fieldwork is not None and timeline.rounding is not None:
        first, last = timeline.fieldwork
        if not first <= timeline.rounding.date() <= last:
            yield Finding(
                ("timeline", "rounding"),
                "rounding_outside_fieldwork",
                _("The rounding lies outside the fieldwork"),
                _("choose a day between %(first)s and %(last)s") % {"first": first, "last": last},
                Severity.WARNING,
            )
    if timeline.fieldwork is not None:
        message = _("The winners are announced before the fieldwork ends")
        yield from _announced_early(timeline, timeline.fieldwork[1], message)
    if timeline.judging is not None:
        message = _("The winners are announced before the judging ends")
        yield from _announced_early(timeline, timeline.judging[1], message)
    if timeline.entries is not None and timeline.judging is not None:
        yield from _judged_early(timeline.entries[1], timeline.judging[0])


def _announced_early(timeline: Timeline, last: date, message: str) -> Iterator[Finding]:
    if timeline.announcement is not None and timeline.announcement.date() < last:
        yield Finding(
            ("timeline", "announcement"),
            "announced_before_the_end",
            message,
            _("choose a day after %(last)s") % {"last": last},
            Severity.WARNING,
        )


def _judged_early(closing: date, judging: date) -> Iterator[Finding]:
    if judging <= closing:
        yield Finding(
            ("timeline", "judging"),
            "judged_before_the_end",
            _("The judging begins before entries close"),
            _("choose a day after %(last)s") % {"last": closing},
            Severity.WARNING,
        )


def _priced_late(definition: Definition) -> Iterator[Finding]:
    """Yield a warning for a price that holds to a day after the last on which anybody can enter."""
    entries = definition.timeline.entries
    if entries is None or definition.fees is None:
        return
    for position, price in enumerate(definition.fees.prices):
        if price.until is not None and price.until > entries[1]:
            yield Finding(
                ("fees", "prices", position, "until"),
                "price_after_the_end",
                _("“%(code)s” is given until %(day)s, but entries close on %(last)s")
                % {"code": price.code, "day": price.until, "last": entries[1]},
                _("choose a day until %(last)s") % {"last": entries[1]},
                Severity.WARNING,
            )


def _past(timeline: Timeline, on: date) -> Iterator[Finding]:
    for name in (*PERIODS, *MOMENTS):
        value = getattr(timeline, name)
        if value is None:
            continue
        last = value[1] if isinstance(value, tuple) else _day(value)
        if last < on:
            yield Finding(
                ("timeline", name),
                "date_past",
                _("“%(name)s” is past: %(day)s") % {"name": name, "day": last.isoformat()},
                _("change it, unless that is meant"),
                Severity.WARNING,
            )


def _day(moment: datetime) -> date:
    return moment.date()
