"""The jury's meeting as its pages show it, to whoever leads it and to jurors who attend."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any, NamedTuple

from django.http import QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from kaaring.entries.models import Entry
from kaaring.jury.actions import meetings as actions
from kaaring.jury.models import Juror, Meeting, Reopening, Scorecard
from kaaring.jury.queries import meetings as queries
from kaaring.jury.queries.jurors import juror_of
from kaaring.jury.queries.recusals import blocked_entries
from kaaring.jury.queries.scorecards import may_run
from kaaring.jury.rules import meetings as may
from kaaring.jury.sheets import Blank, Filled, blank_of, mark_at, sheet_of
from kaaring.kernel.figures import figure
from kaaring.kernel.refused import Refused, refuse
from kaaring.kernel.text import Text, said
from kaaring.people.models import User
from kaaring.programmes.definition import Definition
from kaaring.programmes.definition.schema import Criterion
from kaaring.programmes.definition.schema.values import plain_number
from kaaring.programmes.models import Award
from kaaring.programmes.queries import definition_in_force
from kaaring.results.actions import decide_entries, decide_nobody
from kaaring.results.queries.juried import (
    EntryProposal,
    EntryRow,
    EntryStandings,
    entry_proposal_for,
    standings_of_category,
)
from kaaring.web.award_form import AwardForm
from kaaring.web.drawings import Dot, dots_of


class Strip(NamedTuple):
    """The jurors' marks on one criterion as dots; ``label`` says them in words."""

    name: Text
    weight: str
    dots: tuple[Dot, ...]
    height: int
    label: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A juror's final scorecard in the meeting; ``marks`` are as shown, one for each criterion."""

    key: int
    juror: str
    marks: list[str]
    score: Fraction | None
    said: str


class Change(NamedTuple):
    """A mark that was changed here: what it was, what it is, by whom and why."""

    juror: str
    entry: str
    before: str
    reason: str
    by: str


class Line(NamedTuple):
    """An entry in the meeting's list; what the viewer may not see has no figures."""

    entry: Entry
    row: EntryRow | None
    is_here: bool
    is_hidden: bool


class Tie(NamedTuple):
    """Entries that share a place."""

    place: int
    rows: list[EntryRow]


@dataclass(frozen=True)
class Room:
    """Everything a page of a meeting shows one person, read once."""

    meeting: Meeting
    definition: Definition
    tables: Sequence[EntryStandings]
    seats: Sequence[queries.Seat]
    lines: Sequence[Line]
    is_leading: bool
    sees_names: bool
    can_part: bool
    at: datetime
    cards: Sequence[Scorecard]

    @property
    def blank(self) -> Blank:
        """The sheet that jurors filled in."""
        return blank_of(self.definition, self.meeting.stage.code, self.meeting.category.code)

    @property
    def line(self) -> Line | None:
        """The entry at hand."""
        return next((one for one in self.lines if one.is_here), None)

    @property
    def number(self) -> int:
        """Which of the entries is at hand, counted from 1; 0 for none."""
        return next((at for at, one in enumerate(self.lines, 1) if one.is_here), 0)

    @property
    def before(self) -> Line | None:
        """The entry before the one at hand."""
        return self.lines[self.number - 2] if self.number > 1 else None

    @property
    def after(self) -> Line | None:
        """The entry after the one at hand; the first where none is."""
        return self.lines[self.number] if self.number < len(self.lines) else None

    @property
    def out(self) -> list[Juror]:
        """Who of the category's jurors is out while the entry at hand is discussed."""
        return [one.juror for one in self.seats if one.is_out]

    @property
    def there(self) -> int:
        """How many jurors are in the meeting."""
        return sum(one.is_there for one in self.seats)

    @property
    def strips(self) -> list[Strip]:
        """The marks for the entry at hand, criterion by criterion."""
        sheets = [sheet_of(card) for card in self.cards]
        return [
            _strip(self.blank, one, [filled for sheet in sheets if (filled := sheet.marks.get(one.code))])
            for one in self.blank.criteria
        ]

    @property
    def sheets(self) -> list[Sheet]:
        """The scorecards for the entry at hand."""
        return [_sheet(card, self.blank) for card in self.cards]

    @property
    def marks(self) -> list[tuple[int, str]]:
        """The marks that can be given: steps, and the mark they make."""
        return [(steps, _mark(self.blank, steps)) for steps in range(self.blank.most_steps + 1)]

    @property
    def ties(self) -> list[Tie]:
        """Places that several entries share, where all of them may be seen."""
        hidden = {one.entry.pk for one in self.lines if one.is_hidden}
        found = []
        for table in self.tables:
            shared: dict[int, list[EntryRow]] = {}
            for row in table.rows:
                if row.place is not None and row.is_shared:
                    shared.setdefault(row.place, []).append(row)
            found += [
                Tie(place, rows)
                for place, rows in shared.items()
                if not any(row.entry.pk in hidden for row in rows)
            ]
        return found

    @property
    def changes(self) -> list[Change]:
        """The marks changed so far, for entries the viewer may see."""
        hidden = {one.entry.pk for one in self.lines if one.is_hidden}
        found = queries.changes_in(self.meeting)
        return [_change(one) for one in found if one.scorecard.assignment.entry_id not in hidden]

    @property
    def minutes(self) -> list[Any]:
        """What the meeting noted."""
        return list(queries.minutes_of(self.meeting))


def room_of(meeting: Meeting, user: User, *, at: datetime) -> Room:
    """Return a meeting as one person sees it now."""
    edition = meeting.stage.edition
    definition = definition_in_force(edition)
    entries = list(queries.entries_on(meeting.stage, meeting.category))
    hidden = queries.hidden_from(user, meeting.stage, entries, at=at)
    tables = standings_of_category(edition, meeting.category.code, meeting.stage.code)
    rows = {row.entry.pk: row for table in tables for row in table.rows}
    lines = [
        Line(
            one,
            None if one.pk in hidden else rows.get(one.pk),
            one.pk == meeting.entry_id,
            one.pk in hidden,
        )
        for one in entries
    ]
    shows_marks = meeting.entry is not None and meeting.entry.pk not in hidden
    rules = blank_of(definition, meeting.stage.code, meeting.category.code).stage
    is_organiser = may_run(edition.programme.organiser, user)
    return Room(
        meeting=meeting,
        definition=definition,
        tables=tables,
        seats=queries.seats_in(meeting),
        lines=lines,
        is_leading=meeting.closed_at is None and queries.may_lead(edition, meeting.category, user),
        sees_names=rules.sees.names or is_organiser,
        can_part=queries.jury_parts_ties(edition),
        at=at,
        cards=list(queries.final_scorecards(meeting.stage, meeting.entry))
        if shows_marks and meeting.entry
        else [],
    )


def _strip(blank: Blank, criterion: Criterion, given: Sequence[Filled]) -> Strip:
    steps = sorted(one.steps for one in given if one.steps is not None)
    dots, height = dots_of(steps, blank.most_steps)
    marks = ", ".join(_mark(blank, one) for one in steps) or "–"
    label = _("%(criterion)s: %(marks)s") % {"criterion": said(criterion.name), "marks": marks}
    return Strip(criterion.name, figure(criterion.weight, decimals=0), dots, height, label)


def _sheet(card: Scorecard, blank: Blank) -> Sheet:
    sheet = sheet_of(card)
    filled = [sheet.marks.get(one.code) for one in blank.criteria]
    marks = ["–" if one is None or one.steps is None else _mark(blank, one.steps) for one in filled]
    score = Fraction(card.score_of or 0, card.score_in) if card.score_in else None
    return Sheet(card.pk, card.assignment.juror.name, marks, score, _said(card))


def _said(card: Scorecard) -> str:
    """Return what a scorecard says where nothing is marked."""
    if card.abstained:
        return _("abstains: %(reason)s") % {"reason": card.abstained}
    if card.passes is not None:
        return _("passes") if card.passes else _("does not pass")
    if card.rank is not None:
        return _("rank %(rank)d") % {"rank": card.rank}
    return "" if card.points is None else _("points: %(points)d") % {"points": card.points}


def _mark(blank: Blank, steps: int) -> str:
    return str(plain_number(mark_at(blank.scale, steps)))


def _change(one: Reopening) -> Change:
    assignment = one.scorecard.assignment
    above, _slash, below = str(one.before.get("score") or "").partition("/")
    before = figure(Fraction(int(above), int(below))) if below else "–"
    return Change(
        assignment.juror.name,
        assignment.entry.code,
        before,
        one.reason,
        str(one.by or _("a command")),
    )


type Doing = Callable[[Meeting, QueryDict, str, datetime], str]


def _attend(meeting: Meeting, posted: QueryDict, by: str, at: datetime) -> str:
    there = Juror.objects.filter(
        edition=meeting.stage.edition_id, public_id__in=posted.getlist("there")
    ).values_list("pk", flat=True)
    actions.note_attendance(meeting.pk, list(there), by=by, at=at)
    return _("Attendance is noted.")


def _take_up(meeting: Meeting, posted: QueryDict, by: str, at: datetime) -> str:
    (entry,) = _entries(meeting, [posted.get("entry", "")])
    actions.take_up(meeting.pk, entry, by=by, at=at)
    return ""


def _change_mark(meeting: Meeting, posted: QueryDict, by: str, at: datetime) -> str:
    scorecard, steps = posted.get("scorecard", ""), posted.get("steps", "")
    actions.change_mark_in_meeting(
        meeting.pk,
        int(scorecard) if scorecard.isdecimal() else 0,
        posted.get("criterion", ""),
        int(steps) if steps.isdecimal() else -1,
        reason=posted.get("reason", "")[:2000],
        by=by,
        at=at,
    )
    return _("The mark is changed, and what it was is kept.")


def _note(meeting: Meeting, posted: QueryDict, by: str, at: datetime) -> str:
    actions.note(meeting.pk, posted.get("text", "")[:5000], by=by, at=at)
    return _("It is noted.")


def _part(meeting: Meeting, posted: QueryDict, by: str, at: datetime) -> str:
    """Part a tie: each entry's position stands under its public id; equal or missing ones part nothing."""
    typed = [(posted.get(f"position_{entry}", ""), entry) for entry in posted.getlist("entry")]
    in_order = [entry for _position, entry in sorted(typed, key=_position)]
    known = {position for position, _entry in typed}
    order = _entries(meeting, in_order) if len(known) == len(typed) else []
    actions.part_tie(meeting.pk, order, reason=posted.get("reason", "")[:2000], by=by, at=at)
    return _("The tie is parted.")


def _position(typed: tuple[str, str]) -> tuple[int, str]:
    position, entry = typed
    return (int(position) if position.isdecimal() else 10_000, entry)


def _close(meeting: Meeting, posted: QueryDict, by: str, at: datetime) -> str:
    actions.close_meeting(meeting.pk, by=by, at=at)
    return _("The meeting is closed.")


def _entries(meeting: Meeting, public_ids: Sequence[str]) -> list[int]:
    """Return the keys of entries of the edition, 0 for what is none, so that the action can say so."""
    found = Entry.objects.filter(edition=meeting.stage.edition_id, public_id__in=public_ids)
    keys = dict(found.values_list("public_id", "pk"))
    return [keys.get(one, 0) for one in public_ids]


_DOINGS: Mapping[str, Doing] = {
    "attend": _attend,
    "take-up": _take_up,
    "change": _change_mark,
    "note": _note,
    "part": _part,
    "close": _close,
}
DOINGS = (*_DOINGS, "decide", "nobody")
"""What the leader of a meeting does in it, each at an address of its own."""


class Posted(NamedTuple):
    """Something that is to be done in a meeting: what, with what was typed, by whom and when."""

    doing: str
    typed: QueryDict
    user: User
    at: datetime


def carry_out(meeting: Meeting, posted: Posted) -> tuple[str, AwardForm | None]:
    """Do it, and return what to say; or the form again, with what was wrong in it."""
    by = posted.user.public_id
    if posted.doing in _DOINGS:
        return _DOINGS[posted.doing](meeting, posted.typed, by, posted.at), None
    proposal = entry_proposal_for(_award(meeting, posted.typed.get("award", "")))
    refuse(_against_deciding(meeting, proposal, posted.user))
    said = _("“%(award)s” is decided.") % {"award": proposal.award}
    if posted.doing == "nobody":
        decide_nobody(proposal.award, reason=posted.typed.get("reason", "")[:2000], by=by, at=posted.at)
        return said, None
    form = AwardForm(posted.typed, proposal=proposal)
    if not form.is_valid():
        return "", form
    decide_entries(
        proposal.award,
        form.levels(),
        citations=form.citations(),
        reason=form.cleaned_data["reason"],
        by=by,
        at=posted.at,
    )
    return said, None


def _award(meeting: Meeting, code: str) -> Award:
    """Return an award for the meeting's category; there is no other to decide here (404)."""
    awards = Award.objects.select_related("edition__programme__organiser")
    category = meeting.category.code
    return get_object_or_404(
        awards, edition=meeting.stage.edition, category=category, by=Award.By.JURY, code=code
    )


def _against_deciding(meeting: Meeting, proposal: EntryProposal, user: User) -> Refused | None:
    """Who leads an open meeting decides in it, without a conflict of interest with any that competes."""
    edition = meeting.stage.edition
    juror = juror_of(user, edition)
    blocked = blocked_entries(juror) if juror else set()
    return (
        may.against_leading(queries.may_lead(edition, meeting.category, user))
        or may.against_a_closed_meeting(meeting)
        or may.against_one_who_is_out(any(row.entry.pk in blocked for row in proposal.rows))
    )


def context_of(
    meeting: Meeting, user: User, *, space: str, at: datetime, form: AwardForm | None = None
) -> dict[str, Any]:
    """Return what a page of a meeting shows; ``space`` says whose page it is: organiser or juror."""
    room = room_of(meeting, user, at=at)
    edition = meeting.stage.edition
    arguments = (edition.programme.slug, edition.slug, meeting.public_id)
    doing = {one.replace("-", "_"): reverse(f"{space}:meeting_{one}", args=arguments) for one in DOINGS}
    forms = [_form(proposal, form) for proposal in _proposals(room)] if room.is_leading else []
    awards = [{"form": one, "decide_at": doing["decide"], "nobody_at": doing["nobody"]} for one in forms]
    return {
        "room": room,
        "doing": doing,
        "awards": awards,
        "screen_at": reverse(f"{space}:meeting_screen", args=arguments),
    }


def _proposals(room: Room) -> list[EntryProposal]:
    """Return the awards that can be decided here: those for the category, where nothing is hidden."""
    if any(line.is_hidden for line in room.lines):
        return []
    edition, category = room.meeting.stage.edition, room.meeting.category.code
    awards = Award.objects.filter(edition=edition, by=Award.By.JURY, category=category)
    return [entry_proposal_for(one) for one in awards.select_related("edition__programme__organiser")]


def _form(proposal: EntryProposal, typed: AwardForm | None) -> AwardForm:
    if typed is not None and typed.proposal.award == proposal.award:
        return typed
    return AwardForm(proposal=proposal)
