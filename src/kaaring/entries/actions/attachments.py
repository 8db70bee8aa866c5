"""Adding files to a case, and taking them away."""

from collections.abc import Iterable
from datetime import datetime
from functools import partial

from django.conf import settings
from django.db import transaction

from kaaring.audit.actions import record
from kaaring.entries import files
from kaaring.entries.actions.holding import entries_of, grow, held_case
from kaaring.entries.content import Kind, kind_of, named
from kaaring.entries.files import Received
from kaaring.entries.models import Attachment, Case, Declaration
from kaaring.entries.queries.attachments import attachments_of
from kaaring.entries.queries.submitted import files_kept
from kaaring.entries.rules import attachments as may
from kaaring.entries.scanning import scan
from kaaring.kernel.refused import refuse
from kaaring.people.queries import person_called
from kaaring.programmes.queries import chain_of

ATTACHMENTS = "attachments"
"""What a case calls this part of it in ``changed_in``."""


def attach(case_id: int, name: str, chunks: Iterable[bytes], *, by: str, at: datetime) -> Attachment:
    """Attach a file to a case, if its content is of a kind we take and clean.

    The chunks are read as they come, and no further than the largest size. Examining takes time and is done
    before anything is locked; only what is found good is stored, first the file and then its row.
    """
    case = Case.objects.select_related("edition__programme__organiser", "merged_into").get(pk=case_id)
    refuse(may.against_attaching(case, entries_of(case), attachments_of(case), at=at))
    with files.received(case.edition, chunks, most=may.MOST_BYTES) as file:
        refuse(may.against_the_size(name, file.size))
        kind, is_scanned = _examined(file, name)
        stored_as = ""
        try:
            with transaction.atomic():
                case = held_case(case_id)
                attached = list(attachments_of(case))
                refuse(
                    may.against_attaching(case, entries_of(case), attached, at=at)
                    or may.against_a_second_copy(file.sha256, attached)
                )
                stored_as = files.keep(file)
                return _store(
                    case,
                    file,
                    kind,
                    name=named(name, kind),
                    stored_as=stored_as,
                    is_scanned=is_scanned,
                    by=by,
                    at=at,
                )
        except BaseException:
            if stored_as:
                files.forget(stored_as)
            raise


def _examined(file: Received, name: str) -> tuple[Kind, bool]:
    """Return what a file is, and whether a scanner has called it clean."""
    with file.path.open("rb") as content:
        kind = kind_of(content)
        if not isinstance(kind, Kind):
            raise may.against_the_content(name, kind)
        if settings.CLAMAV:
            refuse(may.against_a_scan(name, scan(content, settings.CLAMAV)))
    return kind, bool(settings.CLAMAV)


def _store(
    case: Case,
    file: Received,
    kind: Kind,
    *,
    name: str,
    stored_as: str,
    is_scanned: bool,
    by: str,
    at: datetime,
) -> Attachment:
    attachment = Attachment.objects.create(
        case=case,
        name=name,
        content_type=kind.content_type,
        size=file.size,
        sha256=file.sha256,
        stored_as=stored_as,
        added_at=at,
        added_by=person_called(by),
        scanned_at=at if is_scanned else None,
    )
    grow(case, ATTACHMENTS, at=at)
    _tell(attachment, "attachment_added", by=by, at=at)
    return attachment


@transaction.atomic
def remove_attachment(attachment_id: int, *, by: str, at: datetime) -> Attachment:
    """Take a file away: it is deleted, and that it was there stays on record.

    One that was submitted is deleted only once the correction is answered: until then the jury reads it.
    """
    case = held_case(Attachment.objects.values_list("case", flat=True).get(pk=attachment_id))
    attachment = Attachment.objects.get(pk=attachment_id)
    attachment.case = case
    is_proof = Declaration.objects.filter(proof=attachment).exists()
    refuse(may.against_removing(attachment, entries_of(case), is_proof=is_proof, at=at))
    attachment.removed_at = at
    attachment.save(update_fields=["removed_at"])
    grow(case, ATTACHMENTS, at=at)
    _tell(attachment, "attachment_removed", by=by, at=at)
    forget_replaced(case)
    return attachment


def forget_replaced(case: Case) -> None:
    """Delete the files taken away from a case that no text before the jury refers to any more."""
    removed = Attachment.objects.filter(case=case, removed_at__isnull=False)
    for stored_as in removed.exclude(public_id__in=files_kept()).values_list("stored_as", flat=True):
        transaction.on_commit(partial(files.forget, stored_as), robust=True)


def sweep_files(*, at: datetime) -> list[str]:
    """Delete the files that killed processes left behind, and return their names."""
    found = files.left_behind(at=at)
    for name in found:
        files.forget(name)
    return found


def _tell(attachment: Attachment, doing: str, *, by: str, at: datetime) -> None:
    case = attachment.case
    details = {"attachment": attachment.public_id, "size": attachment.size, "sha256": attachment.sha256}
    record(chain_of(case.edition), doing, case.public_id, by=by, at=at, details=details)
