"""What is written reads back to the same; the schema says what the reader takes."""

import json
import re
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from kaaring.programmes.definition.reading import read, restored
from kaaring.programmes.definition.schema import Definition, Span
from kaaring.programmes.definition.tree import grow
from kaaring.programmes.definition.writing import document, dump, json_schema
from tests.programmes.test_definition_faults import VALID
from tests.programmes.test_definition_shipped import FOLDER, shipped

LETTERS = st.characters(codec="utf-8", exclude_characters="\0")
WORDS = st.text(LETTERS, min_size=1, max_size=30).map(str.strip).filter(bool)
TEXTS = st.one_of(
    WORDS, st.fixed_dictionaries({"nb": WORDS}, optional={"en": WORDS, "ru": WORDS, "zh-TW": WORDS})
)
POINTS = st.fractions(min_value=0, max_value=20, max_denominator=12)
DAYS = st.dates(date(1990, 1, 1), date(2090, 1, 1))
MOMENTS = st.one_of(
    DAYS, st.builds(datetime.combine, DAYS, st.times().map(lambda t: t.replace(second=0, microsecond=0)))
)
LENGTHS = st.builds(
    Span, st.integers(1, 999), st.sampled_from(["minutes", "hours", "working_days", "months"])
).map(str)


@st.composite
def questions(draw: st.DrawFn, code: str) -> dict[str, Any]:
    question: dict[str, Any] = {"code": code, "area": "a1", "scored": draw(st.booleans())}
    kind = draw(st.sampled_from(["choice", "multiple", "scale", "measured"]))
    if kind == "scale":
        lowest = draw(st.integers(-3, 3))
        question |= {"scale": [lowest, lowest + 5], "points": draw(POINTS), "anchors": {lowest: draw(TEXTS)}}
    elif kind == "measured":
        bounds = sorted(draw(st.sets(st.integers(0, 999), min_size=1, max_size=4)))
        question |= {"measured": "minutes", "bands": {"phone": [[bound, draw(POINTS)] for bound in bounds]}}
    else:
        codes = draw(
            st.lists(st.sampled_from(["yes", "no", "on", "1", "x-2"]), min_size=2, max_size=5, unique=True)
        )
        question |= {
            "options": [{"code": each, "points": draw(POINTS), "text": draw(TEXTS)} for each in codes]
        }
        question |= {"multiple": 2} if kind == "multiple" else {}
    optional = {"text": TEXTS, "not_applicable": TEXTS, "guidance": TEXTS}
    return question | draw(st.fixed_dictionaries({}, optional=optional))


@st.composite
def definitions(draw: st.DrawFn) -> Definition:
    first = draw(DAYS)
    data: dict[str, Any] = {
        "kaaring": 1,
        "programme": {"slug": "p", "name": draw(TEXTS)},
        "edition": {"slug": draw(st.sampled_from(["2021", "no", "e-1"])), "languages": ["nb", "en"]},
        "timeline": {"fieldwork": [first, first + timedelta(days=draw(st.integers(0, 200)))]},
        "survey": {
            "channels": {"phone": {"max_wait": draw(LENGTHS), "send_before": time(12, 0)}},
            "hours": {"from": "09:00", "to": "15:00", "holidays": "NO"},
            "areas": [{"code": "a1", "name": draw(TEXTS)}],
            "questions": [draw(questions(f"Q{n}")) for n in range(draw(st.integers(1, 4)))],
            "scoring": {"least_observed": draw(st.fractions(0, 1, max_denominator=100))},
            "classes": [{"code": "c1", "minimum_participants": draw(st.integers(1, 9))}],
        },
    }
    data["timeline"] |= draw(st.fixed_dictionaries({}, optional={"ceremony": MOMENTS, "rounding": MOMENTS}))
    return Definition.model_validate(data, context={"first_language": "nb"})


@given(definitions())
@settings(max_examples=80, suppress_health_check=[HealthCheck.too_slow])
def test_what_is_written_reads_back_to_an_equal_definition(definition: Definition) -> None:
    reading = read(dump(definition), file="f")

    assert reading.errors == ()
    assert reading.definition == definition


@given(definitions())
@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
def test_what_is_stored_as_json_is_restored_to_an_equal_definition(definition: Definition) -> None:
    assert restored(json.loads(json.dumps(document(definition)))) == definition


@pytest.mark.parametrize("year", ["2020", "2021"])
def test_the_shipped_definitions_survive_being_written_and_stored(year: str) -> None:
    definition = shipped(year)

    written = read(dump(definition), file="f")

    assert written.faults == ()
    assert written.definition == definition
    assert restored(json.loads(json.dumps(document(definition)))) == definition


def test_a_file_with_every_part_survives_being_written() -> None:
    definition = read(VALID, file="f").definition
    assert definition is not None

    assert read(dump(definition), file="f").definition == definition


def test_a_written_file_leaves_out_what_goes_without_saying() -> None:
    definition = read(VALID, file="f").definition
    assert definition is not None

    lines = dump(definition).split("\n")

    assert lines[0] == "kaaring: 1"
    assert "    chat: {max_wait: 30 minutes}" in lines
    assert "  areas: [{code: wait}, {code: agent}]" in lines
    assert '  hours: {from: "09:00", to: "15:00", holidays: "NO"}' in lines
    assert max(map(len, lines)) <= 120


def test_words_that_other_readers_misread_are_written_in_quotes() -> None:
    definition = read(VALID, file="f").definition
    assert definition is not None

    assert 'options: [{code: "yes"}, {code: "no", stops: true}]' in dump(definition)


@pytest.mark.parametrize(
    "text", ["two\nlines", "a\x85b", "a\u2028b", "tab\there", "# not a comment", "- x", "a: b", "\\a"]
)
def test_odd_characters_in_a_text_survive_being_written(text: str) -> None:
    definition = read(VALID, file="f").definition
    assert definition is not None
    odd = restored({**document(definition), "programme": {"slug": "p", "name": {"en": text}}})

    assert read(dump(odd), file="f").definition == odd


def test_a_rule_of_eligibility_begins_with_its_kind() -> None:
    definition = read(VALID, file="f").definition
    assert definition is not None

    assert "      - rule: size\n        redirect: alliance\n" in dump(definition)


def test_points_can_be_written_as_fractions_and_stay_exact() -> None:
    definition = read(VALID.replace("points: 40", "points: 1/3"), file="f").definition
    assert definition is not None
    assert definition.survey is not None

    assert definition.survey.questions[2].points == Fraction(1, 3)
    assert "points: 1/3" in dump(definition)
    assert read(VALID.replace("points: 40", "points: 0.1"), file="f").definition is not None


def conforms(value: Any, schema: dict[str, Any], whole: dict[str, Any]) -> bool:
    """Whether a value keeps a JSON Schema, as far as the words that ours uses go."""
    if "$ref" in schema:
        return conforms(value, whole["$defs"][schema["$ref"].rpartition("/")[2]], whole)
    choices = schema.get("anyOf", schema.get("oneOf"))
    if choices is not None and not any(conforms(value, choice, whole) for choice in choices):
        return False
    if "const" in schema and value != schema["const"]:
        return False
    if "enum" in schema and value not in schema["enum"]:
        return False
    return (
        _is_of_type(value, schema.get("type"))
        and _keeps_limits(value, schema)
        and _has_parts(value, schema, whole)
    )


def _is_of_type(value: Any, name: str | None) -> bool:
    types: dict[str | None, Any] = {
        "object": dict,
        "array": list,
        "string": str,
        "integer": int,
        "number": int | float,
        "boolean": bool,
        "null": type(None),
    }
    return name is None or (isinstance(value, types[name]) and isinstance(value, bool) == (name == "boolean"))


def _keeps_limits(value: Any, schema: dict[str, Any]) -> bool:
    if isinstance(value, str):
        return re.search(schema.get("pattern", ""), value) is not None and len(value) <= schema.get(
            "maxLength", 9999
        )
    if isinstance(value, int | float):
        return bool(schema.get("minimum", value) <= value <= schema.get("maximum", value))
    return not isinstance(value, list) or schema.get("minItems", 0) <= len(value) <= schema.get(
        "maxItems", 9999
    )


def _has_parts(value: Any, schema: dict[str, Any], whole: dict[str, Any]) -> bool:
    if isinstance(value, list):
        inner = schema.get("prefixItems", []) + [schema.get("items", {})] * len(value)
        return all(conforms(item, each, whole) for item, each in zip(value, inner, strict=False))
    if not isinstance(value, dict):
        return True
    if not set(schema.get("required", [])) <= set(value):
        return False
    known = schema.get("properties", {})
    other = schema.get("additionalProperties", True)
    return all(
        conforms(inner, known[name], whole)
        if name in known
        else _is_allowed(name, inner, other, schema, whole)
        for name, inner in value.items()
    )


def _is_allowed(name: Any, inner: Any, other: Any, schema: dict[str, Any], whole: dict[str, Any]) -> bool:
    for pattern, each in schema.get("patternProperties", {}).items():
        if re.search(pattern, str(name)):
            return conforms(inner, each, whole)
    return conforms(inner, other, whole) if isinstance(other, dict) else bool(other)


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.yaml")), ids=lambda path: path.name)
def test_the_schema_takes_the_shipped_files(path: Any) -> None:
    schema = json_schema()

    assert conforms(grow(path.read_text(encoding="utf-8")).data, schema, schema)


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        ("attempts: 2", "attemps: 2"),
        ("attempts: 2", "attempts: two"),
        ("kaaring: 1\n", ""),
        ("gate: unanswered", "gate: yes"),
        ("rule: size, what", "rule: sise, what"),
        ("{code: banks, ", "{"),
    ],
)
def test_the_schema_refuses_what_the_reader_refuses(good: str, bad: str) -> None:
    schema = json_schema()
    assert conforms(grow(VALID).data, schema, schema)

    assert not conforms(grow(VALID.replace(good, bad)).data, schema, schema)


def test_the_schema_explains_itself_to_an_editor() -> None:
    schema = json_schema()

    assert schema["title"] == "Kåring definition"
    assert schema["$defs"]["Question"]["properties"]["scored"]["description"]
    assert "text" not in schema["$defs"]["Question"]["required"]
    assert "name" not in schema["$defs"]["Area"]["required"]


def test_a_definition_cannot_be_changed_once_read() -> None:
    definition = shipped("2021")

    for field in ("kaaring", "survey"):
        with pytest.raises(ValidationError):
            setattr(definition, field, None)


def test_lengths_of_time_read_as_people_say_them() -> None:
    assert str(Span(1, "minutes")) == "1 minute"
    assert str(Span(3, "working_days")) == "3 working days"
