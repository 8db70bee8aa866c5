"""The definitions that come with Kåring, and their dates moved to where a demonstration needs them."""

from datetime import date, datetime, time, timedelta
from importlib import resources
from typing import Any
from zoneinfo import ZoneInfo

from kaaring.programmes.definition import Definition, document, read, restored


def shipped(name: str) -> Definition:
    """Return a definition that comes with Kåring."""
    file = resources.files("kaaring.programmes.definitions") / f"{name}.yaml"
    definition = read(file.read_text(encoding="utf-8"), file=file.name).definition
    assert definition is not None, f"{name} is shipped without errors"
    return definition


def moved(definition: Definition, weeks: int, *, slug: str | None = None) -> Definition:
    """Return a definition whose announced dates, stages and prices lie so many weeks later.

    Days of the week stay what they are. With ``slug`` it is that of another edition.
    """
    plain = document(definition)
    plain["timeline"] = {name: _later(value, weeks) for name, value in plain["timeline"].items()}
    for stage in plain["jury"]["stages"]:
        stage["period"] = _later(stage["period"], weeks)
    for price in (plain.get("fees") or {}).get("prices", []):
        price["until"] = _later(price.get("until"), weeks)
    if slug is not None:
        plain["edition"]["slug"] = slug
    return restored(plain)


def _later(value: Any, weeks: int) -> Any:
    """Return a day or moment, or a pair of days, as a document writes them, so many weeks later."""
    if isinstance(value, list | tuple):
        return [_later(one, weeks) for one in value]
    if not isinstance(value, str):
        return value
    later = datetime.fromisoformat(value) + timedelta(weeks=weeks)
    return later.isoformat(timespec="minutes")[: len(value)]


def weeks_until(day: date, at: datetime) -> int:
    """Return how many whole weeks there are from a day to a moment's day; negative where it is later.

    >>> weeks_until(date(2027, 1, 4), datetime.fromisoformat("2027-01-25T12:00"))
    3
    """
    return (at.date() - day).days // 7


def moment(day: date, hour: int, timezone: str) -> datetime:
    """Return a full hour of a day on an edition's clock."""
    return datetime.combine(day, time(hour), ZoneInfo(timezone))
