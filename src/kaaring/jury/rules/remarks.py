"""What may be done to jurors' remarks to entrants, and if not, why."""

from django.utils.translation import gettext as _

from kaaring.jury.models import Scorecard
from kaaring.jury.rules.scorecards import LONGEST
from kaaring.kernel.refused import Refused


def against_a_conflict(is_closed: bool) -> Refused | None:
    """Who has a conflict of interest with an entry does not decide what those who compete with it read."""
    if not is_closed:
        return None
    return Refused(
        "conflict_of_interest",
        _(
            "A conflict of interest is noted between you and an entry that competes here, so that you have "
            "no hand in this remark. Let another member look at it."
        ),
    )


def against_moderating(card: Scorecard) -> Refused | None:
    """A remark is looked at once its scorecard is final and counts."""
    if card.submitted_at is None:
        return Refused(
            "scorecard_not_final",
            _("The juror is still at work on this scorecard. Look at the remark when it is final."),
        )
    if card.excluded_at is not None:
        return Refused(
            "scorecard_excluded", _("This scorecard counts nowhere, so its remark is not released either.")
        )
    if not card.remark.strip():
        return Refused("no_remark", _("The juror wrote no remark to the entrant."))
    return None


def against_releasing(card: Scorecard, text: str) -> Refused | None:
    """What is released says something, and is not longer than a juror may write."""
    if refusal := against_moderating(card):
        return refusal
    if not text.strip():
        return Refused("remark_empty", _("Nothing is left of the remark. Write something, or hold it back."))
    if len(text) > LONGEST:
        return Refused(
            "remark_too_long",
            _("The remark is longer than %(most)d characters. Shorten it.") % {"most": LONGEST},
        )
    return None
