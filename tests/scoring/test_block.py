from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kaaring.scoring import (
    EnquiryScore,
    ParticipantScore,
    Standing,
    mean,
    participant_scores,
    score_evaluation,
    standings,
)
from kaaring.scoring.block import AnswerBlock, BlockScores, as_block, score_block, sums
from tests.scoring.build import Case, a_questionnaire, a_scale, any_case, phone_answers

MEAN, POOLED = ParticipantScore.MEAN_OF_ENQUIRIES, ParticipantScore.POOLED
METHODS, MINIMUM_SIZES = st.sampled_from(ParticipantScore), {"banks": 2}


def block_of(case: Case) -> AnswerBlock[str]:
    columns = {
        question.code: [answers.get(question.code, "") for _, _, answers in case.rows]
        for question in case.questionnaire.questions
    }
    return as_block(
        case.questionnaire,
        [name for name, _, _ in case.rows],
        [channel for _, channel, _ in case.rows],
        columns,
    )


def by_block(
    case: Case, method: ParticipantScore = MEAN, is_shared: bool = True, minimum: int = 1
) -> BlockScores[str]:
    return score_block(
        case.questionnaire,
        block_of(case),
        case.classes,
        method=method,
        shared_when_rounded_equal=is_shared,
        minimum_enquiries=minimum,
        minimum_participants=MINIMUM_SIZES,
    )


def one_by_one(
    case: Case, measure: str, method: ParticipantScore, is_shared: bool, minimum: int
) -> dict[str, Standing[str]]:
    scored = [(name, score_evaluation(case.questionnaire, *rest)) for name, *rest in case.rows]
    observed = [(name, evaluation.points_in(measure)) for name, evaluation in scored]
    tallies = participant_scores(
        [EnquiryScore(name, *points) for name, points in observed if points], method=method
    )
    lines = standings(
        tallies,
        {name: case.classes[name] for name, _, _ in case.rows},
        ties=[],
        shared_when_rounded_equal=is_shared,
        minimum_enquiries=minimum,
        minimum_participants=MINIMUM_SIZES,
    )
    return {line.participant: line for line in lines}


def assert_equal(case: Case, method: ParticipantScore, is_shared: bool, minimum: int) -> None:
    block = by_block(case, method, is_shared, minimum)
    for measure, found in block.measures.items():
        expected = one_by_one(case, measure, method, is_shared, minimum)
        for position, name in enumerate(block.participants):
            line = expected[name]
            assert (found.score(position), found.enquiries[position]) == (line.score, line.enquiries)
            assert (found.places[position] or None, found.is_shared[position]) == (line.place, line.is_shared)
            assert (found.class_places[position] or None) == line.class_place
            assert found.class_is_shared[position] == line.class_is_shared
        assert_means_equal(block, measure, expected)


def assert_means_equal(block: BlockScores[str], measure: str, lines: Mapping[str, Standing[str]]) -> None:
    counted = [line for line in lines.values() if line.score is not None]
    assert block.measures[measure].mean == mean(line.score or Fraction(0) for line in counted)
    for name in {line.competition_class for line in lines.values()} - {None}:
        members = [line.score or Fraction(0) for line in counted if line.competition_class == name]
        assert block.measures[measure].class_mean(name or "") == mean(members)


@settings(max_examples=60)
@given(any_case(), METHODS, st.booleans(), st.integers(0, 3))
def test_the_block_gives_exactly_what_one_by_one_gives(
    case: Case, method: ParticipantScore, is_shared: bool, minimum: int
) -> None:
    assert_equal(case, method, is_shared, minimum)


def test_unanswered_enquiries_count_as_they_do_one_by_one() -> None:
    answered, unanswered = phone_answers(), {"SV1": "no"}
    rows = [("A", "phone", answered), ("A", "phone", unanswered), ("B", "email", unanswered)]
    case = Case(a_questionnaire(), rows, {"A": "banks", "B": "banks"})

    assert_equal(case, MEAN, True, 1)
    # A: (119/180 + 0)/2; its wait (30/40 + 0/40)/2; its agent area only where it was observed.
    figures = by_block(case).measures
    measures = ("total", "answered", "area:wait", "area:agent")
    assert [figures[measure].score(0) for measure in measures] == [
        Fraction(11900, 360),
        Fraction(11900, 180),
        Fraction(75, 2),
        64,
    ]


def test_shown_figures_that_are_equal_share_a_place_and_others_do_not() -> None:
    # Of 10,000 points, one per step: shown 90.0, 90.0 and 89.9.
    asked = a_scale("Q", 10_000, lowest=Fraction(0), highest=Fraction(10_000))
    rows = [(name, "phone", {"Q": text}) for name, text in (("A", "9004"), ("B", "8996"), ("C", "8994"))]
    case = Case(a_questionnaire(asked), rows, dict.fromkeys("ABC", "banks"))

    assert by_block(case, is_shared=True).measures["total"].places.tolist() == [1, 1, 3]
    assert by_block(case, is_shared=False).measures["total"].places.tolist() == [1, 2, 3]


def primes(below: int) -> list[int]:
    return [n for n in range(2, below) if all(n % factor for factor in range(2, n))]


def a_case_of_many_denominators() -> Case:
    """32 questions worth a prime number of points each, so that no 64 bits hold the common denominator."""
    asked = [a_scale(f"Q{points}", points, may_be_not_applicable=True) for points in primes(132)]
    dice = np.random.default_rng(5)
    texts = np.array(["na", "1", "2", "3", "4", "5", "6"])
    rows = [
        (
            "ABCD"[number % 4],
            "phone",
            {question.code: str(dice.choice(texts, p=[0.4, *[0.1] * 6])) for question in asked},
        )
        for number in range(60)
    ]
    classes = {"A": "banks", "B": "banks", "C": "energy", "D": None}
    return Case(a_questionnaire(*asked, areas=("agent",), unanswered_in=frozenset()), rows, classes)


@pytest.mark.parametrize("is_shared", [True, False])
@pytest.mark.parametrize("method", ParticipantScore)
def test_denominators_too_long_for_64_bits_stay_exact(method: ParticipantScore, is_shared: bool) -> None:
    assert_equal(a_case_of_many_denominators(), method, is_shared, 1)


@pytest.mark.parametrize("rows_at_once", [1, 16, 30])
def test_a_block_in_portions_gives_the_same(rows_at_once: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sums, "ROWS_AT_ONCE", rows_at_once)

    assert_equal(a_case_of_many_denominators(), MEAN, True, 1)


def test_points_too_many_for_a_table_give_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sums, "WIDEST_TABLE", 10)

    assert_equal(a_case_of_many_denominators(), MEAN, True, 1)


@settings(max_examples=40)
@given(any_case(), METHODS, st.randoms(use_true_random=False))
def test_the_order_of_the_evaluations_changes_nothing(
    case: Case, method: ParticipantScore, dice: Random
) -> None:
    before = by_block(case, method)
    after = by_block(replace(case, rows=dice.sample(case.rows, len(case.rows))), method)

    for measure, scores in before.measures.items():
        assert {name: scores.score(at) for at, name in enumerate(before.participants)} == {
            name: after.measures[measure].score(at) for at, name in enumerate(after.participants)
        }


def test_a_block_without_evaluations_has_no_figures() -> None:
    scores = by_block(Case(a_questionnaire(), [], {}))

    assert scores.participants == ()
    assert scores.measures["total"].mean is None


def test_a_participant_without_evaluations_has_no_score() -> None:
    block = block_of(Case(a_questionnaire(), [("B", "phone", phone_answers())], {}))
    both = replace(block, participants=("A", "B"), participant=np.array([1]))
    total = score_block(
        a_questionnaire(),
        both,
        {},
        method=MEAN,
        shared_when_rounded_equal=True,
        minimum_enquiries=1,
        minimum_participants={},
    ).measures["total"]

    assert [total.score(0), total.score(1)] == [None, Fraction(11900, 180)]
    assert total.places.tolist() == [0, 1]


def test_a_question_without_a_column_counts_as_not_answered() -> None:
    questionnaire = a_questionnaire()
    block = as_block(questionnaire, ["A"], ["phone"], {"KB5": ["4"]})
    scores = score_block(
        questionnaire,
        block,
        {"A": "banks"},
        method=MEAN,
        shared_when_rounded_equal=True,
        minimum_enquiries=1,
        minimum_participants={},
    )

    assert (len(block), scores.measures["total"].score(0)) == (1, 60)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"participant": np.array([2])}, "participant: a position lies outside 0 to 0"),
        ({"participant": np.array([0, 0])}, "participant: .* positions for 1 evaluations"),
        ({"codes": {"KB5": np.array([1], np.uint8)}}, "KB5: a position lies outside 0 to 0"),
    ],
)
def test_a_block_that_does_not_fit_together_is_refused(changes: dict[str, object], message: str) -> None:
    block = as_block(a_questionnaire(), ["A"], ["phone"], {"KB5": ["4"]})

    with pytest.raises(ValueError, match=message):
        replace(block, **changes)


def test_an_unknown_channel_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="no channel 'fax'"):
        as_block(a_questionnaire(), ["A"], ["fax"], {})


def test_a_block_of_other_channels_is_refused() -> None:
    block = as_block(a_questionnaire(), ["A"], ["email"], {})
    only_phone = a_questionnaire(a_scale("Q", 1, channels=frozenset({"phone"})), channels=("phone",))

    with pytest.raises(ValueError, match="channels that the questionnaire does not have"):
        score_block(
            only_phone,
            block,
            {},
            method=MEAN,
            shared_when_rounded_equal=True,
            minimum_enquiries=1,
            minimum_participants={},
        )


def test_more_points_than_can_be_added_up_are_refused() -> None:
    huge = Case(a_questionnaire(a_scale("Q", 2**53)), [("A", "phone", {"Q": "6"})], {})

    with pytest.raises(ValueError, match="more points together"):
        by_block(huge)
