"""The jury's meeting as its pages show it, to whoever leads it and to jurors who attend."""

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from kaaring.entries.models import Entry
from kaaring.entries.queries.submitted import put_titles
from kaaring.jury.models import Juror, Meeting, Minute, Scorecard
from kaaring.jury.queries import meetings as queries
from kaaring.jury.queries.called import Called, called
from kaaring.jury.queries.recusals import Pair, blocked_pairs
from kaaring.jury.queries.scorecards import may_run
from kaaring.jury.sheets import Blank, Filled, blank_of, sheet_of
from kaaring.kernel.figures import figure
from kaaring.kernel.text import Text, said
from kaaring.people.models import User
from kaaring.programmes.definition import Definition
from kaaring.programmes.definition.schema import Criterion
from kaaring.programmes.models import Award, Edition
from kaaring.programmes.queries import definition_in_force
from kaaring.results.models import Run
from kaaring.results.queries.juried import (
    EntryRow,
    EntryStandings,
    entry_decisions_in_force,
    standings_of_category,
)
from kaaring.results.queries.runs import current_run, is_outdated
from kaaring.web.drawings import Dot, dots_of
from kaaring.web.meeting_minutes import Noted, changes_seen, in_words, mark_in_words, minutes_seen


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


class Line(NamedTuple):
    """An entry in the meeting's list; what the viewer may not see has no figures.

    No entry has a place where another one of its contest is hidden.
    """

    entry: Entry
    called: Called
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
    """Entries that share a place, and who is out while it is parted; no place where that is not told."""

    place: int | None
    rows: list[EntryRow]
    out: list[Juror]


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
    def listed(self) -> list[Line]:
        """The entries as they are listed: by code while the jury goes through them, by place afterwards."""
        if self.meeting.closed_at is None:
            return list(self.lines)
        last = len(self.lines) + 1
        return sorted(self.lines, key=lambda one: (one.row and one.row.place) or last)

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
        """The minutes in words, with the marks that were changed."""
        return in_words(self.minutes, changes_seen(self.meeting, self.hidden), self.blank)

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
        return [(steps, mark_in_words(self.blank, steps)) for steps in range(self.blank.most_steps + 1)]

    @property
    def ties(self) -> list[Tie]:
        """Places that several entries share, where all of them may be seen."""
        return [tie for table in self.tables for tie in self._ties_in(table.rows)]

    def _ties_in(self, rows: Sequence[EntryRow]) -> Iterator[Tie]:
        shared: dict[int, list[EntryRow]] = {}
        for row in rows:
            if row.place is not None and row.is_shared:
                shared.setdefault(row.place, []).append(row)
        hides_places = any(row.entry.pk in self.hidden for row in rows)
        for place, tied in shared.items():
            if not any(row.entry.pk in self.hidden for row in tied):
                out = self.out_for([one.entry.pk for one in tied])
                yield Tie(None if hides_places else place, self.as_called(tied), out)

    @cached_property
    def minutes(self) -> list[Minute]:
        """What the meeting noted, as far as the viewer may read it."""
        return minutes_seen(self.meeting, self.hidden)

    @property
    def hides_places(self) -> bool:
        """Whether places are left out, since a hidden entry would stand on the one that is missing."""
        return bool(self.hidden) and not self.is_voted

    @property
    def shows_names(self) -> bool:
        """Whether all jurors see names here, so that they may stand on a screen in the room."""
        return self.blank.stage.sees.names

    @property
    def called_on_screen(self) -> Called | None:
        """What the entry at hand is called where all jurors read it."""
        entry = self.line.entry if self.line else None
        return self.called(entry, with_names=self.shows_names) if entry else None

    def called(self, entry: Entry, *, with_names: bool) -> Called:
        """Return what an entry of the category is called to those who see names, or do not."""
        return called(entry.code, self.blank.category.name, entry.case.title, with_names=with_names)

    def as_called(self, rows: Sequence[EntryRow]) -> list[EntryRow]:
        """Return lines of a table with the names that the viewer calls their entries by."""
        category, with_names = self.blank.category.name, self.sees_names
        names = [called(one.entry.code, category, one.entry.title, with_names=with_names) for one in rows]
        renamed = [one.entry._replace(title=name.name) for one, name in zip(rows, names, strict=True)]
        return [replace(one, entry=entry) for one, entry in zip(rows, renamed, strict=True)]


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
    shows_marks = meeting.entry is not None and meeting.entry.pk not in hidden
    blank = blank_of(definition, meeting.stage.code, meeting.category.code)
    sees_names = blank.stage.sees.names or may_run(edition.programme.organiser, user)
    rows = _rows_seen(tables, hidden)
    put_titles(entries)
    lines = [
        Line(
            one,
            called(one.code, blank.category.name, one.case.title, with_names=sees_names),
            rows.get(one.pk),
            one.pk == meeting.entry_id,
            one.pk in hidden,
        )
        for one in entries
    ]
    return Room(
        meeting=meeting,
        definition=definition,
        tables=tables,
        seats=queries.seats_in(meeting),
        lines=lines,
        is_leading=meeting.closed_at is None and queries.may_lead(edition, meeting.category, user),
        sees_names=sees_names,
        can_part=queries.jury_parts_ties(edition),
        at=at,
        cards=list(queries.final_scorecards(meeting.stage, meeting.entry))
        if shows_marks and meeting.entry
        else [],
        blocked=blocked_pairs(edition),
    )


def _rows_seen(tables: Sequence[EntryStandings], hidden: Set[int]) -> dict[int, EntryRow]:
    """Return the lines that are not hidden; without places where a hidden one is in the same contest."""
    found = {}
    for table in tables:
        seen = [row for row in table.rows if row.entry.pk not in hidden]
        hides_places = len(seen) < len(table.rows)
        for row in seen:
            found[row.entry.pk] = replace(row, place=None, is_shared=False) if hides_places else row
    return found


def _strip(blank: Blank, criterion: Criterion, given: Sequence[Filled]) -> Strip:
    steps = sorted(one.steps for one in given if one.steps is not None)
    dots, height = dots_of(steps, blank.most_steps)
    (low, high), _height = dots_of((0, blank.most_steps), blank.most_steps)
    ends = ((low.x, str(blank.scale.lowest)), (high.x, str(blank.scale.highest)))
    marks = ", ".join(mark_in_words(blank, one) for one in steps) or "–"
    label = _("%(criterion)s: %(marks)s") % {"criterion": said(criterion.name), "marks": marks}
    return Strip(criterion.name, figure(criterion.weight, decimals=0), dots, height, label, ends)


def _sheet(card: Scorecard, blank: Blank) -> Sheet:
    sheet = sheet_of(card)
    filled = [sheet.marks.get(one.code) for one in blank.criteria]
    marks = ["–" if one is None or one.steps is None else mark_in_words(blank, one.steps) for one in filled]
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
