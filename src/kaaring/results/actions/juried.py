"""A jury's decisions: who gets its awards at which level, that nobody does, and taking it back."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Any

from django.db import transaction

from kaaring.audit.actions import record
from kaaring.entries.models import Entry
from kaaring.jury.queries.closed import closed_to
from kaaring.kernel.refused import refuse
from kaaring.kernel.text import Text, written
from kaaring.people.queries import person_called
from kaaring.programmes.models import Award
from kaaring.programmes.queries import chain_of
from kaaring.results.models import EntryDecision
from kaaring.results.queries.juried import due_before, entry_proposal_for, is_closed, levels_of
from kaaring.results.rules import juried as may
from kaaring.results.rules.conflicts import against_a_conflict
from kaaring.results.rules.deciding import against_revoking

NO_WORDS: Text = MappingProxyType({})
NO_CITATIONS: Mapping[int, Text] = MappingProxyType({})


@transaction.atomic
def decide_entries(
    award: Award,
    levels: Sequence[tuple[Entry, str]],
    *,
    citation: Text = NO_WORDS,
    citations: Mapping[int, Text] = NO_CITATIONS,
    reason: str = "",
    by: str,
    at: datetime,
) -> list[EntryDecision]:
    """Give a jury's award to entries, each at its level; several may win.

    ``citation`` is said of each that has none of its own in ``citations``, which go by the entry's key. It
    all stays unseen until a run is published. To whom the contest is closed decides nothing in it.
    """
    _refuse_a_conflict(award, by=by)
    return store_decisions(award, levels, citation=citation, citations=citations, reason=reason, by=by, at=at)


@transaction.atomic
def decide_nobody(award: Award, *, reason: str, by: str, at: datetime) -> EntryDecision:
    """Decide that nobody gets a jury's award, with the reason that is shown with the results."""
    _refuse_a_conflict(award, by=by)
    return store_nobody(award, reason=reason, by=by, at=at)


@transaction.atomic
def store_decisions(
    award: Award,
    levels: Sequence[tuple[Entry, str]],
    *,
    citation: Text = NO_WORDS,
    citations: Mapping[int, Text] = NO_CITATIONS,
    reason: str,
    by: str,
    at: datetime,
) -> list[EntryDecision]:
    """Do what ``decide_entries`` does, where it is settled who has a hand in it: in the jury's meeting."""
    locked = _held(award)
    refuse(may.against_deciding_twice(locked, _in_force(locked), locked.edition.timezone))
    proposal = entry_proposal_for(locked) if locked.by == Award.By.JURY else None
    places = proposal.places if proposal else []
    known = levels_of(locked.edition) if proposal else ()
    rows = {entry for contest in places for entry in contest}
    refuse(may.against_deciding_entries(locked, levels, known=known, rows=rows))
    refuse(may.against_deciding_early(locked, due_before(locked, at=at)))
    given = {entry.pk: level for entry, level in levels}
    refuse(may.against_deciding_otherwise_than_marked(places, given, reason=reason))
    decisions = [
        _made(locked, entry, level, citations.get(entry.pk, citation), reason, by=by, at=at)
        for entry, level in levels
    ]
    details = {"entries": {entry.code: level for entry, level in levels}}
    _record(locked, "award_decided", by=by, at=at, why=reason.strip(), details=details)
    return decisions


@transaction.atomic
def store_nobody(award: Award, *, reason: str, by: str, at: datetime) -> EntryDecision:
    """Do what ``decide_nobody`` does, where it is settled who has a hand in it: in the jury's meeting."""
    locked = _held(award)
    refuse(may.against_deciding_twice(locked, _in_force(locked), locked.edition.timezone))
    refuse(may.against_deciding_nobody(locked, reason=reason))
    refuse(may.against_deciding_early(locked, due_before(locked, at=at)))
    decision = _made(locked, None, EntryDecision.Level.NONE, NO_WORDS, reason, by=by, at=at)
    _record(locked, "award_decided", by=by, at=at, why=decision.reason, details={"entries": {}})
    return decision


@transaction.atomic
def revoke_entry_decision(decision: EntryDecision, *, reason: str, by: str, at: datetime) -> EntryDecision:
    """Take a jury's decision back. Published runs that show it stay as they are."""
    locked = (
        EntryDecision.objects.select_for_update(of=("self",), no_key=True)
        .select_related("award__edition__programme", "entry__case")
        .get(pk=decision.pk)
    )
    _refuse_a_conflict(locked.award, by=by)
    refuse(against_revoking(locked, reason=reason))
    locked.revoked_at, locked.revoked_by, locked.revoked_reason = at, person_called(by), reason.strip()
    locked.save(update_fields=["revoked_at", "revoked_by", "revoked_reason"])
    taken_back = {locked.entry.code: locked.level} if locked.entry else {}
    _record(
        locked.award,
        "decision_revoked",
        by=by,
        at=at,
        why=locked.revoked_reason,
        details={"entries": taken_back},
    )
    return locked


def _refuse_a_conflict(award: Award, *, by: str) -> None:
    closed = closed_to(person_called(by), award.edition)
    refuse(against_a_conflict(award, is_closed=is_closed(award, closed)))


def _held(award: Award) -> Award:
    """Return the award, which nobody else decides until this transaction ends."""
    found = Award.objects.select_for_update(of=("self",)).select_related("edition__programme__organiser")
    return found.get(pk=award.pk)


def _in_force(award: Award) -> list[EntryDecision]:
    made = EntryDecision.objects.filter(award=award, revoked_at__isnull=True)
    return list(made.select_related("decided_by").order_by("pk"))


def _made(
    award: Award, entry: Entry | None, level: str, citation: Text, reason: str, *, by: str, at: datetime
) -> EntryDecision:
    return EntryDecision.objects.create(
        award=award,
        entry=entry,
        level=level,
        citation=written(citation),
        reason=reason.strip(),
        decided_at=at,
        decided_by=person_called(by),
    )


def _record(award: Award, doing: str, *, by: str, at: datetime, why: str, details: Mapping[str, Any]) -> None:
    record(chain_of(award.edition), doing, str(award), by=by, at=at, why=why, details=details)
