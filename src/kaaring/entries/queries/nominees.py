"""Nominees by the key of their own page, and entries that wait for one."""

from django.db.models import F, Q, QuerySet

from kaaring.entries.models import Entry, Nominee
from kaaring.programmes.models import Edition


def nominee_at(token: str) -> Nominee | None:
    """Return the person whose page a key opens, None for every other key."""
    found = Nominee.objects.filter(token=token, is_person=True, case__merged_into=None)
    return found.select_related("case__edition__programme__organiser", "case__organisation").first()


def entries_without_consent(edition: Edition) -> QuerySet[Entry]:
    """Return submitted entries that nominate a person who has not agreed to the case as it is now."""
    waiting = Q(case__nominee__consented_version=None) | ~Q(
        case__nominee__consented_version=F("case__version")
    )
    found = Entry.objects.filter(waiting, edition=edition, case__nominee__is_person=True)
    return found.filter(submitted_at__isnull=False, withdrawn_at=None).select_related(
        "case__nominee", "case__organisation", "category"
    )
