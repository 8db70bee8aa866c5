"""Making all reports of a run, one file after the other; what is there is kept, so work can go on."""

import os
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any

from django.conf import settings
from django.core.files import File
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from kaaring.jobs.models import Job
from kaaring.kernel.ids import new_public_id
from kaaring.kernel.refused import Refused
from kaaring.reports.content import edition_content
from kaaring.reports.queries import reported_on
from kaaring.results.models import Run
from kaaring.survey.models import Participant

type Progress = Callable[[int, int], None]
type Made = tuple[Participant, Callable[[], bytes]]

LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)
SETTER = "kaaring.reports.pdf.participant_pdf"
"""Named, not imported: pages that only send stored reports must not carry the typesetter."""
EPOCH = (1980, 1, 1, 0, 0, 0)
"""The date of every file in an archive, so that the same reports give the same archive."""
OWNER_ALONE = 0o600


def tell_nobody(done: int, total: int) -> None:
    """Keep progress to oneself."""


def report_name(run: Run, language: str, participant: str) -> str:
    """Return where a participant's report is stored."""
    return f"reports/{run.public_id}/{language}/{participant}.pdf"


def archive_name(run: Run, language: str) -> str:
    """Return where all reports of a run in a language are stored together."""
    return f"reports/{run.public_id}/{language}.zip"


def stored_reports(run: Run, language: str) -> frozenset[str]:
    """Return the codes of the participants whose report in a language is there."""
    folder = f"reports/{run.public_id}/{language}"
    try:
        _folders, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return frozenset()
    return frozenset(file.removesuffix(".pdf") for file in files if file.endswith(".pdf"))


def make_reports(job: Job, progress: Progress) -> Mapping[str, Any]:
    """Make every report that a job asks for, and then the archive of them all.

    A job that was killed goes on where it was: a report is stored whole or not at all, and one that is stored
    is not made again.
    """
    run = Run.objects.select_related("edition__programme__organiser", "rules").get(
        public_id=job.arguments["run"], edition=job.edition
    )
    if run.withdrawn_at is not None:
        raise Refused("run_withdrawn", _("The run was withdrawn. Publish anew, then make the reports."))
    language = job.arguments["language"]
    there = stored_reports(run, language)
    made = 0
    for participant, make in unmade(run, language, lambda code: code in there, progress):
        keep(report_name(run, language, participant.code), ContentFile(make()))
        made += 1
    archive = archive_name(run, language)
    if made or not default_storage.exists(archive):
        with _archive_of(run, language) as content:
            keep(archive, File(content))
    return {"made": made, "reports": len(stored_reports(run, language)), "archive": archive}


def report_of(run: Run, participant: Participant, language: str) -> File[bytes]:
    """Open a participant's report; one that is not stored yet is made and kept for the next reader."""
    name = report_name(run, language, participant.code)
    if not default_storage.exists(name):
        keep(name, ContentFile(import_string(SETTER)(run, participant, language)))
    return default_storage.open(name)


def unmade(
    run: Run, language: str, is_there: Callable[[str], bool], progress: Progress = tell_nobody
) -> Iterator[Made]:
    """Yield the participants whose report is not there yet, each with what makes it; tell of every one."""
    participants = list(reported_on(run))
    shared = None
    for done, participant in enumerate(participants):
        progress(done, len(participants))
        if not is_there(participant.code):
            shared = shared or edition_content(run)
            yield participant, partial(import_string(SETTER), run, participant, language, shared=shared)
    progress(len(participants), len(participants))


def keep(name: str, content: File[Any]) -> None:
    """Store a file whole or not at all: on a disk it takes its name only when it is complete."""
    try:
        target = Path(default_storage.path(name))
    except NotImplementedError:
        if default_storage.exists(name):
            default_storage.delete(name)
        default_storage.save(name, content)
    else:
        replace(target, content.chunks())


def replace(target: Path, chunks: Iterable[bytes]) -> None:
    """Write a file beside its place and then move it there, which happens at once or not at all.

    Only its owner may read it, whatever the umask.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".{target.name}.{new_public_id()}.part")
    try:
        with open(part, "wb", opener=_for_its_owner) as file:
            file.writelines(chunks)
        os.replace(part, target)
    finally:
        part.unlink(missing_ok=True)


def _for_its_owner(path: str, flags: int) -> int:
    return os.open(path, flags, OWNER_ALONE)


def write_report(target: Path, content: bytes) -> None:
    """Write a report where a command was told to; refuses a place that cannot be written to."""
    try:
        replace(target, [content])
    except OSError as error:
        values = {"file": target, "why": error.strerror}
        raise Refused("unwritable_file", _("%(file)s cannot be written: %(why)s.") % values) from error


@contextmanager
def _archive_of(run: Run, language: str) -> Iterator[IO[bytes]]:
    """Give the archive of a run's reports: written to a temporary file, one report at a time."""
    with TemporaryFile() as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
            for participant in sorted(stored_reports(run, language)):
                with (
                    default_storage.open(report_name(run, language, participant)) as report,
                    archive.open(zipfile.ZipInfo(f"{participant}.pdf", EPOCH), "w") as entry,
                ):
                    entry.writelines(report.chunks())
        file.seek(0)
        yield file
