"""The files of imports: kept while a job needs them, and no longer, since they name shoppers."""

from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from kaaring.jobs.models import Job
from kaaring.kernel.refused import Refused


def content_of(job: Job) -> bytes:
    """Return what was sent; refuses a file that is no longer kept."""
    path = job.arguments.get("path")
    if path is None or not default_storage.exists(path):
        reason = _("The file %(file)s is no longer kept. Send it again.") % {"file": job.arguments["file"]}
        raise Refused("file_gone", reason)
    with default_storage.open(path) as stored:
        content: bytes = stored.read()
    return content


def forget_files(job: Job) -> None:
    """Delete the files that nobody needs any more once an import has ended.

    These are its own, unless it was a trial that found no fault and can be done in earnest, and those of
    earlier imports of the same kind into the edition. What a job still has to read stays.
    """
    alike = Job.objects.filter(
        kind=Job.Kind.IMPORT,
        edition=job.edition_id,
        arguments__kind=job.arguments["kind"],
        arguments__has_key="path",
    )
    needed = {one.arguments["path"] for one in alike if one.finished_at is None or _may_follow(one, job)}
    for one in alike:
        path = one.arguments["path"]
        if path not in needed:
            default_storage.delete(path)
            arguments = {name: value for name, value in one.arguments.items() if name != "path"}
            Job.objects.filter(pk=one.pk).update(arguments=arguments)


def _may_follow(one: Job, ended: Job) -> bool:
    """Say whether a job is the trial that ended just now, and found no fault."""
    return one.pk == ended.pk and bool(one.outcome.get("is_dry_run"))
