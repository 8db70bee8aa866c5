"""Partners and colleagues: named, invited, approving, leaving."""

from typing import Any

import pytest
from django.core import mail

from kaaring.entries import actions
from kaaring.entries.models import Case, Party
from kaaring.people.models import Affiliation, Organisation
from kaaring.programmes import links
from kaaring.programmes.models import Invitation, Part
from tests.build import NOON, a_user
from tests.juried import (
    PARTNERSHIP,
    a_case,
    a_juried_edition,
    an_affiliation,
    an_entrant,
    an_entry,
    an_organisation,
)
from tests.web.entrant import Desk, close, signed_in, text

pytestmark = pytest.mark.django_db


def a_partner_of(desk: Desk, name: str = "Partner AS", role: str = "partner") -> tuple[Party, Any, str]:
    """Return a party, the client of somebody who acts for it, and where its part is."""
    partner = an_organisation(desk.edition.programme.organiser, name)
    party = actions.name_party(desk.case.pk, organisation=partner, role=role, by="test", at=NOON)
    address = desk.of_case(f"part/{partner.public_id}/")
    return party, signed_in(an_entrant(partner)), address


def test_a_partner_is_named_invited_by_mail_and_comes_to_its_part(
    django_capture_on_commit_callbacks: Any,
) -> None:
    desk, person = Desk(case=an_entry(category=PARTNERSHIP).case), a_user("per@example.org")
    typed = {"name": "Partner AS", "email": "per@example.org", "role": "partner"}

    with django_capture_on_commit_callbacks(execute=True):
        response = desk.client.post(desk.of_case("parties/name/"), typed, follow=True)

    assert "Partner AS stands behind the case" in text(response)
    invitation = Invitation.objects.get()
    assert f"/en/account/invitation/{invitation.public_id}:" in mail.outbox[0].body
    token = links.token_of(invitation)
    client = signed_in(person)
    assert "acting for Partner AS" in text(client.get(f"/en/account/invitation/{token}/"))
    client.post(f"/en/account/invitation/{token}/accept/")
    assert Affiliation.objects.get(user=person).organisation.name == "Partner AS"
    assert not Part.objects.filter(user=person).exists()
    assert "names Partner AS as a partner" in text(client.get(desk.address()))


def test_naming_a_partner_asks_for_name_and_address() -> None:
    desk = Desk()

    response = desk.client.post(desk.of_case("parties/name/"), {"name": "Partner", "email": "nonsense"})

    assert response.status_code == 422
    assert not Organisation.objects.filter(name="Partner").exists()


def test_who_enters_the_case_is_no_partner_of_its_own_and_is_shown_where_colleagues_are_invited() -> None:
    edition = a_juried_edition()
    case = a_case(edition, an_organisation(edition.programme.organiser, "Nordlys AS"))
    desk, version = Desk(case=case), case.version
    typed = {"name": " NORDLYS ", "email": "kollega@example.org"}

    response = desk.client.post(desk.of_case("parties/name/"), typed)

    assert response.status_code == 409
    assert "That is your own organisation. Invite a colleague instead." in text(response)
    assert desk.address(f"organisations/{case.organisation.public_id}/#colleagues") in text(response)
    assert Organisation.objects.count() == 1
    assert desk.version() == version
    assert desk.client.post(desk.of_case("parties/name/"), typed | {"name": "Nordlys Sør"}).status_code == 302


def test_a_partner_writes_its_part_and_answers_what_is_asked_of_it_alone() -> None:
    desk = Desk(case=an_entry(category=PARTNERSHIP).case)
    party, client, address = a_partner_of(desk)
    assert "Where does the partner do business?" in text(client.get(address))
    assert "Where does the partner do business?" not in text(desk.client.get(desk.of_case("facts/")))

    client.post(
        f"{address}save/",
        {"text": "We built it.", "partner_countries": "NO", "version": desk.version()},
    )

    party.refresh_from_db()
    assert party.text == "We built it."
    assert Case.objects.get(pk=desk.case.pk).facts["partner_countries"] == ["NO"]


def test_a_partner_approves_what_it_has_read_and_is_asked_again_after_a_change() -> None:
    entry = an_entry(category=PARTNERSHIP)
    desk = Desk(case=entry.case)
    party, client, address = a_partner_of(desk)
    seen = desk.version()
    assert "has not approved the case yet" in text(desk.client.get(desk.of_entry(entry)))

    client.post(f"{address}approve/", {"version": seen})
    assert "Everything is there." in text(desk.client.get(desk.of_entry(entry)))
    actions.write_answer(entry.pk, "actions", "New words", version=seen, by="test", at=NOON)

    assert "has changed since Partner AS approved it" in text(desk.client.get(desk.of_entry(entry)))
    stale = client.post(f"{address}approve/", {"version": seen})
    assert stale.status_code == 409
    party.refresh_from_db()
    assert party.approved_version == seen


def test_two_windows_of_a_partner_show_both_texts() -> None:
    desk = Desk()
    _party, client, address = a_partner_of(desk)
    seen = desk.version()
    client.post(f"{address}save/", {"text": "First text", "partner_countries": "", "version": seen})

    response = client.post(
        f"{address}save/", {"text": "Second text", "partner_countries": "", "version": seen}
    )

    assert response.status_code == 409
    assert "First text" in text(response)
    assert "Second text" in text(response)


def test_a_part_is_found_by_the_partner_only() -> None:
    desk = Desk()
    _party, _client, address = a_partner_of(desk)
    _other, stranger, _address = a_partner_of(desk, "Another AS")

    for client in (desk.client, stranger, signed_in(a_user())):
        assert client.get(address).status_code == 404
        for doing in ("save/", "approve/"):
            assert client.post(f"{address}{doing}", {}).status_code == 404


def test_after_the_deadline_a_partner_reads_and_changes_nothing() -> None:
    desk = Desk()
    _party, client, address = a_partner_of(desk)
    close(desk.edition)

    assert "closed" in text(client.get(address))
    assert client.post(f"{address}approve/", {"version": desk.version()}).status_code == 409


def test_roles_are_chosen_and_partners_removed() -> None:
    desk = Desk()
    party, _client, _address = a_partner_of(desk)
    own = desk.of_case(f"parties/{desk.organisation.public_id}/")
    other = desk.of_case(f"parties/{party.organisation.public_id}/")

    desk.client.post(f"{own}role/", {"role": "centre"})
    assert desk.case.parties.get(organisation=desk.organisation).role == "centre"
    assert desk.client.post(f"{own}role/", {"role": "king"}).status_code == 409
    assert desk.client.post(f"{own}remove/").status_code == 409
    page = text(desk.client.post(f"{other}remove/", follow=True))

    assert "Partner AS no longer stands behind the case." in page
    assert desk.case.parties.count() == 1


def test_a_partner_whom_nobody_acts_for_is_invited_again_at_another_address() -> None:
    desk = Desk()
    party = actions.name_party(desk.case.pk, name="Partner", email="a@example.org", by="test", at=NOON)
    address = desk.of_case(f"parties/{party.organisation.public_id}/invite/")

    assert desk.client.post(address, {"email": "nonsense"}).status_code == 422
    desk.client.post(address, {"email": "b@example.org"})
    again = desk.client.post(address, {"email": "b@example.org"})

    assert Invitation.objects.get().email == "b@example.org"
    assert again.status_code == 409


def organisation_page(desk: Desk, rest: str = "") -> str:
    return desk.address(f"organisations/{desk.organisation.public_id}/{rest}")


def test_an_organisation_is_found_by_those_who_act_for_it() -> None:
    desk = Desk()

    assert desk.client.get(organisation_page(desk)).status_code == 200
    for doing in ("", "save/", "invite/", f"colleagues/{desk.person.public_id}/end/"):
        client = signed_in(a_user())
        answer = client.post(organisation_page(desk, doing)) if doing else client.get(organisation_page(desk))
        assert answer.status_code == 404


def test_a_colleague_is_invited_comes_in_and_works_on_the_case() -> None:
    desk, person = Desk(), a_user("ola@example.org")

    desk.client.post(organisation_page(desk, "invite/"), {"email": "ola@example.org"})
    assert "ola@example.org" in text(desk.client.get(organisation_page(desk)))
    client = signed_in(person)
    client.post(f"/en/account/invitation/{links.token_of(Invitation.objects.get())}/accept/")

    assert client.get(desk.of_case("about/")).status_code == 200


def test_an_invitation_is_sent_once_and_withdrawn() -> None:
    desk = Desk()
    typed = {"email": "ola@example.org"}
    desk.client.post(organisation_page(desk, "invite/"), typed)

    assert desk.client.post(organisation_page(desk, "invite/"), typed).status_code == 409
    assert desk.client.post(organisation_page(desk, "invite/"), {"email": "x"}).status_code == 422
    invitation = Invitation.objects.get()
    desk.client.post(organisation_page(desk, f"invitations/{invitation.public_id}/withdraw/"))

    invitation.refresh_from_db()
    assert invitation.withdrawn_at is not None


def test_a_colleague_leaves_and_no_longer_finds_the_case() -> None:
    desk = Desk()
    other = an_affiliation(desk.organisation).user
    client = signed_in(other)

    desk.client.post(organisation_page(desk, f"colleagues/{other.public_id}/end/"))

    assert client.get(desk.of_case()).status_code == 404
    last = desk.client.post(organisation_page(desk, f"colleagues/{desk.person.public_id}/end/"))
    assert last.status_code == 409
    assert "is the only one who acts for" in text(last)


def test_who_leaves_goes_to_their_own_pages() -> None:
    desk = Desk()
    an_affiliation(desk.organisation)

    response = desk.client.post(organisation_page(desk, f"colleagues/{desk.person.public_id}/end/"))

    assert response["Location"] == "/en/account/me/"


def test_name_and_address_are_saved_and_a_wrong_one_is_marked() -> None:
    desk = Desk()
    good = {"name": "Acme AS", "country": "no", "endpoint": "0192:123456785", "city": "Oslo"}

    desk.client.post(organisation_page(desk, "save/"), good)
    wrong = desk.client.post(organisation_page(desk, "save/"), {**good, "endpoint": "123"})

    desk.organisation.refresh_from_db()
    assert (desk.organisation.name, desk.organisation.country) == ("Acme AS", "NO")
    assert wrong.status_code == 422
    assert "four digits, a colon" in text(wrong)


@pytest.mark.parametrize("number", [1, 30])
def test_the_page_of_an_organisation_takes_the_same_queries_however_many_act_for_it(
    number: int, django_assert_max_num_queries: Any
) -> None:
    desk = Desk()
    for _each in range(number):
        an_affiliation(desk.organisation)

    with django_assert_max_num_queries(10):
        desk.client.get(organisation_page(desk))
