"""What the rows of a spreadsheet of votes are checked against, and votes as such rows."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from kaaring.entries.models import Entry
from kaaring.jury.models import Admission, Ballot, Stage
from kaaring.jury.queries.stages import presumed_period
from kaaring.jury.queries.votes import public_votes_of, votes_of
from kaaring.jury.vote_rows import KnownEntry, KnownStage, VoteSurroundings
from kaaring.kernel.refused import Refused
from kaaring.programmes.definition.schema.jury import Stage as StageRules
from kaaring.programmes.models import Edition


def stages_for_votes(edition: Edition, named: str = "") -> list[str]:
    """Return the codes of the stages that a spreadsheet of votes can mean: the one named, or any.

    Refused where the public votes in none, or not in that one.
    """
    codes = [one.code for one in public_votes_of(edition)]
    if not codes:
        raise Refused(
            "no_public_vote",
            _("In no stage of %(edition)s does the public vote. Say so in its rules first.")
            % {"edition": edition.title},
        )
    if named and named not in codes:
        raise Refused(
            "no_such_vote",
            _("%(edition)s has no stage “%(named)s” in which the public votes. Those it has: %(known)s.")
            % {"edition": edition.title, "named": named, "known": ", ".join(codes)},
        )
    return [named] if named else codes


def vote_surroundings_of(edition: Edition, *, at: datetime) -> VoteSurroundings:
    """Return an edition as a spreadsheet of votes meets it."""
    opened = {one.code: one for one in Stage.objects.filter(edition=edition)}
    there = Admission.objects.filter(stage__edition=edition, ended_at=None, entry__withdrawn_at=None)
    counts = Ballot.objects.filter(stage__edition=edition)
    entries = {
        code: KnownEntry(key, submitted is not None, withdrawn is not None)
        for code, key, submitted, withdrawn in Entry.objects.filter(edition=edition).values_list(
            "code", "pk", "submitted_at", "withdrawn_at"
        )
    }
    votes = public_votes_of(edition)
    judged = [code for code, one in entries.items() if one.is_submitted and not one.is_withdrawn]
    return VoteSurroundings(
        stages={one.code: _known(one, edition, opened.get(one.code), at) for one in votes},
        entries=entries,
        there={
            *there.values_list("stage__code", "entry__code"),
            *((one.code, entry) for one in votes if one.code not in opened for entry in judged),
        },
        counts={
            (stage, entry): count
            for stage, entry, count in counts.values_list("stage__code", "entry__code", "votes")
        },
    )


def _known(rules: StageRules, edition: Edition, stage: Stage | None, at: datetime) -> KnownStage:
    opens_at = stage.opens_at if stage else presumed_period(edition, rules, at=at).opens_at
    return KnownStage(rules, opens_at <= at)


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
