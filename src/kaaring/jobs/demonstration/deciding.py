"""The end of a juried edition in a demonstration: meetings, decisions, publication."""

from datetime import datetime, timedelta

from kaaring.entries.models import Entry
from kaaring.jobs.demo.juried.plans import Verdicts
from kaaring.jobs.demonstration.jury import JuryRoom
from kaaring.jury.actions import meetings
from kaaring.jury.models import Meeting, Stage
from kaaring.jury.queries.meetings import members_for
from kaaring.jury.queries.scorecards import scorecards_that_count
from kaaring.jury.queries.stages import entries_in
from kaaring.programmes.models import Award, Category
from kaaring.results import actions as results
from kaaring.results.queries.juried import EntryProposal, EntryRow, entry_proposal_for, entry_standings

WINNER, COMMENDED = "winner", "highly_commended"
MOST_COMMENDED = 2


def meet(stage: Stage, category: Category, room: JuryRoom, verdicts: Verdicts, at: datetime) -> None:
    """Meet on a category: those on the panel attend, every entry is taken up, ties are parted."""
    by = room.chair_of(category.code).public_id
    meeting = meetings.open_meeting(stage.pk, category.pk, by=by, at=at)
    members = members_for(stage.edition, category).values_list("pk", flat=True)
    meetings.note_attendance(meeting.pk, list(members)[:-1], by=by, at=at)
    for place, entry in enumerate(entries_in(stage).filter(category=category)):
        at += timedelta(minutes=12)
        meetings.take_up(meeting.pk, entry.pk, by=by, at=at)
        if category.code == verdicts.changed and place == 0:
            _change_a_mark(meeting, entry, verdicts, by=by, at=at)
    if category.code == verdicts.parted:
        leaders = _leaders(stage, category)
        meetings.part_tie(meeting.pk, leaders, reason=verdicts.why_parted, by=by, at=at)
    meetings.note(meeting.pk, verdicts.noted, by=by, at=at + timedelta(minutes=5))
    meetings.close_meeting(meeting.pk, by=by, at=at + timedelta(minutes=6))


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


def decide(award: Award, room: JuryRoom, verdicts: Verdicts, at: datetime) -> None:
    """Decide an award as the marks say: the first wins, the next are commended."""
    by = room.organiser.public_id
    if award.category == verdicts.nobody:
        results.decide_nobody(award, reason=verdicts.why_nobody, by=by, at=at)
        return
    levels = _levels(entry_proposal_for(award))
    entries = {entry.pk: entry for entry in Entry.objects.filter(pk__in=levels).select_related("edition")}
    winners = [key for key, level in levels.items() if level == WINNER]
    results.decide_entries(
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
