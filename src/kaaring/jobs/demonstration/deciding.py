"""The end of a juried edition in a demonstration: meetings, decisions, publication."""

from datetime import datetime, timedelta

from kaaring.entries.models import Entry
from kaaring.jobs.demo.juried.plans import Verdicts
from kaaring.jobs.demonstration.jury import JuryRoom
from kaaring.jury.actions import meetings
from kaaring.jury.models import Meeting, Stage
from kaaring.jury.queries.meetings import is_out, members_for
from kaaring.jury.queries.scorecards import scorecards_that_count
from kaaring.jury.queries.stages import entries_in
from kaaring.people.models import User
from kaaring.programmes.models import Award, Category
from kaaring.results.actions.meeting import decide_in_meeting
from kaaring.results.queries.juried import EntryProposal, EntryRow, entry_proposal_for, entry_standings

WINNER, COMMENDED = "winner", "highly_commended"
MOST_COMMENDED = 2


def meet(stage: Stage, category: Category, room: JuryRoom, verdicts: Verdicts, at: datetime) -> None:
    """Meet on a category: those on the panel attend, entries are taken up, ties parted, awards decided.

    The chair leads; where the chair has a conflict of interest with any of the entries, the organiser does.
    """
    entries = entries_in(stage).filter(category=category)
    chair = room.chair_of(category.code)
    is_recused = is_out(stage.edition, [entry.pk for entry in entries], chair)
    by = (room.organiser if is_recused else chair).public_id
    meeting = meetings.open_meeting(stage.pk, category.pk, by=by, at=at)
    meetings.note_attendance(meeting.pk, _there(stage, category, chair), by=by, at=at)
    for place, entry in enumerate(entries):
        at += timedelta(minutes=12)
        meetings.take_up(meeting.pk, entry.pk, by=by, at=at)
        if category.code == verdicts.changed and place == 0:
            _change_a_mark(meeting, entry, verdicts, by=by, at=at)
    if category.code == verdicts.parted:
        leaders = _leaders(stage, category)
        at += timedelta(minutes=9)
        meetings.part_tie(meeting.pk, leaders, reason=verdicts.why_parted, by=by, at=at)
    at += timedelta(minutes=7)
    meetings.note(meeting.pk, verdicts.noted, by=by, at=at)
    awards = Award.objects.filter(edition=stage.edition_id, by=Award.By.JURY, category=category.code)
    for award in awards.select_related("edition__programme__organiser"):
        at += timedelta(minutes=4)
        _decide(meeting, award, verdicts, by=by, at=at)
    meetings.close_meeting(meeting.pk, by=by, at=at + timedelta(minutes=2))


def _there(stage: Stage, category: Category, chair: User) -> list[int]:
    """Return who comes to a meeting, by their keys: the chair, and all others but one."""
    members = list(members_for(stage.edition, category))
    absent = [juror.pk for juror in members if juror.user_id != chair.pk][-1:]
    return [juror.pk for juror in members if juror.pk not in absent]


def _change_a_mark(meeting: Meeting, entry: Entry, verdicts: Verdicts, *, by: str, at: datetime) -> None:
    card = scorecards_that_count(meeting.stage).filter(assignment__entry=entry).order_by("pk").first()
    assert card is not None
    mark = card.marks.get(criterion="results")
    assert mark.steps is not None
    steps = mark.steps - 1 if mark.steps > 0 else 1
    meetings.change_mark_in_meeting(
        meeting.pk, card.pk, "results", steps, reason=verdicts.why_changed, by=by, at=at
    )


def _leaders(stage: Stage, category: Category) -> list[int]:
    """Return the entries that share the first place, by their keys."""
    table = next(iter(entry_standings(stage.edition, stage.code, categories=[category.code])))
    return [row.entry.pk for row in table.winners]


def _decide(meeting: Meeting, award: Award, verdicts: Verdicts, *, by: str, at: datetime) -> None:
    """Decide an award as the marks say: the first wins, the next are commended."""
    if award.category == verdicts.nobody:
        decide_in_meeting(meeting, award, [], reason=verdicts.why_nobody, by=by, at=at)
        return
    levels = _levels(entry_proposal_for(award))
    entries = {entry.pk: entry for entry in Entry.objects.filter(pk__in=levels).select_related("edition")}
    winners = [key for key, level in levels.items() if level == WINNER]
    decide_in_meeting(
        meeting,
        award,
        [(entries[key], level) for key, level in levels.items()],
        citations=dict.fromkeys(winners, verdicts.citations[award.category]),
        by=by,
        at=at,
    )


def _levels(proposal: EntryProposal) -> dict[int, str]:
    """Return the first as winners and the next few as commended, all on one place alike."""
    rows = [row for row in proposal.rows if row.place is not None]
    return {
        row.entry.pk: WINNER if row.place == 1 else COMMENDED
        for row in rows
        if row.place == 1 or _is_commended(row)
    }


def _is_commended(row: EntryRow) -> bool:
    return row.place is not None and row.place <= MOST_COMMENDED
