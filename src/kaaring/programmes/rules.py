"""What may be done to programmes, editions and their rules, and if not, why."""

from collections.abc import Set
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from kaaring.kernel.refused import Refused
from kaaring.people import rules as people
from kaaring.people.models import MemberRole, Organiser, User
from kaaring.programmes.definition import Definition, changes, restored
from kaaring.programmes.models import (
    Award,
    Category,
    Edition,
    EditionRole,
    Invitation,
    Part,
    Programme,
    Rules,
)

OPEN_FOR = timedelta(days=14)
RUNNING = (MemberRole.OWNER, MemberRole.MANAGER)


def against_storing_for(programme: Programme, organiser: Organiser) -> Refused | None:
    """A programme belongs to the organiser that made it."""
    if programme.organiser_id == organiser.pk:
        return None
    return Refused(
        "not_your_programme",
        _("The programme “%(slug)s” belongs to another organiser. Choose another slug for yours.")
        % {"slug": programme.slug},
    )


def against_changing_rules(newest: Rules | None, wanted: Definition, *, because: str) -> Refused | None:
    """Frozen rules never change; a new version needs a reason, and is told what it would change."""
    if newest is None or newest.frozen_at is None or because.strip():
        return None
    would_change = changes(restored(newest.document), wanted)
    return Refused(
        "rules_frozen",
        _(
            "These rules are frozen, since evaluations or scorecards have been made under them. "
            "To change them, make a new version and give the reason."
        ),
        details=tuple(f"{change.what} {change.effect}".strip() for change in would_change),
    )


def against_removing_awards(awards: QuerySet[Award]) -> Refused | None:
    """An award that has been given stays."""
    is_given = Q(decisions__isnull=False) | Q(entry_decisions__isnull=False)
    given = [str(award) for award in awards.filter(is_given).distinct()]
    if not given:
        return None
    return Refused(
        "award_given",
        _("Already given, and therefore to be kept in the file: %(awards)s.") % {"awards": ", ".join(given)},
    )


def against_removing_a_category_in_use(category: Category) -> Refused:
    """A category that has entries, panels or meetings stays; its entries can be withdrawn or moved."""
    return Refused(
        "category_in_use",
        _(
            "“%(category)s” has entries and cannot be removed. "
            "Keep it in the file; to end it, withdraw its entries with a reason, "
            "or enter their cases in another category."
        )
        % {"category": category},
    )


def against_giving_parts(edition: Edition, *, by: User) -> Refused | None:
    """Owners and managers say who does what in an edition."""
    if people.is_member(by, edition.programme.organiser, roles=RUNNING):
        return None
    return Refused(
        "not_an_owner_or_manager",
        _("Only owners and managers of %(organiser)s can decide who takes part in %(edition)s.")
        % {"organiser": edition.programme.organiser, "edition": edition.title},
    )


def against_an_unknown_part(role: str) -> Refused | None:
    """A part is one of the seven there are."""
    if role in EditionRole.values:
        return None
    return Refused("unknown_role", _("There is no role “%(role)s” in an edition.") % {"role": role})


def against_a_contact_alone(role: str) -> Refused | None:
    """A participant's contact comes and goes with the participant, never as a bare part."""
    if role != EditionRole.PARTICIPANT_CONTACT:
        return None
    return Refused(
        "which_participant",
        _(
            "Name the participant: a contact is invited for one participant, "
            "and ended under “Participants' contacts”."
        ),
    )


def against_a_second_part(edition: Edition, user: User, role: str) -> Refused | None:
    """A person has each part once."""
    if not Part.objects.filter(edition=edition, user=user, role=role).exists():
        return None
    return Refused(
        "has_this_part",
        _("%(person)s has this role in %(edition)s already: %(role)s.")
        % {"person": user, "role": EditionRole(role).label, "edition": edition.title},
    )


def against_inviting(
    organiser: Organiser, edition: Edition | None, role: str, *, organisation: str = "", by: User
) -> Refused | None:
    """Owners invite to the organiser; owners and managers invite to an edition.

    Who invites to act for an organisation is for the rules of entries to say.
    """
    if organisation:
        return None
    if edition is None:
        return people.against_managing_memberships(organiser, by=by) or people.against_an_unknown_member_role(
            role
        )
    return against_giving_parts(edition, by=by) or against_an_unknown_part(role)


def against_naming_a_participant(role: str, participant: str) -> Refused | None:
    """A participant's contact is invited for a participant; nobody else is."""
    if (role == EditionRole.PARTICIPANT_CONTACT) == bool(participant):
        return None
    if participant:
        return Refused("no_contact", _("Only a participant's contact is invited for a participant."))
    return Refused("which_participant", _("Choose the participant that this person is to be the contact of."))


def against_inviting_twice(invitation: Invitation, *, at: datetime) -> Refused | None:
    """One open offer at a time; a new one takes the old one's place once that is withdrawn or has lapsed."""
    same = Invitation.objects.filter(
        organiser_id=invitation.organiser_id,
        edition=invitation.edition,
        email__iexact=invitation.email,
        role=invitation.role,
        participant=invitation.participant,
        organisation=invitation.organisation,
        accepted_at=None,
        withdrawn_at=None,
        invited_at__gt=at - OPEN_FOR,
    )
    if not same.exists():
        return None
    return Refused(
        "already_invited",
        _("%(email)s has an open invitation to this already. Withdraw it first to send a new one.")
        % {"email": invitation.email},
    )


def against_inviting_somebody_here(invitation: Invitation, invited: User | None) -> Refused | None:
    """Who has the role already need not be invited."""
    if invited is None or invitation.participant or invitation.organisation:
        return None
    if invitation.edition is None:
        return people.against_a_second_membership(invitation.organiser, invited)
    return against_a_second_part(invitation.edition, invited, invitation.role)


def against_using(invitation: Invitation, *, at: datetime) -> Refused | None:
    """An invitation is open until it is accepted or withdrawn, and for two weeks."""
    if invitation.accepted_at is not None:
        return Refused(
            "invitation_used",
            _("This invitation has been accepted already. Sign in to find what it opened under “My pages”."),
        )
    if invitation.withdrawn_at is not None:
        return Refused(
            "invitation_withdrawn",
            _("This invitation was withdrawn. Ask %(organiser)s if you think that is a mistake.")
            % {"organiser": invitation.organiser},
        )
    if at >= invitation.invited_at + OPEN_FOR:
        return Refused(
            "invitation_expired",
            _("This invitation was open for two weeks and has lapsed. Ask %(organiser)s for a new one.")
            % {"organiser": invitation.organiser},
        )
    return None


def against_accepting(invitation: Invitation, *, addresses: Set[str], at: datetime) -> Refused | None:
    """Only who reads the invited address may accept, while the offer is open and its sender may make it."""
    if refusal := against_using(invitation, at=at):
        return refusal
    if invitation.email.lower() in addresses:
        return _against_a_sender_who_left(invitation)
    return Refused(
        "invited_at_another_address",
        _(
            "This invitation was sent to another address than those of your account. Sign in with the "
            "invited address, or add that address to your account and confirm it, and open the link again."
        ),
    )


def _against_a_sender_who_left(invitation: Invitation) -> Refused | None:
    refusal = against_inviting(
        invitation.organiser,
        invitation.edition,
        invitation.role,
        organisation=invitation.organisation,
        by=invitation.invited_by,
    )
    if refusal is None:
        return None
    return Refused(
        "sender_may_not_invite",
        _("Whoever sent this invitation may no longer invite. Ask the organiser for a new one."),
    )


def against_withdrawing(invitation: Invitation, *, by: User, at: datetime) -> Refused | None:
    """Who may invite may withdraw, while the invitation is open."""
    return against_inviting(
        invitation.organiser,
        invitation.edition,
        invitation.role,
        organisation=invitation.organisation,
        by=by,
    ) or against_using(invitation, at=at)
