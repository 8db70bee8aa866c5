"""Inviting jurors, and what becomes of one who accepts."""

from datetime import datetime

from django.db import transaction

from kaaring.audit.actions import record
from kaaring.entries import actions as entries
from kaaring.jury.actions.assigning import hold_juror
from kaaring.jury.actions.recusals import detect_recusals
from kaaring.jury.models import Juror
from kaaring.jury.queries.jurors import is_chair, juries_of, juror_of
from kaaring.jury.queries.recusals import waiting
from kaaring.jury.rules import jurors as may
from kaaring.kernel.refused import refuse
from kaaring.people.models import User
from kaaring.programmes import actions as programmes
from kaaring.programmes.actions import LinkTo
from kaaring.programmes.models import EditionRole, Invitation
from kaaring.programmes.queries import chain_of


@transaction.atomic
def invite_juror(juror_id: int, *, language: str, link_to: LinkTo, by: User, at: datetime) -> Invitation:
    """Offer a juror the part by e-mail, once every possible conflict of interest has been looked at."""
    juror = hold_juror(juror_id)
    refuse(may.against_inviting(juror, waiting=waiting(juror.edition).filter(juror=juror).count()))
    return programmes.invite(
        juror.edition.programme.organiser,
        juror.edition,
        juror.email,
        EditionRole.JURY_CHAIR if is_chair(juror) else EditionRole.JUROR,
        language=language,
        link_to=link_to,
        by=by,
        at=at,
    )


def is_for_a_juror(invitation: Invitation) -> bool:
    """Say whether an invitation is to a jury."""
    return invitation.edition_id is not None and invitation.role in may.IN_A_JURY


@transaction.atomic
def accept_invitation(invitation_id: int, *, by: User, at: datetime) -> Invitation:
    """Take an invitation to a jury up: the juror with the invited address gets the account.

    Who was invited without having been added as a juror becomes one with that address.
    """
    invitation = programmes.accept_invitation(invitation_id, by=by, at=at)
    edition = invitation.edition
    assert edition is not None
    jurors = Juror.objects.select_for_update(of=("self",)).filter(edition=edition, removed_at=None)
    juror = jurors.filter(email__iexact=invitation.email).order_by("pk").first()
    already = juror_of(by, edition)
    if already is not None and already == juror:
        return invitation
    refuse(may.against_taking_up(already))
    if juror is None:
        code = f"juror-{invitation.public_id}"
        juror = Juror(edition=edition, code=code, name=str(by)[:120], email=invitation.email)
    juror.user = by
    juror.save()
    record(chain_of(edition), "juror_accepted", juror.code, by=by.public_id, at=at)
    detect_recusals(edition, by=by.public_id, at=at)
    return invitation


@transaction.atomic
def accept_to_act(invitation_id: int, *, by: User, at: datetime) -> Invitation:
    """Take an offer up to act for an organisation; a juror has nothing to do with its cases from then on."""
    invitation = entries.accept_invitation(invitation_id, by=by, at=at)
    for juror in juries_of(by).filter(edition__programme__organiser=invitation.organiser_id):
        detect_recusals(juror.edition, by=by.public_id, at=at)
    return invitation
