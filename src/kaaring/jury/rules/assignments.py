"""Who may be given what to read, and if not, why."""

from datetime import datetime

from django.utils.translation import gettext as _

from kaaring.entries.models import Entry
from kaaring.jury.models import Admission, Assignment, Juror, Stage
from kaaring.jury.rules.stages import against_a_closed_stage, against_no_reason
from kaaring.kernel.refused import Refused
from kaaring.programmes.definition.schema.jury import Stage as StageRules

PUBLIC_VOTE = "public_vote"


def against_planning(stage: StageRules | None, *, entries: int, jurors: int) -> Refused | None:
    """There is something to read, and somebody to read it."""
    if stage is not None and stage.mode == PUBLIC_VOTE:
        return Refused("public_vote", _("The public votes in this stage, so nobody is assigned anything."))
    if not entries:
        return Refused(
            "no_entries", _("There is no entry in this stage yet. Let the submitted entries in first.")
        )
    if not jurors:
        return Refused("no_jurors", _("There is no juror yet. Add jurors, or import them, first."))
    return None


def against_storing(
    stage: Stage, named: str, *, planned: str, planned_on: str, now: str, at: datetime
) -> Refused | None:
    """A plan is taken as long as the stage is not closed and nothing it was made on has changed.

    ``planned`` is the stage it was made for; ``planned_on`` and ``now`` are fingerprints of the ground.
    """
    if refusal := against_a_closed_stage(stage, named, at=at):
        return refusal
    if planned == stage.code and planned_on == now:
        return None
    return Refused(
        "plan_is_stale",
        _(
            "Something changed after this plan was made: a juror, a conflict, an entry, or somebody began to "
            "mark. Make a new plan; what was begun or done by hand stays in it."
        ),
    )


def against_assigning(
    stage: Stage, named: str, entry: Entry, juror: Juror, *, is_blocked: bool, at: datetime
) -> Refused | None:
    """A juror without a conflict gets an entry that is in the open stage, once, within the juror's limit."""
    if refusal := against_a_closed_stage(stage, named, at=at) or _against_the_pair(stage, entry, juror):
        return refusal
    if is_blocked:
        return Refused(
            "conflict_of_interest",
            _("%(juror)s has a conflict of interest with %(entry)s. Choose somebody else.")
            % {"juror": juror, "entry": entry.code},
        )
    held = Assignment.objects.filter(stage=stage, juror=juror, ended_at=None)
    if held.filter(entry=entry).exists():
        return Refused(
            "already_assigned",
            _("%(juror)s reads %(entry)s already.") % {"juror": juror, "entry": entry.code},
        )
    most = juror.most_entries
    if most is not None and held.exclude(entry=stage.calibration_id).count() >= most:
        return Refused(
            "has_enough",
            _(
                "%(juror)s reads %(count)d entries in this stage and wants no more. "
                "Raise the juror's limit first, or choose somebody else."
            )
            % {"juror": juror, "count": most},
        )
    return None


def _against_the_pair(stage: Stage, entry: Entry, juror: Juror) -> Refused | None:
    if juror.removed_at is not None or juror.edition_id != stage.edition_id:
        return Refused(
            "not_in_the_jury",
            _("%(juror)s is not in the jury. Choose one of its jurors.") % {"juror": juror},
        )
    is_here = Admission.objects.filter(stage=stage, entry=entry, ended_at=None).exists()
    if not is_here or entry.withdrawn_at is not None:
        return Refused(
            "not_in_the_stage",
            _("%(entry)s is not in this stage. Put it in first, with a reason.") % {"entry": entry.code},
        )
    return None


def against_ending(assignment: Assignment, *, is_final: bool, reason: str) -> Refused | None:
    """An assignment ends with a reason; one whose scorecard is final stays."""
    if assignment.ended_at is not None:
        return Refused("ended_already", _("This assignment has ended already."))
    if is_final:
        return Refused(
            "scorecard_is_final",
            _(
                "%(juror)s has finished the scorecard for %(entry)s, so the assignment stays. "
                "If it must not count, record a conflict of interest, or exclude the juror's scorecards."
            )
            % {"juror": assignment.juror, "entry": assignment.entry.code},
        )
    return against_no_reason(reason)
