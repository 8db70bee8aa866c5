"""What may be done to evaluations, and if not, why."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kaaring.fieldwork.models import Evaluation
from kaaring.kernel.refused import Refused

ALREADY_SO = {
    Evaluation.Review.APPROVED: gettext_lazy("The evaluation of %(enquiry)s is approved already."),
    Evaluation.Review.HELD: gettext_lazy("The evaluation of %(enquiry)s is held for review already."),
    Evaluation.Review.REJECTED: gettext_lazy("The evaluation of %(enquiry)s is rejected already."),
}


def against_reviewing(evaluation: Evaluation, review: Evaluation.Review, *, reason: str) -> Refused | None:
    """A review changes something and says why, also where it approves."""
    if evaluation.review == review:
        return Refused("already_so", str(ALREADY_SO[review]) % {"enquiry": evaluation.enquiry.code})
    return _against_no_reason(reason)


def against_excluding(evaluation: Evaluation, *, reason: str) -> Refused | None:
    """An evaluation is excluded once, with a reason that everybody can read later."""
    if evaluation.excluded:
        return Refused(
            "already_excluded",
            _("The evaluation of %(enquiry)s is excluded already: %(reason)s")
            % {"enquiry": evaluation.enquiry.code, "reason": evaluation.excluded},
        )
    return _against_no_reason(reason)


def against_including(evaluation: Evaluation, *, reason: str) -> Refused | None:
    """Only what is excluded can be included again, with a reason."""
    if not evaluation.excluded:
        return Refused(
            "not_excluded",
            _("The evaluation of %(enquiry)s is not excluded.") % {"enquiry": evaluation.enquiry.code},
        )
    return _against_no_reason(reason)


def _against_no_reason(reason: str) -> Refused | None:
    if reason.strip():
        return None
    return Refused("reason_missing", _("Give the reason: it is kept in the log."))
