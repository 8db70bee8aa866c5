"""What the announced dates mean on a given day: which phase is past, which is now, what comes and when."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kaaring.programmes.models import Edition

PERIODS: dict[str, str | Promise] = {
    "entries": _("Entry period"),
    "fieldwork": _("Fieldwork"),
    "judging": _("Judging"),
}
MOMENTS: dict[str, str | Promise] = {
    "rounding": _("Rounding"),
    "announcement": _("Announcement"),
    "ceremony": _("Ceremony"),
}


class State(StrEnum):
    """Where a phase stands on a day."""

    PAST = "past"
    NOW = "now"
    LATER = "later"


@dataclass(frozen=True)
class Phase:
    """A period of an edition (first and last day) or one day of it (the same day twice)."""

    code: str
    name: str | Promise
    first: date
    last: date
    state: State

    @property
    def is_moment(self) -> bool:
        return self.code in MOMENTS

    def days_left(self, today: date) -> int:
        """Return how many days are left until it ends, or until it begins where it is yet to come."""
        return ((self.first if self.state == State.LATER else self.last) - today).days


def phases_of(edition: Edition, today: date) -> tuple[Phase, ...]:
    """Return the phases of an edition in the order in which they begin."""
    return tuple(sorted(_phases(edition, today), key=lambda phase: (phase.first, phase.last)))


def _phases(edition: Edition, today: date) -> Iterator[Phase]:
    for code, name in PERIODS.items():
        if period := edition.timeline.get(code):
            first, last = (date.fromisoformat(day) for day in period)
            yield Phase(code, name, first, last, _state(first, last, today))
    for code, name in MOMENTS.items():
        if moment := edition.timeline.get(code):
            day = datetime.fromisoformat(moment).date()
            yield Phase(code, name, day, day, _state(day, day, today))


def _state(first: date, last: date, today: date) -> State:
    if today > last:
        return State.PAST
    return State.LATER if today < first else State.NOW
