"""The Norwegian juried edition of the demonstration, from the call for entries to published winners."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

import numpy as np
from django.utils import translation

from kaaring.entries import actions as entries
from kaaring.entries.models import Invoice
from kaaring.jobs.demo.dice import Dice
from kaaring.jobs.demo.juried.norwegian import jury, verdicts
from kaaring.jobs.demo.juried.norwegian.cases import UNFIT, Writer
from kaaring.jobs.demo.juried.norwegian.undertakings import TWIN, TWIN_OF
from kaaring.jobs.demo.juried.plans import Fate
from kaaring.jobs.demonstration import deciding, handing_in, marking, stages
from kaaring.jobs.demonstration.course import Course, opening
from kaaring.jobs.demonstration.definitions import moved, shipped, weeks_until
from kaaring.jobs.demonstration.entering import DAY, Houses
from kaaring.jobs.demonstration.jury import Conflicts, declare
from kaaring.jobs.demonstration.pages import entry_page
from kaaring.jury.actions import remarks
from kaaring.jury.models import Stage
from kaaring.jury.queries.remarks import remarks_in, waiting
from kaaring.outbox.actions import send_letters
from kaaring.outbox.models import Letter
from kaaring.people.models import MemberRole, User
from kaaring.programmes.models import Category, Edition
from kaaring.results import actions as results
from kaaring.results.actions import feedback, letters
from kaaring.survey import actions as survey

NAME, SEED = "kundeservice-awards", 2027
PUBLISHED_WEEKS_AGO = 2
LOOKED_AT = 3
"""So many remarks are held back, and as many shortened."""


def make_norwegian(houses: Houses, accounts: Mapping[str, User], *, at: datetime) -> Edition:
    """Make the edition so that its winners were announced two to three weeks ago."""
    definition = shipped(NAME)
    announced = definition.timeline.announcement
    assert announced is not None
    definition = moved(definition, weeks_until(announced.date(), at) - PUBLISHED_WEEKS_AGO)
    owner = accounts[MemberRole.OWNER]
    dice = Dice(np.random.Generator(np.random.PCG64([SEED])))
    with translation.override("nb"):
        loaded = opening(definition.timeline.entries, definition.edition.timezone) - 21 * DAY
        rules = survey.store_definition(definition, houses.organiser, by=owner.public_id, at=loaded)
        course = NorwegianCourse(
            rules.edition, houses, owner, accounts, dice=dice, cases=Writer(dice).cases()
        )
        course.run()
    return rules.edition


class NorwegianCourse(Course):
    """From the call for entries to published winners, each step putting the next into the diary."""

    voice, wording, seats, panels = jury.VOICE, jury.WORDING, jury.SEATS, jury.PANELS
    conflicts = Conflicts(jury.DISMISSED, jury.LEFT_OPEN)
    unfit, set_by_organiser = UNFIT, jury.ORGANISER_SET
    verdicts = verdicts.VERDICTS

    def run(self) -> None:
        """Let it all happen."""
        self.call_for_entries()
        closed = self.entering.period.closes_at
        self.diary.put_in(closed + DAY * 3, partial(handing_in.merge, self.entering, TWIN.title, TWIN_OF))
        self.diary.put_in(closed + DAY * 3.2, self._bill)
        self.diary.put_in(stages.period_of(self.edition, "screening").opens_at - DAY * 3, self._screen)
        self.diary.live()

    def _bill(self, at: datetime) -> None:
        by = self.owner.public_id
        entries.issue_invoices(self.edition, by=by, at=at)
        for number, invoice in enumerate(Invoice.objects.filter(edition=self.edition).order_by("number")):
            if number % 8:
                paid = at + timedelta(days=3 + number % 9)
                self.diary.put_in(paid, partial(self._pay, invoice))

    def _pay(self, invoice: Invoice, at: datetime) -> None:
        entries.mark_paid(invoice.pk, at.date(), by=self.owner.public_id, at=at)

    def _screen(self, at: datetime) -> None:
        stage = stages.open_first(self.edition, "screening", self.owner, at=at)
        self._mark(stage)
        self.diary.put_in(stage.closes_at + DAY / 2, partial(self._shortlist, stage))

    def _shortlist(self, before: Stage, at: datetime) -> None:
        stage = stages.open_next(before, "shortlist", self.owner, at=at)
        stages.assign(stage, self.owner, at=at + DAY / 8)
        self._mark(stage)
        name, title, note = jury.DECLARED
        case = self.entering.cases[title]
        self.diary.put_in(stage.opens_at + DAY * 0.4, partial(declare, self.room, name, case, note))
        withdrawn = next(one.key for one in self.cases if one.fate is Fate.WITHDRAWN)
        self.diary.put_in(stage.opens_at + DAY * 6, partial(handing_in.withdraw, self.entering, withdrawn))
        asked = partial(marking.ask, self.diary, stage, jury.VOICE, self.owner)
        self.diary.put_in(stage.opens_at + DAY * 2, asked)
        self.diary.put_in(stage.closes_at + DAY / 2, partial(self._final, stage))

    def _final(self, before: Stage, at: datetime) -> None:
        stage = stages.open_next(before, "final", self.owner, at=at)
        stages.assign(stage, self.owner, at=at + DAY / 8)
        self._tell_shortlist(stage, at=at + DAY / 6)
        self._mark(stage, tied=verdicts.TIED)
        for number, category in enumerate(Category.objects.filter(edition=self.edition)):
            meets = stage.closes_at + DAY * (2 + number // 4) + timedelta(hours=9 + 2 * (number % 4))
            self.diary.put_in(meets, partial(deciding.meet, stage, category, self.room, self.verdicts))
        announced = datetime.fromisoformat(self.edition.timeline["announcement"])
        self.diary.put_in(announced.replace(tzinfo=ZoneInfo(self.edition.timezone)), self._publish)

    def _tell_shortlist(self, stage: Stage, *, at: datetime) -> None:
        by = self.owner.public_id
        letters.draft_shortlist_letters(stage, page_of=entry_page, by=by, at=at)
        letters.draft_other_letters(stage, page_of=entry_page, by=by, at=at)
        send_letters(self.edition, [Letter.Kind.SHORTLISTED, Letter.Kind.NOT_SHORTLISTED], by=by, at=at)

    def _mark(self, stage: Stage, *, tied: Mapping[str, int] | None = None) -> None:
        sheets = self.sheets(stage)
        for category, place in (tied or {}).items():
            sheets = marking.tied(stage, sheets, category, place)
        marking.put_in(self.diary, stage, sheets, self.dice)

    def _publish(self, at: datetime) -> None:
        results.publish_run(self.edition, by=self.owner.public_id, at=at)
        self.diary.put_in(at + DAY * 0.6, self._tell_results)
        self.diary.put_in(at + DAY * 4, self._give_feedback)

    def _tell_results(self, at: datetime) -> None:
        by = self.owner.public_id
        letters.draft_result_letters(self.edition, page_of=entry_page, by=by, at=at)
        send_letters(self.edition, [Letter.Kind.RESULT], by=by, at=at)

    def _give_feedback(self, at: datetime) -> None:
        """Look at the remarks, let entrants read how they did, and draft the letters that say so."""
        by = self.owner.public_id
        told = list(waiting(remarks_in(self.edition)).order_by("pk")[: 2 * LOOKED_AT])
        for card in told[:LOOKED_AT]:
            remarks.hold_back_remark(card.pk, by=by, at=at)
        for card in told[LOOKED_AT:]:
            first = card.remark.partition(". ")[0].rstrip(".")
            remarks.release_remark(card.pk, f"{first}.", by=by, at=at)
        remarks.release_waiting_remarks(self.edition, by=by, at=at)
        feedback.release_feedback(self.edition, shows_band=True, by=by, at=at)
        letters.draft_feedback_letters(self.edition, page_of=entry_page, by=by, at=at)
