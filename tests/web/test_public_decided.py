"""“How it was decided” tells of the stages that decided and of nothing else, as the rulebook did before."""

import html
from typing import Any

import pytest
from django.test import Client

from kaaring.jury.models import Stage
from kaaring.jury.sheets import Filled
from kaaring.results.actions import publish_run
from kaaring.web.public.kept import PAGES
from tests.build import NOON
from tests.jury.marking import a_stage
from tests.results.jury import (
    a_blended_edition,
    a_judged_edition,
    an_idea,
    filled_in,
    in_stage,
    jury_of,
    votes,
)
from tests.web.test_organiser_scores import text_of

pytestmark = pytest.mark.django_db
COMBINE = '{method: median, minimum_marks: 1, ties: ["criterion:effect", jury]}'
MARKS = "A juror marks every criterion from 0 to 10"
MEDIAN = "The entry's score is the middle one of its jurors' scores (the median)."
BY_CRITERION = "the higher mean mark on “Effect”"
BY_JURY = "this decides, in this order: the jury, in a recorded decision."


@pytest.fixture(autouse=True)
def _fresh_pages() -> None:
    PAGES.clear()


def read(where: str) -> str:
    return html.unescape(text_of(Client().get(f"/en/service-awards/2030/{where}")))


def decided(where: str = "results/idea/") -> str:
    said = read(where)
    return said[said.index("How it was decided") :]


def the_stage(mode: str, **rules: str) -> Stage:
    stages = f"[{{code: round, name: The round, mode: {mode}}}]"
    edition = a_judged_edition(**{"stages": stages, "combine": COMBINE, "awards": False, **rules})  # type: ignore[arg-type]
    return a_stage(edition, "round")


def published(mode: str, **rules: str) -> None:
    """Two ideas that one juror has judged, or the public, in a stage of this mode."""
    stage = the_stage(mode, **rules)
    entries = [in_stage(stage, code) for code in "AB"]
    if mode.startswith("public_vote"):
        votes(stage, dict(zip(entries, (3, 1), strict=True)))
    else:
        (juror,) = jury_of(stage.edition, 1)
        for rank, entry in enumerate(entries, 1):
            filled_in(stage, entry, juror, **_sheet(mode, rank))
    publish_run(stage.edition, by="test", at=NOON)


def _sheet(mode: str, rank: int) -> dict[str, Any]:
    given: dict[str, dict[str, Any]] = {
        "ranking": {"rank": rank},
        "points": {"points": rank},
        "pass_fail": {"passes": True},
    }
    return given.get(mode.partition(",")[0], {"marks": {"idea": Filled(rank), "effect": Filled(rank)}})


MODES = [
    ("scorecard", [MARKS, MEDIAN, BY_CRITERION, "; the jury, in a recorded decision"]),
    ("site_visit", [MARKS, MEDIAN, BY_CRITERION]),
    (
        "ranking",
        [
            "by points for each entry ranked below (Borda)",
            "from 0 for the last to 100 for the first",
            BY_JURY,
        ],
    ),
    (
        "ranking, count: schulze",
        ["(Schulze)", "there are no scores", "are parted by the jury, in a recorded decision"],
    ),
    (
        "ranking, count: stv, shortlist: {top: 3}",
        [
            "(single transferable vote)",
            "There are 3 seats. Elected is who has the votes divided by 4, rounded down, and one more",
            "Where no step parts them, the jury does, in a recorded decision.",
            "Where nothing else parts them, a lot does.",
        ],
    ),
    (
        "points, points: 7",
        ["Each juror has 7 points to share out", "its share, in per cent, of all the points", BY_JURY],
    ),
    (
        "public_vote",
        ["the votes are counted elsewhere", "its share, in per cent, of all votes", BY_JURY],
    ),
    ("public_vote, voting: confirmed_email", ["one vote for each e-mail address in each category"]),
    (
        "pass_fail, passes: 2",
        ["whether it passes. It takes 2 votes for it.", "This gives neither scores nor places."],
    ),
]


@pytest.mark.parametrize(("mode", "sentences"), MODES, ids=[mode for mode, _sentences in MODES])
def test_results_and_rulebook_tell_how_a_mode_comes_to_places_in_the_same_words(
    mode: str, sentences: list[str]
) -> None:
    published(mode)
    results, rulebook = decided(), read("rules/idea/")

    for sentence in sentences:
        assert sentence in results
        assert sentence in rulebook


@pytest.mark.parametrize("mode", [mode for mode, sentences in MODES if MARKS not in sentences])
def test_where_nothing_is_marked_nothing_is_said_of_marks(mode: str) -> None:
    published(mode)

    for said in (decided(), read("rules/idea/")):
        for sentence in (MARKS, MEDIAN, BY_CRITERION, "What the marks mean", "and the jury a mark"):
            assert sentence not in said


def test_the_stage_that_decided_is_named_and_no_other_is_told_of() -> None:
    edition = a_judged_edition(
        stages="[{code: marking, name: Reading, mode: scorecard, shortlist: {top: 2}},"
        " {code: final, name: The hall, mode: points, points: 10}]",
        awards=False,
    )
    marking, final = a_stage(edition), a_stage(edition, "final")
    entry, (juror,) = an_idea(marking, "A", (8, 8)), jury_of(edition, 1)
    final.admissions.create(entry=entry, admitted_at=NOON)
    filled_in(final, entry, juror, points=10)
    publish_run(edition, by="test", at=NOON)

    said = decided()
    assert "The hall Each juror has 10 points" in said
    assert MARKS not in said
    rules = read("rules/idea/")
    assert "Reading A juror marks every criterion" in rules
    assert "The hall Each juror has 10 points" in rules


def test_a_blend_tells_of_each_part_and_what_it_weighs() -> None:
    edition = a_blended_edition(combine=COMBINE)
    publish_run(edition, by="test", at=NOON)

    for said in (decided(), read("rules/idea/")):
        assert f"The hall {MARKS}" in said
        assert "The people The public votes, and the votes are counted elsewhere." in said
        assert "by weight: “The hall” with 80 % and “The people” with 20 %." in said
        assert "Only entries that came to the stage “The people” are in the result." in said
        assert said.count(BY_CRITERION) == 1
        assert said.count("The highest score has the first place") == 1


def test_stages_that_are_counted_alike_are_told_of_once() -> None:
    stages = (
        "[{code: marking, name: Reading, mode: scorecard, shortlist: {top: 2}},"
        " {code: final, name: The hall, mode: scorecard}]"
    )
    a_judged_edition(stages=stages)

    assert read("rules/idea/").count(MARKS) == 1


def test_without_a_tie_breaker_equal_scores_share_the_place() -> None:
    published("points, points: 3", combine="{method: mean, minimum_marks: 1}")

    assert "Entries with exactly the same score share the place." in decided()


def test_a_transferable_vote_in_which_the_jury_parts_nobody_is_left_to_a_lot() -> None:
    published("ranking, count: stv", combine="{method: mean, minimum_marks: 1}")

    assert "a recorded decision" not in decided()
    assert "There is 1 seat." in decided()


def test_where_one_juror_is_not_enough_the_count_says_so() -> None:
    published("ranking", combine="{method: mean, minimum_marks: 2}")

    assert "An entry is counted once 2 jurors have judged it; with fewer it has no place." in decided()


def test_what_was_left_to_the_jurors_to_weigh_is_said() -> None:
    published("scorecard", discretion="ceiling")

    assert "“Effect”: 40 % is the most it can weigh." in decided()
