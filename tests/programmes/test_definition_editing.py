"""Each change gives a changed copy of a definition, takes along what refers to it, and leaves the old one."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import translation

from kaaring.kernel.refused import Refused
from kaaring.programmes.definition import Definition, document
from kaaring.programmes.definition.editing import (
    moved,
    new_faults,
    survey_of,
    with_area,
    with_channel,
    with_class,
    with_question,
    with_scoring,
    with_theme,
    with_timeline,
    without_area,
    without_channel,
    without_class,
    without_question,
    without_theme,
)
from kaaring.programmes.definition.schema import (
    Area,
    Channel,
    CompetitionClass,
    Question,
    Scoring,
    Survey,
    Theme,
)
from tests.build import a_definition
from tests.measured import SMALL_DEFINITION

JURY_ALONE = """
kaaring: 1
programme: {slug: prize, name: Prize}
edition: {slug: "1"}
jury: {scale: {from: 0, to: 10, step: 1}, jurors_per_entry: 1, stages: [{code: final, mode: scorecard}]}
categories:
  - {code: one, name: One, subject: team, criteria: [{code: all, name: All, weight: 100}]}
"""


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def small(*replaced: tuple[str, str]) -> Definition:
    text = SMALL_DEFINITION
    for old, new in replaced:
        assert old in text
        text = text.replace(old, new)
    definition = a_definition(text)
    assert isinstance(definition, Definition)
    return definition


def a_question(code: str = "X1", **changes: Any) -> Question:
    plain = {
        "code": code,
        "text": {"en": "New?"},
        "area": "wait",
        "options": [{"code": "yes", "points": 1}, {"code": "no"}],
    }
    return Question.model_validate({**plain, **changes})


def codes(things: Any) -> list[str]:
    return [one.code for one in things]


def asked(definition: Definition) -> list[str]:
    return codes(survey_of(definition).questions)


def survey(definition: Definition) -> Survey:
    return survey_of(definition)


def test_a_new_question_stands_last_in_its_area() -> None:
    before = small()

    after = with_question(before, a_question())

    assert asked(after) == ["G1", "W1", "X1", "H1", "S1", "M1", "N1"]
    assert asked(before) == ["G1", "W1", "H1", "S1", "M1", "N1"]


def test_a_new_question_in_an_empty_area_stands_last_of_all() -> None:
    assert asked(with_question(small(), a_question(area="nowhere")))[-1] == "X1"


def test_a_changed_question_keeps_its_place_and_is_followed_under_its_new_code() -> None:
    before = small(
        ('results: [total, answered, "area:talk"]', 'results: [total, "question:H1"]'),
        ("minimum_enquiries: 1}", 'minimum_enquiries: 1, ties: ["question:H1"]}'),
        ("by: measure, measure: total, among: all", 'by: measure, measure: "question:H1", among: all'),
    )

    after = with_question(before, a_question("H9", area="talk"), replacing="H1")

    assert asked(after) == ["G1", "W1", "H9", "S1", "M1", "N1"]
    assert survey(after).results == ("total", "question:H9")
    assert survey(after).scoring.ties == ("question:H9",)
    assert after.awards[0].measure == "question:H9"
    assert new_faults(before, after) == ()


def test_a_question_changed_under_its_own_code_changes_nothing_else() -> None:
    before = small()
    wanted = survey(before).questions[2].model_copy(update={"text": {"en": "Greeted?"}})

    after = with_question(before, wanted, replacing="H1")

    other = document(after)
    other["survey"]["questions"][2]["text"] = document(before)["survey"]["questions"][2]["text"]
    assert other == document(before)


def test_a_question_taken_out_leaves_no_measure_behind() -> None:
    before = small(
        (
            'results: [total, answered, "area:talk"]',
            'results: ["question:H1"]\n  publish_means: ["question:H1"]',
        )
    )

    after = without_question(before, "H1")

    assert "H1" not in asked(after)
    assert survey(after).results == ("total",)
    assert survey(after).publish_means == ()


def test_the_last_question_stays() -> None:
    definition = small()
    for code in asked(definition)[:-1]:
        definition = without_question(definition, code)

    with pytest.raises(Refused, match="last_question"):
        without_question(definition, "N1")


@pytest.mark.parametrize(
    ("measure", "remove"),
    [
        ("question:H1", lambda definition: without_question(definition, "H1")),
        ("theme:warmth", lambda definition: without_theme(definition, "warmth")),
        ("channel:email", lambda definition: without_channel(definition, "email")),
    ],
)
def test_what_decides_an_award_stays(measure: str, remove: Any) -> None:
    definition = small(
        ("by: measure, measure: total, among: all", f'by: measure, measure: "{measure}", among: all')
    )

    with pytest.raises(Refused, match="decides_an_award") as refused:
        remove(definition)

    assert refused.value.details == ("The best",)


def test_a_new_area_gets_a_comment_only_if_asked_for() -> None:
    area = Area.model_validate({"code": "end", "name": {"en": "The end"}})

    assert survey(with_area(small(), area, has_comment=True)).comments == ("talk", "end")
    assert survey(with_area(small(), area, has_comment=False)).comments == ("talk",)


def test_a_renamed_area_takes_its_questions_comment_and_measure_along() -> None:
    before = small()
    area = Area.model_validate({"code": "agent", "name": {"en": "The agent"}})

    after = with_area(before, area, has_comment=True, replacing="talk")

    assert codes(survey(after).areas) == ["wait", "agent"]
    assert {one.area for one in survey(after).questions} == {"wait", "agent", None}
    assert survey(after).comments == ("agent",)
    assert survey(after).results == ("total", "answered", "area:agent")
    assert new_faults(before, after) == ()


def test_an_area_with_questions_stays_and_says_which() -> None:
    with pytest.raises(Refused, match="questions_need_it") as refused:
        without_area(small(), "talk")

    assert refused.value.details == (
        "H1: Were you greeted?",
        "S1: How interested was the agent?",
        "M1: What did the agent do?",
    )


def test_of_many_questions_in_an_area_ten_are_named() -> None:
    definition = small()
    for number in range(12):
        definition = with_question(definition, a_question(f"X{number}"))

    with pytest.raises(Refused) as refused:
        without_area(definition, "wait")

    assert len(refused.value.details) == 11
    assert refused.value.details[-1] == "and 4 more"


def test_an_empty_area_can_go_with_its_comment() -> None:
    before = with_area(small(), Area.model_validate({"code": "end"}), has_comment=True)

    after = without_area(before, "end")

    assert after == small()


def test_a_renamed_theme_stays_with_its_questions() -> None:
    theme = Theme.model_validate({"code": "heart", "name": {"en": "Heart"}})

    after = with_theme(small(), theme, replacing="warmth")

    assert codes(survey(after).themes) == ["heart"]
    assert [one.code for one in survey(after).questions if "heart" in one.themes] == ["H1", "S1"]


def test_a_theme_taken_out_leaves_its_questions() -> None:
    added = with_theme(small(), Theme.model_validate({"code": "heart"}))

    after = without_theme(added, "warmth")

    assert codes(survey(after).themes) == ["heart"]
    assert asked(after) == asked(small())
    assert all(not one.themes for one in survey(after).questions)


def test_a_channels_enquiries_make_the_key_and_all_enquiries_follow_it() -> None:
    phone = survey(small()).channels["phone"]

    after = with_channel(small(), "phone", phone, enquiries=10)
    after = with_channel(after, "email", survey(small()).channels["email"], enquiries=5)

    allocation = survey(after).allocation
    assert allocation is not None
    assert (allocation.enquiries, allocation.key) == (15, {"phone": 10, "email": 5})
    emptied = survey(with_channel(after, "phone", phone, enquiries=None)).allocation
    assert emptied is not None
    assert (emptied.enquiries, emptied.key) == (5, {"email": 5})


def test_the_last_enquiries_taken_from_the_key_leave_the_number_of_all() -> None:
    phone = survey(small()).channels["phone"]
    with_key = with_channel(small(), "phone", phone, enquiries=10)

    allocation = survey(with_channel(with_key, "phone", phone, enquiries=None)).allocation

    assert allocation is not None
    assert (allocation.enquiries, allocation.key) == (10, {})


def test_without_an_allocation_a_channel_without_enquiries_makes_none() -> None:
    chat = Channel.model_validate({"name": {"en": "Chat"}})

    after = with_channel(small(), "chat", chat, enquiries=None)

    assert survey(after).allocation is None
    assert list(survey(after).channels) == ["phone", "email", "chat"]


def test_a_channel_taken_out_goes_from_every_question() -> None:
    before = small(("    - code: H1\n", "    - code: H1\n      channels: [phone, email]\n"))

    after = without_channel(before, "email")

    assert list(survey(after).channels) == ["phone"]
    assert survey(after).questions[1].unit == {}
    assert list(survey(after).questions[1].bands) == ["phone"]
    assert survey(after).questions[2].channels == ("phone",)
    assert new_faults(before, after) == ()


def test_a_channel_stays_while_a_question_is_asked_on_it_alone() -> None:
    with pytest.raises(Refused, match="questions_need_it"):
        without_channel(small(), "phone")


def test_a_channel_stays_while_another_stands_in_for_it() -> None:
    definition = small(
        ("email: {attempts: 1,", "email: {instead_of: phone, attempts: 1,"),
        ("channels: [phone]", "channels: [phone, email]"),
    )

    with pytest.raises(Refused, match="channel_stood_in_for") as refused:
        without_channel(definition, "phone")

    assert refused.value.details == ("E-mail",)


def test_the_last_channel_stays() -> None:
    alone = without_channel(small(), "email")

    with pytest.raises(Refused, match="last_channel"):
        without_channel(alone, "phone")


def test_classes_come_change_and_go() -> None:
    new = CompetitionClass.model_validate(
        {"code": "hotels", "name": {"en": "Hotels"}, "minimum_participants": 3}
    )
    other = new.model_copy(update={"minimum_participants": 5})

    added = with_class(small(), new)

    assert codes(survey(added).classes) == ["banks", "shops", "hotels"]
    assert survey(with_class(added, other, replacing="hotels")).classes[2].minimum_participants == 5
    assert without_class(added, "hotels") == small()


@pytest.mark.parametrize(
    ("code", "by", "order"),
    [
        ("S1", -1, ["G1", "W1", "S1", "H1", "M1", "N1"]),
        ("S1", 1, ["G1", "W1", "H1", "M1", "S1", "N1"]),
        ("H1", -1, ["G1", "W1", "H1", "S1", "M1", "N1"]),
        ("M1", 1, ["G1", "W1", "H1", "S1", "M1", "N1"]),
        ("nobody", 1, ["G1", "W1", "H1", "S1", "M1", "N1"]),
    ],
)
def test_a_question_moves_among_those_of_its_area(code: str, by: int, order: list[str]) -> None:
    assert asked(moved(small(), "questions", code, by=by)) == order


def test_a_question_moves_past_questions_of_other_areas() -> None:
    mixed = small(("    - code: W1\n      area: wait", "    - code: W1\n      area: talk"))
    mixed = with_question(mixed, a_question("W2", area="wait"))

    assert asked(moved(mixed, "questions", "W2", by=-1))[:2] == ["W2", "G1"]


def test_areas_themes_and_classes_move() -> None:
    themed = with_theme(small(), Theme.model_validate({"code": "heart"}))

    assert codes(survey(moved(small(), "areas", "talk", by=-1)).areas) == ["talk", "wait"]
    assert codes(survey(moved(small(), "classes", "banks", by=1)).classes) == ["shops", "banks"]
    assert codes(survey(moved(themed, "themes", "heart", by=-1)).themes) == ["heart", "warmth"]


def test_scoring_and_what_is_shown_change_together() -> None:
    scoring = Scoring.model_validate({"minimum_enquiries": 5})

    after = survey(with_scoring(small(), scoring, results=("answered",), publish_means=()))

    assert (after.scoring.minimum_enquiries, after.results, after.publish_means) == (5, ("answered",), ())


def test_dates_change_alone() -> None:
    before = small()
    later = before.timeline.model_copy(update={"announcement": None})

    after = with_timeline(before, later)

    assert after.timeline.announcement is None
    assert after.survey == before.survey


def test_only_faults_that_a_change_brings_are_told() -> None:
    before = small()
    broken = with_question(before, a_question(area="nowhere"))
    renamed = with_class(broken, CompetitionClass.model_validate({"code": "hotels"}))

    assert [fault.code for fault in new_faults(before, broken)] == ["unknown_area"]
    assert new_faults(broken, renamed) == ()


def test_where_nothing_is_measured_there_is_nothing_to_edit() -> None:
    with pytest.raises(Refused, match="no_survey"):
        without_question(a_definition(JURY_ALONE), "H1")
