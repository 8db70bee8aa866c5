"""Giving awards, and taking a decision back."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from kaaring.audit.actions import record
from kaaring.kernel.refused import refuse
from kaaring.kernel.text import Text
from kaaring.programmes.models import Award
from kaaring.programmes.queries import chain_of
from kaaring.results import rules as may
from kaaring.results.actions.people import person
from kaaring.results.models import Decision
from kaaring.results.queries.proposals import proposal_for
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
    leaders = (
        proposal_for(award, competition_class).leader_keys if award.by == Award.By.MEASURE else frozenset()
    )
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
        person_deciding = person(by)
        decisions = [
            Decision.objects.create(
                award=locked,
                competition_class=competition_class,
                participant=participant,
                citation=_said(citation),
                quote=_said(quote),
                reason=reason.strip(),
                decided_at=at,
                decided_by=person_deciding,
            )
            for participant in participants
        ]
        record(
            chain_of(locked.edition),
            "award_decided",
            may.named(locked, competition_class),
            by=by,
            at=at,
            why=reason.strip(),
            details={"participants": [participant.code for participant in participants]},
        )
    return decisions


def _said(text: Text) -> dict[str, str]:
    """Return the text without languages in which nothing is said."""
    return {language: words.strip() for language, words in text.items() if words.strip()}


@transaction.atomic
def revoke_decision(decision: Decision, *, reason: str, by: str, at: datetime) -> Decision:
    """Take a decision back. Published runs that show it stay as they are."""
    locked = (
        Decision.objects.select_for_update(of=("self",))
        .select_related("award__edition__programme", "competition_class", "participant")
        .get(pk=decision.pk)
    )
    refuse(may.against_revoking(locked, reason=reason))
    locked.revoked_at = at
    locked.revoked_by = person(by)
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
