"""The roll of an edition: who has a part, who is invited, and what a person has been offered."""

from collections.abc import Set
from datetime import datetime

from django.db.models import Q, QuerySet
from django.db.models.functions import Lower

from kaaring.programmes.models import Edition, EditionRole, Invitation, Part
from kaaring.programmes.rules import OPEN_FOR


def parts_in(edition: Edition) -> QuerySet[Part]:
    """Return who has a part in an edition, role by role; contacts stand with their participants instead."""
    parts = Part.objects.filter(edition=edition).exclude(role=EditionRole.PARTICIPANT_CONTACT)
    return parts.select_related("user", "edition").order_by("role", "user__name", "user__email")


def _invitations(at: datetime) -> QuerySet[Invitation]:
    still_open = Invitation.objects.filter(accepted_at=None, withdrawn_at=None, invited_at__gt=at - OPEN_FOR)
    return still_open.select_related("organiser", "edition__programme__organiser", "invited_by")


def open_invitations(edition: Edition, *, at: datetime) -> QuerySet[Invitation]:
    """Return the open invitations to an edition and to the organiser that runs it, newest first."""
    to_organiser = Q(edition=None, organiser=edition.programme.organiser_id)
    return _invitations(at).filter(Q(edition=edition) | to_organiser).order_by("-invited_at", "-pk")


def invitations_to(addresses: Set[str], *, at: datetime) -> QuerySet[Invitation]:
    """Return the open invitations sent to somebody's addresses (in small letters), newest first."""
    mine = _invitations(at).annotate(sent_to=Lower("email")).filter(sent_to__in=addresses)
    return mine.order_by("-invited_at", "-pk")
