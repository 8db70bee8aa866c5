"""Who may enter after the deadline, and until when: by the organiser's leave to an organisation."""

from datetime import datetime

from django.utils.translation import gettext as _

from kaaring.entries.models import LateLeave
from kaaring.entries.rules.periods import against_the_time, entry_period
from kaaring.kernel.refused import Refused
from kaaring.people.models import Organisation
from kaaring.programmes.definition import Definition
from kaaring.programmes.models import Edition


def leave_of(
    organisation: Organisation, edition: Edition, *, category: str | None = None
) -> LateLeave | None:
    """Return the leave that goes furthest: for a category, or without one for whatever it is."""
    given = [
        one
        for one in organisation.late_leaves.all()
        if one.edition_id == edition.pk and (category is None or one.category in {"", category})
    ]
    return max(given, key=lambda one: one.until, default=None)


def against_the_time_for(
    organisation: Organisation,
    edition: Edition,
    *,
    category: str | None = None,
    leave_until: datetime | None = None,
    at: datetime,
) -> Refused | None:
    """An organisation enters while entries are open, and later only as long as it has leave.

    ``leave_until`` is the leave for drafts that are there already.
    """
    refusal = against_the_time(edition, at=at, leave_until=leave_until)
    if refusal is None or refusal.code != "entries_closed":
        return refusal
    leave = leave_of(organisation, edition, category=category)
    return None if leave is not None and at < leave.until else refusal


def against_giving_leave(
    organisation: Organisation,
    edition: Edition,
    category: str,
    definition: Definition,
    *,
    until: datetime,
    reason: str,
    at: datetime,
) -> Refused | None:
    """Leave is for an organisation that the organiser knows, in one category or in all of them."""
    if organisation.organiser_id != edition.programme.organiser_id:
        return Refused(
            "organisation_of_another_organiser",
            _("%(organisation)s is not known to the organiser of %(edition)s. Add it there first.")
            % {"organisation": organisation, "edition": edition.title},
        )
    if category and category not in {one.code for one in definition.categories}:
        return Refused("unknown_category", _("There is no such category here. Choose one from the list."))
    return against_short_leave(edition, until=until, reason=reason, at=at)


def against_short_leave(edition: Edition, *, until: datetime, reason: str, at: datetime) -> Refused | None:
    """Leave has a reason, and ends after the deadline and after now."""
    if not reason.strip():
        return Refused("no_reason", _("Say why this entry may be late: others will ask why."))
    period = entry_period(edition)
    if until <= at or (period is not None and until <= period.closes_at):
        return Refused("leave_too_short", _("Choose a moment after the deadline and after now."))
    return None
