"""Participants' contacts: inviting, naming and ending them."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kaaring.audit.actions import record
from kaaring.kernel.refused import Refused, refuse
from kaaring.people.models import User
from kaaring.people.queries import person_at
from kaaring.programmes import actions as programmes
from kaaring.programmes import rules as programme_rules
from kaaring.programmes.actions import LinkTo
from kaaring.programmes.models import Edition, EditionRole, Invitation, Part
from kaaring.programmes.queries import chain_of
from kaaring.survey.models import Contact, Participant


@transaction.atomic
def invite_contact(
    edition: Edition,
    participant_code: str,
    email: str,
    *,
    language: str,
    link_to: LinkTo,
    by: User,
    at: datetime,
) -> Invitation:
    """Offer somebody the pages and the report of one participant."""
    refuse(programme_rules.against_giving_parts(edition, by=by))
    invited = person_at(email.strip())
    refuse(_against_a_second_contact(_participant_called(participant_code, edition), invited))
    return programmes.invite(
        edition.programme.organiser,
        edition,
        email,
        EditionRole.PARTICIPANT_CONTACT,
        participant=participant_code,
        language=language,
        link_to=link_to,
        by=by,
        at=at,
    )


@transaction.atomic
def accept_invitation(invitation_id: int, *, by: User, at: datetime) -> Invitation:
    """Take any invitation up; one for a participant also names the contact."""
    invitation = programmes.accept_invitation(invitation_id, by=by, at=at)
    if invitation.edition is not None and invitation.participant:
        participant = _participant_called(invitation.participant, invitation.edition)
        refuse(_against_a_second_contact(participant, by))
        Contact.objects.create(participant=participant, user=by)
    return invitation


@transaction.atomic
def name_contact(participant: Participant, user: User, *, by: User, at: datetime) -> Contact:
    """Make a person the contact of a participant without an invitation."""
    edition = participant.edition
    refuse(
        programme_rules.against_giving_parts(edition, by=by) or _against_a_second_contact(participant, user)
    )
    Part.objects.get_or_create(edition=edition, user=user, role=EditionRole.PARTICIPANT_CONTACT)
    contact = Contact.objects.create(participant=participant, user=user)
    record(
        chain_of(edition),
        "contact_named",
        user.public_id,
        by=by.public_id,
        at=at,
        details={"participant": participant.code},
    )
    return contact


@transaction.atomic
def end_contact(contact_id: int, *, by: User, at: datetime, why: str = "") -> None:
    """Let a person no longer see a participant's pages; the part ends with the last participant."""
    held = Contact.objects.select_for_update(of=("self",))
    contact = held.select_related("user", "participant__edition__programme__organiser").get(pk=contact_id)
    user, edition = contact.user, contact.participant.edition
    refuse(programme_rules.against_giving_parts(edition, by=by))
    contact.delete()
    if not Contact.objects.filter(user=user, participant__edition=edition).exists():
        Part.objects.filter(edition=edition, user=user, role=EditionRole.PARTICIPANT_CONTACT).delete()
    record(
        chain_of(edition),
        "contact_ended",
        user.public_id,
        by=by.public_id,
        at=at,
        why=why,
        details={"participant": contact.participant.code},
    )


def _participant_called(code: str, edition: Edition) -> Participant:
    found = Participant.objects.filter(edition=edition, code=code).first()
    if found is None:
        raise Refused(
            "unknown_participant",
            _("There is no participant “%(code)s” in this edition. Choose one from the list.")
            % {"code": code},
        )
    return found


def _against_a_second_contact(participant: Participant, user: User | None) -> Refused | None:
    if user is None or not Contact.objects.filter(participant=participant, user=user).exists():
        return None
    return Refused(
        "already_a_contact",
        _("%(person)s is a contact of %(participant)s already.")
        % {"person": user, "participant": participant},
    )
