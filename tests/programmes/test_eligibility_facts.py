"""Answers as people and files write them; what cannot be read is told, what is unknown stays unknown."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaaring.programmes.eligibility import Declaration, Facts, Party, as_json, read, restored
from kaaring.programmes.eligibility.facts import Answer, Raw
from tests.programmes.eligibility import FACTS, a_definition, facts


@pytest.mark.parametrize(
    ("code", "raw", "answer"),
    [
        ("team_size", "64", Fraction(64)),
        ("team_size", " 64 ", Fraction(64)),
        ("team_size", 64, Fraction(64)),
        ("team_size", "12,5", Fraction(25, 2)),
        ("team_size", 12.5, Fraction(25, 2)),
        ("team_size", "1 200", Fraction(1200)),
        ("team_size", "1\u00a0200\u202f000", Fraction(1_200_000)),
        ("born_on", "2008-12-01", date(2008, 12, 1)),
        ("born_on", "2008-12-01T00:00:00", date(2008, 12, 1)),
        ("role", "agent", "agent"),
        ("activities", "sales service", ("sales", "service")),
        ("activities", "sales; service, sales", ("sales", "service")),
        ("activities", ["service", "sales"], ("service", "sales")),
        ("activities", "none", ()),
        ("recommended", "yes", True),
        ("recommended", "Ja", True),
        ("recommended", "нет", False),
        ("recommended", "FALSE", False),
        ("recommended", True, True),
        ("recommended", 0, False),
        ("client_countries", "ru, no ru", ("RU", "NO")),
    ],
)
def test_an_answer_is_read_as_what_its_fact_is(code: str, raw: Raw, answer: Answer) -> None:
    assert facts(**{code: raw}).answers == {code: answer}


@pytest.mark.parametrize("raw", [None, "", "  ", [], [""]])
def test_nothing_is_not_an_answer(raw: Raw) -> None:
    assert facts(team_size=raw, recommended=raw, activities=raw) == Facts()


@pytest.mark.parametrize(
    ("code", "raw", "what", "expected"),
    [
        ("team_size", "many", "“many” is not a number from 0 up.", "Write a number such as 25."),
        ("team_size", "-3", "“-3” is not a number from 0 up.", "Write a number such as 25."),
        ("team_size", "1 20", "“1 20” is not a number from 0 up.", "Write a number such as 25."),
        ("born_on", "1.12.2008", "“1.12.2008” is not a date.", "Write it as 2021-01-31."),
        ("born_on", "2008-02-30", "“2008-02-30” is not a date.", "Write it as 2021-01-31."),
        ("role", "chief", "“chief” is not known here.", "Write one of: agent, expert, supervisor."),
        (
            "activities",
            "sales dance",
            "“dance” is not known here.",
            "Write one of: service, sales, collections.",
        ),
        (
            "recommended",
            "maybe",
            "“maybe” is neither yes nor no.",
            "Write yes or no, in English, Norwegian (ja, nei) or Russian (да, нет).",
        ),
        ("client_countries", "Russia", "“Russia” is no country.", "Write two letters, such as NO."),
        ("colour", "red", "Nobody asks for “colour” here.", "Leave it out, or correct its name."),
        (
            "case:subject",
            "horse",
            "“horse” is not known here.",
            "Write one of: person, team, department, organisation, project, product, partnership.",
        ),
    ],
)
def test_an_answer_that_cannot_be_read_is_told_and_stays_unknown(
    code: str, raw: str, what: str, expected: str
) -> None:
    reading = read({code: raw, "seats": "7"}, a_definition())

    (fault,) = reading.faults
    assert (fault.fact, fault.value, fault.what, fault.expected) == (code, raw, what, expected)
    assert str(fault) == f"{what} {expected}"
    assert reading.facts == facts(seats="7")


def test_all_faults_are_told_at_once() -> None:
    reading = read({"team_size": "many", "born_on": "soon"}, a_definition())

    assert [fault.fact for fault in reading.faults] == ["team_size", "born_on"]


def test_text_is_kept_as_it_is_and_choices_without_options_are_free() -> None:
    more = [{"code": "story", "kind": "text"}, {"code": "tool", "kind": "choice"}]
    definition = a_definition(facts=[*FACTS, *more])

    reading = read({"story": " It began so. ", "tool": "hammer"}, definition)

    assert reading.facts.answers == {"story": "It began so.", "tool": "hammer"}
    assert reading.facts.chosen("tool") == ("hammer",)


def test_an_option_may_itself_be_called_none() -> None:
    badges = {"code": "badges", "kind": "choices", "options": [{"code": "none"}, {"code": "gold"}]}

    assert read({"badges": "none"}, a_definition(facts=[badges])).facts.answers == {"badges": ("none",)}


def test_what_is_entered_and_who_takes_part_are_answers_too() -> None:
    known = read(
        {"case:subject": "team", "case:parties": "client vendor", "countries:client": "ru"}, a_definition()
    ).facts

    assert known == Facts({"countries:client": ("RU",)}, "team", (Party("client"), Party("vendor")))


def test_an_answer_of_one_kind_is_none_of_another() -> None:
    known = facts(team_size="3", born_on="2008-12-01", role="agent", recommended="yes")

    assert (known.number("role"), known.day("team_size"), known.chosen("born_on")) == (None, None, None)
    assert known.chosen("recommended") == ("yes",)


def test_facts_are_stored_as_plain_data_and_come_back_the_same() -> None:
    known = replace(
        facts(
            team_size="12,5",
            seats="250",
            born_on="2008-12-01",
            role="agent",
            activities="none",
            channels="voice digital",
            recommended="no",
            client_countries="RU",
            subject="person",
        ),
        parties=(Party("client", "Acme", ("RU",)), Party("vendor")),
        declarations={
            "eligibility/1": Declaration("Kari", datetime(2026, 11, 1, 12, tzinfo=UTC), is_accepted=True)
        },
    )

    stored = json.loads(json.dumps(as_json(known)))

    assert stored["answers"]["team_size"] == "12.5"
    assert restored(stored, a_definition()) == known
    assert restored({}, a_definition()) == Facts()


@given(st.decimals(0, 10**12, places=6))
def test_numbers_are_stored_exactly(number: object) -> None:
    known = facts(team_size=str(number))

    assert restored(json.loads(json.dumps(as_json(known))), a_definition()) == known


def test_an_answer_that_the_rules_no_longer_take_is_unknown_again() -> None:
    stored = as_json(facts(role="agent", seats="3"))
    later = a_definition(facts=[{"code": "role", "kind": "choice", "options": [{"code": "head"}]}])

    assert restored(stored, later) == Facts()
