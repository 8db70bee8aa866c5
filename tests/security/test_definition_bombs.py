"""A definition of a few bytes cannot make the server compute for hours, nor print a number without end."""

import pytest
from django.core.exceptions import ValidationError

from kaaring.programmes.definition import document, read
from kaaring.web.organiser.question_forms import QuestionForm
from kaaring.web.organiser.setup_fields import PointsField
from tests.measured import SMALL_DEFINITION

HEX = "0x" + "f" * 5000


def faults_of(before: str, after: str) -> list[str]:
    assert before in SMALL_DEFINITION
    return [fault.code for fault in read(SMALL_DEFINITION.replace(before, after, 1), file="x.yaml").errors]


@pytest.mark.parametrize(
    "number",
    ['"1e99999999"', '"1e4300"', "1e400", HEX, '"1/99999999999999"', '"1_0"', "9" * 30, ".inf", ".nan"],
)
def test_points_are_written_out_and_never_a_power_of_ten(number: str) -> None:
    assert faults_of("points: 5", f"points: {number}") == ["number"]


@pytest.mark.parametrize("number", ["4", "0.00001", '"1/3"', '"2.5"', '".5"', "123456789"])
def test_points_of_ordinary_size_are_read_and_read_back_the_same(number: str) -> None:
    text = SMALL_DEFINITION.replace("points: 5", f"points: {number}", 1)

    definition = read(text, file="x.yaml").definition

    assert definition is not None
    assert type(definition).model_validate(document(definition)) == definition


@pytest.mark.parametrize("number", [HEX, "99999999999999999999"])
def test_whole_numbers_too_long_to_print_are_told_as_faults(number: str) -> None:
    assert faults_of("attempts: 2", f"attempts: {number}") != []


def test_a_scale_of_a_million_steps_is_refused_before_its_steps_are_counted() -> None:
    assert faults_of("scale: [1, 6]", "scale: [1, 100000000]") != []


@pytest.mark.parametrize("typed", ["1e99999999", "1e999999999999999", "9" * 19])
def test_a_page_takes_no_power_of_ten_for_points(typed: str) -> None:
    with pytest.raises(ValidationError):
        PointsField().clean(typed)


def test_a_page_takes_no_scale_of_a_million_steps() -> None:
    with pytest.raises(ValidationError):
        QuestionForm.base_fields["scale_to"].clean("100000000")


def test_a_character_that_databases_cannot_store_is_told_as_a_fault() -> None:
    assert faults_of("{en: Quality Prize", '{en: "a\\0b"') == ["odd_character"]
