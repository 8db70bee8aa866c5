"""Meetings of the jury: who leads, who is there and who is out, what is shown and what was noted."""

from collections.abc import Collection, Iterator, Sequence, Set
from datetime import datetime
from itertools import pairwise
from typing import NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.db.models import Prefetch, Q, QuerySet

from kaaring.entries.models import Entry
from kaaring.jury.models import (
    Admission,
    Assignment,
    Juror,
    Meeting,
    Minute,
    Panel,
    Reopening,
    Scorecard,
    Stage,
)
from kaaring.jury.queries.jurors import juror_of, jurors_of
from kaaring.jury.queries.recusals import Pair, blocked_entries, recused_from
from kaaring.jury.queries.scorecards import may_run, scorecards_that_count
from kaaring.jury.queries.stages import entries_in, is_open, jury_of
from kaaring.jury.sheets import UNTOUCHED, sheet_before, sheet_of
from kaaring.people.models import User
from kaaring.programmes.models import Category, Edition


class Seat(NamedTuple):
    """A juror of the category: there or not, and out while the entry at hand is discussed or not."""

    juror: Juror
    is_there: bool
    is_out: bool


def meetings_of(edition: Edition) -> QuerySet[Meeting]:
    """Return the meetings in an edition, the last one first."""
    return _meetings().filter(stage__edition=edition)


def meetings_with(user: User | AnonymousUser) -> QuerySet[Meeting]:
    """Return the meetings that a person leads as chair or attends as juror; none for everybody else."""
    if not user.is_authenticated:
        return _meetings().none()
    mine = Juror.objects.filter(user=user, removed_at=None)
    chaired = Panel.objects.filter(chair__in=mine)
    return _meetings().filter(Q(attendances__juror__in=mine) | Q(category__panels__in=chaired)).distinct()


def _meetings() -> QuerySet[Meeting]:
    return Meeting.objects.select_related(
        "stage__edition__programme__organiser", "category", "entry__case__organisation"
    ).order_by("-opened_at", "-pk")


def open_meeting_on(stage: Stage, category: Category) -> Meeting | None:
    """Return the meeting on a category that is going on in a stage, None where there is none."""
    return Meeting.objects.filter(stage=stage, category=category, closed_at=None).first()


def may_lead(edition: Edition, category: Category, user: User | AnonymousUser | None) -> bool:
    """Say whether a person leads the meeting on a category: its panel's chair, or who runs the edition."""
    if user is None or not user.is_authenticated:
        return False
    chairs = Panel.objects.filter(
        edition=edition, categories=category, chair__user=user, chair__removed_at=None
    )
    return chairs.exists() or may_run(edition.programme.organiser, user)


def members_for(edition: Edition, category: Category) -> QuerySet[Juror]:
    """Return who judges a category: its panels' jurors; without a panel the whole jury."""
    panels = Panel.objects.filter(edition=edition, categories=category)
    found = jurors_of(edition)
    if not panels.exists():
        return found
    return found.filter(Q(panels__in=panels) | Q(panels_chaired__in=panels)).distinct()


def seats_in(meeting: Meeting) -> list[Seat]:
    """Return every juror of the category: who is there, and who is out for the entry at hand."""
    there = set(meeting.attendances.values_list("juror_id", flat=True))
    out = recused_from(meeting.entry) if meeting.entry else set()
    members = members_for(meeting.stage.edition, meeting.category)
    return [Seat(juror, juror.pk in there, juror.pk in out) for juror in members]


def entries_on(stage: Stage, category: Category) -> QuerySet[Entry]:
    """Return the entries of a category that are in a stage, by their codes."""
    return entries_in(stage).filter(category=category)


def contests_in(stages: Collection[Stage]) -> set[tuple[int, int]]:
    """Return the keys of every stage among some, beside those of each category with entries in it."""
    inside = Admission.objects.filter(stage__in=stages, ended_at=None, entry__withdrawn_at=None)
    return set(inside.values_list("stage_id", "entry__category_id").distinct())


def final_scorecards(stage: Stage, entry: Entry) -> QuerySet[Scorecard]:
    """Return the scorecards that count for an entry in a stage, with their jurors and marks."""
    found = scorecards_that_count(stage).filter(assignment__entry=entry)
    return (
        found.select_related("assignment__juror")
        .prefetch_related("marks")
        .order_by("assignment__juror__name")
    )


def is_out(edition: Edition, entries: Collection[int], user: User | AnonymousUser | None) -> bool:
    """Say whether a person has a conflict of interest with any of some entries, as the juror of that name."""
    juror = juror_of(user, edition) if entries and user else None
    return juror is not None and not blocked_entries(juror).isdisjoint(entries)


def hidden_from(
    user: User | AnonymousUser, stage: Stage, entries: Collection[Entry], *, at: datetime
) -> set[int]:
    """Return the keys of those entries whose marks a person in a meeting does not see.

    They are those that a juror has a conflict of interest with, and those for which the juror's own
    scorecard can still change. Who is no juror of the edition sees all.
    """
    juror = juror_of(user, stage.edition)
    if juror is None:
        return set()
    hidden = blocked_entries(juror)
    if is_open(stage, at=at):
        own = Assignment.objects.filter(stage=stage, juror=juror, ended_at=None, scorecard__submitted_at=None)
        hidden |= set(own.values_list("entry_id", flat=True))
    return hidden & {entry.pk for entry in entries}


def minutes_of(meeting: Meeting) -> QuerySet[Minute]:
    """Return what a meeting noted, in its order."""
    return (
        Minute.objects.filter(meeting=meeting)
        .select_related("entry__case", "juror", "award", "by")
        .order_by("pk")
    )


class MarkChange(NamedTuple):
    """A mark changed in a meeting, on which criterion: steps before and after, None for no mark.

    ``kept`` says on whose scorecard, by whom and why.
    """

    kept: Reopening
    criterion: str
    before: int | None
    after: int | None


def changes_in(meeting: Meeting) -> list[MarkChange]:
    """Return the marks that were changed in a meeting, as they followed one another.

    What a mark became is what stood on the scorecard before its next change, or stands there now.
    """
    every = Reopening.objects.order_by("pk").select_related("by")
    cards = Scorecard.objects.filter(reopenings__meeting=meeting).distinct()
    told = cards.select_related("assignment__juror", "assignment__entry").prefetch_related(
        "marks", Prefetch("reopenings", every)
    )
    return sorted((one for card in told for one in _changes_of(card, meeting)), key=lambda one: one.kept.pk)


def _changes_of(card: Scorecard, meeting: Meeting) -> Iterator[MarkChange]:
    kept = list(card.reopenings.all())
    sheets = [*(sheet_before(one).marks for one in kept), sheet_of(card).marks]
    for one, (before, after) in zip(kept, pairwise(sheets), strict=True):
        if one.meeting_id == meeting.pk:
            for code in dict.fromkeys([*before, *after]):
                steps = (before.get(code, UNTOUCHED).steps, after.get(code, UNTOUCHED).steps)
                if steps[0] != steps[1]:
                    yield MarkChange(one, code, *steps)


def jury_parts_ties(edition: Edition) -> bool:
    """Say whether the rules name the jury's word as a tie-breaker."""
    jury = jury_of(edition)
    return jury is not None and "jury" in jury.combine.ties


def out_for(entries: Sequence[int], blocked: Set[Pair]) -> dict[int, int]:
    """Return who leaves the room while entries are discussed together, by the juror's key.

    Each leaves for the first of them that a conflict of interest in ``blocked`` is about, which is told too.
    """
    order = {entry: position for position, entry in enumerate(entries)}
    found = sorted((order[entry], juror) for juror, entry in blocked if entry in order)
    return {juror: entries[position] for position, juror in reversed(found)}
