"""Who judges and runs the edition too decides nothing as organiser about the own judging."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kaaring.jury.models import Juror
from kaaring.kernel.refused import Refused


def against_deciding_about_oneself(juror: Juror | None, *, by: str) -> Refused | None:
    """What a juror reads, and whether it counts, is decided by somebody else."""
    if juror is None or juror.user is None or juror.user.public_id != by:
        return None
    return Refused(
        "own_judging",
        _("This is about your own judging. Another member of the organiser must do it."),
    )


def against_own_unfinished(count: int, named: str) -> Refused | None:
    """Who has scorecards to finish in a stage neither ends it nor begins it anew.

    Others' marks are hidden until the own ones are final; the stage's end would lift that.
    """
    if count == 0:
        return None
    return Refused(
        "own_unfinished",
        ngettext(
            "You judge in “%(stage)s” yourself and have %(count)d scorecard to finish. "
            "Another member of the organiser must do this, or finish your scorecard first.",
            "You judge in “%(stage)s” yourself and have %(count)d scorecards to finish. "
            "Another member of the organiser must do this, or finish your scorecards first.",
            count,
        )
        % {"stage": named, "count": count},
    )
