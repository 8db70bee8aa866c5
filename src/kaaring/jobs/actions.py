"""Asking for long work, and taking up what a killed worker left behind."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from kaaring.audit.actions import record
from kaaring.jobs.models import Job
from kaaring.jobs.tasks import run_job
from kaaring.people.models import User
from kaaring.programmes.models import Edition
from kaaring.programmes.queries import chain_of

LOST_AFTER = timedelta(minutes=1)


@transaction.atomic
def ask_for(
    kind: Job.Kind, edition: Edition, arguments: Mapping[str, Any], *, total: int, by: User, at: datetime
) -> Job:
    """Put long work in the queue; it is there once this transaction is."""
    job = Job.objects.create(
        kind=kind, edition=edition, asked_by=by, asked_at=at, arguments=dict(arguments), total=total
    )
    record(
        chain_of(edition),
        f"{kind}_asked_for",
        job.public_id,
        by=by.public_id,
        at=at,
        details={key: value for key, value in arguments.items() if key != "path"},
    )
    task = run_job.enqueue(job.pk)
    Job.objects.filter(pk=job.pk).update(task_id=str(task.id))
    job.refresh_from_db()
    return job


def requeue_lost(*, at: datetime) -> int:
    """Put jobs whose worker was killed back into the queue; return how many there were.

    Lost is what was claimed, is not finished, and has not been seen for a minute, or never at all.
    """
    unseen = Q(seen_at__lt=at - LOST_AFTER) | Q(seen_at__isnull=True, asked_at__lt=at - LOST_AFTER)
    lost = Job.objects.filter(unseen, finished_at__isnull=True).exclude(task_id="")
    count = 0
    for job in lost:
        with transaction.atomic():
            claimed = DBTaskResult.objects.filter(pk=job.task_id, status=TaskResultStatus.RUNNING)
            if claimed.update(status=TaskResultStatus.READY, started_at=None):
                Job.objects.filter(pk=job.pk).update(seen_at=at)
                count += 1
    return count
