"""What the rows of a spreadsheet of votes are checked against, and votes as such rows."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from kaaring.entries.models import Entry
from kaaring.jury.models import Admission, Ballot, Stage
from kaaring.jury.queries.votes import public_votes_of, votes_of
from kaaring.jury.vote_rows import KnownEntry, KnownStage, VoteSurroundings
from kaaring.kernel.refused import Refused
from kaaring.programmes.models import Edition


def stages_for_votes(edition: Edition) -> list[str]:
    """Return the codes of the stages in which the public votes; refused where there is none."""
    codes = [one.code for one in public_votes_of(edition)]
    if not codes:
        raise Refused(
            "no_public_vote",
            _("In no stage of %(edition)s does the public vote. Say so in its rules first.")
            % {"edition": edition.title},
        )
    return codes


def vote_surroundings_of(edition: Edition, *, at: datetime) -> VoteSurroundings:
    """Return an edition as a spreadsheet of votes meets it."""
    opened = {one.code: one for one in Stage.objects.filter(edition=edition)}
    there = Admission.objects.filter(stage__edition=edition, ended_at=None, entry__withdrawn_at=None)
    counts = Ballot.objects.filter(stage__edition=edition)
    entries = Entry.objects.filter(edition=edition).values_list("code", "pk", "withdrawn_at")
    return VoteSurroundings(
        stages={code: _known(opened.get(code), at) for code in stages_for_votes(edition)},
        entries={code: KnownEntry(key, withdrawn is not None) for code, key, withdrawn in entries},
        there=set(there.values_list("stage__code", "entry__code")),
        counts={
            (stage, entry): votes
            for stage, entry, votes in counts.values_list("stage__code", "entry__code", "votes")
        },
    )


def _known(stage: Stage | None, at: datetime) -> KnownStage:
    return KnownStage(stage.pk if stage else None, stage is not None and stage.opens_at <= at)


def rows_elsewhere(edition: Edition) -> Iterator[tuple[str, str, str]]:
    """Yield what was entered, in the columns ``stage``, ``entry``, ``votes``."""
    for stage, entry, counted in sorted(votes_of(edition)):
        if counted.entered is not None:
            yield stage, entry, str(counted.entered)


def rows_here(edition: Edition) -> Iterator[tuple[str, str, str]]:
    """Yield what was voted here, in the same columns."""
    for stage, entry, counted in sorted(votes_of(edition)):
        if counted.here:
            yield stage, entry, str(counted.here)
