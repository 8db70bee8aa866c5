"""Jurors: added one by one or from a spreadsheet, changed, removed; and panels."""

from typing import Any

import pytest

from kaaring.audit.models import AuditLine
from kaaring.jobs.import_kinds import columns_of
from kaaring.jobs.imports import run_import
from kaaring.jury.actions import jurors, panels
from kaaring.jury.actions.panels import Members
from kaaring.jury.models import Assignment, Juror, Panel, Scorecard
from kaaring.jury.queries import jurors as queries
from kaaring.jury.spreadsheets import JurorRow, juror_cells
from kaaring.kernel.refused import Refused
from kaaring.kernel.tables import Faulty, Outcome, as_csv
from kaaring.programmes.models import Edition, EditionRole, Part
from tests.build import NOON, a_part, a_user
from tests.juried import a_juried_edition, a_juror, a_stage, an_assignment, an_organisation
from tests.jury.build import a_card, bare_entry

pytestmark = pytest.mark.django_db
BY: Any = {"by": "test", "at": NOON}
HEADINGS = "juror,name,email,organisation,languages,categories,most_entries\n"
KARI = "kari,Kari Berg,kari@bank.example,Nordbank,nb en,team person,12\n"


@pytest.fixture
def edition() -> Edition:
    return a_juried_edition()


def refusal_of(doing: Any, *args: Any, **options: Any) -> str:
    with pytest.raises(Refused) as refused:
        doing(*args, **options)
    return refused.value.code


def take(edition: Edition, text: str, **more: Any) -> Outcome:
    options = {"dry_run": False, **BY, **more}
    return run_import("jurors", edition, (HEADINGS + text).encode(), "jury.csv", **options)


def faults_of(edition: Edition, text: str) -> list[str]:
    with pytest.raises(Faulty) as faulty:
        take(edition, text)
    return [f"{fault.row} {fault.column}: {fault.what}" for fault in faulty.value.faults]


def test_a_spreadsheet_of_jurors_is_taken_in_and_again_changes_nothing(edition: Edition) -> None:
    text = KARI + "ola,Ola Vik,ola@example.org,,,,\n"

    assert take(edition, text) == Outcome(created=2)
    assert take(edition, text) == Outcome(unchanged=2)
    kari = Juror.objects.get(code="kari")
    assert (kari.name, kari.organisation_name, kari.languages) == ("Kari Berg", "Nordbank", ["nb", "en"])
    assert (kari.categories, kari.most_entries) == (["team", "person"], 12)
    line = AuditLine.objects.get(doing="jurors_added")
    assert line.details["created"] == 2
    assert line.details["file"] == "jury.csv"
    assert "Kari" not in str(line.details)


def test_a_row_that_differs_brings_the_juror_up_to_date(edition: Edition) -> None:
    take(edition, KARI)

    assert take(edition, KARI.replace("12", "8")) == Outcome(changed=1)
    assert Juror.objects.get().most_entries == 8


def test_a_trial_writes_nothing(edition: Edition) -> None:
    assert take(edition, KARI, dry_run=True) == Outcome(created=1, is_dry_run=True)
    assert not Juror.objects.exists()


def test_every_fault_of_a_spreadsheet_is_told_at_once_and_nothing_is_written(edition: Edition) -> None:
    a_juror(edition, "Kari Berg", code="here", email="here@example.org")
    a_juror(edition, code="gone", removed_at=NOON, removed_reason="Moved")

    faults = faults_of(
        edition,
        "a,,not-an-address,,norsk,chess,0\n"
        "a,Again,a@example.org,,,,\n"
        "b,Same address,A@example.org,,,,\n"
        "c,Of another,HERE@example.org,,,,\n"
        "gone,Back,,,,,\n",
    )

    assert faults == [
        "2 name: The cell is empty.",
        "2 email: “not-an-address” is not an e-mail address.",
        "2 languages: “norsk” is not a language code.",
        "2 categories: “chess” is not known here.",
        "2 most_entries: “0” is not a whole number from 1 to 10000.",
        "3 juror: “a” stands in row 2 already.",
        "4 email: “a@example.org” stands in row 3 already.",
        "5 email: Kari Berg has this address already.",
        "6 juror: The juror “gone” was removed from the jury.",
    ]
    assert Juror.objects.count() == 2


def test_a_juror_is_written_as_the_cells_it_is_read_from(edition: Edition) -> None:
    take(edition, KARI)
    juror = Juror.objects.get()

    written = as_csv(columns_of("jurors", edition), [juror_cells(juror), juror_cells(a_juror(edition))])

    assert written.splitlines()[:2] == [("\ufeff" + HEADINGS).strip(), KARI.strip()]


def test_a_juror_from_a_known_organisation_is_tied_to_it_whatever_its_legal_form(edition: Edition) -> None:
    bank = an_organisation(edition.programme.organiser, "Nordbank AS")

    juror = jurors.add_juror(edition, JurorRow("kari", "Kari Berg", organisation="NORDBANK"), **BY)

    assert juror.organisation == bank


def test_one_juror_is_added_and_changed(edition: Edition) -> None:
    juror = jurors.add_juror(edition, JurorRow("kari", "Kari Berg", "kari@example.org"), **BY)

    jurors.change_juror(juror.pk, JurorRow("kari", "Kari Moe", "kari@example.org"), **BY)
    jurors.change_juror(juror.pk, JurorRow("kari", "Kari Moe", "kari@example.org"), **BY)

    juror.refresh_from_db()
    assert juror.name == "Kari Moe"
    assert AuditLine.objects.get(doing="juror_changed").details == {"changed": ["name"]}


def test_whose_an_address_is_is_told_by_name(edition: Edition) -> None:
    a_juror(edition, "Kari Berg", code="J02", email="kari@example.org")

    with pytest.raises(Refused, match="Kari Berg has the address Kari@"):
        jurors.add_juror(edition, JurorRow("new", "Somebody", "Kari@Example.org"), **BY)


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (JurorRow("here", "Somebody"), "juror_known"),
        (JurorRow("new", "Somebody", "Here@Example.org"), "address_known"),
        (JurorRow("new", "Somebody", categories=("chess",)), "unknown_category"),
        (JurorRow("new", "Somebody", languages=("norsk",)), "unknown_language"),
    ],
)
def test_a_juror_who_cannot_be_told_apart_or_knows_what_is_not_there_is_refused(
    edition: Edition, row: JurorRow, code: str
) -> None:
    a_juror(edition, code="here", email="here@example.org")

    assert refusal_of(jurors.add_juror, edition, row, **BY) == code


def test_the_address_of_somebody_who_has_accepted_stays(edition: Edition) -> None:
    juror = a_juror(edition, email="kari@example.org", user=a_user())
    row = JurorRow(juror.code, juror.name, "kari@elsewhere.example")

    assert refusal_of(jurors.change_juror, juror.pk, row, **BY) == "address_taken_up"
    text = f"{juror.code},{juror.name},kari@elsewhere.example,,,,\n"
    assert refusal_of(take, edition, text) == "address_taken_up"
    again = JurorRow(juror.code, juror.name, "Kari@example.org", most_entries=3)
    assert jurors.change_juror(juror.pk, again, **BY).most_entries == 3


def test_a_removed_juror_leaves_panels_and_part_and_keeps_what_is_finished(edition: Edition) -> None:
    first, second = bare_entry(edition), bare_entry(edition)
    stage = a_stage(edition)
    juror = a_juror(edition, user=a_part(edition, role=EditionRole.JUROR).user)
    panel = panels.form_panel(edition, {"en": "Teams"}, Members(["team"], [juror.pk]), **BY)
    draft, done = an_assignment(stage, first, juror), an_assignment(stage, second, juror)
    card = a_card(draft)
    a_card(done, is_final=True)

    jurors.remove_juror(juror.pk, reason="Has moved abroad", **BY)

    assert not queries.jurors_of(edition).exists()
    assert list(queries.removed_from(edition)) == [juror]
    assert queries.juror_of(juror.user, edition) is None  # type: ignore[arg-type]
    assert not panel.jurors.exists()
    assert not Part.objects.exists()
    assert set(Assignment.objects.filter(ended_at=None)) == {done}
    assert Assignment.objects.get(pk=draft.pk).ended_reason == "Has moved abroad"
    assert Scorecard.objects.filter(pk=card.pk, excluded_at=None).exists()


def test_removing_needs_a_reason_happens_once_and_never_takes_a_panels_chair(edition: Edition) -> None:
    juror = a_juror(edition)
    panel = panels.form_panel(edition, {"en": "Teams"}, Members(["team"], [juror.pk], juror.pk), **BY)

    assert refusal_of(jurors.remove_juror, juror.pk, reason=" ", **BY) == "reason_missing"
    assert refusal_of(jurors.remove_juror, juror.pk, reason="Moved", **BY) == "chairs_a_panel"
    panels.dissolve_panel(panel.pk, **BY)
    jurors.remove_juror(juror.pk, reason="Moved", **BY)
    assert refusal_of(jurors.remove_juror, juror.pk, reason="Moved", **BY) == "removed_already"
    row = JurorRow(juror.code, "Another name")
    assert refusal_of(jurors.change_juror, juror.pk, row, **BY) == "removed_already"


def test_scorecards_of_a_juror_are_excluded_for_everybody_and_counted_again_with_a_reason(
    edition: Edition,
) -> None:
    entry = bare_entry(edition)
    stage = a_stage(edition)
    juror = a_juror(edition)
    card = a_card(an_assignment(stage, entry, juror), is_final=True)
    other = a_card(an_assignment(stage, entry), is_final=True)

    assert refusal_of(jurors.exclude_scorecards, juror.pk, reason="", **BY) == "reason_missing"
    assert refusal_of(jurors.include_scorecards, juror.pk, reason="Odd", **BY) == "nothing_to_include"
    assert jurors.exclude_scorecards(juror.pk, reason="Marked by a colleague", **BY) == 1
    card.refresh_from_db()
    assert (card.excluded_at, card.excluded_reason) == (NOON, "Marked by a colleague")
    assert refusal_of(jurors.exclude_scorecards, juror.pk, reason="Again", **BY) == "nothing_to_exclude"
    assert Scorecard.objects.get(pk=other.pk).excluded_at is None

    assert refusal_of(jurors.include_scorecards, juror.pk, reason="", **BY) == "reason_missing"
    assert jurors.include_scorecards(juror.pk, reason="It was not so", **BY) == 1
    assert Scorecard.objects.get(pk=card.pk).excluded_at is None


def test_a_panel_judges_its_categories_and_its_chair_leads_them(edition: Edition) -> None:
    chair, other = a_juror(edition, user=a_user()), a_juror(edition)
    name = {"en": "Teams", "nb": ""}

    panel = panels.form_panel(
        edition, name, Members(["team", "large-team"], [chair.pk, other.pk], chair.pk), **BY
    )

    assert (panel.code, panel.name) == ("teams", {"en": "Teams"})
    assert chair.user is not None
    chaired = queries.categories_chaired_by(chair.user, edition).values_list("code", flat=True)
    assert set(chaired) == {"team", "large-team"}
    assert queries.is_chair(chair)
    assert not queries.is_chair(other)


def test_a_panel_is_changed_and_dissolved(edition: Edition) -> None:
    juror = a_juror(edition)
    panel = panels.form_panel(edition, {"en": "Teams"}, Members(["team"], [juror.pk]), **BY)

    panels.change_panel(panel.pk, {"en": "People"}, Members(["team", "person"], [juror.pk], juror.pk), **BY)
    panel.refresh_from_db()
    assert (str(panel), panel.chair, panel.categories.count()) == ("People", juror, 2)

    panels.dissolve_panel(panel.pk, **BY)
    assert not Panel.objects.exists()


def test_two_panels_of_one_name_have_codes_of_their_own(edition: Edition) -> None:
    juror = a_juror(edition)
    codes = [
        panels.form_panel(edition, {"ru": "Жюри"}, Members([category], [juror.pk]), **BY).code
        for category in ("team", "person", "partnership")
    ]

    assert codes == ["panel", "panel-2", "panel-3"]


def test_a_panel_without_name_category_juror_or_with_a_strange_chair_is_refused(edition: Edition) -> None:
    juror, outside = a_juror(edition), a_juror(edition)
    gone = a_juror(edition, removed_at=NOON, removed_reason="Moved")
    panels.form_panel(edition, {"en": "People"}, Members(["person"], [juror.pk]), **BY)

    def form(name: str, *members: Any) -> str:
        return refusal_of(panels.form_panel, edition, {"en": name}, Members(*members), **BY)

    assert form("", ["team"], [juror.pk]) == "name_missing"
    assert form("Teams", [], [juror.pk]) == "no_category"
    assert form("Teams", ["team"], []) == "no_juror"
    assert form("Teams", ["team"], [gone.pk]) == "removed_already"
    assert form("Teams", ["team"], [juror.pk], outside.pk) == "chair_outside"
    assert form("Teams", ["team", "person"], [juror.pk]) == "category_taken"
