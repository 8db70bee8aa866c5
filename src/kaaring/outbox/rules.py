"""What may be done to letters, and if not, why."""

from django.utils.translation import gettext as _

from kaaring.kernel.refused import Refused
from kaaring.outbox.models import Letter


def against_withdrawing(letter: Letter) -> Refused | None:
    """Only a draft can be withdrawn."""
    if letter.withdrawn_at is not None:
        return Refused("already_withdrawn", _("This letter is withdrawn already."))
    if letter.claimed_at is not None:
        return Refused(
            "already_sent",
            _("The letter to %(address)s has gone to the mail server and cannot be withdrawn.")
            % {"address": letter.to},
        )
    return None


def against_sending_again(letter: Letter, *, reason: str) -> Refused | None:
    """Only a letter of which nobody knows whether it went is sent again, and somebody says why."""
    if letter.claimed_at is None or letter.sent_at is not None:
        return Refused(
            "not_unsure",
            _("The letter to %(address)s is not in doubt: it is either a draft or sent.")
            % {"address": letter.to},
        )
    if not reason.strip():
        return Refused(
            "reason_missing",
            _("Say how you know that the letter did not arrive. The reason stays in the log."),
        )
    return None


def against_sending_nothing(count: int) -> Refused | None:
    """There must be a draft to send."""
    if count:
        return None
    return Refused("nothing_to_send", _("No letter waits to be sent. What was sent stays in the list below."))
