"""From a definition file and spreadsheets to standings, through the command line alone."""

import csv
import io
import json
from collections.abc import Callable, Iterator
from datetime import datetime
from fractions import Fraction
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from kaaring.audit.models import AuditLine
from kaaring.fieldwork.models import Answer, Evaluation
from kaaring.people.models import Organiser
from kaaring.programmes.models import Edition, Programme
from kaaring.results.queries.live import standings
from kaaring.survey.models import Participant
from tests import measured
from tests.build import a_measured_edition, an_evaluation_row, an_organiser

pytestmark = pytest.mark.django_db

HOTLINE = """
kaaring: 1
programme: {slug: hotline-cup, name: Hotline Cup}
edition: {slug: "7", timezone: Asia/Tokyo, languages: [en]}
survey:
  channels: {phone: {attempts: 3}, letter: {name: Letter}}
  areas: [{code: reach}, {code: help}]
  themes: [{code: care}]
  questions:
    - {code: REACHED, area: reach, gate: unanswered, options: [{code: "yes"}, {code: "no", stops: true}]}
    - {code: WAIT, area: reach, measured: seconds, bands: {phone: [[30, 3], [90, 1.5]], letter: [[200, 2]]}}
    - {code: CARE, area: help, themes: [care], scale: [1, 7], points: 4}
    - code: STEPS
      area: help
      multiple: 2
      points: 2.5
      options: [{code: asked, points: 1}, {code: showed, points: 2}]
    - code: FIX
      area: help
      channels: [phone]
      options: [{code: full, points: 2}, {code: half, points: 1}, {code: none}]
      not_applicable: Nothing to fix
    - {code: MOOD, scored: false, options: [{code: up}, {code: down}]}
  comments: [help]
  classes: [{code: all}]
"""

FLAWLESS = """
kaaring: 1
programme: {slug: plain, name: Plain}
edition: {slug: "1", languages: [en]}
timeline: {announcement: 2999-01-01}
survey:
  channels: {phone: {}}
  areas: [{code: help}]
  questions: [{code: Q1, area: help, scale: [1, 5], points: 4}]
"""

EVALUATIONS = """\
enquiry;participant;channel;shopper;at;attempts;status;REACHED;WAIT;CARE;STEPS;FIX;MOOD;comment_help;excluded
1;east;phone;;2030-01-08 10:00;1;approved;yes;30;7;asked showed;full;up;Quick and kind.;
2;east;phone;;2030-01-08 11:00;2;;yes;30,5;3;asked;na;;;
3;east;letter;;2030-01-09;1;approved;yes;201;1;showed;;down;;
4;west;phone;;2030-01-08 10:00;3;approved;no;;;;;;;
5;west;phone;;2030-01-10 10:00;1;approved;yes;90;5;asked;half;;;
6;west;letter;;2030-01-11 10:00;1;approved;yes;10;7;showed;;up;;The letter was lost.
7;west;letter;;2030-01-11 10:00;1;rejected;yes;10;7;showed;;up;;
"""
PARTICIPANTS = "participant,name,class,channels\neast,East,all,phone letter\nwest,West,all,phone letter\n"


class Answered(NamedTuple):
    """What a command printed, and how it ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


def kaaring(*arguments: object) -> Answered:
    """Run a command as the command line does."""
    out, err = io.StringIO(), io.StringIO()
    code = 0
    try:
        call_command(*(str(one) for one in arguments), stdout=out, stderr=err)
    except SystemExit as end:
        code = int(end.code or 0)
    return Answered(code, out.getvalue(), err.getvalue())


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def file(tmp_path: Path) -> Callable[[str, str], Path]:
    def write(name: str, text: str) -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write


Write = Callable[[str, str], Path]


def test_an_edition_nobody_knew_gets_the_scores_that_a_hand_calculation_gives(file: Write) -> None:
    """The calculation, question by question, in points.

    ====  ======  ==========  =================  ==============  =====  ==================
    no.   WAIT    CARE        STEPS              FIX             total  of
    ====  ======  ==========  =================  ==============  =====  ==================
    1     3       4           min(1+2, 2.5)=2.5  2               11.5   3+4+2.5+2 = 11.5
    2     1.5     4·2/6=4/3   1                  n/a             23/6   3+4+2.5   = 9.5
    3     0       0           2                  not on letters  2      2+4+2.5   = 8.5
    4     nobody answered                                        0      11.5
    5     1.5     4·4/6=8/3   1                  1               37/6   11.5
    6, 7  excluded, rejected: they count nowhere
    ====  ======  ==========  =================  ==============  =====  ==================

    East: (100 + 100·(23/6)/9.5 + 100·2/8.5) / 3 = (100 + 2300/57 + 400/17) / 3.
    West: (0 + 100·(37/6)/11.5) / 2 = (0 + 3700/69) / 2.
    """
    assert kaaring("definition", "load", file("cup.yaml", HOTLINE)).code == 0
    assert kaaring("import", "participants", "hotline-cup/7", file("p.csv", PARTICIPANTS)).code == 0

    imported = kaaring("import", "evaluations", "hotline-cup/7", file("e.csv", EVALUATIONS), "--json")

    counts = {"created": 7, "changed": 0, "unchanged": 0}
    assert imported.json == {**counts, "held": [], "is_dry_run": False, "new_jurors": []}
    edition = Edition.objects.get()
    east, west = standings(edition).rows
    assert (east.participant.name, east.score) == ("East", (100 + Fraction(2300, 57) + Fraction(400, 17)) / 3)
    assert (west.participant.name, west.score) == ("West", Fraction(3700, 69) / 2)
    assert (east.enquiries, west.enquiries) == (3, 2)
    # The area «help»: 8.5 of 8.5, 7/3 of 6.5, 2 of 6.5; an unanswered enquiry is not observed in it.
    help_of = {row.participant.code: row.score for row in standings(edition, "area:help").rows}
    assert help_of["east"] == (100 + Fraction(100 * 7, 3) / Fraction(13, 2) + 200 / Fraction(13, 2)) / 3
    assert help_of["west"] == 100 * (Fraction(8, 3) + 2) / Fraction(17, 2)
    # The area of the gate question: 3 of 3, 1.5 of 3, 0 of 2; for West 0 of 3 and 1.5 of 3.
    reach_of = {row.participant.code: row.score for row in standings(edition, "area:reach").rows}
    assert reach_of == {"east": Fraction(150, 3), "west": Fraction(50, 2)}
    care_of = {row.participant.code: row.score for row in standings(edition, "theme:care").rows}
    assert care_of == {"east": (100 + Fraction(100, 3) + 0) / 3, "west": Fraction(200, 3)}
    assert kaaring("audit").code == 0


def test_a_time_without_a_zone_is_on_the_editions_clock(file: Write) -> None:
    kaaring("definition", "load", file("cup.yaml", HOTLINE))
    kaaring("import", "participants", "hotline-cup/7", file("p.csv", PARTICIPANTS))
    kaaring("import", "evaluations", "hotline-cup/7", file("e.csv", EVALUATIONS))

    first = Evaluation.objects.get(enquiry__code="1")

    assert first.at == datetime.fromisoformat("2030-01-08T10:00+09:00")


def test_what_is_exported_makes_the_same_edition_elsewhere(file: Write, tmp_path: Path) -> None:
    edition = a_measured_edition(participants=4, evaluations=12)
    shoppers = "shopper,name,email,languages,max_per_week,conflicts\n"
    shoppers += "S1,=Ann,a@example.org,nb en,3,centre-2\nS2,Bo,,,,\n"
    path = str(edition)
    kaaring("import", "shoppers", path, file("s.csv", shoppers))
    kaaring(
        "import", "enquiries", path,
        file("q.csv", "enquiry,participant,channel,shopper,scenario,window_from,window_to\n"
                      "later,centre-1,phone,S1,invoice,2030-03-01,2030-03-05\n"),
    )  # fmt: skip
    Evaluation.objects.filter(enquiry__code="centre-1-1").update(excluded="- the line was down")
    Evaluation.objects.filter(enquiry__code="centre-2-1").update(review="rejected")
    before = [(row.participant.code, row.score, row.place) for row in standings(edition).rows]

    exported = kaaring("export", path, "-o", tmp_path / "out", "--json")

    assert exported.json["files"] == [
        "definition.yaml", "participants.csv", "shoppers.csv", "enquiries.csv", "evaluations.csv",
    ]  # fmt: skip
    text = (
        (tmp_path / "out" / "definition.yaml").read_text().replace("slug: quality-prize", "slug: other-prize")
    )
    assert kaaring("definition", "load", file("other.yaml", text)).code == 0
    for kind in ("participants", "shoppers", "enquiries", "evaluations"):
        answered = kaaring("import", kind, "other-prize/2030", tmp_path / "out" / f"{kind}.csv")
        assert answered.code == 0, answered.err
    other = Edition.objects.get(programme__slug="other-prize")
    assert [(row.participant.code, row.score, row.place) for row in standings(other).rows] == before
    kaaring("export", "other-prize/2030", "-o", tmp_path / "again")
    for kind in ("participants", "shoppers", "enquiries", "evaluations"):
        name = f"{kind}.csv"
        assert (tmp_path / "again" / name).read_bytes() == (tmp_path / "out" / name).read_bytes()
    assert (
        kaaring("import", "evaluations", path, tmp_path / "out" / "evaluations.csv", "--json").json["created"]
        == 0
    )


def test_evaluations_under_earlier_rules_are_exported_with_them(file: Write, tmp_path: Path) -> None:
    a_measured_edition(participants=1, evaluations=2)
    changed = measured.SMALL_DEFINITION.replace("points: 5\n", "points: 10\n").replace("code: H1", "code: H2")
    kaaring("definition", "load", file("d.yaml", changed), "--new-version", "--reason", "S1 weighs more.")
    row = an_evaluation_row()
    cells = {"enquiry": "new", "participant": row.participant, "channel": "phone", "at": "2030-02-20T10:00",
             "attempts": "1", **measured.BY_PHONE, "H2": "yes"}  # fmt: skip
    columns = [
        *[
            "enquiry",
            "participant",
            "channel",
            "shopper",
            "at",
            "attempts",
            "status",
            "G1",
            "W1",
            "H2",
            "S1",
            "M1",
            "N1",
        ]
    ]
    text = ",".join(columns) + "\n" + ",".join(cells.get(column, "") for column in columns)
    assert kaaring("import", "evaluations", "quality-prize/2030", file("e.csv", text)).code == 0

    exported = kaaring("export", "quality-prize/2030", "-o", tmp_path / "out", "--json").json["files"]

    assert exported[-3:] == ["definition-1.yaml", "evaluations-1.csv", "evaluations.csv"]
    old, new = ((tmp_path / "out" / name).read_text("utf-8-sig") for name in exported[-2:])
    assert [one["enquiry"] for one in csv.DictReader(io.StringIO(old))] == ["centre-1-1", "centre-1-2"]
    assert [one["enquiry"] for one in csv.DictReader(io.StringIO(new))] == ["new"]
    assert kaaring("audit", "quality-prize/2030").code == 0


def test_an_import_with_faults_prints_them_all_and_ends_with_one(file: Write) -> None:
    a_measured_edition()
    path = file("P.csv", "participant,name,class,channels\n,x,banks,phone\ny,,banks,phone\n")

    spoken = kaaring("import", "participants", "quality-prize/2030", path)
    machine = kaaring("import", "participants", "quality-prize/2030", path, "--json")

    assert spoken.code == 1
    assert spoken.err.splitlines() == [
        "P.csv, row 2, column participant: The cell is empty. Fill it in.",
        "P.csv, row 3, column name: The cell is empty. Fill it in.",
        "2 faults were found, and nothing was written. Correct them and send the file again.",
    ]
    assert machine.code == 1
    assert [fault["row"] for fault in machine.json["refused"]["faults"]] == [2, 3]


def test_a_trial_says_so(file: Write) -> None:
    a_measured_edition()
    path = file("P.csv", "participant,name,class,channels\nnorth,North,banks,phone\n")

    answered = kaaring("import", "participants", "quality-prize/2030", path, "--dry-run")

    assert answered.out.strip() == "Nothing was written: this was a trial. 1 new, 0 changed, 0 as before."
    assert Participant.objects.count() == 2


def test_a_missing_file_and_an_unknown_edition_end_with_one_and_an_unknown_kind_with_two(
    tmp_path: Path,
) -> None:
    a_measured_edition()

    missing = kaaring("import", "participants", "quality-prize/2030", tmp_path / "none.csv")
    unknown = kaaring("import", "participants", "prize/1", tmp_path / "none.csv", "--json")

    assert (missing.code, unknown.code) == (1, 1)
    assert "none.csv cannot be read" in missing.err
    assert unknown.json["refused"]["code"] == "unknown_edition"
    with pytest.raises(CommandError) as caught:
        kaaring("import", "songs", "quality-prize/2030", tmp_path / "none.csv")
    assert "invalid choice" in str(caught.value)


def test_a_changed_sum_and_a_broken_log_are_found_by_the_audit() -> None:
    a_measured_edition(participants=1, evaluations=1)
    assert "1 evaluation: every stored sum equals its recomputation" in kaaring("audit").out
    Answer.objects.filter(question__code="S1").update(earned=1)
    AuditLine.objects.filter(doing="evaluations_submitted").update(why="nothing")

    spoken, machine = kaaring("audit", "quality-prize/2030"), kaaring("audit", "--json")

    assert spoken.code == 1
    assert spoken.out.splitlines() == [
        "quality-prize/2030, enquiry centre-1-1, question:S1: stored 1/5, the answers give 5/5.",
        "The log edition:quality-prize/2030 does not hold: line 4 was changed after it was written.",
    ]
    assert machine.code == 1
    assert machine.json["evaluations"] == 1
    assert machine.json["deviations"][0]["recomputed"] == "5/5"
    assert machine.json["breaks"][0]["number"] == 4


def test_a_definition_with_faults_is_told_line_by_line(file: Write) -> None:
    path = file("d.yaml", HOTLINE.replace("area: help, themes", "area: hlep, themes"))

    spoken, machine = kaaring("definition", "check", path), kaaring("definition", "check", path, "--json")

    assert (spoken.code, machine.code) == (1, 1)
    assert f"{path}:12:" in spoken.err
    assert [fault["line"] for fault in machine.json["faults"] if fault["severity"] == "error"] == [12]
    assert kaaring("definition", "load", path).code == 1
    assert len(kaaring("definition", "load", path, "--json").json["faults"]) == len(machine.json["faults"])
    assert not Edition.objects.exists()


def test_a_good_definition_is_said_to_be_good_and_a_warning_counts_only_when_strict(file: Write) -> None:
    good = kaaring("definition", "check", file("d.yaml", FLAWLESS))
    odd = file("odd.yaml", FLAWLESS.replace("{announcement: 2999-01-01}", "{announcement: 2020-01-01}"))

    assert good.code == 0
    assert "nothing is wrong, nothing is odd" in good.out
    assert kaaring("definition", "check", odd).code == 0
    assert kaaring("definition", "check", odd, "--strict").code == 1
    assert kaaring("definition", "load", odd).code == 0


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "d.yaml"
    path.write_bytes(b"\xff\xfe")

    assert "is not UTF-8" in kaaring("definition", "check", path).err


def test_frozen_rules_change_only_as_a_new_version_with_a_reason(file: Write) -> None:
    a_measured_edition(participants=1, evaluations=1)
    path = file("d.yaml", measured.SMALL_DEFINITION.replace("points: 5\n", "points: 6\n"))

    refused = kaaring("definition", "load", path)

    assert refused.code == 1
    assert "These rules are frozen" in refused.err
    assert "S1" in refused.err
    with pytest.raises(CommandError, match="--reason"):
        kaaring("definition", "load", path, "--new-version")
    loaded = kaaring("definition", "load", path, "--new-version", "--reason", "S1 weighs more.", "--json")
    assert (loaded.code, loaded.json["version"]) == (0, 2)


def test_a_definition_finds_its_organiser(file: Write) -> None:
    path = file("d.yaml", measured.SMALL_DEFINITION)
    again = file("e.yaml", measured.SMALL_DEFINITION.replace("quality-prize", "second-prize"))

    assert kaaring("definition", "load", path).code == 0
    assert kaaring("definition", "load", again).code == 0
    assert [one.slug for one in Organiser.objects.all()] == ["quality-prize"]
    an_organiser("other")
    third = file("f.yaml", measured.SMALL_DEFINITION.replace("quality-prize", "third-prize"))
    unclear, typed = (
        kaaring("definition", "load", third),
        kaaring("definition", "load", third, "--organiser", "oter"),
    )
    assert (unclear.code, typed.code) == (1, 1)
    assert "one of: other, quality-prize" in unclear.err
    assert kaaring("definition", "load", third, "--organiser", "other").code == 0
    assert Programme.objects.get(slug="third-prize").organiser.slug == "other"
    assert kaaring("definition", "load", third).code == 0


def test_the_first_organiser_can_be_named(file: Write) -> None:
    kaaring("definition", "load", file("d.yaml", measured.SMALL_DEFINITION), "--organiser", "acme")

    assert [(one.slug, one.name) for one in Organiser.objects.all()] == [("acme", "Quality Prize")]


def test_a_definition_is_dumped_so_that_it_loads_as_the_same(file: Write) -> None:
    a_measured_edition(participants=1, evaluations=1)

    dumped = kaaring("definition", "dump", "quality-prize/2030")

    assert kaaring("definition", "load", file("d.yaml", dumped.out), "--json").json["version"] == 1
    assert kaaring("definition", "dump", "quality-prize/2030", "--json").json["kaaring"] == 1


def test_the_schema_is_printed_for_editors() -> None:
    assert kaaring("definition", "schema").json["$schema"].startswith("https://json-schema.org/")


def test_a_folder_that_cannot_be_written_is_told(file: Write) -> None:
    a_measured_edition(participants=1)
    taken = file("taken", "x")

    assert "cannot be written" in kaaring("export", "quality-prize/2030", "-o", taken / "in").err
