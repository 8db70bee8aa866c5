"""Looking at jurors' remarks before entrants read them: released as they are, edited, or held back."""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from kaaring.audit.actions import record
from kaaring.jury.models import Scorecard
from kaaring.jury.queries.closed import closed_to
from kaaring.jury.queries.remarks import remarks_outside, waiting
from kaaring.jury.rules import remarks as may
from kaaring.kernel.refused import refuse
from kaaring.people.queries import person_called
from kaaring.programmes.models import Edition
from kaaring.programmes.queries import chain_of


@transaction.atomic
def release_remark(scorecard_id: int, text: str, *, by: str, at: datetime) -> Scorecard:
    """Let the entrant read a remark, as the juror wrote it or as it was edited; the juror's own stays."""
    card = _held(scorecard_id, by=by)
    refuse(may.against_releasing(card, text))
    _moderate(card, text.strip())
    _tell(card, "remark_released", by=by, at=at, is_edited=text.strip() != card.remark.strip())
    return card


@transaction.atomic
def hold_back_remark(scorecard_id: int, *, by: str, at: datetime) -> Scorecard:
    """Keep a remark from the entrant."""
    card = _held(scorecard_id, by=by)
    refuse(may.against_moderating(card))
    _moderate(card, "")
    _tell(card, "remark_held_back", by=by, at=at)
    return card


@transaction.atomic
def release_waiting_remarks(edition: Edition, *, by: str, at: datetime) -> int:
    """Let entrants read every remark that nobody has looked at, as jurors wrote it; return how many.

    Those in contests that are closed to whoever releases them wait for somebody else.
    """
    found = waiting(remarks_outside(closed_to(person_called(by), edition), edition))
    keys = list(found.select_for_update(of=("self",)).values_list("pk", flat=True))
    if keys:
        Scorecard.objects.filter(pk__in=keys).update(moderated=F("remark"))
        details = {"count": len(keys)}
        record(chain_of(edition), "remarks_released", str(edition), by=by, at=at, details=details)
    return len(keys)


def _held(scorecard_id: int, *, by: str) -> Scorecard:
    """Return the scorecard, in a contest that is not closed to whoever looks at its remark."""
    card = (
        Scorecard.objects.select_for_update(of=("self",))
        .select_related("assignment__stage__edition__programme", "assignment__entry")
        .get(pk=scorecard_id)
    )
    closed = closed_to(person_called(by), card.assignment.stage.edition)
    refuse(may.against_a_conflict(card.assignment.entry_id in closed.entries))
    return card


def _moderate(card: Scorecard, text: str) -> None:
    card.moderated = text
    card.save(update_fields=["moderated"])


def _tell(card: Scorecard, doing: str, *, by: str, at: datetime, **details: bool) -> None:
    assignment = card.assignment
    told = {"entry": assignment.entry.code, **details}
    about = f"scorecard {card.public_id}"
    record(chain_of(assignment.stage.edition), doing, about, by=by, at=at, details=told)
