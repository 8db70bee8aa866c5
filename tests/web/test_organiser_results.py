"""Organisers' pages of results: standings, means, working, rounding, decisions, runs."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from kaaring.people.models import MemberRole, Organiser
from kaaring.programmes.models import Edition
from kaaring.results import actions
from kaaring.results.models import Decision, Rounding, Run
from kaaring.survey.models import Participant
from tests.results.build import (
    LATER,
    a_member,
    a_participant,
    an_edition,
    an_evaluation,
    an_organiser,
    by_phone,
)

pytestmark = pytest.mark.django_db
PAGES = ("standings/", "standings/ann/", "means/", "rounding/", "decisions/", "runs/")
DOINGS = (
    "rounding/publish/",
    "rounding/withdraw/",
    "decisions/open/",
    "decisions/award/best/",
    "runs/publish/",
)


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def address(page: str) -> str:
    return f"/en/organiser/prisen/2021/{page}"


def as_somebody(role: MemberRole = MemberRole.OWNER, organiser: Organiser | None = None) -> Client:
    client = Client()
    client.force_login(
        a_member(role, organiser or an_organiser()), backend="django.contrib.auth.backends.ModelBackend"
    )
    return client


def an_edition_with_scores() -> Edition:
    edition = an_edition()
    by_phone(a_participant(edition, "ann"), 20, 18)
    by_phone(a_participant(edition, "bo"), 18, 18)
    by_phone(a_participant(edition, "cy", "alarm"), 1, 2)
    by_phone(a_participant(edition, "dee", "alarm"), 20)
    return edition


def text_of(response: Any) -> str:
    """Return what can be read on a page, with single spaces."""
    main = response.content.decode().partition('<main id="content">')[2].partition("</main>")[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))


def read(client: Client, page: str, **query: str) -> str:
    response = client.get(address(page), query)
    assert response.status_code == 200
    return text_of(response)


@pytest.mark.parametrize("page", PAGES)
def test_strangers_find_no_such_page(page: str) -> None:
    an_edition_with_scores()
    elsewhere = Organiser.objects.create(slug="elsewhere", name="Elsewhere")

    assert as_somebody(organiser=elsewhere).get(address(page)).status_code == 404
    assert Client().get(address(page)).status_code == 302


@pytest.mark.parametrize("page", PAGES)
def test_viewers_read_every_page_and_are_offered_nothing_to_change(page: str) -> None:
    an_edition_with_scores()
    response = as_somebody(MemberRole.VIEWER).get(address(page))

    assert response.status_code == 200
    assert b'method="post"' not in response.content.partition(b"<main")[2]


@pytest.mark.parametrize("doing", DOINGS)
def test_viewers_change_nothing(doing: str) -> None:
    an_edition_with_scores()
    viewer = as_somebody(MemberRole.VIEWER)

    assert viewer.post(address(doing)).status_code == 404
    assert viewer.get(address(doing)).status_code == 405
    assert not Decision.objects.exists()
    assert not Run.objects.exists()


@pytest.mark.parametrize("page", PAGES)
def test_every_page_has_at_most_one_primary_action(page: str) -> None:
    an_edition_with_scores()
    content = as_somebody().get(address(page)).content.decode()

    assert content.count("btn-primary") <= 1


@pytest.mark.parametrize("page", [page for page in PAGES if "ann" not in page])
def test_an_empty_page_teaches_the_next_step(page: str) -> None:
    an_edition()
    owner = as_somebody()

    assert "btn-primary" in owner.get(address(page)).content.decode()


def test_standings_show_places_scores_and_who_cannot_be_told_apart() -> None:
    an_edition_with_scores()
    page = read(as_somebody(), "standings/")

    assert "Mean of all 64.2" in page
    assert "Places 1 to 2 cannot be told apart with 2 enquiries each" in page
    assert "1 Ann Banks 95.0" in page
    assert "1 enquiry is too few for a score." in page


def test_a_band_of_participants_with_different_enquiries_names_no_number() -> None:
    edition = an_edition_with_scores()
    by_phone(Participant.objects.get(edition=edition, code="ann"), 19)

    assert "Places 1 to 2 cannot be told apart 1 Ann" in read(as_somebody(), "standings/")


def test_a_band_within_one_shared_place_says_so() -> None:
    edition = an_edition()
    for code in ("ann", "bo"):
        by_phone(a_participant(edition, code), 20, 10)

    assert "Place 1 is shared and cannot be told apart" in read(as_somebody(), "standings/")


def test_without_spread_there_is_a_dot_and_no_interval() -> None:
    edition = an_edition(scoring={"minimum_enquiries": 1})
    by_phone(a_participant(edition, "ann"), 20)
    content = as_somebody().get(address("standings/")).content.decode()

    assert "dw-dot" in content.partition("<tbody")[2].partition("</tbody>")[0]
    assert "dw-whisker" not in content.partition("<tbody")[2].partition("</tbody>")[0]


def test_standings_are_shown_for_a_measure_a_class_and_a_day() -> None:
    an_edition_with_scores()
    owner = as_somebody()

    assert "Banks" in read(owner, "standings/", measure="area:agent", in_class="banks")
    assert "Cy" not in read(owner, "standings/", in_class="banks")
    assert "Nobody has a score here yet" in read(owner, "standings/", until="2021-01-01")
    assert "Write the day as year-month-day." in read(owner, "standings/", until="yesterday")
    assert owner.get(address("standings/"), {"measure": "area:nowhere"}).status_code == 404
    assert owner.get(address("standings/"), {"in_class": "zoos"}).status_code == 404


def test_a_metric_is_shown_as_figures_without_the_common_scale() -> None:
    edition = an_edition()
    for answer in ("10", "9", "3"):
        an_evaluation(_bank(edition), KB1="1", KB2="no", CX1=answer)
    content = as_somebody().get(address("standings/"), {"measure": "metric:nps"}).content.decode()

    assert "33.3" in content
    assert 'class="dw"' not in content


def _bank(edition: Edition) -> Participant:
    found = Participant.objects.filter(code="ann").first()
    return found or a_participant(edition, "ann")


@pytest.mark.parametrize("count", [1, 30])
def test_the_page_of_standings_takes_few_queries_for_any_number_of_participants(
    count: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    edition = an_edition()
    for number in range(count):
        by_phone(a_participant(edition, f"p{number}"), 10, 20)
    owner = as_somebody()
    for page, most in {"standings/": 9, "means/": 11, "means/?tab=areas": 9, "standings/p0/": 17}.items():
        with django_assert_max_num_queries(most):
            owner.get(address(page))


def test_means_are_shown_over_all_and_beside_a_class() -> None:
    an_edition_with_scores()
    owner = as_somebody()

    assert "Total result 64.2" in read(owner, "means/")
    assert "Total result 92.5 64.2 +28.3" in read(owner, "means/", in_class="banks")
    assert "The agent" in read(owner, "means/", tab="areas")
    assert "KB1" in read(owner, "means/", tab="questions")
    assert owner.get(address("means/"), {"in_class": "zoos"}).status_code == 404
    assert owner.get(address("means/"), {"tab": "unknown"}).status_code == 404


def test_the_working_shows_every_enquiry_and_why_some_are_left_out() -> None:
    edition = an_edition_with_scores()
    ann = Participant.objects.get(edition=edition, code="ann")
    by_phone(ann, 3, excluded="The line was down.")
    by_phone(ann, 3, review="held")
    page = read(as_somebody(), "standings/ann/")

    assert "95.0 from 2 enquiries, place 1 of all, place 1 in the class" in page
    assert "E001 Phone" in page
    assert "20 20 100.0" in page
    assert "excluded: The line was down." in page
    assert "held for review" in page


def test_an_unanswered_enquiry_that_does_not_count_in_the_total_is_said_to_be_left_out() -> None:
    edition = an_edition(scoring={"unanswered": "leave_out"})
    an_evaluation(a_participant(edition, "ann"), SV1="no")

    assert "not observed" in read(as_somebody(), "standings/ann/")


def test_an_enquiry_opens_down_to_its_questions() -> None:
    edition = an_edition_with_scores()
    ann = Participant.objects.get(edition=edition, code="ann")
    opened = an_evaluation(ann, "email", KB1="5")
    unanswered = an_evaluation(ann, SV1="no")
    owner = as_somebody()

    page = read(owner, "standings/ann/", open=opened.public_id)
    assert "The agent: 50.0, 5 of 10 points" in page
    assert "KB2 not asked on this channel" in page
    assert "In total 5 of 10 points, which is 50.0" in page
    assert "nobody answered" in read(owner, "standings/ann/", open=unanswered.public_id)
    assert owner.get(address("standings/ann/"), {"open": "unknown"}).status_code == 404
    assert owner.get(address("standings/bo/"), {"open": opened.public_id}).status_code == 404
    assert owner.get(address("standings/nobody/")).status_code == 404


def test_the_working_of_a_participant_without_evaluations_says_so() -> None:
    a_participant(an_edition(), "ann")

    assert "No evaluation yet" in read(as_somebody(), "standings/ann/")


def test_a_rounding_is_previewed_published_replaced_and_withdrawn() -> None:
    an_edition_with_scores()
    owner = as_somebody()

    assert "Ann 95.0" in read(owner, "rounding/", until="2021-01-31")
    assert "Nobody leads a class" in read(owner, "rounding/", until="2021-01-01")
    published = owner.post(address("rounding/publish/"), {"until": "2021-01-31"}, follow=True)
    assert "The rounding is published." in text_of(published)
    refused = owner.post(address("rounding/publish/"), {"until": "2021-02-01"})
    assert refused.status_code == 409
    assert "Say why it is replaced" in text_of(refused)
    owner.post(address("rounding/publish/"), {"until": "2021-02-01", "because": "Wrong day."})
    assert str(Rounding.objects.get().until) == "2021-02-01"
    assert owner.post(address("rounding/withdraw/"), {"reason": ""}).status_code == 409
    withdrawn = owner.post(address("rounding/withdraw/"), {"reason": "Wrong day."}, follow=True)
    assert "The rounding is withdrawn." in text_of(withdrawn)
    assert not Rounding.objects.exists()


def test_a_rounding_without_a_day_is_asked_for_one() -> None:
    an_edition_with_scores()
    response = as_somebody().post(address("rounding/publish/"), {"until": "soon"})

    assert response.status_code == 422
    assert "Write the day as year-month-day." in text_of(response)


def test_the_day_before_the_announced_rounding_is_proposed() -> None:
    edition = an_edition_with_scores()
    edition.timeline = {"rounding": "2021-02-01T00:00:00"}
    edition.save()

    assert 'value="2021-01-31"' in as_somebody().get(address("rounding/")).content.decode()


def test_open_awards_are_decided_as_measured_with_one_click() -> None:
    an_edition_with_scores()
    owner = as_somebody()

    assert "3 awards by measurement are open" in read(owner, "decisions/")
    done = owner.post(address("decisions/open/"), follow=True)
    assert "3 decisions are made." in text_of(done)
    assert "Check and publish" in text_of(done)
    assert owner.post(address("decisions/open/")).status_code == 409


def test_an_award_is_decided_otherwise_only_with_a_reason() -> None:
    an_edition_with_scores()
    owner = as_somebody()
    refused = owner.post(address("decisions/award/best/"), {"participants": "bo"})

    assert refused.status_code == 409
    assert "This is not what the measurement says." in text_of(refused)
    owner.post(address("decisions/award/best/"), {"participants": "bo", "reason": "Ann has withdrawn."})
    assert "Ann has withdrawn." in read(owner, "decisions/")


def test_an_award_in_a_class_is_decided_in_that_class() -> None:
    an_edition_with_scores()
    owner = as_somebody()
    owner.post(
        address("decisions/award/class-winner/banks/"), {"participants": "ann", "quote_en": "So kind!"}
    )

    decision = Decision.objects.get()
    assert (decision.competition_class_id, decision.quote) == (
        decision.participant.competition_class_id,
        {"en": "So kind!"},
    )
    assert owner.post(address("decisions/award/class-winner/zoos/"), {}).status_code == 404
    assert owner.post(address("decisions/award/unknown/"), {}).status_code == 404


def test_an_appointment_carries_its_citation() -> None:
    an_edition_with_scores()
    owner = as_somebody()
    owner.post(
        address("decisions/award/feat/"), {"participants": "dee", "citation_en": "For calm in the storm."}
    )

    assert "For calm in the storm." in read(owner, "decisions/")


@pytest.mark.parametrize(
    ("chosen", "sentence"),
    [
        ({}, "Choose at least one participant."),
        ({"participants": "nobody"}, "“nobody” does not take part in this edition."),
    ],
)
def test_a_decision_for_nobody_says_what_is_missing(chosen: dict[str, str], sentence: str) -> None:
    an_edition_with_scores()
    response = as_somebody().post(address("decisions/award/best/"), chosen)

    assert response.status_code == 422
    assert sentence in text_of(response)


def test_a_decision_is_revoked_with_a_reason_that_stays() -> None:
    edition = an_edition_with_scores()
    (decision, *_others) = actions.decide_open_awards(edition, by="command", at=LATER)
    owner = as_somebody()

    assert owner.post(address(f"decisions/revoke/{decision.pk}/"), {"reason": ""}).status_code == 409
    owner.post(address(f"decisions/revoke/{decision.pk}/"), {"reason": "Look again."})
    assert "Look again." in read(owner, "decisions/")
    assert owner.post(address("decisions/revoke/99999/"), {"reason": "Look again."}).status_code == 404


def test_publishing_is_held_back_until_the_awards_are_decided() -> None:
    an_edition_with_scores()
    owner = as_somebody()

    assert "3 awards by measurement are not decided" in read(owner, "runs/")
    refused = owner.post(address("runs/publish/"))
    assert refused.status_code == 409
    assert "Class winner, Banks" in text_of(refused)
    owner.post(address("decisions/open/"))
    assert "Publish run 1" in read(owner, "runs/")


def test_an_overtaken_decision_is_pointed_out_where_decided_and_where_published() -> None:
    edition = an_edition_with_scores()
    actions.decide_open_awards(edition, by="command", at=LATER)
    by_phone(Participant.objects.get(edition=edition, code="ann"), 0, 0, 0)
    owner = as_somebody()

    assert "departs from the measurement" in read(owner, "decisions/")
    assert "2 decisions depart from the measurement without a reason" in read(owner, "runs/")


def test_a_run_is_published_and_withdrawn_with_a_reason_that_stays() -> None:
    edition = an_edition_with_scores()
    actions.decide_open_awards(edition, by="command", at=LATER)
    by_phone(Participant.objects.get(edition=edition, code="bo"), 0, review="held")
    owner = as_somebody()

    assert "1 evaluation is held for review" in read(owner, "runs/")
    published = text_of(owner.post(address("runs/publish/"), follow=True))
    run = Run.objects.get()
    assert "Run 1 is published." in published
    assert run.digest in published
    assert run.input_digest in published
    assert owner.post(address(f"runs/{run.public_id}/withdraw/"), {"reason": " "}).status_code == 409
    withdrawn = owner.post(address(f"runs/{run.public_id}/withdraw/"), {"reason": "Wrong day."}, follow=True)
    assert "Run 1 is withdrawn." in text_of(withdrawn)
    assert "Wrong day." in text_of(withdrawn)
    assert owner.post(address("runs/unknown/withdraw/"), {"reason": "Wrong day."}).status_code == 404


def test_a_replaced_run_is_marked_as_such() -> None:
    edition = an_edition_with_scores()
    actions.decide_open_awards(edition, by="command", at=LATER)
    for _number in range(2):
        actions.publish_run(edition, by="command", at=LATER)
    page = read(as_somebody(), "runs/")

    assert "Run 2 counts" in page
    assert "Run 1 replaced" in page
