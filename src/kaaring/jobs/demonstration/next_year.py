"""The next Norwegian edition, open for entries: some are in, and demo entrants have drafts to go on with."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial

import numpy as np
from django.utils import translation

from kaaring.entries import actions
from kaaring.entries.models import Case
from kaaring.entries.rules.periods import entry_period
from kaaring.jobs.demo.dice import Dice
from kaaring.jobs.demo.juried.norwegian import jury, next_year
from kaaring.jobs.demonstration import handing_in
from kaaring.jobs.demonstration.accounts import BY
from kaaring.jobs.demonstration.definitions import moved, shipped, weeks_until
from kaaring.jobs.demonstration.diary import Diary
from kaaring.jobs.demonstration.entering import DAY, Entering, Houses
from kaaring.jobs.demonstration.norwegian import NAME
from kaaring.people.models import MemberRole, User
from kaaring.programmes.definition import Definition
from kaaring.programmes.models import Edition, EditionRole
from kaaring.survey import actions as survey

SLUG, SEED = "2028", 2028
OPENED_WEEKS_AGO = 1
LEAST_DAYS = 7


def definition_at(at: datetime) -> Definition:
    """Return the rules of the edition with dates by which entries opened one to two weeks ago."""
    definition = shipped(NAME)
    period = definition.timeline.entries
    assert period is not None
    return moved(definition, weeks_until(period[0], at) - OPENED_WEEKS_AGO, slug=SLUG)


def make_next_year(before: Edition, houses: Houses, accounts: Mapping[str, User], *, at: datetime) -> Edition:
    """Make the edition that takes entries at this moment, by the same rules as the one before."""
    owner, entrant = accounts[MemberRole.OWNER], accounts[EditionRole.ENTRANT_CONTACT]
    dice = Dice(np.random.Generator(np.random.PCG64([SEED])))
    with translation.override("nb"):
        rules = survey.store_definition(
            definition_at(at), houses.organiser, by=owner.public_id, at=at - 20 * DAY
        )
        entering = Entering(rules.edition, houses, owner, jury.WORDING, Diary(), dice)
        opened = entering.period.opens_at
        for place, one in enumerate(next_year.entered(dice)):
            begun = opened + DAY * (place % 3) + timedelta(hours=9 + place)
            handing_in.plan_for(entering, one, begun=begun, ready=begun + DAY, handed_in=begun + DAY * 2.1)
            if one.key == next_year.TO_CORRECT:
                entering.diary.put_in(at - DAY, partial(handing_in.ask_correction, entering, one))
        for place, one in enumerate(next_year.drafts(dice)):
            entering.diary.put_in(opened + DAY * (2 + place), partial(entering.begin, one))
        source = Case.objects.get(edition=before, title=next_year.COPIED)
        entering.diary.put_in(opened + DAY * 1.4, partial(_copy, source, rules.edition, by=entrant.public_id))
        entering.diary.live()
    return rules.edition


def _copy(source: Case, edition: Edition, at: datetime, *, by: str) -> None:
    actions.duplicate_case(source.pk, edition, by=by, at=at)


def keep_open(*, at: datetime) -> None:
    """Move the dates of the edition on, where entries are about to close."""
    edition = (
        Edition.objects.filter(programme__slug=NAME, slug=SLUG).select_related("programme__organiser").first()
    )
    period = entry_period(edition) if edition else None
    if edition and period and period.days_left(at) < LEAST_DAYS:
        survey.store_definition(definition_at(at), edition.programme.organiser, by=BY, at=at)
