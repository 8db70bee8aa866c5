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
from kaaring.outbox.queries import drafts_of, gone_before, sent_of, unsure_of
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


def wanted(
    body: str, host: str = "https://awards.example", to: str = "anna@example.org", language: str = "nb"
) -> actions.Wanted:
    """A letter with a link to a page at a host."""
    return actions.Wanted("abc", to, language, "Resultat", f"{body}\n\n{host}/nb/a/\n\nHilsen\n")


def drafted(edition: Edition, *letters: actions.Wanted) -> int:
    return actions.draft_all(edition, Letter.Kind.RECEIVED, letters, at=NOON)


def test_the_same_words_go_once_at_whichever_host_they_were_drafted() -> None:
    edition = an_edition()
    assert drafted(edition, wanted("Vant.", "http://localhost:8000")) == 1
    sent(edition)

    assert drafted(edition, wanted("Vant.", "https://awards.example:8103")) == 0

    assert not drafts_of(edition).exists()


def test_a_draft_that_waits_leads_to_the_host_at_which_it_was_drafted_last() -> None:
    edition = an_edition()
    drafted(edition, wanted("Vant.", "http://localhost:8000"))

    assert drafted(edition, wanted("Vant.", "https://awards.example")) == 1

    (letter,) = drafts_of(edition)
    assert "https://awards.example/nb/a/" in letter.body
    assert "localhost" not in letter.body


def test_another_page_or_another_address_that_somebody_wrote_is_another_letter() -> None:
    edition = an_edition()
    drafted(edition, wanted("http://one.example/guide"))
    sent(edition)

    assert drafted(edition, wanted("http://two.example/guide")) == 1
    assert [letter.is_another for letter in drafts_of(edition)] == [True]


def test_a_draft_in_other_words_goes_where_the_words_are_again_those_that_have_gone() -> None:
    edition = an_edition()
    drafted(edition, wanted("Vant."))
    sent(edition)
    assert drafted(edition, wanted("Vant ikke.")) == 1

    assert drafted(edition, wanted("Vant.")) == 0

    assert not drafts_of(edition).exists()
    assert drafted(edition, wanted("Vant ikke.")) == 1


def test_who_has_had_letters_of_a_kind_is_counted_once_a_stage() -> None:
    edition = an_edition()
    for about in ("abc:final", "def:final", "abc:first"):
        actions.draft_all(edition, Letter.Kind.RECEIVED, [wanted("Vant.")._replace(about=about)], at=NOON)
    drafted(edition, wanted("Vant.", to="berit@example.org"))
    sent(edition)
    changed = wanted("Vant ikke.")._replace(about="abc:final")
    actions.draft_all(edition, Letter.Kind.RECEIVED, [changed], at=NOON)
    sent(edition)
    drafted(edition, wanted("Vant.", to="cecilie@example.org"))

    assert gone_before(edition, [Letter.Kind.RECEIVED]) == {
        ("received", "final"): 1,
        ("received", "first"): 1,
        ("received", ""): 1,
    }
    assert not gone_before(edition, [Letter.Kind.RESULT])
