"""Inviting by signed link: who may, who can accept, and when a link is dead."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.signing import TimestampSigner

from kaaring.audit.models import AuditLine
from kaaring.kernel.refused import Refused
from kaaring.people.models import MemberRole, User
from kaaring.people.queries import role_at
from kaaring.programmes import actions, links, roll
from kaaring.programmes.models import Edition, EditionRole, Invitation, Part
from kaaring.programmes.rules import OPEN_FOR
from tests.build import NOON, a_member, a_membership, a_part, a_user, an_edition, an_invitation, an_organiser

pytestmark = pytest.mark.django_db
Sending = Callable[..., Any]


def link_to(invitation: Invitation, language: str) -> str:
    return f"https://kaaring.example/{language}/{invitation.public_id}"


def invited(
    edition: Edition, email: str = "kari@example.org", role: str = EditionRole.JUROR, **more: Any
) -> Invitation:
    told = {
        "language": "en",
        "link_to": link_to,
        "by": more.pop("by", None) or a_member(edition.programme.organiser),
        "at": NOON,
        **more,
    }
    return actions.invite(edition.programme.organiser, edition, email, role, **told)


def test_an_invitation_is_written_to_the_address_once_it_is_stored(
    django_capture_on_commit_callbacks: Sending,
) -> None:
    edition = an_edition()

    with django_capture_on_commit_callbacks(execute=True):
        invitation = invited(edition, " Kari@Example.org ")
        assert mail.outbox == []

    (letter,) = mail.outbox
    assert letter.to == ["kari@example.org"]
    assert link_to(invitation, "en") in letter.body
    assert "The Award 2021" in letter.subject
    assert "Your role: Juror." in letter.body
    assert "kari" not in str(AuditLine.objects.values_list("about", "details", "why"))


def test_people_with_an_account_are_written_to_in_their_own_language(
    django_capture_on_commit_callbacks: Sending,
) -> None:
    a_user("kari@example.org", language="nb")

    with django_capture_on_commit_callbacks(execute=True):
        invited(an_edition())

    assert "https://kaaring.example/nb/" in mail.outbox[0].body
    assert "Prisen 2021" in mail.outbox[0].subject


def test_an_owner_invites_to_the_organiser_itself(django_capture_on_commit_callbacks: Sending) -> None:
    organiser = an_organiser("house", name="The House")
    owner = a_member(organiser)

    with django_capture_on_commit_callbacks(execute=True):
        actions.invite(
            organiser,
            None,
            "kari@example.org",
            MemberRole.VIEWER,
            language="en",
            link_to=link_to,
            by=owner,
            at=NOON,
        )

    assert AuditLine.objects.get().chain == "organiser:house"
    assert "The House" in mail.outbox[0].subject


def test_a_manager_invites_to_an_edition_but_not_to_the_organiser() -> None:
    edition = an_edition()
    organiser = edition.programme.organiser
    manager = a_member(organiser, MemberRole.MANAGER)

    invited(edition, by=manager)

    with pytest.raises(Refused, match="not_an_owner"):
        actions.invite(
            organiser,
            None,
            "ola@example.org",
            MemberRole.VIEWER,
            language="en",
            link_to=link_to,
            by=manager,
            at=NOON,
        )


@pytest.mark.parametrize("role", [MemberRole.VIEWER, MemberRole.AUDITOR])
def test_those_who_only_read_invite_nobody(role: MemberRole) -> None:
    edition = an_edition()

    with pytest.raises(Refused, match="not_an_owner_or_manager"):
        invited(edition, by=a_member(edition.programme.organiser, role))


def test_a_role_at_the_organiser_is_no_part_in_an_edition() -> None:
    with pytest.raises(Refused, match="unknown_role"):
        invited(an_edition(), role=MemberRole.OWNER)


def test_a_part_in_an_edition_is_no_role_at_the_organiser() -> None:
    organiser = an_organiser()

    with pytest.raises(Refused, match="unknown_role"):
        actions.invite(
            organiser,
            None,
            "kari@example.org",
            EditionRole.JUROR,
            language="en",
            link_to=link_to,
            by=a_member(organiser),
            at=NOON,
        )


def test_a_contact_is_invited_for_a_participant() -> None:
    with pytest.raises(Refused, match="which_participant"):
        invited(an_edition(), role=EditionRole.PARTICIPANT_CONTACT)


def test_nobody_else_is_invited_for_a_participant() -> None:
    with pytest.raises(Refused, match="no_contact"):
        invited(an_edition(), participant="centre")


def test_the_same_offer_is_open_once_only() -> None:
    edition = an_edition()
    invited(edition, "kari@example.org")

    with pytest.raises(Refused, match="already_invited"):
        invited(edition, "KARI@example.org")


def test_a_lapsed_or_withdrawn_offer_can_be_made_anew() -> None:
    edition = an_edition()
    first = invited(edition)
    second = invited(edition, at=first.invited_at + OPEN_FOR)
    actions.withdraw_invitation(second.pk, by=second.invited_by, at=second.invited_at)

    third = invited(edition, at=second.invited_at)

    assert list(roll.open_invitations(edition, at=second.invited_at)) == [third]


def test_who_has_the_part_is_not_invited_to_it() -> None:
    part = a_part(an_edition())

    with pytest.raises(Refused, match="has_this_part"):
        invited(part.edition, part.user.email, part.role)


def test_who_is_a_member_is_not_invited_as_one() -> None:
    organiser = an_organiser()
    owner, viewer = a_member(organiser), a_member(organiser, MemberRole.VIEWER)

    with pytest.raises(Refused, match="already_a_member"):
        actions.invite(
            organiser,
            None,
            viewer.email,
            MemberRole.MANAGER,
            language="en",
            link_to=link_to,
            by=owner,
            at=NOON,
        )


def test_the_invited_person_becomes_what_was_offered() -> None:
    person = a_user()
    invitation = an_invitation(email=person.email.upper())

    actions.accept_invitation(invitation.pk, by=person, at=NOON)

    invitation.refresh_from_db()
    assert (invitation.accepted_by, invitation.accepted_at) == (person, NOON)
    assert Part.objects.get(user=person).role == EditionRole.REVIEWER
    assert AuditLine.objects.get().doing == "invitation_accepted"


def test_an_accepted_membership_names_its_invitation_in_the_log() -> None:
    person, organiser = a_user(), an_organiser()
    invitation = an_invitation(organiser=organiser, edition=None, role=MemberRole.VIEWER, email=person.email)

    actions.accept_invitation(invitation.pk, by=person, at=NOON)

    assert role_at(organiser, person) == MemberRole.VIEWER
    assert AuditLine.objects.get().details == {"role": "viewer", "invitation": invitation.public_id}


def test_the_part_given_meanwhile_is_not_given_twice() -> None:
    invitation = an_invitation()
    assert invitation.edition is not None
    person = a_part(invitation.edition, a_user(invitation.email)).user

    with pytest.raises(Refused, match="has_this_part"):
        actions.accept_invitation(invitation.pk, by=person, at=NOON)


@pytest.mark.parametrize("address", ["other@example.org", "invited@example.org.evil.example"])
def test_nobody_else_can_accept(address: str) -> None:
    invitation = an_invitation(email="invited@example.org")

    with pytest.raises(Refused, match="invited_at_another_address"):
        actions.accept_invitation(invitation.pk, by=a_user(address), at=NOON)

    assert not Part.objects.exists()


def test_an_address_that_is_not_proved_does_not_accept() -> None:
    person = a_user(is_verified=False)

    with pytest.raises(Refused, match="invited_at_another_address"):
        actions.accept_invitation(an_invitation(email=person.email).pk, by=person, at=NOON)


def accept_as_invited(invitation: Invitation, at: datetime = NOON) -> None:
    person = User.objects.filter(email=invitation.email).first() or a_user(invitation.email)
    actions.accept_invitation(invitation.pk, by=person, at=at)


def test_an_invitation_is_used_once() -> None:
    invitation = an_invitation()
    accept_as_invited(invitation)

    with pytest.raises(Refused, match="invitation_used"):
        accept_as_invited(invitation)


def test_a_withdrawn_invitation_opens_nothing() -> None:
    invitation = an_invitation(withdrawn_at=NOON)

    with pytest.raises(Refused, match="invitation_withdrawn"):
        accept_as_invited(invitation)


def test_an_invitation_lapses_after_two_weeks_to_the_second() -> None:
    invitation = an_invitation()

    with pytest.raises(Refused, match="invitation_expired"):
        accept_as_invited(invitation, at=NOON + timedelta(days=14))

    accept_as_invited(invitation, at=NOON + timedelta(days=14, seconds=-1))


def test_a_withdrawal_and_its_reason_stand_in_the_log() -> None:
    invitation = an_invitation()
    by = a_member(invitation.organiser, MemberRole.MANAGER)

    actions.withdraw_invitation(invitation.pk, by=by, at=NOON, why="wrong person")

    assert AuditLine.objects.get().why == "wrong person"


def test_an_accepted_invitation_is_not_withdrawn() -> None:
    invitation = an_invitation()
    accept_as_invited(invitation)

    with pytest.raises(Refused, match="invitation_used"):
        actions.withdraw_invitation(invitation.pk, by=a_member(invitation.organiser), at=NOON)


def test_the_owner_of_another_organiser_withdraws_nothing_here() -> None:
    with pytest.raises(Refused, match="not_an_owner_or_manager"):
        actions.withdraw_invitation(an_invitation().pk, by=a_membership().user, at=NOON)


def test_open_invitations_are_those_of_the_edition_and_of_its_organiser() -> None:
    edition = an_edition()
    to_edition = an_invitation(edition)
    to_organiser = an_invitation(edition, edition=None, role=MemberRole.VIEWER)
    an_invitation(an_edition(edition.programme, "2022"))
    an_invitation()

    assert set(roll.open_invitations(edition, at=NOON)) == {to_edition, to_organiser}


def test_what_i_am_offered_is_found_by_my_addresses() -> None:
    mine = an_invitation(email="Kari@example.org")
    an_invitation(email="ola@example.org")

    assert list(roll.invitations_to({"kari@example.org"}, at=NOON)) == [mine]


def test_a_link_leads_back_to_its_invitation() -> None:
    invitation = an_invitation()

    assert links.public_id_in(links.token_of(invitation)) == invitation.public_id


def test_a_link_that_was_changed_or_signed_for_something_else_is_refused() -> None:
    invitation = an_invitation()
    other = TimestampSigner(salt="something else").sign(invitation.public_id)

    for token in (links.token_of(invitation) + "x", invitation.public_id, other, ""):
        with pytest.raises(Refused, match="broken_link"):
            links.public_id_in(token)


def test_an_old_signature_is_refused_as_lapsed(monkeypatch: pytest.MonkeyPatch) -> None:
    token = links.token_of(an_invitation())
    now, long_ago = time.time(), timedelta(days=15).total_seconds()
    monkeypatch.setattr("django.core.signing.time.time", lambda: now + long_ago)

    with pytest.raises(Refused, match="invitation_expired"):
        links.public_id_in(token)


def test_an_invitation_does_not_outlive_its_senders_right_to_invite() -> None:
    invitation = an_invitation()
    sender = invitation.invited_by
    sender.memberships.all().delete()
    invited = a_user(invitation.email)

    with pytest.raises(Refused, match="sender_may_not_invite"):
        actions.accept_invitation(invitation.pk, by=invited, at=NOON)
