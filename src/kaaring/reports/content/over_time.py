"""Chapter 7: week by week, by day of the week and by hour of the day."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from fractions import Fraction

from kaaring.reports.content.chapters import FEWEST, OverTime, Slot, Week
from kaaring.reports.content.stored import Made, mean_score

WEEK = timedelta(weeks=1)


def over_time(made: Sequence[Made], *, is_pooled: bool) -> OverTime:
    """Return chapter 7. Weeks without an enquiry stand in their place between the first and the last."""
    weekdays = _slots(made, lambda enquiry: enquiry.at.isoweekday(), is_pooled)
    hours = _slots(made, lambda enquiry: enquiry.at.hour, is_pooled)
    return OverTime(
        weeks=_weeks(made, is_pooled),
        weekdays=weekdays,
        few_by_weekday=_outside(weekdays, made),
        hours=hours,
        few_by_hour=_outside(hours, made),
    )


def _weeks(made: Sequence[Made], is_pooled: bool) -> tuple[Week, ...]:
    by_monday: defaultdict[date, list[Made]] = defaultdict(list)
    for enquiry in made:
        day = enquiry.at.date()
        by_monday[day - timedelta(days=day.weekday())].append(enquiry)
    weeks = []
    monday = min(by_monday, default=None)
    while monday is not None and monday <= max(by_monday):
        near = [
            enquiry for offset in (-WEEK, 0 * WEEK, WEEK) for enquiry in by_monday.get(monday + offset, [])
        ]
        here = by_monday.get(monday, [])
        year, week, _weekday = monday.isocalendar()
        weeks.append(Week(year, week, len(here), score_of(here, is_pooled), score_of(near, is_pooled)))
        monday += WEEK
    return tuple(weeks)


def _slots(made: Sequence[Made], slot: Callable[[Made], int], is_pooled: bool) -> tuple[Slot, ...]:
    by_slot: defaultdict[int, list[Made]] = defaultdict(list)
    for enquiry in made:
        by_slot[slot(enquiry)].append(enquiry)
    return tuple(
        Slot(number, len(found), score_of(found, is_pooled))
        for number, found in sorted(by_slot.items())
        if len(found) >= FEWEST
    )


def _outside(slots: Sequence[Slot], made: Sequence[Made]) -> int:
    return len(made) - sum(slot.enquiries for slot in slots)


def score_of(made: Sequence[Made], is_pooled: bool) -> Fraction | None:
    """Return the score of some enquiries, None from fewer than a mean may rest on."""
    points = [(enquiry.earned, enquiry.possible, enquiry.unit) for enquiry in made if enquiry.possible]
    return mean_score(points, is_pooled=is_pooled) if len(points) >= FEWEST else None
