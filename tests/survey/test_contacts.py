"""Participants' contacts: invited, named, ended."""

from typing import Any

import pytest

from kaaring.audit.models import AuditLine
from kaaring.kernel.refused import Refused
from kaaring.people.models import MemberRole
from kaaring.programmes.models import EditionRole, Invitation, Part
from kaaring.survey import actions
from kaaring.survey.models import Contact, Participant
from kaaring.survey.queries import participants_shown_to
from tests.build import (
    NOON,
    a_contact,
    a_member,
    a_membership,
    a_participant,
    a_user,
    an_edition,
    an_invitation,
)

pytestmark = pytest.mark.django_db


def link_to(invitation: Invitation, language: str) -> str:
    return f"https://kaaring.example/{language}/{invitation.public_id}"


def invited(participant: Participant, email: str, **more: Any) -> Invitation:
    edition = participant.edition
    by = more.pop("by", None) or a_member(edition.programme.organiser)
    code = more.pop("code", participant.code)
    return actions.invite_contact(edition, code, email, language="en", link_to=link_to, by=by, at=NOON)


def an_offer(participant: Participant, email: str) -> Invitation:
    return an_invitation(
        participant.edition, email=email, role=EditionRole.PARTICIPANT_CONTACT, participant=participant.code
    )


def test_a_contact_who_accepts_sees_the_participant_and_no_other() -> None:
    participant = a_participant(an_edition())
    a_participant(participant.edition)
    person = a_user()
    invitation = invited(participant, person.email)

    actions.accept_invitation(invitation.pk, by=person, at=NOON)

    assert list(participants_shown_to(person)) == [participant]
    assert Part.objects.get().role == EditionRole.PARTICIPANT_CONTACT


def test_a_contact_of_one_participant_becomes_that_of_a_second_as_well() -> None:
    first = a_participant(an_edition())
    second = a_participant(first.edition)
    person = a_contact(first).user

    actions.accept_invitation(an_offer(second, person.email).pk, by=person, at=NOON)

    assert set(participants_shown_to(person)) == {first, second}
    assert Part.objects.count() == 1


def test_an_invitation_that_names_no_participant_is_accepted_here_too() -> None:
    person = a_user()

    actions.accept_invitation(an_invitation(email=person.email).pk, by=person, at=NOON)

    assert Part.objects.get().role == EditionRole.REVIEWER
    assert not Contact.objects.exists()


def test_somebody_without_an_account_can_be_invited() -> None:
    participant = a_participant(an_edition())

    invitation = invited(participant, "kari@example.org")

    assert (invitation.email, invitation.participant) == ("kari@example.org", participant.code)


def test_nobody_is_invited_for_a_participant_of_another_edition() -> None:
    participant = a_participant(an_edition())
    elsewhere = a_participant(an_edition(), "elsewhere")

    with pytest.raises(Refused, match="unknown_participant"):
        invited(participant, "kari@example.org", code=elsewhere.code)


def test_who_is_the_contact_already_is_not_invited() -> None:
    contact = a_contact(a_participant(an_edition()))

    with pytest.raises(Refused, match="already_a_contact"):
        invited(contact.participant, contact.user.email)


def test_the_owner_of_another_organiser_invites_no_contact_here() -> None:
    with pytest.raises(Refused, match="not_an_owner_or_manager"):
        invited(a_participant(an_edition()), "kari@example.org", by=a_membership().user)


def test_an_offer_for_a_participant_that_is_gone_leaves_no_part_behind() -> None:
    participant, person = a_participant(an_edition()), a_user()
    invitation = an_offer(participant, person.email)
    participant.delete()

    with pytest.raises(Refused, match="unknown_participant"):
        actions.accept_invitation(invitation.pk, by=person, at=NOON)

    assert not Part.objects.exists()
    invitation.refresh_from_db()
    assert invitation.accepted_at is None


def test_a_contact_named_meanwhile_is_not_named_twice() -> None:
    contact = a_contact(a_participant(an_edition()))

    with pytest.raises(Refused, match="already_a_contact"):
        actions.accept_invitation(
            an_offer(contact.participant, contact.user.email).pk, by=contact.user, at=NOON
        )


def test_a_manager_names_a_contact_at_once() -> None:
    participant, person = a_participant(an_edition()), a_user()
    manager = a_member(participant.edition.programme.organiser, MemberRole.MANAGER)

    actions.name_contact(participant, person, by=manager, at=NOON)

    assert list(participants_shown_to(person)) == [participant]
    assert AuditLine.objects.get().details == {"participant": participant.code}


def test_a_viewer_names_no_contact() -> None:
    participant = a_participant(an_edition())
    viewer = a_member(participant.edition.programme.organiser, MemberRole.VIEWER)

    with pytest.raises(Refused, match="not_an_owner_or_manager"):
        actions.name_contact(participant, a_user(), by=viewer, at=NOON)


def test_the_part_ends_with_the_last_participant() -> None:
    first = a_participant(an_edition())
    contact = a_contact(first)
    other = a_contact(a_participant(first.edition), contact.user)
    owner = a_member(first.edition.programme.organiser)

    actions.end_contact(contact.pk, by=owner, at=NOON, why="left the company")
    assert Part.objects.exists()
    assert list(participants_shown_to(contact.user)) == [other.participant]

    actions.end_contact(other.pk, by=owner, at=NOON)
    assert not Part.objects.exists()
    assert AuditLine.objects.filter(doing="contact_ended").count() == 2


def test_a_viewer_ends_no_contact() -> None:
    contact = a_contact(a_participant(an_edition()))
    viewer = a_member(contact.participant.edition.programme.organiser, MemberRole.VIEWER)

    with pytest.raises(Refused, match="not_an_owner_or_manager"):
        actions.end_contact(contact.pk, by=viewer, at=NOON)
