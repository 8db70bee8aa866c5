"""How an entry stands, in words and in the look of a badge."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

STATES: Mapping[str, tuple[str | Promise, str]] = {
    "draft": (_("Draft"), ""),
    "submitted": (pgettext_lazy("entry", "Submitted"), "good"),
    "correction": (_("Correction asked for"), "wait"),
    "late": (_("May be late"), "now"),
    "declaration": (_("Declaration to check"), "wait"),
    "consent": (_("Consent missing"), "wait"),
    "unpaid": (_("Unpaid"), "wait"),
    "unfit": (_("Against the rules"), "stop"),
    "withdrawn": (_("Withdrawn"), ""),
}


def badges() -> dict[str, tuple[str, str]]:
    """Return the words and the class of the badge of every state, in the reader's language."""
    return {
        state: (str(words), f"badge badge-{look}" if look else "badge")
        for state, (words, look) in STATES.items()
    }
