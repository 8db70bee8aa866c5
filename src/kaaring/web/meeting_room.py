"""The jury's meeting as its pages show it, to whoever leads it and to jurors who attend."""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from kaaring.entries.models import Entry
from kaaring.jury.models import Juror, Meeting, Minute, Reopening, Scorecard
from kaaring.jury.queries import meetings as queries
from kaaring.jury.queries.recusals import Pair, blocked_pairs
from kaaring.jury.queries.scorecards import may_run
from kaaring.jury.sheets import Blank, Filled, blank_of, mark_at, sheet_of
from kaaring.kernel.figures import figure
from kaaring.kernel.text import Text, said
from kaaring.people.models import User
from kaaring.programmes.definition import Definition
from kaaring.programmes.definition.schema import Criterion
from kaaring.programmes.definition.schema.values import plain_number
from kaaring.programmes.models import Award, Edition
from kaaring.programmes.queries import definition_in_force
from kaaring.results.models import EntryDecision, Run
from kaaring.results.queries.juried import (
    EntryRow,
    EntryStandings,
    entry_decisions_in_force,
    standings_of_category,
)
from kaaring.results.queries.runs import current_run, is_outdated
from kaaring.web.drawings import Dot, dots_of


class Strip(NamedTuple):
    """The jurors' marks on one criterion as dots; ``label`` says them in words.

    ``ends`` are the lowest and highest mark, where a dot for either would stand.
    """

    name: Text
    weight: str
    dots: tuple[Dot, ...]
    height: int
    label: str
    ends: tuple[tuple[str, str], ...]


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

    @property
    def votes(self) -> str:
        """What the jury voted, where it says yes or no to each entry."""
        if self.row is None or self.row.value is None:
            return ""
        counts = {"yes": int(self.row.value), "count": self.row.scorecards}
        return _("%(yes)d of %(count)d yes") % counts


class Tie(NamedTuple):
    """Entries that share a place, and who is out while it is parted."""

    place: int
    rows: list[EntryRow]
    out: list[Juror]


class Noted(NamedTuple):
    """A line of the minutes, and what it says beside the entry and the juror, in the reader's language."""

    minute: Minute
    about: str


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
    blocked: Set[Pair]

    @property
    def is_voted(self) -> bool:
        """Whether jurors say yes or no to each entry, so that none has a place."""
        return self.blank.stage.mode == "pass_fail"

    @property
    def blank(self) -> Blank:
        """The sheet that jurors filled in."""
        return blank_of(self.definition, self.meeting.stage.code, self.meeting.category.code)

    @property
    def hidden(self) -> set[int]:
        """The keys of the entries of which the viewer sees neither figures nor what is said."""
        return {one.entry.pk for one in self.lines if one.is_hidden}

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

    def out_for(self, entries: Sequence[int]) -> list[Juror]:
        """Return who of the category's jurors is out while something about all these entries is decided."""
        leaves = queries.out_for(entries, self.blocked)
        return [one.juror for one in self.seats if one.juror.pk in leaves]

    @property
    def noted(self) -> list[Noted]:
        """The minutes in words."""
        levels = dict(EntryDecision.Level.choices)
        return [Noted(one, _about(one, str(levels.get(one.level, one.level)))) for one in self.minutes]

    @property
    def attended(self) -> list[tuple[Juror, str]]:
        """Who was there, with the codes of the entries that each was out for."""
        codes: dict[int, list[str]] = {}
        for one in self.minutes:
            if one.kind == Minute.Kind.RECUSED and one.juror_id is not None and one.entry is not None:
                codes.setdefault(one.juror_id, []).append(one.entry.code)
        there = [one.juror for one in self.seats if one.is_there]
        return [(juror, ", ".join(dict.fromkeys(codes.get(juror.pk, ())))) for juror in there]

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
        found = []
        for table in self.tables:
            shared: dict[int, list[EntryRow]] = {}
            for row in table.rows:
                if row.place is not None and row.is_shared:
                    shared.setdefault(row.place, []).append(row)
            found += [
                Tie(place, rows, self.out_for([row.entry.pk for row in rows]))
                for place, rows in shared.items()
                if not any(row.entry.pk in self.hidden for row in rows)
            ]
        return found

    @property
    def changes(self) -> list[Change]:
        """The marks changed so far, for entries the viewer may see."""
        found = queries.changes_in(self.meeting)
        return [_change(one) for one in found if one.scorecard.assignment.entry_id not in self.hidden]

    @cached_property
    def minutes(self) -> list[Minute]:
        """What the meeting noted, without what is about entries that are hidden from the viewer.

        A tie with such an entry is one of them as a whole, and so is every decision.
        """
        found, hidden = list(queries.minutes_of(self.meeting)), self.hidden
        ties = {one.at for one in found if one.kind == Minute.Kind.TIE and one.entry_id in hidden}
        return [
            one
            for one in found
            if one.entry_id not in hidden
            and not (one.kind == Minute.Kind.TIE and one.at in ties)
            and not (one.kind == Minute.Kind.DECIDED and hidden)
        ]


def _about(minute: Minute, level: str) -> str:
    if minute.award is None:
        return minute.text
    said = f"{minute.award}: {level}" if level else str(minute.award)
    return f"{said}. {minute.text}" if minute.text else said


@dataclass(frozen=True, slots=True)
class Outcome:
    """How far a jury is with its awards: which categories are decided, and what is published.

    ``run`` is the one that counts, and ``is_published`` says whether it still shows what the jury did last.
    """

    decided: Set[str]
    is_decided: bool
    run: Run | None
    is_published: bool

    def is_over(self, category: str) -> bool:
        """Say whether a jury has nothing left to meet on in a category."""
        return self.is_published or category in self.decided


def outcome_of(edition: Edition) -> Outcome:
    """Return how far a jury is with its awards."""
    decisions = entry_decisions_in_force(edition).order_by().filter(award=OuterRef("pk"))
    awards = Award.objects.filter(edition=edition, by=Award.By.JURY).annotate(is_decided=Exists(decisions))
    categories = set(awards.values_list("category", "is_decided"))
    undecided = {category for category, is_decided in categories if not is_decided}
    decided = {category for category, _is_decided in categories} - undecided
    is_decided = bool(decided) and not undecided
    run = current_run(edition) if is_decided else None
    return Outcome(decided, is_decided, run, run is not None and not is_outdated(run))


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
        blocked=blocked_pairs(edition),
    )


def _strip(blank: Blank, criterion: Criterion, given: Sequence[Filled]) -> Strip:
    steps = sorted(one.steps for one in given if one.steps is not None)
    dots, height = dots_of(steps, blank.most_steps)
    (low, high), _height = dots_of((0, blank.most_steps), blank.most_steps)
    ends = ((low.x, str(blank.scale.lowest)), (high.x, str(blank.scale.highest)))
    marks = ", ".join(_mark(blank, one) for one in steps) or "–"
    label = _("%(criterion)s: %(marks)s") % {"criterion": said(criterion.name), "marks": marks}
    return Strip(criterion.name, figure(criterion.weight, decimals=0), dots, height, label, ends)


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
