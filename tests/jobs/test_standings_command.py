"""`kaaring standings`, `publish` and `withdraw`: what scripts and spreadsheets get."""

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import translation

from kaaring.programmes.models import Edition
from kaaring.results import actions
from kaaring.results.models import Run
from tests.results.build import LATER, a_participant, an_edition, by_phone

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def an_edition_with_scores() -> Edition:
    edition = an_edition()
    by_phone(a_participant(edition, "ann"), 20, 17, 20)
    by_phone(a_participant(edition, "bo"), 10, 10)
    by_phone(a_participant(edition, "cy"), 10, 10)
    by_phone(a_participant(edition, "dee", "alarm"), 20)
    return edition


def printed(*arguments: str, to: io.StringIO | None = None, **options: Any) -> str:
    out = to or io.StringIO()
    call_command(*arguments, stdout=out, **options)
    return out.getvalue()


def as_json(*arguments: str) -> Any:
    return json.loads(printed(*arguments, "--json"))


def test_json_gives_exact_fractions_places_and_means() -> None:
    an_edition_with_scores()
    answer = as_json("standings", "prisen/2021")

    assert answer["edition"] == "prisen/2021"
    assert answer["measure"] == "total"
    assert answer["lines"][0] | {"low": 0, "high": 0} == {
        "place": 1,
        "shared": False,
        "participant": "ann",
        "name": "Ann",
        "class": "banks",
        "score": 95.0,
        "low": 0,
        "high": 0,
        "enquiries": 3,
        "exact": "95/1",
    }
    assert answer["mean"] == {"score": 65.0, "exact": "65/1"}
    assert answer["class_means"] == {"banks": {"score": 65.0, "exact": "65/1"}}


def test_json_says_why_there_is_no_place() -> None:
    an_edition_with_scores()
    *_others, dee = as_json("standings", "prisen/2021")["lines"]

    assert (dee["place"], dee["score"], dee["exact"], dee["low"]) == (None, None, None, None)
    assert dee["why"] == "too_few_enquiries"


def test_json_of_an_empty_edition_has_no_mean() -> None:
    an_edition()

    assert as_json("standings", "prisen/2021") == {
        "edition": "prisen/2021",
        "measure": "total",
        "lines": [],
        "mean": None,
        "class_means": {},
    }


def test_csv_is_written_where_the_output_is_no_terminal() -> None:
    an_edition_with_scores()
    lines = list(csv.DictReader(io.StringIO(printed("standings", "prisen/2021"))))

    assert list(lines[0]) == [
        *("place", "shared", "participant", "name", "class", "score", "low", "high", "enquiries")
    ]
    assert [(line["place"], line["shared"], line["participant"]) for line in lines] == [
        ("1", "false", "ann"),
        ("2", "true", "bo"),
        ("2", "true", "cy"),
        ("", "false", "dee"),
    ]
    assert lines[0]["score"] == "95.0"


def test_people_at_a_terminal_get_a_table_and_csv_only_when_they_ask() -> None:
    an_edition_with_scores()
    table = printed("standings", "prisen/2021", to=Terminal())

    assert "    1  Ann" in table
    assert "   2=  Bo" in table
    assert "1 enquiry is too few for a score." in table
    assert "Mean: 65.0" in table
    assert printed("standings", "prisen/2021", "--csv", to=Terminal()).startswith("place,shared,")


def test_a_measure_a_class_and_a_day_can_be_chosen() -> None:
    an_edition_with_scores()
    lines = as_json("standings", "prisen/2021", "--measure", "question:KB2", "--class", "banks")["lines"]

    assert [line["score"] for line in lines] == [100.0, 0.0, 0.0]
    assert as_json("standings", "prisen/2021", "--at", "2021-01-14")["mean"] is None


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["standings", "prisen/2022"], "unknown_edition"),
        (["standings", "prisen/2021", "--measure", "area:x"], "unknown_measure"),
        (["standings", "prisen/2021", "--class", "x"], "unknown_class"),
        (["publish", "prisen/2021"], "awards_undecided"),
        (["withdraw", "prisen/2021", "--reason", "Wrong day."], "nothing_published"),
    ],
)
def test_input_at_fault_ends_with_1_and_says_what_is_wrong(arguments: list[str], code: str) -> None:
    an_edition_with_scores()
    out = io.StringIO()
    with pytest.raises(SystemExit) as left:
        call_command(*arguments, "--json", stdout=out)

    assert left.value.code == 1
    assert json.loads(out.getvalue())["refused"]["code"] == code


def test_a_day_that_is_none_is_wrong_usage() -> None:
    with pytest.raises(CommandError, match="invalid"):
        call_command("standings", "prisen/2021", "--at", "soon")


def test_a_run_is_published_and_withdrawn() -> None:
    edition = an_edition_with_scores()
    actions.decide_open_awards(edition, by="command", at=LATER)
    published = as_json("publish", "prisen/2021")
    run = Run.objects.get()

    assert published == {
        "edition": "prisen/2021",
        "run": 1,
        "evaluations": 8,
        "input": run.input_digest,
        "digest": run.digest,
    }
    assert "run 2 is published" in printed("publish", "prisen/2021")
    assert "run 2 is withdrawn" in printed("withdraw", "prisen/2021", "--reason", "Wrong day.")
    assert "run 3 is published" in printed("publish", "prisen/2021")
    assert as_json("withdraw", "prisen/2021", "--reason", "Wrong day.") == {
        "edition": "prisen/2021",
        "run": 3,
        "reason": "Wrong day.",
    }
