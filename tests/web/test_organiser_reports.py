"""The organiser's page of reports: who may see and make them, how far they are, and fetching them."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from kaaring.jobs.models import Job
from kaaring.jobs.report_files import archive_name, keep, report_name, stored_reports
from kaaring.people.models import MemberRole
from kaaring.programmes.models import Edition
from kaaring.reports.pdf import is_report_of
from kaaring.results.actions import withdraw_run
from kaaring.results.models import Run
from tests import build

pytestmark = pytest.mark.django_db
SIGNED_IN = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def edition() -> Edition:
    return build.a_published_edition(participants=2, evaluations=3)


@pytest.fixture
def run(edition: Edition) -> Run:
    return Run.objects.get(edition=edition)


def as_somebody(edition: Edition, role: str = MemberRole.OWNER) -> Client:
    client = Client()
    client.force_login(build.a_member(edition.programme.organiser, role), backend=SIGNED_IN)
    return client


def address(edition: Edition, page: str = "") -> str:
    return f"/en/organiser/{edition.programme.slug}/{edition.slug}/reports/{page}"


def text_of(response: Any) -> str:
    return str(response.content.decode())


def a_job(run: Run, done: int, **fields: Any) -> Job:
    arguments = {"run": run.public_id, "language": "nb"}
    plain = {"asked_at": build.NOON, "seen_at": build.NOON, "total": 2, "done": done, "arguments": arguments}
    return Job.objects.create(kind=Job.Kind.REPORTS, edition=run.edition, **{**plain, **fields})


def test_before_a_publication_the_page_says_what_comes_first() -> None:
    edition = build.a_measured_edition()

    assert "No results are published yet" in text_of(as_somebody(edition).get(address(edition)))


def test_every_participant_is_offered_in_every_language(edition: Edition) -> None:
    page = text_of(as_somebody(edition).get(address(edition)))

    for language in ("nb", "en", "ru"):
        for participant in ("centre-1", "centre-2"):
            assert address(edition, f"{language}/{participant}.pdf") in page


def test_asking_for_all_makes_them_and_then_offers_the_archive(edition: Edition, run: Run) -> None:
    client = as_somebody(edition)

    response = client.post(address(edition, "make/"), {"language": "en"}, follow=True)

    assert stored_reports(run, "en") == {"centre-1", "centre-2"}
    assert "2 of 2" in text_of(response)
    fetched = client.get(address(edition, "en.zip"))
    assert fetched["Content-Disposition"] == 'attachment; filename="quality-prize-2030-en.zip"'
    assert b"".join(fetched.streaming_content).startswith(b"PK")  # type: ignore[attr-defined]


def test_while_reports_are_being_made_the_page_asks_every_two_seconds(edition: Edition, run: Run) -> None:
    a_job(run, done=1)
    client = as_somebody(edition)

    page = text_of(client.get(address(edition)))
    part = text_of(client.get(address(edition, "progress/"), headers={"HX-Request": "true"}))

    assert 'hx-trigger="every 2s"' in page
    assert "<b>1</b> of 2" in page
    assert "<b>1</b> of 2" in part
    assert "<html" not in part


def test_finished_work_is_not_asked_about_any_more(edition: Edition, run: Run) -> None:
    a_job(run, done=2, finished_at=build.NOON)

    part = text_of(as_somebody(edition).get(address(edition, "progress/"), headers={"HX-Request": "true"}))

    assert "every 2s" not in part


def test_work_that_failed_says_why(edition: Edition, run: Run) -> None:
    a_job(run, done=1, finished_at=build.NOON, failure="The disk is full.")

    assert "The disk is full." in text_of(as_somebody(edition).get(address(edition)))


def test_without_script_progress_is_the_whole_page(edition: Edition) -> None:
    response = as_somebody(edition).get(address(edition, "progress/"))

    assert response.status_code == 302
    assert response["Location"] == address(edition)


def test_reports_under_way_are_not_asked_for_twice(edition: Edition, run: Run) -> None:
    a_job(run, done=1)

    as_somebody(edition).post(address(edition, "make/"), {"language": "nb"})

    assert Job.objects.filter(edition=edition).count() == 1


def test_a_report_that_is_not_there_is_made_on_request_and_one_that_is_is_sent_as_it_is(
    edition: Edition, run: Run
) -> None:
    client = as_somebody(edition)
    made = client.get(address(edition, "nb/centre-1.pdf"))
    keep(report_name(run, "nb", "centre-2"), ContentFile(b"kept"))
    kept = client.get(address(edition, "nb/centre-2.pdf"))

    assert made["Content-Disposition"] == 'attachment; filename="centre-1-2030-nb.pdf"'
    assert is_report_of(run, "nb", b"".join(made.streaming_content))  # type: ignore[attr-defined]
    assert b"".join(kept.streaming_content) == b"kept"  # type: ignore[attr-defined]
    assert default_storage.exists(report_name(run, "nb", "centre-1"))


@pytest.mark.parametrize("page", ["", "progress/", "nb/centre-1.pdf", "nb.zip"])
def test_strangers_find_nothing(edition: Edition, run: Run, page: str) -> None:
    keep(archive_name(run, "nb"), ContentFile(b"PK"))
    stranger = as_somebody(build.an_edition())

    assert stranger.get(address(edition, page)).status_code == 404
    assert Client().get(address(edition, page)).status_code == 302


def test_viewers_may_read_and_not_make(edition: Edition) -> None:
    viewer = as_somebody(edition, MemberRole.VIEWER)

    assert "Make all in" not in text_of(viewer.get(address(edition)))
    assert viewer.post(address(edition, "make/"), {"language": "nb"}).status_code == 404


@pytest.mark.parametrize("page", ["xx/centre-1.pdf", "nb/nobody.pdf", "xx.zip", "nb.zip"])
def test_what_is_not_there_is_not_found(edition: Edition, page: str) -> None:
    assert as_somebody(edition).get(address(edition, page)).status_code == 404


def test_a_language_that_there_is_not_is_not_found(edition: Edition) -> None:
    assert as_somebody(edition).post(address(edition, "make/"), {"language": "xx"}).status_code == 404


def test_after_a_withdrawal_there_are_no_reports(edition: Edition, run: Run) -> None:
    withdraw_run(run, reason="A mistake.", by="test", at=build.NOON)

    assert as_somebody(edition).get(address(edition, "nb/centre-1.pdf")).status_code == 404


@pytest.mark.parametrize("participants", [2, 12])
def test_the_page_needs_as_many_queries_for_many_participants_as_for_few(
    participants: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    edition = build.a_published_edition(participants=participants, evaluations=1)
    client = as_somebody(edition)

    with django_assert_num_queries(10):
        client.get(address(edition))
