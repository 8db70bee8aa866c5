"""Letters to entrants, written in the transaction of what they tell of."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail

from kaaring.entries import actions
from kaaring.entries.actions.letters import Page
from kaaring.entries.models import Entry, Party
from kaaring.entries.queries.recipients import Recipient, recipients_of
from kaaring.kernel.refused import Refused
from kaaring.outbox.actions import Wanted, draft_all, send_letters
from kaaring.outbox.models import Letter
from kaaring.outbox.queries import drafts_of, sent_of
from kaaring.programmes.models import Edition
from tests.build import NOON, a_user
from tests.juried import (
    PARTNERSHIP,
    TEAM,
    a_case,
    a_juried_edition,
    an_affiliation,
    an_entry,
    an_organisation,
)

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(days=5)


def page_of(page: Page, entry: Entry, language: str) -> str:
    return f"https://awards.example/{language}/{page}/{entry.code}"


def part_of(party: Party, language: str) -> str:
    return f"https://awards.example/{language}/part/{party.organisation.name}"


def a_written_entry(language: str = "en", **told: Any) -> Entry:
    """A draft that is ready, of an organisation for which somebody acts who reads a language."""
    entry = an_entry(a_juried_edition(), TEAM, title="Faster answers", **told)
    an_affiliation(entry.case.organisation, a_user(email=f"{language}@example.org", language=language))
    return entry


def submit(entry: Entry, **changes: Any) -> None:
    actions.submit_entry(entry.pk, **{"page_of": page_of, "by": "test", "at": NOON, **changes})


def letter(kind: str) -> Letter:
    return Letter.objects.get(kind=kind, withdrawn_at=None)


def test_an_entry_that_is_submitted_is_told_to_be_received_in_the_readers_language() -> None:
    entry = a_written_entry("ru")
    an_affiliation(entry.case.organisation, a_user(email="en@example.org", language="en"))

    submit(entry)

    english = Letter.objects.get(to="en@example.org")
    assert english.kind == "received"
    assert english.subject == f"Entry {entry.code} is received: Service Awards 2030"
    assert (
        "“Faster answers”, in the category “Small Team of the Year” on 1 February 2030, 13:00."
        in english.body
    )
    assert f"https://awards.example/en/entry/{entry.code}" in english.body
    russian = Letter.objects.get(to="ru@example.org")
    assert (russian.language, f"/ru/entry/{entry.code}" in russian.body) == ("ru", True)
    assert mail.outbox == []


def test_nothing_is_told_that_did_not_happen() -> None:
    entry = a_written_entry(answers={})

    with pytest.raises(Refused, match="not_ready"):
        submit(entry)

    assert not Letter.objects.exists()


def test_an_entry_taken_back_or_withdrawn_is_not_told_to_be_received() -> None:
    entry = a_written_entry()
    submit(entry)
    actions.take_back(entry.pk, by="test", at=NOON)
    assert not drafts_of(entry.edition).exists()

    submit(entry, at=NOON + timedelta(minutes=1))
    actions.withdraw_entry(entry.pk, reason="Merged", by="test", at=NOON)

    assert not drafts_of(entry.edition).exists()


def test_what_is_submitted_anew_after_the_first_letter_went_is_told_again() -> None:
    entry = a_written_entry()
    submit(entry)
    send_letters(entry.edition, ["received"], by="test", at=NOON)
    actions.take_back(entry.pk, by="test", at=NOON)

    submit(entry, at=NOON + timedelta(hours=1))

    assert [one.about for one in drafts_of(entry.edition)] == [f"{entry.public_id}/2"]
    assert [one.about for one in sent_of(entry.edition)] == [entry.public_id]


@pytest.mark.django_db(transaction=True)
def test_a_correction_is_asked_for_at_once_and_its_answer_is_confirmed() -> None:
    entry = a_written_entry()
    submit(entry)
    asked: dict[str, Any] = {"until": LATER, "page_of": page_of, "by": "test", "at": NOON}

    actions.ask_correction(entry.pk, "The source of the figures", **asked)

    assert [message.to for message in mail.outbox] == [["en@example.org"]]
    assert "The source of the figures" in mail.outbox[0].body
    assert "until 6 February 2030, 13:00" in mail.outbox[0].body
    actions.ask_correction(entry.pk, "The source of the figures", **asked)
    assert len(mail.outbox) == 1
    actions.ask_correction(entry.pk, "And the period", **asked)
    assert len(mail.outbox) == 2

    actions.answer_correction(entry.pk, "Done", page_of=page_of, by="test", at=NOON)

    assert letter("corrected").sent_at is None
    assert "with the jury again" in letter("corrected").body


@pytest.mark.django_db(transaction=True)
def test_a_known_partner_is_asked_at_once_to_approve() -> None:
    case = a_case(a_juried_edition(), title="One house", subject="partnership")
    partner = an_organisation(case.edition.programme.organiser, "Fjelltopp")
    an_affiliation(partner, a_user(email="nb@example.org", language="nb"))

    actions.name_party(case.pk, organisation=partner, part_of=part_of, by="test", at=NOON)

    (message,) = mail.outbox
    assert message.to == ["nb@example.org"]
    assert "https://awards.example/nb/part/Fjelltopp" in message.body
    assert letter("party").sent_at == NOON


def test_letters_go_to_who_acts_or_to_the_address_that_was_given() -> None:
    edition = a_juried_edition()
    own, partner = (an_organisation(edition.programme.organiser) for _number in range(2))
    case = a_case(edition, own)
    actions.name_party(case.pk, organisation=partner, email="given@example.org", by="test", at=NOON)
    person = a_user(email="both@example.org", language="ru")
    an_affiliation(own, person)
    gone = an_affiliation(own).user
    gone.is_active = False
    gone.save()
    alone = a_case(edition)

    found = recipients_of([case, alone], with_partners=True)

    assert found[case.pk] == [Recipient("both@example.org", "ru"), Recipient("given@example.org", "en")]
    assert found[alone.pk] == []
    assert recipients_of([case], with_partners=False)[case.pk] == [Recipient("both@example.org", "ru")]
    an_affiliation(partner, person)
    assert recipients_of([case], with_partners=True)[case.pk] == [Recipient("both@example.org", "ru")]


@pytest.mark.parametrize("count", [1, 30])
def test_recipients_take_as_many_queries_for_many_as_for_one(
    count: int, django_assert_num_queries: Any
) -> None:
    edition = a_juried_edition()
    cases = [a_case(edition) for _number in range(count)]

    with django_assert_num_queries(2):
        recipients_of(cases, with_partners=True)


def wanted(edition: Edition, *bodies: str) -> int:
    letters = [Wanted(f"entry{at}", "x@example.org", "en", "Result", body) for at, body in enumerate(bodies)]
    return draft_all(edition, Letter.Kind.RESULT, letters, at=NOON)


def test_letters_are_drafted_in_one_go_and_written_anew_until_they_go() -> None:
    edition = a_juried_edition()
    assert wanted(edition, "One", "Two") == 2
    assert wanted(edition, "One", "Three") == 1
    assert [one.body for one in drafts_of(edition)] == ["One", "Three"]
    send_letters(edition, ["result"], by="test", at=NOON)

    assert wanted(edition, "One", "Three") == 0
    assert wanted(edition, "One", "Four") == 1

    assert [(one.about, one.body) for one in drafts_of(edition)] == [("entry1/2", "Four")]
    assert wanted(edition, "One", "Five") == 1
    assert [(one.about, one.body) for one in drafts_of(edition)] == [("entry1/2", "Five")]


@pytest.mark.parametrize("count", [2, 30])
def test_drafting_takes_as_many_queries_for_many_as_for_two(
    count: int, django_assert_max_num_queries: Any
) -> None:
    edition = a_juried_edition()

    with django_assert_max_num_queries(4):
        assert wanted(edition, *["Hello"] * count) == count


def test_a_partner_that_is_new_is_invited_instead() -> None:
    case = an_entry(a_juried_edition(), PARTNERSHIP).case

    actions.name_party(case.pk, name="New", email="n@example.org", part_of=part_of, by="test", at=NOON)

    assert not Letter.objects.exists()
