"""Nominees: nobody is judged without having agreed to what is said now."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from kaaring.audit.models import AuditLine
from kaaring.entries import actions
from kaaring.entries.actions import CaseChanges, NomineeDetails
from kaaring.entries.models import Case, Entry, Nominee, ProtectedFact
from kaaring.entries.queries import dossier_of, entries_without_consent, nominee_at
from kaaring.kernel.refused import Refused
from kaaring.outbox.models import Letter
from tests.build import NOON
from tests.juried import PERSON, a_case, an_entry, an_organisation

pytestmark = pytest.mark.django_db
OLA = NomineeDetails("Ola Nordmann", "Agent", is_person=True, email="ola@example.org", language="nb")
KARI = NomineeDetails("Kari Nordmann", "Agent", is_person=True, email="kari@example.org", language="nb")


def name(case: Case, details: NomineeDetails = OLA) -> Nominee:
    return actions.name_nominee(case.pk, details, by="test", at=NOON)


def ask(case: Case, *, at: Any = NOON) -> Letter:
    return actions.ask_consent(
        case.pk,
        page_of=lambda nominee, language: f"https://x.example/{language}/{nominee.token}/",
        by="test",
        at=at,
    )


def agree(nominee: Nominee) -> Nominee:
    version = Case.objects.get(pk=nominee.case_id).version
    return actions.consent(nominee.pk, version=version, at=NOON)


def a_submitted_entry() -> Entry:
    return an_entry(category=PERSON, submitted=True)


def keep_a_fact(case: Case) -> None:
    ProtectedFact.objects.create(case=case, fact="health", value="yes", given_at=NOON)


def test_who_is_nominated_is_told_with_a_key_of_256_bits() -> None:
    nominee = name(a_case())

    assert (nominee.name, nominee.email, nominee.is_person) == ("Ola Nordmann", "ola@example.org", True)
    assert re.fullmatch(r"[\w-]{43}", nominee.token)
    assert nominee_at(nominee.token) == nominee
    assert nominee_at(nominee.token[:-1]) is None
    assert nominee_at("") is None


def test_a_nominee_that_is_no_person_has_no_page_and_is_not_asked() -> None:
    case = a_case()
    nominee = name(case, NomineeDetails("The chatbot"))

    assert nominee_at(nominee.token) is None
    with pytest.raises(Refused, match="nobody_to_ask"):
        ask(case)
    with pytest.raises(Refused, match="nobody_to_ask"):
        agree(nominee)


@pytest.mark.parametrize(
    ("details", "code"),
    [
        (NomineeDetails("  "), "no_nominee_name"),
        (NomineeDetails("Ola", is_person=True), "no_nominee_email"),
        (NomineeDetails("Ola", language="ru"), "unknown_language"),
    ],
)
def test_a_nominee_has_a_name_and_a_person_an_address(details: NomineeDetails, code: str) -> None:
    with pytest.raises(Refused, match=code):
        name(a_case(), details)


def test_where_a_person_is_judged_the_nominee_is_named_as_one() -> None:
    case = a_case(subject="person")

    with pytest.raises(Refused, match="nominee_no_person") as refused:
        name(case, NomineeDetails("Ola Nordmann"))

    assert "has to be asked for consent" in str(refused.value.reason)
    assert name(case).is_person
    assert name(a_case(case.edition), NomineeDetails("The chatbot")).name == "The chatbot"


@pytest.mark.parametrize("subject", ["person", "team"])
def test_a_person_not_named_as_one_is_a_gap_in_a_category_without_a_rule_about_it(subject: str) -> None:
    entry = an_entry(category=PERSON)
    Nominee.objects.update(is_person=False, consented_at=None, consented_version=None)
    Case.objects.update(subject=subject)
    entry = Entry.objects.get(pk=entry.pk)

    assert "nominee_no_person" in [gap.code for gap in dossier_of(entry).gaps]
    with pytest.raises(Refused):
        actions.submit_entry(entry.pk, by="test", at=NOON)
    Nominee.objects.all().delete()
    assert "no_nominee" in [gap.code for gap in dossier_of(Entry.objects.get(pk=entry.pk)).gaps]


def test_a_submitted_entry_about_a_person_who_is_not_named_as_one_waits_for_consent() -> None:
    entry = a_submitted_entry()

    Nominee.objects.update(is_person=False)
    assert list(entries_without_consent(entry.edition)) == [entry]
    Nominee.objects.all().delete()
    assert list(entries_without_consent(entry.edition)) == [entry]


def test_naming_the_same_again_changes_nothing() -> None:
    case = a_case()
    name(case)
    case.refresh_from_db()

    name(case)

    assert Case.objects.get(pk=case.pk).version == case.version
    assert AuditLine.objects.filter(doing="nominee_named").count() == 1


def test_a_new_address_shuts_the_old_page_and_forgets_consent() -> None:
    case = a_case()
    nominee = agree(name(case))
    keep_a_fact(case)

    changed = name(case, NomineeDetails("Ola Nordmann", "Agent", is_person=True, email="right@example.org"))

    assert changed.pk == nominee.pk
    assert changed.token != nominee.token
    assert (changed.consented_at, changed.consented_version) == (None, None)
    assert ProtectedFact.objects.filter(case=case).exists()


def test_of_somebody_else_nothing_protected_is_kept() -> None:
    case = a_case()
    name(case)
    keep_a_fact(case)

    name(case, KARI)

    assert not ProtectedFact.objects.exists()


def test_a_nominee_is_removed_with_what_is_protected() -> None:
    case = a_case()
    name(case)
    keep_a_fact(case)

    actions.remove_nominee(case.pk, by="test", at=NOON)
    actions.remove_nominee(case.pk, by="test", at=NOON)

    assert not Nominee.objects.exists()
    assert not ProtectedFact.objects.exists()


def test_a_nominee_of_a_locked_case_stays() -> None:
    case = a_submitted_entry().case

    with pytest.raises(Refused, match="case_locked"):
        name(case, KARI)
    with pytest.raises(Refused, match="case_locked"):
        actions.remove_nominee(case.pk, by="test", at=NOON)


def test_a_person_is_written_to_in_their_language_with_the_way_to_their_page(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    case = a_case(title="Faster every day")
    nominee = name(case)

    with django_capture_on_commit_callbacks(execute=True):
        letter = ask(case)

    (sent,) = mail.outbox
    assert sent.to == ["ola@example.org"]
    assert f"https://x.example/nb/{nominee.token}/" in sent.body
    assert "Faster every day" in sent.body
    letter.refresh_from_db()
    assert (letter.kind, letter.language, letter.sent_at) == ("consent", "nb", NOON)
    assert Nominee.objects.get().asked_at == NOON
    lines = AuditLine.objects.filter(doing__in=["consent_asked", "letter_sent"]).order_by("pk")
    assert [line.doing for line in lines] == ["consent_asked", "letter_sent"]


def test_nobody_is_written_to_twice_a_day_about_the_same_text(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    case = a_case()
    name(case)
    with django_capture_on_commit_callbacks(execute=True):
        ask(case)

    with pytest.raises(Refused, match="asked_today"):
        ask(case)

    with django_capture_on_commit_callbacks(execute=True):
        ask(case, at=NOON + timedelta(days=1))
    case.refresh_from_db()
    actions.change_case(case.pk, CaseChanges(title="New"), version=case.version, by="test", at=NOON)
    with django_capture_on_commit_callbacks(execute=True):
        ask(case, at=NOON + timedelta(days=1))
    assert len(mail.outbox) == 3


def test_a_letter_that_the_server_does_not_take_waits_in_the_outbox_and_can_be_asked_for_again(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks, settings: Settings
) -> None:
    case = a_case()
    name(case)
    unreachable = {"host": "127.0.0.1", "port": 1}
    settings.MAILERS = {
        "default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": unreachable}
    }
    with django_capture_on_commit_callbacks(execute=True):
        letter = ask(case)

    letter.refresh_from_db()
    assert (letter.claimed_at, letter.sent_at) == (None, None)
    assert ask(case).pk == letter.pk


def test_consent_makes_the_entry_ready_and_a_change_asks_for_it_again() -> None:
    entry = an_entry(category=PERSON)
    case = Case.objects.get(pk=entry.case_id)

    def gaps() -> list[str]:
        return [gap.code for gap in dossier_of(Entry.objects.get(pk=entry.pk)).gaps]

    actions.change_case(case.pk, CaseChanges(summary="New"), version=case.version, by="test", at=NOON)
    assert gaps() == ["consent_outdated"]
    agree(case.nominee)
    assert gaps() == []
    actions.submit_entry(entry.pk, by="test", at=NOON)
    with pytest.raises(Refused, match="consent_given"):
        ask(case)


def test_a_person_agrees_only_to_what_they_have_read() -> None:
    case = a_case()
    nominee = name(case)
    read = Case.objects.get(pk=case.pk).version
    actions.change_case(case.pk, CaseChanges(summary="Something else"), version=read, by="test", at=NOON)

    with pytest.raises(Refused, match="changed_meanwhile"):
        actions.consent(nominee.pk, version=read, at=NOON)

    assert Nominee.objects.get().consented_at is None


def test_agreeing_twice_is_agreeing_once() -> None:
    nominee = name(a_case())

    agree(nominee)
    agree(nominee)

    line = AuditLine.objects.get(doing="nominee_consented")
    assert (line.by, "Ola" in str(line.details)) == ("nominee", False)


def test_who_declines_is_not_asked_again_and_may_still_agree() -> None:
    case = a_case()
    nominee = name(case)
    keep_a_fact(case)

    declined = actions.decline(nominee.pk, judged_from=None, at=NOON)

    assert declined.declined_at == NOON
    assert not ProtectedFact.objects.exists()
    with pytest.raises(Refused, match="nominee_declined"):
        ask(case)
    again = agree(nominee)
    assert (again.declined_at, again.consented_at) == (None, NOON)


def test_declining_twice_is_declining_once() -> None:
    nominee = name(a_case())

    actions.decline(nominee.pk, judged_from=None, at=NOON)
    actions.decline(nominee.pk, judged_from=None, at=NOON + timedelta(days=1))

    assert Nominee.objects.get().declined_at == NOON
    assert AuditLine.objects.filter(doing="nominee_declined").count() == 1


def test_consent_withdrawn_before_judging_takes_the_entry_out() -> None:
    entry = a_submitted_entry()
    keep_a_fact(entry.case)
    nominee = Nominee.objects.get(case=entry.case)

    actions.decline(nominee.pk, judged_from=NOON + timedelta(days=1), at=NOON)

    entry.refresh_from_db()
    assert entry.withdrawn_at == NOON
    assert entry.withdrawn_reason == "The nominee does not agree to be nominated."
    assert not ProtectedFact.objects.exists()
    assert AuditLine.objects.filter(doing="consent_withdrawn", by="nominee").count() == 1
    assert AuditLine.objects.filter(doing="entry_withdrawn", about=entry.public_id).count() == 1


def test_once_the_jury_reads_the_page_sends_to_the_organiser() -> None:
    entry = a_submitted_entry()
    nominee = Nominee.objects.get(case=entry.case)

    with pytest.raises(Refused, match="judging_began") as refused:
        actions.decline(nominee.pk, judged_from=NOON, at=NOON)

    assert "Good Service" in str(refused.value.reason)
    entry.refresh_from_db()
    assert entry.withdrawn_at is None


def test_who_never_got_into_the_jurys_hands_declines_at_any_time() -> None:
    nominee = name(a_case())

    assert actions.decline(nominee.pk, judged_from=NOON, at=NOON + timedelta(days=90)).declined_at


def test_a_merged_case_asks_nobody() -> None:
    case, into = a_case(), None
    nominee = name(case)
    into = a_case(case.edition, an_organisation(case.edition.programme.organiser))
    name(into, KARI)
    Case.objects.filter(pk=case.pk).update(merge_asked_into=into)
    actions.merge_cases(case.pk, into.pk, by="test", at=NOON)

    with pytest.raises(Refused, match="case_merged"):
        ask(case)
    with pytest.raises(Refused, match="case_merged"):
        agree(nominee)
    assert nominee_at(nominee.token) is None


def test_submitted_entries_whose_nominee_has_not_agreed_to_them_are_found() -> None:
    entry = a_submitted_entry()
    an_entry(entry.edition, PERSON)
    an_entry(entry.edition, submitted=True)

    assert list(entries_without_consent(entry.edition)) == []
    Case.objects.filter(pk=entry.case_id).update(version=1000)
    assert list(entries_without_consent(entry.edition)) == [entry]
    Nominee.objects.filter(case=entry.case).update(consented_version=None, consented_at=None)
    assert list(entries_without_consent(entry.edition)) == [entry]
