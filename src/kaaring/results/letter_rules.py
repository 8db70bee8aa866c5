"""When letters about shortlists, results and feedback may be drafted, and if not, why."""

from django.utils.translation import gettext as _

from kaaring.kernel.refused import Refused
from kaaring.programmes.models import Edition
from kaaring.results.models import Run
from kaaring.results.queries.feedback import Readable
from kaaring.results.queries.letters import Shortlist


def against_shortlist_letters(shortlist: Shortlist | None) -> Refused | None:
    """There is a shortlist once entries were let into a stage after the first."""
    if shortlist is not None:
        return None
    return Refused(
        "no_shortlist",
        _("Nobody has been let into this stage yet, or it is the first. Draw up the shortlist before."),
    )


def against_result_letters(edition: Edition, run: Run | None) -> Refused | None:
    """Nobody learns a result from a letter before everybody can see it."""
    if run is not None and run.entry_lines.exists():
        return None
    return Refused(
        "results_not_published",
        _("The jury's results of %(edition)s are not published. Letters about them are drafted after that.")
        % {"edition": edition.title},
    )


def against_feedback_letters(edition: Edition, readable: Readable | None) -> Refused | None:
    """A letter leads to a report that can be read."""
    if readable is not None:
        return None
    return Refused(
        "feedback_not_released",
        _("Feedback on %(edition)s is not released, so nobody could read what the letter leads to.")
        % {"edition": edition.title},
    )
