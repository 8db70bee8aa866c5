"""Organisers find, add, change and remove participants."""

from typing import Any

import pytest

from kaaring.audit.queries import lines_of
from kaaring.people.models import MemberRole
from kaaring.programmes.queries import chain_of
from kaaring.survey.models import Participant
from tests.build import a_measured_edition, a_member, an_organiser
from tests.web.setup_pages import at, edition_and_client, filled, signed_in, text

pytestmark = pytest.mark.django_db


def post_as_opened(client: Any, edition: Any, rest: str, **changes: Any) -> Any:
    save = at(edition, f"{rest}save/")
    return client.post(save, filled(client.get(at(edition, rest)), save) | changes)


def test_a_participant_is_found_by_name_code_and_class() -> None:
    edition, client = edition_and_client(participants=12)

    by_name = text(client.get(at(edition, "participants/?q=entre+11")))
    by_code = text(client.get(at(edition, "participants/?q=CENTRE-12")))
    by_class = text(client.get(at(edition, "participants/?class=banks")))
    nobody = text(client.get(at(edition, "participants/?q=zebra")))

    assert "Centre 11</a>" in by_name
    assert "Centre 12</a>" not in by_name
    assert "Centre 12</a>" in by_code
    assert "Centre 2</a>" in by_class
    assert "Centre 3</a>" not in by_class
    assert "No participant fits." in nobody


def test_the_list_says_how_many_there_are_on_each_channel_and_in_each_class() -> None:
    edition, client = edition_and_client(participants=3, evaluations=2)
    Participant.objects.filter(code="centre-1").update(channels=["phone"])

    page = text(client.get(at(edition, "participants/")))

    assert "3 contact centres are measured. Phone: 3, E-mail: 2." in page
    assert "Shops (2)" in page
    assert page.count(">2</td>") == 3


def test_a_participant_is_added() -> None:
    edition, client = edition_and_client()

    response = post_as_opened(
        client,
        edition,
        "add/participant/",
        name="New Bank",
        name_en="The New Bank",
        code="new-bank",
        competition_class="banks",
        channels=["email"],
        phone="22 22 22 22",
        email="hello@bank.example",
        chat_url="https://bank.example/chat",
        contact_email="boss@bank.example",
    )

    assert response["Location"] == at(edition, "participants/#participant-new-bank")
    stored = Participant.objects.get(edition=edition, code="new-bank")
    assert (stored.name, stored.name_en, stored.channels) == ("New Bank", "The New Bank", ["email"])
    assert stored.competition_class.code == "banks"
    assert stored.contact_email == "boss@bank.example"
    assert lines_of(chain_of(edition))[0].doing == "participant_added"


def test_a_participant_changes_but_keeps_its_code() -> None:
    edition, client = edition_and_client()

    response = post_as_opened(
        client, edition, "participants/centre-1/", name="Centre One", competition_class="banks", code="other"
    )

    assert response.status_code == 302
    stored = Participant.objects.get(edition=edition, code="centre-1")
    assert (stored.name, stored.competition_class.code) == ("Centre One", "banks")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"name": ""}, "required"),
        ({"channels": []}, "A participant has at least one channel."),
        ({"chat_url": "not an address"}, "valid URL"),
        ({"contact_email": "not an address"}, "valid email"),
        ({"competition_class": "zoos"}, "Select a valid choice"),
    ],
)
def test_what_cannot_be_a_participant_is_said_and_nothing_typed_is_lost(
    typed: dict[str, Any], sentence: str
) -> None:
    edition, client = edition_and_client()

    response = post_as_opened(client, edition, "participants/centre-1/", **{"phone": "33 33 33 33", **typed})

    assert response.status_code == 422
    assert sentence in text(response)
    assert filled(response, at(edition, "participants/centre-1/save/"))["phone"] == ["33 33 33 33"]


def test_a_code_that_is_taken_is_refused() -> None:
    edition, client = edition_and_client()

    response = post_as_opened(
        client, edition, "add/participant/", name="Twin", code="centre-1", competition_class="shops"
    )

    assert response.status_code == 409
    assert "already. Choose another code." in text(response)
    assert filled(response, at(edition, "add/participant/save/"))["name"] == ["Twin"]


def test_a_channel_with_enquiries_is_not_taken_away() -> None:
    edition, client = edition_and_client(evaluations=1)

    response = post_as_opened(client, edition, "participants/centre-1/", channels=["email"])

    assert response.status_code == 409
    assert "has enquiries on phone already" in text(response)


def test_a_participant_goes_until_there_are_enquiries_to_it() -> None:
    edition, client = edition_and_client()

    client.post(at(edition, "participants/centre-1/remove/"))

    assert not Participant.objects.filter(code="centre-1").exists()


def test_a_participant_with_enquiries_stays_and_the_page_says_the_way_out() -> None:
    edition, client = edition_and_client(evaluations=1)

    response = client.post(at(edition, "participants/centre-1/remove/"))

    assert response.status_code == 409
    assert "Exclude its evaluations with a reason instead." in text(response)
    assert Participant.objects.filter(code="centre-1").exists()


def test_an_edition_without_participants_teaches_how_to_bring_them_in() -> None:
    edition, client = edition_and_client(participants=0)

    page = text(client.get(at(edition, "participants/")))

    assert "No participants yet" in page
    assert at(edition, "imports/") in page


def test_a_participants_page_leads_to_inviting_a_contact() -> None:
    edition, client = edition_and_client()

    assert at(edition, "people/#invite") in text(client.get(at(edition, "participants/centre-1/")))


@pytest.mark.parametrize("role", [MemberRole.VIEWER, MemberRole.AUDITOR])
def test_who_only_reads_sees_participants_and_changes_nothing(role: str) -> None:
    edition = a_measured_edition()
    client = signed_in(edition, role)

    assert "btn-primary" not in text(client.get(at(edition, "participants/")))
    assert "<fieldset disabled>" in text(client.get(at(edition, "participants/centre-1/")))
    assert client.get(at(edition, "add/participant/")).status_code == 404
    for rest in ("participants/centre-1/save/", "participants/centre-1/remove/", "add/participant/save/"):
        assert client.post(at(edition, rest)).status_code == 404, rest


def test_strangers_and_other_editions_participants_are_not_found() -> None:
    edition, client = edition_and_client()

    assert client.get(at(edition, "participants/nobody/")).status_code == 404
    client.force_login(a_member(an_organiser()), backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(at(edition, "participants/")).status_code == 404
    assert client.get(at(edition, "participants/centre-1/")).status_code == 404


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_takes_as_few_queries_for_thirty_as_for_one(
    django_assert_max_num_queries: Any, count: int
) -> None:
    edition, client = edition_and_client(participants=count, evaluations=1)
    client.get(at(edition, "participants/"))

    with django_assert_max_num_queries(12):
        client.get(at(edition, "participants/"))


def test_more_than_a_page_of_participants_are_turned() -> None:
    edition, client = edition_and_client(participants=101)

    assert "Page 1 of 2" in text(client.get(at(edition, "participants/")))
    assert "Page 2 of 2" in text(client.get(at(edition, "participants/?page=2")))


@pytest.mark.parametrize("language", ["nb", "en", "ru"])
def test_the_pages_show_in_every_language(language: str) -> None:
    edition, client = edition_and_client()

    for rest in ("participants/", "participants/centre-1/", "add/participant/"):
        assert client.get(at(edition, rest, language)).status_code == 200, rest
