"""What happened to scorecards, told to whom it concerns: answers, reopenings, what stood there before."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from kaaring.jury.actions.asking import answer_query, ask_organiser
from kaaring.jury.actions.scorecards import reopen_scorecard, submit_scorecard
from kaaring.jury.models import Assignment, Juror, Meeting, Scorecard
from tests.build import NOON, a_member, a_membership
from tests.jury.marking import (
    a_conflict,
    a_juried_edition_of,
    a_juror_of,
    a_panel,
    a_sheet,
    an_assignment,
    an_entry_of,
    by_juror,
)
from tests.web.test_juror_pages import HOME, client_of, final
from tests.web.test_juror_reading import a_desk, an_open_stage, page_of, shown, signed_in

pytestmark = pytest.mark.django_db
ORGANISER = "/en/organiser/service-awards/2030/"


def led(desk: Assignment) -> Juror:
    """Return the chair of the panel that marks an entry."""
    chair = a_juror_of(desk.stage.edition)
    a_panel(desk.stage.edition, chair, desk.juror)
    return chair


def reopened(desk: Assignment, chair: Juror) -> Scorecard:
    assert chair.user is not None
    card, by = final(desk), chair.user.public_id
    return reopen_scorecard(card.pk, reason="Marked the wrong case.", by=by, at=timezone.now())


def test_home_tells_of_a_reopened_scorecard_until_it_is_final_again() -> None:
    desk = a_desk()
    card = reopened(desk, led(desk))
    client = signed_in(desk)

    assert "Reopened, so that you can change it" in shown(client, HOME)
    submit_scorecard(desk.pk, a_sheet(), version=card.version, by=by_juror(desk), at=timezone.now())

    assert "News for you" not in shown(client, HOME)


def test_home_tells_of_an_answer_to_all_who_still_mark_the_entry() -> None:
    desk = a_desk()
    beside = an_assignment(desk.stage, desk.entry)
    query = ask_organiser(desk.pk, "Which year?", by=by_juror(desk), at=timezone.now())
    assert "News for you" not in shown(signed_in(desk), HOME)
    owner = a_member(desk.stage.edition.programme.organiser).public_id

    answer_query(query.pk, "2029.", by=owner, at=timezone.now())

    for one in (desk, beside):
        page = shown(signed_in(one), HOME)
        assert "The organiser has answered a question about:" in page
        assert f'href="{page_of(one)}#asked"' in page


def test_one_minute_is_one_minute() -> None:
    page = shown(signed_in(a_desk()), HOME)

    assert "1 minute to read" in page
    assert "1 minutes" not in page


def test_a_scorecard_that_is_not_begun_is_no_draft() -> None:
    desk = a_desk()
    client = signed_in(desk)
    assert ">not begun<" in shown(client, page_of(desk))

    client.post(page_of(desk, "save/"), {"version": "0", "mark-actions": "8"})

    assert "draft, 1 of 3 set" in shown(client, page_of(desk))


def test_the_chair_reads_why_a_scorecard_was_reopened_and_what_stood_there_once_the_jury_meets() -> None:
    desk = a_desk()
    chair = led(desk)
    reopened(desk, chair)
    client = client_of(chair.user)

    page = shown(client, f"{HOME}panel/")
    assert "Marked the wrong case." in page
    assert "Before:" not in page
    Meeting.objects.create(stage=desk.stage, category=desk.entry.category, opened_at=NOON)

    page = shown(client, f"{HOME}panel/")
    assert "Actions 8; Results 5; Other matters 10 (50\u00a0%): 62.0 of 100" in page


def test_a_chair_who_still_marks_the_entry_does_not_read_what_stood_there_before() -> None:
    desk = a_desk()
    chair = led(desk)
    reopened(desk, chair)
    an_assignment(desk.stage, desk.entry, chair)
    Meeting.objects.create(stage=desk.stage, category=desk.entry.category, opened_at=NOON)

    assert "Before:" not in shown(client_of(chair.user), f"{HOME}panel/")


def test_stages_that_open_at_the_same_moment_each_have_one_heading_on_the_chairs_page() -> None:
    edition = a_juried_edition_of()
    now = timezone.now() - timedelta(days=1)
    stages = [an_open_stage(edition, code, opens_at=now) for code in ("marking", "ranking")]
    chair = a_juror_of(edition)
    a_panel(edition, chair)
    for stage in stages:
        for code in ("X1", "X2"):
            entry = edition.entries.filter(code=code).first() or an_entry_of(edition, code=code)
            an_assignment(stage, entry)

    page = shown(client_of(chair.user), f"{HOME}panel/")

    assert page.count("<h2") == 2


def test_the_chairs_page_shows_the_form_for_the_scorecard_that_is_asked_for_and_no_other() -> None:
    desk = a_desk()
    chair = led(desk)
    card, _other = final(desk), final(an_assignment(desk.stage, desk.entry))
    client = client_of(chair.user)
    assert "<textarea" not in shown(client, f"{HOME}panel/")
    assert f"?reopen={card.public_id}#reopen" in shown(client, f"{HOME}panel/")

    page = shown(client, f"{HOME}panel/?reopen={card.public_id}")

    assert page.count("<textarea") == 1
    assert f"panel/{card.public_id}/reopen/" in page


@pytest.mark.parametrize("count", [1, 30])
def test_the_chairs_page_takes_no_more_queries_for_thirty_entries_than_for_one(
    count: int, django_assert_max_num_queries: pytest.FixtureRequest
) -> None:
    desk = a_desk()
    chair = led(desk)
    for one in (desk, *(an_assignment(desk.stage, juror=desk.juror) for _turn in range(count - 1))):
        reopened(one, chair)
    Meeting.objects.create(stage=desk.stage, category=desk.entry.category, opened_at=NOON)
    client = client_of(chair.user)

    with django_assert_max_num_queries(17):  # type: ignore[operator]
        shown(client, f"{HOME}panel/")


def test_the_organiser_reads_what_was_reopened_why_and_what_stood_there() -> None:
    desk = a_desk()
    reopened(desk, led(desk))
    owner = client_of(a_member(desk.stage.edition.programme.organiser))

    page = shown(owner, f"{ORGANISER}scores/marking/{desk.entry.public_id}/")

    assert "Marked the wrong case." in page
    assert desk.juror.name in page
    assert "Actions 8; Results 5; Other matters 10 (50\u00a0%): 62.0 of 100" in page


def a_member_of_the_jury(desk: Assignment) -> Client:
    """The juror of an assignment runs the edition too."""
    a_membership(desk.stage.edition.programme.organiser, desk.juror.user)
    return signed_in(desk)


def test_a_member_of_the_organiser_reads_no_marks_before_the_own_scorecard_is_final() -> None:
    desk = a_desk()
    final(an_assignment(desk.stage, desk.entry))
    client = a_member_of_the_jury(desk)
    address = f"{ORGANISER}scores/marking/{desk.entry.public_id}/"
    locked = shown(client, address)
    assert "some of your scorecards are not final" in locked
    assert "62.0" not in locked

    final(desk)

    assert "62.0" in shown(client, address)


def test_a_member_of_the_organiser_with_a_conflict_reads_neither_the_entry_nor_its_marks() -> None:
    desk = a_desk()
    final(an_assignment(desk.stage, desk.entry))
    client = a_member_of_the_jury(desk)
    pages = [
        f"{ORGANISER}entries/{desk.entry.public_id}/",
        f"{ORGANISER}entries/{desk.entry.public_id}/print.pdf",
        f"{ORGANISER}scores/marking/{desk.entry.public_id}/",
    ]
    a_conflict(desk)
    Assignment.objects.filter(pk=desk.pk).update(ended_at=NOON, ended_reason="A conflict.")
    other = an_entry_of(desk.stage.edition)

    assert [client.get(page).status_code for page in pages] == [404, 404, 404]
    assert client.get(f"{ORGANISER}entries/{other.public_id}/").status_code == 200
