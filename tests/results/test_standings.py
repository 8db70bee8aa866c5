"""Live standings against calculations by hand."""

from datetime import UTC, date, datetime
from fractions import Fraction

import pytest
from pytest_django import DjangoAssertNumQueries

from kaaring.kernel.refused import Refused
from kaaring.kernel.text import said
from kaaring.programmes.models import Edition
from kaaring.results.queries import Standings, means, measures_of, name_of, standings
from tests.results.build import (
    QUESTIONS,
    a_definition,
    a_new_version,
    a_participant,
    an_edition,
    an_evaluation,
    by_phone,
)

pytestmark = pytest.mark.django_db


def scores(table: Standings) -> dict[str, Fraction | None]:
    return {row.participant.code: row.score for row in table.rows}


def places(table: Standings) -> dict[str, int | None]:
    return {row.participant.code: table.place_of(row) for row in table.rows}


def three_banks() -> Edition:
    edition = an_edition()
    by_phone(a_participant(edition, "ann"), 20, 10)
    by_phone(a_participant(edition, "bo"), 18, 18)
    by_phone(a_participant(edition, "cy"), 5, 0)
    return edition


def test_a_score_is_the_mean_of_enquiry_scores() -> None:
    assert scores(standings(three_banks())) == {"bo": 90, "ann": 75, "cy": Fraction(25, 2)}


def test_enquiries_with_different_possible_points_weigh_the_same() -> None:
    edition = an_edition()
    ann = a_participant(edition, "ann")
    an_evaluation(ann, KB1="10", KB2="no")
    an_evaluation(ann, "email", KB1="10")

    assert scores(standings(edition)) == {"ann": 75}


def test_pooled_points_weigh_enquiries_by_their_possible_points() -> None:
    edition = an_edition(scoring={"participant": "pooled"})
    ann = a_participant(edition, "ann")
    an_evaluation(ann, KB1="10", KB2="no")
    an_evaluation(ann, "email", KB1="10")

    assert scores(standings(edition)) == {"ann": Fraction(100 * 20, 30)}


def test_what_is_not_applicable_leaves_both_sums() -> None:
    edition = an_edition()
    ann = a_participant(edition, "ann")
    an_evaluation(ann, KB1="6", KB2="na")
    an_evaluation(ann, KB1="6", KB2="no")

    assert scores(standings(edition)) == {"ann": 45}


def test_an_unanswered_enquiry_scores_0_in_the_total_and_is_not_observed_in_the_agent_area() -> None:
    edition = an_edition()
    ann = a_participant(edition, "ann")
    by_phone(ann, 20, 20)
    an_evaluation(ann, SV1="no")

    assert scores(standings(edition)) == {"ann": Fraction(200, 3)}
    assert scores(standings(edition, "answered")) == {"ann": 100}
    assert scores(standings(edition, "area:agent")) == {"ann": 100}
    assert standings(edition).rows[0].enquiries == 3
    assert standings(edition, "area:agent").rows[0].enquiries == 2


def test_only_approved_evaluations_that_are_not_excluded_count() -> None:
    edition = an_edition()
    ann = a_participant(edition, "ann")
    by_phone(ann, 20, 20)
    by_phone(ann, 0, review="held")
    by_phone(ann, 0, review="rejected")
    by_phone(ann, 0, excluded="The line was down.")

    assert scores(standings(edition)) == {"ann": 100}


def test_themes_channels_and_questions_have_scores_of_their_own() -> None:
    edition = an_edition()
    ann = a_participant(edition, "ann")
    by_phone(ann, 18, 14)
    an_evaluation(ann, "email", KB1="1")
    an_evaluation(ann, "email", KB1="2")

    assert scores(standings(edition, "theme:interest")) == {"ann": Fraction(100 * (8 + 4 + 1 + 2), 40)}
    assert scores(standings(edition, "channel:phone")) == {"ann": 80}
    assert scores(standings(edition, "channel:email")) == {"ann": 15}
    assert scores(standings(edition, "question:KB1")) == {"ann": Fraction(75, 2)}
    assert scores(standings(edition, "question:KB2")) == {"ann": 100}


def test_a_metric_stands_beside_the_score() -> None:
    edition = an_edition()
    ann, bo = a_participant(edition, "ann"), a_participant(edition, "bo")
    for answer in ("10", "9", "3", "7"):
        an_evaluation(ann, KB1="1", KB2="no", CX1=answer)
    for answer in ("2", "2"):
        an_evaluation(bo, KB1="9", KB2="no", CX1=answer)
    an_evaluation(a_participant(edition, "cy"), KB1="9", KB2="no")
    table = standings(edition, "metric:nps")

    assert scores(table) == {"ann": 25, "bo": -100, "cy": None}
    assert places(table) == {"ann": 1, "bo": 2, "cy": None}
    assert table.rows[2].why == "not_observed"
    assert table.rows[0].low is not None
    assert table.rows[1].low is not None
    assert table.rows[1].low < -100


def test_an_answer_to_a_metric_that_is_no_number_is_left_out() -> None:
    metric = {
        "code": "CX1",
        "scale": [0, 10],
        "scored": False,
        "metric": "nps",
        "not_applicable": "Not asked.",
    }
    edition = an_edition(questions=[*QUESTIONS[:-1], metric])
    ann, bo = a_participant(edition, "ann"), a_participant(edition, "bo")
    for answer in ("10", "8", "na"):
        an_evaluation(ann, KB1="1", KB2="no", CX1=answer)
    an_evaluation(bo, KB1="1", KB2="no", CX1="na")
    ann_row, bo_row = standings(edition, "metric:nps").rows

    assert ann_row.score == 50
    assert ann_row.enquiries == 2
    assert (bo_row.score, bo_row.why) == (None, "not_observed")


def test_an_edition_that_measures_nothing_has_no_measures() -> None:
    definition = a_definition()
    unmeasured = definition.model_copy(update={"survey": None})

    assert measures_of(unmeasured) == ()
    assert said(name_of(definition, "area:agent"), "en") == "The agent"


def test_a_metric_that_nobody_answered_gives_nobody_a_score() -> None:
    assert set(scores(standings(three_banks(), "metric:nps")).values()) == {None}


def test_shown_figures_that_are_equal_share_a_place() -> None:
    edition = an_edition(scoring={"minimum_enquiries": 1})
    for code, channel_scores in {"ann": (20, 20, 0), "bo": (14, 13, 13), "cy": (1, 2, 3)}.items():
        by_phone(a_participant(edition, code), *channel_scores)
    table = standings(edition)

    assert places(table) == {"ann": 1, "bo": 1, "cy": 3}
    assert [row.is_shared for row in table.rows] == [True, True, False]
    assert [row.class_place for row in table.rows] == [1, 1, 3]
    assert [row.class_is_shared for row in table.rows] == [True, True, False]


def test_a_named_tie_breaker_parts_a_shared_place() -> None:
    edition = an_edition(scoring={"ties": ["question:KB1"]})
    by_phone(a_participant(edition, "ann"), 12, 8)
    by_phone(a_participant(edition, "bo"), 10, 10)

    assert places(standings(edition)) == {"bo": 1, "ann": 2}


def test_fewer_enquiries_than_the_minimum_give_no_score_and_say_why() -> None:
    edition = an_edition()
    by_phone(a_participant(edition, "ann"), 20)
    by_phone(a_participant(edition, "bo"), 10, 10)
    a_participant(edition, "cy")
    bo, ann, cy = standings(edition).rows

    assert (ann.score, ann.place, ann.why, ann.enquiries) == (None, None, "too_few_enquiries", 1)
    assert ann.why_text == "1 enquiry is too few for a score."
    assert (cy.score, cy.place, cy.why, cy.enquiries) == (None, None, "not_observed", 0)
    assert cy.why_text == "Not observed in any enquiry."
    assert (bo.place, bo.class_place, bo.why) == (1, None, "class_too_small")


def test_a_class_that_is_too_small_has_no_class_places_but_keeps_its_places_over_all() -> None:
    edition = an_edition()
    by_phone(a_participant(edition, "ann"), 20, 20)
    by_phone(a_participant(edition, "bo", "alarm"), 10, 10)
    ann, bo = standings(edition).rows

    assert (ann.place, ann.class_place, ann.why) == (1, None, "class_too_small")
    assert ann.why_text == "The class has too few participants with a score to have places."
    assert (bo.place, bo.class_place, bo.why, bo.why_text) == (2, 1, "", "")


def test_a_class_is_shown_by_its_own_places() -> None:
    edition = three_banks()
    by_phone(a_participant(edition, "dee", "alarm"), 16, 16)
    table = standings(edition, class_code="banks")

    assert places(table) == {"bo": 1, "ann": 2, "cy": 3}
    assert [row.place for row in table.rows] == [1, 3, 4]
    assert not any(table.is_shared(row) for row in table.rows)


def test_means_are_means_of_participants_with_a_score() -> None:
    edition = three_banks()
    by_phone(a_participant(edition, "dee", "alarm"), 16, 16, 16, 16)
    by_phone(a_participant(edition, "eve", "alarm"), 0)
    table = standings(edition, class_code="alarm")
    banks, alarm = edition.classes.all()

    assert table.mean == (90 + 75 + Fraction(25, 2) + 80) / 4
    assert table.class_means == {banks.pk: (90 + 75 + Fraction(25, 2)) / 3, alarm.pk: 80}


def test_means_of_every_measure_come_from_as_many_queries_as_there_are_kinds(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    edition = three_banks()
    banks, alarm = edition.classes.all()
    with django_assert_max_num_queries(8):
        found = means(edition)

    assert found.overall("total") == (90 + 75 + Fraction(25, 2)) / 3
    assert found.of_class("question:KB2", banks.pk) == Fraction(100 * 3, 6)
    assert found.of_class("total", alarm.pk) is None
    assert found.overall("metric:nps") is None


def test_a_day_counts_to_its_end_on_the_clocks_of_the_edition() -> None:
    edition = an_edition(scoring={"minimum_enquiries": 1})
    ann = a_participant(edition, "ann")
    by_phone(ann, 20, at=datetime(2021, 1, 15, 22, 59, tzinfo=UTC))
    by_phone(ann, 0, at=datetime(2021, 1, 15, 23, 0, tzinfo=UTC))

    assert scores(standings(edition, until=date(2021, 1, 14))) == {"ann": None}
    assert scores(standings(edition, until=date(2021, 1, 15))) == {"ann": 100}
    assert scores(standings(edition, until=date(2021, 1, 16))) == {"ann": 50}


def test_evaluations_of_two_versions_of_the_questionnaire_mix() -> None:
    edition = an_edition(scoring={"participant": "pooled"})
    ann = a_participant(edition, "ann")
    an_evaluation(ann, "email", KB1="10")
    edition.rules.update(frozen_at="2021-01-02T00:00:00Z")
    a_new_version(
        edition,
        scoring={"participant": "pooled"},
        questions=[
            {
                "code": "SV1",
                "area": "wait",
                "gate": "unanswered",
                "options": [{"code": "first"}, {"code": "no", "stops": True}],
            },
            {"code": "KB1", "area": "agent", "scale": [1, 4], "points": 10},
        ],
    )
    an_evaluation(ann, "email", KB1="2")

    assert scores(standings(edition)) == {"ann": Fraction(100 * (10 + Fraction(10, 3)), 20)}
    assert scores(standings(edition, "question:KB1")) == {"ann": Fraction(200, 3)}


def test_an_interval_lies_around_the_score_within_0_and_100() -> None:
    table = standings(three_banks())
    for row in table.rows:
        assert row.score is not None
        assert row.low is not None
        assert row.high is not None
        assert 0 <= row.low <= row.score <= row.high <= 100


def test_neighbours_that_cannot_be_told_apart_are_in_one_band() -> None:
    edition = an_edition()
    by_phone(a_participant(edition, "ann"), 20, 20, 19, 20)
    by_phone(a_participant(edition, "bo"), 20, 20, 20, 18)
    by_phone(a_participant(edition, "cy"), 1, 1, 1, 2)
    bands = standings(edition).bands

    assert [(band.first, band.last, len(band.participants)) for band in bands] == [(1, 2, 2)]


def test_without_spread_to_learn_from_there_is_no_interval_and_no_band() -> None:
    edition = an_edition(scoring={"minimum_enquiries": 1})
    by_phone(a_participant(edition, "ann"), 20)
    by_phone(a_participant(edition, "bo"), 10)
    table = standings(edition)

    assert [row.low for row in table.rows] == [None, None]
    assert table.bands == ()


def test_an_unknown_measure_is_refused_and_the_known_ones_are_named() -> None:
    with pytest.raises(Refused, match="unknown_measure") as refused:
        standings(three_banks(), "area:nowhere")
    assert "area:agent, theme:interest" in str(refused.value.reason)


def test_an_unknown_class_is_refused_and_the_known_ones_are_named() -> None:
    with pytest.raises(Refused, match="unknown_class") as refused:
        standings(three_banks(), class_code="zoos")
    assert "banks, alarm" in str(refused.value.reason)


@pytest.mark.parametrize("count", [1, 30])
def test_standings_take_the_same_few_queries_for_any_number_of_participants(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    edition = an_edition()
    for number in range(count):
        by_phone(a_participant(edition, f"p{number}"), 10, 20)
    with django_assert_num_queries(4):
        standings(edition)
