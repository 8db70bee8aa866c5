"""What may be done to the counts of a public vote, and if not, why."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from kaaring.entries.models import Entry
from kaaring.jury.models import Stage
from kaaring.kernel.refused import Refused
from kaaring.programmes.definition.schema.jury import Stage as StageRules

MOST = 2_000_000_000
PUBLIC_VOTE = "public_vote"


def against_entering(
    stage: Stage,
    rules: StageRules | None,
    named: str,
    *,
    counts: Mapping[int, int],
    entries: Sequence[Entry],
    there: Collection[int],
    at: datetime,
) -> Refused | None:
    """Counts are entered for entries of a public vote that has begun.

    ``entries`` are those called for, as far as there are any; ``there`` are the keys of those in the stage.
    """
    return (
        against_another_mode(rules, named)
        or against_counting_early(stage, named, at=at)
        or _against_entries_elsewhere(stage, named, counts, entries, there)
        or _against_impossible_counts(counts, entries)
    )


def against_another_mode(rules: StageRules | None, named: str) -> Refused | None:
    """Only where the public votes there are votes to count."""
    if rules is not None and rules.mode == PUBLIC_VOTE:
        return None
    return Refused(
        "not_a_public_vote",
        _("“%(stage)s” is not a public vote, so there are no votes to enter. Choose a stage that is one.")
        % {"stage": named},
    )


def against_counting_early(stage: Stage, named: str, *, at: datetime) -> Refused | None:
    """Before a stage opens nobody has voted."""
    if stage.opens_at <= at:
        return None
    return Refused(
        "stage_not_open",
        _(
            "“%(stage)s” has not opened yet, so nobody can have voted. "
            "Enter the counts when it has, or move its beginning under Stages."
        )
        % {"stage": named},
    )


def _against_entries_elsewhere(
    stage: Stage,
    named: str,
    counts: Mapping[int, int],
    entries: Sequence[Entry],
    there: Collection[int],
) -> Refused | None:
    faults = [fault for one in entries if (fault := _misfit(stage, one, there))]
    if len(entries) < len(counts):
        faults.append(_("An entry that these votes are for does not exist."))
    if not faults:
        return None
    return Refused(
        "not_in_the_stage",
        _("Votes count for entries that are in “%(stage)s”. Nothing was stored; leave these out.")
        % {"stage": named},
        details=tuple(faults),
    )


def _misfit(stage: Stage, entry: Entry, there: Collection[int]) -> str:
    if entry.pk in there:
        return ""
    if entry.edition_id != stage.edition_id:
        return _("%(entry)s belongs to another edition.") % {"entry": entry.code}
    if entry.withdrawn_at is not None:
        return _("%(entry)s has been withdrawn.") % {"entry": entry.code}
    return _("%(entry)s is not in this stage.") % {"entry": entry.code}


def _against_impossible_counts(counts: Mapping[int, int], entries: Sequence[Entry]) -> Refused | None:
    wrong = [one.code for one in entries if not 0 <= counts[one.pk] <= MOST]
    if not wrong:
        return None
    return Refused(
        "impossible_count",
        _("A count is a whole number from 0 to %(most)d. Correct that of: %(entries)s.")
        % {"most": MOST, "entries": ", ".join(wrong)},
    )


def against_changing(changed: Collection[str], *, why: str) -> Refused | None:
    """A count that was entered before is changed with a reason; ``changed`` are the codes of the entries."""
    if not changed or why.strip():
        return None
    return Refused(
        "reason_missing",
        _("Counts that were entered before change: %(entries)s. Give the reason. It is kept in the log.")
        % {"entries": ", ".join(changed)},
    )


def against_counts_changed_meanwhile(changed: Collection[str]) -> Refused | None:
    """A count is replaced only by whoever has seen it: two windows do not overwrite each other."""
    if not changed:
        return None
    return Refused(
        "changed_meanwhile",
        _(
            "Somebody else has entered counts at the same time: %(entries)s. "
            "Look at what stands there now, and enter yours again if it is still right."
        )
        % {"entries": ", ".join(changed)},
    )
