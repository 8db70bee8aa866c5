"""When results may be published and withdrawn, and if not, why."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from kaaring.kernel.refused import Refused
from kaaring.results.models import Run


def against_publishing(
    *, counted: int, undecided: Sequence[str], contradicted: Sequence[str]
) -> Refused | None:
    """Something counts, and every award is decided: as measured or marked, or with a reason."""
    if counted == 0:
        return Refused(
            "nothing_to_publish",
            _("There is nothing to publish: no evaluation and no scorecard counts yet. Bring them in first."),
        )
    if undecided:
        return Refused(
            "awards_undecided",
            _("Not every award is decided. Decide these first, then publish."),
            details=tuple(undecided),
        )
    if contradicted:
        return Refused(
            "decisions_contradict",
            _(
                "Some decisions name others than the measurement or the marks do, and give no reason. "
                "Revoke them and decide anew: as measured or marked, or with a reason."
            ),
            details=tuple(contradicted),
        )
    return None


def against_publishing_what_changed(before: int, now: int) -> Refused | None:
    """What is frozen must be what was computed: nothing may have happened in the edition meanwhile."""
    if before == now:
        return None
    return Refused(
        "changed_meanwhile",
        _(
            "Something changed in this edition while the results were computed. "
            "Nothing was published; look at the log, then publish again."
        ),
    )


def against_withdrawing(run: Run, *, reason: str) -> Refused | None:
    """A run is withdrawn once, with a reason that stays visible."""
    if run.withdrawn_at is not None:
        return Refused("already_withdrawn", _("This run is withdrawn already."))
    if not reason.strip():
        return Refused(
            "reason_missing", _("Say why the run is withdrawn. The reason stays visible to everybody.")
        )
    return None
