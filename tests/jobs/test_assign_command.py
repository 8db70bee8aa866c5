"""`kaaring assign`: the plan in words and as data, tried and taken."""

import io
import json
from typing import Any

import pytest
from django.core.management import call_command

from kaaring.jobs.actions import ask_for
from kaaring.jobs.models import Job
from kaaring.jury.models import Assignment, Stage
from kaaring.jury.queries.plans import plan_from
from tests.build import a_measured_edition, a_member
from tests.juried import a_juried_edition, a_juror, a_stage
from tests.jury.build import bare_entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage() -> Stage:
    """A stage whose end is far off for the clock of the command."""
    edition = a_juried_edition()
    for _turn in range(4):
        bare_entry(edition)
        a_juror(edition)
    return a_stage(edition)


def printed(*arguments: str, **options: Any) -> str:
    out = io.StringIO()
    call_command("assign", "service-awards/2030", *arguments, stdout=out, **options)
    return out.getvalue()


def test_a_trial_shows_the_plan_and_writes_nothing(stage: Stage) -> None:
    said = printed("screening", "--dry-run")

    assert "4 entries. An entry is read by 2 jurors. Every reading is placed." in said
    assert "All entries comparable: yes." in said
    assert "Nothing was written: this was a trial." in said
    assert not Assignment.objects.exists()


def test_the_plan_is_taken_and_told_as_data(stage: Stage) -> None:
    answer = json.loads(printed("screening", "--seed", "5", "--json"))

    assert (answer["edition"], answer["stage"], answer["seed"]) == ("service-awards/2030", "screening", 5)
    assert answer["stored"] == {"new": 8, "ended": 0, "stayed": 0}
    assert sorted(answer["loads"].values()) == [2, 2, 2, 2]
    assert (answer["is_comparable"], answer["gap"], answer["unplaced"]) == (True, 0, [])
    told = {(one["juror"], one["entry"]) for one in answer["assignments"]}
    assert told == set(Assignment.objects.values_list("juror__code", "entry__code"))
    assert sum(one["lottery"] for one in answer["assignments"]) == 4


def test_it_is_said_in_words_how_much_is_new(stage: Stage) -> None:
    printed("screening")

    assert "0 new, 0 ended, 8 as before." in printed("screening")


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("interviews", "have no stage “interviews”. Those they have: screening, marking, final."),
        ("final", "The stage “final” has no period yet."),
    ],
)
def test_a_stage_that_is_not_there_is_refused_with_the_way_out(
    stage: Stage, code: str, sentence: str, capsys: Any
) -> None:
    errors = io.StringIO()
    with pytest.raises(SystemExit) as left:
        printed(code, stderr=errors)

    assert left.value.code == 1
    assert sentence in errors.getvalue()


def test_a_measured_edition_has_nothing_to_assign(capsys: Any) -> None:
    edition = a_measured_edition()
    errors = io.StringIO()
    with pytest.raises(SystemExit):
        call_command("assign", str(edition), "final", stderr=errors)

    assert "Those they have: none." in errors.getvalue()


def test_a_page_gets_its_plan_from_the_background(stage: Stage) -> None:
    owner = a_member(stage.edition.programme.organiser)
    arguments = {"stage": "screening", "seed": 3}

    job = ask_for(Job.Kind.ASSIGNMENT, stage.edition, arguments, total=0, by=owner, at=stage.opens_at)

    assert job.failure == ""
    plan = plan_from(job.outcome)
    assert (plan.stage, plan.seed, len(plan.pairs)) == ("screening", 3, 8)
    assert not Assignment.objects.exists()
