"""How far a jury's work has come, as publishing needs to know it."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from kaaring.jury.models import Admission, Meeting, Scorecard, Stage
from kaaring.jury.queries.assignments import assignments_in
from kaaring.jury.queries.stages import stages_of
from kaaring.jury.queries.votes import votes_of
from kaaring.jury.rules.stages import called
from kaaring.programmes.models import Award, Edition
from kaaring.results.queries.juried.contests import juried
from kaaring.results.queries.juried.decisions import EntryProposal, entry_proposals, tables_now
from kaaring.results.queries.juried.inputs import counted_in_edition


@dataclass(frozen=True, slots=True)
class JuriedState:
    """Scorecards that count, drafts, counts of public votes, meetings going on, and each of the awards."""

    scorecards: int
    drafts: int
    ballots: int
    open_meetings: int
    proposals: list[EntryProposal]

    @property
    def inputs(self) -> int:
        """How much there is that places come from."""
        return self.scorecards + self.ballots


def juried_state_of(edition: Edition) -> JuriedState:
    """Return how far a jury's work has come."""
    drafts = Scorecard.objects.filter(
        assignment__stage__edition=edition,
        assignment__ended_at=None,
        assignment__entry__withdrawn_at=None,
        submitted_at=None,
    )
    return JuriedState(
        counted_in_edition(edition).count(),
        drafts.count(),
        len(list(votes_of(edition))),
        Meeting.objects.filter(stage__edition=edition, closed_at=None).count(),
        entry_proposals(edition, tables_now(edition)),
    )


class Due(NamedTuple):
    """What an award still waits for in a stage: scorecards, 0 in a public vote, and until when it is open."""

    stage: str
    closes_at: datetime
    scorecards: int


def due_before(award: Award, *, at: datetime) -> list[Due]:
    """Return what can still change the places for a jury's award: votes, and scorecards that are not final.

    A stage that is over waits for nobody: what is not final then counts nowhere.
    """
    _definition, jury = juried(award.edition)
    votes = {one.code for one in jury.stages if one.mode == "public_vote"}
    competing = {"entry__category__code": award.category}
    if award.division:
        competing["entry__division"] = award.division
    found = []
    for stage in stages_of(award.edition).filter(closes_at__gt=at):
        if stage.code in votes:
            count, goes_on = 0, _is_voted_on(stage, competing, at=at)
        else:
            count = assignments_in(stage).filter(**competing, scorecard__submitted_at=None).count()
            goes_on = count > 0
        if goes_on:
            found.append(Due(called(stage, jury), stage.closes_at, count))
    return found


def _is_voted_on(stage: Stage, competing: dict[str, str], *, at: datetime) -> bool:
    voted_on = Admission.objects.filter(stage=stage, ended_at=None, entry__withdrawn_at=None, **competing)
    return stage.opens_at <= at and voted_on.exists()
