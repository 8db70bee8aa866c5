from dataclasses import replace
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kaaring.scoring import (
    FaultCode,
    Kind,
    Question,
    Questionnaire,
    ScoredEvaluation,
    Unanswered,
    Why,
    score_evaluation,
)
from tests.scoring.build import (
    Case,
    a_choice,
    a_gate,
    a_measured,
    a_multiple,
    a_questionnaire,
    a_scale,
    any_case,
    phone_answers,
)


def on_phone(*asked: Question, answers: dict[str, str]) -> ScoredEvaluation:
    return score_evaluation(a_questionnaire(*asked), "phone", answers)


def faults(evaluation: ScoredEvaluation) -> list[tuple[str, str]]:
    return [(fault.question, fault.code) for fault in evaluation.faults]


def test_points_add_up_as_by_hand() -> None:
    # wait: 74.5 s is in the band up to 120 s: 3 of 4. welcome: 1 of 1. overall: 1.5 of 3.
    # agent: KB5 (4 − 1)/5 · 5 = 3 of 5; KB7 (2 − 1)/5 · 2 = 0.4 of 2; KB9 2 + 2, capped at 3 of 3.
    evaluation = on_phone(answers=phone_answers())

    assert evaluation.points == {
        "total": (119, 180),
        "area:wait": (30, 40),
        "area:welcome": (10, 10),
        "area:agent": (64, 100),
        "area:overall": (15, 30),
        "theme:interest": (30, 50),
    }
    assert (evaluation.is_answered, evaluation.is_thin, evaluation.faults) == (True, False, ())


def test_every_question_of_the_form_has_its_line() -> None:
    answers = on_phone(answers=phone_answers(KB7="na")).answers

    assert [(answer.code, answer.earned, answer.possible, answer.why) for answer in answers] == [
        ("SV1", None, None, Why.NOT_SCORED),
        ("SV2", 30, 40, Why.SCORED),
        ("MV2", 10, 10, Why.SCORED),
        ("KB5", 30, 50, Why.SCORED),
        ("KB7", None, None, Why.NOT_APPLICABLE),
        ("KB9", 30, 30, Why.SCORED),
        ("TI6", 15, 30, Why.SCORED),
        ("TI7", None, None, Why.NOT_SCORED),
    ]


def test_not_applicable_leaves_both_sums() -> None:
    evaluation = on_phone(answers=phone_answers(KB7="na", TI6="na"))

    assert evaluation.points["total"] == (119 - 4 - 15, 180 - 20 - 30)
    assert "area:overall" not in evaluation.points


@pytest.mark.parametrize(
    ("seconds", "earned"),
    [("0", 40), ("60", 40), ("60.1", 30), ("120", 30), ("180", 20), ("181", 10), ("300", 10), ("300.5", 0)],
)
def test_a_measured_value_gives_the_first_band_whose_bound_is_not_below_it(seconds: str, earned: int) -> None:
    assert on_phone(answers=phone_answers(SV2=seconds)).points["area:wait"] == (earned, 40)


def test_bands_belong_to_their_channel() -> None:
    answers = phone_answers(SV2="240")
    del answers["KB7"]

    assert score_evaluation(a_questionnaire(), "email", answers).points["area:wait"] == (40, 40)


@pytest.mark.parametrize(("text", "earned"), [("1", 0), ("2", 10), ("6", 50), ("6.0", 50), ("03", 20)])
def test_a_scale_gives_its_points_step_by_step(text: str, earned: int) -> None:
    assert on_phone(answers=phone_answers(KB5=text)).points["theme:interest"] == (earned, 50)


def test_a_scale_may_start_between_whole_numbers() -> None:
    halves = a_scale("Q", 2, lowest=Fraction(1, 2), highest=Fraction(5, 2))

    assert on_phone(halves, answers={"Q": "1.5"}).points["total"] == (1, 2)


def test_an_option_chosen_twice_counts_once() -> None:
    assert on_phone(answers=phone_answers(KB9="noted noted")).points_in("question:KB9") == (5, 30)


def test_a_question_in_one_theme_twice_counts_once() -> None:
    twice = a_scale("Q", 5, themes=("interest", "interest"))

    assert on_phone(twice, answers={"Q": "6"}).points["theme:interest"] == (5, 5)


def test_a_question_without_area_counts_in_the_total_only() -> None:
    assert on_phone(a_scale("Q", 5, area=None), answers={"Q": "6"}).points == {"total": (5, 5)}


@pytest.mark.parametrize(
    ("changes", "fault", "accepted"),
    [
        ({"MV2": "perhaps"}, FaultCode.UNKNOWN_OPTION, ("yes", "no")),
        ({"MV2": " "}, FaultCode.UNKNOWN_OPTION, ("yes", "no")),
        ({"MV2": "yes no"}, FaultCode.TOO_MANY_OPTIONS, ("yes", "no")),
        ({"KB9": "asked summed noted"}, FaultCode.TOO_MANY_OPTIONS, ("asked", "summed", "noted")),
        ({"KB5": "high"}, FaultCode.NOT_A_NUMBER, ("1", "6")),
        ({"KB5": "1e0"}, FaultCode.NOT_A_NUMBER, ("1", "6")),
        ({"KB5": "7"}, FaultCode.OUTSIDE_SCALE, ("1", "6")),
        ({"KB5": "0"}, FaultCode.OUTSIDE_SCALE, ("1", "6")),
        ({"KB5": "3.5"}, FaultCode.OUTSIDE_SCALE, ("1", "6")),
        ({"SV2": "soon"}, FaultCode.NOT_A_NUMBER, ()),
        ({"SV2": "-1"}, FaultCode.OUTSIDE_SCALE, ()),
        ({"KB5": "na"}, FaultCode.NOT_APPLICABLE_REFUSED, ("1", "6")),
        ({"TI7": "na"}, FaultCode.NOT_APPLICABLE_REFUSED, ("glad", "seen", "safe")),
        ({"KB5": ""}, FaultCode.MISSING, ("1", "6")),
        ({"SV1": ""}, FaultCode.MISSING, ("first", "second", "no")),
        ({"KB99": "1"}, FaultCode.UNKNOWN_QUESTION, ()),
    ],
)
def test_a_fault_names_the_question_the_value_and_what_would_do(
    changes: dict[str, str], fault: FaultCode, accepted: tuple[str, ...]
) -> None:
    evaluation = on_phone(answers=phone_answers(**changes))
    ((code, value),) = changes.items()

    assert [(f.question, f.value, f.code, f.options) for f in evaluation.faults] == [
        (code, value, fault, accepted)
    ]


def test_a_faulty_answer_is_left_out_of_the_points() -> None:
    evaluation = on_phone(answers=phone_answers(KB5="7"))

    assert evaluation.points["total"] == (119 - 30, 180 - 50)
    assert next(answer.why for answer in evaluation.answers if answer.code == "KB5") is Why.FAULTY


def test_all_faults_are_reported_at_once() -> None:
    assert faults(on_phone(answers=phone_answers(SV2="soon", KB5="", MV9="1"))) == [
        ("SV2", "not_a_number"),
        ("KB5", "missing"),
        ("MV9", "unknown_question"),
    ]


def test_an_answer_to_a_question_of_another_channel_is_a_fault_that_names_the_channels() -> None:
    (fault,) = score_evaluation(a_questionnaire(), "email", phone_answers()).faults

    assert (fault.question, fault.code, fault.options) == ("KB7", FaultCode.NOT_ASKED_ON_CHANNEL, ("phone",))


def test_an_unscored_question_may_stay_without_an_answer() -> None:
    answers = phone_answers()
    del answers["TI7"]

    assert on_phone(answers=answers).faults == ()


def test_a_gate_must_be_answered_even_where_it_is_not_scored() -> None:
    assert faults(on_phone(a_gate(scored=False), answers={})) == [("SV1", "missing")]


def test_an_unanswered_enquiry_scores_zero_in_total_and_in_the_gates_area_and_is_not_observed_elsewhere() -> (
    None
):
    evaluation = on_phone(answers={"SV1": "no"})

    assert evaluation.points == {"total": (0, 180), "area:wait": (0, 40)}
    assert (evaluation.is_answered, evaluation.is_thin, evaluation.faults) == (False, False, ())
    assert {answer.code: (answer.earned, answer.possible, answer.why) for answer in evaluation.answers} == {
        "SV1": (None, None, Why.NOT_SCORED),
        "SV2": (0, 40, Why.UNANSWERED),
        "MV2": (None, None, Why.NOT_ASKED),
        "KB5": (None, None, Why.NOT_ASKED),
        "KB7": (None, None, Why.NOT_ASKED),
        "KB9": (None, None, Why.NOT_ASKED),
        "TI6": (None, None, Why.NOT_ASKED),
        "TI7": (None, None, Why.NOT_SCORED),
    }


def test_an_unanswered_enquiry_can_be_left_out_of_the_total() -> None:
    questionnaire = a_questionnaire(unanswered=Unanswered.LEAVE_OUT)

    assert score_evaluation(questionnaire, "phone", {"SV1": "no"}).points == {"area:wait": (0, 40)}


def test_nothing_may_be_answered_after_the_stop() -> None:
    evaluation = on_phone(answers={"SV1": "no", "SV2": "74", "KB5": "6", "TI7": "glad"})

    assert faults(evaluation) == [("SV2", "after_stop"), ("KB5", "after_stop"), ("TI7", "after_stop")]
    assert evaluation.points["total"] == (0, 180)


def test_what_comes_before_the_gate_is_still_asked_save_the_wait_itself() -> None:
    early = a_choice("MV2", "welcome", ("yes", "1"), ("no", "0"))
    asked = (early, a_measured(), a_gate())

    assert faults(on_phone(*asked, answers={"SV1": "no"})) == [("MV2", "missing")]
    assert faults(on_phone(*asked, answers={"SV1": "no", "MV2": "ja"})) == [("MV2", "unknown_option")]
    assert faults(on_phone(*asked, answers={"SV1": "no", "MV2": "yes", "SV2": "9"})) == [
        ("SV2", "after_stop")
    ]


def test_a_faulty_answer_stops_nothing() -> None:
    assert on_phone(answers=phone_answers(SV1="first no")).is_answered


def test_one_stopping_option_among_several_stops() -> None:
    gate = a_gate(kind=Kind.MULTIPLE, most_options=2)

    assert not on_phone(gate, answers={"SV1": "first no"}).is_answered


@pytest.mark.parametrize(("least", "is_thin"), [("129/180", False), ("130/180", False), ("131/180", True)])
def test_an_evaluation_is_thin_below_the_least_observed_share_and_keeps_its_points(
    least: str, is_thin: bool
) -> None:
    questionnaire = a_questionnaire(least_observed=Fraction(least))
    evaluation = score_evaluation(questionnaire, "phone", phone_answers(KB7="na", TI6="na"))

    assert evaluation.is_thin is is_thin
    assert evaluation.points["total"] == (100, 130)


def test_an_evaluation_of_nothing_but_not_applicable_is_thin_and_observes_nothing() -> None:
    evaluation = on_phone(a_scale("Q", 5, may_be_not_applicable=True), answers={"Q": "na"})

    assert (evaluation.is_thin, evaluation.points) == (True, {})


@pytest.mark.parametrize(
    ("measure", "points"),
    [
        ("total", (119, 180)),
        ("answered", (119, 180)),
        ("channel:phone", (119, 180)),
        ("channel:email", None),
        ("area:wait", (30, 40)),
        ("theme:competence", None),
        ("question:KB5", (30, 50)),
        ("question:SV1", None),
        ("question:KB99", None),
    ],
)
def test_points_can_be_asked_for_in_any_measure(measure: str, points: tuple[int, int] | None) -> None:
    assert on_phone(answers=phone_answers()).points_in(measure) == points


def test_an_unanswered_enquiry_is_in_its_channel_but_not_among_the_answered() -> None:
    evaluation = on_phone(answers={"SV1": "no"})

    assert evaluation.points_in("answered") is None
    assert evaluation.points_in("channel:phone") == (0, 180)


def test_a_channel_that_is_not_there_cannot_be_scored() -> None:
    with pytest.raises(ValueError, match="no channel 'fax'"):
        score_evaluation(a_questionnaire(), "fax", phone_answers())


def scaled(questionnaire: Questionnaire, factor: Fraction) -> Questionnaire:
    def by_factor(question: Question) -> Question:
        return replace(
            question,
            points=question.points * factor,
            options=tuple(replace(option, points=option.points * factor) for option in question.options),
            bands={
                channel: tuple(replace(band, points=band.points * factor) for band in limits)
                for channel, limits in question.bands.items()
            },
        )

    return replace(questionnaire, questions=tuple(map(by_factor, questionnaire.questions)))


def shares(evaluation: ScoredEvaluation) -> dict[str, Fraction]:
    return {measure: Fraction(*points) for measure, points in evaluation.points.items()}


@settings(max_examples=40)
@given(any_case(), st.fractions("1/6", 9, max_denominator=7))
def test_scaling_all_points_changes_no_score(case: Case, factor: Fraction) -> None:
    larger = scaled(case.questionnaire, factor)
    for _, channel, answers in case.rows:
        before, after = (score_evaluation(q, channel, answers) for q in (case.questionnaire, larger))

        assert shares(after) == shares(before)
        assert (after.is_thin, after.faults) == (before.is_thin, before.faults)


@settings(max_examples=40)
@given(any_case())
def test_earned_points_lie_between_nothing_and_everything(case: Case) -> None:
    for _, channel, answers in case.rows:
        for earned, possible in score_evaluation(case.questionnaire, channel, answers).points.values():
            assert 0 <= earned <= possible
            assert possible > 0


@given(st.integers(1, 5), st.sampled_from(["SV2", "KB5", "KB7"]))
def test_a_better_answer_never_lowers_a_score(step: int, code: str) -> None:
    worse, better = (
        (str(60 * (6 - step)), str(60 * (5 - step))) if code == "SV2" else (str(step), str(step + 1))
    )
    before, after = (shares(on_phone(answers=phone_answers(**{code: text}))) for text in (worse, better))

    assert all(after[measure] >= share for measure, share in before.items())


@settings(max_examples=40)
@given(any_case(), st.randoms(use_true_random=False))
def test_the_order_of_the_questions_changes_no_points(case: Case, dice: Random) -> None:
    shuffled = list(case.questionnaire.questions)
    dice.shuffle(shuffled)
    other = replace(case.questionnaire, questions=tuple(shuffled))
    for _, channel, answers in case.rows:
        before, after = (score_evaluation(q, channel, answers) for q in (case.questionnaire, other))

        assert after.points == before.points


def test_the_cap_of_a_multiple_choice_is_never_exceeded() -> None:
    capped = a_multiple("KB9", 1, 3, ("a", "1"), ("b", "1"), ("c", "1"))

    assert on_phone(capped, answers={"KB9": "a b c"}).points["total"] == (1, 1)
