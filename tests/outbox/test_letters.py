"""Letters are drafted, looked at, and sent once."""

import smtplib
from typing import Any
from unittest.mock import patch

import pytest
from django.core import mail

from kaaring.audit.models import AuditLine
from kaaring.kernel.refused import Refused
from kaaring.outbox import actions
from kaaring.outbox.models import Letter
from kaaring.outbox.queries import drafts_of, sent_of, unsure_of
from kaaring.programmes.models import Edition
from tests.build import NOON, an_edition

pytestmark = pytest.mark.django_db
SENDS = "kaaring.outbox.actions.send_mail"


def a_letter(edition: Edition, to: str = "anna@example.org", **changes: Any) -> Letter:
    said = {"language": "nb", "subject": "Mottatt", "body": "Vi har fått bidraget.", **changes}
    return actions.draft(edition, Letter.Kind.RECEIVED, "abc", to, at=NOON, **said)


def sent(edition: Edition) -> actions.Sent:
    return actions.send_letters(edition, [Letter.Kind.RECEIVED], by="test", at=NOON)


def test_a_letter_drafted_again_is_one_letter_with_the_new_words() -> None:
    edition = an_edition()

    a_letter(edition)
    a_letter(edition, body="Nå med vedlegg.")

    assert [letter.body for letter in drafts_of(edition)] == ["Nå med vedlegg."]


def test_a_letter_that_has_gone_is_not_drafted_again() -> None:
    edition = an_edition()
    a_letter(edition)
    sent(edition)

    a_letter(edition, body="Noe annet.")

    assert not drafts_of(edition).exists()
    assert [letter.body for letter in sent_of(edition)] == ["Vi har fått bidraget."]


def test_sending_twice_sends_each_letter_once() -> None:
    edition = an_edition()
    a_letter(edition)
    a_letter(edition, to="berit@example.org")

    assert sent(edition) == (2, 0, 0)
    with pytest.raises(Refused, match="nothing_to_send"):
        sent(edition)

    assert sorted(message.to[0] for message in mail.outbox) == ["anna@example.org", "berit@example.org"]
    assert AuditLine.objects.get(doing="letters_sent").details == {"taken": 2, "not_taken": 0, "unsure": 0}


def test_a_letter_claimed_by_another_sender_meanwhile_is_left_to_it() -> None:
    edition = an_edition()
    letter = a_letter(edition)
    real = actions._claim

    def claimed_by_both(key: int, **who: Any) -> bool:
        real(key, **who)
        return real(key, **who)

    with patch("kaaring.outbox.actions._claim", claimed_by_both):
        assert sent(edition) == (0, 0, 0)

    assert mail.outbox == []
    assert list(unsure_of(edition)) == [letter]


@pytest.mark.parametrize(
    "trouble", [ConnectionRefusedError(), smtplib.SMTPRecipientsRefused({"a": (550, b"no")})]
)
def test_what_the_server_surely_did_not_take_is_a_draft_again(trouble: Exception) -> None:
    edition = an_edition()
    letter = a_letter(edition)

    with patch(SENDS, side_effect=trouble):
        assert sent(edition) == (0, 1, 0)

    assert list(drafts_of(edition)) == [letter]


def test_a_letter_in_doubt_is_never_sent_again_by_itself() -> None:
    edition = an_edition()
    letter = a_letter(edition)
    with patch(SENDS, side_effect=smtplib.SMTPServerDisconnected()):
        assert sent(edition) == (0, 0, 1)

    with pytest.raises(Refused, match="nothing_to_send"):
        sent(edition)

    assert list(unsure_of(edition)) == [letter]


def test_a_letter_in_doubt_is_sent_again_once_somebody_says_why() -> None:
    edition = an_edition()
    letter = a_letter(edition)
    with patch(SENDS, side_effect=TimeoutError()):
        sent(edition)

    with pytest.raises(Refused, match="reason_missing"):
        actions.make_draft_again(letter.pk, reason=" ", by="test", at=NOON)
    actions.make_draft_again(letter.pk, reason="She has nothing in her inbox.", by="test", at=NOON)

    assert sent(edition) == (1, 0, 0)


def test_a_draft_is_not_in_doubt() -> None:
    letter = a_letter(an_edition())

    with pytest.raises(Refused, match="not_unsure"):
        actions.make_draft_again(letter.pk, reason="It is late.", by="test", at=NOON)


def test_a_withdrawn_draft_is_not_sent_and_can_be_written_again() -> None:
    edition = an_edition()
    letter = a_letter(edition)
    actions.withdraw_letter(letter.pk, by="test", at=NOON)

    with pytest.raises(Refused, match="already_withdrawn"):
        actions.withdraw_letter(letter.pk, by="test", at=NOON)
    with pytest.raises(Refused, match="nothing_to_send"):
        sent(edition)
    a_letter(edition)

    assert sent(edition) == (1, 0, 0)


def test_a_letter_that_has_gone_cannot_be_withdrawn() -> None:
    edition = an_edition()
    letter = a_letter(edition)
    sent(edition)

    with pytest.raises(Refused, match="already_sent"):
        actions.withdraw_letter(letter.pk, by="test", at=NOON)
