"""What an invited person reads, in their own language."""

from typing import NamedTuple

from django.utils import translation
from django.utils.translation import gettext as _

from kaaring.people.models import MemberRole, Organisation
from kaaring.programmes.models import EditionRole, Invitation


class Letter(NamedTuple):
    """An e-mail as plain text."""

    subject: str
    body: str


def role_label(invitation: Invitation) -> str:
    """Return what the invited person would be, in the reader's language."""
    role = MemberRole(invitation.role) if invitation.edition is None else EditionRole(invitation.role)
    if not invitation.organisation:
        return str(role.label)
    organisation = Organisation.objects.get(public_id=invitation.organisation)
    return _("%(role)s, acting for %(organisation)s") % {"role": role.label, "organisation": organisation}


def where(invitation: Invitation) -> str:
    """Return what somebody is invited to: an edition, or the organiser itself."""
    return invitation.edition.title if invitation.edition else invitation.organiser.name


def invitation_letter(invitation: Invitation, *, link: str, language: str) -> Letter:
    """Write the invitation: who asks, for what, the link, how long it is open."""
    with translation.override(language):
        facts = {
            "person": invitation.invited_by,
            "organiser": invitation.organiser,
            "where": where(invitation),
            "role": role_label(invitation),
            "email": invitation.email,
        }
        paragraphs = (
            _("Hello,"),
            _invites(invitation) % facts,
            _("Open this link and sign in as %(email)s to accept; it is open for two weeks:") % facts,
            link,
            _("If you were not expecting this, you do not need to do anything."),
        )
        return Letter(_("Invitation to %(where)s") % facts, "\n\n".join(paragraphs) + "\n")


def _invites(invitation: Invitation) -> str:
    """Say who invites: for the organiser, or to act for an organisation, which entrants do for themselves."""
    if invitation.organisation:
        return _("%(person)s invites you to %(where)s. Your role: %(role)s.")
    return _("%(person)s of %(organiser)s invites you to %(where)s. Your role: %(role)s.")
