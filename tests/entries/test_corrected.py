"""A correction that is open, or has lapsed: the jury goes by what was submitted until it is answered."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from kaaring.entries import actions
from kaaring.entries.actions import CaseChanges, NomineeDetails
from kaaring.entries.files import left_behind, path_of
from kaaring.entries.models import Attachment, Case, Correction, Entry, Nominee
from kaaring.entries.queries import dossier_of, entries_without_consent
from kaaring.entries.queries.importing import submitted_rows
from kaaring.entries.queries.lists import LAPSED, SUBMITTED, entry_line
from kaaring.entries.queries.submitted import (
    answers_submitted,
    attachments_submitted,
    dossier_submitted,
    kept_of,
)
from kaaring.jury.models import Admission
from kaaring.jury.queries.reading import case_to_read, pile_of
from kaaring.kernel.refused import Refused
from kaaring.programmes.queries import definition_in_force
from tests.build import NOON
from tests.entries.build import an_attachment
from tests.juried import (
    LARGE_TEAM,
    PERSON,
    TEAM,
    a_case,
    a_figure,
    a_juror,
    a_stage,
    an_assignment,
    an_entry,
    an_organisation,
)

pytestmark = pytest.mark.django_db
UNTIL = NOON + timedelta(days=2)
LATER = NOON + timedelta(days=3)
NEW = "Half a sentence that nobody has che"


@pytest.fixture(autouse=True)
def files(settings: Any, tmp_path: Path) -> None:
    settings.FILES = tmp_path


def asked(entry: Entry, *, until: Any = UNTIL) -> Correction:
    return actions.ask_correction(entry.pk, "Say more.", until=until, by="test", at=NOON)


def write(entry: Entry, criterion: str, text: str = NEW) -> None:
    actions.write_answer(entry.pk, criterion, text, version=10**6, by="test", at=NOON)


def change(entry: Entry, **changes: Any) -> None:
    actions.change_case(entry.case_id, CaseChanges(**changes), version=10**6, by="test", at=NOON)


def answer(entry: Entry, *, at: Any = NOON) -> None:
    actions.answer_correction(entry.pk, "Done.", by="test", at=at)


def again(entry: Entry) -> Entry:
    return Entry.objects.select_related("case", "category", "edition__programme").get(pk=entry.pk)


def texts(entry: Entry) -> set[str]:
    return {one.text for one in dossier_submitted(again(entry)).answers.values()}


def a_corrected_entry() -> Entry:
    """An entry of which text, title, summary and figures are being changed."""
    case = a_case(title="Faster answers", figures=(a_figure(),))
    entry = an_entry(case=case, category=TEAM, submitted=True)
    asked(entry)
    write(entry, "results")
    change(entry, title="Slower", summary="Nothing yet", figures=(a_figure("Other", code=""),))
    return entry


@pytest.mark.parametrize("at", [NOON, LATER])
def test_jurors_read_what_was_submitted_while_a_correction_is_open_and_when_it_lapses(at: Any) -> None:
    entry = a_corrected_entry()
    juror = a_juror(entry.edition)
    given = an_assignment(a_stage(entry.edition, "marking"), again(entry), juror)
    Admission.objects.create(stage=given.stage, entry=entry, admitted_at=NOON)

    case = case_to_read(given, kept_of(given.entry), with_names=True)

    assert case.answers["results"] == "What we say of results."
    assert (case.case.title, case.case.summary) == (
        "Faster answers",
        "We answered faster, and customers noticed.",
    )
    assert [(one.name, one.before, one.after) for one in case.figures] == [("Answer time", 45, 20)]
    assert [party.organisation for party in case.parties] == [entry.case.organisation]
    assert case_to_read(given, kept_of(given.entry), with_names=False).parties == []
    assert answers_submitted([entry.pk], "results") == {entry.pk: "What we say of results."}
    pile = pile_of(juror, definition_in_force(juror.edition), at=at, closed=frozenset())
    assert str(pile[0].called) == "Faster answers"
    (row,) = submitted_rows(entry.edition)
    assert (row.title, row.texts["results"]) == ("Faster answers", "What we say of results.")


def test_the_answer_puts_the_new_text_before_the_jury() -> None:
    entry = a_corrected_entry()

    answer(entry)

    assert NEW in texts(entry)
    assert Case.objects.get().title == "Slower"
    assert Correction.objects.get().submitted is None
    (row,) = submitted_rows(entry.edition)
    assert row.title == "Slower"


def test_a_text_longer_than_allowed_is_never_before_the_jury() -> None:
    entry = an_entry(category=TEAM, submitted=True)
    asked(entry)
    write(entry, "actions", "word " * 5_000)

    with pytest.raises(Refused, match="not_ready"):
        answer(entry)

    assert "What we say of actions." in texts(entry)
    with pytest.raises(Refused, match="correction_over") as refused:
        actions.write_answer(entry.pk, "actions", "New", version=10**6, by="test", at=LATER)
    assert "The text that was submitted holds." in str(refused.value.reason)


def test_more_time_keeps_what_was_submitted_and_what_was_begun() -> None:
    entry = a_corrected_entry()

    asked(entry, until=LATER + timedelta(days=1))

    assert "What we say of results." in texts(entry)
    assert dossier_of(again(entry)).answers["results"].text == NEW
    answer(entry, at=LATER)
    assert NEW in texts(entry)


def test_the_list_says_that_a_correction_has_lapsed() -> None:
    entry = a_corrected_entry()
    definition = definition_in_force(entry.edition)

    open_line = entry_line(entry, definition, at=NOON)
    line = entry_line(entry, definition, at=LATER)

    assert (open_line.state, line.state) == ("correction", LAPSED)
    assert line.is_in(SUBMITTED)
    assert not open_line.is_in(LAPSED)


def test_consent_to_what_was_submitted_holds_while_it_is_corrected() -> None:
    entry = an_entry(category=PERSON, submitted=True)
    definition = definition_in_force(entry.edition)
    asked(entry)
    write(entry, "results")

    assert list(entries_without_consent(entry.edition)) == []
    assert not entry_line(entry, definition, at=LATER).lacks_consent
    Nominee.objects.update(consented_version=1)
    assert list(entries_without_consent(entry.edition)) == [entry]
    assert entry_line(entry, definition, at=LATER).lacks_consent


def test_a_nominee_agrees_to_the_text_that_holds_once_a_correction_has_lapsed() -> None:
    entry = an_entry(category=PERSON, submitted=True)
    submitted = Case.objects.get().version
    asked(entry)
    write(entry, "results")
    Nominee.objects.update(consented_at=None, consented_version=None)
    nominee = Nominee.objects.get()

    with pytest.raises(Refused, match="changed_meanwhile"):
        actions.consent(nominee.pk, version=submitted, at=NOON)
    with pytest.raises(Refused, match="changed_meanwhile"):
        actions.consent(nominee.pk, version=Case.objects.get().version, at=LATER)
    assert actions.consent(nominee.pk, version=submitted, at=LATER).consented_version == submitted


def test_nobody_else_is_nominated_in_a_correction() -> None:
    entry = an_entry(category=PERSON, submitted=True)
    asked(entry)
    kari = NomineeDetails("Kari", is_person=True, email="kari@example.org")

    with pytest.raises(Refused, match="nominee_is_judged"):
        actions.name_nominee(entry.case_id, kari, by="test", at=NOON)
    with pytest.raises(Refused, match="nominee_is_judged"):
        actions.remove_nominee(entry.case_id, by="test", at=NOON)
    right = NomineeDetails("Ola Normann", is_person=True, email="ola@example.org")
    assert actions.name_nominee(entry.case_id, right, by="test", at=NOON).name == "Ola Normann"
    assert dossier_submitted(again(entry)).nominee is not None
    assert str(dossier_submitted(again(entry)).nominee) == "Ola Nordmann"


def test_a_file_taken_away_stays_for_the_jury_until_the_answer(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    entry = an_entry(category=TEAM)
    file = an_attachment(entry.case)
    actions.submit_entry(entry.pk, by="test", at=NOON)
    asked(entry)
    with django_capture_on_commit_callbacks(execute=True):
        actions.remove_attachment(file.pk, by="test", at=NOON)
    added = an_attachment(entry.case, b"%PDF-1.7 new", name="new.pdf")
    path = path_of(file.stored_as)

    assert attachments_submitted(again(entry)) == [file]
    assert path.is_file()
    assert left_behind(at=NOON + timedelta(days=36_500)) == []

    with django_capture_on_commit_callbacks(execute=True):
        answer(entry)
    assert attachments_submitted(again(entry)) == [added]
    assert not path.is_file()
    assert Attachment.objects.filter(pk=file.pk, removed_at=NOON).exists()


def test_another_division_is_competed_in_only_after_the_answer() -> None:
    case = a_case(facts={"seats": 100})
    entry = an_entry(case=case, category=LARGE_TEAM)
    actions.choose_division(entry.pk, "medium", by="test", at=NOON)
    actions.submit_entry(entry.pk, by="test", at=NOON)
    asked(entry)

    actions.choose_division(entry.pk, "large", by="test", at=NOON)

    assert (again(entry).division, dossier_of(again(entry)).division) == ("medium", "large")
    answer(entry)
    assert again(entry).division == "large"


def test_an_entry_taken_back_is_a_draft_of_what_its_entrant_wrote() -> None:
    entry = a_corrected_entry()

    actions.take_back(entry.pk, by="test", at=NOON)

    assert NEW in texts(entry)
    assert Correction.objects.get().submitted is None


def test_a_party_named_in_a_correction_is_not_before_the_jury_yet() -> None:
    entry = an_entry(category=TEAM, submitted=True)
    asked(entry)
    partner = an_organisation(entry.edition.programme.organiser)
    actions.name_party(entry.case_id, organisation=partner, by="test", at=NOON)

    assert [one.organisation for one in dossier_submitted(again(entry)).parties] == [entry.case.organisation]
