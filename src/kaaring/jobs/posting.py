"""Sending letters in the background: a mail server takes its time over a thousand of them."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils import timezone

from kaaring.jobs.models import Job
from kaaring.outbox.actions import send_letters


def post_letters(job: Job, progress: Callable[[int, int], None]) -> Mapping[str, Any]:
    """Send every draft of the kinds that a job names; a job that is run again goes on with what is left."""
    by = job.asked_by.public_id if job.asked_by else ""
    sent = send_letters(job.edition, job.arguments["kinds"], by=by, at=timezone.now(), progress=progress)
    return sent._asdict()
