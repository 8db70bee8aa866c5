"""What may be asked of the organiser and answered, and if not, why."""

from datetime import datetime

from django.utils.translation import gettext as _

from kaaring.jury.models import Assignment, Query
from kaaring.jury.rules.scorecards import against_another_hand, against_marking
from kaaring.kernel.refused import Refused

MOST_OPEN = 5
"""So many questions of one juror about one entry may wait for an answer."""


def against_asking(
    assignment: Assignment, text: str, *, waiting: int, is_recused: bool, by: str, at: datetime
) -> Refused | None:
    """A juror asks about what is assigned, while there is still time to use the answer.

    ``waiting`` counts the juror's questions about the entry that have no answer yet.
    """
    if not text.strip():
        return Refused("nothing_asked", _("Write what you want to know about this entry."))
    if waiting >= MOST_OPEN:
        return Refused(
            "questions_waiting",
            _("%(count)d of your questions about this entry wait for an answer. Ask again after that.")
            % {"count": waiting},
        )
    return against_another_hand(assignment, by=by) or against_marking(
        assignment, is_recused=is_recused, is_calibration_due=False, at=at
    )


def against_answering(query: Query, answer: str, *, may_change: bool) -> Refused | None:
    """Owners and managers answer, once."""
    if not may_change:
        return Refused("not_an_owner_or_manager", _("Only owners and managers can answer jurors."))
    if query.answered_at is not None:
        return Refused(
            "already_answered",
            _("This question is answered already: %(answer)s") % {"answer": query.answer},
        )
    if not answer.strip():
        return Refused("nothing_answered", _("Write the answer."))
    return None
