"""The one background task: run a job, keep its progress, try again when something broke."""

import logging
import time
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from django.tasks import TaskContext, task
from django.utils import timezone, translation
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from kaaring.jobs import progress
from kaaring.jobs.import_files import forget_files
from kaaring.jobs.models import Job
from kaaring.kernel.refused import Refused

ATTEMPTS = 3
RETRY_AFTER = timedelta(seconds=20)
log = logging.getLogger(__name__)

Progress = Callable[[int, int], None]
Runner = Callable[[Job, Progress], Mapping[str, Any]]
RUNNERS: Mapping[str, str] = {
    Job.Kind.IMPORT: "kaaring.jobs.imports.run_job",
    Job.Kind.REPORTS: "kaaring.jobs.report_files.make_reports",
    Job.Kind.ASSIGNMENT: "kaaring.jobs.assigning.plan_job",
    Job.Kind.LETTERS: "kaaring.jobs.posting.post_letters",
}
"""Named, not imported: pages that only ask for work must not carry what workers need to do it (38 MB)."""


@task(takes_context=True)
def run_job(context: TaskContext[..., None], job_id: int) -> None:
    """Run a job to its end; a refusal is its outcome, a breakdown is tried three times."""
    job = progress.claim(job_id, at=timezone.now())
    if job is None:
        return
    language = job.asked_by.language if job.asked_by else "en"
    with translation.override(language):
        if job.attempts > ATTEMPTS:
            _give_up(job, job.attempts - 1)
            return
        try:
            run: Runner = import_string(RUNNERS[job.kind])
            outcome = run(job, Reporter(job))
        except Refused as refusal:
            sentences = [*refusal.details, str(refusal.reason)]
            progress.fail(job, "\n".join(sentences), at=timezone.now())
            _clear_up(job)
        except Exception:
            log.exception("Job %s broke in attempt %s", job.public_id, job.attempts)
            _try_again(job)
        else:
            progress.finish(job, outcome, at=timezone.now())
            _clear_up(job)


def _try_again(job: Job) -> None:
    if job.attempts >= ATTEMPTS:
        _give_up(job, job.attempts)
        return
    again = run_job.using(run_after=timezone.now() + RETRY_AFTER).enqueue(job.pk)
    Job.objects.filter(pk=job.pk).update(task_id=str(again.id))


def _give_up(job: Job, times: int) -> None:
    """End a job that broke, or whose worker was killed, as often as is tried: it would break the next too."""
    reason = _("It broke %(count)d times. Nothing is half-done. Tell whoever runs this installation.")
    progress.fail(job, reason % {"count": times}, at=timezone.now())
    _clear_up(job)


def _clear_up(job: Job) -> None:
    """Delete what a job that has ended leaves in storage; what cannot be deleted, the next import deletes."""
    if job.kind != Job.Kind.IMPORT:
        return
    try:
        forget_files(job)
    except OSError:
        log.exception("The files of job %s could not be deleted", job.public_id)


class Reporter:
    """Tells how far a job has come, at most once a second: each telling is a write."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.told_at = 0.0

    def __call__(self, done: int, total: int) -> None:
        if time.monotonic() - self.told_at < 1.0:
            return
        self.told_at = time.monotonic()
        progress.note_progress(self.job, done, total, at=timezone.now())
