"""How far a jury's work has come, as publishing needs to know it."""

from dataclasses import dataclass

from kaaring.jury.models import Ballot, Meeting, Scorecard
from kaaring.programmes.models import Edition
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
        Ballot.objects.filter(stage__edition=edition).count(),
        Meeting.objects.filter(stage__edition=edition, closed_at=None).count(),
        entry_proposals(edition, tables_now(edition)),
    )
