"""What stands in the log, in words."""

from django.utils.translation import gettext_lazy as _

WORDS = {
    "contact_ended": _("Contact ended"),
    "contact_named": _("Contact named"),
    "invitation_accepted": _("Invitation accepted"),
    "invitation_sent": _("Invitation sent"),
    "invitation_withdrawn": _("Invitation withdrawn"),
    "look_changed": _("Look changed"),
    "membership_changed": _("Membership changed"),
    "membership_ended": _("Membership ended"),
    "membership_given": _("Membership given"),
    "part_ended": _("Part ended"),
    "part_given": _("Part given"),
}


def in_words(doing: str) -> str:
    """Return what was done in the reader's language; what has no words yet is shown as it is stored."""
    return str(WORDS.get(doing, doing.replace("_", " ").capitalize()))
