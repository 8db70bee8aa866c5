"""A job that kills its worker does so three times at most."""

from datetime import timedelta
from typing import Any, cast

import pytest
from django.test import override_settings

from kaaring.jobs import tasks
from kaaring.jobs.actions import ask_for
from kaaring.jobs.models import Job
from tests.build import NOON, a_measured_edition, a_user

pytestmark = pytest.mark.django_db


def test_a_job_whose_worker_was_killed_three_times_has_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    run: list[str] = []
    monkeypatch.setattr(tasks, "import_string", run.append)
    with override_settings(TASKS={"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}):
        job = ask_for(
            Job.Kind.IMPORT, a_measured_edition(), {"kind": "shoppers"}, total=0, by=a_user(), at=NOON
        )
    Job.objects.filter(pk=job.pk).update(attempts=tasks.ATTEMPTS, seen_at=NOON - timedelta(hours=1))

    tasks.run_job.func(cast("Any", None), job.pk)

    job.refresh_from_db()
    assert run == []
    assert job.finished_at is not None
    assert "3 times" in job.failure or "3 ganger" in job.failure
