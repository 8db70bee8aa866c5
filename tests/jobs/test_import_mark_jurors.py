"""Whose the marks in a spreadsheet are: known jurors, new ones, and those who cannot be meant."""

from pathlib import Path

import pytest

from kaaring.audit.models import AuditLine
from kaaring.entries.models import Entry
from kaaring.jury.models import Juror, Recusal, Scorecard, Stage
from kaaring.kernel.refused import Refused
from kaaring.programmes.models import Edition
from tests.build import NOON, a_user
from tests.jobs.test_import_commands import kaaring
from tests.jobs.test_import_marks import MARKS, faults_of, taken_in
from tests.jobs.test_import_marks import edition as edition
from tests.juried import a_nominee
from tests.jury.marking import (
    a_conflict,
    a_juried_edition_of,
    a_juror_of,
    a_stage,
    an_assignment,
    an_entry_of,
)

pytestmark = pytest.mark.django_db
HEAD = "entry,juror,juror_name,actions,results,other\n"


def test_a_jury_on_paper_is_known_by_its_marks_alone() -> None:
    edition = a_juried_edition_of()
    an_entry_of(edition, code="A1")
    rows = "entry,juror,juror_name,actions,results,other\nA1,J1,,1,2,3\nA1,J2,Kari,4,5,6\n"

    taken_in(edition, rows)
    taken_in(edition, "entry,juror,actions,results,other\nA1,J3,7,8,9\n")

    assert set(Juror.objects.values_list("code", "name")) == {("J1", "J1"), ("J2", "Kari"), ("J3", "J3")}
    assert AuditLine.objects.filter(doing="marks_imported").last().details["jurors_added"] == ["J3"]  # type: ignore[union-attr]


def test_jurors_whom_the_marks_make_known_are_named_in_a_trial_and_in_earnest(
    edition: Edition, tmp_path: Path
) -> None:
    file = tmp_path / "marks.csv"
    file.write_text(MARKS)

    tried = kaaring("import", "marks", str(edition), file, "--dry-run")
    done = kaaring("import", "marks", str(edition), file, "--json")
    again = kaaring("import", "marks", str(edition), file)

    assert "New juror: J2." in tried.out
    assert done.json["new_jurors"] == ["J2"]
    assert "New juror" not in again.out


def test_a_code_that_differs_by_case_or_spaces_is_no_new_juror(edition: Edition) -> None:
    found = faults_of(edition, HEAD + "A1,j1,Kari,1,1,1\nA1,J 1,Kari,1,1,1\nA1,J9,Ola,1,1,1\nB1,j9,,,,\n")

    assert [one for one in found if one[1] == "juror"] == [
        (2, "juror", "“j1” differs from the juror “J1” by case or spaces alone."),
        (3, "juror", "“J 1” differs from the juror “J1” by case or spaces alone."),
        (5, "juror", "“j9” differs from the juror “J9” by case or spaces alone."),
    ]
    assert not Juror.objects.exclude(code="J1").exists()


def test_a_name_that_is_not_the_jurors_is_a_fault_and_one_written_otherwise_is_not(
    edition: Edition,
) -> None:
    Juror.objects.update(name="Kari Berg")
    assert faults_of(edition, HEAD + "A1,J1,Ola Vik,1,1,1\n") == [
        (2, "juror_name", "The juror “J1” is called Kari Berg.")
    ]
    an_entry_of(edition, code="A2")
    assert faults_of(
        edition, HEAD + "A1,J9,,1,1,1\nA2,J9,Ola Vik,1,1,1\nA1,J8,Per,1,1,1\nA2,J8,Pål,1,1,1\n"
    ) == [(5, "juror_name", "The juror “J8” is called Per.")]
    assert (
        taken_in(edition, HEAD + "A1,J1, kari  berg ,1,1,1\nA1,J9,,1,1,1\nA2,J9,Ola Vik,1,1,1\n").created == 3
    )
    assert Juror.objects.get(code="J9").name == "Ola Vik"


def test_jurors_who_are_removed_recused_or_no_longer_assigned_are_faults(edition: Edition) -> None:
    stage = a_stage(edition)
    recused = an_assignment(stage, Entry.objects.get(code="A1"), Juror.objects.get(code="J1"))
    a_conflict(recused)
    an_assignment(stage, Entry.objects.get(code="B1"), recused.juror, ended_at=NOON, ended_reason="Too much.")
    a_juror_of(edition, code="J2", removed_at=NOON, removed_reason="Left.")

    assert [(row, what) for row, _column, what in faults_of(edition, MARKS)] == [
        (2, "A conflict of interest stands between this juror and this entry."),
        (3, "The juror “J2” was removed from the jury."),
        (4, "This juror no longer marks this entry: Too much."),
        (5, "The juror “J2” was removed from the jury."),
    ]


def test_jurors_whom_the_marks_make_known_are_compared_with_those_behind_the_cases(edition: Edition) -> None:
    a_nominee(Entry.objects.get(code="A1").case, name="Ola Nordmann", is_person=True)

    taken_in(edition, HEAD + "A1,J2,Ola Nordmann,1,2,3\n")

    found = Recusal.objects.get()
    assert (found.juror.code, found.kind, found.confirmed_at) == ("J2", "person", None)


def test_nobody_brings_in_the_own_marks(edition: Edition) -> None:
    member = a_user()
    Juror.objects.filter(code="J1").update(user=member)

    with pytest.raises(Refused, match="about your own judging"):
        taken_in(edition, HEAD + "A1,J1,,1,2,3\n", by=member.public_id)

    assert not Scorecard.objects.exists()
    assert not Stage.objects.exists()
    taken_in(edition, HEAD + "A1,J1,,1,2,3\n")
