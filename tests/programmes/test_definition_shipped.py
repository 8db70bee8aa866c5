"""The definitions that come with the product: whole, clean and what the sources say."""

from fractions import Fraction
from pathlib import Path

import pytest

from kaaring import programmes
from kaaring.programmes.definition.questionnaire import questionnaire
from kaaring.programmes.definition.reading import read
from kaaring.programmes.definition.schema import Definition, Survey
from kaaring.programmes.definition.tree import MOST_BYTES
from kaaring.programmes.definition.writing import dump

FOLDER = Path(programmes.__file__).parent / "definitions"
SHIPPED = sorted(FOLDER.glob("*.yaml"))
CONTRADICTORY = "contact-centre-awards-ru.yaml"
"""Its source contradicts itself; what is odd about it is in ``test_definition_rule_linter_shipped``."""
QUOTED = {
    "MV9": "Følte du deg velkommen når du ble mottat som du ble i denne henvendelsen?",
    "TI4": "Følte du deg verdsatt som mulig ny kunde i denne dialogen?",
    "TI5": (
        "Ville du handlet med dette selskapet basert på denne kundeopplevelsen, "
        "om du hadde hatt behov for det de tilbyr?"
    ),
}
THEMES = {
    "interest": "MV5 MV9 KB1 KB2 KB3 KB4 KB5 KB6 KB12 KB15 KB16 TI4",
    "competence": "MV7 KB2 KB11 KB12 KB13 KB15",
    "access": "SV1 SV2 SV3 SV4 SV5 SV6 MV1",
    "personal": "MV2 MV3 MV4 MV5 MV6 MV9 KB6 KB8 KB18",
    "communication": "SV3 SV5 MV8 KB3 KB4 KB7 KB8 KB9 KB10 TI1",
    "resolution": "MV7 KB13 KB14 KB17 TI1 TI2 TI6",
    "loyalty": "TI3 TI4 TI5 TI6 TI7",
}


def shipped(year: str) -> Definition:
    path = FOLDER / f"kundeserviceprisen-{year}.yaml"
    definition = read(path.read_text(encoding="utf-8"), file=path.name).definition
    assert definition is not None
    return definition


def survey_of(year: str) -> Survey:
    survey = shipped(year).survey
    assert survey is not None
    return survey


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_a_shipped_definition_has_neither_errors_nor_warnings(path: Path) -> None:
    reading = read(path.read_text(encoding="utf-8"), file=path.name)

    assert reading.errors == ()
    assert bool(reading.warnings) == (path.name == CONTRADICTORY)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_a_shipped_definition_is_written_back_within_the_limit_and_reads_to_the_same(path: Path) -> None:
    definition = read(path.read_text(encoding="utf-8"), file=path.name).definition
    assert definition is not None

    written = dump(definition)

    assert len(written.encode()) <= MOST_BYTES
    assert read(written, file="again").definition == definition


@pytest.mark.parametrize("year", ["2020", "2021"])
def test_forty_questions_give_the_points_planned_for_each_channel(year: str) -> None:
    survey = survey_of(year)

    assert len(survey.questions) == 40
    assert {code: survey.possible(code) for code in survey.channels} == {
        "phone": 100,
        "email": 95,
        "chat": 99,
        "messenger": 98,
    }
    assert {code: len(survey.asked_on(code)) for code in survey.channels} == {
        "phone": 38,
        "email": 33,
        "chat": 36,
        "messenger": 35,
    }


def test_a_phone_enquiry_gives_5_20_50_and_25_points_in_the_four_areas() -> None:
    survey = survey_of("2021")
    points = {area.code: Fraction(0) for area in survey.areas}
    for question in survey.asked_on("phone"):
        assert question.area is not None
        points[question.area] += question.possible("phone")

    assert points == {"wait": 5, "welcome": 20, "agent": 50, "overall": 25}
    assert [area.name["nb"] for area in survey.areas] == [
        "Svar- og ventetid",
        "Mottak og velkomst",
        "Kundebehandleren",
        "Totalinntrykk",
    ]


def test_the_themes_hold_the_questions_of_the_category_make_up() -> None:
    survey = survey_of("2021")

    assert {
        theme.code: " ".join(q.code for q in survey.questions if theme.code in q.themes)
        for theme in survey.themes
    } == THEMES


def test_three_questions_are_quoted_to_the_letter() -> None:
    texts = {question.code: question.text["nb"] for question in survey_of("2021").questions}

    assert {code: texts[code] for code in QUOTED} == QUOTED


def test_the_editions_have_20_and_23_classes_with_names_in_three_languages() -> None:
    assert len(survey_of("2021").classes) == 20
    assert len(survey_of("2020").classes) == 23
    assert all({"nb", "en", "ru"} <= set(each.name) for each in survey_of("2020").classes)


def test_what_is_invented_is_said_in_three_languages_without_stray_characters() -> None:
    for year in ("2020", "2021"):
        illustrative = shipped(year).edition.illustrative
        assert illustrative is not None
        assert set(illustrative) == {"nb", "en", "ru"}
        assert all(text.isprintable() for text in illustrative.values())


def test_the_2020_edition_was_planned_to_go_on_after_10_march() -> None:
    fieldwork = shipped("2020").timeline.fieldwork

    assert fieldwork is not None
    assert fieldwork[1].isoformat() == "2020-03-27"


def test_every_channel_has_its_limits() -> None:
    limits = {
        code: (channel.attempts, str(channel.max_wait))
        for code, channel in survey_of("2021").channels.items()
    }

    assert limits == {
        "phone": (2, "5 minutes"),
        "email": (1, "3 working days"),
        "chat": (2, "5 minutes"),
        "messenger": (2, "30 minutes"),
    }


@pytest.mark.parametrize("year", ["2020", "2021"])
def test_the_questionnaire_computes_with_the_same_points(year: str) -> None:
    computed = questionnaire(shipped(year))

    assert computed.unit == 10
    assert computed.unanswered_in == {"wait"}
    assert computed.least_observed == Fraction(3, 5)
    assert {
        channel: computed.points(
            sum(computed.possible(question, channel) for question in computed.asked_on(channel))
        )
        for channel in computed.channels
    } == {"phone": 100, "email": 95, "chat": 99, "messenger": 98}


def test_the_questionnaire_knows_gates_scales_and_what_may_not_apply() -> None:
    questions = questionnaire(shipped("2021")).by_code

    assert questions["SV1"].is_gate
    assert [option.code for option in questions["SV1"].options if option.stops] == ["no"]
    assert [questions["KB5"].lowest, questions["KB5"].highest, questions["KB5"].points] == [1, 6, 5]
    assert questions["TI5"].may_be_not_applicable
    assert not questions["TI4"].may_be_not_applicable
    assert (questions["TI7"].kind, questions["TI7"].most_options) == ("multiple", 3)
    assert [band.bound for band in questions["SV2"].bands["email"]] == [240, 360, 720, 1080]


def test_a_measured_value_has_its_unit_on_each_channel() -> None:
    waited = next(question for question in survey_of("2021").questions if question.code == "SV2")

    assert waited.unit_on("phone") == "seconds"
    assert waited.unit_on("email") == "working_minutes"


def test_public_means_are_those_named_or_else_all_areas_and_themes() -> None:
    survey = survey_of("2021")
    unnamed = survey.model_copy(update={"publish_means": None})

    assert survey.public_means()[-1] == "question:TI5"
    assert unnamed.public_means()[:2] == ("area:wait", "area:welcome")
    assert len(unnamed.public_means()) == 4 + 7


def test_a_definition_without_a_survey_has_no_questionnaire() -> None:
    only_a_jury = shipped("2021").model_copy(update={"survey": None})

    with pytest.raises(ValueError, match="no survey"):
        questionnaire(only_a_jury)
