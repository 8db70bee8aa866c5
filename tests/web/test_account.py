"""The pages about oneself: my pages, invitations, settings, demo sign-in, and allauth's in our look."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kaaring.people.models import MemberRole
from kaaring.programmes import links
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
from tests.juried import a_juried_edition, an_affiliation

pytestmark = pytest.mark.django_db
HOME = "/en/account/me/"


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def text(response: Any) -> str:
    return str(response.content.decode())


def an_open_invitation(**fields: Any) -> Invitation:
    return an_invitation(invited_at=timezone.now(), **fields)


def link(invitation: Invitation) -> str:
    return reverse("account:invitation", args=[links.token_of(invitation)])


def accept_link(invitation: Invitation) -> str:
    return reverse("account:accept_invitation", args=[links.token_of(invitation)])


@pytest.fixture(autouse=True)
def english(settings: Any) -> None:
    settings.LANGUAGE_CODE = "en"


def test_my_pages_ask_strangers_to_sign_in(client: Client) -> None:
    response = client.get(HOME)

    assert response.status_code == 302
    assert response["Location"] == f"/en/account/login/?next={HOME}"


def test_my_pages_show_what_i_run_and_nobody_elses(client: Client) -> None:
    mine, other = an_edition(slug="2031"), an_edition(slug="2032")

    page = text(signed_in(a_member(mine.programme.organiser)).get(HOME))

    assert "2031" in page
    assert "2032" not in page
    assert other.programme.slug not in page


def test_my_pages_show_my_participants_and_my_parts() -> None:
    edition = an_edition()
    contact = a_contact(a_participant(edition, "centre", name="Centre"))
    a_part(edition, contact.user, EditionRole.JUROR)

    page = text(signed_in(contact.user).get(HOME))

    assert f"/{edition.programme.slug}/2021/centre/" in page
    assert "Juror" in page
    assert "Participant&#x27;s contact" not in page


def test_an_organiser_without_editions_says_what_begins_one() -> None:
    assert "begins with a definition file" in text(signed_in(a_membership().user).get(HOME))


def test_my_pages_without_anything_teach_the_next_step() -> None:
    assert "Nothing is open to you yet" in text(signed_in(a_user()).get(HOME))


def test_my_pages_show_what_i_am_offered() -> None:
    person = a_user()
    mine, other = an_open_invitation(email=person.email), an_open_invitation()

    page = text(signed_in(person).get(HOME))

    assert mine.public_id in page
    assert other.public_id not in page


def open_now(edition: Edition) -> Edition:
    """Open for entries from yesterday until tomorrow."""
    today = timezone.localdate()
    days = [str(today - timedelta(days=1)), str(today + timedelta(days=1))]
    edition.timeline = {**edition.timeline, "entries": days}
    edition.save()
    return edition


def test_my_pages_lead_a_newcomer_to_what_is_open_for_entries() -> None:
    open_now(a_juried_edition(edition="2031", slug="open-awards"))
    closed = open_now(a_juried_edition(edition="2032", slug="closed-awards"))
    closed.timeline = {**closed.timeline, "entries": ["2020-01-01", "2020-02-01"]}
    closed.save()
    open_now(an_edition(slug="2033"))

    page = text(signed_in(a_user()).get(HOME))

    assert "Open for entries" in page
    assert '<a href="/en/entrant/open-awards/2031/">' in page
    assert "You have begun nothing here yet" in page
    assert "2032" not in page
    assert "2033" not in page


def test_without_a_call_for_entries_my_pages_name_none() -> None:
    page = text(signed_in(a_user()).get(HOME))

    assert "Nothing is open to you yet" in page
    assert "Open for entries" not in page


def test_the_foot_offers_to_sign_in_only_to_who_is_not_signed_in(client: Client) -> None:
    def foot(browser: Client, address: str) -> str:
        return text(browser.get(address)).partition("<footer")[2]

    for address in (HOME, "/en/account/me/settings/", "/en/nowhere/at/all/"):
        assert "Sign in" not in foot(signed_in(a_user()), address)
    assert "Sign in" in foot(client, "/en/account/login/")
    kept_for_all = foot(client, "/en/")
    assert "Sign in" not in kept_for_all
    assert f'href="{HOME}"' in kept_for_all


def test_browsers_find_an_icon_of_ours_at_the_address_of_old_too(client: Client) -> None:
    response = client.get("/favicon.ico")

    assert (response.status_code, response["Location"]) == (302, "/static/kaaring/icon.svg")
    assert 'href="/static/kaaring/icon.svg"' in text(client.get("/en/"))
    icon = finders.find("kaaring/icon.svg")
    assert icon is not None
    drawing = Path(icon).read_text()
    assert "<style" not in drawing
    assert "style=" not in drawing


@pytest.mark.parametrize("number", [1, 30])
def test_my_pages_take_the_same_queries_however_much_is_mine(
    number: int, django_assert_max_num_queries: Any
) -> None:
    person = a_user()
    for _each in range(number):
        edition = an_edition()
        a_membership(edition.programme.organiser, person)
        a_part(edition, person)
        a_contact(a_participant(edition), person)
        an_open_invitation(to=edition, email=person.email, role=EditionRole.JUROR)
    client = signed_in(person)

    with django_assert_max_num_queries(11):
        client.get(HOME)


def test_an_invitation_tells_a_stranger_what_it_is_and_how_to_accept(client: Client) -> None:
    address = link(an_open_invitation(email="kari@example.org"))

    page = text(client.get(address))

    assert "The Award 2021" in page
    assert "k…@example.org" in page
    assert "kari@" not in page
    assert f"/account/login/?next={address}" in page.replace("%3A", ":")


def test_an_invitation_to_a_contact_says_whose_pages_it_opens(client: Client) -> None:
    participant = a_participant(an_edition(), name="The Helpful Centre", code="centre")
    invitation = an_open_invitation(
        to=participant.edition, role=EditionRole.PARTICIPANT_CONTACT, participant="centre"
    )

    assert "The Helpful Centre" in text(client.get(link(invitation)))
    assert "The Helpful Centre" not in text(client.get(link(an_open_invitation(to=participant.edition))))


def test_the_invited_person_accepts_with_one_button() -> None:
    person = a_user()
    invitation = an_open_invitation(email=person.email)
    client = signed_in(person)
    assert accept_link(invitation) in text(client.get(link(invitation)))

    response = client.post(accept_link(invitation), follow=True)

    assert "Your role: Reviewer." in text(response)
    assert Part.objects.get().user == person


def test_a_participants_contact_accepts_and_finds_the_participant() -> None:
    person, participant = a_user(), a_participant(an_edition(), "centre")
    invitation = an_open_invitation(
        to=participant.edition, email=person.email, role=EditionRole.PARTICIPANT_CONTACT, participant="centre"
    )

    response = signed_in(person).post(accept_link(invitation), follow=True)

    assert Contact.objects.get().user == person
    assert "/centre/" in text(response)


def test_accepting_needs_sign_in_and_comes_back_to_the_invitation(client: Client) -> None:
    invitation = an_open_invitation()

    assert client.post(accept_link(invitation))["Location"] == link(invitation)


@pytest.mark.parametrize(
    ("fields", "status", "sentence"),
    [
        ({"invited_at": timezone.now() - timedelta(days=15)}, 410, "has lapsed"),
        ({"withdrawn_at": timezone.now()}, 410, "was withdrawn"),
    ],
)
def test_a_dead_link_says_why(client: Client, fields: dict[str, Any], status: int, sentence: str) -> None:
    invitation = an_invitation(**{"invited_at": timezone.now(), **fields})

    response = client.get(link(invitation))

    assert response.status_code == status
    assert sentence in text(response)


def test_a_used_link_says_so() -> None:
    person = a_user()
    invitation = an_open_invitation(email=person.email)
    client = signed_in(person)
    client.post(accept_link(invitation))

    for response in (client.get(link(invitation)), client.post(accept_link(invitation))):
        assert response.status_code == 410
        assert "accepted already" in text(response)


def test_a_link_for_another_address_is_refused_without_telling_which() -> None:
    invitation = an_open_invitation(email="kari@example.org")
    client = signed_in(a_user())

    for response in (client.get(link(invitation)), client.post(accept_link(invitation))):
        assert response.status_code == 409
        assert "sent to another address" in text(response)
        assert "kari" not in text(response)
    assert not Part.objects.exists()


def test_a_link_we_did_not_sign_opens_nothing(client: Client) -> None:
    response = client.get(reverse("account:invitation", args=["abc:def:ghi"]))

    assert response.status_code == 404
    assert "not whole or not ours" in text(response)


def test_people_change_their_name_and_language_and_go_on_in_it() -> None:
    person = a_user()

    response = signed_in(person).post("/en/account/me/settings/save/", {"name": "Kari", "language": "nb"})

    assert response["Location"] == "/nb/account/me/settings/"
    person.refresh_from_db()
    assert (person.name, person.language) == ("Kari", "nb")


def test_settings_without_a_name_are_asked_for_again() -> None:
    response = signed_in(a_user()).post("/en/account/me/settings/save/", {"language": "nb"})

    assert response.status_code == 422
    assert 'aria-invalid="true"' in text(response)


def test_the_demo_lists_its_accounts_with_what_they_are(client: Client) -> None:
    edition = an_edition()
    owner = a_user("owner@demo.example", name="Demo Owner")
    a_membership(edition.programme.organiser, owner)
    contact = a_contact(a_participant(edition, name="Centre"), a_user("contact@demo.example"))
    a_part(edition, a_user("juror@demo.example"), EditionRole.JUROR)
    a_user("real@example.org")

    page = text(client.get("/en/account/demo/"))

    assert "Demo Owner" in page
    assert f"Owner, {edition.programme.organiser}" in page
    assert "Juror, The Award 2021" in page
    assert "Contact of Centre, The Award 2021" in page
    assert "real@example.org" not in page
    assert contact.user.public_id in page


def test_one_click_signs_in_as_a_demo_account(client: Client) -> None:
    owner = a_user("owner@demo.example", name="Demo Owner")

    response = client.post(f"/en/account/demo/{owner.public_id}/", follow=True)

    assert "You are signed in as Demo Owner." in text(response)


def test_one_click_signs_in_as_nobody_real(client: Client) -> None:
    real = a_user("real@example.org")

    assert client.post(f"/en/account/demo/{real.public_id}/").status_code == 404


def test_a_demo_account_is_not_signed_in_by_a_link(client: Client) -> None:
    owner = a_user("owner@demo.example")

    assert client.get(f"/en/account/demo/{owner.public_id}/").status_code == 405


def test_demo_sign_in_does_not_exist_outside_the_demo(client: Client, settings: Any) -> None:
    settings.DEMO = False
    owner = a_user("owner@demo.example")

    assert client.get("/en/account/demo/").status_code == 404
    assert client.post(f"/en/account/demo/{owner.public_id}/").status_code == 404
    assert "/account/demo/" not in text(client.get("/en/account/login/"))


@pytest.mark.parametrize("number", [1, 30])
def test_the_demo_page_takes_the_same_queries_for_one_account_and_thirty(
    client: Client, number: int, django_assert_max_num_queries: Any
) -> None:
    for each in range(number):
        edition = an_edition()
        user = a_user(f"demo{each}@demo.example")
        a_membership(edition.programme.organiser, user, MemberRole.VIEWER)
        a_part(edition, user)
        a_contact(a_participant(edition), user)
        an_affiliation(user=user)

    with django_assert_max_num_queries(12):
        client.get("/en/account/demo/")


def code_in(letter: Any) -> str:
    found = re.search(r"^([A-Z0-9]{4,}-?[A-Z0-9]*)$", letter.body, re.MULTILINE)
    assert found is not None, letter.body
    return found[1]


def test_a_code_by_mail_signs_in_and_goes_on_to_where_one_was_going(client: Client) -> None:
    person = a_user(language="nb")

    client.post("/en/account/login/", {"login": person.email, "next": "/en/account/me/settings/"})
    (letter,) = mail.outbox
    response = client.post(
        "/en/account/login/code/confirm/",
        {"code": code_in(letter), "next": "/en/account/me/settings/"},
    )

    assert response["Location"] == "/en/account/me/settings/"
    assert "kode" in letter.subject.lower(), "the message is in the person's own language"


def test_a_new_account_speaks_the_language_it_was_opened_in(client: Client) -> None:
    client.post("/ru/account/signup/", {"email": "new@example.org"})

    (letter,) = mail.outbox
    response = client.post("/ru/account/confirm-email/", {"code": code_in(letter)})

    assert response.status_code == 302
    page = client.get("/ru/account/me/settings/")
    assert page.context["form"].initial["language"] == "ru"


def test_messages_about_an_account_name_the_product_rather_than_its_address(client: Client) -> None:
    client.post("/en/account/signup/", {"email": "new@example.org"})

    (letter,) = mail.outbox
    assert "Hello from Kåring!" in letter.body
    assert "Hello from testserver" not in letter.body


def test_sign_in_takes_a_password_from_those_who_have_set_one(client: Client, settings: Any) -> None:
    settings.ACCOUNT_FORMS = {"login": "kaaring.web.account.forms.SignInForm"}
    person = a_user()
    person.set_password("correct horse battery")
    person.save()

    wrong = client.post("/en/account/login/", {"login": person.email, "password": "wrong"})
    right = client.post("/en/account/login/", {"login": person.email, "password": "correct horse battery"})

    assert wrong.status_code == 200
    assert right["Location"] == HOME
    assert mail.outbox == []


def test_sign_in_without_a_password_sends_a_code(client: Client, settings: Any) -> None:
    settings.ACCOUNT_FORMS = {"login": "kaaring.web.account.forms.SignInForm"}
    person = a_user()

    response = client.post("/en/account/login/", {"login": person.email, "password": ""})

    assert response["Location"].startswith("/en/account/login/code/confirm/")
    assert len(mail.outbox) == 1


MANAGED = (
    "email/",
    "password/set/",
    "2fa/",
    "2fa/totp/activate/",
    "2fa/webauthn/",
    "2fa/webauthn/add/",
    "sessions/",
    "logout/",
    "3rdparty/",
)


@pytest.mark.parametrize("address", MANAGED)
def test_pages_about_the_account_are_in_our_look_and_free_of_inline_style(address: str) -> None:
    response = signed_in(a_user()).get(f"/en/account/{address}")

    page = text(response)
    assert response.status_code == 200
    assert "kaaring/kaaring.css" in page
    assert 'class="page-head"' in page
    assert "style=" not in page
    assert "csrfmiddlewaretoken" in page or "<form" not in page


@pytest.mark.parametrize("address", ["login/", "signup/", "login/code/", "password/reset/"])
def test_pages_at_the_entrance_are_in_our_look_and_offer_the_demo(client: Client, address: str) -> None:
    page = text(client.get(f"/en/account/{address}"))

    assert "kaaring/kaaring.css" in page
    assert "/en/account/demo/" in page
    assert "style=" not in page
