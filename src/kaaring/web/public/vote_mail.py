"""The message with the link that counts a vote."""

import smtplib
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import NamedTuple

from django.core.mail import send_mail
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kaaring.jury.models import Stage
from kaaring.jury.voters import HOLDS
from kaaring.kernel.figures import local
from kaaring.programmes.models import Category, Edition

NOT_SENT = (OSError, smtplib.SMTPException)
"""What keeps a message from being sent."""


class Letter(NamedTuple):
    """What the message is made of: the vote, the titles chosen by category, and the link's own part."""

    edition: Edition
    stage: Stage
    chosen: Sequence[tuple[Category, str]]
    token: str
    asked_at: datetime


def send_link(letter: Letter, *, to: str, build: Callable[[str], str]) -> None:
    """Send the message in the reader's language; ``build`` makes whole addresses of paths."""
    subject = _("Confirm your votes in %(edition)s") % {"edition": letter.edition.title}
    send_mail(" ".join(subject.split()), _body(letter, build), None, [to])


def _body(letter: Letter, build: Callable[[str], str]) -> str:
    edition = letter.edition
    where = (edition.programme.slug, edition.slug, letter.token)
    until = min(letter.asked_at + HOLDS, letter.stage.closes_at)
    shown = date_format(local(until, edition.timezone), "DATETIME_FORMAT")
    chosen = [f"- {category}: {' '.join(title.split())}" for category, title in letter.chosen]
    parts = [
        _("Somebody, probably you, has chosen this in %(edition)s and given your address:")
        % {"edition": edition.title},
        "\n".join(chosen),
        _("To have it counted, open this page and press “Count my votes”:"),
        build(reverse("public:vote_link", args=where)),
        _("The link is good until %(moment)s (%(timezone)s). Nothing is counted before you press the button.")
        % {"moment": shown, "timezone": edition.timezone},
        _(
            "While the vote is open you can choose again with the same address: in each category the last "
            "choice that you confirm counts."
        ),
        _("Was it not you? Then do nothing: nothing is counted, and your address is not kept."),
    ]
    return "\n\n".join(parts) + "\n"
