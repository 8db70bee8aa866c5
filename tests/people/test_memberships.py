"""Who belongs to an organiser, and who says so."""

import pytest

from kaaring.audit.models import AuditLine
from kaaring.audit.queries import first_break
from kaaring.kernel.refused import Refused
from kaaring.people import actions, queries, rules
from kaaring.people.models import MemberRole, Membership, User
from tests.build import NOON, a_member, a_membership, a_user, an_organiser

pytestmark = pytest.mark.django_db


def test_an_organiser_without_an_owner_is_given_its_first() -> None:
    organiser, person = an_organiser("house"), a_user()

    actions.give_first_owner(organiser, person, by="command", at=NOON)

    assert queries.role_at(organiser, person) == MemberRole.OWNER
    line = AuditLine.objects.get()
    assert (line.chain, line.doing, line.about) == ("organiser:house", "membership_given", person.public_id)


def test_an_organiser_with_an_owner_is_given_no_other_first_one() -> None:
    organiser = a_membership().organiser

    with pytest.raises(Refused, match="has_an_owner"):
        actions.give_first_owner(organiser, a_user(), by="command", at=NOON)


def test_a_viewer_cannot_be_made_a_first_owner_beside_the_old_role() -> None:
    membership = a_membership(role=MemberRole.VIEWER)

    with pytest.raises(Refused, match="already_a_member"):
        actions.give_first_owner(membership.organiser, membership.user, by="command", at=NOON)


def test_an_owner_makes_somebody_a_manager() -> None:
    organiser = an_organiser()
    owner, person = a_member(organiser), a_user()

    actions.give_membership(organiser, person, MemberRole.MANAGER, by=owner, at=NOON)

    assert queries.role_at(organiser, person) == MemberRole.MANAGER
    assert AuditLine.objects.get().by == owner.public_id


@pytest.mark.parametrize("role", [MemberRole.MANAGER, MemberRole.VIEWER, MemberRole.AUDITOR])
def test_only_owners_decide_who_is_a_member(role: MemberRole) -> None:
    organiser = an_organiser()
    by = a_member(organiser, role)

    with pytest.raises(Refused, match="not_an_owner"):
        actions.give_membership(organiser, a_user(), MemberRole.VIEWER, by=by, at=NOON)

    assert not AuditLine.objects.exists()


def test_the_owner_of_another_organiser_decides_nothing_here() -> None:
    with pytest.raises(Refused, match="not_an_owner"):
        actions.give_membership(an_organiser(), a_user(), MemberRole.VIEWER, by=a_membership().user, at=NOON)


def test_a_role_must_be_one_of_the_four() -> None:
    organiser = an_organiser()

    with pytest.raises(Refused, match="unknown_role"):
        actions.give_membership(organiser, a_user(), "emperor", by=a_member(organiser), at=NOON)


def test_nobody_is_a_member_twice() -> None:
    organiser = an_organiser()
    viewer = a_member(organiser, MemberRole.VIEWER)

    with pytest.raises(Refused, match="already_a_member"):
        actions.give_membership(organiser, viewer, MemberRole.MANAGER, by=a_member(organiser), at=NOON)


def test_a_changed_role_and_its_reason_stand_in_the_log() -> None:
    organiser = an_organiser("house")
    owner = a_member(organiser)
    membership = a_membership(organiser, role=MemberRole.VIEWER)

    actions.change_membership(membership.pk, MemberRole.MANAGER, by=owner, at=NOON, why="runs it now")

    line = AuditLine.objects.get(chain="organiser:house")
    assert line.details == {"before": "viewer", "role": "manager"}
    assert line.why == "runs it now"
    assert queries.role_at(organiser, membership.user) == MemberRole.MANAGER


def test_the_only_owner_cannot_become_a_viewer() -> None:
    membership = a_membership()

    with pytest.raises(Refused, match="last_owner"):
        actions.change_membership(membership.pk, MemberRole.VIEWER, by=membership.user, at=NOON)


def test_the_only_owner_cannot_leave() -> None:
    membership = a_membership()

    with pytest.raises(Refused, match="last_owner"):
        actions.end_membership(membership.pk, by=membership.user, at=NOON)

    assert Membership.objects.filter(pk=membership.pk).exists()


def test_one_of_two_owners_may_leave() -> None:
    organiser = an_organiser()
    leaving, staying = a_membership(organiser), a_member(organiser)

    actions.end_membership(leaving.pk, by=leaving.user, at=NOON)

    assert queries.role_at(organiser, leaving.user) is None
    assert queries.role_at(organiser, staying) == MemberRole.OWNER


def test_a_manager_ends_nobodys_membership() -> None:
    organiser = an_organiser()
    a_member(organiser)
    manager = a_member(organiser, MemberRole.MANAGER)
    viewer = a_membership(organiser, role=MemberRole.VIEWER)

    with pytest.raises(Refused, match="not_an_owner"):
        actions.end_membership(viewer.pk, by=manager, at=NOON)


def test_a_manager_changes_nobodys_role() -> None:
    organiser = an_organiser()
    manager = a_membership(organiser, role=MemberRole.MANAGER)

    with pytest.raises(Refused, match="not_an_owner"):
        actions.change_membership(manager.pk, MemberRole.OWNER, by=manager.user, at=NOON)


def test_an_owner_stays_an_owner_when_told_so_again() -> None:
    membership = a_membership()

    assert rules.against_losing_the_last_owner(membership, new_role=MemberRole.OWNER) is None


def test_owners_stand_first_among_members() -> None:
    organiser = an_organiser()
    for role in (MemberRole.AUDITOR, MemberRole.OWNER, MemberRole.VIEWER, MemberRole.MANAGER):
        a_member(organiser, role)

    assert [member.role for member in queries.members_of(organiser)] == list(MemberRole.values)


def test_a_joined_member_cannot_have_an_unknown_role() -> None:
    with pytest.raises(Refused, match="unknown_role"):
        actions.join(an_organiser(), a_user(), "emperor", invitation="x", at=NOON)


def test_a_new_account_can_sign_in_by_its_address_at_once() -> None:
    user = actions.open_account("Kari@Example.org", name="Kari", language="nb", by="command", at=NOON)

    assert queries.addresses_of(user) == {"kari@example.org"}
    assert queries.person_at("KARI@example.org") == user
    assert not user.has_usable_password()


def test_one_address_opens_one_account() -> None:
    a_user("kari@example.org")

    with pytest.raises(Refused, match="has_an_account"):
        actions.open_account("KARI@example.org", name="", language="nb", by="command", at=NOON)


def test_an_address_nobody_has_proved_is_nobodys() -> None:
    user = a_user("kari@example.org", is_verified=False)

    assert queries.addresses_of(user) == frozenset()
    assert queries.person_at("kari@example.org") is None


def test_people_say_their_own_name_and_language() -> None:
    user = a_user()

    actions.introduce_oneself(user, name="Kari Nordmann", language="ru", at=NOON)

    user.refresh_from_db()
    assert (user.name, user.language) == ("Kari Nordmann", "ru")
    assert "Kari" not in str(AuditLine.objects.get().details)


def test_names_are_found_by_public_id_and_unknown_ids_are_left_out() -> None:
    user = a_user(name="Kari")

    assert queries.names_of([user.public_id, "kaaring import"]) == {user.public_id: "Kari"}


def test_demo_accounts_are_those_at_the_demo_address() -> None:
    a_user("owner@example.org")
    demo = a_user("owner@demo.example")
    User.objects.filter(pk=a_user("gone@demo.example").pk).update(is_active=False)

    assert list(queries.demo_accounts()) == [demo]


def test_what_happens_to_members_is_one_unbroken_chain() -> None:
    organiser = an_organiser()
    owner, person = a_user(), a_user()
    actions.give_first_owner(organiser, owner, by="command", at=NOON)
    membership = actions.give_membership(organiser, person, MemberRole.VIEWER, by=owner, at=NOON)
    actions.change_membership(membership.pk, MemberRole.OWNER, by=owner, at=NOON)
    actions.end_membership(membership.pk, by=owner, at=NOON)

    chain = queries.chain_of(organiser)
    assert AuditLine.objects.filter(chain=chain).count() == 4
    assert first_break(chain) is None
