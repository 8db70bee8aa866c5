"""A jury decides in its meeting: the decision, and what the minutes say of it."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from kaaring.entries.models import Entry
from kaaring.jury.actions.meetings import note_decision
from kaaring.jury.models import Meeting
from kaaring.kernel.text import Text
from kaaring.programmes.models import Award
from kaaring.results.actions.juried import NO_CITATIONS, store_decisions, store_nobody
from kaaring.results.models import EntryDecision
from kaaring.results.queries.juried import entry_proposal_for


@transaction.atomic
def decide_in_meeting(
    meeting: Meeting,
    award: Award,
    levels: Sequence[tuple[Entry, str]],
    *,
    citations: Mapping[int, Text] = NO_CITATIONS,
    reason: str = "",
    by: str,
    at: datetime,
) -> list[EntryDecision]:
    """Decide an award where its jury meets: ``levels`` as in ``decide_entries``, nobody wins without any.

    Who has a conflict of interest with any entry that competes for it has no hand in it.
    """
    given: Sequence[tuple[Entry | None, str]] = levels or [(None, EntryDecision.Level.NONE)]
    competing = [row.entry.pk for row in entry_proposal_for(award).rows]
    note_decision(meeting.pk, award, given, reason=reason, competing=competing, by=by, at=at)
    if not levels:
        return [store_nobody(award, reason=reason, by=by, at=at)]
    return store_decisions(award, levels, citations=citations, reason=reason, by=by, at=at)
