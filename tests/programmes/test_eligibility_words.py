"""Rules in plain words for everybody, and findings kept for jurors and appeals."""

import json
from typing import Any

import pytest
from django.utils.translation import override

from kaaring.programmes.definition.reading import read
from kaaring.programmes.definition.schema import Definition
from kaaring.programmes.definition.schema.eligibility import MonthDay, ValueOnRule
from kaaring.programmes.definition.writing import document, dump, json_schema
from kaaring.programmes.eligibility import (
    SUBJECT,
    Line,
    as_record,
    fits,
    judged,
    question_in_words,
    questions,
    reference_year,
    rule_in_words,
    rulebook,
)
from kaaring.programmes.eligibility import read as read_facts
from kaaring.programmes.eligibility.findings import compared
from kaaring.programmes.eligibility.outcomes import Outcome
from tests.programmes.eligibility import YEAR, a_category, a_definition, a_rule, facts, the_finding
from tests.programmes.test_definition_faults import VALID


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        (
            {"rule": "subject", "kinds": ["person", "team", "product"]},
            "“Nominee”: a person, a team or a product.",
        ),
        (
            {"rule": "subject", "kinds": "person", "roles": ["agent"], "excluding": ["supervisor", "expert"]},
            "“Nominee”: a person; “Role”: “Agent”; none of these: “Supervisor”, “Expert”.",
        ),
        ({"rule": "size", "what": "seats", "min": 250}, "“Seats”: at least 250 seats."),
        ({"rule": "size", "what": "seats", "less_than": 2}, "“Seats”: less than 2 seats."),
        (
            {"rule": "size", "what": "seats", "more_than": 1, "less_than": 5},
            "“Seats”: more than 1 and less than 5 seats.",
        ),
        (
            {"rule": "size", "what": "seats", "unit": "employees", "max": 1},
            "“Seats”: at most 1 employee.",
        ),
        ({"rule": "size", "what": "seats"}, "“Seats”: any answer."),
        (
            {"rule": "value_on", "field": "born_on", "date": "12-01", "older_than": "18 years"},
            "“Date of birth”: more than 18 years before 1 December 2026 (exactly that long is too little).",
        ),
        (
            {"rule": "value_on", "field": "employed_since", "date": "2025-01-31", "at_least": "1 month"},
            "“Employed since”: at least 1 month before 31 January 2025.",
        ),
        ({"rule": "value_on", "field": "born_on", "date": "12-01"}, "“Date of birth”: any answer."),
        (
            {"rule": "not_before", "field": "opened_on", "date": "2017-01-01"},
            "“Opened”: 1 January 2017 or later.",
        ),
        (
            {"rule": "only", "activity": ["sales", "service"]},
            "“Activities”: nothing but “Sales” or “Service”.",
        ),
        ({"rule": "does", "activity": "sales"}, "“Activities”: “Sales”, alone or with others."),
        ({"rule": "does", "field": "project", "activity": "site"}, "“Project”: “site”."),
        (
            {"rule": "not", "of": {"rule": "only", "activity": ["sales", "service"]}},
            "“Activities”: more than just “Sales” and “Service”.",
        ),
        (
            {"rule": "not", "of": {"rule": "does", "activity": "sales"}},
            "“Activities”: none of these: “Sales”.",
        ),
        (
            {"rule": "not", "of": {"rule": "size", "what": "seats", "max": 5}},
            "This must not hold: “Seats”: at most 5 seats.",
        ),
        (
            {"rule": "territory", "party": "client", "groups": ["union"]},
            "“Countries (client)”: “union” (RU, BY, KZ), alone or with others.",
        ),
        (
            {"rule": "territory", "excluding": ["RU", "SE"]},
            "“Countries of every party”: none of these: RU, SE.",
        ),
        ({"rule": "territory"}, "“Countries of every party”: any answer."),
        (
            {"rule": "partnership", "roles": ["contact_centre", "client"], "all_required": True},
            "“Who takes part”: “contact centre” and “client”, together in one entry.",
        ),
        (
            {"rule": "partnership", "roles": ["contact_centre", "client"]},
            "“Who takes part”: “contact centre” or “client”, alone or together.",
        ),
        (
            {"rule": "may_not_enter_alone", "roles": "vendor"},
            "“Who takes part”: somebody other than “vendor”, alone or with them.",
        ),
        (
            {"rule": "attestation", "who": "head", "statement": "So it is."},
            "The head declares: “So it is”.",
        ),
        (
            {"rule": "attestation", "who": "team_lead", "field": "recommended", "proof": "optional"},
            "Team lead declares, with proof if there is any: “Recommended”.",
        ),
        (
            {"rule": "attestation", "who": "entrant", "proof": "required"},
            "The entrant declares, with proof: that this rule is met.",
        ),
        (
            {
                "rule": "any_of",
                "of": [
                    {"rule": "does", "activity": "sales"},
                    {"rule": "all_of", "of": [{"rule": "size", "what": "seats", "max": 5}]},
                ],
            },
            "At least one of these: (1) “Activities”: “Sales”, alone or with others; "
            "(2) all of these: (1) “Seats”: at most 5 seats.",
        ),
    ],
)
def test_a_rule_is_one_sentence(rule: dict[str, Any], sentence: str) -> None:
    definition = a_definition(a_category(eligibility=[rule]))

    assert rule_in_words(definition.categories[0].eligibility[0], definition, year=YEAR) == sentence


def test_organisers_names_and_wording_stand_in_the_readers_language() -> None:
    definition = a_definition(
        a_category(
            eligibility=[
                {
                    "rule": "attestation",
                    "who": "boss",
                    "statement": {"en": "I agree.", "nb": "Jeg samtykker."},
                    "wording": {"nb": "med sjefens samtykke"},
                }
            ]
        ),
        terms=[{"code": "boss", "name": {"en": "boss", "nb": "sjef"}}],
    )
    category = definition.categories[0]

    with override("nb"):
        line = rulebook(category, definition, year=YEAR)[1]

    assert line.sentence.startswith("Sjef ")
    assert "Jeg samtykker" in line.sentence
    assert line.wording == {"nb": "med sjefens samtykke"}


def test_the_rulebook_has_every_rule_with_its_key_its_wording_and_where_to_go() -> None:
    definition = a_definition(
        a_category(
            eligibility=[
                {"rule": "size", "what": "team_size", "max": 50, "split": True, "redirect": "centre"},
                {
                    "rule": "any_of",
                    "wording": "One or both.",
                    "of": [
                        {"rule": "does", "activity": "sales"},
                        {"rule": "all_of", "of": [{"rule": "does", "activity": "service"}]},
                    ],
                },
            ]
        ),
        a_category(
            "centre",
            eligibility=[{"rule": "subject", "kinds": "team"}],
            divisions=[{"code": "small", "rule": {"rule": "size", "what": "seats", "max": 100}}],
        ),
    )

    teams, centre = (rulebook(category, definition, year=YEAR) for category in definition.categories)

    assert teams == (
        Line("subject", "“Nominee”: a team."),
        Line(
            "eligibility/0",
            "“Team size”: at most 50 people.",
            "What is larger may be entered in parts. Otherwise enter “Centre”.",
            redirect="centre",
        ),
        Line(
            "eligibility/1",
            "One of these must hold:",
            "",
            {"en": "One or both."},
            (
                Line("eligibility/1/of/0", "“Activities”: “Sales”, alone or with others."),
                Line(
                    "eligibility/1/of/1",
                    "All of these must hold:",
                    of=(Line("eligibility/1/of/1/of/0", "“Activities”: “Service”, alone or with others."),),
                ),
            ),
        ),
    )
    assert [line.key for line in centre] == ["eligibility/0", "divisions/0"]


def test_a_country_is_called_as_the_options_of_a_fact_call_it() -> None:
    where = {
        "code": "where",
        "name": "Where",
        "kind": "countries",
        "options": [{"code": "NO", "name": "Norway"}],
    }
    definition = a_definition(
        a_category(eligibility=[{"rule": "territory", "field": "where", "countries": ["NO", "SE"]}]),
        facts=[where],
    )

    assert rule_in_words(definition.categories[0].eligibility[0], definition, year=YEAR) == (
        "“Where”: Norway or SE, alone or with others."
    )


# Records


def test_a_finding_is_kept_with_its_reason_in_the_languages_of_the_edition() -> None:
    rule = {"rule": "size", "what": "team_size", "max": 50, "wording": {"ru": "не более 50 человек"}}

    record = as_record(the_finding(rule, facts(team_size="64")), languages=["en", "ru"])

    assert set(record["reason"]) == {"en", "ru"}
    assert record["reason"]["en"] == "“Team size”: 64 people. Needed: at most 50 people."
    assert json.loads(json.dumps(record)) == record
    assert {name: record[name] for name in ("key", "rule", "outcome", "wording", "answers", "missing")} == {
        "key": "rule",
        "rule": "size",
        "outcome": "not_met",
        "wording": {"ru": "не более 50 человек"},
        "answers": {"team_size": 64},
        "missing": [],
    }


def test_a_record_keeps_advice_redirects_open_declarations_and_rules_within() -> None:
    rule = {
        "rule": "any_of",
        "redirect": "other",
        "of": [{"rule": "does", "activity": "sales"}, {"rule": "attestation", "who": "head"}],
    }
    finding = the_finding(rule, facts(activities="service"), others=[a_category("other")])

    record = as_record(finding, languages=["en"])

    assert record["outcome"] == "cannot_tell"
    assert (record["advice"], record["redirects"]) == ({"en": []}, [])
    assert record["awaiting"] == ["rule/of/1"]
    assert [inner["key"] for inner in record["of"]] == ["rule/of/0", "rule/of/1"]


def test_of_a_rule_about_a_protected_answer_only_the_outcome_is_kept() -> None:
    rule = {
        "rule": "all_of",
        "of": [
            {"rule": "does", "field": "disability", "activity": "yes"},
            {"rule": "does", "activity": "sales"},
        ],
    }
    finding = the_finding(rule, facts(disability="yes", activities="sales"))

    kept = as_record(finding, languages=["en"])

    withheld = {"en": "This goes by a protected answer, which is kept apart."}
    for record in (kept, kept["of"][0]):
        assert (record["outcome"], record["reason"], record["is_protected"]) == ("met", withheld, True)
        assert (record["answers"], record["redirects"]) == ({}, [])
    assert kept["of"][1]["answers"] == {"activities": ["sales"]}


def test_a_finding_reads_the_same_when_the_same_is_known() -> None:
    rule = a_rule({"rule": "only", "activity": "sales"})

    first, second = (
        judged(rule, facts(activities="sales"), definition=a_definition(), year=YEAR) for _time in range(2)
    )

    assert first == second
    assert first.wording is None


# Reference days in the definition file


def the_definition(text: str) -> Definition:
    definition = read(text, file="f").definition
    assert definition is not None
    return definition


def test_a_reference_day_without_a_year_is_written_back_as_it_was() -> None:
    definition = the_definition(VALID.replace("date: 2030-12-01", "date: 12-01"))

    rule = definition.categories[0].eligibility[-1]

    assert isinstance(rule, ValueOnRule)
    assert rule.date == MonthDay(12, 1)
    assert the_definition(dump(definition)) == definition
    assert Definition.model_validate(document(definition)) == definition
    assert document(definition)["categories"][0]["eligibility"][-1]["date"] == "12-01"


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        ("date: 13-01, at_least", "no_such_day"),
        ("date: 02-30, at_least", "no_such_day"),
        ("date: December, at_least", "reference_day"),
        ("date: 2030-12-01, older_than: 5 minutes, at_least", "calendar_span"),
        ("date: 2030-12-01, older_than: 3 working days, at_least", "calendar_span"),
    ],
)
def test_a_day_or_length_that_cannot_be_counted_is_told(bad: str, code: str) -> None:
    faults = read(VALID.replace("date: 2030-12-01, at_least", bad), file="f").errors

    assert [fault.code for fault in faults] == [code]


def test_the_leap_day_is_the_last_of_february_in_other_years() -> None:
    leap_day = MonthDay(2, 29)

    assert [str(leap_day.in_year(year)) for year in (2027, 2028)] == ["2027-02-28", "2028-02-29"]


def test_the_schema_says_how_a_reference_day_is_written() -> None:
    rule = json_schema()["$defs"]["ValueOnRule"]["properties"]

    assert rule["date"]["type"] == "string"
    assert "12-01" in rule["date"]["description"]


def test_the_year_of_reference_days_is_that_in_which_entries_close() -> None:
    into_the_new_year = a_definition(timeline={"entries": ["2026-11-01", "2027-01-15"]})

    assert reference_year(into_the_new_year, otherwise=2025) == 2027
    assert reference_year(a_definition(timeline={}), otherwise=2025) == 2025


def test_a_date_that_ends_in_a_full_stop_ends_the_sentence_too() -> None:
    told = compared(Outcome.MET, "Date of birth", "1 декабря 2000 г.", "до 1 декабря 2026 г.")

    assert told == "“Date of birth”: 1 декабря 2000 г. This fits: до 1 декабря 2026 г."


def test_reasons_and_rules_call_a_fact_by_its_short_name_and_questions_by_the_whole() -> None:
    asked = {"code": "since", "name": "Since which day?", "short": "Time in the job", "kind": "date"}
    rule = {"rule": "value_on", "field": "since", "date": "2026-12-01", "at_least": "6 months"}
    definition = a_definition(a_category(eligibility=[rule]), facts=[asked])
    (question,) = [one for one in questions(definition) if one.code == "since"]

    found = fits(
        definition, read_facts({"since": "2026-08-01", SUBJECT: "team"}, definition).facts, year=YEAR
    )

    assert question_in_words(question, definition) == "Since which day?"
    (reason,) = found.nearly[0].obstacles
    assert reason.startswith("“Time in the job”: 1 August 2026 (4 months before 1 December 2026). Needed: at")
