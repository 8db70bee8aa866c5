"""Who acts for an organisation."""

from datetime import datetime, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from kaaring.entries.models import Case
from kaaring.kernel.refused import Refused
from kaaring.people.models import Affiliation, Organisation, Organiser, User
from kaaring.people.rules import is_member
from kaaring.planning.names import is_same_name
from kaaring.programmes.models import Invitation
from kaaring.programmes.rules import RUNNING

MOST_INVITATIONS_A_DAY = 50


def acts_for(user: User, organisation: Organisation) -> bool:
    """Say whether a person acts for an organisation."""
    return Affiliation.objects.filter(user=user, organisation=organisation).exists()


def against_a_namesake(name: str, acting: User, organiser: Organiser) -> Refused | None:
    """Nobody adds an organisation called like one that they act for: it is the same one."""
    mine = Organisation.objects.filter(organiser=organiser, affiliations__user=acting)
    same = next((one for one in mine if is_same_name(one.name, name)), None)
    if same is None:
        return None
    return Refused(
        "own_organisation",
        _("You act for %(organisation)s already. Choose it in the list instead.") % {"organisation": same},
    )


def against_inviting(organisation: Organisation, *, by: User) -> Refused | None:
    """Colleagues invite colleagues; who names a partner invites its first person; organisers may invite."""
    if (
        acts_for(by, organisation)
        or is_member(by, organisation.organiser, roles=RUNNING)
        or _is_first_of_partner(organisation, by=by)
    ):
        return None
    return Refused(
        "not_a_colleague",
        _("Only people who act for %(organisation)s can invite others to do so.")
        % {"organisation": organisation},
    )


def against_inviting_a_crowd(organisation: Organisation, *, by: User, at: datetime) -> Refused | None:
    """Who does not run the organiser writes to so many strangers in a day and no more."""
    if is_member(by, organisation.organiser, roles=RUNNING):
        return None
    sent = Invitation.objects.filter(invited_by=by, invited_at__gt=at - timedelta(days=1))
    if sent.count() < MOST_INVITATIONS_A_DAY:
        return None
    return Refused(
        "too_many_invitations",
        _("You have sent %(most)d invitations in a day. Send the next ones tomorrow.")
        % {"most": MOST_INVITATIONS_A_DAY},
    )


def _is_first_of_partner(organisation: Organisation, *, by: User) -> bool:
    """Say whether nobody acts for a partner yet, so that who named it may ask somebody in.

    That somebody will see whatever the partner stands behind, which therefore all has to be the inviter's.
    """
    if Affiliation.objects.filter(organisation=organisation).exists():
        return False
    behind = Case.objects.filter(Q(organisation=organisation) | Q(parties__organisation=organisation))
    mine = behind.filter(organisation__affiliations__user=by)
    return mine.exists() and not behind.exclude(pk__in=mine.values("pk")).exists()


def against_a_second_affiliation(organisation: Organisation, user: User | None) -> Refused | None:
    """A person acts for an organisation once."""
    if user is None or not acts_for(user, organisation):
        return None
    return Refused(
        "already_a_colleague",
        _("%(person)s acts for %(organisation)s already.") % {"person": user, "organisation": organisation},
    )


def against_ending(affiliation: Affiliation) -> Refused | None:
    """An organisation with cases keeps somebody who can answer for them."""
    organisation = affiliation.organisation
    others = Affiliation.objects.filter(organisation=organisation).exclude(pk=affiliation.pk)
    if others.exists() or not organisation.cases.exists():
        return None
    return Refused(
        "last_colleague",
        _("%(person)s is the only one who acts for %(organisation)s. Invite somebody else first.")
        % {"person": affiliation.user, "organisation": organisation},
    )


def against_an_unnamed_organisation(name: str) -> Refused | None:
    """An organisation has a name."""
    return None if name.strip() else Refused("no_name", _("Give the name of the organisation."))
