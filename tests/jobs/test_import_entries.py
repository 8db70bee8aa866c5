"""Entries that were collected elsewhere, brought in by the command line: all rows or none."""

import io
import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation
from openpyxl import Workbook

from kaaring.audit.models import AuditLine
from kaaring.entries.actions import change_case, take_back, withdraw_entry
from kaaring.entries.models import Answer, Case, Entry, Nominee, Party, ProtectedFact
from kaaring.entries.queries.importing import row_of, submitted_rows, surroundings_of
from kaaring.entries.rules.cases import CaseChanges
from kaaring.entries.spreadsheets import entry_cells
from kaaring.jobs.import_kinds import columns_of, kinds_of
from kaaring.jobs.imports import run_import
from kaaring.kernel.tables import Faulty, as_csv
from kaaring.people.models import Organisation
from kaaring.programmes.models import Edition
from tests.build import NOON, a_measured_edition
from tests.entries.test_protected import an_edition_that_asks
from tests.jobs.test_import_commands import kaaring
from tests.juried import a_juried_edition, an_entry, an_organisation

pytestmark = pytest.mark.django_db

ENTRIES = """\
entry,category,title,organisation,actions,results,other,partner,nominee,people,seats,role,health
A1,team,Faster answers,Nordlys AS,We trained everybody.,From 45 to 20 seconds.,,,,12,,,
A2,team,Kinder answers,Solvang,We listened.,Fewer complaints.,A film.,,,50,,,
B1,partnership,One house,Nordlys,We met weekly.,Both grew.,,Fjelltopp Partner AS,,,,,
C1,person,Agent of Solvang,Solvang,,Ninety calls a day.,,,Kari Nordmann,,,agent,
D1,large-team,Two hundred seats,Havblikk,We grew.,And grew.,,,,,200,,
"""


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def edition() -> Edition:
    return a_juried_edition()


def taken_in(edition: Edition, text: str | bytes = ENTRIES, **changes: Any) -> Any:
    content = text.encode() if isinstance(text, str) else text
    plain = {"dry_run": False, "by": "command", "at": NOON}
    return run_import("entries", edition, content, "entries.csv", **{**plain, **changes})


def counts(outcome: Any) -> tuple[int, int, int]:
    return outcome.created, outcome.changed, outcome.unchanged


def faults_of(edition: Edition, text: str, **changes: Any) -> list[tuple[int | None, str | None, str, str]]:
    with pytest.raises(Faulty) as raised:
        taken_in(edition, text, **changes)
    assert all(fault.remedy for fault in raised.value.faults)
    return [(fault.row, fault.column, fault.value, fault.what) for fault in raised.value.faults]


def entry_called(code: str) -> Entry:
    return Entry.objects.select_related("case__organisation", "category").get(code=code)


def test_each_row_becomes_a_submitted_entry_with_its_case_texts_and_answers(
    edition: Edition, tmp_path: Path
) -> None:
    file = tmp_path / "entries.csv"
    file.write_text(ENTRIES)

    answered = kaaring("import", "entries", str(edition), file, "--json")

    assert (answered.code, answered.json["created"]) == (0, 5)
    first = entry_called("A1")
    assert (first.category.code, first.case.title) == ("team", "Faster answers")
    assert first.submitted_at is not None
    assert first.case.facts == {"people": 12}
    assert (first.case.subject, first.case.language) == ("", "en")
    answers = dict(Answer.objects.filter(entry=first).values_list("criterion", "text"))
    assert answers == {"actions": "We trained everybody.", "results": "From 45 to 20 seconds."}
    own = Party.objects.get(case=first.case)
    assert (own.organisation, own.approved_version) == (first.case.organisation, first.case.version)


def test_partner_nominee_division_and_protected_answers_find_their_places(edition: Edition) -> None:
    taken_in(edition)

    joint = entry_called("B1").case
    assert joint.subject == "partnership"
    assert [str(one.organisation) for one in joint.parties.all()] == ["Nordlys AS", "Fjelltopp Partner AS"]
    agent = entry_called("C1").case
    nominee = Nominee.objects.get(case=agent)
    assert (nominee.name, nominee.is_person, nominee.consented_at) == ("Kari Nordmann", True, None)
    assert agent.facts == {"role": "agent"}
    assert entry_called("D1").division == "large"


PROTECTED = """\
entry,category,title,organisation,nominee,health,aids
C1,person,Agent,Solvang,Kari,No,screen
"""


def test_protected_answers_are_kept_apart_and_only_where_the_category_needs_them() -> None:
    asking = an_edition_that_asks()

    taken_in(asking, PROTECTED)

    agent = entry_called("C1").case
    assert agent.facts == {}
    assert {one.fact: one.value for one in ProtectedFact.objects.all()} == {"health": "no", "aids": "screen"}
    assert counts(taken_in(asking, PROTECTED)) == (0, 0, 1)
    assert counts(taken_in(asking, PROTECTED.replace("screen", ""))) == (0, 1, 0)
    assert ProtectedFact.objects.get().fact == "health"
    found = faults_of(asking, PROTECTED.replace("C1,person", "C2,team"))
    assert [(row, column, value) for row, column, value, _what in found] == [
        (2, "aids", ""),
        (2, "health", ""),
    ]
    assert found[0][3] == "“Small Team of the Year” does not need this answer, which is protected."


def test_organisations_are_made_once_by_name_however_their_legal_form_is_written(edition: Edition) -> None:
    known = an_organisation(edition.programme.organiser, "Solvang AS")
    elsewhere = an_organisation(name="Havblikk")

    taken_in(edition)

    names = sorted(Organisation.objects.filter(organiser=edition.programme.organiser).values_list("name"))
    assert names == [("Fjelltopp Partner AS",), ("Havblikk",), ("Nordlys AS",), ("Solvang AS",)]
    assert entry_called("A2").case.organisation == known
    assert entry_called("D1").case.organisation != elsewhere


def test_what_the_rules_say_is_kept_with_each_entry_and_stands_against_none(edition: Edition) -> None:
    text = ENTRIES.replace("Solvang,We listened.,Fewer complaints.,A film.,,,50", "Solvang,,,,,,51")

    taken_in(edition, text)

    said = {code: [one["outcome"] for one in entry_called(code).eligibility] for code in ("A1", "A2")}
    assert said == {
        "A1": ["cannot_tell", "met", "cannot_tell"],
        "A2": ["cannot_tell", "not_met", "cannot_tell"],
    }
    assert entry_called("A2").submitted_at == NOON


def test_entries_come_in_after_the_deadline_too(edition: Edition) -> None:
    closed = a_juried_edition(entries=("2029-01-01", "2029-02-01"))

    assert counts(taken_in(closed)) == (5, 0, 0)


def test_a_trial_says_what_would_be_done_and_writes_nothing(edition: Edition) -> None:
    outcome = taken_in(edition, dry_run=True)

    assert (counts(outcome), outcome.is_dry_run) == ((5, 0, 0), True)
    assert not Entry.objects.exists()
    assert not Organisation.objects.exists()
    assert not AuditLine.objects.filter(doing="entries_imported").exists()


def test_the_same_file_again_changes_nothing(edition: Edition) -> None:
    taken_in(edition)
    before = list(Entry.objects.order_by("pk").values()), list(Case.objects.order_by("pk").values())

    outcome = taken_in(edition, at=NOON + timedelta(days=1))

    assert counts(outcome) == (0, 0, 5)
    assert (list(Entry.objects.order_by("pk").values()), list(Case.objects.order_by("pk").values())) == before
    line = AuditLine.objects.get(doing="entries_imported")
    assert (line.details["created"], line.details["file"]) == (5, "entries.csv")


def test_a_changed_row_replaces_what_was_brought_in(edition: Edition) -> None:
    taken_in(edition)
    changed = (
        ENTRIES.replace("Faster answers,Nordlys AS", "Faster,Solvang")
        .replace("We met weekly.", "")
        .replace("Fjelltopp Partner AS", "Bergtopp")
        .replace("Kari Nordmann,,,agent", "Ola Nordmann,,,leader")
        .replace(",200,,", ",40,,")
    )

    outcome = taken_in(edition, changed, at=NOON + timedelta(days=1))

    assert counts(outcome) == (0, 4, 1)
    assert (entry_called("A1").case.title, str(entry_called("A1").case.organisation)) == ("Faster", "Solvang")
    assert [str(one.organisation) for one in entry_called("A1").case.parties.all()] == ["Solvang"]
    joint = entry_called("B1")
    assert list(joint.answers.values_list("criterion", flat=True)) == ["results"]
    assert [str(one.organisation) for one in joint.case.parties.all()] == ["Nordlys AS", "Bergtopp"]
    agent = entry_called("C1").case
    assert (str(agent.nominee), agent.facts) == ("Ola Nordmann", {"role": "leader"})
    assert entry_called("D1").division == "medium"
    assert Entry.objects.count() == Case.objects.count() == 5
    line = AuditLine.objects.filter(doing="entries_imported").latest("number")
    assert line.details["changed"] == ["A1", "B1", "C1", "D1"]
    assert counts(taken_in(edition, changed)) == (0, 0, 5)


def test_columns_that_are_left_out_keep_what_they_said(edition: Edition) -> None:
    taken_in(edition)

    outcome = taken_in(edition, "entry,category,title,organisation,other\nA2,team,Kinder,Solvang,A song.\n")

    assert counts(outcome) == (0, 1, 0)
    kinder = row_of(entry_called("A2"))
    assert kinder.texts == {"actions": "We listened.", "results": "Fewer complaints.", "other": "A song."}
    assert kinder.facts == {"people": 50}


def test_a_workbook_and_a_file_with_semicolons_say_the_same(edition: Edition) -> None:
    book = Workbook()
    assert book.active is not None
    for line in ENTRIES.splitlines():
        book.active.append([int(cell) if cell.isdecimal() else cell or None for cell in line.split(",")])
    content = io.BytesIO()
    book.save(content)
    assert counts(taken_in(edition, content.getvalue())) == (5, 0, 0)

    outcome = taken_in(edition, ("\ufeff" + ENTRIES.replace(",", ";")).encode())

    assert counts(outcome) == (0, 0, 5)


FAULTY = """\
entry,category,title,organisation,actions,results,other,partner,partner_role,nominee_email,division,language,people,health,colour
A 1,team,,Solvang,,,,,,,,,,,
A2,teams,Title,Solvang,,,,,,,,,,,
B1,partnership,One,Solvang AS,,,Much else,Solvang,partner,,,,,,
B2,partnership,Two,Solvang,,,,,owner,x,,fr,many,perhaps,
B2,team,Three,,,,,,,,large,,,,
D1,large-team,Four,Solvang,,,,,,,,,,,
"""


def test_every_fault_is_told_at_once_with_its_row_column_and_value(edition: Edition) -> None:
    found = faults_of(edition, FAULTY)

    assert [(row, column, value) for row, column, value, _what in found] == [
        (1, "colour", "colour"),
        (2, "entry", "A 1"),
        (2, "title", ""),
        (3, "category", "teams"),
        (4, "other", "Much else"),
        (4, "partner", "Solvang"),
        (5, "people", "many"),
        (5, "health", ""),
        (5, "nominee_email", "x"),
        (5, "language", "fr"),
        (5, "partner_role", "owner"),
        (5, "partner_role", "owner"),
        (5, "nominee_email", "x"),
        (6, "organisation", ""),
        (6, "division", "large"),
        (6, "entry", "B2"),
        (7, "division", ""),
    ]
    what = {(row, column): said for row, column, _value, said in found}
    assert what[4, "other"] == "“Partnership of the Year” has no criterion “other”."
    assert what[5, "health"] == "This answer cannot be read."
    assert what[7, "division"].startswith("It cannot be told in which division of “Large Centre of the Year”")
    assert not Entry.objects.exists()


def test_programs_get_every_fault_with_its_remedy(edition: Edition, tmp_path: Path) -> None:
    file = tmp_path / "entries.csv"
    file.write_text(ENTRIES.replace(",team,", ",nobody,"))

    answered = kaaring("import", "entries", str(edition), file, "--json")

    assert answered.code == 1
    fault = json.loads(answered.out)["refused"]["faults"][0]
    assert (fault["file"], fault["row"], fault["column"], fault["value"]) == (
        "entries.csv", 2, "category", "nobody",
    )  # fmt: skip
    assert fault["remedy"] == "Write one of: team, partnership, person, large-team."


def test_a_division_can_be_named_where_the_answers_leave_it_open(edition: Edition) -> None:
    heading = "entry,category,title,organisation,division,seats\n"

    assert [column for _row, column, *_rest in faults_of(edition, heading + "D1,large-team,X,Y,,100\n")] == [
        "division"
    ]
    taken_in(edition, heading + "D1,large-team,X,Y,medium,100\nD2,large-team,X,Y,large,\n")

    assert [entry_called(code).division for code in ("D1", "D2")] == ["medium", "large"]
    assert counts(taken_in(edition, heading + "D1,large-team,X,Y,,100\nD2,large-team,X,Y,,\n")) == (0, 0, 2)


def test_what_was_written_here_is_never_overwritten(edition: Edition) -> None:
    own = an_entry(edition, submitted=True)
    taken_in(edition)
    corrected = entry_called("A1")
    take_back(corrected.pk, by="test", at=NOON)
    change_case(corrected.case.pk, CaseChanges(title="Ours"), version=9, by="test", at=NOON)
    withdraw_entry(entry_called("A2").pk, reason="Merged firms", by="test", at=NOON)
    text = ENTRIES.replace("Kinder", "Kindest").replace("B1,partnership", "B1,team")

    found = faults_of(edition, text + f"{own.code},team,Other,Solvang,,,,,,,,,\n")

    assert [(row, column) for row, column, *_rest in found] == [
        (2, "entry"), (3, "entry"), (4, "category"), (7, "entry"),
    ]  # fmt: skip
    assert [what for *_rest, what in found] == [
        "The entry A1 was written or changed here, and says something else.",
        "The entry A2 was withdrawn.",
        "The entry B1 is in the category “partnership”.",
        f"The entry {own.code} was written or changed here, and says something else.",
    ]


def test_what_is_exported_comes_in_elsewhere_as_the_same(edition: Edition) -> None:
    taken_in(edition)
    around = surroundings_of(edition)
    exported = as_csv(around.columns, (entry_cells(row, around) for row in submitted_rows(edition)))
    other = a_juried_edition(slug="other-awards")

    assert counts(taken_in(other, exported)) == (5, 0, 0)

    def told(edition: Edition) -> list[Any]:
        return [(row.code, row.title, row.texts, row.facts, row.details) for row in submitted_rows(edition)]

    assert told(other) == told(edition)


def test_the_columns_are_those_of_the_edition_and_no_two_are_called_the_same(edition: Edition) -> None:
    columns = columns_of("entries", edition)

    assert columns[:9] == (
        "entry", "category", "title", "organisation", "actions", "results", "other", "partner", "nominee",
    )  # fmt: skip
    assert columns[-5:] == ("people", "seats", "role", "partner_countries", "health")
    assert len(set(columns)) == len(columns)


def test_an_edition_takes_the_spreadsheets_of_what_it_has(edition: Edition) -> None:
    assert kinds_of(edition) == ("jurors", "entries", "marks", "payments")
    assert kinds_of(a_measured_edition(participants=0)) == (
        "participants", "shoppers", "enquiries", "evaluations",
    )  # fmt: skip


def test_many_rows_take_as_many_queries_as_few(edition: Edition, django_assert_max_num_queries: Any) -> None:
    heading = "entry,category,title,organisation,actions,results,nominee,people\n"
    rows = [f"{number},team,Case {number},House {number},a,b,N,12\n" for number in range(1, 101)]

    with django_assert_max_num_queries(45):
        taken_in(edition, heading + "".join(rows))


def test_a_row_about_a_person_says_who(edition: Edition) -> None:
    found = faults_of(edition, ENTRIES.replace("Kari Nordmann", ""))

    assert found == [(5, "nominee", "", "This is about a person, and it does not say who.")]
    taken_in(edition)
    without = "entry,category,title,organisation,results\nC1,person,Agent,Solvang,Eighty calls.\n"
    assert counts(taken_in(edition, without)) == (0, 1, 0)
