"""Marking in a demonstration: what each juror gives, by how good the entry is and how strict the juror."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from fractions import Fraction
from functools import partial
from zoneinfo import ZoneInfo

from kaaring.jobs.demo.dice import Dice
from kaaring.jobs.demo.juried.plans import Voice
from kaaring.jobs.demonstration.diary import Diary
from kaaring.jury.actions.asking import answer_query, ask_organiser
from kaaring.jury.actions.scorecards import save_draft, submit_scorecard
from kaaring.jury.models import Assignment, Query, Stage
from kaaring.jury.sheets import Blank, Filled, Sheet, blank_of
from kaaring.people.models import User
from kaaring.programmes.queries import definition_in_force

DONE = (45, 70, 100, 30, 85, 0, 60, 20, 100, 50)
"""How many per cent of their pile jurors have marked in a stage that is open, one after the other."""

LEAST, REACH = 0.22, 0.70
"""Where on the scale the weakest entry lies, and how far above it the best, as shares of the scale."""


@dataclass
class Marking:
    """How entries are seen: ``qualities`` by the entry's key, ``severities`` by the juror's.

    ``unfit`` are entries that do not pass screening; ``said`` which remarks they have had.
    """

    qualities: Mapping[int, float]
    severities: Mapping[int, float]
    unfit: frozenset[int]
    voice: Voice
    dice: Dice
    said: set[tuple[int, str]]

    def sheet(self, assignment: Assignment, blank: Blank) -> Sheet:
        """Return what a juror puts on the sheet for an entry."""
        quality = self.qualities[assignment.entry_id]
        if not blank.is_marked:
            return self._vote(assignment)
        severity = self.severities[assignment.juror_id]
        marks = {
            criterion.code: Filled(self._steps(assignment, place, quality, severity, blank.most_steps))
            for place, criterion in enumerate(blank.criteria)
        }
        remark = self._remark(assignment.entry_id, quality) if self.dice(10) < 6 else ""
        comment = self._one_of(self.voice.to_the_jury) if self.dice(7) == 0 else ""
        return Sheet(marks=marks, remark=remark, comment=comment)

    def _vote(self, assignment: Assignment) -> Sheet:
        is_unfit = assignment.entry_id in self.unfit
        passes = self.dice(100) < (8 if is_unfit else 97)
        return Sheet(passes=passes, comment="" if passes else self.voice.fails)

    def _steps(self, assignment: Assignment, place: int, quality: float, severity: float, most: int) -> int:
        """Return a mark in steps: what the entry is worth there, the juror's own measure, and chance."""
        lean = ((_number(assignment.entry.code) * 7 + place * 5) % 9 - 4) * 0.18
        chance = (self.dice(200) + self.dice(200) - 199) / 170
        return min(most, max(0, round(most * (LEAST + REACH * quality) + lean + severity + chance)))

    def _remark(self, entry: int, quality: float) -> str:
        """Return a remark that this entry has not had, or none."""
        known = self.voice.mixed if quality > 0.3 else self.voice.doubt
        new = [
            one for one in (self.voice.praise if quality > 0.68 else known) if (entry, one) not in self.said
        ]
        if not new:
            return ""
        remark = self._one_of(new)
        self.said.add((entry, remark))
        return remark

    def _one_of(self, texts: Iterable[str]) -> str:
        every = tuple(texts)
        return every[self.dice(len(every))]


def _number(code: str) -> int:
    """Return the number in a code, the same in every database: of J07 it is 7."""
    return int("".join(letter for letter in code if letter.isdigit()))


def assignments_in(stage: Stage) -> list[Assignment]:
    """Return what is to be read in a stage, in a fixed order."""
    found = Assignment.objects.filter(stage=stage, ended_at=None)
    return list(found.select_related("juror__user", "entry__category").order_by("juror__code", "entry__code"))


def sheets_for(stage: Stage, marking: Marking) -> dict[int, Sheet]:
    """Return a complete sheet for everything to be read in a stage, by the assignment's key."""
    definition = definition_in_force(stage.edition)
    sheets = {}
    for one in assignments_in(stage):
        blank = blank_of(definition, stage.code, one.entry.category.code)
        sheets[one.pk] = marking.sheet(one, blank)
    return sheets


def tied(stage: Stage, sheets: Mapping[int, Sheet], category: str, place: int) -> dict[int, Sheet]:
    """Return the sheets with the entry on a place of a category marked exactly as the next one is.

    The marks of the one go to the jurors of the other in the same order, so that sums and means are the same.
    """
    cards: defaultdict[int, list[int]] = defaultdict(list)
    for one in assignments_in(stage):
        if one.entry.category.code == category:
            cards[one.entry_id].append(one.pk)
    full = max(len(own) for own in cards.values())
    whole = [entry for entry, own in cards.items() if len(own) == full]
    order = sorted(whole, key=lambda entry: -_mean([sheets[key] for key in cards[entry]]))
    first, second = order[place - 1], order[place]
    pairs = zip(cards[second], cards[first], strict=True)
    return {**sheets, **{mine: replace(sheets[mine], marks=sheets[other].marks) for mine, other in pairs}}


def _mean(sheets: list[Sheet]) -> Fraction:
    steps = [one.steps or 0 for sheet in sheets for one in sheet.marks.values()]
    return Fraction(sum(steps), len(steps))


def put_in(diary: Diary, stage: Stage, sheets: Mapping[int, Sheet], dice: Dice) -> None:
    """Let every sheet be handed in while the stage is open, each juror in a few sittings."""
    length = int((stage.closes_at - stage.opens_at) / timedelta(minutes=1)) - 60
    for one in assignments_in(stage):
        sitting = (_number(one.juror.code) * 37 + dice(3) * 211) % 100 / 100
        minute = min(length, int(length * (0.05 + 0.9 * sitting)) + dice(90))
        at = by_day(stage, stage.opens_at + timedelta(minutes=minute))
        diary.put_in(at, partial(hand_in, one, sheets[one.pk]))


def put_in_until(
    diary: Diary, stage: Stage, sheets: Mapping[int, Sheet], dice: Dice, *, until: datetime
) -> None:
    """Let jurors get as far as they are by then: some are done, some have not begun, most are under way.

    Each begins with the calibration entry, if there is one, and leaves up to two sheets as drafts.
    """
    piles: defaultdict[int, list[Assignment]] = defaultdict(list)
    for one in assignments_in(stage):
        piles[one.juror_id].append(one)
    for place, pile in enumerate(piles.values()):
        share = DONE[place % len(DONE)]
        pile.sort(key=lambda one: one.entry_id != stage.calibration_id)
        done = max(1, len(pile) * share // 100) if share else 0
        drafts = dice(3) if 0 < share < 100 else 0
        hours = int((until - stage.opens_at) / timedelta(hours=1)) - 2
        for number, one in enumerate(pile[: done + drafts]):
            moment = stage.opens_at + timedelta(hours=8 + (hours - 9) * number / (done + drafts))
            step = hand_in if number < done else begin
            at = min(by_day(stage, moment + timedelta(minutes=dice(50))), until - timedelta(minutes=2))
            diary.put_in(at, partial(step, one, sheets[one.pk]))


def by_day(stage: Stage, moment: datetime) -> datetime:
    """Return a moment of the same day between eight and ten at night, in the same order as before."""
    clock = ZoneInfo(stage.edition.timezone)
    local = moment.astimezone(clock)
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight + timedelta(hours=8) + (local - midnight) * 14 / 24


def hand_in(assignment: Assignment, sheet: Sheet, at: datetime) -> None:
    """Submit a sheet as its juror, unless there is nothing to mark any more."""
    if _is_to_be_read(assignment):
        submit_scorecard(assignment.pk, sheet, version=0, by=_by(assignment), at=at)


def begin(assignment: Assignment, sheet: Sheet, at: datetime) -> None:
    """Keep a sheet as a draft, with the last criterion open still."""
    if _is_to_be_read(assignment):
        kept = dict(list(sheet.marks.items())[:-1])
        save_draft(assignment.pk, replace(sheet, marks=kept), version=0, by=_by(assignment), at=at)


def ask(diary: Diary, stage: Stage, voice: Voice, organiser: User, at: datetime) -> None:
    """Let jurors ask the organiser about entries; who runs the edition answers a few hours later."""
    waiting = [one for one in assignments_in(stage) if _is_to_be_read(one)]
    step = max(1, len(waiting) // (len(voice.questions) + 1))
    for place, (question, answer) in enumerate(voice.questions, 1):
        query = ask_organiser(waiting[place * step].pk, question, by=_by(waiting[place * step]), at=at)
        if answer:
            diary.put_in(at + timedelta(hours=3 * place), partial(_answer, query, answer, organiser))


def _answer(query: Query, answer: str, organiser: User, at: datetime) -> None:
    answer_query(query.pk, answer, by=organiser.public_id, at=at)


def _is_to_be_read(assignment: Assignment) -> bool:
    return Assignment.objects.filter(
        pk=assignment.pk, ended_at=None, entry__withdrawn_at=None, juror__removed_at=None
    ).exists()


def _by(assignment: Assignment) -> str:
    assert assignment.juror.user is not None
    return assignment.juror.user.public_id
