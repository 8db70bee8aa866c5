"""The organiser's page about people."""

from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from kaaring.audit.models import AuditLine
from kaaring.people.models import MemberRole, Membership, User
from kaaring.people.queries import role_at
from kaaring.programmes.models import Edition, EditionRole, Invitation, Part
from kaaring.survey.models import Contact
from tests.build import (
    a_contact,
    a_member,
    a_membership,
    a_part,
    a_participant,
    a_user,
    an_edition,
    an_invitation,
)
from tests.juried import a_juror

pytestmark = pytest.mark.django_db


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def owner_of(edition: Edition) -> User:
    return a_member(edition.programme.organiser)


def address(edition: Edition, rest: str = "") -> str:
    return f"/en/organiser/{edition.programme.slug}/{edition.slug}/people/{rest}"


def text(response: Any) -> str:
    return str(response.content.decode())


@pytest.mark.parametrize("role", MemberRole.values)
def test_every_member_sees_who_is_here(role: str) -> None:
    edition = an_edition()
    part, contact = a_part(edition), a_contact(a_participant(edition))

    page = text(signed_in(a_member(edition.programme.organiser, role)).get(address(edition)))

    assert part.user.name in page
    assert contact.user.name in page


@pytest.mark.parametrize(
    ("role", "forms"), [("owner", True), ("manager", True), ("viewer", False), ("auditor", False)]
)
def test_only_those_who_may_change_see_buttons(role: str, forms: bool) -> None:
    edition = an_edition()
    a_part(edition)

    page = text(signed_in(a_member(edition.programme.organiser, role)).get(address(edition)))

    assert ('method="post"' in page) is forms


def test_a_manager_sees_no_buttons_for_members() -> None:
    edition = an_edition()
    owner = owner_of(edition)

    page = text(signed_in(a_member(edition.programme.organiser, "manager")).get(address(edition)))

    assert f"members/{owner.public_id}" not in page
    assert "invited by its owners" in page
    assert "member:owner" not in page


def test_strangers_find_no_such_page() -> None:
    edition = an_edition()

    for stranger in (a_user(), a_membership().user, a_contact(a_participant(edition)).user):
        assert signed_in(stranger).get(address(edition)).status_code == 404


def test_an_invitation_is_sent_with_a_link_that_works(django_capture_on_commit_callbacks: Any) -> None:
    edition, person = an_edition(), a_user("kari@example.org", language="nb")
    told = {"address": "kari@example.org", "offer": "part:reviewer", "language": "en"}

    with django_capture_on_commit_callbacks(execute=True):
        response = signed_in(owner_of(edition)).post(address(edition, "invite/"), told, follow=True)

    assert "The invitation to kari@example.org is on its way." in text(response)
    (line,) = [line for line in mail.outbox[0].body.splitlines() if line.startswith("http")]
    assert "/nb/account/invitation/" in line
    assert signed_in(person).get(line.removeprefix("http://testserver")).status_code == 200


def test_an_owner_invites_a_member() -> None:
    edition = an_edition()
    told = {"address": "kari@example.org", "offer": "member:viewer", "language": "en"}

    signed_in(owner_of(edition)).post(address(edition, "invite/"), told)

    assert Invitation.objects.get().edition is None


def test_a_contact_is_invited_for_one_participant() -> None:
    participant = a_participant(an_edition(), "centre")
    offer = "part:participant_contact"
    told = {"address": "kari@example.org", "offer": offer, "participant": "centre", "language": "en"}

    signed_in(owner_of(participant.edition)).post(address(participant.edition, "invite/"), told)

    assert Invitation.objects.get().participant == "centre"


@pytest.mark.parametrize(
    ("told", "status", "sentence"),
    [
        ({"address": "nonsense"}, 422, "valid email"),
        ({"offer": "member:owner"}, 422, "valid choice"),
        ({"offer": "part:juror"}, 422, "valid choice"),
        ({"offer": "part:jury_chair"}, 422, "valid choice"),
        ({"offer": "part:participant_contact"}, 409, "Choose the participant"),
        ({"participant": "centre"}, 409, "Only a participant"),
    ],
)
def test_what_cannot_be_invited_is_said_and_nothing_typed_is_lost(
    told: dict[str, str], status: int, sentence: str
) -> None:
    edition = an_edition()
    a_participant(edition, "centre")
    manager = a_member(edition.programme.organiser, MemberRole.MANAGER)
    usual = {"address": "kari@example.org", "offer": "part:reviewer", "participant": "", "language": "ru"}

    response = signed_in(manager).post(address(edition, "invite/"), {**usual, **told})

    assert response.status_code == status
    assert sentence in text(response)
    assert '<option value="ru" selected>' in text(response)
    assert not Invitation.objects.exists()


def test_an_open_invitation_shows_its_link_and_can_be_withdrawn_with_a_reason() -> None:
    edition = an_edition()
    invitation = an_invitation(edition, email="kari@example.org", invited_at=timezone.now())
    client = signed_in(owner_of(edition))
    assert "/account/invitation/" in text(client.get(address(edition)))

    page = client.post(
        address(edition, f"invitations/{invitation.public_id}/withdraw/"),
        {"why": "wrong person"},
        follow=True,
    )

    assert "is withdrawn" in text(page)
    assert AuditLine.objects.get().why == "wrong person"
    assert "/account/invitation/" not in text(client.get(address(edition)))


def test_an_invitation_to_another_edition_is_not_found_here() -> None:
    edition = an_edition()
    elsewhere = an_invitation(invited_at=timezone.now())

    response = signed_in(owner_of(edition)).post(
        address(edition, f"invitations/{elsewhere.public_id}/withdraw/")
    )

    assert response.status_code == 404


def test_a_manager_cannot_withdraw_what_an_owner_offered_for_the_organiser() -> None:
    edition = an_edition()
    invitation = an_invitation(edition, edition=None, role=MemberRole.VIEWER, invited_at=timezone.now())
    manager = a_member(edition.programme.organiser, MemberRole.MANAGER)

    response = signed_in(manager).post(address(edition, f"invitations/{invitation.public_id}/withdraw/"))

    assert response.status_code == 409
    assert "Only an owner" in text(response)


def test_an_owner_changes_a_role_and_ends_a_membership() -> None:
    edition = an_edition()
    organiser, client = edition.programme.organiser, signed_in(owner_of(edition))
    viewer = a_member(organiser, MemberRole.VIEWER)

    client.post(address(edition, f"members/{viewer.public_id}/change/"), {"role": "manager"})
    assert role_at(organiser, viewer) == MemberRole.MANAGER

    client.post(address(edition, f"members/{viewer.public_id}/end/"))
    assert role_at(organiser, viewer) is None


def test_the_last_owner_stays_and_is_told_why() -> None:
    membership = a_membership()
    edition = an_edition(programme=None)
    Membership.objects.filter(pk=membership.pk).update(organiser=edition.programme.organiser)

    client = signed_in(membership.user)
    for rest, told in (("change/", {"role": "viewer"}), ("end/", {})):
        response = client.post(address(edition, f"members/{membership.user.public_id}/{rest}"), told)
        assert response.status_code == 409
        assert "only owner" in text(response)


def test_an_owner_who_leaves_lands_on_their_own_pages() -> None:
    edition = an_edition()
    leaving = owner_of(edition)
    owner_of(edition)

    response = signed_in(leaving).post(address(edition, f"members/{leaving.public_id}/end/"), follow=True)

    assert response.redirect_chain[-1][0].endswith("/account/me/")
    assert "no longer a member" in text(response)


def test_a_manager_who_tries_to_end_a_membership_is_refused() -> None:
    edition = an_edition()
    owner = owner_of(edition)
    manager = a_member(edition.programme.organiser, MemberRole.MANAGER)

    assert signed_in(manager).post(address(edition, f"members/{owner.public_id}/end/")).status_code == 409


def test_somebody_who_is_here_gets_a_further_part() -> None:
    part = a_part(an_edition(), role=EditionRole.REVIEWER)
    client, told = signed_in(owner_of(part.edition)), {"who": part.user.public_id, "role": "presenter"}

    client.post(address(part.edition, "parts/give/"), told)
    again = client.post(address(part.edition, "parts/give/"), told)

    assert Part.objects.filter(user=part.user, role=EditionRole.PRESENTER).count() == 1
    assert again.status_code == 409
    assert "has this role in" in text(again)


def test_a_stranger_cannot_be_given_a_part_without_an_invitation() -> None:
    edition = an_edition()

    told = {"who": a_user().public_id, "role": "reviewer"}
    response = signed_in(owner_of(edition)).post(address(edition, "parts/give/"), told)

    assert response.status_code == 422
    assert not Part.objects.exists()


def test_a_part_is_ended_and_the_reason_kept() -> None:
    part = a_part(an_edition())
    end = address(part.edition, f"parts/{part.user.public_id}/reviewer/end/")
    client = signed_in(owner_of(part.edition))

    assert client.post(end, {"why": "done"}).status_code == 302
    assert AuditLine.objects.get().why == "done"
    assert client.post(end).status_code == 404


def test_jurors_are_not_made_or_dismissed_here_where_nobody_looks_at_their_conflicts() -> None:
    part = a_part(an_edition(), role=EditionRole.JUROR)
    a_juror(part.edition, user=part.user)
    client = signed_in(owner_of(part.edition))

    given = client.post(
        address(part.edition, "parts/give/"), {"who": part.user.public_id, "role": "jury_chair"}
    )
    assert given.status_code == 422
    ended = client.post(address(part.edition, f"parts/{part.user.public_id}/juror/end/"))
    assert ended.status_code == 409
    assert "Remove the juror on the page" in text(ended)
    assert list(Part.objects.all()) == [part]
    assert "See the jurors" in text(ended)


def test_a_contacts_part_is_not_ended_alone() -> None:
    contact = a_contact(a_participant(an_edition()))
    edition = contact.participant.edition
    end = address(edition, f"parts/{contact.user.public_id}/participant_contact/end/")

    assert signed_in(owner_of(edition)).post(end).status_code == 409


def test_a_contact_is_ended_for_one_participant() -> None:
    contact = a_contact(a_participant(an_edition(), "centre"))
    edition = contact.participant.edition

    signed_in(owner_of(edition)).post(address(edition, f"contacts/{contact.user.public_id}/centre/end/"))

    assert not Contact.objects.exists()


@pytest.mark.parametrize("number", [1, 30])
def test_the_page_takes_the_same_queries_for_one_person_and_thirty(
    number: int, django_assert_max_num_queries: Any
) -> None:
    edition = an_edition()
    for _each in range(number):
        a_member(edition.programme.organiser, MemberRole.VIEWER)
        a_part(edition)
        a_contact(a_participant(edition))
        an_invitation(edition, invited_at=timezone.now())
    client = signed_in(owner_of(edition))

    with django_assert_max_num_queries(20):
        client.get(address(edition))


def test_every_form_on_the_page_carries_its_token() -> None:
    edition = an_edition()
    a_part(edition)
    a_contact(a_participant(edition))
    owner = owner_of(edition)
    an_invitation(edition, invited_at=timezone.now(), invited_by=owner)

    page = text(signed_in(owner).get(address(edition)))

    forms = [form.partition("</form>")[0] for form in page.split("<form ")[1:]]
    assert len(forms) == 7
    assert [form for form in forms if form.count("csrfmiddlewaretoken") != 1] == []
