"""The days on which enquiries are made: Monday to Friday, without Norwegian public holidays."""

from datetime import date, timedelta


def easter_sunday(year: int) -> date:
    """Return Easter Sunday (the anonymous Gregorian rule, Meeus 1991).

    >>> easter_sunday(2021)
    datetime.date(2021, 4, 4)
    """
    century, year_of_century = divmod(year, 100)
    golden = year % 19
    leap_centuries, century_rest = divmod(century, 4)
    correction = (century - (century + 8) // 25 + 1) // 3
    moon = (19 * golden + century - leap_centuries - correction + 15) % 30
    leap_years, year_rest = divmod(year_of_century, 4)
    weekday = (32 + 2 * century_rest + 2 * leap_years - moon - year_rest) % 7
    late = (golden + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def is_free(day: date) -> bool:
    """Say whether nobody is contacted: weekends, public holidays, Christmas Eve and New Year's Eve."""
    if day.weekday() >= 5:
        return True
    if (day.month, day.day) in {(1, 1), (5, 1), (5, 17), (12, 24), (12, 25), (12, 26), (12, 31)}:
        return True
    return (day - easter_sunday(day.year)).days in {-3, -2, 0, 1, 39, 49, 50}


def working_days(first: date, last: date) -> tuple[date, ...]:
    """Return the days from ``first`` to ``last``, both included, on which enquiries are made."""
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return tuple(day for day in days if not is_free(day))
