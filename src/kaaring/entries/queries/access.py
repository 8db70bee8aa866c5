"""What an entrant may see and write: the cases of the organisations they act for."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from kaaring.entries.models import Case, Entry, Party
from kaaring.people.models import Affiliation, Organisation, User

type Reader = User | AnonymousUser


def organisations_of(user: Reader) -> QuerySet[Organisation]:
    """Return the organisations a person acts for, by name."""
    if not user.is_authenticated:
        return Organisation.objects.none()
    return (
        Organisation.objects.filter(affiliations__user=user)
        .select_related("organiser")
        .order_by("name", "pk")
    )


def _mine(user: Reader) -> QuerySet[Organisation]:
    return organisations_of(user).order_by()


def _cases() -> QuerySet[Case]:
    return Case.objects.select_related("edition__programme__organiser", "organisation", "merged_into")


def cases_seen_by(user: Reader) -> QuerySet[Case]:
    """Return the cases that a person's organisations entered or stand behind as partners."""
    mine = _mine(user)
    partners = Party.objects.filter(organisation__in=mine).values("case")
    return _cases().filter(Q(organisation__in=mine) | Q(pk__in=partners))


def cases_written_by(user: Reader) -> QuerySet[Case]:
    """Return the cases that a person may change: those of their own organisations."""
    return _cases().filter(organisation__in=_mine(user))


def _entries() -> QuerySet[Entry]:
    return Entry.objects.select_related(
        "edition__programme__organiser",
        "case__organisation",
        "case__merged_into",
        "case__edition",
        "category",
    )


def entries_seen_by(user: Reader) -> QuerySet[Entry]:
    """Return the entries of the cases that a person sees."""
    return _entries().filter(case__in=cases_seen_by(user).values("pk"))


def entries_written_by(user: Reader) -> QuerySet[Entry]:
    """Return the entries of the cases that a person may change."""
    return _entries().filter(case__organisation__in=_mine(user))


def parts_of(user: Reader) -> QuerySet[Party]:
    """Return the parts that a person's organisations have in cases of others, theirs to write and approve."""
    own = Party.objects.select_related(
        "case__edition__programme__organiser", "case__organisation", "organisation"
    )
    mine = _mine(user)
    return own.filter(organisation__in=mine).exclude(case__organisation__in=mine)


def colleagues_in(organisation: Organisation) -> QuerySet[Affiliation]:
    """Return who acts for an organisation, by name."""
    found = Affiliation.objects.filter(organisation=organisation).select_related("user", "organisation")
    return found.order_by("user__name", "user__email")
