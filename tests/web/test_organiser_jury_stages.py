"""The organiser's pages about stages."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone

from kaaring.jury.actions import stages
from kaaring.jury.models import Admission, Stage
from kaaring.people.models import MemberRole
from kaaring.programmes.models import Edition
from tests.build import a_measured_edition, a_member
from tests.juried import a_juried_edition, a_juror, an_assignment
from tests.jury.build import a_card, bare_entry
from tests.web.setup_pages import at, filled, signed_in, text

pytestmark = pytest.mark.django_db
OSLO = ZoneInfo("Europe/Oslo")


@pytest.fixture
def edition() -> Edition:
    return a_juried_edition()


@pytest.fixture
def client(edition: Edition) -> Client:
    return signed_in(edition)


def open_now(edition: Edition, code: str = "screening") -> Stage:
    """Return a stage that is open by the clock of the pages."""
    now = timezone.now()
    times = {"opens_at": now - timedelta(days=1), "closes_at": now + timedelta(days=9, hours=1)}
    return stages.open_stage(edition, code, **times, by="test", at=now - timedelta(days=1))


def test_stages_of_the_rules_are_listed_and_the_first_without_a_period_comes_next(
    edition: Edition, client: Client
) -> None:
    page = text(client.get(at(edition, "stages/")))

    assert "No stage is open." in page
    assert "“Screening” has no period yet." in page
    assert page.index("Screening</a>") < page.index("Marking</a>") < page.index("Final</a>")
    assert page.count("no period</span>") == 3


def test_an_open_stage_says_how_long_it_is_open_and_how_much_is_done(
    edition: Edition, client: Client
) -> None:
    entry = bare_entry(edition)
    stage = open_now(edition)
    a_card(an_assignment(stage, entry), is_final=True)
    an_assignment(stage, entry)

    page = text(client.get(at(edition, "stages/")))

    assert "<b>Screening</b> is open: 1\xa0week, 2\xa0days left" in page
    assert "1 of 2" in page
    assert "“Marking” has no period yet." in page


def test_a_stage_says_who_sees_what_in_it(edition: Edition, client: Client) -> None:
    page = text(client.get(at(edition, "stages/screening/")))

    assert "Jurors do not see who enters" in page
    assert "Entrants and the public see nothing before" in page


def test_the_period_of_the_rules_is_offered_and_stored_on_the_editions_clock(
    edition: Edition, client: Client
) -> None:
    bare_entry(edition)
    address = at(edition, "stages/screening/period/")
    form = filled(client.get(at(edition, "stages/screening/")), address)
    assert form == {"opens_at": ["2030-02-01T00:00"], "closes_at": ["2030-02-11T00:00"]}

    response = client.post(address, form)

    assert response["Location"] == at(edition, "stages/screening/")
    stage = Stage.objects.get()
    assert stage.opens_at == datetime(2030, 2, 1, tzinfo=OSLO)
    assert "The period of “Screening” is stored." in text(client.get(response["Location"]))
    assert Admission.objects.count() == 1


def test_a_stage_is_moved_and_what_is_refused_is_said_with_nothing_lost(
    edition: Edition, client: Client
) -> None:
    open_now(edition)
    address = at(edition, "stages/screening/period/")
    form = filled(client.get(at(edition, "stages/screening/")), address)

    refused = client.post(address, {**form, "closes_at": "2020-01-01T12:00", "why": "Easter"})
    assert refused.status_code == 409
    assert "A stage cannot close before it opens." in text(refused)
    assert filled(refused, address)["why"] == ["Easter"]

    client.post(address, {**form, "closes_at": "2031-01-01T12:00"})
    assert Stage.objects.get().closes_at == datetime(2031, 1, 1, 12, tzinfo=OSLO)


def test_a_period_without_an_end_is_asked_for_again(edition: Edition, client: Client) -> None:
    response = client.post(at(edition, "stages/screening/period/"), {"opens_at": "2030-02-01T00:00"})

    assert response.status_code == 422
    assert 'aria-invalid="true"' in text(response)
    assert not Stage.objects.exists()


def test_an_open_stage_is_closed_and_one_that_is_not_open_is_not(edition: Edition, client: Client) -> None:
    open_now(edition)
    address = at(edition, "stages/screening/close/")
    assert client.post(address, {"reason": "Everybody is done"}).status_code == 302
    assert Stage.objects.get().closes_at <= timezone.now()

    again = client.post(address)
    assert again.status_code == 409
    assert "“Screening” is closed." in text(again)


def test_closing_a_stage_says_how_many_readings_are_not_done(edition: Edition, client: Client) -> None:
    entry = bare_entry(edition)
    stage = open_now(edition)
    a_card(an_assignment(stage, entry), is_final=True)
    an_assignment(stage, entry)
    a_card(an_assignment(stage, entry))

    page = text(client.post(at(edition, "stages/screening/close/"), follow=True))

    assert "The stage is closed. 2 readings are not done." in page


def test_a_stage_is_not_closed_by_a_member_who_has_a_scorecard_to_finish_in_it(edition: Edition) -> None:
    stage = open_now(edition)
    member = a_member(edition.programme.organiser)
    an_assignment(stage, bare_entry(edition), a_juror(edition, user=member))
    client = Client()
    client.force_login(member, backend="django.contrib.auth.backends.ModelBackend")

    page = text(client.get(at(edition, "stages/screening/")))
    refused = client.post(at(edition, "stages/screening/close/"))

    reason = "You judge in “Screening” yourself and have 1 scorecard to finish."
    assert reason in page
    assert "Close it now" not in page
    assert refused.status_code == 409
    assert reason in text(refused)


def test_entries_submitted_later_are_let_in_with_one_button(edition: Edition, client: Client) -> None:
    open_now(edition)
    bare_entry(edition)
    page = text(client.get(at(edition, "stages/screening/")))
    assert "1 submitted entry is not in the stage yet." in page

    response = client.post(at(edition, "stages/screening/admit/"), follow=True)

    assert "1 entry has come in." in text(response)
    assert "nobody reads them yet" in text(response)


def test_letting_in_is_refused_once_the_stage_is_closed(edition: Edition, client: Client) -> None:
    stage = open_now(edition)
    bare_entry(edition)
    stages.close_stage(stage.pk, by="test", at=timezone.now())

    assert client.post(at(edition, "stages/screening/admit/")).status_code == 409


def test_by_hand_an_entry_goes_in_and_out_with_reasons(edition: Edition, client: Client) -> None:
    open_now(edition, "final")
    entry = bare_entry(edition)
    by_hand, out = at(edition, "stages/final/by-hand/"), f"stages/final/entries/{entry.public_id}/end/"

    assert client.post(by_hand, {"entry": entry.code.lower(), "reason": "Wild card"}).status_code == 302
    assert entry.case.title in text(client.get(at(edition, "stages/final/")))
    assert client.post(at(edition, out), {"reason": ""}).status_code == 409
    assert client.post(at(edition, out), {"reason": "Not eligible"}).status_code == 302
    assert "No entry is in this stage" in text(client.get(at(edition, "stages/final/")))


def test_an_entry_nobody_knows_or_a_draft_is_not_put_in(edition: Edition, client: Client) -> None:
    open_now(edition, "final")
    draft = bare_entry(edition, submitted_at=None)
    address = at(edition, "stages/final/by-hand/")

    unknown = client.post(address, {"entry": "999", "reason": "Wild card"})
    assert unknown.status_code == 422
    assert "There is no entry “999” in this edition." in text(unknown)
    assert client.post(address, {"entry": draft.code, "reason": "Wild card"}).status_code == 409


def test_the_calibration_entry_is_chosen_and_given_up(edition: Edition, client: Client) -> None:
    open_now(edition)
    entry, address = bare_entry(edition), at(edition, "stages/screening/calibration/")

    chosen = client.post(address, {"entry": entry.code}, follow=True)
    assert f"Jurors begin with <b>{entry.code} {entry.case.title}</b>." in text(chosen)
    none = client.post(address, {"entry": ""}, follow=True)
    assert "No entry is chosen" in text(none)
    assert client.post(address, {"entry": "999"}).status_code == 422
    draft = bare_entry(edition, submitted_at=None)
    assert client.post(address, {"entry": draft.code}).status_code == 409


def test_an_unknown_stage_and_an_edition_without_a_jury_have_no_page(
    edition: Edition, client: Client
) -> None:
    assert client.get(at(edition, "stages/interviews/")).status_code == 404
    assert client.post(at(edition, "stages/screening/close/")).status_code == 404
    measured = a_measured_edition()
    assert signed_in(measured).get(at(measured, "stages/")).status_code == 404


def test_who_only_reads_changes_no_stage(edition: Edition) -> None:
    open_now(edition)
    entry = bare_entry(edition)
    viewer = signed_in(edition, MemberRole.VIEWER)

    assert "Move the stage" not in text(viewer.get(at(edition, "stages/screening/")))
    for address in (
        "period/",
        "close/",
        "admit/",
        "by-hand/",
        "calibration/",
        f"entries/{entry.public_id}/end/",
    ):
        assert viewer.post(at(edition, f"stages/screening/{address}")).status_code == 404


def test_the_entries_of_one_category_are_shown_alone(edition: Edition, client: Client) -> None:
    team, person = bare_entry(edition), bare_entry(edition, "person")
    open_now(edition)

    page = text(client.get(at(edition, "stages/screening/?category=person")))

    assert person.case.title in page
    assert team.case.title not in page


@pytest.mark.parametrize("count", [1, 30])
def test_pages_take_as_many_queries_for_many_entries_as_for_one(
    count: int, edition: Edition, client: Client, django_assert_max_num_queries: Any
) -> None:
    for _turn in range(count):
        bare_entry(edition)
    stage = open_now(edition)
    for admission in stage.admissions.select_related("entry"):
        a_card(an_assignment(stage, admission.entry), is_final=True)
    client.get(at(edition, "stages/"))

    with django_assert_max_num_queries(12):
        client.get(at(edition, "stages/"))
    with django_assert_max_num_queries(18):
        client.get(at(edition, "stages/screening/"))
