"""How a job stands: claimed, seen, finished or failed."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import F

from kaaring.jobs.models import Job


def claim(job_id: int, *, at: datetime) -> Job | None:
    """Count one more attempt and return the job; None where it is finished already."""
    claimed = Job.objects.filter(pk=job_id, finished_at__isnull=True).update(
        attempts=F("attempts") + 1, seen_at=at
    )
    return (
        Job.objects.select_related("edition__programme__organiser", "asked_by").get(pk=job_id)
        if claimed
        else None
    )


def note_progress(job: Job, done: int, total: int, *, at: datetime) -> None:
    """Keep how far a job has come, and that somebody is still at it."""
    Job.objects.filter(pk=job.pk).update(done=min(done, total), total=total, seen_at=at)


def finish(job: Job, outcome: Mapping[str, Any], *, at: datetime) -> None:
    """Keep what a job has made."""
    Job.objects.filter(pk=job.pk).update(outcome=dict(outcome), done=F("total"), finished_at=at)


def fail(job: Job, failure: str, *, at: datetime) -> None:
    """Keep why a job cannot be done."""
    Job.objects.filter(pk=job.pk).update(failure=failure, finished_at=at)
