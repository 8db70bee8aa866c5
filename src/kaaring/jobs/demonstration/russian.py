"""The Russian juried edition of the demonstration: screening is over, and the jury is marking."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from functools import partial

import numpy as np
from django.utils import translation

from kaaring.entries.models import Entry
from kaaring.jobs.demo.dice import Dice
from kaaring.jobs.demo.juried.plans import Fate
from kaaring.jobs.demo.juried.russian import jury
from kaaring.jobs.demo.juried.russian.cases import UNFIT, Writer
from kaaring.jobs.demonstration import handing_in, marking, stages
from kaaring.jobs.demonstration.accounts import BY
from kaaring.jobs.demonstration.course import Course, opening
from kaaring.jobs.demonstration.definitions import moved, shipped, weeks_until
from kaaring.jobs.demonstration.entering import DAY, Houses
from kaaring.jobs.demonstration.jury import Conflicts, declare
from kaaring.jobs.demonstration.pages import entry_page
from kaaring.jury.actions.jurors import remove_juror
from kaaring.jury.actions.stages import choose_calibration, move_stage
from kaaring.jury.models import Stage
from kaaring.people.models import MemberRole, User
from kaaring.programmes.models import Edition
from kaaring.results.actions import letters
from kaaring.survey import actions as survey

NAME, SEED = "contact-centre-awards-ru", 2027
MARKING_SINCE_WEEKS = 1
LEAST_DAYS, MORE_DAYS = 3, 14


def make_russian(
    houses: Houses, accounts: Mapping[str, User], *, only: Collection[str] = (), at: datetime
) -> Edition:
    """Make the edition so that its jury has marked for one to two of three weeks.

    ``only`` leaves out the cases that stand in other categories as well, or in others only.
    """
    definition = shipped(NAME)
    assert definition.jury is not None
    marks = next(one for one in definition.jury.stages if one.code == "marking")
    assert marks.period is not None
    definition = moved(definition, weeks_until(marks.period[0], at) - MARKING_SINCE_WEEKS)
    owner = accounts[MemberRole.OWNER]
    dice = Dice(np.random.Generator(np.random.PCG64([SEED, 7])))
    with translation.override("ru"):
        loaded = opening(definition.timeline.entries, definition.edition.timezone) - 21 * DAY
        rules = survey.store_definition(definition, houses.organiser, by=owner.public_id, at=loaded)
        written = Writer(definition, dice).cases()
        cases = [one for one in written if not only or {each.category for each in one.entries} <= {*only}]
        RussianCourse(rules.edition, houses, owner, accounts, dice=dice, cases=cases).run(until=at)
    return rules.edition


class RussianCourse(Course):
    """From the call for entries until now, in the middle of marking."""

    voice, wording, seats, panels = jury.VOICE, jury.WORDING, jury.SEATS, jury.PANELS
    conflicts = Conflicts(jury.DISMISSED, jury.LEFT_OPEN)
    unfit, set_by_organiser = UNFIT, jury.ORGANISER_SET
    until: datetime

    def run(self, *, until: datetime) -> None:
        """Let everything happen that has happened by then."""
        self.until = until
        self.call_for_entries()
        self.diary.put_in(stages.period_of(self.edition, "screening").opens_at - DAY * 3, self._screen)
        self.diary.live()

    def _screen(self, at: datetime) -> None:
        stage = stages.open_first(self.edition, "screening", self.owner, at=at)
        marking.put_in(self.diary, stage, self.sheets(stage), self.dice)
        self.diary.put_in(stage.closes_at + timedelta(hours=1), partial(self._open_marking, stage))

    def _open_marking(self, before: Stage, at: datetime) -> None:
        stage = stages.open_next(before, "marking", self.owner, at=at)
        calibration = Entry.objects.get(case=self.entering.cases[UNFIT[0]])
        choose_calibration(stage.pk, calibration.pk, by=self.owner.public_id, at=at)
        stage.refresh_from_db()
        letters.draft_shortlist_letters(stage, page_of=entry_page, by=self.owner.public_id, at=at)
        stages.assign(stage, self.owner, at=at + timedelta(minutes=20))
        marking.put_in_until(self.diary, stage, self.sheets(stage), self.dice, until=self.until)
        name, title, note = jury.DECLARED
        declared = partial(declare, self.room, name, self.entering.cases[title], note)
        self.diary.put_in(stage.opens_at + DAY * 0.1, declared)
        withdrawn = next(one.key for one in self.cases if one.fate is Fate.WITHDRAWN)
        self.diary.put_in(stage.opens_at + DAY * 3, partial(handing_in.withdraw, self.entering, withdrawn))
        asked = partial(marking.ask, self.diary, stage, self.voice, self.owner)
        self.diary.put_in(stage.opens_at + DAY * 5, asked)
        self.diary.put_in(stage.opens_at + DAY * 6, self._remove_a_juror)

    def _remove_a_juror(self, at: datetime) -> None:
        name, reason = jury.REMOVED
        remove_juror(self.room.called(name).pk, reason=reason, by=self.owner.public_id, at=at)


def keep_open(*, at: datetime) -> None:
    """Give the jury more time, where marking is about to end or has ended."""
    stage = Stage.objects.filter(edition__programme__slug=NAME, code="marking").first()
    if stage is None or stage.closes_at - at > LEAST_DAYS * DAY:
        return
    if Stage.objects.filter(edition=stage.edition_id, code="final").exists():
        return
    later = at.replace(hour=22, minute=0, second=0, microsecond=0) + MORE_DAYS * DAY
    move_stage(stage.pk, opens_at=stage.opens_at, closes_at=later, by=BY, at=at)
