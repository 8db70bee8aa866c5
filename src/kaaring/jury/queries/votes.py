"""Votes of the public: what counts in a stage, wherever it was counted. Whoever counts them asks here."""

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import NamedTuple

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from kaaring.jury.models import Admission, Ballot, Stage, Vote
from kaaring.jury.queries.stages import jury_of
from kaaring.jury.rules.votes import PUBLIC_VOTE as PUBLIC_VOTE
from kaaring.programmes.definition.schema.jury import Stage as StageRules
from kaaring.programmes.models import Edition


class Counted(NamedTuple):
    """An entry's votes in a stage: counted elsewhere, None where nobody entered any, and confirmed here."""

    entered: int | None = None
    here: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return (self.entered or 0) + self.here


class Entered(NamedTuple):
    """When a count was last entered in a stage, and who did."""

    at: datetime
    by: str


def public_votes_of(edition: Edition) -> list[StageRules]:
    """Return the stages of the rules in which the public votes, in their order."""
    jury = jury_of(edition)
    return [one for one in jury.stages if one.mode == PUBLIC_VOTE] if jury else []


def votes_in(stage: Stage) -> dict[int, Counted]:
    """Return the votes for the entries that are in a stage, by their keys; two queries."""
    found = _counted(Q(stage=stage))
    return {entry: counted for (_stage, entry), counted in found.items()}


def votes_of(edition: Edition) -> Iterator[tuple[str, str, Counted]]:
    """Yield the code of every stage, that of every entry voted for in it, and the votes."""
    stages = dict(Stage.objects.filter(edition=edition).values_list("pk", "code"))
    codes = dict(edition.entries.values_list("pk", "code"))
    for (stage, entry), counted in _counted(Q(stage__edition=edition)).items():
        yield stages[stage], codes[entry], counted


def has_votes(stage: OuterRef) -> Q:
    """Return the condition that votes count in a stage."""
    ballots, votes = ballots_that_count(), votes_that_count()
    return Q(Exists(ballots.filter(stage=stage))) | Q(Exists(votes.filter(stage=stage)))


def ballots_that_count() -> QuerySet[Ballot]:
    """Return the entered counts of entries that are still in their stage."""
    here = Admission.objects.filter(stage=OuterRef("stage"), entry=OuterRef("entry"), ended_at=None)
    return Ballot.objects.filter(Exists(here), entry__withdrawn_at=None)


def votes_that_count() -> QuerySet[Vote]:
    """Return the votes confirmed here for entries that are still in their stage."""
    here = Admission.objects.filter(stage=OuterRef("stage"), entry=OuterRef("entry"), ended_at=None)
    return Vote.objects.filter(Exists(here), entry__withdrawn_at=None)


def _counted(stages: Q) -> dict[tuple[int, int], Counted]:
    ballots = ballots_that_count().filter(stages).values_list("stage_id", "entry_id", "votes")
    found = {(stage, entry): Counted(entered=votes) for stage, entry, votes in ballots}
    cast = votes_that_count().filter(stages).order_by().values_list("stage_id", "entry_id")
    for stage, entry, votes in cast.annotate(count=Count("pk")):
        found[stage, entry] = found.get((stage, entry), Counted())._replace(here=votes)
    return found


def entered_counts(stage: Stage, entries: Collection[int]) -> dict[int, Ballot]:
    """Return the counts that were entered for some entries of a stage, by the entries' keys."""
    return {one.entry_id: one for one in Ballot.objects.filter(stage=stage, entry__in=entries)}


def last_entered(stage: Stage) -> Entered | None:
    """Return who last entered a count in a stage, and when; None where nobody has."""
    newest = Ballot.objects.filter(stage=stage).order_by("-entered_at").first()
    return Entered(newest.entered_at, newest.entered_by) if newest else None
