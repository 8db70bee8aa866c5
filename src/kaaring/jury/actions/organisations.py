"""Making one organisation of two that are the same: their cases, people, jurors and conflicts of interest."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kaaring.audit.actions import record
from kaaring.entries.actions.organisations import hand_over, held_organisations
from kaaring.entries.rules.organisations import against_merging_organisations
from kaaring.jury.actions.recusals import detect_recusals
from kaaring.jury.models import Juror, Recusal, Scorecard
from kaaring.kernel.refused import refuse
from kaaring.people.models import Organisation
from kaaring.people.queries import chain_of
from kaaring.programmes.models import Edition


@transaction.atomic
def merge_organisations(organisation_id: int, into_id: int, *, by: str, at: datetime) -> Organisation:
    """Merge an organisation into another, and return the one that stays.

    Jurors come along with their conflicts of interest, and conflicts are looked for anew: a juror may turn
    out to come from the house whose case they read.
    """
    organisation, into = held_organisations(organisation_id, into_id)
    refuse(against_merging_organisations(organisation, into))
    jurors = Juror.objects.filter(organisation=organisation).update(organisation=into)
    _hand_conflicts_over(organisation, into, by=by, at=at)
    cases = hand_over(organisation, into)
    details = {"into": into.public_id, "name": organisation.name, "cases": cases, "jurors": jurors}
    about, chain = organisation.public_id, chain_of(into.organiser)
    organisation.delete()
    record(chain, "organisations_merged", about, by=by, at=at, details=details)
    for edition in Edition.objects.filter(
        programme__organiser=into.organiser_id, jurors__isnull=False
    ).distinct():
        detect_recusals(edition, by=by, at=at)
    return into


def _hand_conflicts_over(organisation: Organisation, into: Organisation, *, by: str, at: datetime) -> None:
    """Let each juror have one conflict with the organisation that stays, the confirmed one of two."""
    standing = {one.juror_id: one for one in Recusal.objects.filter(organisation=into, dismissed_at=None)}
    for recusal in Recusal.objects.filter(organisation=organisation, dismissed_at=None):
        other = standing.get(recusal.juror_id)
        if other is not None:
            first, second = (recusal, other) if _is_surer(recusal, other) else (other, recusal)
            Scorecard.objects.filter(excluded_for=second).update(excluded_for=first)
            second.dismissed_at, second.dismissed_by = at, by
            second.dismissed_reason = _(
                "The two organisations are one, so their two conflicts of interest became one."
            )
            second.save(update_fields=["dismissed_at", "dismissed_by", "dismissed_reason"])
    Recusal.objects.filter(organisation=organisation).update(organisation=into)


def _is_surer(one: Recusal, other: Recusal) -> bool:
    return _is_sure(one) and not _is_sure(other)


def _is_sure(one: Recusal) -> bool:
    """Say whether somebody has said that this is a conflict; what was found waits for a look."""
    return one.source != Recusal.Source.DETECTED or one.confirmed_at is not None
