"""Inviting people by e-mail: sending, withdrawing, accepting."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from django.core.mail import send_mail
from django.db import transaction

from kaaring.audit.actions import record
from kaaring.kernel.refused import refuse
from kaaring.people import actions as people
from kaaring.people.models import Organiser, User
from kaaring.people.queries import addresses_of, person_at
from kaaring.people.queries import chain_of as chain_of_organiser
from kaaring.programmes import rules as may
from kaaring.programmes.letters import invitation_letter
from kaaring.programmes.models import Edition, Invitation, Part
from kaaring.programmes.queries import chain_of

type LinkTo = Callable[[Invitation, str], str]
"""Makes the whole address of an invitation, of pages in the given language."""


@transaction.atomic
def invite(
    organiser: Organiser,
    edition: Edition | None,
    email: str,
    role: str,
    *,
    participant: str = "",
    organisation: str = "",
    language: str,
    link_to: LinkTo,
    by: User,
    at: datetime,
) -> Invitation:
    """Offer somebody a role at an organiser or in an edition, and write to them once that is stored.

    ``language`` is for people without an account; the others are written to in their own. Whether ``by`` may
    invite to act for an ``organisation`` (its public id) is for the caller to check.
    """
    invitation = Invitation(
        organiser=organiser,
        edition=edition,
        email=email.strip().lower(),
        role=role,
        participant=participant,
        organisation=organisation,
        invited_at=at,
        invited_by=by,
    )
    invited = person_at(invitation.email)
    refuse(
        may.against_inviting(organiser, edition, role, organisation=organisation, by=by)
        or may.against_naming_a_participant(role, participant)
        or may.against_inviting_somebody_here(invitation, invited)
        or may.against_inviting_twice(invitation, at=at)
    )
    invitation.save(force_insert=True)
    _tell(invitation, "invitation_sent", by=by, at=at)
    said_in = invited.language if invited else language
    transaction.on_commit(partial(_send, invitation, link_to(invitation, said_in), said_in), robust=True)
    return invitation


@transaction.atomic
def withdraw_invitation(invitation_id: int, *, by: User, at: datetime, why: str = "") -> Invitation:
    """Take an open invitation back."""
    invitation = _held(invitation_id)
    refuse(may.against_withdrawing(invitation, by=by, at=at))
    invitation.withdrawn_at = at
    invitation.save(update_fields=["withdrawn_at"])
    _tell(invitation, "invitation_withdrawn", by=by, at=at, why=why)
    return invitation


@transaction.atomic
def accept_invitation(invitation_id: int, *, by: User, at: datetime) -> Invitation:
    """Take an offer up and become what it offers.

    For a participant's contact this gives the part in the edition only; ``survey.actions.accept_invitation``
    names the contact as well and is what pages call. Who is to act for an organisation is made to do so by
    ``entries.actions.accept_invitation`` alone.
    """
    invitation = _held(invitation_id)
    refuse(may.against_accepting(invitation, addresses=addresses_of(by), at=at))
    if invitation.edition is None:
        people.join(invitation.organiser, by, invitation.role, invitation=invitation.public_id, at=at)
    elif invitation.participant:
        Part.objects.get_or_create(edition=invitation.edition, user=by, role=invitation.role)
        _tell(invitation, "invitation_accepted", by=by, at=at)
    elif invitation.organisation:
        _tell(invitation, "invitation_accepted", by=by, at=at)
    else:
        refuse(may.against_a_second_part(invitation.edition, by, invitation.role))
        Part.objects.create(edition=invitation.edition, user=by, role=invitation.role)
        _tell(invitation, "invitation_accepted", by=by, at=at)
    invitation.accepted_at, invitation.accepted_by = at, by
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    return invitation


def _held(invitation_id: int) -> Invitation:
    held = Invitation.objects.select_for_update(of=("self",))
    return held.select_related("organiser", "edition__programme__organiser", "invited_by").get(
        pk=invitation_id
    )


def _tell(invitation: Invitation, doing: str, *, by: User, at: datetime, why: str = "") -> None:
    """Record what happened; the address stays out of the chain, which is never erased."""
    chain = chain_of(invitation.edition) if invitation.edition else chain_of_organiser(invitation.organiser)
    details = {"role": invitation.role}
    if invitation.participant:
        details["participant"] = invitation.participant
    if invitation.organisation:
        details["organisation"] = invitation.organisation
    record(chain, doing, invitation.public_id, by=by.public_id, at=at, why=why, details=details)


def _send(invitation: Invitation, link: str, language: str) -> None:
    letter = invitation_letter(invitation, link=link, language=language)
    send_mail(letter.subject, letter.body, None, [invitation.email])
