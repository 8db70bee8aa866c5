from fractions import Fraction

import pytest

from kaaring.scoring import Band, Kind, Option, Question
from tests.scoring.build import (
    BOTH,
    a_choice,
    a_measured,
    a_multiple,
    a_questionnaire,
    a_scale,
    bands,
)


def test_the_unit_makes_every_step_of_every_scale_and_every_option_whole() -> None:
    # Options of 3/2 and 1/2 need halves; steps of 2/5 and 5/5 need fifths.
    assert a_questionnaire().unit == 10
    assert a_questionnaire().points(119) == Fraction(119, 10)


def test_a_questionnaire_without_fractions_counts_in_whole_points() -> None:
    assert a_questionnaire(a_choice("MV2", "welcome", ("yes", "1"))).unit == 1


def test_each_kind_of_question_gives_at_most_what_its_best_answer_gives() -> None:
    questionnaire = a_questionnaire()
    possible = {
        channel: [questionnaire.possible(question, channel) for question in questionnaire.questions]
        for channel in ("phone", "email")
    }

    assert possible == {"phone": [0, 40, 10, 50, 20, 30, 30, 0], "email": [0, 40, 10, 50, 0, 30, 30, 0]}


@pytest.mark.parametrize(
    ("question", "points"),
    [
        (a_multiple("KB9", 9, 2, ("a", "2"), ("b", "1"), ("c", "1")), 3),  # the cap is out of reach
        (a_multiple("KB9", 2, 2, ("a", "2"), ("b", "1")), 2),
        (a_choice("MV2", "welcome"), 0),
        (a_measured(bands={"email": bands((60, 4))}), 0),  # nothing is measured on the phone
        (a_measured(bands={"phone": bands((60, 1), (60, 9), (30, 8), (90, 2))}), 2),  # 9 and 8 are never met
    ],
)
def test_possible_points_are_those_that_an_answer_can_reach(question: Question, points: int) -> None:
    assert question.most_points("phone") == points


def test_a_channel_gets_only_its_own_questions() -> None:
    questionnaire = a_questionnaire()

    assert "KB7" in [question.code for question in questionnaire.asked_on("phone")]
    assert "KB7" not in [question.code for question in questionnaire.asked_on("email")]


def test_a_channel_that_is_not_there_has_no_form() -> None:
    with pytest.raises(ValueError, match="no channel 'fax'"):
        a_questionnaire().form("fax")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"points": Fraction(-1)}, "below zero"),
        ({"kind": Kind.SCALE}, "at least one whole step"),
        ({"kind": Kind.SCALE, "highest": Fraction(5, 2)}, "at least one whole step"),
        ({"most_options": 0}, "at least one option"),
        ({"options": (Option("a"), Option("a"))}, "same code"),
        ({"options": (Option("na"),)}, "one word other than"),
        ({"options": (Option("a b"),)}, "one word other than"),
        ({"options": (Option("a", Fraction(-1)),)}, "below zero"),
        ({"bands": {"phone": (Band(Fraction(1), Fraction(-1)),)}}, "below zero"),
    ],
)
def test_a_question_that_cannot_be_marked_is_refused(changes: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        a_choice("Q", "agent", **changes)


@pytest.mark.parametrize(
    ("question", "message"),
    [
        (a_scale("Q", 1, area="price"), "Q names the area 'price'"),
        (a_scale("Q", 1, themes=("speed",)), "Q names the theme 'speed'"),
        (a_scale("Q", 1, channels=BOTH | {"fax"}), "Q names the channel 'fax'"),
    ],
)
def test_a_question_outside_the_questionnaires_lists_is_refused(question: Question, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        a_questionnaire(question)


def test_an_unknown_area_for_unanswered_enquiries_is_refused() -> None:
    with pytest.raises(ValueError, match="unanswered_in names the area 'price'"):
        a_questionnaire(unanswered_in=frozenset({"price"}))


def test_two_questions_with_one_code_are_refused() -> None:
    with pytest.raises(ValueError, match="same code"):
        a_questionnaire(a_scale("Q", 1), a_scale("Q", 2))


def test_equal_questionnaires_are_equal_and_can_be_told_by_their_hash() -> None:
    assert a_questionnaire() == a_questionnaire()
    assert hash(a_questionnaire()) == hash(a_questionnaire())
