"""What may be done to memberships and to an organiser's look, and if not, why."""

import re

from django.utils.translation import gettext as _

from kaaring.kernel.refused import Refused
from kaaring.people.models import MemberRole, Membership, Organiser, User

ACCENT = re.compile(r"#[0-9a-f]{6}")


def is_member(user: User, organiser: Organiser, *, roles: tuple[str, ...]) -> bool:
    """Say whether a person belongs to an organiser in one of these roles."""
    return Membership.objects.filter(user=user, organiser=organiser, role__in=roles).exists()


def against_managing_memberships(organiser: Organiser, *, by: User) -> Refused | None:
    """Who belongs to an organiser is for its owners to say."""
    if is_member(by, organiser, roles=(MemberRole.OWNER,)):
        return None
    return Refused(
        "not_an_owner",
        _("Only an owner of %(organiser)s can decide who belongs to it. Ask an owner to do this.")
        % {"organiser": organiser},
    )


def against_a_second_membership(organiser: Organiser, user: User) -> Refused | None:
    """A person has one role at an organiser; another one replaces it."""
    if not is_member(user, organiser, roles=tuple(MemberRole.values)):
        return None
    return Refused(
        "already_a_member",
        _("%(person)s already belongs to %(organiser)s. Change the role instead.")
        % {"person": user, "organiser": organiser},
    )


def against_an_unknown_member_role(role: str) -> Refused | None:
    """A role is one of the four there are."""
    if role in MemberRole.values:
        return None
    return Refused("unknown_role", _("There is no role “%(role)s” at an organiser.") % {"role": role})


def against_losing_the_last_owner(membership: Membership, *, new_role: str | None) -> Refused | None:
    """An organiser always keeps an owner; None as the new role means that the membership ends."""
    if membership.role != MemberRole.OWNER or new_role == MemberRole.OWNER:
        return None
    others = Membership.objects.filter(organiser=membership.organiser, role=MemberRole.OWNER)
    if others.exclude(pk=membership.pk).exists():
        return None
    return Refused(
        "last_owner",
        _("%(person)s is the only owner of %(organiser)s. Make somebody else an owner first.")
        % {"person": membership.user, "organiser": membership.organiser},
    )


def against_a_first_owner(organiser: Organiser) -> Refused | None:
    """Only an organiser that has no owner yet is given one without an owner's word."""
    if not Membership.objects.filter(organiser=organiser, role=MemberRole.OWNER).exists():
        return None
    return Refused(
        "has_an_owner",
        _("%(organiser)s has an owner already, who can invite others.") % {"organiser": organiser},
    )


def against_changing_look(organiser: Organiser, accent: str, *, by: User) -> Refused | None:
    """Owners and managers choose the colour, in the form #rrggbb."""
    if not is_member(by, organiser, roles=(MemberRole.OWNER, MemberRole.MANAGER)):
        return Refused(
            "not_an_owner_or_manager",
            _("Only owners and managers of %(organiser)s can change how its pages look.")
            % {"organiser": organiser},
        )
    if not ACCENT.fullmatch(accent):
        return Refused(
            "not_a_colour",
            _("“%(accent)s” is not a colour. Write # and six digits or letters from a to f, like #0b5563.")
            % {"accent": accent},
        )
    return None


def against_a_second_account(email: str) -> Refused | None:
    """One address opens one account."""
    if not User.objects.filter(email__iexact=email).exists():
        return None
    return Refused("has_an_account", _("%(email)s has an account already.") % {"email": email})
