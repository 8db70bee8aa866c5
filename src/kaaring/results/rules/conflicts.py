"""What somebody with a conflict of interest has no hand in."""

from django.utils.translation import gettext as _

from kaaring.kernel.refused import Refused
from kaaring.programmes.models import Award


def against_a_conflict(award: Award, *, is_closed: bool) -> Refused | None:
    """Who has a conflict of interest with an entry that competes for an award decides nothing about it."""
    if not is_closed:
        return None
    return Refused(
        "conflict_of_interest",
        _(
            "A conflict of interest is noted between you and an entry that competes for “%(award)s”, so that "
            "you decide nothing about it. Let another member decide, or the jury in its meeting."
        )
        % {"award": award},
    )


def against_letting_on(stage: str, *, has_next: bool, is_closed: bool) -> Refused | None:
    """Entries go on to a stage with a period; who has a conflict of interest with any lets none on."""
    if not has_next:
        return Refused(
            "no_next_stage",
            _(
                "No stage after “%(stage)s” has a period. "
                "Give the next one its period, then let the entries in."
            )
            % {"stage": stage},
        )
    if is_closed:
        return Refused(
            "conflict_of_interest",
            _(
                "A conflict of interest is noted between you and an entry in “%(stage)s”, so that you do not "
                "let entries on from it. Another member must do this."
            )
            % {"stage": stage},
        )
    return None
