"""`kaaring standings --category`, `publish`, `audit` and `export` of an edition with a jury."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from kaaring.jury.models import Scorecard
from kaaring.programmes.models import Edition
from kaaring.results.models import Run
from tests.jury.marking import a_stage
from tests.results.jury import a_judged_edition, an_idea, decide_for, filled_in, jury_of

pytestmark = pytest.mark.django_db
EDITION = "service-awards/2030"
TWO_STAGES = (
    "[{code: screening, name: Screening, mode: pass_fail, passes: 1},"
    " {code: marking, name: Marking, mode: scorecard}]"
)


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def printed(*arguments: str, to: io.StringIO | None = None, **options: Any) -> str:
    out = to or io.StringIO()
    call_command(*arguments, stdout=out, **options)
    return out.getvalue()


def a_field() -> Edition:
    """A with 70, B with 224/3 = 74.67, C with one scorecard of the two it needs; a small centre."""
    stage = a_stage(a_judged_edition(combine="{method: mean, minimum_marks: 2}"))
    an_idea(stage, "A", (7, 7), (7, 7))
    an_idea(stage, "B", (9, 9), (6, 8), (7, 6))
    an_idea(stage, "C", (10, 10))
    for code in "ST":
        an_idea(stage, code, (5, 5), (6, 6), category="centre", division="small")
    return stage.edition


def test_csv_has_the_columns_of_the_format_and_full_precision() -> None:
    a_field()
    rows = list(csv.DictReader(io.StringIO(printed("standings", EDITION, category="idea"))))

    assert list(rows[0]) == [
        "place",
        "shared",
        "entry",
        "title",
        "category",
        "score",
        "low",
        "high",
        "scorecards",
    ]
    assert [
        (row["place"], row["shared"], row["entry"], row["category"], row["scorecards"]) for row in rows
    ] == [
        ("1", "false", "B", "idea", "3"),
        ("2", "false", "A", "idea", "2"),
        ("", "false", "C", "idea", "1"),
    ]
    assert float(rows[0]["score"]) == 224 / 3
    assert (rows[1]["title"], rows[1]["score"], rows[2]["score"]) == ("Case A", "70.0", "")


def test_json_gives_exact_fractions_and_says_why_there_is_no_place() -> None:
    a_field()
    answer = json.loads(printed("standings", EDITION, "--json", category="idea"))

    assert (answer["edition"], answer["category"], answer["stage"], answer["mode"]) == (
        EDITION,
        "idea",
        "marking",
        "scorecard",
    )
    first, _second, last = answer["lines"]
    assert (first["exact"], first["score"], first["place"], first["organisation"]) == (
        "224/3",
        224 / 3,
        1,
        "House of B",
    )
    assert (last["place"], last["exact"], last["why"]) == (None, None, "too_few_scorecards")
    assert "why" not in first


def test_divisions_stand_one_after_the_other_each_with_its_own_places() -> None:
    a_field()
    rows = list(csv.DictReader(io.StringIO(printed("standings", EDITION, category="centre"))))

    assert [(row["place"], row["shared"], row["entry"], row["category"]) for row in rows] == [
        ("1", "true", "S", "centre/small"),
        ("1", "true", "T", "centre/small"),
    ]


def test_on_a_terminal_people_read_a_table() -> None:
    a_field()
    said = printed("standings", EDITION, to=Terminal(), category="idea").splitlines()

    assert said[0] == "Idea of the Year, stage marking"
    assert said[1].split() == ["1", "B", "Case", "B", "74.7"]
    assert said[3].endswith("1 scorecard is too few for a score.")


def test_a_stage_can_be_named_and_one_without_a_category_cannot() -> None:
    edition = a_judged_edition(stages=TWO_STAGES)
    screening, stage = a_stage(edition, "screening"), a_stage(edition)
    entry = an_idea(stage, "A", (7, 7))
    screening.admissions.create(entry=entry, admitted_at=screening.opens_at)
    filled_in(screening, entry, *jury_of(edition, 1), passes=False)

    answer = json.loads(printed("standings", EDITION, "--json", category="idea", stage="screening"))
    assert (answer["mode"], answer["lines"][0]["why"], answer["lines"][0]["value"]) == (
        "pass_fail",
        "not_passed",
        "0/1",
    )
    for wrong in ({"stage": "screening"}, {"category": "idea", "measure": "total"}):
        with pytest.raises(CommandError):
            printed("standings", EDITION, **wrong)


def test_an_unknown_category_is_at_fault_and_told_with_those_there_are(capsys: Any) -> None:
    a_field()
    with pytest.raises(SystemExit) as left:
        call_command("standings", EDITION, category="nothing")

    assert left.value.code == 1
    assert "There is no category “nothing” here. Known: idea, centre." in capsys.readouterr().err


def test_publish_says_how_many_scorecards_count() -> None:
    edition = a_judged_edition(awards=False)
    an_idea(a_stage(edition), "A", (7, 7), (6, 6))
    answer = json.loads(printed("publish", EDITION, "--json"))

    run = Run.objects.get()
    assert answer == {
        "edition": EDITION,
        "run": 1,
        "evaluations": 0,
        "scorecards": 2,
        "input": run.input_digest,
        "digest": run.digest,
    }


def test_the_audit_recomputes_kept_scores_and_names_the_one_that_differs(capsys: Any) -> None:
    edition = a_field()
    assert "scorecards: 10. Every stored sum and score" in printed("audit", str(edition))
    card = Scorecard.objects.get(assignment__entry__code="C")
    Scorecard.objects.filter(pk=card.pk).update(score_of=99, score_in=1)

    with pytest.raises(SystemExit):
        call_command("audit", str(edition))
    assert capsys.readouterr().out.strip() == (
        f"service-awards/2030, stage marking, entry C, juror {card.assignment.juror.code}: "
        "stored 99/1, the marks give 100/1."
    )
    with pytest.raises(SystemExit):
        call_command("audit", str(edition), "--json")
    answer = json.loads(capsys.readouterr().out)
    assert answer["scorecards"] == 10
    assert answer["deviations"] == [
        {
            "edition": "service-awards/2030",
            "stage": "marking",
            "entry": "C",
            "juror": card.assignment.juror.code,
            "stored": "99/1",
            "recomputed": "100/1",
        }
    ]


def test_a_kept_score_that_was_taken_away_differs_too(capsys: Any) -> None:
    edition = a_field()
    Scorecard.objects.filter(assignment__entry__code="C").update(score_of=None, score_in=None)

    with pytest.raises(SystemExit):
        call_command("audit", str(edition))
    assert "stored –, the marks give 100/1." in capsys.readouterr().out


def test_what_is_exported_can_be_taken_in_again_and_gives_the_same_standings(tmp_path: Path) -> None:
    edition = a_judged_edition(stages=TWO_STAGES, discretion="ceiling")
    screening, stage = a_stage(edition, "screening"), a_stage(edition)
    entry = an_idea(stage, "A", (7, 7), (8, 5))
    an_idea(stage, "B", (9, 9), (6, 8))
    screening.admissions.create(entry=entry, admitted_at=screening.opens_at)
    filled_in(screening, entry, *jury_of(edition, 1), passes=True)
    before = json.loads(printed("standings", EDITION, "--json", category="idea"))["lines"]
    answer = json.loads(printed("export", EDITION, "--json", output=tmp_path))

    assert answer["files"] == [
        "definition.yaml",
        "jurors.csv",
        "entries.csv",
        "marks-screening.csv",
        "marks-marking.csv",
    ]
    text = (tmp_path / "definition.yaml").read_text().replace('"2030"', '"2031"').replace("'2030'", "'2031'")
    (tmp_path / "again.yaml").write_text(text)
    printed("definition", "load", str(tmp_path / "again.yaml"))
    again = "service-awards/2031"
    for kind in ("jurors", "entries"):
        printed("import", kind, again, str(tmp_path / f"{kind}.csv"))
    for one in ("screening", "marking"):
        printed("import", "marks", again, str(tmp_path / f"marks-{one}.csv"), "--stage", one)
    after = json.loads(printed("standings", again, "--json", category="idea"))["lines"]

    assert after == before


def test_publishing_needs_the_jurys_awards_to_be_decided(capsys: Any) -> None:
    edition = a_field()
    decide_for(edition.entries.get(code="B"))
    with pytest.raises(SystemExit):
        call_command("publish", EDITION, "--json")

    refused = json.loads(capsys.readouterr().out)["refused"]
    assert (refused["code"], refused["details"]) == (
        "awards_undecided",
        ["Best small centre", "Best large centre"],
    )
