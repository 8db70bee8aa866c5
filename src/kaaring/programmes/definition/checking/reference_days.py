"""Days that rules name: with their year, close to the edition, and with a clear end."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from kaaring.programmes.definition.checking.walking import Placed, every_rule
from kaaring.programmes.definition.faults import Finding, Severity, quoted
from kaaring.programmes.definition.schema import Definition, Span, Timeline
from kaaring.programmes.definition.schema.eligibility import MonthDay, NotBeforeRule, ValueOnRule

STALE_AFTER = {"value_on": 1, "not_before": 3}
"""A day as many years before the edition was probably meant for an earlier one."""


def findings(definition: Definition) -> Iterator[Finding]:
    """Yield what is odd about the days in rules: each day and each length once."""
    placed = list(every_rule(definition))
    yield from _without_year(placed, definition.timeline)
    yield from _strict(placed)
    begins = _beginning(definition.timeline)
    if begins is not None:
        yield from _stale(placed, begins)


def _without_year(placed: list[Placed], timeline: Timeline) -> Iterator[Finding]:
    where: dict[MonthDay, list[Placed]] = {}
    for each in placed:
        if isinstance(each.rule, ValueOnRule) and isinstance(each.rule.date, MonthDay):
            where.setdefault(each.rule.date, []).append(each)
    for day, rules in where.items():
        message = _("“%(day)s” has no year, in %(codes)s")
        if timeline.entries is not None:
            message = _("“%(day)s” has no year, in %(codes)s, and is read as %(read)s")
        read = day.in_year(timeline.entries[1].year) if timeline.entries else None
        yield Finding(
            (*rules[0].path, "date"),
            "no_year",
            message % {"day": day, "codes": _codes(rules), "read": read},
            _("write the year too, so that nobody has to guess"),
            Severity.WARNING,
        )


def _strict(placed: list[Placed]) -> Iterator[Finding]:
    where: dict[tuple[str, Span], list[Placed]] = {}
    for each in placed:
        if isinstance(each.rule, ValueOnRule) and each.rule.older_than is not None:
            where.setdefault((each.rule.field, each.rule.older_than), []).append(each)
    for (_field, length), rules in where.items():
        yield Finding(
            (*rules[0].path, "older_than"),
            "strictly_older",
            _("“older_than: %(length)s” leaves out who reaches it on that very day, in %(codes)s")
            % {"length": length, "codes": _codes(rules)},
            _("write “at_least: %(length)s” if they may take part") % {"length": length},
            Severity.WARNING,
        )


def _stale(placed: list[Placed], begins: date) -> Iterator[Finding]:
    for rule, _category, path in placed:
        if not isinstance(rule, ValueOnRule | NotBeforeRule) or isinstance(rule.date, MonthDay):
            continue
        years = begins.year - rule.date.year - ((begins.month, begins.day) < (rule.date.month, rule.date.day))
        if years >= STALE_AFTER[rule.rule]:
            yield Finding(
                (*path, "date"),
                "stale_date",
                _("%(day)s is long past when the edition begins, on %(begins)s")
                % {"day": rule.date, "begins": begins},
                _("choose a day that fits this edition, unless that is meant"),
                Severity.WARNING,
            )


def _beginning(timeline: Timeline) -> date | None:
    for period in (timeline.entries, timeline.judging):
        if period is not None:
            return period[0]
    return None if timeline.announcement is None else timeline.announcement.date()


def _codes(placed: list[Placed]) -> str:
    return ", ".join(quoted(code) for code in dict.fromkeys(each.category.code for each in placed))
