"""What a person reads who is nominated and asked for consent."""

from typing import NamedTuple

from django.utils import translation
from django.utils.translation import gettext as _

from kaaring.entries.models import Nominee


class Wording(NamedTuple):
    """A letter as plain text."""

    subject: str
    body: str


def consent_letter(nominee: Nominee, *, link: str, language: str) -> Wording:
    """Write to a nominee: who nominates them for what, the link, and that nothing happens without them."""
    case = nominee.case
    with translation.override(language):
        words = {
            "name": nominee.name,
            "organisation": case.organisation,
            "case": case.title,
            "edition": case.edition.title,
            "organiser": case.edition.programme.organiser.name,
        }
        paragraphs = (
            _("Hello %(name)s,") % words,
            _("%(organisation)s wants to nominate you in %(edition)s, with the case “%(case)s”.") % words,
            _(
                "Nobody judges it before you have agreed. Here you can read what is said about you, agree, "
                "or decline:"
            ),
            link,
            _(
                "The link is for you alone. Keep this message: until judging begins you can change your mind "
                "there."
            ),
            _("%(edition)s is run by %(organiser)s.") % words,
        )
        return Wording(
            _("You are nominated in %(edition)s: do you agree?") % words, "\n\n".join(paragraphs) + "\n"
        )
