"""Long work: asked for, run, refused, tried again, and taken up where a killed worker left it."""

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from typing import Any

import pytest
from django.tasks import TaskResultStatus
from django.test import override_settings
from django_tasks_db.models import DBTaskResult

from kaaring.audit.models import AuditLine
from kaaring.jobs import progress, tasks
from kaaring.jobs.actions import ask_for, requeue_lost
from kaaring.jobs.models import Job
from kaaring.kernel.refused import Refused
from tests.build import NOON, a_measured_edition, a_user

pytestmark = pytest.mark.django_db
Runner = Callable[[Job, tasks.Progress], Mapping[str, Any]]


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> Callable[[Runner], None]:
    def use(runner: Runner) -> None:
        monkeypatch.setattr(tasks, "import_string", lambda name: runner)

    return use


@pytest.fixture
def queued() -> Iterator[None]:
    with override_settings(TASKS={"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}):
        yield


def a_job() -> Job:
    return ask_for(
        Job.Kind.IMPORT, a_measured_edition(), {"kind": "shoppers"}, total=10, by=a_user(), at=NOON
    )


def test_a_job_is_run_and_keeps_what_it_made(runs: Callable[[Runner], None]) -> None:
    runs(lambda job, tell: {"created": 3})

    job = a_job()

    assert job.finished_at is not None
    assert (job.outcome, job.done, job.failure, job.attempts) == ({"created": 3}, 10, "", 1)
    assert AuditLine.objects.filter(doing="import_asked_for", about=job.public_id).count() == 1


def test_a_refusal_ends_a_job_with_its_sentences(runs: Callable[[Runner], None]) -> None:
    def refuse(job: Job, tell: tasks.Progress) -> Mapping[str, Any]:
        raise Refused("faulty", "Mend them.", details=("Row 2 is wrong.", "Row 3 is wrong."))

    runs(refuse)

    job = a_job()

    assert job.failure == "Row 2 is wrong.\nRow 3 is wrong.\nMend them."
    assert job.finished_at is not None


@pytest.mark.usefixtures("queued")
def test_a_breakdown_is_tried_again_and_given_up_after_three_attempts(runs: Callable[[Runner], None]) -> None:
    def break_down(job: Job, tell: tasks.Progress) -> Mapping[str, Any]:
        raise RuntimeError

    runs(break_down)
    job = a_job()

    for attempt in (1, 2):
        tasks.run_job.func(None, job.pk)
        job.refresh_from_db()
        assert (job.attempts, job.finished_at) == (attempt, None)
    tasks.run_job.func(None, job.pk)

    job.refresh_from_db()
    assert job.finished_at is not None
    assert "3" in job.failure
    assert DBTaskResult.objects.count() == 3


@pytest.mark.usefixtures("queued")
def test_a_finished_job_is_not_run_again(runs: Callable[[Runner], None]) -> None:
    started: list[int] = []
    runs(lambda job, tell: {"turn": started.append(job.pk)})
    job = a_job()

    tasks.run_job.func(None, job.pk)
    tasks.run_job.func(None, job.pk)

    assert started == [job.pk]


@pytest.mark.usefixtures("queued")
def test_a_job_whose_worker_was_killed_goes_back_into_the_queue_after_a_minute() -> None:
    job = a_job()
    DBTaskResult.objects.update(status=TaskResultStatus.RUNNING, started_at=NOON)
    progress.claim(job.pk, at=NOON)

    assert requeue_lost(at=NOON + timedelta(seconds=59)) == 0
    assert requeue_lost(at=NOON + timedelta(seconds=61)) == 1
    assert requeue_lost(at=NOON + timedelta(seconds=62)) == 0
    assert DBTaskResult.objects.get().status == TaskResultStatus.READY


@pytest.mark.usefixtures("queued")
def test_a_job_that_is_seen_is_not_lost() -> None:
    job = a_job()
    DBTaskResult.objects.update(status=TaskResultStatus.RUNNING, started_at=NOON)
    progress.claim(job.pk, at=NOON)

    progress.note_progress(job, 4, 10, at=NOON + timedelta(minutes=5))

    assert requeue_lost(at=NOON + timedelta(minutes=5, seconds=30)) == 0
    job.refresh_from_db()
    assert (job.done, job.total) == (4, 10)


@pytest.mark.usefixtures("queued")
def test_progress_is_told_at_most_once_a_second() -> None:
    job = a_job()
    told: list[int] = []
    reporter = tasks.Reporter(job)

    for done in range(100):
        reporter(done, 100)
        job.refresh_from_db()
        told.append(job.done)

    assert len(set(told)) < 5
