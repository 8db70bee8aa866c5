"""The shortlist of a stage goes on to the next."""

from datetime import datetime

from django.db import transaction

from kaaring.jury.actions.stages import admit
from kaaring.jury.models import Stage
from kaaring.jury.queries.closed import closed_to
from kaaring.jury.queries.stages import jury_of, stage_after
from kaaring.jury.rules.stages import called
from kaaring.kernel.refused import refuse
from kaaring.people.queries import person_called
from kaaring.results.queries.juried import open_tables, shortlists_in
from kaaring.results.rules.conflicts import against_letting_on


@transaction.atomic
def let_on(stage: Stage, *, by: str, at: datetime) -> tuple[Stage, int]:
    """Let those on the shortlist of a stage into the next; return that stage and how many are new in it.

    It is done for all contests at once, so who has a conflict of interest in any of them does not do it.
    """
    jury = jury_of(stage.edition)
    following, drawn = stage_after(stage, jury), shortlists_in(stage)
    closed = closed_to(person_called(by), stage.edition)
    is_closed = len(open_tables([one.table for one in drawn], closed)) < len(drawn)
    refuse(against_letting_on(called(stage, jury), has_next=following is not None, is_closed=is_closed))
    assert following is not None
    entries = [entry for one in drawn for entry in one.entries]
    return following, admit(following.pk, entries, by=by, at=at)
