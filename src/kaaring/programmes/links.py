"""The signed part of an invitation's address: nobody can guess one, and it dies with the offer."""

from django.core.signing import BadSignature, SignatureExpired, TimestampSigner
from django.utils.translation import gettext as _

from kaaring.kernel.refused import Refused
from kaaring.programmes.models import Invitation
from kaaring.programmes.rules import OPEN_FOR

_signer = TimestampSigner(salt="kaaring.invitation")


def token_of(invitation: Invitation) -> str:
    """Return what stands at the end of an invitation's address."""
    return _signer.sign(invitation.public_id)


def public_id_in(token: str) -> str:
    """Return the public id of the invitation that a token was signed for; refuses what we did not sign."""
    try:
        return _signer.unsign(token, max_age=OPEN_FOR)
    except SignatureExpired as expired:
        raise Refused(
            "invitation_expired",
            _(
                "This invitation was open for two weeks and has lapsed. "
                "Ask the person who invited you for a new one."
            ),
        ) from expired
    except BadSignature as bad:
        raise Refused(
            "broken_link",
            _("This link is not whole or not ours. Copy all of it from the message, or open it there."),
        ) from bad
