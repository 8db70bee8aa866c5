"""What holds for every request and every answer, and what a published result holds fast."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from kaaring.fieldwork.actions import exclude_evaluation
from kaaring.fieldwork.models import Evaluation
from kaaring.kernel.refused import Refused
from kaaring.people.models import MemberRole
from kaaring.results.actions import withdraw_run
from kaaring.results.queries.feedback import release_of
from kaaring.results.queries.runs import current_run, is_outdated
from kaaring.survey.actions import add_participants, change_participant
from kaaring.survey.models import Participant
from kaaring.web.guards import MOST_READ
from tests.build import NOON, a_member, a_participant_row, a_published_edition
from tests.web.test_feedback_pages import published

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(days=9000)


@pytest.mark.parametrize("address", ["/en/?q=%00", "/en/%00/", "/en/account/demo/%00/"])
def test_a_character_that_cannot_be_stored_is_turned_away(address: str) -> None:
    assert Client().get(address).status_code == 400


def test_a_form_with_such_a_character_is_turned_away() -> None:
    assert Client().post("/en/account/login/", {"login": "a\0b@example.org"}).status_code in {200, 400}
    answer = Client().post(
        "/en/account/login/", "login=a%00b", content_type="application/x-www-form-urlencoded"
    )
    assert answer.status_code == 400


def test_such_a_character_is_turned_away_in_a_large_form_with_files_too() -> None:
    edition = published().edition
    client = Client()
    client.force_login(a_member(edition.programme.organiser, MemberRole.OWNER))
    sent = {"reason": "A slip\0", "file": SimpleUploadedFile("x.csv", b" " * (MOST_READ + 1))}

    answer = client.post(f"/en/organiser/{edition}/feedback/withdraw/", sent)

    assert answer.status_code == 400
    assert release_of(edition) is not None
    assert "a character that no keyboard types (NUL)" in answer.text
    name = client.post("/en/account/login/", {"lo\0gin": "a@example.org"})
    assert name.status_code == 400


def too_large(page: str, came_from: str = "") -> Any:
    """What is answered to 200 MB."""
    headers = {"referer": came_from}
    length: Any = {"CONTENT_LENGTH": str(200 * 2**20)}
    return Client().generic("POST", page, headers=headers, **length)


def test_what_is_too_large_is_refused_with_a_page_in_the_language_of_the_address_and_a_way_back() -> None:
    answer = too_large("/nb/entrant/x/y/", "http://testserver/nb/entrant/x/y/?page=2")

    page = answer.text
    assert answer.status_code == 413
    assert '<html lang="nb">' in page
    assert "<title>" in page
    assert "65 MB" in page
    assert '<a class="btn btn-primary" href="/nb/entrant/x/y/?page=2">' in page
    assert 'class="brand" href="/nb/"' in page


@pytest.mark.parametrize(
    "came_from", ["", "https://elsewhere.example/nb/", "javascript:alert(1)", "//elsewhere.example/"]
)
def test_where_the_way_back_is_not_ours_it_leads_to_the_front_page(came_from: str) -> None:
    page = too_large("/ru/entrant/x/y/", came_from).text

    assert '<a class="btn btn-primary" href="/ru/">' in page
    assert "elsewhere" not in page
    assert "javascript" not in page


def test_the_way_back_never_leaves_the_house() -> None:
    page = too_large("/en/", "http://testserver//elsewhere.example/").text

    assert 'href="/elsewhere.example/"' in page


def test_what_is_shown_to_one_person_is_kept_by_no_cache() -> None:
    edition = a_published_edition()
    client = Client()
    client.force_login(a_member(edition.programme.organiser, MemberRole.OWNER))

    answer = client.get(f"/en/organiser/{edition}/")

    assert "private" in answer["Cache-Control"]


def test_a_participant_stays_in_the_class_it_was_published_in() -> None:
    edition = a_published_edition()
    centre = Participant.objects.get(edition=edition, code="centre-1")
    elsewhere = "banks" if centre.competition_class.code == "shops" else "shops"
    moved = a_participant_row(1, class_code=elsewhere)

    with pytest.raises(Refused, match="class_is_published"):
        change_participant(centre, moved, by="command", at=LATER)
    with pytest.raises(Refused, match="class_is_published"):
        add_participants(edition, [moved], by="command", at=LATER)

    run = current_run(edition)
    assert run is not None
    withdraw_run(run, reason="The class was wrong.", by="command", at=LATER)
    assert change_participant(centre, moved, by="command", at=LATER).competition_class.code == elsewhere


def test_an_organiser_is_told_when_evaluations_change_after_publishing() -> None:
    edition = a_published_edition()
    run = current_run(edition)
    client = Client()
    client.force_login(a_member(edition.programme.organiser, MemberRole.OWNER))
    assert run is not None
    assert not is_outdated(run)
    evaluation = Evaluation.objects.filter(enquiry__edition=edition).first()
    assert evaluation is not None

    exclude_evaluation(evaluation, "A double.", by="command", at=LATER)

    assert is_outdated(run)
    assert "have changed since" in client.get(f"/en/organiser/{edition}/").text
    assert "have changed since" in client.get(f"/en/organiser/{edition}/runs/").text


@pytest.mark.parametrize("charset", ["utf-16", "utf-7", "base64", "rot13", "idna"])
def test_a_form_in_an_encoding_that_we_do_not_read_is_answered_in_words(charset: str) -> None:
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    token = client.get("/nb/account/login/").cookies["csrftoken"].value
    kind = f"application/x-www-form-urlencoded; charset={charset}"

    answer = client.generic(
        "POST", "/nb/account/login/", b"login=somebody", content_type=kind, headers={"X-CSRFToken": token}
    )

    assert answer.status_code == 400
    assert '<html lang="nb"' in answer.text


def test_a_form_without_its_token_is_told_what_to_do() -> None:
    client = Client(enforce_csrf_checks=True)

    answer = client.post("/en/account/login/", {"login": "somebody@example.org"})

    assert answer.status_code == 403
    assert "Load the page anew and try once more" in answer.text
