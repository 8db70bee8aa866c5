"""The life of an entry: entered, written, submitted, taken back, withdrawn."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import IntegerField, Max, ProtectedError
from django.db.models.functions import Cast

from kaaring.audit.actions import record
from kaaring.entries.actions.attachments import forget_replaced
from kaaring.entries.actions.holding import entries_of, grow, held_case, held_entry
from kaaring.entries.actions.letters import PageOf, forget_received, tell_received
from kaaring.entries.models import Answer, Case, Entry, Party
from kaaring.entries.queries.dossiers import dossier_of
from kaaring.entries.rules import entries as may
from kaaring.entries.rules.cases import open_correction
from kaaring.entries.rules.leaves import leave_of
from kaaring.entries.rules.periods import against_the_time
from kaaring.kernel.refused import refuse
from kaaring.people.queries import person_called
from kaaring.programmes.definition import Definition
from kaaring.programmes.definition.schema import Category
from kaaring.programmes.models import Category as CategoryRow
from kaaring.programmes.models import Edition
from kaaring.programmes.queries import chain_of, definition_in_force

DIGITS = r"^[0-9]{1,9}$"


@transaction.atomic
def enter(case_id: int, category_code: str, *, by: str, at: datetime) -> Entry:
    """Enter a case in a category, as a draft with the next number of the edition."""
    case = held_case(case_id)
    definition = definition_in_force(case.edition)
    entered = [one.category.code for one in entries_of(case) if one.withdrawn_at is None]
    category = _category(definition, category_code)
    refuse(may.against_entering(case, category, entered, definition, at=at))
    entry = enter_as_draft(case, category_code, at=at)
    _tell(entry, "category_entered", by=by, at=at, category=category_code)
    return entry


def enter_as_draft(case: Case, category_code: str, *, at: datetime) -> Entry:
    """Store a draft, inside the transaction of what makes it; holding the edition keeps codes unique."""
    edition = Edition.objects.select_for_update().get(pk=case.edition_id)
    category = CategoryRow.objects.get(edition=edition, code=category_code)
    entry = Entry.objects.create(
        edition=edition, case=case, category=category, code=_next_code(edition), created_at=at
    )
    entry.edition, entry.case = case.edition, case
    return entry


def _next_code(edition: Edition) -> str:
    numbered = Entry.objects.filter(edition=edition, code__regex=DIGITS)
    highest = numbered.annotate(number=Cast("code", IntegerField())).aggregate(Max("number"))["number__max"]
    return f"{(highest or 0) + 1:03}"


def _category(definition: Definition, code: str) -> Category | None:
    return next((one for one in definition.categories if one.code == code), None)


@transaction.atomic
def leave_category(entry_id: int, *, by: str, at: datetime) -> None:
    """Take a draft out of its category, with what was written there."""
    entry = held_entry(entry_id)
    refuse(may.against_leaving(entry, at=at))
    try:
        with transaction.atomic():
            entry.delete()
    except ProtectedError as error:
        raise may.leaving_would_lose(entry) from error
    _tell(entry, "category_left", by=by, at=at, category=entry.category.code)


@transaction.atomic
def write_answer(
    entry_id: int,
    criterion: str,
    text: str,
    *,
    openness: str = Answer.Openness.JURY,
    version: int,
    by: str,
    at: datetime,
) -> Answer:
    """Store what an entry says about a criterion; ``version`` is the case's when the writer last saw it.

    Drafts are not logged letter by letter: submitting records the digest of what is said. What is written
    while a correction is open is logged, since the jury may have read the text before.
    """
    entry = held_entry(entry_id)
    category = _category(definition_in_force(entry.edition), entry.category.code)
    asked = {one.code: one for one in category.criteria} if category else {}
    answer = Answer.objects.filter(entry=entry, criterion=criterion).first()
    refuse(
        may.against_writing(entry, asked.get(criterion), text, openness, at=at)
        or may.against_overwriting_answer(answer, version=version)
    )
    if answer is None:
        answer = Answer(entry=entry, criterion=criterion, text="")
    elif (answer.text, answer.openness) == (text, openness):
        return answer
    grow(entry.case, at=at)
    answer.text, answer.openness, answer.version = text, openness, entry.case.version
    answer.save()
    if entry.submitted_at is not None:
        _tell(entry, "answer_corrected", by=by, at=at, criterion=criterion)
    return answer


@transaction.atomic
def choose_division(entry_id: int, division: str, *, by: str, at: datetime) -> Entry:
    """Choose, as entrant, the part of the category in which the entry competes.

    In a correction the choice takes effect with the answer, as everything else does.
    """
    entry = held_entry(entry_id)
    refuse(
        may.against_changing_entry(entry, at=at)
        or may.against_choosing_division(dossier_of(entry), division, by_organiser=False)
    )
    correction = open_correction(entry)
    if entry.submitted_at is not None and correction is not None:
        correction.division = division
        correction.save(update_fields=["division"])
        _tell(entry, "division_chosen", by=by, at=at, before=entry.division, division=division)
        return entry
    return _put_into_division(entry, division, by=by, at=at)


@transaction.atomic
def assign_division(entry_id: int, division: str, *, by: str, at: datetime) -> Entry:
    """Assign, as organiser, the part of the category in which the entry competes."""
    entry = held_entry(entry_id)
    refuse(
        may.against_a_withdrawn_entry(entry)
        or may.against_choosing_division(dossier_of(entry), division, by_organiser=True)
    )
    return _put_into_division(entry, division, by=by, at=at)


def _put_into_division(entry: Entry, division: str, *, by: str, at: datetime) -> Entry:
    before, entry.division = entry.division, division
    entry.save(update_fields=["division"])
    _tell(entry, "division_chosen", by=by, at=at, before=before, division=division)
    return entry


@transaction.atomic
def submit_entry(entry_id: int, *, page_of: PageOf | None = None, by: str, at: datetime) -> Entry:
    """Hand an entry in: from now on it is locked, and what the rules said of it is kept.

    With ``page_of`` the letter is drafted that tells the entrant so.
    """
    entry = held_entry(entry_id)
    dossier = dossier_of(entry)
    refuse(may.against_submitting(dossier, at=at))
    submitter = person_called(by)
    _keep_leave(entry, at=at)
    entry.submitted_at, entry.submitted_by = at, submitter
    entry.division, entry.eligibility = dossier.division, dossier.record
    entry.save(update_fields=["submitted_at", "submitted_by", "division", "eligibility"])
    own = Party.objects.filter(case=entry.case, organisation=entry.case.organisation)
    own.update(approved_at=at, approved_by=submitter, approved_version=entry.case.version)
    _tell(
        entry,
        "entry_submitted",
        by=by,
        at=at,
        category=entry.category.code,
        version=entry.case.version,
        digest=dossier.digest,
        is_late=entry.late_until is not None,
    )
    if page_of is not None:
        tell_received(entry, page_of=page_of, at=at)
    return entry


def _keep_leave(entry: Entry, *, at: datetime) -> None:
    """Keep with an entry that is submitted late by which leave it was, whatever becomes of that leave."""
    if against_the_time(entry.edition, at=at, leave_until=entry.late_until) is None:
        return
    leave = leave_of(entry.case.organisation, entry.edition, category=entry.category.code)
    if leave is not None:
        entry.late_until, entry.late_reason = leave.until, leave.reason
        entry.save(update_fields=["late_until", "late_reason"])


@transaction.atomic
def take_back(entry_id: int, *, judged_from: datetime | None = None, by: str, at: datetime) -> Entry:
    """Make a submitted entry a draft again, as long as entries are open.

    ``judged_from`` is when the jury begins to read, None where that is open.
    """
    entry = held_entry(entry_id)
    refuse(may.against_taking_back(entry, judged_from=judged_from, at=at))
    entry.corrections.filter(answered_at=None).update(answered_at=at, submitted=None)
    forget_replaced(entry.case)
    entry.submitted_at = entry.submitted_by = None
    entry.save(update_fields=["submitted_at", "submitted_by"])
    forget_received(entry, at=at)
    _tell(entry, "entry_taken_back", by=by, at=at)
    return entry


@transaction.atomic
def withdraw_entry(entry_id: int, *, reason: str, by: str, at: datetime) -> Entry:
    """Take an entry out of the competition for good; what it said is kept."""
    entry = held_entry(entry_id)
    refuse(may.against_withdrawing(entry, reason=reason))
    return withdraw_for(entry, reason.strip(), by=by, at=at)


def withdraw_for(entry: Entry, reason: str, *, by: str, at: datetime) -> Entry:
    """Store a withdrawal, inside the transaction of what decided it."""
    entry.withdrawn_at, entry.withdrawn_reason = at, reason
    entry.save(update_fields=["withdrawn_at", "withdrawn_reason"])
    entry.corrections.filter(answered_at=None).update(answered_at=at)
    forget_received(entry, at=at)
    record(chain_of(entry.edition), "entry_withdrawn", entry.public_id, by=by, at=at, why=reason)
    return entry


@transaction.atomic
def allow_late(entry_id: int, *, until: datetime, reason: str, by: str, at: datetime) -> Entry:
    """Give an entry leave to be submitted after the deadline."""
    entry = held_entry(entry_id)
    refuse(may.against_leave_to_be_late(entry, until=until, reason=reason, at=at))
    entry.late_until, entry.late_reason = until, reason.strip()
    entry.save(update_fields=["late_until", "late_reason"])
    details = {"until": until.isoformat()}
    record(
        chain_of(entry.edition),
        "late_entry_allowed",
        entry.public_id,
        by=by,
        at=at,
        why=reason,
        details=details,
    )
    return entry


def _tell(entry: Entry, doing: str, *, by: str, at: datetime, **details: Any) -> None:
    about = {"code": entry.code, **details}
    record(chain_of(entry.edition), doing, entry.public_id, by=by, at=at, details=about)
