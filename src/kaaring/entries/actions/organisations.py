"""What organisers decide about organisations: the price they pay, and which two are one."""

from datetime import datetime

from django.db import transaction

from kaaring.audit.actions import record
from kaaring.entries.actions.colleagues import ADDRESS
from kaaring.entries.models import Case, Invoice, LateLeave, Party
from kaaring.people.models import Affiliation, Organisation
from kaaring.people.queries import chain_of
from kaaring.programmes.models import Invitation


@transaction.atomic
def set_member(organisation_id: int, *, is_member: bool, by: str, at: datetime) -> Organisation:
    """Say whether an organisation pays the members' price for what it submits from now on."""
    organisation = held_organisations(organisation_id)[0]
    if organisation.is_member != is_member:
        organisation.is_member = is_member
        organisation.save(update_fields=["is_member"])
        details = {"changed": ["is_member"], "is_member": is_member}
        chain = chain_of(organisation.organiser)
        record(chain, "organisation_changed", organisation.public_id, by=by, at=at, details=details)
    return organisation


def held_organisations(*keys: int) -> list[Organisation]:
    """Return organisations in the order asked for, held in one order whoever asks."""
    held = Organisation.objects.select_for_update(of=("self",)).select_related("organiser")
    found = {key: held.get(pk=key) for key in sorted(set(keys))}
    return [found[key] for key in keys]


def hand_over(organisation: Organisation, into: Organisation) -> int:
    """Give cases, parts, people and invoices of an organisation to another; return how many cases it had.

    Inside the transaction that merges them. Of what both have, a part in the same case or somebody who acts
    for them, the one stays that the other has.
    """
    shared = Party.objects.filter(organisation=into).values("case")
    Party.objects.filter(organisation=organisation, case__in=shared).delete()
    Party.objects.filter(organisation=organisation).update(organisation=into)
    known = Affiliation.objects.filter(organisation=into).values("user")
    Affiliation.objects.filter(organisation=organisation, user__in=known).delete()
    Affiliation.objects.filter(organisation=organisation).update(organisation=into)
    Invoice.objects.filter(organisation=organisation).update(organisation=into)
    _hand_leaves_over(organisation, into)
    Invitation.objects.filter(organisation=organisation.public_id).update(organisation=into.public_id)
    for name in ADDRESS:
        setattr(into, name, getattr(into, name) or getattr(organisation, name))
    into.is_member = into.is_member or organisation.is_member
    into.save()
    return Case.objects.filter(organisation=organisation).update(organisation=into)


def _hand_leaves_over(organisation: Organisation, into: Organisation) -> None:
    """Give leave to be late to the other organisation; of two for the same the longer one stays."""
    there = {(one.edition_id, one.category): one for one in into.late_leaves.all()}
    for leave in organisation.late_leaves.all():
        same = there.get((leave.edition_id, leave.category))
        if same is not None and same.until >= leave.until:
            leave.delete()
            continue
        if same is not None:
            same.delete()
        LateLeave.objects.filter(pk=leave.pk).update(organisation=into)
