"""Votes that were counted elsewhere, brought in by the command line: all rows or none."""

from datetime import timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from kaaring.audit.models import AuditLine
from kaaring.jobs.exports import export_of
from kaaring.jobs.import_kinds import columns_of, kinds_of
from kaaring.jobs.imports import import_rows, run_import
from kaaring.jury.models import Ballot, Stage
from kaaring.kernel.refused import Refused
from kaaring.kernel.tables import Faulty
from kaaring.programmes.models import Edition
from kaaring.results.queries.juried import entry_standings
from tests.build import NOON, a_measured_edition
from tests.jobs.test_import_commands import kaaring
from tests.jury.marking import DEFINITION, OPENS, a_juried_edition_of, a_stage, an_entry_of
from tests.jury.voting import a_vote_of, a_voted_edition, cast, leave, voted_on, withdraw
from tests.results.jury import a_judged_edition, an_idea

pytestmark = pytest.mark.django_db
ONE_VOTE = ("    - {code: readers, name: Readers' choice, mode: public_vote}\n", "")


@pytest.fixture
def edition() -> Edition:
    return a_voted_edition(ONE_VOTE)


@pytest.fixture
def stage(edition: Edition) -> Stage:
    return a_vote_of(edition)


def taken_in(edition: Edition, text: str, **changes: Any) -> Any:
    plain = {"dry_run": False, "by": "command", "at": NOON}
    return run_import("votes", edition, text.encode(), "votes.csv", **{**plain, **changes})


def faults_of(edition: Edition, text: str, **changes: Any) -> list[tuple[int | None, str | None, str]]:
    with pytest.raises(Faulty) as raised:
        taken_in(edition, text, **changes)
    return [(fault.row, fault.column, fault.what) for fault in raised.value.faults]


def counts() -> dict[tuple[str, str], int]:
    rows = Ballot.objects.values_list("stage__code", "entry__code", "votes")
    return {(stage, entry): votes for stage, entry, votes in rows}


def test_votes_come_in_by_the_command_and_say_so_once_in_the_log(stage: Stage, tmp_path: Path) -> None:
    for code in ("A1", "A2"):
        voted_on(stage, code)
    stage.opens_at = OPENS.replace(year=2020)
    stage.save()
    file = tmp_path / "votes.csv"
    file.write_text("entry;votes\nA1;1200\nA2;0\n")

    answered = kaaring("import", "votes", str(stage.edition), file, "--json")

    assert (answered.code, answered.json["created"]) == (0, 2)
    assert counts() == {("public", "A1"): 1200, ("public", "A2"): 0}
    line = AuditLine.objects.get(doing="votes_imported")
    assert line.details["votes"] == {"public, A1": 1200, "public, A2": 0}
    assert line.details["file"] == "votes.csv"
    assert line.why == ""


def test_a_hand_calculation_gives_the_same_places_from_files_and_marks() -> None:
    """75 of 100 are the jury's mean, 25 the share of the votes; 60 votes elsewhere and 20 here make 80.

    A: ¾ · 70 + ¼ · 100 · 20 ÷ 80 = 58.75. B: ¾ · 60 + ¼ · 100 · 60 ÷ 80 = 63.75. Without the 20 votes here
    A had 52.5 + ¼ · 100 · 20 ÷ 60 = 60.83, and B 45 + ¼ · 100 · 40 ÷ 60 = 61.67.
    """
    stages = (
        "[{code: marking, name: Marking, mode: scorecard, weight: 75},"
        " {code: public, name: Public, mode: public_vote, voting: confirmed_email, weight: 25}]"
    )
    edition = a_judged_edition(stages=stages)
    marking, public = a_stage(edition), a_stage(edition, "public")
    a, b = an_idea(marking, "A", (7, 7)), an_idea(marking, "B", (6, 6))
    for entry in (a, b):
        public.admissions.create(entry=entry, admitted_at=OPENS)

    taken_in(edition, "stage,entry,votes\npublic,A,20\npublic,B,40\n")
    cast(public, b, 20)

    table = entry_standings(edition)[0]
    assert [(one.entry.code, one.score, one.place) for one in table.rows] == [
        ("B", Fraction(255, 4), 1),
        ("A", Fraction(235, 4), 2),
    ]


def test_the_same_file_again_changes_nothing_and_another_count_keeps_what_it_was(stage: Stage) -> None:
    voted_on(stage, "A1"), voted_on(stage, "A2")
    taken_in(stage.edition, "entry,votes\nA1,3\nA2,4\n")

    again = taken_in(stage.edition, "entry,votes\nA1,3\nA2,4\n")
    other = taken_in(stage.edition, "entry,votes\nA1,5\nA2,4\n", at=NOON + timedelta(days=1))

    assert (again.created, again.changed, again.unchanged) == (0, 0, 2)
    assert (other.created, other.changed, other.unchanged) == (0, 1, 1)
    assert counts()["public", "A1"] == 5
    _first, second = AuditLine.objects.filter(doing="votes_imported").order_by("number")
    assert second.details["before"] == {"public, A1": 3}
    assert second.why == "Brought in anew: votes.csv"


def test_a_trial_writes_nothing(stage: Stage) -> None:
    voted_on(stage, "A1")

    outcome = taken_in(stage.edition, "entry,votes\nA1,3\n", dry_run=True)

    assert (outcome.created, outcome.is_dry_run) == (1, True)
    assert not counts()
    assert not AuditLine.objects.filter(doing="votes_imported").exists()


def test_every_fault_is_told_at_once_with_its_row_and_column(stage: Stage) -> None:
    for code in ("A1", "A2", "A3"):
        voted_on(stage, code)
    leave(stage, stage.edition.entries.get(code="A2"))
    withdraw(stage.edition.entries.get(code="A3"))
    text = "stage,entry,votes\n,A1,-3\n,A1,7\n,A2,1\n,A3,1\n,Z9,1\n,,4\n,A1,\nmarking,A1,many\n"

    assert faults_of(stage.edition, text) == [
        (2, "votes", "“-3” is not a whole number from 0 to 2000000000."),
        (3, "entry", "Row 2 has the votes for this entry already."),
        (4, "entry", "The entry A2 is not in the stage “public”."),
        (5, "entry", "The entry A3 was withdrawn."),
        (6, "entry", "There is no entry “Z9” in this edition."),
        (7, "entry", "The cell is empty."),
        (8, "votes", "The cell is empty."),
        (8, "entry", "Row 2 has the votes for this entry already."),
        (9, "votes", "“many” is not a whole number from 0 to 2000000000."),
        (9, "stage", "The rules have no public vote “marking”."),
    ]
    assert not counts()


def test_with_two_votes_each_row_or_the_command_says_which_one_is_meant() -> None:
    edition = a_voted_edition()
    here, elsewhere = a_vote_of(edition), a_vote_of(edition, "readers")
    entry = voted_on(here, "A1")
    elsewhere.admissions.create(entry=entry, admitted_at=OPENS)

    assert faults_of(edition, "entry,votes\nA1,3\n") == [(None, None, "Nothing says which vote this is.")]
    assert faults_of(edition, "stage,entry,votes\n,A1,3\n") == [
        (2, "stage", "Nothing says which vote this is.")
    ]
    taken_in(edition, "entry,votes\nA1,3\n", stage="readers")
    taken_in(edition, "stage,entry,votes\npublic,A1,5\nreaders,A1,4\n")

    assert counts() == {("readers", "A1"): 4, ("public", "A1"): 5}
    assert AuditLine.objects.filter(doing="votes_imported").count() == 2


def test_a_vote_before_it_opens_takes_no_file_and_says_so_once(edition: Edition) -> None:
    stage = a_vote_of(edition, opens_at=NOON + timedelta(hours=1))
    for code in ("A1", "A2"):
        voted_on(stage, code)

    for text in ("entry,votes\nA1,3\nA2,4\n", "stage,entry,votes\npublic,A1,3\npublic,Z9,4\n"):
        assert faults_of(edition, text) == [
            (None, None, "The stage “public” has not opened yet, so nobody can have voted.")
        ]


def test_votes_make_the_stage_from_the_period_in_the_rules_and_let_their_entries_in() -> None:
    edition = a_voted_edition(
        ONE_VOTE, ("voting: confirmed_email}", "voting: confirmed_email, period: [2030-01-02, 2030-01-05]}")
    )
    for code in ("A1", "A2", "A3"):
        an_entry_of(edition, code=code)

    tried = taken_in(edition, "entry,votes\nA1,3\nA2,0\n", dry_run=True)
    assert (tried.created, Stage.objects.count()) == (2, 0)
    taken_in(edition, "entry,votes\nA1,3\nA2,0\n")

    stage = Stage.objects.get()
    assert (stage.code, stage.opens_at.isoformat()) == ("public", "2030-01-01T23:00:00+00:00")
    assert stage.closes_at.isoformat() == "2030-01-05T23:00:00+00:00"
    assert set(stage.admissions.values_list("entry__code", flat=True)) == {"A1", "A2"}
    assert counts() == {("public", "A1"): 3, ("public", "A2"): 0}
    assert AuditLine.objects.filter(doing="stage_opened", about="public").exists()


def test_a_vote_that_the_rules_announce_for_later_takes_no_file() -> None:
    edition = a_voted_edition(
        ONE_VOTE, ("voting: confirmed_email}", "voting: confirmed_email, period: [2031-01-02, 2031-01-05]}")
    )
    an_entry_of(edition, code="A1")

    assert faults_of(edition, "entry,votes\nA1,3\n") == [
        (None, None, "The stage “public” has not opened yet, so nobody can have voted.")
    ]
    assert not Stage.objects.exists()


def test_entries_that_nobody_can_vote_for_are_faults_where_the_votes_make_the_stage() -> None:
    edition = a_voted_edition(ONE_VOTE, ("judging: [2030-01-30, ", "judging: [2030-01-02, "))
    an_entry_of(edition, code="A1", submitted_at=None)
    withdraw(an_entry_of(edition, code="A2"))

    assert faults_of(edition, "entry,votes\nA1,3\nA2,4\nA3,5\n") == [
        (2, "entry", "The entry A1 is not submitted."),
        (3, "entry", "The entry A2 was withdrawn."),
        (4, "entry", "There is no entry “A3” in this edition."),
    ]


def test_a_stage_that_is_no_vote_is_refused_by_its_name(edition: Edition) -> None:
    with pytest.raises(Refused, match="no stage “marking” in which the public votes"):
        taken_in(edition, "entry,votes\nA1,3\n", stage="marking")


def test_thousands_that_are_set_apart_are_never_taken_for_decimals(stage: Stage) -> None:
    voted_on(stage, "A1"), voted_on(stage, "A2")

    with pytest.raises(Faulty) as raised:
        taken_in(stage.edition, "entry;votes\nA1;1,000\nA2;12.000\n")

    assert [(fault.row, fault.column, fault.remedy) for fault in raised.value.faults] == [
        (2, "votes", "Write 1000, without a separator."),
        (3, "votes", "Write 12000, without a separator."),
    ]
    assert not counts()


def test_only_where_the_public_votes_is_there_such_a_spreadsheet(edition: Edition) -> None:
    without = a_juried_edition_of(
        "\n".join(
            line.replace("service-awards", "other")
            for line in DEFINITION.splitlines()
            if "public_vote" not in line
        )
    )

    assert "votes" in kinds_of(edition)
    assert columns_of("votes", edition) == ("entry", "votes", "stage")
    assert "votes" not in kinds_of(without)
    assert "votes" not in kinds_of(a_measured_edition())
    with pytest.raises(Refused, match="no_public_vote"):
        taken_in(without, "entry,votes\nA1,3\n")


def test_the_export_holds_what_was_entered_and_apart_from_it_what_was_voted_here(stage: Stage) -> None:
    b = voted_on(stage, "A2")
    voted_on(stage, "A1")
    import_rows("votes", stage.edition, [{"entry": "A1", "votes": "3"}], by="command", at=NOON)
    cast(stage, b, 2)

    files = dict(export_of(stage.edition))

    assert files["votes.csv"].lstrip("\ufeff").splitlines() == ["stage,entry,votes", "public,A1,3"]
    assert files["votes-here.csv"].lstrip("\ufeff").splitlines() == ["stage,entry,votes", "public,A2,2"]
    assert taken_in(stage.edition, files["votes.csv"]).unchanged == 1
