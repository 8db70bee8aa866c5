"""To what a nominee is asked to agree, and until when an answer changes something."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kaaring.entries.models import Case, Entry, Nominee
from kaaring.entries.rules.cases import against_a_merged_case, against_changing, has_lapsed, open_correction
from kaaring.entries.rules.entries import against_changing_entry
from kaaring.kernel.figures import local
from kaaring.kernel.refused import Refused


def version_asked(case: Case, entries: Iterable[Entry], *, at: datetime) -> int:
    """Return the version of a case to which consent is asked: the present one, or the last that holds.

    Where every correction that was asked for has lapsed, what was submitted holds, and so does consent to it.
    """
    read = [_version_read(entry, at) for entry in entries if _counts(entry, at)]
    return case.version if None in read or not read else max(filter(None, read))


def _counts(entry: Entry, at: datetime) -> bool:
    """Say whether an entry is before the jury, or may still come there."""
    is_submitted = entry.submitted_at is not None and entry.withdrawn_at is None
    return is_submitted or against_changing_entry(entry, at=at) is None


def _version_read(entry: Entry, at: datetime) -> int | None:
    """Return the version that holds for an entry for good, None where it is the present one."""
    correction = open_correction(entry) if has_lapsed(entry, at=at) else None
    kept = correction.submitted if correction else None
    return kept["version"] if kept else None


def against_deciding(
    nominee: Nominee, entries: Iterable[Entry], *, announced_at: datetime | None, at: datetime
) -> Refused | None:
    """A person is asked as long as the answer changes something: until the results are published, and while
    the case is before the jury or can still come there.
    """
    case, known = nominee.case, list(entries)
    edition = case.edition
    if announced_at is not None:
        return Refused(
            "winners_announced",
            _(
                "The results were published on %(day)s, and what was judged stays as it was. If something "
                "about you should not be shown, write to the organiser, %(organiser)s."
            )
            % {
                "day": date_format(local(announced_at, edition.timezone), "DATE_FORMAT"),
                "organiser": edition.programme.organiser.name,
            },
        )
    living = [one for one in known if one.withdrawn_at is None]
    if known and not living:
        return Refused(
            "entry_withdrawn", _("The entry was withdrawn. Nothing about you goes to the jury any more.")
        )
    if any(one.submitted_at is not None for one in living) or not against_changing(case, known, at=at):
        return None
    return Refused(
        "entries_over",
        _("No entry about you was submitted in time. Nothing about you goes to the jury."),
    )


def against_consenting(
    nominee: Nominee, entries: Iterable[Entry], *, version: int, at: datetime
) -> Refused | None:
    """A person agrees to what they have read: the text that holds, which is the case as it is now or was."""
    if not nominee.is_person:
        return Refused("nobody_to_ask", _("Only a person who is nominated is asked for consent."))
    if refusal := against_a_merged_case(nominee.case):
        return refusal
    if version_asked(nominee.case, entries, at=at) == version:
        return None
    return Refused(
        "changed_meanwhile",
        _("The case has changed since you opened this page. Read what is new, and then decide."),
    )
