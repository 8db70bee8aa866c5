"""The organiser's letters: drafted, looked at, sent in one go, and those in doubt."""

import smtplib
from typing import Any
from unittest.mock import patch

import pytest
from django.core import mail
from django.test import Client

from kaaring.audit.models import AuditLine
from kaaring.entries.models import Entry
from kaaring.jobs.models import Job
from kaaring.jury.models import Admission
from kaaring.outbox.actions import Wanted, draft_all
from kaaring.outbox.models import Letter
from kaaring.people.models import MemberRole
from kaaring.programmes.models import Edition
from kaaring.results.actions import publish_run
from kaaring.results.actions.feedback import release_feedback
from tests.build import NOON, a_user
from tests.juried import TEAM, a_juried_edition, an_affiliation, an_entry
from tests.jury.marking import a_stage
from tests.results.jury import a_judged_edition, an_idea, in_stage
from tests.web.setup_pages import at, signed_in, text

pytestmark = pytest.mark.django_db
SENDS = "kaaring.outbox.actions.send_mail"


@pytest.fixture
def edition() -> Edition:
    return a_juried_edition()


@pytest.fixture
def client(edition: Edition) -> Client:
    return signed_in(edition)


def drafted(edition: Edition, count: int = 2, kind: Letter.Kind = Letter.Kind.RESULT) -> list[Letter]:
    """Letters that wait, in turn in Norwegian and English."""
    letters = [
        Wanted(
            f"about{number}", f"n{number}@example.org", "en" if number % 2 else "nb", "Yes", f"Body {number}"
        )
        for number in range(count)
    ]
    draft_all(edition, kind, letters, at=NOON)
    return list(Letter.objects.filter(kind=kind).order_by("to"))


def test_without_letters_the_page_says_what_can_be_drafted_and_what_not_yet(
    client: Client, edition: Edition
) -> None:
    page = text(client.get(at(edition, "letters/")))

    assert "drafted in their language, looked at, and sent in one go" in page
    assert "results of Service Awards 2030 are not published" in page
    assert "Draft the letters" not in page


def test_letters_wait_by_kind_and_language_and_are_read_before_they_go(
    client: Client, edition: Edition
) -> None:
    drafted(edition, 3)

    page = text(client.get(at(edition, "letters/")))

    assert "3 letters wait to be sent" in page
    assert "Norwegian 2" in page
    assert "English 1" in page
    kind = text(client.get(at(edition, "letters/result/")))
    assert "n0@example.org" in kind
    assert "Body 2" in kind
    assert "Send all 3 letters" in kind
    assert client.get(at(edition, "letters/nothing/")).status_code == 404
    assert "No letters of this kind" in text(client.get(at(edition, "letters/feedback/")))


def test_all_of_a_kind_are_sent_in_one_go_and_once(client: Client, edition: Edition) -> None:
    drafted(edition, 2)
    drafted(edition, 1, Letter.Kind.RECEIVED)

    response = client.post(at(edition, "letters/result/send/"), follow=True)

    assert sorted(message.to[0] for message in mail.outbox) == ["n0@example.org", "n1@example.org"]
    assert "Taken by the mail server</dt><dd>2" in text(response)
    kind = text(client.get(at(edition, "letters/result/")))
    assert "No letter waits." in kind
    assert "2 are sent." in kind
    assert AuditLine.objects.get(doing="letters_asked_for").details == {"kinds": ["result"]}
    again = client.post(at(edition, "letters/result/send/"), follow=True)
    assert "No letter waits to be sent." in text(again)
    assert len(mail.outbox) == 2


def test_while_they_are_being_sent_nobody_starts_a_second_time(client: Client, edition: Edition) -> None:
    drafted(edition, 2)
    job = Job.objects.create(
        kind=Job.Kind.LETTERS,
        edition=edition,
        asked_at=NOON,
        arguments={"kinds": ["result"]},
        total=2,
        done=1,
    )

    response = client.post(at(edition, "letters/result/send/"), follow=True)

    assert Job.objects.count() == 1
    assert "<b>1</b> of 2" in text(response)
    assert "being sent" in text(client.get(at(edition, "letters/")))
    part = client.get(at(edition, f"letters/sending/{job.public_id}/"), headers={"HX-Request": "true"})
    assert text(part).startswith('<div id="job" hx-get=')


def test_what_the_server_refuses_is_a_draft_again_and_what_it_does_not_answer_is_in_doubt(
    client: Client, edition: Edition
) -> None:
    drafted(edition, 2)
    answers = [smtplib.SMTPRecipientsRefused({}), TimeoutError()]

    with patch(SENDS, side_effect=answers):
        page = text(client.post(at(edition, "letters/result/send/"), follow=True))

    assert "Not taken, drafts again</dt><dd>1" in page
    assert "In doubt</dt><dd>1" in page
    assert "Nobody knows whether 1 letter went" in text(client.get(at(edition, "letters/")))
    doubtful = Letter.objects.get(claimed_at__isnull=False)
    address = at(edition, f"letters/one/{doubtful.public_id}/again/")
    refused = client.post(address, {"reason": " "})
    assert refused.status_code == 409
    assert "Say how you know" in text(refused)

    page = text(client.post(address, {"reason": "They called"}, follow=True))

    assert "is a draft again." in page
    assert AuditLine.objects.get(doing="letter_in_doubt_released").why == "They called"
    assert client.post(address, {"reason": "Again"}).status_code == 409


def test_a_draft_is_left_out_and_one_that_has_gone_is_not(client: Client, edition: Edition) -> None:
    first, second = drafted(edition, 2)

    page = client.post(at(edition, f"letters/one/{first.public_id}/withdraw/"), follow=True)

    assert "is withdrawn." in text(page)
    client.post(at(edition, "letters/result/send/"))
    assert [message.to for message in mail.outbox] == [[second.to]]
    gone = client.post(at(edition, f"letters/one/{second.public_id}/withdraw/"))
    assert gone.status_code == 409
    assert "cannot be withdrawn" in text(gone)


def test_letters_about_a_shortlist_results_and_feedback_are_drafted_to_many() -> None:
    stages = "[{code: first, name: First, mode: scorecard}, {code: final, name: Final, mode: scorecard}]"
    edition = a_judged_edition(stages=stages, awards=False)
    first, final = a_stage(edition, "first"), a_stage(edition, "final")
    entries = [in_stage(first, "A"), in_stage(first, "B")]
    for entry in entries:
        an_affiliation(entry.case.organisation, a_user(email=f"{entry.code.lower()}@example.org"))
    Admission.objects.create(stage=final, entry=entries[0], admitted_at=NOON)
    in_stage(final, "C")
    client = signed_in(edition)
    page = text(client.get(at(edition, "letters/")))
    assert "2 entries that go on to “Final”" in page
    assert "1 entry that does not go on to “Final”" in page

    def draft(kind: str, stage: str = "") -> str:
        return text(client.post(at(edition, "letters/draft/"), {"kind": kind, "stage": stage}, follow=True))

    goes_on = draft("shortlisted", "final")
    assert "1 letter is drafted or written anew." in goes_on
    assert "no address is known: C." in goes_on
    assert "a@example.org" in goes_on
    assert f"/entries/{entries[0].public_id}/preview/" in Letter.objects.get(kind="shortlisted").body
    assert "b@example.org" in draft("not_shortlisted", "final")
    refused = client.post(at(edition, "letters/draft/"), {"kind": "result"})
    assert refused.status_code == 409
    an_idea(final, "D", (7, 7))
    publish_run(edition, by="test", at=NOON)
    assert "2 letters are drafted" in draft("result")
    release_feedback(edition, shows_band=False, by="test", at=NOON)
    assert "2 letters are drafted" in draft("feedback")
    assert (
        f"/entries/{entries[0].public_id}/feedback/"
        in Letter.objects.get(kind="feedback", to="a@example.org").body
    )
    for wrong in ({"kind": "received"}, {"kind": "shortlisted", "stage": "nowhere"}):
        assert client.post(at(edition, "letters/draft/"), wrong).status_code == 404


def test_who_has_had_an_earlier_letter_is_said_before_drafting_and_before_sending(settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    edition = a_judged_edition(awards=False)
    entry = an_idea(a_stage(edition), "A", (7, 7))
    an_affiliation(entry.case.organisation, a_user(email="a@example.org"))
    publish_run(edition, by="test", at=NOON)
    client = signed_in(edition)

    def draft(host: str) -> str:
        doing = {"kind": "result"}
        return text(client.post(at(edition, "letters/draft/"), doing, follow=True, headers={"host": host}))

    assert "earlier letter" not in text(client.get(at(edition, "letters/")))
    draft("localhost:8000")
    client.post(at(edition, "letters/result/send/"))
    assert "1 reader has had an earlier letter of this kind" in text(client.get(at(edition, "letters/")))

    assert "0 letters are drafted" in draft("awards.example")

    Entry.objects.filter(pk=entry.pk).update(code="B7")
    page = draft("awards.example")
    assert "1 letter is drafted" in page
    assert "1 of them goes to somebody who has had an earlier letter of this kind" in page
    assert "An earlier letter of this kind has gone to this address" in page


def test_letters_that_wait_are_called_otherwise_than_waiting_for_an_answer(
    client: Client, edition: Edition
) -> None:
    drafted(edition, 1)

    for rest in ("letters/", "letters/result/"):
        page = text(client.get(at(edition, rest).replace("/en/", "/nb/")))
        assert "Ventetid" not in page


def test_submitting_on_the_page_drafts_the_letter_that_it_is_received(edition: Edition) -> None:
    entry = an_entry(edition, TEAM)
    entrant = an_affiliation(entry.case.organisation, a_user(email="me@example.org", language="en")).user
    browser = Client()
    browser.force_login(entrant, backend="django.contrib.auth.backends.ModelBackend")
    page = f"/en/entrant/{edition.programme.slug}/{edition.slug}/entries/{entry.public_id}/"

    assert browser.post(f"{page}submit/").status_code == 302

    letter = Letter.objects.get(kind="received")
    assert letter.to == "me@example.org"
    assert f"http://testserver{page}" in letter.body
    assert Entry.objects.get(pk=entry.pk).submitted_at is not None


@pytest.mark.parametrize("role", [MemberRole.VIEWER, MemberRole.AUDITOR])
def test_who_only_reads_reads_letters_and_sends_none(edition: Edition, role: MemberRole) -> None:
    first, _second = drafted(edition, 2)
    reader = signed_in(edition, role)
    page = text(reader.get(at(edition, "letters/result/")))

    assert "Body 1" in page
    assert "Send all" not in page
    for rest in ("draft", "result/send", f"one/{first.public_id}/withdraw", f"one/{first.public_id}/again"):
        assert reader.post(at(edition, f"letters/{rest}/"), {"kind": "result"}).status_code == 404
    assert mail.outbox == []


def test_letters_of_another_edition_and_strangers_find_nothing(client: Client, edition: Edition) -> None:
    other = a_juried_edition(edition.programme.organiser, edition="2031", slug="other")
    theirs = drafted(other, 1)[0]
    assert client.post(at(edition, f"letters/one/{theirs.public_id}/withdraw/")).status_code == 404
    assert client.get(at(edition, "letters/sending/nothing/")).status_code == 404
    stranger = Client()
    stranger.force_login(a_user(), backend="django.contrib.auth.backends.ModelBackend")
    for rest in ("letters/", "letters/result/"):
        assert stranger.get(at(edition, rest)).status_code == 404


@pytest.mark.parametrize("count", [1, 30])
def test_pages_take_as_many_queries_for_many_as_for_one(
    client: Client, edition: Edition, count: int, django_assert_max_num_queries: Any
) -> None:
    drafted(edition, count)
    for rest, most in {"letters/": 15, "letters/result/": 13}.items():
        with django_assert_max_num_queries(most):
            assert client.get(at(edition, rest)).status_code == 200
