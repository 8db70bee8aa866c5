"""What holds for every request and every answer, and what a published result holds fast."""

from datetime import timedelta

import pytest
from django.test import Client

from kaaring.fieldwork.actions import exclude_evaluation
from kaaring.fieldwork.models import Evaluation
from kaaring.kernel.refused import Refused
from kaaring.people.models import MemberRole
from kaaring.results.actions import withdraw_run
from kaaring.results.queries.runs import current_run, is_outdated
from kaaring.survey.actions import add_participants, change_participant
from kaaring.survey.models import Participant
from tests.build import NOON, a_member, a_participant_row, a_published_edition

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
