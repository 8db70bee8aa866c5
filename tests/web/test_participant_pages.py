"""Participants' own pages: who may see them, what they say, and what they never say."""

import re
from typing import Any

import pytest
from django.test import Client

from kaaring.fieldwork.actions import exclude_evaluation, submit_evaluations
from kaaring.fieldwork.models import Enquiry, Evaluation, Shopper
from kaaring.people.models import MemberRole, User
from kaaring.programmes.models import Edition
from kaaring.results.actions import decide_open_awards, publish_run, withdraw_run
from kaaring.results.queries.runs import current_run
from kaaring.survey.models import Participant
from tests import measured
from tests.build import (
    NOON,
    a_contact,
    a_measured_edition,
    a_member,
    a_published_edition,
    a_user,
    an_evaluation_row,
    an_organiser,
)

pytestmark = pytest.mark.django_db
TABS = ("", "areas/", "performances/", "weeks/", "channels/", "enquiries/", "report/")
WITH_FEELINGS = measured.SMALL_DEFINITION.replace(
    "    - code: N1",
    """    - code: F1
      area: talk
      multiple: 2
      text: {en: How did you feel?}
      options: [{code: glad, text: Glad}, {code: safe, text: Safe}]
      scored: false
    - code: N1""",
)


def of(edition: Edition, code: str = "centre-1") -> Participant:
    return Participant.objects.get(edition=edition, code=code)


def address(edition: Edition, rest: str = "", code: str = "centre-1", language: str = "en") -> str:
    return f"/{language}/participant/{edition.programme.slug}/{edition.slug}/{code}/{rest}"


def reader(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def contact_of(edition: Edition, code: str = "centre-1") -> Client:
    return reader(a_contact(of(edition, code)).user)


def text(response: Any) -> str:
    return str(response.content.decode())


def first_enquiry(client: Client, edition: Edition) -> str:
    page = text(client.get(address(edition, "enquiries/")))
    found = re.search(r'href="([^"]*/enquiries/\w+/)"', page)
    assert found is not None
    return found[1]


@pytest.mark.parametrize("language", ["nb", "en", "ru"])
@pytest.mark.parametrize("rest", TABS)
def test_a_contact_sees_every_page_in_every_language(rest: str, language: str) -> None:
    edition = a_published_edition(evaluations=12)

    response = contact_of(edition).get(address(edition, rest, language=language))

    assert response.status_code == 200
    assert "Centre 1" in text(response)
    assert f'<html lang="{language}">' in text(response)
    assert "private" in response["Cache-Control"]


@pytest.mark.parametrize("role", MemberRole.values)
def test_whoever_belongs_to_the_organiser_may_look(role: str) -> None:
    edition = a_published_edition()

    assert reader(a_member(edition.programme.organiser, role)).get(address(edition)).status_code == 200


@pytest.mark.parametrize("rest", [*TABS, "report/en.pdf"])
def test_strangers_find_nothing(rest: str) -> None:
    edition = a_published_edition()

    for stranger in (a_user(), a_member(an_organiser()), a_contact(of(edition, "centre-2")).user):
        assert reader(stranger).get(address(edition, rest)).status_code == 404


def test_whoever_has_not_signed_in_is_asked_to() -> None:
    edition = a_published_edition()

    response = Client().get(address(edition))

    assert response.status_code == 302
    assert "/account/login/" in response["Location"]


def test_an_unknown_participant_is_not_found_by_the_organiser_either() -> None:
    edition = a_published_edition()

    client = reader(a_member(edition.programme.organiser))

    assert client.get(address(edition, code="nobody")).status_code == 404


@pytest.mark.parametrize("rest", [*TABS, "report/en.pdf"])
def test_before_publishing_every_page_says_when_results_come_and_holds_no_score(rest: str) -> None:
    edition = a_measured_edition(evaluations=4)

    page = text(contact_of(edition).get(address(edition, rest)))

    assert "25 April 2030" in page
    assert 'class="tabs"' not in page
    for sign in ("dw-dot", 'class="num', "%PDF", "Took the time it needed."):
        assert sign not in page


@pytest.mark.parametrize("rest", TABS)
def test_after_a_withdrawal_every_page_says_why_and_holds_no_score(rest: str) -> None:
    edition = a_published_edition()
    run = current_run(edition)
    assert run is not None
    withdraw_run(run, reason="A file was read twice.", by="test", at=run.published_at)

    page = text(contact_of(edition).get(address(edition, rest)))

    assert "A file was read twice." in page
    assert "dw-dot" not in page


def test_a_contact_of_one_participant_goes_straight_there() -> None:
    edition = a_published_edition()

    response = contact_of(edition).get("/en/participant/")

    assert response["Location"] == address(edition)


def test_a_contact_of_several_participants_chooses() -> None:
    edition = a_published_edition()
    user = a_contact(of(edition)).user
    a_contact(of(edition, "centre-2"), user)

    page = text(reader(user).get("/en/participant/"))

    assert "Centre 1" in page
    assert "Centre 2" in page


def test_somebody_who_is_no_contact_is_told_what_to_do() -> None:
    assert "ask the organiser to send the invitation" in text(reader(a_user()).get("/en/participant/"))


def test_the_overview_says_the_score_and_the_place() -> None:
    edition = a_published_edition(participants=4, evaluations=12)

    page = text(contact_of(edition).get(address(edition)))

    assert "of 2 in the class" in page
    assert "11 of 12 enquiries were answered within the limit." in page
    assert "best in the class" in page


def test_alone_nobody_does_better_and_the_overview_says_so() -> None:
    edition = a_published_edition(participants=1, evaluations=1)

    page = text(contact_of(edition).get(address(edition)))

    assert "No performance is above the mean of all." in page
    assert "No performance is below the mean of all." in page


def test_every_question_with_points_stands_with_what_it_cost() -> None:
    edition = a_published_edition(participants=4, evaluations=12)

    page = text(contact_of(edition).get(address(edition, "performances/")))

    for question in ("W1", "H1", "S1", "M1"):
        assert f'id="{question}"' in page
    assert "Enquiries that nobody answered cost" in page


def test_the_line_over_time_has_its_table() -> None:
    edition = a_published_edition(evaluations=12)

    page = text(contact_of(edition).get(address(edition, "weeks/")))

    assert 'class="chart" role="img"' in page
    assert page.index('class="chart"') < page.index("<details>")


def test_too_few_enquiries_draw_no_line() -> None:
    edition = a_published_edition(evaluations=1)

    assert "too few enquiries to draw a line" in text(contact_of(edition).get(address(edition, "weeks/")))


def test_a_day_or_hour_of_fewer_than_three_enquiries_has_no_name() -> None:
    edition = a_published_edition(evaluations=1)
    made_at = Evaluation.objects.get(enquiry__participant__code="centre-1").at

    page = text(contact_of(edition).get(address(edition, "weeks/")))

    assert f"{made_at:%A}" not in page
    assert page.count('Others, too few to show</th><td class="num">1</td>') == 2


def test_feelings_show_how_often_each_was_chosen() -> None:
    edition = a_measured_edition(definition=WITH_FEELINGS)
    felt = ("glad safe", "glad", "glad", "safe")
    rows = [
        an_evaluation_row(f"E{number}", answers={**measured.BY_PHONE, "F1": answer})
        for number, answer in enumerate(felt)
    ]
    submit_evaluations(edition, rows, by="test", at=NOON)
    decide_open_awards(edition, by="test", at=NOON)
    publish_run(edition, by="test", at=NOON)

    page = text(contact_of(edition).get(address(edition, "areas/")))

    shares = dict(re.findall(r'scope="row" class="lead">(Glad|Safe)</th><td[^>]*>(\d+)</td>', page))
    assert shares == {"Glad": "75", "Safe": "50"}
    assert "4 answers." in page


def test_an_enquiry_shows_every_tick_its_points_and_the_comments() -> None:
    edition = a_published_edition(evaluations=4)
    client = contact_of(edition)

    page = text(client.get(first_enquiry(client, edition)))

    for words in ("How interested was the agent?", "Took the time it needed.", "/ 5", "Enquiry 1 of 4"):
        assert words in page


def test_an_enquiry_nobody_answered_says_so() -> None:
    edition = a_published_edition(evaluations=10)
    client = contact_of(edition)
    unanswered = Evaluation.objects.get(enquiry__participant__code="centre-1", is_answered=False)

    page = text(client.get(address(edition, f"enquiries/{unanswered.public_id}/")))

    assert "Nobody answered within the limit" in page


def test_an_enquiry_of_another_participant_is_not_found() -> None:
    edition = a_published_edition()
    other = Evaluation.objects.filter(enquiry__participant__code="centre-2")[0]

    response = contact_of(edition).get(address(edition, f"enquiries/{other.public_id}/"))

    assert response.status_code == 404


@pytest.mark.parametrize("rest", [*TABS, "one"])
def test_neither_the_shopper_nor_the_day_is_ever_shown(rest: str) -> None:
    edition = a_published_edition(evaluations=4)
    client = contact_of(edition)
    shopper = Shopper.objects.create(edition=edition, code="shopper-7", name="Sherlock Secret")
    Enquiry.objects.filter(edition=edition).update(shopper=shopper, scenario="secret-scenario")

    page = text(client.get(first_enquiry(client, edition) if rest == "one" else address(edition, rest)))

    for evaluation in Evaluation.objects.filter(enquiry__participant__code="centre-1"):
        assert evaluation.enquiry.code not in page
        assert f"{evaluation.at:%Y-%m-%d}" not in page
        assert f"{evaluation.at:%H:%M}" not in page
    for secret in ("shopper-7", "Sherlock", "secret-scenario"):
        assert secret not in page


def test_the_report_comes_as_a_document_in_the_language_asked_for() -> None:
    edition = a_published_edition()
    client = contact_of(edition)

    response = client.get(address(edition, "report/nb.pdf"))

    assert response["Content-Type"] == "application/pdf"
    assert b"".join(response.streaming_content).startswith(b"%PDF")
    assert response["Content-Disposition"].endswith('filename="quality-prize-2030-centre-1-nb.pdf"')
    assert client.get(address(edition, "report/xx.pdf")).status_code == 404


@pytest.mark.parametrize("rest", TABS)
@pytest.mark.parametrize(("participants", "evaluations"), [(1, 2), (30, 2), (1, 30)])
def test_the_number_of_queries_does_not_grow(
    participants: int, evaluations: int, rest: str, django_assert_max_num_queries: Any
) -> None:
    edition = a_published_edition(participants=participants, evaluations=evaluations)
    client = contact_of(edition)

    with django_assert_max_num_queries(22):
        assert client.get(address(edition, rest)).status_code == 200


def test_enquiries_that_changed_after_publishing_are_said_to_have() -> None:
    edition = a_published_edition()
    client = contact_of(edition)
    assert "changed, reviewed or left out" not in text(client.get(address(edition, "enquiries/")))
    counted = Evaluation.objects.filter(enquiry__participant__code="centre-1").first()
    assert counted is not None

    exclude_evaluation(counted, "A double.", by="test", at=NOON)

    page = text(client.get(address(edition, "enquiries/")))
    assert "changed, reviewed or left out" in page
    assert "changed, reviewed or left out" in text(
        client.get(address(edition, f"enquiries/{counted.public_id}/"))
    )
