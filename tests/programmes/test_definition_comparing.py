"""What a later version changes is told in words, with what it means for answers already given."""

import pytest

from kaaring.programmes.definition.comparing import Change, changes
from kaaring.programmes.definition.reading import read
from kaaring.programmes.definition.schema import Definition
from tests.programmes.test_definition_faults import VALID
from tests.programmes.test_definition_faults_juried import VALID as JURIED


def a_version(*edits: tuple[str, str]) -> Definition:
    text = VALID
    for old, new in edits:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    definition = read(text, file="f").definition
    assert definition is not None
    return definition


CASES = [
    (
        ("points: 40", "points: 50"),
        Change(
            "survey.questions.B1.points",
            "Question B1: “points” is now 50, was 40",
            "Answers already given to B1 keep the points of the version they were given under.",
        ),
    ),
    (
        ('{code: "yes", points: 2}', '{code: "yes", points: 1.5}'),
        Change(
            "survey.questions.B2.options.yes.points",
            "Question B2: “options yes points” is now 1.5, was 2",
            "Answers already given to B2 keep the points of the version they were given under.",
        ),
    ),
    (
        ("[[60, 4], [120, 2]]", "[[60, 4]]"),
        Change(
            "survey.questions.A2.bands.phone",
            "Question A2: “bands phone” is now [[60, 4]], was [[60, 4], [120, 2]]",
            "Answers already given to A2 keep the points of the version they were given under.",
        ),
    ),
    (
        ("not_applicable: Nothing was said", "not_applicable: Nothing"),
        Change(
            "survey.questions.B3.not_applicable.en",
            "Question B3: “not_applicable en” is now “Nothing”, was “Nothing was said”",
            "Answers already given to B3 keep the points of the version they were given under.",
        ),
    ),
    (
        ("      not_applicable: Nothing was said\n", ""),
        Change(
            "survey.questions.B3.not_applicable",
            "Question B3: “not_applicable” is taken out, was en: “Nothing was said”",
            "Answers already given to B3 keep the points of the version they were given under.",
        ),
    ),
    (
        ("code: B2, area: agent, themes", "code: B2, text: New, area: agent, themes"),
        Change(
            "survey.questions.B2.text.en",
            "Question B2: “text en” is now “New”, was “B2”",
            "Only the wording changes; all points stay.",
        ),
    ),
    (
        ("code: B2, area: agent", "code: B2, area: wait"),
        Change(
            "survey.questions.B2.area",
            "Question B2: “area” is now “wait”, was “agent”",
            "Answers already given to B2 count in the area of the version they were given under.",
        ),
    ),
    (
        ("{code: agent}]", "{code: agent}, {code: end}]"),
        Change(
            "survey.areas.end", "Area end: new", "Evaluations already stored keep the areas of their version."
        ),
    ),
    (
        ("minimum_participants: 3", "minimum_participants: 4"),
        Change(
            "survey.classes.banks.minimum_participants",
            "Class banks: “minimum_participants” is now 4, was 3",
            "Standings follow it from now on; published results stay.",
        ),
    ),
    (
        ("max_wait: 30 minutes", "max_wait: 20 minutes"),
        Change(
            "survey.channels.chat.max_wait",
            "Channel chat: “max_wait” is now “20 minutes”, was “30 minutes”",
            "It holds for enquiries still to be made, not for those made.",
        ),
    ),
    (
        ("minimum_enquiries: 5", "minimum_enquiries: 6"),
        Change(
            "survey.scoring.minimum_enquiries",
            "Scoring: “minimum_enquiries” is now 6, was 5",
            "Standings follow it from now on; published results stay.",
        ),
    ),
    (
        ("scored: false, metric", "scored: false, guidance: Ask, metric"),
        Change(
            "survey.questions.CX.guidance",
            "Question CX: “guidance” is new: en: “Ask”",
            "Only the wording changes; all points stay.",
        ),
    ),
    (
        ("announcement: 2030-03-01T12:00", "announcement: 2030-03-02"),
        Change(
            "timeline.announcement",
            "Timeline: “announcement” is now “2030-03-02”, was “2030-03-01T12:00”",
            "Only announced dates change; no score does.",
        ),
    ),
    (
        (
            "weight: 60}, {code: results, weight: 40, discretion: ceiling",
            "weight: 60}, {code: results, weight: 40",
        ),
        Change(
            "categories.outsourcing.criteria.results.discretion",
            "Category outsourcing: “criteria results discretion” is now “fixed”, was “ceiling”",
            "Scorecards that are final stay; open ones follow it.",
        ),
    ),
    (
        ("jurors_per_entry: 5", "jurors_per_entry: 6"),
        Change(
            "jury.jurors_per_entry",
            "Jury: “jurors_per_entry” is now 6, was 5",
            "Scorecards that are final stay; open ones follow it.",
        ),
    ),
    (
        ("name: {en: Prize}", "name: {en: Award}"),
        Change(
            "programme.name.en",
            "Programme: “name en” is now “Award”, was “Prize”",
            "Only what is shown changes; no score does.",
        ),
    ),
    (
        ("stops: true", "stops: true, text: Never"),
        Change(
            "survey.questions.A1.options.no.text.en",
            "Question A1: “options no text en” is now “Never”, was “no”",
            "Answers already given to A1 keep the points of the version they were given under.",
        ),
    ),
]


@pytest.mark.parametrize(("edit", "change"), CASES, ids=lambda case: getattr(case, "path", ""))
def test_a_change_is_told_with_its_effect(edit: tuple[str, str], change: Change) -> None:
    assert changes(a_version(), a_version(edit)) == (change,)


def test_a_truth_value_reads_as_in_the_file() -> None:
    new = a_version(("roles: [centre, client]}", "roles: [centre, client], all_required: true}"))

    (change,) = changes(a_version(), new)

    assert "all_required: true" in change.what.split(", was ")[0]


def test_another_order_of_questions_is_told_once() -> None:
    old = a_version()
    assert old.survey is not None
    turned = old.survey.model_copy(update={"questions": old.survey.questions[::-1]})

    assert [change.what for change in changes(old, old.model_copy(update={"survey": turned}))] == [
        "questions: in another order"
    ]


def test_the_same_definition_changes_nothing() -> None:
    assert changes(a_version(), a_version()) == ()


def test_a_question_that_comes_and_one_that_goes_are_told_with_what_stays() -> None:
    new = a_version(("{code: B2, area", "{code: B4, area"))

    assert changes(a_version(), new) == (
        Change(
            "survey.questions.B4",
            "Question B4: new",
            "Evaluations already stored keep their scores without it.",
        ),
        Change(
            "survey.questions.B2",
            "Question B2: taken out",
            "Answers already given to it stay and keep counting.",
        ),
    )


def test_another_order_is_a_change_of_its_own() -> None:
    areas = "areas: [{code: wait}, {code: agent}]"
    new = a_version((areas, "areas: [{code: agent}, {code: wait}]"))

    assert changes(a_version(), new) == (
        Change(
            "survey.areas",
            "areas: in another order",
            "Forms and pages follow the new order; no score changes.",
        ),
    )


def test_a_survey_that_is_taken_out_is_one_change() -> None:
    old = a_version()
    new = old.model_copy(update={"survey": None})

    assert [change.what for change in changes(old, new)] == ["Survey: taken out"]
    assert [change.what for change in changes(new, old)] == ["Survey: new"]


JURIED_CASES = [
    ("unit: seats}", "unit: desks}", "facts.seats.unit", "Fact seats: “unit” is now “desks”, was “seats”"),
    ("price: 300", "price: 400", "fees.prices.late.price", "Fees: “prices late price” is now 400, was 300"),
    ("[{code: wait}, ", "[{code: wait}, {code: aht}, ", "key_figures.aht", "Key figure aht: new"),
    (
        "terms: [{code: people}, {code: seats}]",
        "terms: [{code: seats}]",
        "terms.people",
        "Term people: taken out",
    ),
]


@pytest.mark.parametrize(("old", "new", "path", "what"), JURIED_CASES)
def test_what_a_jury_needs_is_called_by_its_name(old: str, new: str, path: str, what: str) -> None:
    before = read(JURIED, file="f").definition
    after = read(JURIED.replace(old, new), file="f").definition
    assert before is not None
    assert after is not None

    assert [(change.path, change.what) for change in changes(before, after)] == [(path, what)]
