"""What jurors call an entry: by its title as it was submitted, and where names are hidden by no title."""

from datetime import timedelta

import pytest
from django.test import Client

from kaaring.entries.models import Case, Correction, Entry
from kaaring.entries.queries import dossier_of
from kaaring.entries.queries.submitted import as_kept
from kaaring.jury.models import Assignment, Juror, Meeting, Recusal
from tests.build import NOON
from tests.jury.marking import (
    DEFINITION,
    a_juried_edition_of,
    a_juror_of,
    a_panel,
    an_assignment,
    an_entry_of,
)
from tests.web.jury_results import a_reader
from tests.web.test_juror_pages import HOME, client_of, final
from tests.web.test_juror_reading import an_open_stage, page_of, shown, signed_in
from tests.web.test_organiser_scores import text_of
from tests.web.test_printed_entries import words

pytestmark = pytest.mark.django_db
TITLE = "Igor Maketov, operator"
NOWHERE = DEFINITION.replace("mode: scorecard, sees: {", "mode: scorecard, sees: {names: false, ").replace(
    "count: borda, sees: {", "count: borda, sees: {names: false, "
)


def a_nameless_desk(code: str = "marking", juror: Juror | None = None) -> Assignment:
    """An entry whose title gives the nominee away, in a stage that hides names, beside another one."""
    stage = an_open_stage(juror.edition if juror else a_juried_edition_of(NOWHERE), code)
    desk = an_assignment(stage, an_entry_of(stage.edition, case={"title": TITLE}), juror)
    an_assignment(stage, an_entry_of(stage.edition, case={"title": "Olga Otherova"}), desk.juror)
    return desk


def corrected(entry: Entry, now: str = "A title nobody has checked") -> str:
    """Let a correction be open in which the entrant has changed the title; return what was submitted."""
    kept = as_kept(dossier_of(entry))
    Correction.objects.create(
        entry=entry, wanted="Say more.", until=NOON + timedelta(days=900), asked_at=NOON, submitted=kept
    )
    Case.objects.filter(pk=entry.case_id).update(title=now)
    return str(kept["title"])


def a_meeting(chair: Juror, desk: Assignment) -> str:
    """Open a meeting and take the entry up; return where it is."""
    client = client_of(chair.user)
    client.post(f"{HOME}meetings/open/{desk.stage.code}/centre/")
    here = f"{HOME}meetings/{Meeting.objects.get().public_id}/"
    client.post(f"{here}take-up/", {"entry": desk.entry.public_id})
    return here


@pytest.mark.parametrize("view", ["", "paper/", "compare/"])
def test_where_names_are_hidden_the_desk_calls_an_entry_by_its_code_and_category(view: str) -> None:
    desk = a_nameless_desk()

    page = shown(signed_in(desk), page_of(desk, view))

    assert f"{desk.entry.code} · Centre of the Year" in page
    for title in (TITLE, "Olga Otherova"):
        assert title not in page


def test_where_names_are_hidden_no_title_is_on_home_the_last_look_the_ranking_or_in_what_is_said() -> None:
    desk = a_nameless_desk()
    ranked = a_nameless_desk("ranking", desk.juror)
    client = signed_in(desk)
    sent = {"version": "0", "mark-actions": "8", "mark-results": "5", "mark-other": "10"}
    client.post(page_of(desk, "check/"), sent)
    last_look = shown(client, page_of(desk, "submit/"))
    said = client.post(page_of(desk, "final/"), {"version": "1"}, follow=True).content.decode()
    pages = [shown(client, HOME), last_look, said, shown(client, f"{HOME}ranking/category/centre/")]

    assert f"Your scorecard for “{desk.entry.code} · Centre of the Year” is final." in said
    assert f"Rank of {ranked.entry.code} · Centre of the Year" in pages[-1]
    for page in pages:
        assert TITLE not in page
        assert "Olga Otherova" not in page


def test_where_names_are_hidden_the_printed_entry_has_no_title() -> None:
    desk = a_nameless_desk()
    answer = signed_in(desk).get(page_of(desk, "print.pdf"))

    assert TITLE not in words(answer)
    assert f"{desk.entry.code} · Centre of the Year" in words(answer)
    assert TITLE.encode() not in answer.content


def test_where_names_are_hidden_a_declared_conflict_is_told_without_the_title() -> None:
    desk = a_nameless_desk()
    client = signed_in(desk)
    said = client.post(page_of(desk, "conflict/"), {"kind": "client"}, follow=True).content.decode()

    assert f"Noted: you do not mark “{desk.entry.code} · Centre of the Year”." in said
    assert Recusal.objects.get().case == desk.entry.case
    for page in (shown(client, HOME), shown(client, f"{HOME}conflicts/")):
        assert TITLE not in page
        assert f"{desk.entry.code} · Centre of the Year" in page


def test_where_names_are_hidden_chair_and_meeting_have_no_titles_and_neither_has_the_screen_for_all() -> None:
    desk = a_nameless_desk()
    edition = desk.stage.edition
    chair = a_juror_of(edition)
    a_panel(edition, chair, desk.juror)
    final(desk)
    here = a_meeting(chair, desk)
    client = client_of(chair.user)

    for page in (f"{HOME}panel/", here, f"{here}screen/"):
        text = text_of(client.get(page))
        assert f"{desk.entry.code} Centre of the Year" in text, page
        assert TITLE not in text, page
    owner = a_reader(desk.stage)
    organisers = here.replace("/juror/", "/organiser/")
    assert TITLE in text_of(owner.get(organisers)), "who runs the edition knows the titles"
    assert TITLE not in text_of(owner.get(f"{organisers}screen/")), "jurors read the screen in the room"


def test_while_a_correction_is_open_the_chair_the_meeting_and_its_screen_show_what_was_submitted() -> None:
    edition = a_juried_edition_of()
    desk = an_assignment(an_open_stage(edition))
    chair = a_juror_of(edition)
    a_panel(edition, chair, desk.juror)
    final(desk)
    here = a_meeting(chair, desk)
    submitted = corrected(desk.entry)

    for page in (f"{HOME}panel/", here, f"{here}screen/"):
        text = text_of(client_of(chair.user).get(page))
        assert submitted in text, page
        assert "A title nobody has checked" not in text, page


def test_while_a_correction_is_open_a_declared_conflict_names_what_was_submitted() -> None:
    edition = a_juried_edition_of(DEFINITION.replace("names: false", "names: true"))
    desk = an_assignment(an_open_stage(edition))
    submitted = corrected(desk.entry)
    client: Client = signed_in(desk)
    said = client.post(page_of(desk, "conflict/"), {"kind": "client"}, follow=True).content.decode()

    assert f"Noted: you do not mark “{submitted}”." in said
    for page in (said, shown(client, HOME), shown(client, f"{HOME}conflicts/")):
        assert submitted in page
        assert "A title nobody has checked" not in page
