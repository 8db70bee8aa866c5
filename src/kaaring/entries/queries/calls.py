"""Calls for entries: the editions in which anybody can enter something now."""

from datetime import datetime
from typing import NamedTuple

from django.db.models import Exists, OuterRef

from kaaring.entries.rules.periods import EntryPeriod, entry_period
from kaaring.programmes.models import Category, Edition


class Call(NamedTuple):
    """An edition that is open for entries, until when, and how many days are left after today."""

    edition: Edition
    period: EntryPeriod
    days_left: int


def open_calls(*, at: datetime) -> list[Call]:
    """Return the editions that are open for entries, the one that closes first before the others."""
    with_categories = Exists(Category.objects.filter(edition=OuterRef("pk")))
    editions = Edition.objects.select_related("programme__organiser").filter(with_categories).order_by("pk")
    periods = ((edition, entry_period(edition)) for edition in editions)
    found = [
        Call(edition, period, period.days_left(at))
        for edition, period in periods
        if period is not None and period.is_open(at)
    ]
    return sorted(found, key=lambda call: call.period.closes_at)
