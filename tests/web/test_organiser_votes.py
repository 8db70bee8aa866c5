"""The organiser's page of a public vote, and what other pages say of such a stage."""

import csv
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from kaaring.jury.actions.votes import enter_votes
from kaaring.jury.models import Ballot, Stage
from kaaring.people.models import MemberRole
from kaaring.programmes.models import Edition
from tests.build import a_member
from tests.jury.marking import a_conflict, a_juror_of, a_stage, an_assignment
from tests.jury.voting import a_voted_edition, cast, now_open, voted_on
from tests.web.setup_pages import at, filled, text

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def edition() -> Edition:
    return a_voted_edition()


@pytest.fixture
def stage(edition: Edition) -> Stage:
    return now_open(edition)


@pytest.fixture
def client(edition: Edition) -> Client:
    return signed_in(edition)


def signed_in(edition: Edition, role: MemberRole = MemberRole.OWNER) -> Client:
    client = Client()
    client.force_login(a_member(edition.programme.organiser, role))
    return client


def page_of(stage: Stage) -> str:
    return at(stage.edition, f"votes/{stage.code}/")


def save_at(stage: Stage) -> str:
    return page_of(stage) + "save/"


def test_both_kinds_of_votes_stand_side_by_side_with_share_and_place(stage: Stage, client: Client) -> None:
    a, b = voted_on(stage, "A1"), voted_on(stage, "A2")
    voted_on(stage, "B1", "bot")
    enter_votes(stage.pk, {a.pk: 10}, by="command", at=timezone.now())
    cast(stage, a, 2)
    cast(stage, b, 4)

    page = text(client.get(page_of(stage)))

    assert "<b>16</b> votes count so far." in page
    rows = [part.split("</tr>")[0] for part in page.split("<tr")]
    first, second, third = (next(row for row in rows if f"{code} Case" in row) for code in ("A1", "A2", "B1"))
    assert 'value="10"' in first
    assert all(cell in first for cell in (">2</td>", ">12</td>", ">75.0</td>", '"place place-1">1<'))
    assert all(cell in second for cell in (">4</td>", ">25.0</td>", '"place">2<'))
    assert "no place" in third
    assert "command was the last to enter a count" in page


def test_counts_are_stored_in_one_go_and_only_what_was_changed_is_sent_on(
    stage: Stage, client: Client
) -> None:
    a, b = voted_on(stage, "A1"), voted_on(stage, "A2")
    form = filled(client.get(page_of(stage)), save_at(stage))
    assert (form[a.public_id], form[f"was-{a.public_id}"]) == ([""], [""])

    response = client.post(save_at(stage), {**form, a.public_id: "12", b.public_id: ""}, follow=True)

    assert "The votes are stored." in text(response)
    assert list(Ballot.objects.values_list("entry", "votes")) == [(a.pk, 12)]
    again = client.post(save_at(stage), filled(client.get(page_of(stage)), save_at(stage)), follow=True)
    assert "Nothing has changed." in text(again)


def test_a_changed_count_asks_for_the_reason_and_keeps_what_was_typed(stage: Stage, client: Client) -> None:
    a = voted_on(stage, "A1")
    enter_votes(stage.pk, {a.pk: 10}, by="command", at=timezone.now())
    form = filled(client.get(page_of(stage)), save_at(stage)) | {a.public_id: "11"}

    refused = client.post(save_at(stage), form)

    assert refused.status_code == 409
    assert "Counts that were entered before change: A1." in text(refused)
    assert 'value="11"' in text(refused)
    assert Ballot.objects.get().votes == 10
    client.post(save_at(stage), form | {"why": "Counted again."})
    assert Ballot.objects.get().votes == 11


def test_what_somebody_else_has_entered_meanwhile_is_not_overwritten(stage: Stage, client: Client) -> None:
    a = voted_on(stage, "A1")
    form = filled(client.get(page_of(stage)), save_at(stage)) | {a.public_id: "11", "why": "Mine."}
    enter_votes(stage.pk, {a.pk: 10}, by="ola", at=timezone.now())

    refused = client.post(save_at(stage), form)

    assert refused.status_code == 409
    assert "Somebody else has entered counts at the same time: A1." in text(refused)
    assert Ballot.objects.get().votes == 10


@pytest.mark.parametrize("typed", ["-1", "1.5", "many", "3000000000"])
def test_what_is_no_count_is_marked_and_nothing_is_stored(stage: Stage, client: Client, typed: str) -> None:
    a, b = voted_on(stage, "A1"), voted_on(stage, "A2")
    form = filled(client.get(page_of(stage)), save_at(stage)) | {a.public_id: "5", b.public_id: typed}

    refused = client.post(save_at(stage), form)

    assert refused.status_code == 422
    assert "Nothing was stored: some counts cannot be right." in text(refused)
    assert f'value="{typed}"' in text(refused)
    assert not Ballot.objects.exists()


def test_a_count_that_was_taken_away_is_marked(stage: Stage, client: Client) -> None:
    a = voted_on(stage, "A1")
    enter_votes(stage.pk, {a.pk: 10}, by="command", at=timezone.now())
    form = filled(client.get(page_of(stage)), save_at(stage)) | {a.public_id: ""}

    refused = client.post(save_at(stage), form)

    assert refused.status_code == 422
    assert "A count stood here. Write 0 where nobody voted." in text(refused)


def test_before_the_vote_opens_there_is_nothing_to_fill_in(edition: Edition, client: Client) -> None:
    stage = now_open(edition, opens_at=timezone.now() + DAY / 2)
    a = voted_on(stage, "A1")

    assert "nobody can have voted" in text(client.get(page_of(stage)))
    assert f'name="{a.public_id}"' not in text(client.get(page_of(stage)))
    refused = client.post(save_at(stage), {a.public_id: "5", f"was-{a.public_id}": ""})
    assert refused.status_code == 409


def test_a_stage_of_jurors_or_without_a_period_has_no_such_page(edition: Edition, client: Client) -> None:
    a_stage(edition)

    assert client.get(at(edition, "votes/marking/")).status_code == 404
    assert client.get(at(edition, "votes/public/")).status_code == 404
    assert client.get(at(edition, "votes/none/")).status_code == 404


def test_who_may_only_read_sees_the_votes_and_cannot_store_any(stage: Stage) -> None:
    a = voted_on(stage, "A1")
    enter_votes(stage.pk, {a.pk: 10}, by="command", at=timezone.now())
    client = signed_in(stage.edition, MemberRole.VIEWER)

    page = text(client.get(page_of(stage)))

    assert "Counted elsewhere" in page
    assert "Store the counts" not in page
    assert client.post(save_at(stage), {a.public_id: "9"}).status_code == 404


def test_the_votes_leave_as_a_spreadsheet(stage: Stage, client: Client) -> None:
    a, b = voted_on(stage, "A1"), voted_on(stage, "A2")
    enter_votes(stage.pk, {a.pk: 1}, by="command", at=timezone.now())
    cast(stage, b, 2)

    response = client.get(page_of(stage) + "votes.csv")

    rows = list(csv.DictReader(StringIO(response.content.decode("utf-8-sig"))))
    assert [(one["entry"], one["elsewhere"], one["here"], one["votes"], one["place"]) for one in rows] == [
        ("A2", "", "2", "2", "1"),
        ("A1", "1", "0", "1", "2"),
    ]
    assert rows[0]["share"].startswith("66.66")


def test_where_votes_are_counted_elsewhere_the_page_has_no_column_for_those_here(
    edition: Edition, client: Client
) -> None:
    readers = now_open(edition, "readers")
    voted_on(readers, "A1")

    page = text(client.get(page_of(readers)))

    assert "Voted here" not in page
    assert "The votes are counted elsewhere" in page


def test_pages_about_jurors_say_that_the_public_votes_here(stage: Stage, client: Client) -> None:
    a = voted_on(stage, "A1")
    edition = stage.edition
    cast(stage, a, 3)

    listed = text(client.get(at(edition, "stages/")))
    own = text(client.get(at(edition, "stages/public/")))
    assigned = text(client.get(at(edition, "assignments/") + "?stage=public"))
    scores = text(client.get(at(edition, "scores/") + "?stage=public"))
    entry = text(client.get(at(edition, f"scores/public/{a.public_id}/")))
    home = text(client.get(at(edition, "")))

    assert all(page_of(stage) in page for page in (listed, own, assigned, scores, entry))
    assert "Calibration" not in own
    assert "<b>3</b> votes</span>" in home
    assert "The public votes in this stage." in assigned
    assert "share in per cent of all votes" in scores
    assert "<b>3</b> votes: 100.0 per cent of those given, place 1." in entry


def test_a_member_with_a_conflict_of_interest_sees_no_votes_of_that_contest(stage: Stage) -> None:
    own = voted_on(stage, "A1")
    cast(stage, voted_on(stage, "A2"), 4)
    voted_on(stage, "B1", "bot")
    member = a_member(stage.edition.programme.organiser)
    assignment = an_assignment(stage, own, a_juror_of(stage.edition, user=member))
    a_conflict(assignment)
    assignment.delete()
    client = Client()
    client.force_login(member)

    page = text(client.get(page_of(stage)))
    sheet = client.get(page_of(stage) + "votes.csv").text

    assert "1 category is hidden" in page
    assert "B1 Case" in page
    assert "A1 Case" not in page
    assert "A2 Case" not in page
    assert [row["entry"] for row in csv.DictReader(StringIO(sheet))] == ["B1"]


def test_the_page_takes_no_more_queries_for_thirty_entries_than_for_one(
    stage: Stage, client: Client, django_assert_max_num_queries: Any
) -> None:
    voted_on(stage, "A0")
    client.get(page_of(stage))
    with django_assert_max_num_queries(24) as few:
        client.get(page_of(stage))
    for number in range(1, 30):
        cast(stage, voted_on(stage, f"A{number}", "bot" if number % 2 else "centre"), 2)

    with django_assert_max_num_queries(len(few)):
        client.get(page_of(stage))
