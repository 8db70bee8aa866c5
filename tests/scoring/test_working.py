from fractions import Fraction

from kaaring.scoring import (
    ParticipantScore,
    WorkedEnquiry,
    Working,
    evaluation_working,
    measure_working,
    participant_working,
    score_evaluation,
)
from tests.scoring.build import a_questionnaire, a_scale, phone_answers, questions

MEAN, POOLED = ParticipantScore.MEAN_OF_ENQUIRIES, ParticipantScore.POOLED


def enquiries() -> list[WorkedEnquiry]:
    """One of 119/180, one unanswered (0/180), one thin one that does not count."""
    questionnaire = a_questionnaire()
    answered = score_evaluation(questionnaire, "phone", phone_answers())
    unanswered = score_evaluation(questionnaire, "phone", {"SV1": "no"})
    return [
        WorkedEnquiry("K1", answered),
        WorkedEnquiry("K2", unanswered),
        WorkedEnquiry("K3", answered, left_out_because="thin"),
    ]


def children(working: Working) -> dict[str, Working]:
    return {child.label: child for child in working.children}


def test_an_evaluation_shows_what_was_asked_earned_possible_and_left_out() -> None:
    evaluation = score_evaluation(a_questionnaire(), "email", {**phone_answers(TI6="na"), "KB7": ""})
    total = evaluation_working(a_questionnaire(), evaluation)

    # e-mail: 74.5 minutes give 4 of 4; welcome 1 of 1; agent 3 of 5 and 3 of 3.
    assert (total.label, total.earned, total.possible, total.score) == (
        "total",
        110,
        130,
        Fraction(11000, 130),
    )
    areas = children(total)
    assert list(areas) == ["area:wait", "area:welcome", "area:agent", "area:overall"]
    assert areas["area:agent"].score == 75
    assert areas["area:overall"].left_out_because == "not_observed"
    assert [(line.label, line.earned, line.left_out_because) for line in areas["area:agent"].children] == [
        ("question:KB5", 30, None),
        ("question:KB7", None, "not_on_channel"),
        ("question:KB9", 30, None),
    ]
    assert children(areas["area:overall"])["question:TI6"].left_out_because == "not_applicable"


def test_areas_add_up_to_the_total_of_an_answered_enquiry() -> None:
    total = evaluation_working(
        a_questionnaire(), score_evaluation(a_questionnaire(), "phone", phone_answers())
    )

    assert sum(area.earned or 0 for area in total.children) == total.earned
    assert sum(area.possible or 0 for area in total.children) == total.possible


def test_a_question_without_an_area_stands_beside_the_areas() -> None:
    questionnaire = a_questionnaire(*questions(), a_scale("CX", 0, area=None, scored=False))
    evaluation = score_evaluation(questionnaire, "phone", phone_answers())

    assert (
        children(evaluation_working(questionnaire, evaluation))["question:CX"].left_out_because
        == "not_scored"
    )


def test_an_unanswered_enquiry_shows_zero_of_everything_and_areas_left_out_as_unanswered() -> None:
    total = evaluation_working(a_questionnaire(), score_evaluation(a_questionnaire(), "phone", {"SV1": "no"}))

    assert (total.earned, total.possible, total.score) == (0, 180, 0)
    assert {area.label: area.left_out_because for area in total.children} == {
        "area:wait": None,
        "area:welcome": "unanswered",
        "area:agent": "unanswered",
        "area:overall": "unanswered",
    }


def test_a_participants_measure_shows_every_enquiry_counted_or_not() -> None:
    total = measure_working("total", enquiries(), method=MEAN)

    assert (total.earned, total.possible, total.enquiries) == (119, 360, 2)
    assert total.score == Fraction(11900, 180) / 2
    assert [(line.label, line.score, line.left_out_because) for line in total.children] == [
        ("K1", Fraction(11900, 180), None),
        ("K2", 0, None),
        ("K3", None, "thin"),
    ]


def test_an_enquiry_in_which_a_measure_was_not_observed_says_so() -> None:
    agent = measure_working("area:agent", enquiries(), method=MEAN)

    assert [line.left_out_because for line in agent.children] == [None, "not_observed", "thin"]
    assert (agent.score, agent.enquiries) == (64, 1)


def test_a_measure_nobody_observed_has_no_score() -> None:
    theme = measure_working("theme:competence", enquiries(), method=MEAN)

    assert (theme.score, theme.left_out_because, theme.enquiries) == (None, "not_observed", 0)


def test_a_participants_total_is_explained_by_areas_and_questions() -> None:
    total = participant_working(a_questionnaire(), enquiries(), method=POOLED)

    # wait: 30 of 40 answered and 0 of 40 unanswered: 30/80.
    assert total.score == Fraction(11900, 360)
    waiting = children(total)["area:wait"]
    assert (waiting.score, waiting.enquiries) == (Fraction(3000, 80), 2)
    assert [(line.label, line.score) for line in waiting.children] == [
        ("question:SV1", None),
        ("question:SV2", Fraction(3000, 80)),
    ]
