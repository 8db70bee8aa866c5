"""Whole categories: the harder ones of a contact-centre award, divisions, and ways out."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from kaaring.programmes.eligibility import Declaration, Facts, Outcome, Verdict, category_verdict
from kaaring.programmes.eligibility.facts import Raw
from tests.programmes.eligibility import (
    CANNOT_TELL,
    MET,
    NOT_MET,
    YEAR,
    a_category,
    a_definition,
    facts,
)

AT = datetime(2026, 11, 1, 12, tzinfo=UTC)

TECHNOLOGY = a_category(
    "technology",
    subject=["organisation", "project"],
    eligibility=[
        {"rule": "partnership", "roles": ["client", "vendor"]},
        {"rule": "may_not_enter_alone", "roles": "vendor"},
        {"rule": "territory", "party": "client", "field": "client_countries", "groups": ["union"]},
    ],
)
OUTSOURCING = a_category(
    "outsourcing",
    subject="partnership",
    eligibility=[{"rule": "partnership", "roles": ["outsourcer", "client"], "all_required": True}],
)
INSIGHT = a_category(
    "insight",
    subject=["organisation", "project"],
    eligibility=[{"rule": "may_not_enter_alone", "roles": ["vendor", "provider"]}],
)


def elsewhere(where: str, **only: Any) -> dict[str, Any]:
    """Return the rule that those who only do this have a category of their own."""
    return {"rule": "not", "of": {"rule": "only", **only}, "redirect": where}


DIGITAL_ELSEWHERE = elsewhere("digital-team", field="channels", activity="digital")
SALES_ELSEWHERE = elsewhere("sales-team", activity="sales")
COLLECTIONS_ELSEWHERE = elsewhere("collections-team", activity="collections")
TEAMS = [
    a_category(
        "small-team",
        eligibility=[
            {"rule": "size", "what": "team_size", "max": 20},
            DIGITAL_ELSEWHERE,
            SALES_ELSEWHERE,
            COLLECTIONS_ELSEWHERE,
        ],
    ),
    a_category(
        "large-team",
        eligibility=[
            {"rule": "size", "what": "team_size", "min": 20, "max": 50},
            DIGITAL_ELSEWHERE,
            SALES_ELSEWHERE,
            COLLECTIONS_ELSEWHERE,
        ],
    ),
    a_category(
        "digital-team",
        eligibility=[
            {"rule": "only", "field": "channels", "activity": "digital"},
            SALES_ELSEWHERE,
            COLLECTIONS_ELSEWHERE,
        ],
    ),
    a_category(
        "sales-team",
        eligibility=[
            {"rule": "only", "activity": "sales"},
            {
                "rule": "not",
                "of": {"rule": "does", "activity": "collections"},
                "redirect": "collections-team",
            },
        ],
    ),
    a_category(
        "collections-team",
        eligibility=[
            {"rule": "does", "activity": "collections"},
            {"rule": "size", "what": "team_size", "max": 50, "split": True, "redirect": "centre"},
        ],
    ),
]
AGENT_RULES = [
    {
        "rule": "subject",
        "kinds": "person",
        "roles": ["agent", "expert"],
        "excluding": ["supervisor"],
    },
    {"rule": "value_on", "field": "employed_since", "date": "12-01", "at_least": "6 months"},
    {"rule": "value_on", "field": "born_on", "date": "12-01", "older_than": "18 years"},
    {
        "rule": "any_of",
        "of": [
            {"rule": "does", "field": "won_contest", "activity": "yes"},
            {"rule": "attestation", "who": "head", "field": "recommended"},
        ],
    },
    elsewhere("sales-team", activity="sales"),
]
AGENT = a_category("agent", subject="person", eligibility=AGENT_RULES)
PARA_AGENT = a_category(
    "para-agent",
    subject="person",
    eligibility=[
        *AGENT_RULES,
        {"rule": "attestation", "who": "nominee", "field": "disability", "statement": "It is so."},
    ],
)
NEW_CENTRE = a_category(
    "new-centre",
    subject="project",
    eligibility=[
        {
            "rule": "any_of",
            "of": [
                {"rule": "does", "field": "project", "activity": ["new", "merged"]},
                {
                    "rule": "all_of",
                    "of": [
                        {"rule": "does", "field": "project", "activity": "site"},
                        {"rule": "not_before", "field": "opened_on", "date": "2017-01-01"},
                    ],
                },
            ],
        }
    ],
)
DIVISIONS = [
    {"code": "small", "name": "Small", "rule": {"rule": "size", "what": "seats", "max": 100}},
    {"code": "medium", "name": "Medium", "rule": {"rule": "size", "what": "seats", "max": 250}},
    {"code": "large", "name": "Large", "rule": {"rule": "size", "what": "seats", "min": 250}},
]
CENTRE = a_category("centre", subject=["organisation", "department"], divisions=DIVISIONS)
CATEGORIES = [TECHNOLOGY, OUTSOURCING, INSIGHT, *TEAMS, AGENT, PARA_AGENT, NEW_CENTRE, CENTRE]


def the_verdict(code: str, known: Facts, **changes: Any) -> Verdict:
    """Return what a category of the award, perhaps changed, says of a case."""
    definition = a_definition(*[each | changes if each["code"] == code else each for each in CATEGORIES])
    category = next(each for each in definition.categories if each.code == code)
    return category_verdict(category, known, definition, year=YEAR)


@pytest.mark.parametrize(
    ("code", "answers", "expected"),
    [
        # 1: the vendor may join, not enter alone; the client does business in the union
        ("technology", {"parties": "client", "client_countries": "KZ"}, MET),
        ("technology", {"parties": "client vendor", "client_countries": "RU DE"}, MET),
        ("technology", {"parties": "vendor", "client_countries": "RU"}, NOT_MET),
        ("technology", {"parties": "client vendor", "client_countries": "DE"}, NOT_MET),
        ("technology", {"parties": "client vendor"}, CANNOT_TELL),
        ("technology", {"parties": "client", "client_countries": "RU", "subject": "team"}, NOT_MET),
        # 6: always the pair
        ("outsourcing", {"subject": "partnership", "parties": "outsourcer client"}, MET),
        ("outsourcing", {"subject": "partnership", "parties": "outsourcer"}, NOT_MET),
        # 12: as 1, without a territory
        ("insight", {"parties": "client"}, MET),
        ("insight", {"parties": "client provider"}, MET),
        ("insight", {"parties": "vendor provider"}, NOT_MET),
    ],
)
def test_joint_entries_are_welcome_and_some_may_not_enter_alone(
    code: str, answers: dict[str, Raw], expected: Outcome
) -> None:
    known = facts(**{"subject": "organisation", **answers})

    assert the_verdict(code, known).outcome is expected


@pytest.mark.parametrize(
    ("answers", "fitting"),
    [
        ({"team_size": "19"}, {"small-team"}),
        ({"team_size": "20"}, {"small-team", "large-team"}),
        ({"team_size": "21"}, {"large-team"}),
        ({"team_size": "50"}, {"large-team"}),
        ({"team_size": "51"}, set()),
        ({"team_size": "20", "channels": "digital"}, {"digital-team"}),
        ({"team_size": "500", "channels": "digital"}, {"digital-team"}),
        ({"team_size": "20", "activities": "sales"}, {"sales-team"}),
        ({"team_size": "20", "activities": "sales", "channels": "digital"}, {"sales-team"}),
        ({"team_size": "50", "activities": "collections"}, {"collections-team"}),
        ({"team_size": "51", "activities": "collections"}, set()),
        ({"team_size": "9", "activities": "collections sales"}, {"small-team", "collections-team"}),
    ],
)
def test_teams_fall_to_the_categories_of_their_size_and_work(
    answers: dict[str, Raw], fitting: set[str]
) -> None:
    known = facts(**{"subject": "team", "channels": "voice digital", "activities": "service", **answers})

    codes = [team["code"] for team in TEAMS]
    assert {code for code in codes if the_verdict(code, known).outcome is MET} == fitting


def test_a_team_is_sent_where_it_belongs() -> None:
    seller = facts(subject="team", team_size="12", channels="digital", activities="sales")

    verdict = the_verdict("small-team", seller)

    assert verdict.redirects == ("digital-team", "sales-team")
    assert verdict.advice == ("Enter “Digital-team” instead.", "Enter “Sales-team” instead.")
    assert verdict.obstacles == (
        "“Channels”: “Digital”. Needed: more than just “Digital”.",
        "“Activities”: “Sales”. Needed: more than just “Sales”.",
    )


def test_a_collections_team_that_is_too_large_splits_or_enters_as_a_centre() -> None:
    verdict = the_verdict("collections-team", facts(subject="team", team_size="64", activities="collections"))

    assert verdict.obstacles == ("“Team size”: 64 people. Needed: at most 50 people.",)
    assert verdict.advice == (
        "Split it into parts of at most 50 people and enter each of them, or enter “Centre” instead.",
    )


GOOD_AGENT: dict[str, Raw] = {
    "subject": "person",
    "role": "agent",
    "employed_since": "2026-06-01",
    "born_on": "2008-11-30",
    "won_contest": "yes",
    "activities": "service sales",
}


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({}, MET),
        ({"role": "supervisor"}, NOT_MET),
        ({"employed_since": "2026-06-02"}, NOT_MET),
        ({"born_on": "2008-12-01"}, NOT_MET),
        ({"activities": "sales"}, NOT_MET),
        ({"won_contest": "no"}, CANNOT_TELL),
        ({"won_contest": "no", "recommended": "no"}, NOT_MET),
        ({"won_contest": None, "recommended": "no"}, CANNOT_TELL),
    ],
)
def test_an_agent_of_the_year_meets_every_rule(answers: dict[str, Raw], expected: Outcome) -> None:
    assert the_verdict("agent", facts(**{**GOOD_AGENT, **answers})).outcome is expected


def test_a_recommended_agent_waits_only_for_the_head_to_say_so() -> None:
    known = facts(**{**GOOD_AGENT, "won_contest": "no", "recommended": "yes"})

    verdict = the_verdict("agent", known)

    assert verdict.outcome is CANNOT_TELL
    assert verdict.only_awaits_declarations
    assert [each.key for each in verdict.awaiting] == ["eligibility/3/of/1"]
    signed = replace(known, declarations={"eligibility/3/of/1": Declaration("Kari", AT)})
    assert the_verdict("agent", signed).outcome is MET


def test_a_para_agent_declares_what_nobody_else_may_see() -> None:
    known = facts(**{**GOOD_AGENT, "disability": "yes"})

    verdict = the_verdict("para-agent", known)

    (awaited,) = verdict.awaiting
    assert awaited.key == "eligibility/5"
    assert awaited.is_protected
    assert the_verdict("para-agent", facts(**GOOD_AGENT)).missing == ("disability",)
    assert the_verdict("para-agent", facts(**{**GOOD_AGENT, "disability": "no"})).outcome is NOT_MET
    signed = replace(known, declarations={"eligibility/5": Declaration("Nominee", AT)})
    assert the_verdict("para-agent", signed).outcome is MET


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({"project": "new"}, MET),
        ({"project": "merged", "opened_on": "2010-01-01"}, MET),
        ({"project": "site", "opened_on": "2017-01-01"}, MET),
        ({"project": "site", "opened_on": "2016-12-31"}, NOT_MET),
        ({"project": "site"}, CANNOT_TELL),
        ({"opened_on": "2016-12-31"}, CANNOT_TELL),
    ],
)
def test_only_a_new_site_depends_on_its_day(answers: dict[str, Raw], expected: Outcome) -> None:
    assert the_verdict("new-centre", facts(subject="project", **answers)).outcome is expected


@pytest.mark.parametrize(
    ("seats", "fitting"),
    [
        ("100", ["small", "medium"]),
        ("101", ["medium"]),
        ("249", ["medium"]),
        ("250", ["medium", "large"]),
        ("251", ["large"]),
    ],
)
def test_a_centre_fits_the_divisions_of_its_seats(seats: str, fitting: list[str]) -> None:
    divisions = the_verdict("centre", facts(subject="organisation", seats=seats)).divisions

    assert divisions is not None
    assert [division.code for division in divisions.fitting] == fitting


@pytest.mark.parametrize(
    ("overlap", "expected", "chosen", "assigned", "reason"),
    [
        ("entrant_chooses", MET, True, False, "Choose one of them."),
        ("organiser_assigns", MET, False, True, "The organiser decides in which it competes."),
        ("refused", NOT_MET, False, False, "It can be in one only; ask the organiser."),
    ],
)
def test_where_several_divisions_fit_the_policy_of_the_category_decides(
    overlap: str, expected: Outcome, chosen: bool, assigned: bool, reason: str
) -> None:
    verdict = the_verdict("centre", facts(subject="organisation", seats="250"), overlap=overlap)

    assert verdict.outcome is expected
    assert verdict.divisions is not None
    assert (verdict.divisions.is_to_be_chosen, verdict.divisions.is_to_be_assigned) == (chosen, assigned)
    assert verdict.divisions.reason == (
        f"It fits several divisions of this category: “Medium”, “Large”. {reason}"
    )
    assert verdict.obstacles == (() if expected is MET else (verdict.divisions.reason,))


def test_one_division_that_fits_is_told() -> None:
    verdict = the_verdict("centre", facts(subject="organisation", seats="260"))

    assert verdict.divisions is not None
    assert verdict.divisions.reason == "It competes in “Large”."


def test_a_category_none_of_whose_divisions_fits_is_not_met() -> None:
    verdict = the_verdict("centre", facts(subject="organisation", seats="260"), divisions=DIVISIONS[:1])

    assert verdict.outcome is NOT_MET
    assert verdict.obstacles == (
        "It fits no division of this category. “Seats”: 260 seats. Needed: at most 100 seats.",
    )


def test_divisions_ask_for_what_they_need() -> None:
    verdict = the_verdict("centre", facts(subject="organisation"), divisions=DIVISIONS[:1])

    assert (verdict.outcome, verdict.missing) == (CANNOT_TELL, ("seats",))
    assert verdict.divisions is not None
    assert verdict.divisions.reason == "“Seats”: not answered yet. Needed: at most 100 seats."


def test_an_overlap_is_refused_only_once_every_division_can_be_told() -> None:
    other = {"code": "big", "name": "Big", "rule": {"rule": "size", "what": "team_size", "min": 10}}
    changes: dict[str, Any] = {"divisions": [DIVISIONS[0], other], "overlap": "refused"}

    known = facts(subject="organisation", seats="5")

    assert the_verdict("centre", known, **changes).outcome is CANNOT_TELL
    assert the_verdict("centre", known, divisions=[DIVISIONS[0], other]).outcome is MET


def test_rules_that_must_all_hold_are_counted_one_by_one() -> None:
    both = {
        "rule": "all_of",
        "of": [{"rule": "size", "what": "team_size", "max": 20}, {"rule": "only", "activity": "sales"}],
    }
    definition = a_definition(a_category(eligibility=[both]))
    known = facts(subject="team", team_size="21", activities="service")

    verdict = category_verdict(definition.categories[0], known, definition, year=YEAR)

    assert [each.key for each in verdict.unmet] == ["eligibility/0/of/0", "eligibility/0/of/1"]


def test_a_category_without_rules_takes_everybody_of_its_kind() -> None:
    definition = a_definition(a_category())
    category = definition.categories[0]

    assert category_verdict(category, facts(subject="team"), definition, year=YEAR).outcome is MET
    assert category_verdict(category, facts(), definition, year=YEAR).missing == ("case:subject",)
    refused = category_verdict(category, facts(subject="product"), definition, year=YEAR)
    assert refused.obstacles == ("“Nominee”: a product. Needed: a team.",)
