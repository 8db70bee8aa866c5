"""What a definition says, in words for those who have never seen one: lengths of time, points, bands."""

from collections.abc import Sequence
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kaaring.kernel.figures import figure

LARGER = {"seconds": "minutes", "minutes": "hours", "working_minutes": "working_hours"}
SIXTY = 60
DECIMALS = 3


def length(amount: int, unit: str) -> str:
    """Return a length of time as people say it: 5 minutes, 3 working days.

    The larger unit is taken where it comes out even: 300 seconds are 5 minutes.
    """
    while unit in LARGER and amount % SIXTY == 0:
        amount, unit = amount // SIXTY, LARGER[unit]
    return _lengths(amount)[unit] % {"count": amount}


def _lengths(amount: int) -> dict[str, str]:
    return {
        "seconds": ngettext("%(count)d second", "%(count)d seconds", amount),
        "minutes": ngettext("%(count)d minute", "%(count)d minutes", amount),
        "hours": ngettext("%(count)d hour", "%(count)d hours", amount),
        "days": ngettext("%(count)d day", "%(count)d days", amount),
        "weeks": ngettext("%(count)d week", "%(count)d weeks", amount),
        "months": ngettext("%(count)d month", "%(count)d months", amount),
        "years": ngettext("%(count)d year", "%(count)d years", amount),
        "working_minutes": ngettext("%(count)d working minute", "%(count)d working minutes", amount),
        "working_hours": ngettext("%(count)d working hour", "%(count)d working hours", amount),
        "working_days": ngettext("%(count)d working day", "%(count)d working days", amount),
        "count": ngettext("%(count)d time", "%(count)d times", amount),
    }


def unit_name(unit: str) -> str:
    """Return the unit a value is measured in."""
    names = {
        "seconds": _("seconds"),
        "minutes": _("minutes"),
        "hours": _("hours"),
        "days": _("days"),
        "working_minutes": _("working minutes"),
        "working_hours": _("working hours"),
        "working_days": _("working days"),
        "count": _("number"),
    }
    return names[unit]


def points(amount: Fraction) -> str:
    """Return points exactly: with as many decimals as it takes, or as a fraction where none will do."""
    for decimals in range(DECIMALS + 1):
        if (amount * 10**decimals).denominator == 1:
            return figure(amount, decimals=decimals)
    return str(amount)


def share(part: Fraction, whole: Fraction) -> str:
    """Return a part of the whole in per cent, to one decimal, a dash where there is no whole."""
    return figure(100 * part / whole if whole else None)


def listed(names: Sequence[str]) -> str:
    """Return names as a sentence lists them: A, B and C."""
    if len(names) == 1:
        return names[0]
    return _("%(names)s and %(last)s") % {"names": ", ".join(names[:-1]), "last": names[-1]} if names else ""


def weekdays(codes: Sequence[str]) -> str:
    """Return days of the week as a sentence lists them, «Monday to Friday» where they follow one another."""
    names = {
        "mon": _("Monday"),
        "tue": _("Tuesday"),
        "wed": _("Wednesday"),
        "thu": _("Thursday"),
        "fri": _("Friday"),
        "sat": _("Saturday"),
        "sun": _("Sunday"),
    }
    order = list(names)
    first = order.index(codes[0])
    if len(codes) > 2 and list(codes) == order[first : first + len(codes)]:
        return _("%(first)s to %(last)s") % {"first": names[codes[0]], "last": names[codes[-1]]}
    return listed([names[code] for code in codes])


def kind_of(kind: str) -> str:
    """Return what a kind of measure is called."""
    names = {
        "total": _("total"),
        "answered": _("answered"),
        "area": _("area"),
        "theme": _("theme"),
        "channel": _("channel"),
        "question": _("performance"),
        "metric": _("metric"),
    }
    return names[kind]
