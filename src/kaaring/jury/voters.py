"""Who votes, without keeping who: a keyed digest of stage and address, and the signed link that carries it.

Nothing of an address can be read from either. The key is made from ``SECRET_KEY``.
"""

import base64
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from django.core.signing import BadSignature, Signer
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from kaaring.jury.models import Stage
from kaaring.kernel.refused import Refused

HOLDS = timedelta(days=2)
_SALT = "kaaring.vote"
_signer = Signer(salt=_SALT)


class Choice(NamedTuple):
    """What somebody chose in a stage, as the link in the mail carries it; entries by their public ids."""

    stage: int
    voter: str
    entries: tuple[str, ...]
    asked_at: datetime


def mailbox_of(address: str) -> str:
    """Return an address as all its spellings have it: no blanks, small letters, nothing after a plus.

    >>> mailbox_of(" Kari+Vote@Example.org ")
    'kari@example.org'
    """
    name, _at, host = address.strip().lower().rpartition("@")
    return f"{name.partition('+')[0] or name}@{host}"


def voter_of(stage: Stage, address: str) -> str:
    """Return whose vote it is: the same for every spelling of an address, another one in every stage."""
    digest = salted_hmac(_SALT, f"{stage.pk}:{mailbox_of(address)}", algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def token_of(choice: Choice) -> str:
    """Return what stands at the end of the address that counts a choice."""
    plain = [choice.stage, choice.voter, list(choice.entries), int(choice.asked_at.timestamp())]
    return _signer.sign_object(plain, compress=True)


def choice_in(token: str) -> Choice:
    """Return the choice that a token was signed for; refuses what we did not sign."""
    try:
        stage, voter, entries, asked = _signer.unsign_object(token)
    except (BadSignature, ValueError) as bad:
        raise Refused(
            "broken_link",
            _("This link is not whole or not ours. Copy all of it from the message, or open it there."),
        ) from bad
    return Choice(stage, voter, tuple(entries), datetime.fromtimestamp(asked, UTC))
