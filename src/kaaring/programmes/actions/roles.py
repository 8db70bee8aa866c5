"""Who does what in an edition: giving and ending parts."""

from datetime import datetime

from django.db import transaction

from kaaring.audit.actions import record
from kaaring.kernel.refused import refuse
from kaaring.people.models import User
from kaaring.programmes import rules as may
from kaaring.programmes.models import Edition, Part
from kaaring.programmes.queries import chain_of


@transaction.atomic
def give_part(edition: Edition, user: User, role: str, *, by: User, at: datetime) -> Part:
    """Give a person a part in an edition."""
    refuse(
        may.against_giving_parts(edition, by=by)
        or may.against_an_unknown_part(role)
        or may.against_a_contact_alone(role)
        or may.against_a_second_part(edition, user, role)
    )
    part = Part.objects.create(edition=edition, user=user, role=role)
    record(chain_of(edition), "part_given", user.public_id, by=by.public_id, at=at, details={"role": role})
    return part


@transaction.atomic
def end_part(part_id: int, *, by: User, at: datetime, why: str = "") -> None:
    """Take a part in an edition from a person."""
    held = Part.objects.select_for_update(of=("self",))
    part = held.select_related("user", "edition__programme__organiser").get(pk=part_id)
    refuse(may.against_giving_parts(part.edition, by=by) or may.against_a_contact_alone(part.role))
    part.delete()
    record(
        chain_of(part.edition),
        "part_ended",
        part.user.public_id,
        by=by.public_id,
        at=at,
        why=why,
        details={"role": part.role},
    )
