"""How an entry stands, in words: on the badge of one, and on the tab that leads to all of them."""

from collections.abc import Mapping
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Words(NamedTuple):
    """What is said of one entry, of all that are like it, and the look of the badge."""

    one: str | Promise
    all: str | Promise
    look: str = ""


STATES: Mapping[str, Words] = {
    "draft": Words(_("Draft"), _("Drafts")),
    "submitted": Words(pgettext_lazy("entry", "Submitted"), pgettext_lazy("entries", "Submitted"), "good"),
    "correction": Words(_("Correction asked for"), _("Corrections"), "wait"),
    "lapsed": Words(_("Correction lapsed, the submitted text holds"), _("Lapsed corrections")),
    "late": Words(_("Allowed to be late"), pgettext_lazy("entries", "Late"), "now"),
    "declaration": Words(_("Declaration to check"), _("Declarations"), "wait"),
    "consent": Words(_("Consent missing"), _("Consent"), "wait"),
    "unpaid": Words(pgettext_lazy("entry", "Unpaid"), pgettext_lazy("entries", "Unpaid"), "wait"),
    "unfit": Words(_("Against the rules"), _("Rules not met"), "stop"),
    "withdrawn": Words(pgettext_lazy("entry", "Withdrawn"), pgettext_lazy("entries", "Withdrawn")),
}


def badges() -> dict[str, tuple[str, str]]:
    """Return the words and the class of the badge of every state, in the reader's language."""
    return {
        state: (str(words.one), f"badge badge-{words.look}" if words.look else "badge")
        for state, words in STATES.items()
    }
