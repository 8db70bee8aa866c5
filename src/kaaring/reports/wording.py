"""How the contents of a report are put into words, in the reader's language; pages use the same words."""

from fractions import Fraction
from functools import lru_cache

from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from kaaring.kernel.figures import DASH, figure
from kaaring.kernel.text import said
from kaaring.reports.content.chapters import Gain, Method, Moment, PartOfDay, Place, Result, Tick
from kaaring.scoring import NoPlace


def place_in_words(place: Place) -> str:
    """Return a place among so many: «Shared 3rd place» is said as place 3, shared."""
    if place.place is None:
        return _("No place")
    values = {"place": place.place, "among": place.among}
    if place.is_shared:
        return _("Shared place %(place)d of %(among)d") % values
    return _("Place %(place)d of %(among)d") % values


def why_in_words(result: Result) -> str:
    """Return why a result has no score or no place; empty where nothing is missing."""
    if result.why == NoPlace.NOT_OBSERVED:
        return _("Not observed in any enquiry.")
    if result.why == NoPlace.TOO_FEW_ENQUIRIES:
        return ngettext(
            "%(count)d enquiry is too few for a score.",
            "%(count)d enquiries are too few for a score.",
            result.enquiries,
        ) % {"count": result.enquiries}
    if result.why == NoPlace.CLASS_TOO_SMALL:
        return _("The class has too few participants with a score to have places.")
    return ""


def interval_in_words(low: float | None, high: float | None) -> str:
    """Return the bounds of a figure to one decimal: «62,1 til 70,4»."""
    if low is None or high is None:
        return DASH
    values = {"low": figure(Fraction(low)), "high": figure(Fraction(high))}
    return pgettext("interval", "%(low)s to %(high)s") % values


def gain_in_words(gain: Gain) -> str:
    """Return a gain with its sign."""
    return "+" + figure(gain.gain)


def moment_in_words(moment: Moment) -> str:
    """Return the week and part of day: «uke 5, formiddag»."""
    values = {"week": moment.week}
    if moment.part is PartOfDay.MORNING:
        return _("week %(week)d, morning") % values
    if moment.part is PartOfDay.AFTERNOON:
        return _("week %(week)d, afternoon") % values
    return _("week %(week)d, evening") % values


def weekday_in_words(number: int) -> str:
    """Return the name of a day of the week, Monday being 1."""
    names = (
        _("Monday"),
        _("Tuesday"),
        _("Wednesday"),
        _("Thursday"),
        _("Friday"),
        _("Saturday"),
        _("Sunday"),
    )
    return names[number - 1]


def hour_in_words(hour: int) -> str:
    """Return an hour of the day as it runs: 09–10."""
    return f"{hour:02}{DASH}{hour + 1:02}"


def number_in_words(number: Fraction) -> str:
    """Return a number with as few decimals as it needs, one at most: 4 or 1,5."""
    return _number_in(get_language() or "en", number)


@lru_cache(maxsize=1024)
def _number_in(language: str, number: Fraction) -> str:
    """Return a number in the language that is active; a report has a thousand of the same few."""
    return figure(number, decimals=0 if number.denominator == 1 else 1)


def answer_in_words(tick: Tick) -> str:
    """Return what was answered: the options chosen, «5 of 6», a waiting time, or that it did not apply."""
    if tick.is_not_applicable:
        return _("not applicable")
    if tick.value is None:
        return ", ".join(said(option) for option in tick.options)
    if tick.highest is not None:
        return _("%(value)s of %(highest)s") % {"value": number_in_words(tick.value), "highest": tick.highest}
    return value_in_words(tick.value, tick.unit)


def value_in_words(value: Fraction, unit: str) -> str:
    """Return a measured value with its unit."""
    number, text = int(value) if value.denominator == 1 else 2, number_in_words(value)
    forms = {
        "seconds": ngettext("%(value)s second", "%(value)s seconds", number),
        "minutes": ngettext("%(value)s minute", "%(value)s minutes", number),
        "hours": ngettext("%(value)s hour", "%(value)s hours", number),
        "days": ngettext("%(value)s day", "%(value)s days", number),
        "working_minutes": ngettext("%(value)s working minute", "%(value)s working minutes", number),
        "working_hours": ngettext("%(value)s working hour", "%(value)s working hours", number),
        "working_days": ngettext("%(value)s working day", "%(value)s working days", number),
    }
    return forms.get(unit, "%(value)s") % {"value": text}


def points_in_words(tick: Tick) -> str:
    """Return the points of an answer of those possible: «4 / 5»; a dash where it counts nowhere."""
    if tick.earned is None or tick.possible is None:
        return DASH
    return f"{number_in_words(tick.earned)} / {number_in_words(tick.possible)}"


def changed_since(method: Method) -> str:
    """Say that enquiries are no longer as they were counted, or nothing where they are."""
    if method.is_as_published:
        return ""
    return _(
        "Enquiries have been changed, reviewed or left out since publication. Results and places are as "
        "published; details of single enquiries are as they stand now."
    )
