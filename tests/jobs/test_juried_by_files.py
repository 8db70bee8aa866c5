"""A jury's edition that nobody knew, from three files to scores and places, by the command line alone."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation

from tests.build import an_organiser
from tests.jobs.test_import_commands import kaaring

pytestmark = pytest.mark.django_db

DEFINITION = """
kaaring: 1
programme: {slug: harbour-prize, name: Harbour Prize}
edition: {slug: "3", timezone: Asia/Tokyo, languages: [en]}
timeline: {entries: [2029-01-01, 2029-03-31], judging: [2029-04-01, 2029-05-01]}
jury:
  scale: {from: 0, to: 10, step: 0.5}
  combine: {method: mean, minimum_marks: 2, ties: ["criterion:results", jury]}
  stages: [{code: reading, mode: scorecard}]
facts: [{code: boats, name: How many boats?, kind: number}]
categories:
  - code: crew
    name: Crew of the Year
    subject: [team, organisation]
    criteria:
      - {code: actions, weight: 40}
      - {code: results, weight: 40}
      - {code: other, weight: 20, discretion: ceiling}
    eligibility: [{rule: size, what: boats, min: 2}]
  - code: sale
    name: Sale of the Year
    subject: person
    criteria:
      - {code: results, weight: 90}
      - {code: extras, weight: 10, discretion: rescaled}
"""

ENTRIES = """\
entry;category;title;organisation;actions;results;other;extras;nominee;boats
E1;crew;North crew;North Harbour;Trained;Faster;Singing;;;3
E2;crew;South crew;South Harbour;Trained;Faster;;;;4
E3;crew;East crew;East Harbour;Trained;Faster;;;;
E4;crew;West crew;West Harbour;Trained;Faster;;;;9
E5;crew;Inner crew;North Harbour;Trained;Faster;;;;2
S1;sale;One thousand ropes;South Harbour;;A thousand;;And a boat;Aiko;
"""

MARKS = """\
entry,juror,juror_name,actions,results,other,extras,reason_results,reason_extras,share_other,share_extras
E1,J1,Bea,8,6,10,,,,50,
E1,J2,Cho,7,7.5,5,,,,,
E1,J3,Dag,9,na,4,,I know their numbers.,,,
E2,J1,Bea,6,8,7,,,,,
E2,J2,Cho,5,7,10,,,,,
E3,J1,Bea,8,6,7,,,,,
E3,J2,Cho,7,5,10,,,,,
E4,J3,Dag,10,10,10,,,,,
E5,J1,Bea,2,4,9,,,,0,
E5,J2,Cho,0,0,0,,,,,
E5,J3,Dag,5,5,5,,,,,
S1,J1,Bea,,8,,2,,,,50
S1,J2,Cho,,7,,na,,Nothing is said.,,
"""


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def files_in(folder: Path, **texts: str) -> dict[str, Path]:
    paths = {}
    for name, text in texts.items():
        paths[name] = folder / f"{name}.csv"
        paths[name].write_text(text)
    return paths


def lines_of(edition: str, category: str) -> list[dict[str, Any]]:
    answered = kaaring("standings", edition, "--category", category, "--json")
    assert answered.code == 0, answered.err
    lines: list[dict[str, Any]] = answered.json["lines"]
    return lines


def told(lines: list[dict[str, Any]]) -> list[tuple[str, int | None, str | None, int]]:
    return [(line["entry"], line["place"], line["exact"], line["scorecards"]) for line in lines]


@pytest.fixture
def paths(tmp_path: Path) -> dict[str, Path]:
    """The edition as three files bring it in."""
    an_organiser()
    paths = files_in(tmp_path, definition=DEFINITION, entries=ENTRIES, marks=MARKS)
    assert kaaring("definition", "load", paths["definition"]).code == 0
    for kind in ("entries", "marks"):
        answered = kaaring("import", kind, "harbour-prize/3", paths[kind])
        assert answered.code == 0, answered.err
    return paths


CREW = [
    # E1. J1: other counts half of its 20: (40·80 + 40·60 + 10·100) / 100 = 66.
    #     J2: (40·70 + 40·75 + 20·50) / 100 = 68. J3 abstains from results: (40·90 + 20·40) / 60 = 220/3.
    #     (66 + 68 + 220/3) / 3 = 622/9, about 69.1.
    ("E1", 1, "622/9", 3),
    # E2 and E3. J1: 24 + 32 + 14 = 32 + 24 + 14 = 70. J2: 20 + 28 + 20 = 28 + 20 + 20 = 68.
    #     Both 69; results are (80 + 70) / 2 = 75 against (60 + 50) / 2 = 55.
    ("E2", 2, "69/1", 2),
    ("E3", 3, "69/1", 2),
    # E5. J1 lets other count nothing, and what it would weigh goes to nobody: (40·20 + 40·40) / 100 = 24.
    #     J2: 0. J3: 50. (24 + 0 + 50) / 3.
    ("E5", 4, "74/3", 3),
    # E4. One scorecard of the two it needs.
    ("E4", None, None, 1),
]
SALE = [
    # J1 lets extras count half, and results grow: (90·80 + 5·20) / 95 = 1460/19. J2 abstains from extras: 70.
    #     (1460/19 + 70) / 2 = 1395/19.
    ("S1", 1, "1395/19", 2)
]


def test_three_files_give_the_scores_and_places_of_a_hand_calculation(paths: dict[str, Path]) -> None:
    crew = lines_of("harbour-prize/3", "crew")

    assert told(crew) == CREW
    assert [line["shared"] for line in crew[:3]] == [False, False, False]
    assert crew[-1]["why"] == "too_few_scorecards"
    assert told(lines_of("harbour-prize/3", "sale")) == SALE
    assert kaaring("audit").code == 0


def test_an_entry_without_marks_stands_among_those_that_have_no_place(tmp_path: Path) -> None:
    an_organiser()
    marks = "\n".join(line for line in MARKS.splitlines() if not line.startswith("E4"))
    paths = files_in(tmp_path, definition=DEFINITION, entries=ENTRIES, marks=marks)
    assert kaaring("definition", "load", paths["definition"]).code == 0
    for kind in ("entries", "marks"):
        assert kaaring("import", kind, "harbour-prize/3", paths[kind]).code == 0

    crew = lines_of("harbour-prize/3", "crew")

    assert told(crew) == [*CREW[:-1], ("E4", None, None, 0)]
    assert crew[-1]["why"] == "too_few_scorecards"


def test_the_same_files_again_change_nothing(paths: dict[str, Path]) -> None:
    for kind, count in (("entries", 6), ("marks", 13)):
        answered = kaaring("import", kind, "harbour-prize/3", paths[kind], "--json")
        assert (answered.json["created"], answered.json["changed"], answered.json["unchanged"]) == (
            0,
            0,
            count,
        )
    assert told(lines_of("harbour-prize/3", "crew")) == CREW


def test_what_is_exported_gives_the_same_scores_and_places_elsewhere(
    paths: dict[str, Path], tmp_path: Path
) -> None:
    assert kaaring("export", "harbour-prize/3", "-o", tmp_path / "out").code == 0
    text = (tmp_path / "out" / "definition.yaml").read_text()
    other = files_in(tmp_path, other=text.replace("harbour-prize", "other-prize"))["other"]
    assert kaaring("definition", "load", other).code == 0

    for kind, name in (("jurors", "jurors"), ("entries", "entries"), ("marks", "marks-reading")):
        answered = kaaring("import", kind, "other-prize/3", tmp_path / "out" / f"{name}.csv")
        assert answered.code == 0, answered.err

    assert told(lines_of("other-prize/3", "crew")) == CREW
    assert told(lines_of("other-prize/3", "sale")) == SALE
