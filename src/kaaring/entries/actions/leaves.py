"""Leave to enter after the deadline: given to an organisation, and taken back."""

from datetime import datetime
from typing import Any

from django.db import transaction

from kaaring.audit.actions import record
from kaaring.entries.actions.organisations import held_organisations
from kaaring.entries.models import LateLeave
from kaaring.entries.rules import leaves as may
from kaaring.kernel.refused import refuse
from kaaring.people.queries import person_called
from kaaring.programmes.models import Edition
from kaaring.programmes.queries import chain_of, definition_in_force


@transaction.atomic
def give_leave(
    edition: Edition,
    organisation_id: int,
    *,
    category: str = "",
    until: datetime,
    reason: str,
    by: str,
    at: datetime,
) -> LateLeave:
    """Let an organisation start, write and submit after the deadline; a leave that is there is given anew."""
    organisation = held_organisations(organisation_id)[0]
    definition = definition_in_force(edition)
    refuse(
        may.against_giving_leave(
            organisation, edition, category, definition, until=until, reason=reason, at=at
        )
    )
    told = {"until": until, "reason": reason.strip(), "given_at": at, "given_by": person_called(by)}
    leave, _is_new = LateLeave.objects.update_or_create(
        edition=edition, organisation=organisation, category=category, defaults=told
    )
    _tell(leave, "late_leave_given", by=by, at=at, why=leave.reason, until=until.isoformat())
    return leave


@transaction.atomic
def take_leave_back(leave_id: int, *, by: str, at: datetime) -> None:
    """Let an organisation no longer enter after the deadline; what it has submitted stays."""
    held = LateLeave.objects.select_for_update(of=("self",)).select_related("organisation", "edition")
    leave = held.get(pk=leave_id)
    leave.delete()
    _tell(leave, "late_leave_taken_back", by=by, at=at, until=leave.until.isoformat())


def _tell(leave: LateLeave, doing: str, *, by: str, at: datetime, why: str = "", **details: Any) -> None:
    told = {**({"category": leave.category} if leave.category else {}), **details}
    about = leave.organisation.public_id
    record(chain_of(leave.edition), doing, about, by=by, at=at, why=why, details=told)
