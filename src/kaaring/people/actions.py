"""Everything that can happen to accounts, memberships and an organiser's look."""

from datetime import datetime

from allauth.account.models import EmailAddress
from django.db import transaction

from kaaring.audit.actions import INSTALLATION, record
from kaaring.kernel.refused import refuse
from kaaring.people import rules
from kaaring.people.logo import cleaned_logo
from kaaring.people.models import MemberRole, Membership, Organiser, User
from kaaring.people.queries import chain_of


@transaction.atomic
def open_account(email: str, *, name: str, language: str, by: str, at: datetime) -> User:
    """Open an account for somebody whose address is known to be theirs, without a password."""
    refuse(rules.against_a_second_account(email))
    user = User.objects.create_user(email, name=name, language=language)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    record(INSTALLATION, "account_opened", user.public_id, by=by, at=at)
    return user


@transaction.atomic
def introduce_oneself(user: User, *, name: str, language: str, at: datetime) -> None:
    """Take a person's own name and the language of their messages."""
    User.objects.filter(pk=user.pk).update(name=name, language=language)
    record(INSTALLATION, "person_introduced", user.public_id, by=user.public_id, at=at)


@transaction.atomic
def give_first_owner(organiser: Organiser, user: User, *, by: str, at: datetime) -> Membership:
    """Give an organiser without an owner its first; for set-up, before anybody could decide."""
    organiser = _held(organiser.pk)
    refuse(rules.against_a_first_owner(organiser) or rules.against_a_second_membership(organiser, user))
    return _store_membership(organiser, user, MemberRole.OWNER, by=by, at=at)


@transaction.atomic
def give_membership(organiser: Organiser, user: User, role: str, *, by: User, at: datetime) -> Membership:
    """Make a person a member of an organiser."""
    organiser = _held(organiser.pk)
    refuse(
        rules.against_managing_memberships(organiser, by=by)
        or rules.against_an_unknown_member_role(role)
        or rules.against_a_second_membership(organiser, user)
    )
    return _store_membership(organiser, user, role, by=by.public_id, at=at)


@transaction.atomic
def join(organiser: Organiser, user: User, role: str, *, invitation: str, at: datetime) -> Membership:
    """Make a person a member by an owner's invitation (its public id), which the caller has checked."""
    organiser = _held(organiser.pk)
    refuse(rules.against_an_unknown_member_role(role) or rules.against_a_second_membership(organiser, user))
    return _store_membership(organiser, user, role, by=user.public_id, at=at, invitation=invitation)


@transaction.atomic
def change_membership(membership_id: int, role: str, *, by: User, at: datetime, why: str = "") -> Membership:
    """Give a member another role."""
    membership = _held_membership(membership_id)
    refuse(
        rules.against_managing_memberships(membership.organiser, by=by)
        or rules.against_an_unknown_member_role(role)
        or rules.against_losing_the_last_owner(membership, new_role=role)
    )
    before, membership.role = membership.role, role
    membership.save(update_fields=["role"])
    record(
        chain_of(membership.organiser),
        "membership_changed",
        membership.user.public_id,
        by=by.public_id,
        at=at,
        why=why,
        details={"before": before, "role": role},
    )
    return membership


@transaction.atomic
def end_membership(membership_id: int, *, by: User, at: datetime, why: str = "") -> None:
    """Let a member go, with everything they could see and do here as a member."""
    membership = _held_membership(membership_id)
    organiser = membership.organiser
    refuse(
        rules.against_managing_memberships(organiser, by=by)
        or rules.against_losing_the_last_owner(membership, new_role=None)
    )
    membership.delete()
    record(
        chain_of(organiser),
        "membership_ended",
        membership.user.public_id,
        by=by.public_id,
        at=at,
        why=why,
        details={"role": membership.role},
    )


@transaction.atomic
def change_look(organiser: Organiser, *, accent: str, logo: str, by: User, at: datetime) -> Organiser:
    """Store an organiser's accent colour and logo; the logo is cleaned, and refused where it could act."""
    organiser = _held(organiser.pk)
    refuse(rules.against_changing_look(organiser, accent, by=by))
    organiser.accent = accent
    organiser.logo = cleaned_logo(logo) if logo else ""
    organiser.save(update_fields=["accent", "logo"])
    record(
        chain_of(organiser),
        "look_changed",
        organiser.slug,
        by=by.public_id,
        at=at,
        details={"accent": accent, "has_logo": bool(organiser.logo)},
    )
    return organiser


def _held(organiser_id: int) -> Organiser:
    """Return the organiser, held so that two changes at once cannot take both last owners away."""
    return Organiser.objects.select_for_update().get(pk=organiser_id)


def _held_membership(membership_id: int) -> Membership:
    found = Membership.objects.get(pk=membership_id)
    _held(found.organiser_id)
    return Membership.objects.select_related("user", "organiser").get(pk=membership_id)


def _store_membership(
    organiser: Organiser, user: User, role: str, *, by: str, at: datetime, **details: str
) -> Membership:
    membership = Membership.objects.create(organiser=organiser, user=user, role=role)
    record(
        chain_of(organiser),
        "membership_given",
        user.public_id,
        by=by,
        at=at,
        details={"role": role, **details},
    )
    return membership
