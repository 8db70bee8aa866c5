"""Marks that a jury gave on paper, brought in by the command line: all rows or none."""

import json
from datetime import timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from kaaring.audit.models import AuditLine
from kaaring.entries.models import Entry
from kaaring.jobs.imports import run_import
from kaaring.jury.actions.scorecards import reopen_scorecard, save_draft, submit_scorecard
from kaaring.jury.mark_rows import mark_cells
from kaaring.jury.models import Admission, Assignment, Juror, Mark, Scorecard, Stage
from kaaring.jury.queries.mark_rows import mark_columns_of
from kaaring.kernel.tables import Faulty, as_csv
from kaaring.programmes.models import Edition, Rules
from kaaring.programmes.queries import definition_in_force
from tests.build import NOON, a_member
from tests.jobs.test_import_commands import kaaring
from tests.jury.marking import (
    a_juried_edition_of,
    a_juror_of,
    a_sheet,
    a_stage,
    an_assignment,
    an_entry_of,
    by_juror,
    stored,
)

pytestmark = pytest.mark.django_db

MARKS = """\
entry;juror;juror_name;actions;results;other;idea;effect;reason_other;reason_idea;share_other;share_effect;comment;remark
A1;J1;;8;5;10;;;;;50;;Clear.;Well done.
A1;J2;Ola Nordmann;7;7,0;na;;;Nothing is said.;;;;;
B1;J1;;;;;9;4;;;;50;;
B1;J2;Ola Nordmann;;;;na;6;;Not my field.;;;;
"""


@pytest.fixture
def edition() -> Edition:
    made = a_juried_edition_of()
    an_entry_of(made, code="A1")
    an_entry_of(made, "bot", code="B1")
    a_juror_of(made, code="J1")
    return made


def taken_in(edition: Edition, text: str = MARKS, **changes: Any) -> Any:
    plain = {"dry_run": False, "by": "command", "at": NOON}
    return run_import("marks", edition, text.encode(), "marks.csv", **{**plain, **changes})


def faults_of(edition: Edition, text: str, **changes: Any) -> list[tuple[int | None, str | None, str]]:
    with pytest.raises(Faulty) as raised:
        taken_in(edition, text, **changes)
    return [(fault.row, fault.column, fault.what) for fault in raised.value.faults]


def scores() -> dict[tuple[str, str], Fraction]:
    return {
        (card.assignment.entry.code, card.assignment.juror.code): Fraction(card.score_of, card.score_in)
        for card in Scorecard.objects.select_related("assignment__entry", "assignment__juror")
        if card.score_of is not None and card.score_in is not None
    }


def test_marks_on_paper_become_final_scorecards_with_the_scores_a_hand_calculation_gives(
    edition: Edition, tmp_path: Path
) -> None:
    file = tmp_path / "marks.csv"
    file.write_text(MARKS)

    answered = kaaring("import", "marks", str(edition), file, "--json")

    assert (answered.code, answered.json["created"]) == (0, 4)
    # A1 by J1: (40·80 + 40·50 + ½·20·100) ÷ 100. A1 by J2: (40·70 + 40·70) ÷ 80, the third abstained from.
    # B1 by J1: effect weighs half of 50: (50·90 + 25·40) ÷ 75. B1 by J2: only effect is marked.
    assert scores() == {
        ("A1", "J1"): Fraction(62),
        ("A1", "J2"): Fraction(70),
        ("B1", "J1"): Fraction(220, 3),
        ("B1", "J2"): Fraction(60),
    }
    assert all(card.is_final and card.entered_by == "command" for card in Scorecard.objects.all())
    first = Scorecard.objects.get(assignment__entry__code="A1", assignment__juror__code="J1")
    assert (first.comment, first.remark) == ("Clear.", "Well done.")
    assert Mark.objects.get(abstained="Not my field.").criterion == "idea"


def test_what_the_marks_need_is_made_and_the_rules_freeze(edition: Edition) -> None:
    taken_in(edition)

    stage = Stage.objects.get()
    assert stage.code == "marking"
    assert stage.opens_at.isoformat() == "2030-01-29T23:00:00+00:00"
    assert stage.closes_at.isoformat() == "2030-02-10T23:00:00+00:00"
    assert set(Admission.objects.values_list("entry__code", flat=True)) == {"A1", "B1"}
    assert Assignment.objects.filter(stage=stage, is_manual=True, ended_at=None).count() == 4
    assert Juror.objects.get(code="J2").name == "Ola Nordmann"
    assert Rules.objects.get().frozen_at == NOON
    line = AuditLine.objects.get(doing="marks_imported")
    assert (line.details["created"], line.details["stage"], line.details["file"]) == (
        4,
        "marking",
        "marks.csv",
    )


def test_the_same_file_again_changes_nothing(edition: Edition) -> None:
    taken_in(edition)
    before = list(Scorecard.objects.order_by("pk").values())

    outcome = taken_in(edition, at=NOON + timedelta(days=1))

    assert (outcome.created, outcome.changed, outcome.unchanged) == (0, 0, 4)
    assert list(Scorecard.objects.order_by("pk").values()) == before
    assert AuditLine.objects.filter(doing="marks_imported").count() == 1


def test_a_corrected_row_replaces_the_marks_and_keeps_what_they_were(edition: Edition) -> None:
    taken_in(edition)

    outcome = taken_in(edition, MARKS.replace("A1;J1;;8;", "A1;J1;;10;"))

    assert (outcome.created, outcome.changed, outcome.unchanged) == (0, 1, 3)
    assert scores()["A1", "J1"] == Fraction(70)
    card = Scorecard.objects.get(assignment__entry__code="A1", assignment__juror__code="J1")
    assert card.marks.count() == 3
    kept = card.reopenings.get()
    assert (kept.reason, kept.before["score"]) == ("Brought in anew: marks.csv", "62/1")
    assert kept.before["marks"]["actions"] == {"steps": 8}


def test_a_trial_writes_nothing(edition: Edition) -> None:
    outcome = taken_in(edition, dry_run=True)

    assert (outcome.created, outcome.is_dry_run) == (4, True)
    assert not Scorecard.objects.exists()
    assert not Stage.objects.exists()
    assert Rules.objects.get().frozen_at is None


def test_an_import_that_makes_the_first_stage_lets_every_submitted_entry_in(edition: Edition) -> None:
    an_entry_of(edition, code="A2")
    an_entry_of(edition, code="A3", submitted_at=None)
    rows = "entry,juror,passes\nA1,J1,yes\n"

    taken_in(edition, rows, stage="screening")
    taken_in(edition)

    assert set(Admission.objects.values_list("stage__code", "entry__code")) == {
        ("screening", "A1"),
        ("screening", "A2"),
        ("screening", "B1"),
        ("marking", "A1"),
        ("marking", "B1"),
    }
    first = AuditLine.objects.filter(doing="entries_admitted", about="screening").get()
    assert first.details == {"entries": ["A1", "A2", "B1"]}


def test_an_answer_that_the_stage_does_not_ask_for_is_told_with_its_column(edition: Edition) -> None:
    head = "entry,juror,actions,results,other,rank,passes\n"
    assert faults_of(edition, head + "A1,J1,8,5,10,1,yes\n", stage="marking") == [
        (2, "passes", "This stage does not ask whether the entry passes."),
        (2, "rank", "This stage does not ask for a rank."),
    ]
    assert faults_of(edition, "entry,juror,passes,points\nA1,J1,,3\n", stage="screening") == [
        (2, "points", "This stage does not ask for points."),
        (2, "passes", "Say whether the entry passes, or abstain with a reason."),
    ]


def test_a_mark_that_became_a_date_is_said_to_look_like_one(edition: Edition) -> None:
    assert faults_of(edition, "entry,juror,actions,results,other\nA1,J1,03.apr,5,10\n") == [
        (2, "actions", "“03.apr” looks like a date, as spreadsheet programs make them of numbers.")
    ]


def test_every_fault_is_told_at_once_with_its_row_column_and_remedy(edition: Edition) -> None:
    text = """\
entry,juror,actions,results,other,idea,effect,reason_actions,reason_results,share_actions,comment
A1,J1,11,na,,,,,,50,
B1,J1,3,,,5,5.5,,,,
C9,J1,1,1,1,,,,,,
A1,J7,1,1,1,,,,,,
A1,J1,1,1,1,,,Why not,,,
,,,,,,,,,,x
"""
    assert sorted(faults_of(edition, text), key=str) == sorted(
        [
            (2, "actions", "“11” is not a mark on the scale."),
            (2, "results", "No reason says why the juror abstains."),
            (2, "other", "Other matters: no mark yet."),
            (2, "share_actions", "Actions: its weight is fixed."),
            (3, "actions", "B1 is in the category “Chatbot of the Year”, where “actions” is not marked."),
            (3, "effect", "“5.5” is not a mark on the scale."),
            (4, "entry", "There is no entry “C9” in this edition."),
            (5, "juror", "There is no juror “J7” in this edition."),
            (6, "juror", "Row 2 has marks by this juror for this entry already."),
            (6, "reason_actions", "A reason to abstain stands beside something other than “na”."),
            (7, "entry", "The cell is empty."),
            (7, "juror", "The cell is empty."),
        ],
        key=str,
    )
    assert not Scorecard.objects.exists()


def test_a_command_tells_the_faults_and_leaves_with_one(edition: Edition, tmp_path: Path) -> None:
    file = tmp_path / "marks.csv"
    file.write_text("entry,juror,actions,results,other\nA1,J1,8,five,3\n")

    said, for_programs = (
        kaaring("import", "marks", str(edition), file, *flags) for flags in ((), ("--json",))
    )

    assert said.code == for_programs.code == 1
    assert "marks.csv, row 2, column results: “five” is not a mark on the scale." in said.err
    assert "Write a mark from 0 to 10 in steps of 1, or na with a reason." in said.err
    faults = json.loads(for_programs.out)["refused"]["faults"]
    assert {(fault["row"], fault["column"], fault["value"]) for fault in faults} >= {(2, "results", "five")}


def test_entries_that_are_not_judged_are_faults(edition: Edition) -> None:
    Entry.objects.filter(code="A1").update(withdrawn_at=NOON, withdrawn_reason="Merged.")
    Entry.objects.filter(code="B1").update(submitted_at=None)

    found = faults_of(edition, MARKS)

    assert {(row, what) for row, _column, what in found} == {
        (2, "The entry A1 is not submitted, or was withdrawn."),
        (3, "The entry A1 is not submitted, or was withdrawn."),
        (4, "The entry B1 is not submitted, or was withdrawn."),
        (5, "The entry B1 is not submitted, or was withdrawn."),
    }


def test_what_a_juror_filled_in_is_never_replaced(edition: Edition) -> None:
    stage, juror = a_stage(edition), Juror.objects.get(code="J1")
    own = an_assignment(stage, Entry.objects.get(code="A1"), juror)
    save_draft(own.pk, a_sheet(), version=0, by=by_juror(own), at=NOON)
    drafting = faults_of(edition, MARKS)
    submit_scorecard(own.pk, a_sheet(actions=1), version=1, by=by_juror(own), at=NOON)
    final = faults_of(edition, MARKS)

    assert [(row, what) for row, _column, what in drafting] == [
        (2, "The juror has begun to mark this entry on their own pages.")
    ]
    assert [(row, what) for row, _column, what in final] == [
        (2, "The juror has given this entry other marks, and they are final.")
    ]
    assert stored(own).marks.get(criterion="actions").steps == 1


def test_an_imported_scorecard_that_was_reopened_can_be_brought_in_again(edition: Edition) -> None:
    taken_in(edition)
    card = Scorecard.objects.get(assignment__entry__code="A1", assignment__juror__code="J1")
    owner = a_member(edition.programme.organiser).public_id
    reopen_scorecard(card.pk, reason="Wrong sheet.", by=owner, at=NOON)

    outcome = taken_in(edition)

    assert (outcome.changed, outcome.unchanged) == (1, 3)
    card.refresh_from_db()
    assert (card.is_final, card.score_of) == (True, 62)


@pytest.mark.parametrize(
    ("columns", "rows", "kept", "stage"),
    [
        ("passes", {"A1": "yes", "B1": "no"}, [True, False], "screening"),
        ("rank", {"A1": "1", "B1": "1"}, [1, 1], "ranking"),
        ("points", {"A1": "10", "B1": "0"}, [10, 0], "sharing"),
    ],
)
def test_votes_ranks_and_points_go_into_the_stage_that_asks_for_them(
    edition: Edition, columns: str, rows: dict[str, str], kept: list[int], stage: str
) -> None:
    taken_in(edition, f"entry,juror,{columns}\n" + "".join(f"{entry},J1,{v}\n" for entry, v in rows.items()))

    found = Scorecard.objects.order_by("assignment__entry__code")
    assert {card.assignment.stage.code for card in found} == {stage}
    kept = {"yes": True, "no": False}
    assert [getattr(card, columns) for card in found] == [
        kept.get(v, v and v) if v in kept else int(v) for v in rows.values()
    ]


def test_ranks_given_twice_points_beyond_the_allowance_and_votes_left_out_are_faults(
    edition: Edition,
) -> None:
    an_entry_of(edition, code="A2")

    assert faults_of(edition, "entry,juror,rank\nA1,J1,1\nA2,J1,1\nB1,J1,1\n") == [
        (3, "rank", "The juror gives rank 1 to A1 too.")
    ]
    assert faults_of(edition, "entry,juror,points\nA1,J1,7\nA2,J1,4\nB1,J1,10\n") == [
        (3, "points", "The juror gives 11 points in this category, and has 10.")
    ]
    assert faults_of(edition, "entry,juror,points\nA1,J1,11\n")[0][:2] == (2, "points")
    assert faults_of(edition, "entry,juror,passes\nA2,J1,yes\nA1,J1,\n") == [
        (3, "passes", "Say whether the entry passes, or abstain with a reason.")
    ]
    assert faults_of(edition, "entry,juror,passes\nA1,J1,maybe\n")[0][:2] == (2, "passes")


def test_ranks_that_are_there_already_count_with_those_in_the_file(edition: Edition) -> None:
    an_entry_of(edition, code="A2")
    taken_in(edition, "entry,juror,rank\nA1,J1,1\n")

    assert faults_of(edition, "entry,juror,rank\nA2,J1,1\n") == [
        (2, "rank", "The juror gives rank 1 to A1 too.")
    ]


def test_abstaining_from_the_whole_entry_takes_a_reason_and_no_marks(edition: Edition) -> None:
    head = "entry,juror,actions,abstained\n"
    assert faults_of(edition, head + "A1,J1,5,My cousin.\n") == [
        (2, "abstained", "The juror abstains from the whole entry and marks it too.")
    ]

    taken_in(edition, head + "A1,J1,,My cousin.\n")

    card = Scorecard.objects.get()
    assert (card.abstained, card.score_of, card.marks.count()) == ("My cousin.", None, 0)


def test_a_named_stage_is_used_and_an_unknown_one_is_refused(edition: Edition, tmp_path: Path) -> None:
    file = tmp_path / "votes.csv"
    file.write_text("entry,juror,passes\nA1,J1,yes\n")

    good = kaaring("import", "marks", str(edition), file, "--stage", "screening")
    bad = kaaring("import", "marks", str(edition), file, "--stage", "encore")

    assert (good.code, bad.code) == (0, 1)
    assert "has no stage “encore” in which jurors mark" in bad.err


def test_a_stage_that_is_open_now_comes_before_the_last_one_in_the_rules() -> None:
    text = """
kaaring: 1
programme: {slug: two-rounds, name: Two Rounds}
edition: {slug: "1"}
jury:
  scale: {from: 1, to: 5, step: 0.5}
  stages: [{code: first, mode: scorecard}, {code: second, mode: scorecard}]
categories: [{code: centre, name: Centre, subject: team, criteria: [{code: actions}, {code: results}]}]
"""
    edition = a_juried_edition_of(text)
    for code in ("A1", "A2"):
        entry = an_entry_of(edition, code=code)
        entry.answers.all().delete()
    rows = "entry,juror,juror_name,actions,results\n{},J1,Kari,4.5,1\n"

    taken_in(edition, rows.format("A1"))
    Stage.objects.update(opens_at=NOON - timedelta(days=9), closes_at=NOON - timedelta(days=8))
    a_stage(edition, "first")
    taken_in(edition, rows.format("A2"))

    found = Scorecard.objects.order_by("pk").select_related("assignment__stage")
    assert [card.assignment.stage.code for card in found] == ["second", "first"]
    # 4.5 on a scale from 1 to 5 is 87.5 of 100, 1 is 0; without weights the mean is 43.75.
    assert set(scores().values()) == {Fraction(175, 4)}


def test_an_edition_without_a_jury_takes_no_marks() -> None:
    from tests.build import a_measured_edition

    with pytest.raises(Exception, match="no_stage_for_marks"):
        taken_in(a_measured_edition())


def test_what_is_written_out_reads_back_to_the_same(edition: Edition) -> None:
    taken_in(edition)
    columns = mark_columns_of(edition)
    jury = definition_in_force(edition).jury
    assert jury is not None
    cards = Scorecard.objects.select_related("assignment__entry", "assignment__juror")
    written = as_csv(columns, [mark_cells(card, columns, jury.scale) for card in cards])

    outcome = taken_in(edition, written)

    assert (outcome.created, outcome.changed, outcome.unchanged) == (0, 0, 4)
