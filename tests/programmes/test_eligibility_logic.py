"""Three values: what is known decides, what is unknown stays open, and more knowledge never turns it."""

from dataclasses import replace
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kaaring.programmes.eligibility import Facts, Outcome, Party, category_verdict, judged
from kaaring.programmes.eligibility.outcomes import all_of, any_of, opposite
from tests.programmes.eligibility import (
    CANNOT_TELL,
    FACTS,
    MET,
    NOT_MET,
    YEAR,
    a_category,
    a_definition,
    facts,
    outcome,
    the_finding,
)

BOTH = {
    (MET, MET): MET,
    (MET, NOT_MET): NOT_MET,
    (MET, CANNOT_TELL): CANNOT_TELL,
    (NOT_MET, NOT_MET): NOT_MET,
    (NOT_MET, CANNOT_TELL): NOT_MET,
    (CANNOT_TELL, CANNOT_TELL): CANNOT_TELL,
}
ONE = {
    (MET, MET): MET,
    (MET, NOT_MET): MET,
    (MET, CANNOT_TELL): MET,
    (NOT_MET, NOT_MET): NOT_MET,
    (NOT_MET, CANNOT_TELL): CANNOT_TELL,
    (CANNOT_TELL, CANNOT_TELL): CANNOT_TELL,
}


@pytest.mark.parametrize(("first", "second"), list(product(Outcome, Outcome)))
def test_groups_follow_the_table_of_three_values(first: Outcome, second: Outcome) -> None:
    pair = (first, second) if (first, second) in BOTH else (second, first)

    assert all_of([first, second]) is BOTH[pair]
    assert any_of([first, second]) is ONE[pair]


def test_the_contrary_of_the_unknown_is_unknown() -> None:
    assert [opposite(each) for each in (MET, NOT_MET, CANNOT_TELL)] == [NOT_MET, MET, CANNOT_TELL]


SMALL = {"rule": "size", "what": "team_size", "max": 20}
SELLS = {"rule": "does", "activity": "sales"}
VOICE = {"rule": "does", "field": "channels", "activity": "voice"}


@pytest.mark.parametrize(
    ("kind", "answers", "expected", "missing"),
    [
        ("any_of", {"team_size": "5"}, MET, ()),
        ("any_of", {"team_size": "50"}, CANNOT_TELL, ("activities",)),
        ("any_of", {"team_size": "50", "activities": "service"}, NOT_MET, ()),
        ("any_of", {}, CANNOT_TELL, ("team_size", "activities")),
        ("all_of", {"team_size": "5"}, CANNOT_TELL, ("activities",)),
        ("all_of", {"team_size": "50"}, NOT_MET, ()),
        ("all_of", {"team_size": "5", "activities": "sales"}, MET, ()),
    ],
)
def test_a_group_asks_only_for_what_can_still_decide(
    kind: str, answers: dict[str, str], expected: Outcome, missing: tuple[str, ...]
) -> None:
    finding = the_finding({"rule": kind, "of": [SMALL, SELLS]}, facts(**answers))

    assert (finding.outcome, finding.missing) == (expected, missing)


def test_a_group_tells_the_reasons_that_decide() -> None:
    one, both = {"rule": "any_of", "of": [SMALL, SELLS]}, {"rule": "all_of", "of": [SMALL, SELLS]}
    large = facts(team_size="50")
    large_and_idle = facts(team_size="50", activities="none")

    assert the_finding(one, facts(team_size="5")).reason == (
        "“Team size”: 5 people. This fits: at most 20 people."
    )
    assert the_finding(one, large).reason == (
        "One of these must hold. “Activities”: not answered yet. Needed: “Sales”, alone or with others."
    )
    assert the_finding(one, large_and_idle).reason == (
        "None of these holds, and one must. “Team size”: 50 people. Needed: at most 20 people. "
        "“Activities”: none of these. Needed: “Sales”, alone or with others."
    )
    assert the_finding(both, large).reason == "“Team size”: 50 people. Needed: at most 20 people."


def test_rules_within_rules_have_keys_that_lead_to_them() -> None:
    rule = {"rule": "any_of", "of": [SMALL, {"rule": "not", "of": {"rule": "all_of", "of": [SELLS]}}]}

    finding = the_finding(rule, facts())

    assert finding.key == "rule"
    assert finding.of[1].of[0].of[0].key == "rule/of/1/of/of/0"


def test_the_advice_of_rules_within_a_group_is_told_once() -> None:
    small = SMALL | {"redirect": "large"}
    rule = {"rule": "all_of", "of": [small, {"rule": "any_of", "of": [small, SELLS]}]}

    finding = the_finding(rule, facts(team_size="50", activities="service"), others=[a_category("large")])

    assert finding.advice == ("Enter “Large” instead.",)
    assert finding.redirects == ("large",)


def test_a_redirect_to_nowhere_gives_no_advice() -> None:
    assert the_finding(SMALL | {"redirect": "gone"}, facts(team_size="50")).advice == ()


def test_what_is_still_to_be_declared_is_found_within_groups() -> None:
    declares = {"rule": "attestation", "who": "head"}
    rule = {"rule": "any_of", "of": [SMALL, {"rule": "all_of", "of": [declares]}]}

    assert [each.key for each in the_finding(rule, facts(team_size="50")).awaiting] == ["rule/of/1/of/0"]
    assert the_finding(rule, facts(team_size="5")).awaiting == ()


# Knowing more

ANSWERS: dict[str, st.SearchStrategy[Any]] = {
    "team_size": st.integers(0, 60).map(str),
    "employed_since": st.dates().map(str),
    "born_on": st.dates().map(str),
    "opened_on": st.dates().map(str),
    "role": st.sampled_from(["agent", "expert", "supervisor"]),
    "activities": st.sets(st.sampled_from(["service", "sales", "collections"])).map(
        lambda chosen: sorted(chosen) or "none"
    ),
    "channels": st.sampled_from([["voice"], ["digital"], ["voice", "digital"]]),
    "recommended": st.booleans(),
    "client_countries": st.sampled_from(["RU", "NO", "RU NO"]),
    "subject": st.sampled_from(["person", "team", "organisation"]),
    "parties": st.lists(st.sampled_from(["client", "vendor", "provider"]), min_size=1),
}
ROLES = st.sampled_from([["client", "vendor"], ["vendor", "provider"]])
LEAVES: st.SearchStrategy[dict[str, Any]] = st.one_of(
    st.builds(
        lambda bound, size: {"rule": "size", "what": "team_size", bound: size},
        st.sampled_from(["min", "max", "more_than", "less_than"]),
        st.integers(0, 60),
    ),
    st.builds(
        lambda field, wanted, years: {
            "rule": "value_on",
            "field": field,
            "date": "12-01",
            wanted: f"{years} years",
        },
        st.sampled_from(["employed_since", "born_on"]),
        st.sampled_from(["at_least", "older_than"]),
        st.integers(1, 60),
    ),
    st.dates().map(lambda day: {"rule": "not_before", "field": "opened_on", "date": str(day)}),
    st.sampled_from(
        [
            {"rule": "subject", "kinds": ["person", "team"], "roles": ["agent"], "excluding": ["supervisor"]},
            {"rule": "only", "activity": ["sales"]},
            {"rule": "does", "activity": ["sales", "collections"]},
            {"rule": "only", "field": "channels", "activity": "digital"},
            {"rule": "attestation", "who": "head", "field": "recommended"},
            {"rule": "territory", "party": "client", "field": "client_countries", "groups": ["union"]},
            {"rule": "territory", "field": "client_countries", "excluding": ["NO"]},
        ]
    ),
    ROLES.map(lambda roles: {"rule": "may_not_enter_alone", "roles": roles}),
    st.builds(
        lambda roles, every: {"rule": "partnership", "roles": roles, "all_required": every},
        ROLES,
        st.booleans(),
    ),
)
RULES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.builds(
            lambda kind, rules: {"rule": kind, "of": rules},
            st.sampled_from(["any_of", "all_of"]),
            st.lists(inner, min_size=1, max_size=3),
        ),
        inner.map(lambda rule: {"rule": "not", "of": rule}),
    ),
    max_leaves=6,
)


@st.composite
def less_and_more(draw: st.DrawFn) -> tuple[Facts, Facts]:
    """Return some answers, and the same with others added to them."""
    more = draw(st.fixed_dictionaries({}, optional=ANSWERS))
    kept = draw(st.sets(st.sampled_from(sorted(more)))) if more else set()
    return facts(**{code: more[code] for code in kept}), facts(**more)


@given(RULES, less_and_more())
@settings(max_examples=150)
def test_knowing_more_only_settles_what_could_not_be_told(
    rule: dict[str, Any], known: tuple[Facts, Facts]
) -> None:
    definition = a_definition(a_category(eligibility=[rule]))
    asked = definition.categories[0].eligibility[0]
    less, more = (judged(asked, each, definition=definition, year=YEAR) for each in known)

    assert less.outcome in {more.outcome, CANNOT_TELL}
    assert less.reason
    assert more.reason


@given(RULES, less_and_more())
@settings(max_examples=100)
def test_what_cannot_be_told_says_what_is_still_needed(
    rule: dict[str, Any], known: tuple[Facts, Facts]
) -> None:
    for each in known:
        finding = the_finding(rule, each)

        is_open = finding.outcome is CANNOT_TELL
        assert is_open == bool(finding.missing or finding.awaiting)
        assert is_open or finding.missing == ()


@given(LEAVES, LEAVES, less_and_more())
@settings(max_examples=100)
def test_not_one_of_two_is_neither(
    first: dict[str, Any], second: dict[str, Any], known: tuple[Facts, Facts]
) -> None:
    """De Morgan's law holds with three values too."""
    neither = {"rule": "not", "of": {"rule": "any_of", "of": [first, second]}}
    both_not = {
        "rule": "all_of",
        "of": [{"rule": "not", "of": first}, {"rule": "not", "of": second}],
    }

    assert outcome(neither, known[0]) is outcome(both_not, known[0])


@given(st.lists(st.sampled_from(["client", "vendor", ""]), min_size=1, max_size=3), st.data())
def test_naming_the_role_of_a_party_only_settles_what_could_not_be_told(
    roles: list[str], data: st.DataObject
) -> None:
    named = [role or data.draw(st.sampled_from(["client", "vendor", "provider"])) for role in roles]
    rules = [
        {"rule": "partnership", "roles": ["client", "vendor"], "all_required": True},
        {"rule": "partnership", "roles": ["client", "vendor"]},
        {"rule": "may_not_enter_alone", "roles": ["vendor", "provider"]},
        {"rule": "territory", "party": "client", "countries": ["RU"]},
    ]
    for rule in rules:
        before = outcome(rule, Facts(parties=tuple(Party(role, countries=("RU",)) for role in roles)))
        after = outcome(rule, Facts(parties=tuple(Party(role, countries=("RU",)) for role in named)))

        assert before in {after, CANNOT_TELL}


@given(st.sampled_from(["entrant_chooses", "organiser_assigns", "refused"]), st.integers(0, 300))
def test_divisions_cannot_be_told_before_their_size_is_known(overlap: str, seats: int) -> None:
    divisions = [
        {"code": "small", "rule": {"rule": "size", "what": "seats", "max": 100}},
        {"code": "large", "rule": {"rule": "size", "what": "seats", "min": 100}},
    ]
    definition = a_definition(a_category(divisions=divisions, overlap=overlap))
    known = facts(subject="team")
    size = replace(known, answers=facts(seats=seats).answers)

    def found(case: Facts) -> Outcome:
        return category_verdict(definition.categories[0], case, definition, year=YEAR).outcome

    assert found(known) is CANNOT_TELL
    assert found(size) is (NOT_MET if overlap == "refused" and seats == 100 else MET)


def test_every_kind_of_fact_is_among_those_tried() -> None:
    assert {fact["kind"] for fact in FACTS} == {"number", "date", "choice", "choices", "yes_no", "countries"}
