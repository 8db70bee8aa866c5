"""Numbers with their units, and lengths of time, in words.

Beside “at most” many languages need another form of the unit than on its own, so there is one message for
what something is and one, in the context “limit”, for what it may be.
"""

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, npgettext

from kaaring.kernel.figures import figure
from kaaring.programmes.definition.schema import Span
from kaaring.programmes.definition.schema.eligibility import SizeRule
from kaaring.programmes.eligibility.lengths import Lasted
from kaaring.programmes.eligibility.names import Names, every

_UNITS: dict[str, Callable[[int], str]] = {
    "people": lambda count: ngettext("%(count)s person", "%(count)s people", count),
    "seats": lambda count: ngettext("%(count)s seat", "%(count)s seats", count),
    "employees": lambda count: ngettext("%(count)s employee", "%(count)s employees", count),
    "days": lambda count: ngettext("%(count)s day", "%(count)s days", count),
    "weeks": lambda count: ngettext("%(count)s week", "%(count)s weeks", count),
    "months": lambda count: ngettext("%(count)s month", "%(count)s months", count),
    "years": lambda count: ngettext("%(count)s year", "%(count)s years", count),
}
_LIMITS: dict[str, Callable[[int], str]] = {
    "people": lambda count: npgettext("limit", "%(count)s person", "%(count)s people", count),
    "seats": lambda count: npgettext("limit", "%(count)s seat", "%(count)s seats", count),
    "employees": lambda count: npgettext("limit", "%(count)s employee", "%(count)s employees", count),
    "days": lambda count: npgettext("limit", "%(count)s day", "%(count)s days", count),
    "weeks": lambda count: npgettext("limit", "%(count)s week", "%(count)s weeks", count),
    "months": lambda count: npgettext("limit", "%(count)s month", "%(count)s months", count),
    "years": lambda count: npgettext("limit", "%(count)s year", "%(count)s years", count),
}


MANY_MONTHS = 24
"""From here on people count years."""


def amount(number: Fraction, unit: str | None, names: Names) -> str:
    """Return a number with its unit: “64 people”."""
    return _with_unit(number, unit, names, _UNITS)


def limit(number: int, unit: str | None, names: Names) -> str:
    """Return a number with its unit as it stands after “at most”."""
    return _with_unit(Fraction(number), unit, names, _LIMITS)


def _with_unit(
    number: Fraction, unit: str | None, names: Names, units: dict[str, Callable[[int], str]]
) -> str:
    shown = _shown(number)
    if unit is None:
        return shown
    if unit in units:
        return units[unit](_plural(number)) % {"count": shown}
    return _("%(count)s (%(unit)s)") % {"count": shown, "unit": names.term(unit)}


def _shown(number: Fraction) -> str:
    if number.denominator == 1:
        return str(number.numerator)
    text = format((Decimal(number.numerator) / number.denominator).normalize(), "f")
    return figure(Decimal(text), decimals=len(text.partition(".")[2]))


def _plural(number: Fraction) -> int:
    """Return a whole number that takes the same form of the unit; what is not whole is never one."""
    return number.numerator if number.denominator == 1 else 2


def span(length: Span) -> str:
    """Return a length of time as it stands after “at least”."""
    return _LIMITS[length.unit](length.amount) % {"count": length.amount}


def duration(length: Lasted, unit: str) -> str:
    """Return how long something has lasted: “4 months”, “6 years and 9 months”, “17 years and 364 days”."""
    years = length.whole // 12 if unit == "months" and length.whole >= MANY_MONTHS else 0
    counts = (("years", years), (unit, length.whole - 12 * years), ("days", length.days))
    told = [_UNITS[name](count) % {"count": count} for name, count in counts if count]
    return every(told or [_UNITS[unit](0) % {"count": 0}], str)


def bounds(rule: SizeRule, names: Names) -> str:
    """Return the bounds of a size; the words say whether an end belongs: “more than 20 and at most 50”."""
    unit = unit_of(rule, names)
    low = next((bound for bound in (rule.min, rule.more_than) if bound is not None), None)
    high = next((bound for bound in (rule.max, rule.less_than) if bound is not None), None)
    told = _BOUNDS[rule.min is not None, low is not None, rule.max is not None, high is not None]
    if high is None:
        return told() % {"low": "" if low is None else limit(low, unit, names)}
    return told() % {"low": low, "high": limit(high, unit, names)}


def unit_of(rule: SizeRule, names: Names) -> str | None:
    """Return the unit of a size rule, its own or that of its fact."""
    if rule.unit is not None:
        return rule.unit
    return names.facts[rule.what].unit if rule.what in names.facts else None


_BOUNDS: dict[tuple[bool, bool, bool, bool], Callable[[], str]] = {
    # (lower end belongs, there is a lower end, upper end belongs, there is an upper end)
    (False, False, False, False): lambda: _("any answer"),
    (True, True, False, False): lambda: _("at least %(low)s"),
    (False, True, False, False): lambda: _("more than %(low)s"),
    (False, False, True, True): lambda: _("at most %(high)s"),
    (False, False, False, True): lambda: _("less than %(high)s"),
    (True, True, True, True): lambda: _("at least %(low)s and at most %(high)s"),
    (False, True, True, True): lambda: _("more than %(low)s and at most %(high)s"),
    (True, True, False, True): lambda: _("at least %(low)s and less than %(high)s"),
    (False, True, False, True): lambda: _("more than %(low)s and less than %(high)s"),
}
