"""When feedback to entrants may be released and withdrawn."""

from django.utils.translation import gettext as _

from kaaring.kernel.refused import Refused
from kaaring.results.models import FeedbackRelease


def against_releasing_feedback(
    released: FeedbackRelease | None, *, is_published: bool, shows_band: bool
) -> Refused | None:
    """Feedback is about published results of a jury, and is released once or with another choice."""
    if not is_published:
        return Refused(
            "not_published",
            _("There are no published results to give feedback on. Publish the results first."),
        )
    if released is not None and released.shows_band == shows_band:
        return Refused(
            "already_released",
            _("Feedback is released already, and tells in which quarter the place is.")
            if shows_band
            else _("Feedback is released already, and does not tell where the place is."),
        )
    return None


def against_withdrawing_feedback(released: FeedbackRelease | None, *, reason: str) -> Refused | None:
    """Only released feedback is withdrawn, with a reason."""
    if released is None:
        return Refused("not_released", _("Feedback is not released, so nobody can read it."))
    if not reason.strip():
        return Refused("reason_missing", _("Say why feedback is withdrawn. The reason stays in the log."))
    return None
