"""Nominees by the key of their own page, and entries that wait for one."""

from django.db.models import F, IntegerField, Q, QuerySet
from django.db.models.functions import Coalesce

from kaaring.entries.models import Entry, Nominee
from kaaring.entries.queries.submitted import submitted_version
from kaaring.entries.rules.nominees import PERSON
from kaaring.programmes.models import Edition


def nominee_at(token: str) -> Nominee | None:
    """Return the person whose page a key opens, None for every other key."""
    found = Nominee.objects.filter(token=token, is_person=True, case__merged_into=None)
    return found.select_related("case__edition__programme__organiser", "case__organisation").first()


def entries_without_consent(edition: Edition) -> QuerySet[Entry]:
    """Return submitted entries about a person who is not named, or has not agreed to what the jury reads."""
    found = Entry.objects.annotate(read_version=version_read()).filter(lacking_consent(), edition=edition)
    return found.filter(submitted_at__isnull=False, withdrawn_at=None).select_related(
        "case__nominee", "case__organisation", "category"
    )


def version_read() -> Coalesce:
    """Return, for a query of entries, the version of the case that is read: submitted, or the present one."""
    return Coalesce(submitted_version("pk"), F("case__version"), output_field=IntegerField())


def lacking_consent() -> Q:
    """Return the condition, beside ``read_version``, that nobody has agreed to what is said of a person."""
    is_about_a_person = Q(case__subject=PERSON) | Q(case__nominee__is_person=True)
    silent = Q(case__nominee=None) | Q(case__nominee__is_person=False)
    unasked = Q(case__nominee__consented_version=None) | Q(
        case__nominee__consented_version__lt=F("read_version")
    )
    return is_about_a_person & (silent | unasked)
