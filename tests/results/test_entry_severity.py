"""Strict and lenient jurors: what the scorecards say of them, and rules that make them alike."""

from fractions import Fraction

import pytest

from kaaring.jury.models import Stage
from kaaring.results.queries.juried import entry_standings, standings_of_category, steadiness_of
from kaaring.results.queries.juried.severity import strictness_in
from tests.jury.marking import a_stage
from tests.results.jury import a_judged_edition, a_stage_with, an_idea, jury_of

pytestmark = pytest.mark.django_db
ADJUSTED = "{method: mean, severity: adjusted, minimum_marks: 1}"


def a_strict_colleague(combine: str) -> Stage:
    """The third juror marks 20 points below the three others, wherever they meet.

    By raw means B (60, 60) is ahead of A (70, 40), though whoever read both thought A the better one.
    """
    stage = a_stage(a_judged_edition(combine=combine))
    one, two, strict, four = jury_of(stage.edition, 4)
    for number in range(8):
        best = 4 + number % 5
        given = [(best, best), (best, best), (best - 2, best - 2), (best, best)]
        an_idea(stage, f"X{number}", *given, jurors=[one, two, strict, four])
    an_idea(stage, "A", (7, 7), (4, 4), jurors=[one, strict])
    an_idea(stage, "B", (6, 6), (6, 6), jurors=[one, two])
    return stage


def scores(stage: Stage) -> dict[str, Fraction | None]:
    return {row.entry.code: row.score for row in standings_of_category(stage.edition, "idea")[0].rows}


def test_who_marks_below_colleagues_on_the_same_entries_is_strict() -> None:
    found = strictness_in(a_strict_colleague("{method: mean}"))

    first, *_others = found.jurors
    assert (first.is_sure, first.readings, found.why, found.parts) == (True, 9, "", 1)
    assert 12 < first.points < 18, "20 points below three others is 15 below the average of four"
    assert sum(one.points for one in found.jurors) == pytest.approx(0, abs=0.5)
    assert found.agreement is not None


def test_raw_scores_stay_as_they_are_given() -> None:
    found = scores(a_strict_colleague("{method: mean, severity: raw}"))

    assert (found["A"], found["B"]) == (55, 60)


def test_adjusted_scores_count_where_the_rules_say_so_in_whole_parts_of_a_point() -> None:
    stage = a_strict_colleague(ADJUSTED)
    found = scores(stage)
    points = {one.juror: round(100 * one.points) for one in strictness_in(stage).jurors}
    one, two, strict = jury_of(stage.edition, 3)

    moved = Fraction(points[one.pk] + points[strict.pk], 200)
    assert found["A"] == 55 + moved
    assert found["B"] == 60 + Fraction(points[one.pk] + points[two.pk], 200)
    assert (found["A"] or 0) > (found["B"] or 0)


def test_adjusting_reads_all_categories_whichever_is_asked_for() -> None:
    stage = a_strict_colleague(ADJUSTED)
    one, _two, strict = jury_of(stage.edition, 3)
    an_idea(stage, "S", (5, 5), (3, 3), category="centre", division="small", jurors=[one, strict])

    (alone, *_rest) = standings_of_category(stage.edition, "centre")
    together = next(one for one in entry_standings(stage.edition) if one.contest.key == ("centre", "small"))
    assert alone.rows[0].score == together.rows[0].score
    assert alone.rows[0].score != 40


def test_where_nothing_can_be_said_of_jurors_adjusted_scores_are_the_raw_ones() -> None:
    stage = a_stage_with(("A", [(7, 7)]), ("B", [(4, 4), (6, 6)]), combine=ADJUSTED)

    assert scores(stage) == {"A": 70, "B": 50}
    assert strictness_in(stage).why == "too_few"


def test_entries_that_no_juror_connects_cannot_be_compared() -> None:
    stage = a_stage(a_judged_edition())
    jury = jury_of(stage.edition, 4)
    an_idea(stage, "A", (7, 7), (5, 5), jurors=jury[:2])
    an_idea(stage, "B", (7, 7), (5, 5), jurors=jury[2:])

    found = strictness_in(stage)
    assert (found.why, found.parts, found.jurors) == ("not_connected", 2, ())


def test_variants_read_raw_marks_and_so_there_are_none_of_adjusted_scores() -> None:
    raw = entry_standings(a_stage_with(("A", [(7, 7)]), slug="raw").edition)[0]
    adjusted = entry_standings(a_stage_with(("A", [(7, 7)]), combine=ADJUSTED, slug="adjusted").edition)[0]

    assert steadiness_of(raw) is not None
    assert steadiness_of(adjusted) is None
