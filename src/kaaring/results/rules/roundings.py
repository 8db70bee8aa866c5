"""When the standings of a round may be published and withdrawn."""

from datetime import date

from django.utils.translation import gettext as _

from kaaring.kernel.refused import Refused
from kaaring.results.models import Rounding


def against_publishing_rounding(
    published: Rounding | None, *, until: date, today: date, leading: int, because: str
) -> Refused | None:
    """A rounding looks back on days that are over, has a leader, and is replaced only with a reason."""
    if until >= today:
        return Refused(
            "day_not_over",
            _("%(day)s is not over yet. Choose a day up to yesterday, so that all its enquiries are in.")
            % {"day": until.isoformat()},
        )
    if leading == 0:
        return Refused(
            "nobody_leads",
            _("No class has a leader at the end of %(day)s: too few enquiries count yet. Choose a later day.")
            % {"day": until.isoformat()},
        )
    if published is not None and not because.strip():
        return Refused(
            "reason_missing",
            _("A rounding is published already. Say why it is replaced; the reason stays in the log."),
        )
    return None


def against_withdrawing_rounding(published: Rounding | None, *, reason: str) -> Refused | None:
    """Only a published rounding is withdrawn, with a reason."""
    if published is None:
        return Refused("not_published", _("No rounding is published."))
    if not reason.strip():
        return Refused("reason_missing", _("Say why the rounding is withdrawn. The reason stays in the log."))
    return None
