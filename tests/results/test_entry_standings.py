"""Entries' scores and places from jurors' marks; figures calculated by hand: 6 · idea + 4 · effect."""

from fractions import Fraction
from random import Random
from statistics import median
from typing import Any

import pytest

from kaaring.audit.queries import lines_of
from kaaring.jury.actions.meetings import open_meeting, part_tie
from kaaring.jury.models import Admission, Scorecard, Stage
from kaaring.kernel.refused import Refused
from kaaring.programmes.queries import chain_of, definition_in_force
from kaaring.results.queries.juried import (
    EntryRow,
    EntryStandings,
    cards_of,
    entry_standings,
    recipe_of,
    standings_of_category,
)
from kaaring.scoring.juried import Line, contest
from tests.build import NOON, a_member
from tests.jury.marking import a_stage
from tests.results.jury import a_judged_edition, a_stage_with, an_idea, in_stage, jury_of, marked

pytestmark = pytest.mark.django_db


def table_of(stage: Stage, category: str = "idea", **wanted: Any) -> EntryStandings:
    return standings_of_category(stage.edition, category, **wanted)[0]


def lines(stage: Stage, category: str = "idea", **wanted: Any) -> list[tuple[str, Any, Any]]:
    return [(row.entry.code, row.score, row.place) for row in table_of(stage, category, **wanted).rows]


def row(stage: Stage, code: str, **wanted: Any) -> EntryRow:
    return next(one for one in table_of(stage, **wanted).rows if one.entry.code == code)


def test_the_mean_of_the_jurors_scores_is_exact_and_the_highest_is_first() -> None:
    stage = a_stage_with(("A", [(8, 5), (7, 7), (9, 4)]), ("B", [(9, 9), (6, 8), (7, 6)]))

    assert lines(stage) == [
        ("B", Fraction(90 + 68 + 66, 3), 1),
        ("A", Fraction(68 + 70 + 70, 3), 2),
    ]


def test_a_median_is_the_score_in_the_middle_and_the_mean_of_two_middle_ones() -> None:
    stage = a_stage_with(
        ("A", [(10, 10), (0, 0), (5, 6)]),
        ("B", [(5, 5), (6, 6), (9, 9), (1, 1)]),
        combine="{method: median, minimum_marks: 1}",
    )

    assert lines(stage) == [
        ("B", Fraction(median([50, 60, 90, 10])), 1),
        ("A", Fraction(median([100, 0, 54])), 2),
    ]


def test_a_trimmed_mean_leaves_the_highest_and_lowest_out() -> None:
    stage = a_stage_with(
        ("A", [(10, 10), (0, 0), (5, 6), (7, 7)]),
        ("B", [(9, 9), (1, 1)]),
        combine="{method: trimmed, trim: 1, minimum_marks: 1}",
    )

    assert lines(stage) == [("A", Fraction(54 + 70, 2), 1), ("B", None, None)]
    assert row(stage, "B").why == "too_few_to_trim"


def test_with_too_few_scorecards_an_entry_has_neither_score_nor_place() -> None:
    stage = a_stage_with(
        ("A", [(10, 10)]), ("B", [(1, 1), (2, 2)]), combine="{method: mean, minimum_marks: 2}"
    )

    assert lines(stage) == [("B", Fraction(15), 1), ("A", None, None)]
    assert (row(stage, "A").why, row(stage, "A").scorecards) == ("too_few_scorecards", 1)
    assert row(stage, "A").why_text == "1 scorecard is too few for a score."


def test_an_abstention_leaves_the_mean_of_its_juror_and_one_from_all_counts_as_no_scorecard() -> None:
    stage = a_stage_with()
    entry = in_stage(stage, "A")
    one, two = jury_of(stage.edition, 2)
    marked(stage, entry, one, idea=4, effect="I built it.")
    marked(stage, entry, two, idea="I built it.", effect="I built it.")

    found = row(stage, "A")
    assert (found.score, found.scorecards) == (40, 1)
    assert found.scores == {one.pk: 40, two.pk: None}


def test_what_a_juror_does_not_grant_is_lost_or_shared_as_the_rules_say() -> None:
    for discretion, score in (("ceiling", 48 + 12), ("rescaled", Fraction(100 * (48 + 12), 80))):
        stage = a_stage(a_judged_edition(discretion=discretion, slug=discretion))
        marked(stage, in_stage(stage, "A"), *jury_of(stage.edition, 1), idea=8, effect=(6, 50))

        assert row(stage, "A").score == score


def test_of_equal_scores_the_one_with_the_higher_mark_on_the_named_criterion_comes_first() -> None:
    stage = a_stage_with(
        ("A", [(6, 6)]),
        ("B", [(8, 3)]),
        ("C", [(4, 9)]),
        combine='{method: mean, minimum_marks: 1, ties: ["criterion:effect"]}',
    )

    assert lines(stage) == [("C", 60, 1), ("A", 60, 2), ("B", 60, 3)]
    assert {one.parted_by for one in table_of(stage).rows} == {"criterion:effect"}


def test_what_nothing_parts_is_shared() -> None:
    stage = a_stage_with(("A", [(6, 6)]), ("B", [(8, 3)]), ("C", [(1, 1)]))

    assert lines(stage) == [("A", 60, 1), ("B", 60, 1), ("C", 10, 3)]
    assert [one.is_shared for one in table_of(stage).rows] == [True, True, False]


def test_the_jurys_last_word_parts_a_tie_where_the_rules_let_it() -> None:
    stage = a_stage(a_judged_edition(combine="{method: mean, ties: [jury]}"))
    a, b, c = an_idea(stage, "A", (6, 6)), an_idea(stage, "B", (8, 3)), an_idea(stage, "C", (1, 1))
    owner = a_member(stage.edition.programme.organiser).public_id
    meeting = open_meeting(stage.pk, a.category_id, by=owner, at=NOON)
    for order in ([a.pk, b.pk], [c.pk, b.pk, a.pk]):
        part_tie(meeting.pk, order, reason="Bolder.", by=owner, at=NOON)

    found = {one.entry.code: (one.place, one.parted_by) for one in table_of(stage).rows}
    assert found == {"B": (1, "jury"), "A": (2, "jury"), "C": (3, "")}
    last = lines_of(chain_of(stage.edition))[0]
    assert (last.doing, last.why, last.details) == (
        "tie_parted",
        "Bolder.",
        {"order": ["C", "B", "A"], "out": []},
    )


def test_a_tie_is_parted_between_two_entries_or_more_each_named_once() -> None:
    stage = a_stage(a_judged_edition(combine="{method: mean, ties: [jury]}"))
    entry = an_idea(stage, "A", (6, 6))
    elsewhere = an_idea(stage, "X", (6, 6), category="centre", division="small")
    owner = a_member(stage.edition.programme.organiser).public_id
    meeting = open_meeting(stage.pk, entry.category_id, by=owner, at=NOON)

    for code, order in {
        "no_tie": [entry.pk, entry.pk],
        "not_in_this_meeting": [entry.pk, elsewhere.pk],
    }.items():
        with pytest.raises(Refused, match=code):
            part_tie(meeting.pk, order, by=owner, at=NOON)


def test_each_division_is_a_contest_of_its_own_and_an_entry_in_none_has_no_place() -> None:
    stage = a_stage_with()
    an_idea(stage, "A", (5, 5), category="centre", division="small")
    an_idea(stage, "B", (9, 9), category="centre", division="large")
    an_idea(stage, "C", (7, 7), category="centre", division="large")
    an_idea(stage, "D", (10, 10), category="centre")

    tables = standings_of_category(stage.edition, "centre")
    assert [(one.contest.key, [(row.entry.code, row.place) for row in one.rows]) for one in tables] == [
        (("centre", "small"), [("A", 1)]),
        (("centre", "large"), [("B", 1), ("C", 2)]),
        (("centre", ""), [("D", None)]),
    ]
    assert tables[2].rows[0].why == "no_division"
    assert dict(tables[1].contest.name) == {"en": "Centre of the Year: Large"}


def test_drafts_excluded_scorecards_withdrawn_entries_and_the_calibration_case_count_nowhere() -> None:
    stage = a_stage_with(("A", [(6, 6), (8, 8)]), ("B", [(9, 9)]), ("C", [(10, 10)]))
    lost = Scorecard.objects.get(assignment__entry__code="A", score_of=80)
    Scorecard.objects.filter(pk=lost.pk).update(excluded_at=NOON, excluded_reason="A conflict.")
    gone = stage.edition.entries.get(code="B")
    gone.withdrawn_at, gone.withdrawn_reason = NOON, "Merged."
    gone.save()
    stage.calibration = stage.edition.entries.get(code="C")
    stage.save()
    Admission.objects.filter(entry=stage.calibration).delete()

    assert lines(stage) == [("A", 60, 1)]


def test_an_entry_that_is_out_of_the_stage_is_out_of_its_standings() -> None:
    stage = a_stage_with(("A", [(6, 6)]), ("B", [(9, 9)]))
    Admission.objects.filter(entry__code="B").update(ended_at=NOON, reason="Taken out.")

    assert lines(stage) == [("A", 60, 1)]


def test_a_mean_has_an_interval_and_a_median_has_none() -> None:
    by_mean = a_stage_with(("A", [(6, 6), (8, 8)]), ("B", [(5, 5), (9, 7)]))
    found = row(by_mean, "A")
    assert found.low is not None
    assert found.high is not None
    assert found.low < found.score < found.high  # type: ignore[operator]
    by_median = a_stage_with(
        ("A", [(6, 6), (8, 8)]), combine="{method: median, minimum_marks: 1}", slug="median"
    )
    assert (row(by_median, "A").low, row(by_median, "A").high) == (None, None)


def test_a_criterion_without_a_weight_beside_others_is_marked_and_counts_nothing() -> None:
    edition = a_judged_edition()
    definition = definition_in_force(edition)
    category = definition.categories[0]
    loose = category.criteria[1].model_copy(update={"weight": None})
    recipe = recipe_of(definition, category.model_copy(update={"criteria": (category.criteria[0], loose)}))

    assert [one.weight for one in recipe.criteria] == [60, 0]


def test_unknown_categories_and_stages_are_refused_with_those_there_are() -> None:
    stage = a_stage_with(("A", [(6, 6)]))
    with pytest.raises(Refused, match=r"unknown_category.*idea, centre"):
        standings_of_category(stage.edition, "nothing")
    with pytest.raises(Refused, match=r"unknown_stage.*marking"):
        standings_of_category(stage.edition, "idea", "nothing")
    with pytest.raises(Refused, match="stage_not_opened"):
        entry_standings(a_judged_edition(slug="unopened"))


def test_the_number_of_queries_does_not_grow_with_the_entries(django_assert_num_queries: Any) -> None:
    stage = a_stage_with(("A1", [(6, 6), (7, 7)]))
    with django_assert_num_queries(5):
        entry_standings(stage.edition)
    for number in range(2, 31):
        an_idea(stage, f"A{number}", (number % 10, 5), (5, number % 8))
    with django_assert_num_queries(5):
        entry_standings(stage.edition)


@pytest.mark.parametrize("combine", ["method: mean", "method: median", "method: trimmed, trim: 1"])
def test_many_entries_stand_as_the_one_by_one_route_from_raw_marks_has_them(combine: str) -> None:
    rules = f'{{{combine}, minimum_marks: 2, ties: ["criterion:effect"]}}'
    stage = a_stage(a_judged_edition(combine=rules, discretion="rescaled"))
    dice, jury = Random(3), jury_of(stage.edition, 4)
    for number in range(12):
        entry = in_stage(stage, f"A{number:02}")
        for juror in dice.sample(jury, dice.randint(1, 4)):
            share = dice.choice([0, 50, 100])
            marked(stage, entry, juror, idea=dice.randint(4, 6), effect=(dice.randint(4, 6), share))
    table = table_of(stage)
    jury_rules = definition_in_force(stage.edition).jury
    assert jury_rules is not None
    cards = cards_of(stage, jury_rules.scale, "idea")
    expected = contest([row.entry.pk for row in table.rows], cards, table.contest.recipe, {})

    def told(one: EntryRow | Line[int, int]) -> tuple[Any, ...]:
        key = one.entry.pk if isinstance(one, EntryRow) else one.entry
        return (
            key,
            one.score,
            one.place,
            one.is_shared,
            one.scorecards,
            one.parted_by or "",
            str(one.why or ""),
        )

    assert {told(one) for one in table.rows} == {told(one) for one in expected}
