"""Letters to entrants: none carries what is withdrawn, none breaks the others, nobody is flooded."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail

from kaaring.entries import actions
from kaaring.entries.actions import CaseChanges, NomineeDetails
from kaaring.entries.models import Nominee
from kaaring.kernel.refused import Refused
from kaaring.outbox.actions import draft, send_letters
from kaaring.outbox.models import Letter
from kaaring.outbox.queries import drafts_of
from kaaring.programmes.models import Invitation
from kaaring.results.actions import publish_run, withdraw_run
from kaaring.results.actions.feedback import release_feedback, withdraw_feedback
from kaaring.results.actions.letters import draft_feedback_letters, draft_result_letters
from tests.build import NOON, an_edition
from tests.juried import a_case, an_entrant
from tests.jury.marking import a_stage
from tests.results.jury import a_judged_edition, an_idea
from tests.results.test_letters import DOING, with_reader

pytestmark = pytest.mark.django_db


def test_a_line_break_in_a_name_adds_no_header_and_stops_no_letter() -> None:
    edition = an_edition()
    subject = "Acme\r\nBcc: all@example.org names you"
    for to in ("anna@example.org", "berit@example.org"):
        draft(edition, Letter.Kind.PARTY, to, to, language="en", subject=subject, body="Hello", at=NOON)
        subject = "Plain"

    sent = send_letters(edition, [Letter.Kind.PARTY], by="test", at=NOON)

    assert sent.taken == 2
    assert mail.outbox[0].subject == "Acme Bcc: all@example.org names you"
    assert [message.recipients() for message in mail.outbox] == [["anna@example.org"], ["berit@example.org"]]


def test_nobody_writes_to_an_address_again_and_again_by_changing_a_comma() -> None:
    case = a_case()
    details = NomineeDetails("Ola", is_person=True, email="victim@example.org", language="en")
    actions.name_nominee(case.pk, details, by="test", at=NOON)

    def ask_anew(turn: int) -> None:
        changes = CaseChanges(summary=f"Buy now, {turn}.")
        actions.change_case(case.pk, changes, version=10**6, by="test", at=NOON)
        actions.ask_consent(case.pk, page_of=lambda nominee, language: "x", by="test", at=NOON)

    for turn in range(3):
        ask_anew(turn)
    with pytest.raises(Refused, match="asked_today"):
        ask_anew(3)
    Nominee.objects.filter(case=case).update(email="other@example.org")
    with pytest.raises(Refused, match="asked_today"):
        ask_anew(4)
    tomorrow = NOON + timedelta(days=1)
    actions.ask_consent(case.pk, page_of=lambda nominee, language: "x", by="test", at=tomorrow)


def test_an_entrant_invites_no_crowd() -> None:
    case = a_case()
    person = an_entrant(case.organisation)

    def invite(number: int, hours: int = 0) -> None:
        actions.invite_colleague(
            case.organisation,
            case.edition,
            f"colleague-{number}@example.org",
            language="en",
            link_to=lambda _invitation, _language: "https://example.org",
            by=person,
            at=NOON + timedelta(hours=hours),
        )

    for number in range(50):
        invite(number)
    with pytest.raises(Refused, match="too_many_invitations"):
        invite(50)
    invite(50, hours=25)
    assert Invitation.objects.count() == 51


def test_letters_about_results_that_were_withdrawn_are_not_sent() -> None:
    edition = a_judged_edition(awards=False)
    with_reader(an_idea(a_stage(edition), "A", (9, 9)))
    run = publish_run(edition, by="test", at=NOON)
    draft_result_letters(edition, **DOING)
    release_feedback(edition, shows_band=False, by="test", at=NOON)
    draft_feedback_letters(edition, **DOING)
    assert {one.kind for one in drafts_of(edition)} == {Letter.Kind.RESULT, Letter.Kind.FEEDBACK}

    withdraw_run(run, reason="A mark was wrong.", by="test", at=NOON)

    assert not drafts_of(edition).exists()


def test_letters_that_lead_to_withdrawn_feedback_are_not_sent() -> None:
    edition = a_judged_edition(awards=False)
    with_reader(an_idea(a_stage(edition), "A", (9, 9)))
    publish_run(edition, by="test", at=NOON)
    draft_result_letters(edition, **DOING)
    release_feedback(edition, shows_band=False, by="test", at=NOON)
    draft_feedback_letters(edition, **DOING)

    withdraw_feedback(edition, reason="A remark names a juror.", by="test", at=NOON)

    assert {one.kind for one in drafts_of(edition)} == {Letter.Kind.RESULT}


def test_an_entrant_who_invites_does_not_speak_for_the_organiser(
    django_capture_on_commit_callbacks: Any,
) -> None:
    case = a_case()
    person = an_entrant(case.organisation)

    with django_capture_on_commit_callbacks(execute=True):
        actions.invite_colleague(
            case.organisation,
            case.edition,
            "new@example.org",
            language="en",
            link_to=lambda _invitation, _language: "https://example.org",
            by=person,
            at=NOON,
        )

    assert f"{person} invites you to" in mail.outbox[0].body
    assert case.edition.programme.organiser.name not in mail.outbox[0].body
