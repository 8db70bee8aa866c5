"""The page of an entry: answers that save themselves, declarations, handing in and what comes after."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from kaaring.entries import actions
from kaaring.entries.models import Answer, Declaration, Entry, ProtectedFact
from kaaring.jury.models import Stage
from kaaring.kernel.figures import local
from tests.build import NOON, a_member, a_user
from tests.juried import (
    DECLARED,
    LARGE_TEAM,
    TEAM,
    a_figure,
    a_stage,
    an_attachment,
    an_entrant,
    an_entry,
    an_organisation,
)
from tests.web.entrant import Desk, close, signed_in, text

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def desk_with(**about: Any) -> tuple[Desk, Entry]:
    entry = an_entry(**about)
    return Desk(case=entry.case), entry


def save(desk: Desk, entry: Entry, words: str, *, version: int | None = None, **more: Any) -> Any:
    typed = {"text": words, "openness": "jury", "version": desk.version() if version is None else version}
    return desk.client.post(desk.of_entry(entry, "answers/actions/save/"), typed, **more)


def stored(entry: Entry) -> str:
    return Answer.objects.get(entry=entry, criterion="actions").text


PAGES = ("", "receipt/", "preview/")
DOINGS = (
    "answers/actions/save/",
    "division/",
    "declare/",
    "undeclare/",
    "submit/",
    "take-back/",
    "withdraw/",
    "correction/answer/",
    "leave/",
)


def test_an_entry_is_found_by_its_own_people_only() -> None:
    desk, entry = desk_with(submitted=True)
    organiser = desk.edition.programme.organiser
    strangers = (a_user(), a_member(organiser), an_entrant(an_organisation(organiser)))

    for page in PAGES:
        assert desk.client.get(desk.of_entry(entry, page)).status_code == 200
        for stranger in strangers:
            assert signed_in(stranger).get(desk.of_entry(entry, page)).status_code == 404
    for doing in DOINGS:
        assert signed_in(strangers[2]).post(desk.of_entry(entry, doing), {}).status_code == 404


def test_a_partner_reads_the_entry_as_the_jury_does_and_writes_nothing_in_it() -> None:
    desk, entry = desk_with()
    partner = an_organisation(desk.edition.programme.organiser)
    actions.name_party(desk.case.pk, organisation=partner, by="test", at=NOON)
    client = signed_in(an_entrant(partner))

    page = text(client.get(desk.of_entry(entry, "preview/")))

    assert "What we say of actions." in page
    assert "Back to your part" in page
    assert client.get(desk.of_entry(entry)).status_code == 404
    for doing in DOINGS:
        assert client.post(desk.of_entry(entry, doing), {}).status_code == 404


def test_the_page_asks_what_the_category_asks_with_its_guidance_and_limits() -> None:
    desk, entry = desk_with()

    page = text(desk.client.get(desk.of_entry(entry)))

    for words in ("How people are trained", "40 % of the score", "5 of 20 words", "What we say of results."):
        assert words in page
    assert page.count("data-autosave") == 3


def test_without_script_the_button_saves_and_the_server_counts() -> None:
    desk, entry = desk_with()

    response = save(desk, entry, "One two\r\nthree", follow=True)

    assert stored(entry) == "One two\nthree"
    assert "3 of 20 words" in text(response)


def test_a_text_that_saves_itself_says_so_with_day_and_time_on_the_editions_clock() -> None:
    desk, entry = desk_with()

    page = text(save(desk, entry, "word " * 22, headers=HTMX))

    oslo = local(timezone.now(), "Europe/Oslo")
    moments = (oslo, oslo - timedelta(minutes=1))
    assert any(f"Saved {at.day} {at:%b %Y, %H:%M}" in page for at in moments)
    assert "22 of 20 words: 2 too many" in page
    assert f'name="version" value="{desk.version()}"' in page
    assert "<textarea" not in page


def test_what_is_missing_is_told_anew_when_a_text_saves_itself() -> None:
    desk, entry = desk_with()
    Answer.objects.filter(entry=entry, criterion="actions").delete()
    missing = "“Actions” has no text yet."
    assert missing in text(desk.client.get(desk.of_entry(entry)))

    page = text(save(desk, entry, "Now there is a text", headers=HTMX))

    assert 'id="gaps" hx-swap-oob="true"' in page
    assert missing not in page
    assert missing in text(save(desk, entry, "", headers=HTMX))


def test_one_window_saves_again_and_again_with_the_version_it_was_given() -> None:
    desk, entry = desk_with()
    save(desk, entry, "First", headers=HTMX)

    assert save(desk, entry, "Second", headers=HTMX).status_code == 200
    assert stored(entry) == "Second"


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_of_two_windows_the_second_sees_both_texts_and_loses_nothing(headers: dict[str, str]) -> None:
    desk, entry = desk_with()
    seen = desk.version()
    save(desk, entry, "From the first window", version=seen)

    response = save(desk, entry, "From the second window", version=seen, headers=headers)

    page = text(response)
    assert response.status_code == 409
    assert "From the first window" in page
    if not headers:
        assert "From the second window" in page
    assert "What you typed is still in the field" in page
    assert stored(entry) == "From the first window"
    save(desk, entry, "Both together", version=desk.version())
    assert stored(entry) == "Both together"


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_deadline_that_passes_while_somebody_types_loses_nothing(headers: dict[str, str]) -> None:
    desk, entry = desk_with()
    close(desk.edition)

    response = save(desk, entry, "Typed in the last second", headers=headers)

    page = text(response)
    assert response.status_code == 409
    assert "Entries for Service Awards 2030 closed on 1 February 2020 at 24:00" in page
    assert "What you typed is still in the field" in page
    if not headers:
        assert "Typed in the last second</textarea>" in page
    assert stored(entry) == "What we say of actions."


def test_after_the_deadline_a_draft_is_there_to_be_read_and_says_why_it_is_locked() -> None:
    desk, entry = desk_with()
    close(desk.edition)

    page = text(desk.client.get(desk.of_entry(entry)))

    assert "Draft, not submitted" in page
    assert "What we say of actions." in page
    assert "ask the organiser whether you may submit late" in page
    assert "data-autosave" not in page
    assert "submit/" not in page


def test_with_leave_to_be_late_the_page_is_open_again() -> None:
    desk, entry = desk_with()
    close(desk.edition)
    until = timezone.now() + timedelta(days=1)
    actions.allow_late(entry.pk, until=until, reason="Illness", by="test", at=timezone.now())

    assert "data-autosave" in text(desk.client.get(desk.of_entry(entry)))
    desk.client.post(desk.of_entry(entry, "submit/"))

    assert Entry.objects.get(pk=entry.pk).submitted_at is not None


def test_an_answer_to_what_nobody_asks_is_refused() -> None:
    desk, entry = desk_with()
    typed = {"text": "Text", "openness": "jury", "version": 9}

    response = desk.client.post(desk.of_entry(entry, "answers/beauty/save/"), typed)

    assert response.status_code == 409
    assert "does not ask that" in text(response)


def test_what_is_missing_is_listed_with_the_place_to_mend_it() -> None:
    desk, entry = desk_with(answers={})

    page = text(desk.client.get(desk.of_entry(entry)))

    assert "“Results” has no text yet." in page
    assert desk.of_entry(entry, "#criterion-results") in page
    assert "Everything is there." not in page


def test_submitting_too_early_says_what_is_missing() -> None:
    desk, entry = desk_with(answers={})

    response = desk.client.post(desk.of_entry(entry, "submit/"))

    assert response.status_code == 409
    assert "is not ready: 3 things are missing." in text(response)
    assert Entry.objects.get(pk=entry.pk).submitted_at is None


def test_an_entry_that_does_not_fit_is_told_where_to_go() -> None:
    desk, entry = desk_with()
    changes = actions.CaseChanges(facts={"people": 51})
    actions.change_case(desk.case.pk, changes, version=desk.version(), by="test", at=NOON)

    page = text(desk.client.post(desk.of_entry(entry, "submit/")))

    assert "does not fit “Small Team of the Year”" in page
    assert "Large Centre of the Year" in page


def test_a_submitted_entry_has_a_receipt_with_who_when_and_the_digest() -> None:
    desk, entry = desk_with()

    response = desk.client.post(desk.of_entry(entry, "submit/"), follow=True)

    page = text(response)
    assert f"Entry {entry.code} is submitted" in page
    assert desk.person.name in page
    assert "Fingerprint of what was submitted" in page
    assert "Europe/Oslo" in page


def test_a_draft_has_no_receipt() -> None:
    desk, entry = desk_with()

    assert desk.client.get(desk.of_entry(entry, "receipt/")).status_code == 404


def test_a_submitted_entry_is_taken_back_and_submitted_again() -> None:
    desk, entry = desk_with(submitted=True)

    page = text(desk.client.post(desk.of_entry(entry, "take-back/"), follow=True))
    desk.client.post(desk.of_entry(entry, "submit/"))

    assert "is a draft again" in page
    assert Entry.objects.get(pk=entry.pk).submitted_at is not None


def test_an_entry_is_not_offered_to_be_taken_back_once_the_jury_reads() -> None:
    desk, entry = desk_with(submitted=True)
    until_then = "as long as entries are open and the jury has not begun to read"
    stage = a_stage(desk.edition)
    assert "take-back" in text(desk.client.get(desk.of_entry(entry)))
    assert until_then in text(desk.client.get(desk.of_entry(entry, "receipt/")))

    Stage.objects.filter(pk=stage.pk).update(opens_at=timezone.now())

    page = text(desk.client.get(desk.of_entry(entry)))
    assert "take-back" not in page
    assert "The jury reads already." in page
    assert until_then not in text(desk.client.get(desk.of_entry(entry, "receipt/")))
    assert desk.client.post(desk.of_entry(entry, "take-back/")).status_code == 409


def test_after_the_deadline_nothing_is_taken_back() -> None:
    desk, entry = desk_with(submitted=True)
    close(desk.edition)

    assert "take-back" not in text(desk.client.get(desk.of_entry(entry)))
    assert desk.client.post(desk.of_entry(entry, "take-back/")).status_code == 409


def test_an_entry_is_withdrawn_with_a_reason_and_stays_readable() -> None:
    desk, entry = desk_with(submitted=True)

    refused = desk.client.post(desk.of_entry(entry, "withdraw/"), {"reason": " "})
    desk.client.post(desk.of_entry(entry, "withdraw/"), {"reason": "A partner left."})

    assert refused.status_code == 409
    page = text(desk.client.get(desk.of_entry(entry)))
    assert "Withdrawn: A partner left." in page
    assert "What we say of actions." in page


def test_what_has_to_be_declared_is_declared_and_taken_back() -> None:
    desk, entry = desk_with()
    Declaration.objects.all().delete()
    assert "Everybody in the team has read this" in text(desk.client.get(desk.of_entry(entry)))

    empty = desk.client.post(desk.of_entry(entry, "declare/"), {"rule": DECLARED, "declared_as": ""})
    desk.client.post(desk.of_entry(entry, "declare/"), {"rule": DECLARED, "declared_as": "Kari, head"})

    assert empty.status_code == 422
    assert Declaration.objects.get().declared_as == "Kari, head"
    assert "Kari, head" in text(desk.client.get(desk.of_entry(entry)))
    desk.client.post(desk.of_entry(entry, "undeclare/"), {"rule": DECLARED})
    assert not Declaration.objects.exists()


def test_a_declaration_to_no_rule_is_refused() -> None:
    desk, entry = desk_with()

    response = desk.client.post(desk.of_entry(entry, "declare/"), {"rule": "nonsense", "declared_as": "Kari"})

    assert response.status_code == 409


def test_where_two_divisions_fit_the_entrant_chooses_one() -> None:
    desk, entry = desk_with(category=LARGE_TEAM)
    changes = actions.CaseChanges(facts={"seats": 100})
    actions.change_case(desk.case.pk, changes, version=desk.version(), by="test", at=NOON)
    assert "Choose one of them." in text(desk.client.get(desk.of_entry(entry)))

    refused = desk.client.post(desk.of_entry(entry, "division/"), {"division": "tiny"})
    desk.client.post(desk.of_entry(entry, "division/"), {"division": "large"})

    assert refused.status_code == 409
    assert Entry.objects.get(pk=entry.pk).division == "large"


def test_a_correction_is_shown_done_and_answered() -> None:
    desk, entry = desk_with(submitted=True)
    until = timezone.now() + timedelta(days=2)
    actions.ask_correction(entry.pk, "Name the period.", until=until, by="test", at=timezone.now())

    assert "asks you to correct entry" in text(desk.client.get(desk.address()))
    page = text(desk.client.get(desk.of_entry(entry)))
    assert "Name the period." in page
    save(desk, entry, "In 2029.")
    empty = desk.client.post(desk.of_entry(entry, "correction/answer/"), {"answer": " "})
    done = desk.client.post(desk.of_entry(entry, "correction/answer/"), {"answer": "Done."}, follow=True)

    assert empty.status_code == 409
    assert "is with the jury again" in text(done)
    assert stored(entry) == "In 2029."
    assert save(desk, entry, "More").status_code == 409


def test_the_preview_shows_what_the_jury_reads_and_nothing_protected() -> None:
    desk, entry = desk_with()
    changes = actions.CaseChanges(figures=(a_figure(),))
    actions.change_case(desk.case.pk, changes, version=desk.version(), by="test", at=NOON)
    ProtectedFact.objects.create(case=desk.case, fact="health", value="yes", given_at=NOON)
    an_attachment(desk.case, "report.pdf")

    page = text(desk.client.get(desk.of_entry(entry, "preview/")))

    told = (desk.case.title, desk.case.summary, "What we say of actions.", "45 seconds", "12 people")
    for words in (*told, "report.pdf"):
        assert words in page
    assert "disability" not in page


def test_texts_of_people_are_shown_as_text_and_never_as_markup() -> None:
    desk, entry = desk_with()
    script = "<script>alert(1)</script>"
    save(desk, entry, script)
    actions.change_case(
        desk.case.pk,
        actions.CaseChanges(title=script, summary=script),
        version=desk.version(),
        by="test",
        at=NOON,
    )

    for address in (desk.of_entry(entry), desk.of_entry(entry, "preview/"), desk.of_case(), desk.address()):
        assert script not in text(desk.client.get(address))


def test_the_page_of_an_entry_takes_few_queries(django_assert_max_num_queries: Any) -> None:
    desk, entry = desk_with()
    for category in (LARGE_TEAM, "person"):
        actions.enter(desk.case.pk, category, by="test", at=NOON)

    with django_assert_max_num_queries(20):
        assert desk.client.get(desk.of_entry(entry)).status_code == 200


def test_saving_an_answer_takes_few_queries(django_assert_max_num_queries: Any) -> None:
    desk, entry = desk_with()

    with django_assert_max_num_queries(32):
        save(desk, entry, "Saved", headers=HTMX)


def test_a_case_of_one_edition_is_not_found_in_another() -> None:
    desk, entry = desk_with()

    assert desk.client.get(f"/en/entrant/other/2030/entries/{entry.public_id}/").status_code == 404


def test_proof_is_chosen_among_the_attachments_of_the_case() -> None:
    desk, entry = desk_with()
    proof = an_attachment(desk.case)

    desk.client.post(
        desk.of_entry(entry, "declare/"),
        {"rule": DECLARED, "declared_as": "Kari, head", "proof": proof.public_id},
    )

    assert Declaration.objects.get().proof == proof


def test_the_category_of_an_entry_is_named_in_the_readers_language() -> None:
    desk, entry = desk_with(category=TEAM)

    page = text(desk.client.get(desk.of_entry(entry).replace("/en/", "/nb/")))

    assert "Årets lille team" in page
