"""Asking an entrant for a correction, and the answer."""

from datetime import datetime

from django.db import transaction

from kaaring.audit.actions import record
from kaaring.entries.actions.attachments import forget_replaced
from kaaring.entries.actions.holding import held_entry
from kaaring.entries.actions.letters import PageOf, tell_corrected, tell_correction
from kaaring.entries.models import Correction
from kaaring.entries.queries.dossiers import dossier_of
from kaaring.entries.queries.submitted import as_kept
from kaaring.entries.rules import corrections as may
from kaaring.entries.rules.cases import open_correction
from kaaring.kernel.refused import refuse
from kaaring.people.queries import person_called
from kaaring.programmes.queries import chain_of


@transaction.atomic
def ask_correction(
    entry_id: int, wanted: str, *, until: datetime, page_of: PageOf | None = None, by: str, at: datetime
) -> Correction:
    """Open a submitted entry for its entrant until a moment, and say what is to be corrected.

    What was submitted is kept for the jury until the answer. Where a correction is open already, or was not
    answered in time, the new words and the new time take the place of the old ones, and what was submitted
    stays. With ``page_of`` the entrant is written to.
    """
    entry = held_entry(entry_id)
    refuse(may.against_asking(entry, wanted, until=until, at=at))
    asked = {"wanted": wanted.strip(), "until": until, "asked_at": at, "asked_by": person_called(by)}
    correction, _made = Correction.objects.update_or_create(
        entry=entry,
        answered_at=None,
        defaults=asked,
        create_defaults={**asked, "submitted": as_kept(dossier_of(entry))},
    )
    details = {"code": entry.code, "until": until.isoformat(), "wanted": correction.wanted}
    record(chain_of(entry.edition), "correction_asked", entry.public_id, by=by, at=at, details=details)
    if page_of is not None:
        tell_correction(entry, correction, page_of=page_of, by=by, at=at)
    return correction


@transaction.atomic
def answer_correction(
    entry_id: int, answer: str, *, page_of: PageOf | None = None, by: str, at: datetime
) -> Correction:
    """Say that the correction is done: the jury reads the new text, with what the rules say of it now.

    With ``page_of`` the letter is drafted that tells the entrant that it has come in.
    """
    entry = held_entry(entry_id)
    correction, dossier = open_correction(entry), dossier_of(entry)
    refuse(may.against_answering(correction, dossier, answer=answer, at=at))
    assert correction is not None
    entry.division, entry.eligibility = dossier.division, dossier.record
    entry.save(update_fields=["division", "eligibility"])
    correction.answered_at, correction.answer = at, answer.strip()
    correction.submitted = None
    correction.save(update_fields=["answered_at", "answer", "submitted"])
    forget_replaced(entry.case)
    details = {"code": entry.code, "answer": correction.answer, "digest": dossier.digest}
    record(chain_of(entry.edition), "correction_answered", entry.public_id, by=by, at=at, details=details)
    if page_of is not None:
        tell_corrected(entry, page_of=page_of, at=at)
    return correction
