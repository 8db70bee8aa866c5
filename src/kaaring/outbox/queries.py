"""The letters of an edition: drafts, sent, in doubt."""

from django.db.models import QuerySet

from kaaring.outbox.models import Letter
from kaaring.programmes.models import Edition


def letters_of(edition: Edition) -> QuerySet[Letter]:
    """Return all letters of an edition but the withdrawn ones, by kind and address."""
    return Letter.objects.filter(edition=edition, withdrawn_at__isnull=True).order_by("kind", "to", "pk")


def drafts_of(edition: Edition) -> QuerySet[Letter]:
    """Return the letters that wait to be sent."""
    return letters_of(edition).filter(claimed_at__isnull=True)


def unsure_of(edition: Edition) -> QuerySet[Letter]:
    """Return the letters that were handed to the mail server without an answer."""
    return letters_of(edition).filter(claimed_at__isnull=False, sent_at__isnull=True)


def sent_of(edition: Edition) -> QuerySet[Letter]:
    """Return the letters that the mail server took, the newest first."""
    return letters_of(edition).filter(sent_at__isnull=False).order_by("-sent_at", "to")
