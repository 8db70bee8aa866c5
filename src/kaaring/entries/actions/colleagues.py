"""Organisations, and who acts for them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from kaaring.audit.actions import record
from kaaring.entries.rules import colleagues as may
from kaaring.kernel.refused import refuse
from kaaring.people.models import Affiliation, Organisation, Organiser, User
from kaaring.people.queries import chain_of, person_at
from kaaring.programmes import actions as programmes
from kaaring.programmes.actions import LinkTo
from kaaring.programmes.models import Edition, EditionRole, Invitation

ADDRESS = ("name", "number", "country", "street", "postcode", "city", "invoice_email", "endpoint")


@transaction.atomic
def add_organisation(
    organiser: Organiser,
    name: str,
    *,
    acting: User | None = None,
    details: Mapping[str, str] | None = None,
    by: str,
    at: datetime,
) -> Organisation:
    """Make an organisation known to an organiser, and ``acting`` the first to act for it."""
    refuse(may.against_an_unnamed_organisation(name))
    if acting is not None:
        refuse(may.against_a_namesake(name, acting, organiser))
    organisation = Organisation.objects.create(
        organiser=organiser, name=" ".join(name.split()), created_at=at, **(details or {})
    )
    _tell(organisation, "organisation_added", by=by, at=at)
    if acting is not None:
        join_organisation(organisation, acting, by=by, at=at)
    return organisation


@transaction.atomic
def change_organisation(
    organisation_id: int, details: Mapping[str, str], *, by: str, at: datetime
) -> Organisation:
    """Change name, number or address of an organisation: those given among ``ADDRESS``."""
    organisation = _held(organisation_id)
    given = {name: " ".join(details[name].split()) for name in ADDRESS if name in details}
    refuse(may.against_an_unnamed_organisation(given.get("name", organisation.name)))
    changed = [name for name, value in given.items() if getattr(organisation, name) != value]
    for name in changed:
        setattr(organisation, name, given[name])
    if changed:
        organisation.save(update_fields=changed)
        _tell(organisation, "organisation_changed", by=by, at=at, changed=changed)
    return organisation


@transaction.atomic
def join_organisation(organisation: Organisation, user: User, *, by: str, at: datetime) -> Affiliation:
    """Let a person act for an organisation; who may say so has been checked by the caller."""
    organisation = _held(organisation.pk)
    refuse(may.against_a_second_affiliation(organisation, user))
    affiliation = Affiliation.objects.create(organisation=organisation, user=user, since=at)
    _tell(organisation, "colleague_joined", by=by, at=at, person=user.public_id)
    return affiliation


@transaction.atomic
def invite_colleague(
    organisation: Organisation,
    edition: Edition,
    email: str,
    *,
    language: str,
    link_to: LinkTo,
    by: User,
    at: datetime,
) -> Invitation:
    """Offer somebody to act for an organisation: to see its cases and work on them."""
    refuse(
        may.against_inviting(organisation, by=by)
        or may.against_inviting_a_crowd(organisation, by=by, at=at)
        or may.against_a_second_affiliation(organisation, person_at(email.strip()))
    )
    return programmes.invite(
        organisation.organiser,
        edition,
        email,
        EditionRole.ENTRANT_CONTACT,
        organisation=organisation.public_id,
        language=language,
        link_to=link_to,
        by=by,
        at=at,
    )


@transaction.atomic
def withdraw_colleague_invitation(invitation_id: int, *, by: User, at: datetime) -> Invitation:
    """Take an open offer to act for an organisation back."""
    invitation = Invitation.objects.get(pk=invitation_id)
    refuse(may.against_inviting(_invited_for(invitation), by=by))
    return programmes.withdraw_invitation(invitation_id, by=by, at=at)


@transaction.atomic
def accept_invitation(invitation_id: int, *, by: User, at: datetime) -> Invitation:
    """Take an offer up to act for an organisation, if its sender may still make it."""
    invitation = programmes.accept_invitation(invitation_id, by=by, at=at)
    organisation = _invited_for(invitation)
    refuse(may.against_inviting(organisation, by=invitation.invited_by))
    join_organisation(organisation, by, by=by.public_id, at=at)
    return invitation


@transaction.atomic
def end_affiliation(affiliation_id: int, *, by: str, at: datetime) -> None:
    """Let a person no longer act for an organisation."""
    found = Affiliation.objects.select_related("organisation__organiser", "user").get(pk=affiliation_id)
    _held(found.organisation_id)
    refuse(may.against_ending(found))
    found.delete()
    _tell(found.organisation, "colleague_left", by=by, at=at, person=found.user.public_id)


def _held(organisation_id: int) -> Organisation:
    held = Organisation.objects.select_for_update(of=("self",))
    return held.select_related("organiser").get(pk=organisation_id)


def _invited_for(invitation: Invitation) -> Organisation:
    known = Organisation.objects.select_related("organiser")
    return known.get(public_id=invitation.organisation, organiser=invitation.organiser_id)


def _tell(organisation: Organisation, doing: str, *, by: str, at: datetime, **details: Any) -> None:
    chain = chain_of(organisation.organiser)
    record(chain, doing, organisation.public_id, by=by, at=at, details=details)
