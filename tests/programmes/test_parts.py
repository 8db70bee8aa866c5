"""Who does what in an edition, and who says so."""

import pytest

from kaaring.audit.models import AuditLine
from kaaring.kernel.refused import Refused
from kaaring.people.models import MemberRole, User
from kaaring.programmes import actions, roll
from kaaring.programmes.models import Edition, EditionRole, Part
from tests.build import NOON, a_contact, a_member, a_membership, a_part, a_participant, a_user, an_edition

pytestmark = pytest.mark.django_db


def someone_at(edition: Edition, role: str = MemberRole.OWNER) -> User:
    return a_member(edition.programme.organiser, role)


@pytest.mark.parametrize("role", [MemberRole.OWNER, MemberRole.MANAGER])
def test_owners_and_managers_give_parts(role: MemberRole) -> None:
    edition, person = an_edition(), a_user()

    actions.give_part(edition, person, EditionRole.JUROR, by=someone_at(edition, role), at=NOON)

    assert [part.user for part in roll.parts_in(edition)] == [person]
    assert AuditLine.objects.get().details == {"role": "juror"}


@pytest.mark.parametrize("role", [MemberRole.VIEWER, MemberRole.AUDITOR])
def test_those_who_only_read_give_no_parts(role: MemberRole) -> None:
    edition = an_edition()

    with pytest.raises(Refused, match="not_an_owner_or_manager"):
        actions.give_part(edition, a_user(), EditionRole.JUROR, by=someone_at(edition, role), at=NOON)


def test_the_owner_of_another_organiser_gives_no_parts_here() -> None:
    with pytest.raises(Refused, match="not_an_owner_or_manager"):
        actions.give_part(an_edition(), a_user(), EditionRole.JUROR, by=a_membership().user, at=NOON)


def test_a_part_must_be_one_of_the_seven() -> None:
    edition = an_edition()

    with pytest.raises(Refused, match="unknown_role"):
        actions.give_part(edition, a_user(), "emperor", by=someone_at(edition), at=NOON)


def test_a_contact_is_never_made_without_a_participant() -> None:
    edition = an_edition()
    role = EditionRole.PARTICIPANT_CONTACT

    with pytest.raises(Refused, match="which_participant"):
        actions.give_part(edition, a_user(), role, by=someone_at(edition), at=NOON)


def test_nobody_has_the_same_part_twice() -> None:
    part = a_part(an_edition())

    with pytest.raises(Refused, match="has_this_part"):
        actions.give_part(part.edition, part.user, part.role, by=someone_at(part.edition), at=NOON)


def test_an_ended_part_and_its_reason_stand_in_the_log() -> None:
    part = a_part(an_edition())

    actions.end_part(part.pk, by=someone_at(part.edition), at=NOON, why="moved abroad")

    assert not Part.objects.exists()
    line = AuditLine.objects.get()
    assert (line.doing, line.about, line.why) == ("part_ended", part.user.public_id, "moved abroad")


def test_a_viewer_ends_nobodys_part() -> None:
    part = a_part(an_edition())

    with pytest.raises(Refused, match="not_an_owner_or_manager"):
        actions.end_part(part.pk, by=someone_at(part.edition, MemberRole.VIEWER), at=NOON)


def test_a_contacts_part_ends_only_with_the_participant() -> None:
    contact = a_contact(a_participant(an_edition()))
    edition = contact.participant.edition

    with pytest.raises(Refused, match="which_participant"):
        actions.end_part(Part.objects.get().pk, by=someone_at(edition), at=NOON)

    assert not roll.parts_in(edition).exists()
