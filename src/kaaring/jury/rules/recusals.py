"""What may be done to conflicts of interest, and if not, why."""

from django.utils.translation import gettext as _

from kaaring.jury.models import Recusal
from kaaring.jury.rules.jurors import against_one_who_left
from kaaring.jury.rules.stages import against_no_reason
from kaaring.kernel.refused import Refused


def against_recording(wanted: Recusal, standing: Recusal | None) -> Refused | None:
    """A conflict is about one organisation or one case of the juror's edition, and stands once.

    ``standing`` is the one that is recorded between the two and not dismissed.
    """
    if refusal := against_one_who_left(wanted.juror):
        return refusal
    if wanted.kind not in Recusal.Kind.values:
        return Refused("unknown_kind", _("Choose what kind of conflict it is."))
    if not _is_about_one(wanted):
        return Refused(
            "about_what", _("Choose an organisation or a case of this edition that the conflict is about.")
        )
    if standing is None or is_waiting(standing):
        return None
    return Refused(
        "recorded_already",
        _("This conflict of interest is recorded already: %(juror)s and “%(other)s”.")
        % {"juror": wanted.juror, "other": wanted.organisation or wanted.case},
    )


def _is_about_one(wanted: Recusal) -> bool:
    edition = wanted.juror.edition
    if wanted.organisation is not None:
        return wanted.case is None and wanted.organisation.organiser_id == edition.programme.organiser_id
    return wanted.case is not None and wanted.case.edition_id == edition.pk


def is_waiting(recusal: Recusal) -> bool:
    """Say whether a conflict was found by comparing and nobody has looked at it yet."""
    return (
        recusal.source == Recusal.Source.DETECTED
        and recusal.confirmed_at is None
        and recusal.dismissed_at is None
    )


def against_confirming(recusal: Recusal) -> Refused | None:
    """What was found is confirmed once."""
    if is_waiting(recusal):
        return None
    return Refused(
        "looked_at_already",
        _("Somebody has looked at this conflict of interest already. See the list as it is now."),
    )


def against_dismissing(recusal: Recusal, *, reason: str) -> Refused | None:
    """A conflict is dismissed once, with a reason."""
    if recusal.dismissed_at is not None:
        return Refused(
            "dismissed_already",
            _("This conflict of interest is dismissed already. See the list as it is now."),
        )
    return against_no_reason(reason)
