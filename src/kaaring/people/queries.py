"""Who somebody is, and where they belong."""

from collections.abc import Iterable

from allauth.account.models import EmailAddress
from django.db.models import Case, IntegerField, QuerySet, Value, When

from kaaring.people.models import MemberRole, Membership, Organiser, User

DEMO_ADDRESS = "@demo.example"
_RANK = Case(
    *(When(role=role, then=Value(rank)) for rank, role in enumerate(MemberRole.values)),
    output_field=IntegerField(),
)


def chain_of(organiser: Organiser) -> str:
    """Return the name of an organiser's own audit chain."""
    return f"organiser:{organiser.slug}"


def members_of(organiser: Organiser) -> QuerySet[Membership]:
    """Return who belongs to an organiser: owners first, then by name."""
    members = Membership.objects.filter(organiser=organiser).select_related("user", "organiser")
    return members.order_by(_RANK, "user__name", "user__email")


def memberships_of(user: User) -> QuerySet[Membership]:
    """Return where a person belongs."""
    return Membership.objects.filter(user=user).select_related("organiser").order_by("organiser__name")


def role_at(organiser: Organiser, user: User) -> str | None:
    """Return a person's role at an organiser, None for a stranger."""
    return Membership.objects.filter(organiser=organiser, user=user).values_list("role", flat=True).first()


def addresses_of(user: User) -> frozenset[str]:
    """Return the e-mail addresses a person has proved to read, in small letters."""
    proved = EmailAddress.objects.filter(user=user, verified=True).values_list("email", flat=True)
    return frozenset(address.lower() for address in proved)


def person_at(email: str) -> User | None:
    """Return who has proved to read an address, or None."""
    return User.objects.filter(emailaddress__email__iexact=email, emailaddress__verified=True).first()


def person_called(by: str) -> User | None:
    """Return the person with this public id, None where a command acts."""
    return User.objects.filter(public_id=by).first()


def names_of(public_ids: Iterable[str]) -> dict[str, str]:
    """Return the names of people by their public ids; ids of nobody are left out."""
    return {user.public_id: str(user) for user in User.objects.filter(public_id__in=set(public_ids))}


def demo_accounts() -> QuerySet[User]:
    """Return the accounts that exist for demonstration only."""
    return User.objects.filter(email__endswith=DEMO_ADDRESS, is_active=True).order_by("pk")
