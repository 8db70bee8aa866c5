"""When letters about shortlists, results and feedback may be drafted, and if not, why."""

from django.utils.translation import gettext as _

from kaaring.kernel.refused import Refused
from kaaring.programmes.models import Edition


def against_shortlist_letters(*, is_drawn_up: bool) -> Refused | None:
    """There is a shortlist once entries were let into a stage after the first."""
    if is_drawn_up:
        return None
    return Refused(
        "no_shortlist",
        _("Nobody has been let into this stage yet, or it is the first. Draw up the shortlist before."),
    )


def against_result_letters(edition: Edition, *, is_published: bool) -> Refused | None:
    """Nobody learns a result from a letter before everybody can see it."""
    if is_published:
        return None
    return Refused(
        "results_not_published",
        _("The jury's results of %(edition)s are not published. Letters about them are drafted after that.")
        % {"edition": edition.title},
    )


def against_feedback_letters(edition: Edition, *, is_readable: bool) -> Refused | None:
    """A letter leads to a report that can be read."""
    if is_readable:
        return None
    return Refused(
        "feedback_not_released",
        _("Feedback on %(edition)s is not released, so nobody could read what the letter leads to.")
        % {"edition": edition.title},
    )
