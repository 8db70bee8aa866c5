"""The jury meets: entry by entry, who is out, what is changed and noted."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction

from kaaring.audit.actions import record
from kaaring.entries.models import Entry
from kaaring.jury.actions.scorecards import as_details, keep_before
from kaaring.jury.models import Attendance, Juror, Mark, Meeting, Minute, Scorecard, Stage
from kaaring.jury.queries import meetings as queries
from kaaring.jury.queries.jurors import juror_of
from kaaring.jury.queries.recusals import blocked_pairs
from kaaring.jury.queries.scorecards import scorecards_that_count
from kaaring.jury.rules import meetings as may
from kaaring.jury.sheets import UNTOUCHED, Filled, blank_of, sheet_of, worked_score
from kaaring.kernel.refused import refuse
from kaaring.people.queries import person_called
from kaaring.programmes.models import Award, Category
from kaaring.programmes.queries import chain_of, definition_in_force
from kaaring.scoring.juried import JurorScore


@transaction.atomic
def open_meeting(stage_id: int, category_id: int, *, by: str, at: datetime) -> Meeting:
    """Open the jury's meeting on a category of a stage; a juror who opens it is there."""
    stage = Stage.objects.select_for_update(of=("self",)).get(pk=stage_id)
    category = Category.objects.get(pk=category_id, edition=stage.edition_id)
    person = person_called(by)
    edition = stage.edition
    refuse(may.against_leading(queries.may_lead(edition, category, person)))
    entries = queries.entries_on(stage, category).count()
    open_one = queries.open_meeting_on(stage, category)
    refuse(may.against_opening(stage, str(category), entries=entries, open_one=open_one, at=at))
    meeting = Meeting.objects.create(stage=stage, category=category, opened_at=at, opened_by=person)
    juror = juror_of(person, edition) if person else None
    if juror and queries.members_for(edition, category).filter(pk=juror.pk).exists():
        Attendance.objects.create(meeting=meeting, juror=juror)
    _record(meeting, "meeting_opened", by=by, at=at)
    return meeting


@transaction.atomic
def note_attendance(meeting_id: int, juror_ids: Collection[int], *, by: str, at: datetime) -> Meeting:
    """Note who is there now; who has a conflict of interest with the entry at hand is noted as out."""
    meeting = _held(meeting_id, by=by)
    jurors = list(Juror.objects.filter(pk__in=juror_ids, edition=meeting.stage.edition_id))
    members = queries.members_for(meeting.stage.edition, meeting.category).values_list("pk", flat=True)
    refuse(may.against_attending(jurors, set(members)))
    before = set(meeting.attendances.values_list("juror_id", flat=True))
    now = {juror.pk for juror in jurors}
    if now == before:
        return meeting
    meeting.attendances.exclude(juror__in=now).delete()
    come = sorted((juror for juror in jurors if juror.pk not in before), key=str)
    Attendance.objects.bulk_create(Attendance(meeting=meeting, juror=juror) for juror in come)
    if meeting.entry is not None:
        _note_out(meeting, come, [meeting.entry], by=by, at=at)
    _record(meeting, "attendance_noted", by=by, at=at, details={"there": sorted(one.code for one in jurors)})
    return meeting


@transaction.atomic
def take_up(meeting_id: int, entry_id: int, *, by: str, at: datetime) -> Meeting:
    """Go on to an entry; who of those present has a conflict of interest with it leaves the room."""
    meeting = _held(meeting_id, by=by)
    found = list(Entry.objects.select_related("case", "edition").filter(pk=entry_id))
    refuse(may.against_an_entry_elsewhere(found, _here(meeting)))
    (entry,) = found
    if meeting.entry_id == entry.pk:
        return meeting
    meeting.entry = entry
    meeting.save(update_fields=["entry"])
    _note(meeting, Minute.Kind.TAKEN_UP, entry, by=by, at=at)
    out = _note_out(meeting, _there(meeting), [entry], by=by, at=at)
    details = {"entry": entry.code, "out": [juror.code for juror in out]}
    _record(meeting, "entry_taken_up", by=by, at=at, details=details)
    return meeting


@transaction.atomic
def change_mark_in_meeting(
    meeting_id: int, scorecard_id: int, criterion: str, steps: int, *, reason: str, by: str, at: datetime
) -> Scorecard:
    """Change a mark on a final scorecard for the entry at hand, and the score kept with it.

    ``steps`` count from the lowest mark. What stood there before is kept, with who changed it and why.
    """
    meeting = _held(meeting_id, by=by)
    card = _card_held(meeting, scorecard_id)
    _refuse_one_who_is_out(meeting, _at_hand(meeting), by=by)
    refuse(may.against_changing_a_mark(meeting, card, reason=reason))
    assert card is not None
    definition = definition_in_force(meeting.stage.edition)
    blank = blank_of(definition, meeting.stage.code, meeting.category.code)
    sheet = sheet_of(card)
    before = sheet.marks.get(criterion, UNTOUCHED)
    refuse(may.against_the_mark(card, blank, criterion, steps, before=before.steps))
    kept = keep_before(card, reason=reason.strip(), by=by, at=at)
    kept.meeting = meeting
    kept.save(update_fields=["meeting"])
    after = Filled(steps, share=before.share, comment=before.comment)
    worked = worked_score(replace(sheet, marks={**sheet.marks, criterion: after}), blank)
    _rewrite(card, criterion, after, worked)
    card.version, card.changed_at = card.version + 1, at
    card.save(update_fields=["score_of", "score_in", "version", "changed_at"])
    _record_change(meeting, card, criterion, before.steps, reason=reason, by=by, at=at)
    return card


def _card_held(meeting: Meeting, scorecard_id: int) -> Scorecard | None:
    cards = scorecards_that_count(meeting.stage).select_for_update(of=("self",))
    found = cards.select_related("assignment__entry__category", "assignment__juror")
    return found.filter(pk=scorecard_id).first()


def _rewrite(card: Scorecard, criterion: str, after: Filled, worked: JurorScore | None) -> None:
    """Put one mark on a scorecard, and the score that all of them make now; saving it is the caller's."""
    values = {"steps": after.steps, "abstained": "", "share": after.share, "comment": after.comment}
    Mark.objects.update_or_create(scorecard=card, criterion=criterion, defaults=values)
    card.score_of, card.score_in = worked.score.as_integer_ratio() if worked else (None, None)


@transaction.atomic
def note(meeting_id: int, text: str, *, by: str, at: datetime) -> Minute:
    """Note a remark, about the entry at hand if there is one."""
    meeting = _held(meeting_id, by=by)
    refuse(may.against_noting(text))
    _refuse_one_who_is_out(meeting, _at_hand(meeting), by=by)
    minute = _note(meeting, Minute.Kind.NOTE, meeting.entry, text=text.strip(), by=by, at=at)
    about = {"entry": meeting.entry.code} if meeting.entry else {}
    _record(meeting, "meeting_noted", by=by, at=at, details=about)
    return minute


@transaction.atomic
def part_tie(meeting_id: int, entry_ids: Sequence[int], *, reason: str = "", by: str, at: datetime) -> None:
    """Note the jury's word on entries with the same score: the first named comes before the others.

    Who of those present has a conflict of interest with any of them is out meanwhile.
    """
    meeting = _held(meeting_id, by=by)
    found = {entry.pk: entry for entry in Entry.objects.filter(pk__in=entry_ids).select_related("edition")}
    entries = [found[pk] for pk in entry_ids if pk in found]
    refuse(may.against_parting(entries, is_allowed=queries.jury_parts_ties(meeting.stage.edition)))
    refuse(may.against_an_entry_elsewhere(entries, _here(meeting)))
    _refuse_one_who_is_out(meeting, [entry.pk for entry in entries], by=by)
    codes = [entry.code for entry in entries]
    out = _note_out(meeting, _there(meeting), entries, text=", ".join(codes), by=by, at=at)
    for position, entry in enumerate(entries, 1):
        _note(meeting, Minute.Kind.TIE, entry, position=position, text=reason.strip(), by=by, at=at)
    details = {"order": codes, "out": [juror.code for juror in out]}
    _record(meeting, "tie_parted", by=by, at=at, why=reason.strip(), details=details)


@transaction.atomic
def note_decision(
    meeting_id: int,
    award: Award,
    given: Sequence[tuple[Entry | None, str]],
    *,
    reason: str = "",
    competing: Collection[int],
    by: str,
    at: datetime,
) -> None:
    """Note that an award is decided: at which level for each entry, or with no entry that nobody wins.

    Who of those present has a conflict of interest with any entry that competes for it is out meanwhile.
    """
    meeting = _held(meeting_id, by=by)
    edition, category = meeting.stage.edition, meeting.category.code
    refuse(may.against_an_award_elsewhere((award.edition_id, award.category) == (edition.pk, category)))
    _refuse_one_who_is_out(meeting, competing, by=by)
    entries = list(Entry.objects.filter(pk__in=competing).order_by("code"))
    out = _note_out(meeting, _there(meeting), entries, award=award, by=by, at=at)
    for entry, level in given:
        decided = {"award": award, "level": level, "text": reason.strip()}
        _note(meeting, Minute.Kind.DECIDED, entry, **decided, by=by, at=at)
    details = {"award": award.code, "out": [juror.code for juror in out]}
    _record(meeting, "meeting_noted", by=by, at=at, details=details)


@transaction.atomic
def close_meeting(meeting_id: int, *, by: str, at: datetime) -> Meeting:
    """Close a meeting. Its minutes stay; to go on, another one is opened."""
    meeting = _held(meeting_id, by=by)
    meeting.closed_at, meeting.entry = at, None
    meeting.save(update_fields=["closed_at", "entry"])
    _record(meeting, "meeting_closed", by=by, at=at)
    return meeting


def _held(meeting_id: int, *, by: str) -> Meeting:
    """Return an open meeting that this person leads, and that nobody else changes meanwhile."""
    found = Meeting.objects.select_for_update(of=("self",)).select_related(
        "stage__edition__programme__organiser", "category", "entry__edition"
    )
    meeting = found.get(pk=meeting_id)
    edition = meeting.stage.edition
    refuse(may.against_leading(queries.may_lead(edition, meeting.category, person_called(by))))
    refuse(may.against_a_closed_meeting(meeting))
    return meeting


def _here(meeting: Meeting) -> set[int]:
    return set(queries.entries_on(meeting.stage, meeting.category).values_list("pk", flat=True))


def _there(meeting: Meeting) -> list[Juror]:
    return list(Juror.objects.filter(attendances__meeting=meeting).order_by("name"))


def _at_hand(meeting: Meeting) -> list[int]:
    return [meeting.entry.pk] if meeting.entry else []


def _refuse_one_who_is_out(meeting: Meeting, entries: Collection[int], *, by: str) -> None:
    edition = meeting.stage.edition
    refuse(may.against_one_who_is_out(queries.is_out(edition, entries, person_called(by))))


def _note(
    meeting: Meeting, kind: Minute.Kind, entry: Entry | None, *, by: str, at: datetime, **said: Any
) -> Minute:
    return Minute.objects.create(meeting=meeting, kind=kind, entry=entry, at=at, by=person_called(by), **said)


def _note_out(
    meeting: Meeting,
    jurors: Sequence[Juror],
    entries: Sequence[Entry],
    *,
    text: str = "",
    award: Award | None = None,
    by: str,
    at: datetime,
) -> list[Juror]:
    """Note who of some jurors is out while entries are discussed, for what beside the entry."""
    about = {entry.pk: entry for entry in entries}
    leaves = queries.out_for(list(about), blocked_pairs(meeting.stage.edition))
    out = [juror for juror in jurors if juror.pk in leaves]
    for juror in out:
        entry = about[leaves[juror.pk]]
        _note(meeting, Minute.Kind.RECUSED, entry, juror=juror, text=text, award=award, by=by, at=at)
    return out


def _record_change(
    meeting: Meeting,
    card: Scorecard,
    criterion: str,
    before: int | None,
    *,
    reason: str,
    by: str,
    at: datetime,
) -> None:
    changed = Scorecard.objects.prefetch_related("marks").get(pk=card.pk)
    details = as_details(changed) | {
        "entry": card.assignment.entry.code,
        "juror": card.assignment.juror.code,
        "criterion": criterion,
        "before": before,
    }
    _record(meeting, "mark_changed", by=by, at=at, why=reason.strip(), details=details)


def _record(
    meeting: Meeting,
    doing: str,
    *,
    by: str,
    at: datetime,
    why: str = "",
    details: Mapping[str, Any] | None = None,
) -> None:
    about = f"{meeting.stage.code}: {meeting.category.code}"
    record(chain_of(meeting.stage.edition), doing, about, by=by, at=at, why=why, details=details)
