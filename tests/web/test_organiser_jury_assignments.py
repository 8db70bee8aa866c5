"""The organiser's pages about who reads what."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from kaaring.jobs.models import Job
from kaaring.jury.actions import recusals, stages
from kaaring.jury.models import Assignment, Juror, Stage
from kaaring.people.models import MemberRole
from kaaring.programmes.models import Edition
from tests.build import NOON
from tests.juried import a_juried_edition, a_juror, an_assignment, an_organisation
from tests.jury.build import a_card, bare_entry
from tests.web.setup_pages import at, signed_in, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition() -> Edition:
    return a_juried_edition()


@pytest.fixture
def client(edition: Edition) -> Client:
    return signed_in(edition)


def a_jury(edition: Edition, *, entries: int = 4, jurors: int = 3, code: str = "screening") -> Stage:
    """Return a stage, open by the clock of the pages, with entries and a jury."""
    for _turn in range(entries):
        bare_entry(edition)
    for _turn in range(jurors):
        a_juror(edition)
    now = timezone.now()
    times = {"opens_at": now - timedelta(days=1), "closes_at": now + timedelta(days=9)}
    return stages.open_stage(edition, code, **times, by="test", at=now - timedelta(days=1))


def plan(edition: Edition, client: Client, seed: int = 1) -> Any:
    return client.post(at(edition, "assignments/screening/plan/"), {"seed": seed}, follow=True)


def test_each_empty_state_says_what_comes_first(edition: Edition, client: Client) -> None:
    address = at(edition, "assignments/")
    assert "No stage has a period yet" in text(client.get(address))
    stage = a_jury(edition, entries=0, jurors=0)
    assert "No entry is in this stage" in text(client.get(address))
    bare_entry(edition)
    stages.admit_submitted(stage.pk, by="test", at=timezone.now())
    assert "No jurors yet" in text(client.get(address))
    a_juror(edition)
    assert "nobody reads anything yet" in text(client.get(address))


def test_a_plan_is_shown_before_anything_changes_and_then_taken(edition: Edition, client: Client) -> None:
    a_jury(edition)

    preview = plan(edition, client)

    page = text(preview)
    assert "4 entries. An entry is read by 2 jurors. Every reading is placed." in page
    assert "All entries comparable: yes." in page
    assert "this is proven" in page
    assert page.count("(by lot)") == 4
    assert not Assignment.objects.exists()
    job = Job.objects.get()
    assert preview.redirect_chain == [(at(edition, f"plans/{job.public_id}/"), 302)]

    taken = client.post(at(edition, f"plans/{job.public_id}/take/"), follow=True)
    assert "8 new readings are assigned." in text(taken)
    assert "0 of 8 readings are finished." in text(taken)
    assert Assignment.objects.count() == 8


def test_a_plan_that_has_grown_stale_says_so_and_is_not_taken(edition: Edition, client: Client) -> None:
    a_jury(edition)
    plan(edition, client)
    a_juror(edition)
    job = Job.objects.get()
    address = at(edition, f"plans/{job.public_id}/")

    page = text(client.get(address))
    assert "Something changed after this plan was made" in page
    assert "Take this plan" not in page
    refused = client.post(f"{address}take/")
    assert refused.status_code == 409
    assert not Assignment.objects.exists()


def test_what_cannot_be_placed_stands_on_the_page_with_the_reason(edition: Edition, client: Client) -> None:
    a_jury(edition, entries=2, jurors=1)

    page = text(plan(edition, client))

    assert "2 readings cannot be placed." in page
    assert "lacks 1 reading. 1 juror of 1 may read this entry." in page
    assert "Take this plan" in page


def test_a_plan_under_way_is_polled_and_one_that_failed_says_why(edition: Edition, client: Client) -> None:
    a_jury(edition)
    arguments = {"stage": "screening", "seed": 1}
    job = Job.objects.create(kind=Job.Kind.ASSIGNMENT, edition=edition, asked_at=NOON, arguments=arguments)
    address = at(edition, f"plans/{job.public_id}/")
    assert 'hx-trigger="every 2s"' in text(client.get(address))
    part = text(client.get(address, headers={"HX-Request": "true"}))
    assert part.lstrip().startswith('<div id="plan"')
    assert "<html" not in part
    assert client.post(f"{address}take/").status_code == 409

    Job.objects.update(finished_at=NOON, failure="The disk is full.")
    page = text(client.get(address))
    assert "<p>The disk is full.</p>" in page
    assert "There is no plan to take yet." in text(client.post(f"{address}take/"))


def test_nothing_is_planned_for_a_closed_stage_without_entries_or_with_a_strange_draw(
    edition: Edition, client: Client
) -> None:
    stage = a_jury(edition, entries=0)
    assert plan(edition, client).status_code == 409
    assert client.post(at(edition, "assignments/screening/plan/"), {"seed": "x"}).status_code == 422
    stages.close_stage(stage.pk, by="test", at=timezone.now())
    closed = plan(edition, client)
    assert closed.status_code == 409
    assert "“Screening” is closed." in text(closed)
    assert not Job.objects.exists()


def test_entries_are_given_and_taken_away_by_hand(edition: Edition, client: Client) -> None:
    stage = a_jury(edition, entries=1, jurors=1)
    juror, entry = Juror.objects.get(), stage.admissions.get().entry
    give, end = (at(edition, f"assignments/screening/{doing}/") for doing in ("assign", "end"))
    pair = {"juror": juror.public_id, "entry": entry.code}

    assert "by hand</small>" in text(client.post(give, pair, follow=True))
    assert client.post(give, pair).status_code == 409
    assert client.post(give, {**pair, "entry": "999"}).status_code == 422
    both = {"juror": juror.public_id, "entry": entry.public_id}
    assert client.post(end, {**both, "reason": ""}).status_code == 409
    assert client.post(end, {**both, "reason": "Is on leave"}).status_code == 302
    assert Assignment.objects.get().ended_reason == "Is on leave"
    never = client.post(end, {"juror": "none", "entry": "none", "reason": "Odd"})
    assert never.status_code == 409
    assert "This juror was never given this entry." in text(never)


def test_progress_stands_juror_by_juror_and_entry_by_entry(edition: Edition, client: Client) -> None:
    stage = a_jury(edition, entries=2, jurors=2)
    kari = Juror.objects.order_by("name")[0]
    first, second = (one.entry for one in stage.admissions.select_related("entry").order_by("pk"))
    a_card(an_assignment(stage, first, kari), is_final=True)
    a_card(an_assignment(stage, second, kari, is_by_lottery=True))

    page = text(client.get(at(edition, "assignments/")))

    assert "1 of 2 readings are finished." in page
    assert "1 of 2</td>" in page
    assert "nothing to read" in page
    assert ">finished</span>" in page
    assert ">begun</span>" in page
    assert "by lot</small>" in page
    only = text(client.get(at(edition, f"assignments/?stage=screening&q={first.code}")))
    assert first.case.title in only
    assert second.case.title not in only
    assert "No entry fits." in text(client.get(at(edition, "assignments/?q=nothing")))


def test_conflicts_that_wait_are_pointed_at_and_kept_to(edition: Edition, client: Client) -> None:
    bank = an_organisation(edition.programme.organiser, "Nordbank")
    bare_entry(edition, organisation=bank)
    a_juror(edition, organisation_name="Nordbank")
    a_jury(edition)
    recusals.detect_recusals(edition, by="test", at=NOON)

    assert "It blocks until then." in text(client.get(at(edition, "assignments/")))
    assert "has not been looked at, and is kept to." in text(plan(edition, client))


def test_the_stage_that_is_open_is_shown_first_and_others_are_a_tab_away(
    edition: Edition, client: Client
) -> None:
    a_jury(edition)
    now = timezone.now()
    times = {"opens_at": now + timedelta(days=10), "closes_at": now + timedelta(days=20)}
    stages.open_stage(edition, "final", **times, by="test", at=now)

    page = text(client.get(at(edition, "assignments/")))
    assert "<b>Screening</b>" in page
    assert '<a href="?stage=final">Final</a>' in page
    assert "No entry is in this stage" in text(client.get(at(edition, "assignments/?stage=final")))


def test_who_only_reads_sees_who_reads_what_and_changes_nothing(edition: Edition, client: Client) -> None:
    a_jury(edition)
    plan(edition, client)
    job = Job.objects.get().public_id
    viewer = signed_in(edition, MemberRole.VIEWER)

    assert "Make a plan" not in text(viewer.get(at(edition, "assignments/")))
    assert "Take this plan" not in text(viewer.get(at(edition, f"plans/{job}/")))
    for doing in (
        "assignments/screening/plan/",
        "assignments/screening/assign/",
        "assignments/screening/end/",
    ):
        assert viewer.post(at(edition, doing)).status_code == 404
    assert viewer.post(at(edition, f"plans/{job}/take/")).status_code == 404


@pytest.mark.parametrize("count", [1, 30])
def test_pages_take_as_many_queries_for_many_readings_as_for_one(
    count: int, edition: Edition, client: Client, django_assert_max_num_queries: Any
) -> None:
    a_jury(edition, entries=count, jurors=count + 1)
    plan(edition, client)
    job = Job.objects.get().public_id
    client.post(at(edition, f"plans/{job}/take/"))
    for one in Assignment.objects.all()[:count]:
        a_card(one, is_final=True)

    with django_assert_max_num_queries(24):
        client.get(at(edition, "assignments/"))
    with django_assert_max_num_queries(34):
        client.get(at(edition, f"plans/{job}/"))
