"""The participant over time: week by week, by day of the week and by hour."""

from collections.abc import Callable, Sequence
from fractions import Fraction

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from kaaring.kernel.figures import figure
from kaaring.reports.content.chapters import FEWEST, Slot, Week
from kaaring.reports.wording import hour_in_words, weekday_in_words
from kaaring.web.drawings import LineChart, line_chart
from kaaring.web.participant.shell import There, around, of_participant


@of_participant
def weeks(request: HttpRequest, there: There) -> HttpResponse:
    """How the total went week by week, and whether the day or the hour made a difference."""
    content = there.content
    time = content.over_time
    mean = content.summary.total.mean
    level = (_("all"), mean) if mean is not None else None
    context = around(there.participant, "weeks") | {
        "weeks": time.weeks,
        "chart": chart_of(time.weeks, name=there.participant.name, level=level),
        "weekdays": _slots(time.weekdays, weekday_in_words),
        "few_by_weekday": time.few_by_weekday,
        "hours": _slots(time.hours, hour_in_words),
        "few_by_hour": time.few_by_hour,
        "fewest": FEWEST,
        "mean": mean,
    }
    return render(request, "participant/weeks.html", context)


def chart_of(weeks: Sequence[Week], *, name: str, level: tuple[str, Fraction] | None) -> LineChart | None:
    """Return the drawing of the moving means, None where there is none to draw."""
    known = [week for week in weeks if week.moving is not None]
    if not known:
        return None
    label = _(
        "Total result over time, mean over three weeks: %(first)s in week %(from)d, %(last)s in week %(to)d."
    ) % {
        "first": figure(known[0].moving),
        "from": known[0].week,
        "last": figure(known[-1].moving),
        "to": known[-1].week,
    }
    return line_chart([(str(week.week), week.moving) for week in weeks], label=label, name=name, level=level)


def _slots(slots: Sequence[Slot], name: Callable[[int], str]) -> list[tuple[str, Slot]]:
    return [(name(slot.number), slot) for slot in slots]
