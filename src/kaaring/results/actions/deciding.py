"""Giving awards, and taking a decision back."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from kaaring.audit.actions import record
from kaaring.kernel.refused import refuse
from kaaring.kernel.text import Text, written
from kaaring.people.queries import person_called
from kaaring.programmes.models import Award, Edition
from kaaring.programmes.queries import chain_of
from kaaring.results.models import Decision
from kaaring.results.queries.proposals import decisions_in_force, proposal_for, proposals_of
from kaaring.results.rules import deciding as may
from kaaring.survey.models import CompetitionClass, Participant

NO_WORDS: Text = {}


def decide_award(
    award: Award,
    participants: Sequence[Participant],
    *,
    competition_class: CompetitionClass | None = None,
    citation: Text = NO_WORDS,
    quote: Text = NO_WORDS,
    reason: str = "",
    by: str,
    at: datetime,
) -> list[Decision]:
    """Give an award to a participant, or to several who share it; in a class where it is given in each."""
    is_measured = award.by == Award.By.MEASURE
    leaders = proposal_for(award, competition_class).leader_keys if is_measured else frozenset()
    with transaction.atomic():
        locked = Award.objects.select_for_update().select_related("edition__programme").get(pk=award.pk)
        in_force = Decision.objects.filter(
            award=locked, competition_class=competition_class, revoked_at__isnull=True
        )
        refuse(
            may.against_deciding(
                locked, competition_class, participants, in_force=list(in_force), citation=citation
            )
            or may.against_deciding_otherwise(locked, leaders, participants, reason=reason)
        )
        words = {"citation": written(citation), "quote": written(quote), "reason": reason.strip()}
        return _store(locked, competition_class, participants, words, by=by, at=at)


def decide_open_awards(edition: Edition, *, by: str, at: datetime) -> list[Decision]:
    """Give every award by measurement that is still open to those who lead for it."""
    proposals = proposals_of(edition)
    with transaction.atomic():
        awards = {award.pk: award for award in Award.objects.select_for_update().filter(edition=edition)}
        decided = {(one.award_id, one.competition_class_id) for one in decisions_in_force(edition)}
        still_open = [one for one in proposals if one.is_open and one.case not in decided]
        refuse(may.against_deciding_open_awards(len(still_open)))
        return [
            decision
            for one in still_open
            for decision in _store(
                awards[one.award.pk],
                one.competition_class,
                [row.participant for row in one.leaders],
                {},
                by=by,
                at=at,
            )
        ]


def _store(
    award: Award,
    competition_class: CompetitionClass | None,
    participants: Sequence[Participant],
    words: Mapping[str, Any],
    *,
    by: str,
    at: datetime,
) -> list[Decision]:
    who = person_called(by)
    decisions = [
        Decision.objects.create(
            award=award,
            competition_class=competition_class,
            participant=participant,
            decided_at=at,
            decided_by=who,
            **words,
        )
        for participant in participants
    ]
    record(
        chain_of(award.edition),
        "award_decided",
        may.named(award, competition_class),
        by=by,
        at=at,
        why=words.get("reason", ""),
        details={"participants": [participant.code for participant in participants]},
    )
    return decisions


@transaction.atomic
def revoke_decision(decision: Decision, *, reason: str, by: str, at: datetime) -> Decision:
    """Take a decision back. Published runs that show it stay as they are."""
    locked = (
        Decision.objects.select_for_update(of=("self",), no_key=True)
        .select_related("award__edition__programme", "competition_class", "participant")
        .get(pk=decision.pk)
    )
    refuse(may.against_revoking(locked, reason=reason))
    locked.revoked_at = at
    locked.revoked_by = person_called(by)
    locked.revoked_reason = reason.strip()
    locked.save(update_fields=["revoked_at", "revoked_by", "revoked_reason"])
    record(
        chain_of(locked.award.edition),
        "decision_revoked",
        may.named(locked.award, locked.competition_class),
        by=by,
        at=at,
        why=locked.revoked_reason,
        details={"participants": [locked.participant.code]},
    )
    return locked
