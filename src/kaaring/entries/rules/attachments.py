"""Which files a case takes."""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kaaring.entries.content import Unwanted
from kaaring.entries.models import Attachment, Case, Entry
from kaaring.entries.rules.cases import against_changing
from kaaring.entries.scanning import Scan
from kaaring.kernel.refused import Refused

MOST_BYTES = 20 * 2**20
MOST_FILES = 10
FORM_AROUND = 64 * 2**10
KINDS_IN_WORDS = "PDF, PNG, JPEG, GIF, WebP, Word (.docx), Excel (.xlsx), PowerPoint (.pptx), ODT, ODS, ODP"


def against_attaching(
    case: Case, entries: Iterable[Entry], attached: Collection[Attachment], *, at: datetime
) -> Refused | None:
    """A file is added while the case may change, and up to a number that jurors can read."""
    if refusal := against_changing(case, entries, at=at):
        return refusal
    if len(attached) < MOST_FILES:
        return None
    return Refused(
        "too_many_attachments",
        ngettext(
            "A case can have at most %(count)d attachment, and this one has reached that. "
            "Remove it before you add another.",
            "A case can have at most %(count)d attachments, and this one has reached that. "
            "Remove one before you add another.",
            MOST_FILES,
        )
        % {"count": MOST_FILES},
    )


def against_the_size(name: str, size: int) -> Refused | None:
    """A file holds something, and not more than is allowed."""
    if size == 0:
        return Refused("file_empty", _("“%(file)s” is empty. Choose another file.") % {"file": name})
    if size <= MOST_BYTES:
        return None
    return Refused(
        "file_too_large",
        _(
            "“%(file)s” is larger than %(most)d MB and was not stored. Make pictures smaller, divide it, or "
            "leave out what the jury does not need."
        )
        % {"file": name, "most": MOST_BYTES // 2**20},
    )


def against_the_announced_size(size: int) -> Refused | None:
    """What is far too large is not even read; the form around a file takes a little room as well."""
    if size <= MOST_BYTES + FORM_AROUND:
        return None
    return Refused(
        "file_too_large",
        _(
            "This is larger than %(most)d MB and was not stored. Make pictures smaller, divide it, or leave "
            "out what the jury does not need."
        )
        % {"most": MOST_BYTES // 2**20},
    )


def against_no_file() -> Refused:
    """Something has to be sent."""
    return Refused("no_file", _("No file arrived. Choose one and send it again."))


def against_the_content(name: str, why: Unwanted) -> Refused:
    """A file is of a kind that jurors can open safely, told by its content."""
    words = {"file": name, "kinds": KINDS_IN_WORDS}
    sentences = {
        Unwanted.UNKNOWN: _(
            "“%(file)s” holds a kind of file that we do not take, whatever its name says. We take: %(kinds)s."
        ),
        Unwanted.BROKEN: _(
            "“%(file)s” is damaged. Save it again in the program it comes from, and send that."
        ),
        Unwanted.ENCRYPTED: _("“%(file)s” is locked with a password. Save it without one, and send that."),
        Unwanted.MACROS: _("“%(file)s” holds macros. Save it without them, or as PDF, and send that."),
        Unwanted.BOMB: _(
            "“%(file)s” is packed in a way that could harm a computer that opens it. Save it as PDF instead."
        ),
    }
    return Refused(f"file_{why}", sentences[why] % words)


def against_a_second_copy(sha256: str, attached: Iterable[Attachment]) -> Refused | None:
    """The same file is attached once."""
    same = next((one for one in attached if one.sha256 == sha256), None)
    if same is None:
        return None
    return Refused(
        "file_attached_already", _("This file is attached already: “%(file)s”.") % {"file": same.name}
    )


def against_a_scan(name: str, scan: Scan) -> Refused | None:
    """Where a virus scanner is set up, only what it calls clean is stored."""
    if scan.is_clean:
        return None
    if scan.is_clean is None:
        return Refused(
            "scanner_unreachable",
            _(
                "“%(file)s” was not stored: the virus scanner does not answer, and nothing is kept "
                "unscanned. Try again in a few minutes."
            )
            % {"file": name},
        )
    return Refused(
        "file_infected",
        _("“%(file)s” was not stored: the virus scanner found “%(found)s” in it. Check your computer.")
        % {"file": name, "found": scan.found},
    )


def against_removing(
    attachment: Attachment, entries: Iterable[Entry], *, is_proof: bool, at: datetime
) -> Refused | None:
    """A file is removed while the case may change, unless a declaration rests on it."""
    if refusal := against_changing(attachment.case, entries, at=at):
        return refusal
    if attachment.removed_at is not None:
        return Refused("attachment_removed", _("“%(file)s” was removed before.") % {"file": attachment.name})
    if not is_proof:
        return None
    return Refused(
        "attachment_is_proof",
        _("“%(file)s” is the proof of a declaration. Choose another proof there, or take it back, first.")
        % {"file": attachment.name},
    )
