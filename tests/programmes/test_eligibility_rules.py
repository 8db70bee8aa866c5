"""Each kind of rule at its boundaries: what is met, what is not, and why."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from kaaring.programmes.eligibility import Declaration, Facts, Outcome, Party, judged
from tests.programmes.eligibility import (
    CANNOT_TELL,
    MET,
    NOT_MET,
    a_category,
    a_definition,
    facts,
    outcome,
    the_finding,
)

AT = datetime(2026, 11, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("bounds", "size", "expected"),
    [
        ({"max": 20}, "20", MET),
        ({"max": 20}, "21", NOT_MET),
        ({"min": 20, "max": 50}, "20", MET),
        ({"min": 20, "max": 50}, "50", MET),
        ({"min": 20, "max": 50}, "19", NOT_MET),
        ({"min": 20, "max": 50}, "51", NOT_MET),
        ({"more_than": 20}, "20", NOT_MET),
        ({"more_than": 20}, "21", MET),
        ({"less_than": 250}, "249", MET),
        ({"less_than": 250}, "250", NOT_MET),
        ({"min": 250}, "250", MET),
        ({"more_than": 20}, "20,5", MET),
        ({"max": 20}, "20.5", NOT_MET),
        ({"max": 20}, None, CANNOT_TELL),
    ],
)
def test_an_end_of_a_bracket_belongs_to_it_or_not(
    bounds: dict[str, int], size: str | None, expected: Outcome
) -> None:
    assert outcome({"rule": "size", "what": "team_size", **bounds}, facts(team_size=size)) is expected


@pytest.mark.parametrize(
    ("rule", "size", "reason"),
    [
        ({"max": 20}, "20", "“Team size”: 20 people. This fits: at most 20 people."),
        ({"max": 1}, "64", "“Team size”: 64 people. Needed: at most 1 person."),
        (
            {"min": 20, "less_than": 50},
            "1",
            "“Team size”: 1 person. Needed: at least 20 and less than 50 people.",
        ),
        (
            {"more_than": 20, "max": 50},
            "7,5",
            "“Team size”: 7.5 people. Needed: more than 20 and at most 50 people.",
        ),
        ({"more_than": 50}, None, "“Team size”: not answered yet. Needed: more than 50 people."),
        ({"min": 3, "unit": "calls"}, "2", "“Team size”: 2 (calls). Needed: at least 3 (calls)."),
    ],
)
def test_a_size_is_told_with_its_unit_and_its_ends(
    rule: dict[str, Any], size: str | None, reason: str
) -> None:
    finding = the_finding({"rule": "size", "what": "team_size", **rule}, facts(team_size=size))

    assert finding.reason == reason


def test_what_is_too_large_may_be_split_or_entered_elsewhere() -> None:
    rule = {"rule": "size", "what": "team_size", "max": 50, "split": True, "redirect": "corporate"}

    finding = the_finding(rule, facts(team_size="64"), others=[a_category("corporate")])

    assert finding.advice == (
        "Split it into parts of at most 50 people and enter each of them, or enter “Corporate” instead.",
    )
    assert finding.redirects == ("corporate",)


def test_what_is_too_large_may_be_split_where_there_is_nowhere_else() -> None:
    rule = {"rule": "size", "what": "team_size", "less_than": 51, "split": True}

    assert the_finding(rule, facts(team_size="64")).advice == (
        "Split it into parts of at most 50 people, and enter each of them.",
    )


def test_what_is_too_small_is_not_told_to_split() -> None:
    rule = {"rule": "size", "what": "team_size", "min": 20, "max": 50, "split": True}

    assert the_finding(rule, facts(team_size="3")).advice == ()


def test_a_redirect_is_told_only_to_whom_the_rule_keeps_out() -> None:
    rule = {"rule": "size", "what": "team_size", "max": 50, "redirect": "corporate"}
    others = [a_category("corporate")]

    kept_out = the_finding(rule, facts(team_size="51"), others=others)
    let_in = the_finding(rule, facts(team_size="50"), others=others)

    assert kept_out.advice == ("Enter “Corporate” instead.",)
    assert (let_in.advice, let_in.redirects) == ((), ())


HALF_A_YEAR = {"rule": "value_on", "field": "employed_since", "date": "12-01", "at_least": "6 months"}
OF_AGE = {"rule": "value_on", "field": "born_on", "date": "12-01", "older_than": "18 years"}


@pytest.mark.parametrize(
    ("rule", "answers", "expected"),
    [
        (HALF_A_YEAR, {"employed_since": "2026-06-01"}, MET),
        (HALF_A_YEAR, {"employed_since": "2026-06-02"}, NOT_MET),
        (HALF_A_YEAR, {"employed_since": "2026-12-02"}, NOT_MET),
        (HALF_A_YEAR, {}, CANNOT_TELL),
        (OF_AGE, {"born_on": "2008-11-30"}, MET),
        (OF_AGE, {"born_on": "2008-12-01"}, NOT_MET),
        (OF_AGE, {"born_on": "2008-12-02"}, NOT_MET),
        (OF_AGE | {"date": "2026-02-28"}, {"born_on": "2008-02-29"}, NOT_MET),
        (OF_AGE | {"date": "2026-03-01"}, {"born_on": "2008-02-29"}, MET),
        (OF_AGE | {"date": "2028-02-29", "older_than": "20 years"}, {"born_on": "2008-02-29"}, NOT_MET),
        (HALF_A_YEAR | {"date": "2027-02-28"}, {"employed_since": "2026-08-31"}, MET),
        (HALF_A_YEAR | {"date": "2027-02-27"}, {"employed_since": "2026-08-31"}, NOT_MET),
        (HALF_A_YEAR | {"at_least": "2 weeks"}, {"employed_since": "2026-11-17"}, MET),
        (HALF_A_YEAR | {"at_least": "15 days"}, {"employed_since": "2026-11-17"}, NOT_MET),
    ],
)
def test_tenure_and_age_are_counted_on_the_calendar(
    rule: dict[str, Any], answers: dict[str, str], expected: Outcome
) -> None:
    assert outcome(rule, facts(**answers)) is expected


@pytest.mark.parametrize(
    ("rule", "answers", "reason"),
    [
        (
            HALF_A_YEAR,
            {"employed_since": "2026-08-01"},
            "“Employed since”: 1 August 2026 (4 months before 1 December 2026). "
            "Needed: at least 6 months before 1 December 2026.",
        ),
        (
            HALF_A_YEAR,
            {"employed_since": "2026-06-01"},
            "“Employed since”: 1 June 2026 (exactly 6 months before 1 December 2026). "
            "This fits: at least 6 months before 1 December 2026.",
        ),
        (
            HALF_A_YEAR,
            {"employed_since": "2020-03-01"},
            "“Employed since”: 1 March 2020 (6 years and 9 months before 1 December 2026). "
            "This fits: at least 6 months before 1 December 2026.",
        ),
        (
            HALF_A_YEAR,
            {"employed_since": "2026-11-21"},
            "“Employed since”: 21 November 2026 (10 days before 1 December 2026). "
            "Needed: at least 6 months before 1 December 2026.",
        ),
        (
            HALF_A_YEAR,
            {"employed_since": "2027-01-01"},
            "“Employed since”: 1 January 2027 (after 1 December 2026). "
            "Needed: at least 6 months before 1 December 2026.",
        ),
        (
            OF_AGE,
            {"born_on": "2008-12-01"},
            "“Date of birth”: 1 December 2008 (exactly 18 years before 1 December 2026). "
            "Needed: more than 18 years before 1 December 2026 (exactly that long is too little).",
        ),
        (
            OF_AGE,
            {"born_on": "2008-11-30"},
            "“Date of birth”: 30 November 2008 (18 years and 1 day before 1 December 2026). "
            "This fits: more than 18 years before 1 December 2026 (exactly that long is too little).",
        ),
    ],
)
def test_tenure_and_age_are_told_to_the_day(
    rule: dict[str, Any], answers: dict[str, str], reason: str
) -> None:
    assert the_finding(rule, facts(**answers)).reason == reason


def test_a_day_without_a_year_is_in_the_year_in_which_entries_close() -> None:
    closes_in_2026 = a_definition(a_category(eligibility=[HALF_A_YEAR]))
    never_announced = a_definition(a_category(eligibility=[HALF_A_YEAR]), timeline={})
    known = facts(employed_since="2026-06-01")

    def found(definition: Any) -> Outcome:
        rule = definition.categories[0].eligibility[0]
        return judged(rule, known, definition=definition, year=2025).outcome

    assert found(closes_in_2026) is MET
    assert found(never_announced) is NOT_MET


@pytest.mark.parametrize(
    ("day", "expected"), [("2016-12-31", NOT_MET), ("2017-01-01", MET), (None, CANNOT_TELL)]
)
def test_something_may_happen_on_the_first_day_but_not_before(day: str | None, expected: Outcome) -> None:
    rule = {"rule": "not_before", "field": "opened_on", "date": "2017-01-01"}

    assert outcome(rule, facts(opened_on=day)) is expected


def test_the_first_day_is_told() -> None:
    rule = {"rule": "not_before", "field": "opened_on", "date": "2017-01-01"}

    assert the_finding(rule, facts(opened_on="2016-12-31")).reason == (
        "“Opened”: 31 December 2016. Needed: 1 January 2017 or later."
    )


AGENTS = {"rule": "subject", "kinds": "person", "roles": ["agent", "expert"], "excluding": ["supervisor"]}


@pytest.mark.parametrize(
    ("answers", "expected", "missing"),
    [
        ({"subject": "person", "role": "expert"}, MET, ()),
        ({"subject": "person", "role": "supervisor"}, NOT_MET, ()),
        ({"subject": "team"}, NOT_MET, ()),
        ({"role": "supervisor"}, NOT_MET, ()),
        ({"subject": "person"}, CANNOT_TELL, ("role",)),
        ({"role": "agent"}, CANNOT_TELL, ("case:subject",)),
        ({}, CANNOT_TELL, ("case:subject", "role")),
    ],
)
def test_a_nominee_is_of_a_kind_and_in_a_role(
    answers: dict[str, str], expected: Outcome, missing: tuple[str, ...]
) -> None:
    finding = the_finding(AGENTS, facts(**answers))

    assert (finding.outcome, finding.missing) == (expected, missing)


def test_what_keeps_a_nominee_out_is_told_and_nothing_else() -> None:
    reason = the_finding(AGENTS, facts(subject="person", role="supervisor")).reason

    assert reason == (
        "“Role”: “Supervisor”. Needed: “Agent” or “Expert”. "
        "“Role”: “Supervisor”. Needed: none of these: “Supervisor”."
    )
    assert the_finding(AGENTS, facts(subject="team", role="agent")).reason == (
        "“Nominee”: a team. Needed: a person."
    )


@pytest.mark.parametrize(
    ("rule", "activities", "expected"),
    [
        ("only", "sales", MET),
        ("only", "sales collections", MET),
        ("only", "sales service", NOT_MET),
        ("only", "service", NOT_MET),
        ("only", "none", NOT_MET),
        ("only", "", CANNOT_TELL),
        ("does", "sales service", MET),
        ("does", "service", NOT_MET),
        ("does", "none", NOT_MET),
        ("does", "", CANNOT_TELL),
    ],
)
def test_doing_only_this_is_more_than_doing_it_among_others(
    rule: str, activities: str, expected: Outcome
) -> None:
    asked = {"rule": rule, "activity": ["sales", "collections"]}

    assert outcome(asked, facts(activities=activities)) is expected
    assert (
        outcome({"rule": "not", "of": asked}, facts(activities=activities))
        is {
            MET: NOT_MET,
            NOT_MET: MET,
            CANNOT_TELL: CANNOT_TELL,
        }[expected]
    )


@pytest.mark.parametrize(
    ("rule", "reason"),
    [
        (
            {"rule": "only", "activity": "sales"},
            "“Activities”: “Service” and “Sales”. Needed: nothing but “Sales”.",
        ),
        (
            {"rule": "not", "of": {"rule": "only", "activity": "sales"}},
            "“Activities”: “Service” and “Sales”. This fits: more than just “Sales”.",
        ),
        (
            {"rule": "does", "activity": ["collections", "sales"]},
            "“Activities”: “Service” and “Sales”. This fits: “Collections” or “Sales”, alone or with others.",
        ),
        (
            {"rule": "not", "of": {"rule": "does", "activity": ["collections", "sales"]}},
            "“Activities”: “Service” and “Sales”. Needed: none of these: “Collections”, “Sales”.",
        ),
        (
            {"rule": "not", "of": {"rule": "size", "what": "team_size", "max": 20}},
            "This must not hold, and it does not: “Team size”: at most 20 people.",
        ),
    ],
)
def test_what_must_not_be_so_is_told_by_what_is_needed(rule: dict[str, Any], reason: str) -> None:
    assert the_finding(rule, facts(activities="service, sales", team_size="21")).reason == reason


def test_a_contrary_says_when_it_does_hold_and_when_nobody_knows() -> None:
    rule = {"rule": "not", "of": {"rule": "size", "what": "team_size", "max": 20}}

    assert the_finding(rule, facts(team_size="20")).reason == (
        "This must not hold, but it does: “Team size”: at most 20 people."
    )
    assert the_finding(rule, facts()).reason == (
        "This must not hold, and it cannot be told yet: “Team size”: at most 20 people."
    )


def test_a_contrary_sends_where_the_rule_within_it_sends() -> None:
    rule = {"rule": "not", "of": {"rule": "only", "activity": "sales", "redirect": "sellers"}}

    finding = the_finding(rule, facts(activities="sales"), others=[a_category("sellers")])

    assert (finding.redirects, finding.advice) == (("sellers",), ("Enter “Sellers” instead.",))


IN_RUSSIA = {
    "rule": "territory",
    "party": "client",
    "field": "client_countries",
    "countries": ["NO"],
    "groups": ["union"],
    "excluding": ["SE"],
}


@pytest.mark.parametrize(
    ("countries", "expected"),
    [
        ("RU", MET),
        ("no", MET),
        ("DE BY", MET),
        ("DE", NOT_MET),
        ("RU SE", NOT_MET),
        (None, CANNOT_TELL),
    ],
)
def test_business_is_done_in_a_named_country_and_in_none_left_out(
    countries: str | None, expected: Outcome
) -> None:
    assert outcome(IN_RUSSIA, facts(client_countries=countries)) is expected


def test_countries_are_called_by_the_terms_of_the_definition() -> None:
    definition = a_definition(
        a_category(eligibility=[IN_RUSSIA]),
        terms=[{"code": "union", "name": "The Union"}, {"code": "NO", "name": "Norway"}],
    )
    rule = definition.categories[0].eligibility[0]

    found = judged(rule, facts(client_countries="DE, NO, SE"), definition=definition, year=2026)

    assert found.reason == (
        "“Countries of the client”: DE, Norway and SE. "
        "Needed: “The Union” (RU, BY, KZ) or Norway, alone or with others; none of these: SE."
    )


OF_PARTY = {"rule": "territory", "party": "client", "countries": ["RU"]}
EVERYBODY = {"rule": "territory", "excluding": ["RU"]}


@pytest.mark.parametrize(
    ("rule", "parties", "expected", "missing"),
    [
        (OF_PARTY, (Party("client", countries=("RU",)), Party("vendor", countries=("DE",))), MET, ()),
        (OF_PARTY, (Party("client", countries=("DE",)), Party("vendor", countries=("RU",))), NOT_MET, ()),
        (OF_PARTY, (Party("vendor", countries=("RU",)),), NOT_MET, ()),
        (OF_PARTY, (Party("client"),), CANNOT_TELL, ("countries:client",)),
        (OF_PARTY, (Party("", countries=("RU",)),), CANNOT_TELL, ("case:parties",)),
        (OF_PARTY, None, CANNOT_TELL, ("countries:client",)),
        (EVERYBODY, (Party("", countries=("NO",)), Party("vendor", countries=("DE",))), MET, ()),
        (EVERYBODY, (Party("", countries=("NO",)), Party("vendor", countries=("RU",))), NOT_MET, ()),
        (EVERYBODY, (Party("", countries=("NO",)), Party("vendor")), CANNOT_TELL, ("countries:",)),
    ],
)
def test_without_a_fact_the_parties_own_countries_count(
    rule: dict[str, Any], parties: tuple[Party, ...] | None, expected: Outcome, missing: tuple[str, ...]
) -> None:
    finding = the_finding(rule, Facts(parties=parties))

    assert (finding.outcome, finding.missing) == (expected, missing)


def test_countries_may_be_answered_before_anybody_has_said_who_takes_part() -> None:
    known = Facts({"countries:client": ("RU",)})

    assert outcome(OF_PARTY, known) is MET
    assert the_finding(OF_PARTY, known).read == {"countries:client": ("RU",)}


def test_whose_countries_are_meant_is_told() -> None:
    assert the_finding(OF_PARTY, Facts(parties=(Party("vendor", countries=("RU",)),))).reason == (
        "“Countries (client)”: none of these. Needed: RU, alone or with others."
    )
    assert the_finding(EVERYBODY, Facts()).reason == (
        "“Countries of every party”: not answered yet. Needed: none of these: RU."
    )


PAIR = {"rule": "partnership", "roles": ["outsourcer", "client"], "all_required": True}
EITHER = {"rule": "partnership", "roles": ["outsourcer", "client"]}
ALONE = {"rule": "may_not_enter_alone", "roles": ["vendor", "provider"]}


@pytest.mark.parametrize(
    ("rule", "roles", "expected"),
    [
        (PAIR, ["client", "outsourcer"], MET),
        (PAIR, ["client"], NOT_MET),
        (PAIR, ["client", "vendor"], NOT_MET),
        (PAIR, ["client", ""], CANNOT_TELL),
        (PAIR, [""], NOT_MET),
        (PAIR, None, CANNOT_TELL),
        (EITHER, ["client"], MET),
        (EITHER, ["outsourcer", "client"], MET),
        (EITHER, ["vendor"], NOT_MET),
        (EITHER, ["vendor", ""], CANNOT_TELL),
        (ALONE, ["vendor"], NOT_MET),
        (ALONE, ["vendor", "provider"], NOT_MET),
        (ALONE, ["vendor", "client"], MET),
        (ALONE, ["client"], MET),
        (ALONE, ["vendor", ""], CANNOT_TELL),
        (ALONE, [], CANNOT_TELL),
    ],
)
def test_who_takes_part_decides_who_may_enter(
    rule: dict[str, Any], roles: list[str] | None, expected: Outcome
) -> None:
    parties = None if roles is None else tuple(Party(role) for role in roles)

    finding = the_finding(rule, Facts(parties=parties))

    assert finding.outcome is expected
    assert finding.missing == (("case:parties",) if expected is CANNOT_TELL else ())


@pytest.mark.parametrize(
    ("rule", "reason"),
    [
        (PAIR, "“Who takes part”: “vendor”. Needed: “outsourcer” and “client”, together in one entry."),
        (EITHER, "“Who takes part”: “vendor”. Needed: “outsourcer” or “client”, alone or together."),
        (
            ALONE,
            "“Who takes part”: “vendor”. "
            "Needed: somebody other than “vendor” or “service provider”, alone or with them.",
        ),
    ],
)
def test_who_is_lacking_is_told(rule: dict[str, Any], reason: str) -> None:
    assert the_finding(rule, facts(parties=["vendor"])).reason == reason


RECOMMENDED = {
    "rule": "attestation",
    "who": "head",
    "field": "recommended",
    "proof": "required",
    "statement": "I recommend this agent.",
}


OPEN = "The head still has to declare: “I recommend this agent”."
MADE = "“Recommended”: yes. This fits: yes. The head has declared: “I recommend this agent”."
LACKS_PROOF = "The head has declared this, and the proof is still missing: “I recommend this agent”."
REFUSED = "The head has declared this, and it was not accepted: “I recommend this agent”."
UNKNOWN = "“Recommended”: not answered yet. Needed: yes."
DENIED = "“Recommended”: no. Needed: yes."


@pytest.mark.parametrize(
    ("answer", "declaration", "expected", "reason"),
    [
        (None, None, CANNOT_TELL, f"{UNKNOWN} {OPEN}"),
        ("no", None, NOT_MET, DENIED),
        ("no", Declaration("Kari", AT, has_proof=True), NOT_MET, DENIED),
        ("yes", None, CANNOT_TELL, OPEN),
        ("yes", Declaration("Kari", AT), CANNOT_TELL, LACKS_PROOF),
        ("yes", Declaration("Kari", AT, has_proof=True), MET, MADE),
        ("yes", Declaration("Kari", AT, is_accepted=True), MET, MADE),
        ("yes", Declaration("Kari", AT, has_proof=True, is_accepted=False), NOT_MET, REFUSED),
    ],
)
def test_what_no_machine_can_tell_is_declared_and_checked(
    answer: str | None, declaration: Declaration | None, expected: Outcome, reason: str
) -> None:
    known = facts(recommended=answer)
    if declaration is not None:
        known = replace(known, declarations={"rule": declaration})

    finding = the_finding(RECOMMENDED, known)

    assert (finding.outcome, finding.reason) == (expected, reason)
    assert finding.awaiting == ((finding,) if expected is CANNOT_TELL else ())


def test_a_declaration_that_no_fact_asks_for_lacks_no_answer() -> None:
    rule = {"rule": "attestation", "who": "entrant", "wording": "Sustainability is part of operations."}

    finding = the_finding(rule, facts())

    assert (finding.outcome, finding.missing) == (CANNOT_TELL, ())
    assert finding.reason == "The entrant still has to declare: “Sustainability is part of operations”."


@pytest.mark.parametrize(
    ("name", "who"),
    [("nominee", "The nominee"), ("Nominee", "The nominee"), ("Our candidate", "Our candidate")],
)
def test_who_declares_is_called_as_in_a_sentence_where_the_terms_name_it_as_usual(
    name: str, who: str
) -> None:
    definition = a_definition(
        a_category(eligibility=[{"rule": "attestation", "who": "nominee"}]),
        terms=[{"code": "nominee", "name": {"en": name}}],
    )

    found = judged(definition.categories[0].eligibility[0], facts(), definition=definition, year=2026)

    assert found.reason == f"{who} still has to declare: that this rule is met."


def test_a_declaration_for_another_rule_does_not_count() -> None:
    rule = {"rule": "attestation", "who": "entrant"}
    elsewhere = Facts(declarations={"eligibility/7": Declaration("Kari", AT)})

    finding = the_finding(rule, elsewhere)

    assert finding.outcome is CANNOT_TELL
    assert finding.reason == "The entrant still has to declare: that this rule is met."


def test_a_protected_answer_is_judged_and_never_told() -> None:
    rule = OF_AGE | {"field": "secret_birthday"}

    too_young = the_finding(rule, facts(secret_birthday="2010-04-17"))
    old_enough = the_finding(rule, facts(secret_birthday="1990-04-17"))
    unknown = the_finding(rule, facts())

    wanted = "Needed: more than 18 years before 1 December 2026 (exactly that long is too little)."
    assert too_young.reason == f"“Birthday”: the answer does not fit. {wanted}"
    assert old_enough.reason == f"“Birthday”: the answer fits. {wanted}"
    assert unknown.reason == f"“Birthday”: not answered yet. {wanted}"
    assert too_young.is_protected
    assert old_enough.is_protected
    assert unknown.is_protected


def test_a_rule_on_a_fact_that_nobody_has_defined_cannot_be_told() -> None:
    finding = the_finding({"rule": "size", "what": "head_count", "max": 3}, Facts())

    assert (finding.outcome, finding.missing) == (CANNOT_TELL, ("head_count",))
    assert finding.reason == "“head count”: not answered yet. Needed: at most 3."


def test_a_rule_on_a_fact_of_another_kind_cannot_be_told() -> None:
    assert outcome({"rule": "size", "what": "role", "max": 3}, facts(role="agent")) is CANNOT_TELL
    assert outcome({"rule": "not_before", "field": "role", "date": "2017-01-01"}, facts(role="agent")) is (
        CANNOT_TELL
    )
    assert outcome({"rule": "only", "activity": "sales", "field": "seats"}, facts(seats="3")) is CANNOT_TELL


def test_yes_and_no_are_options_like_any_other() -> None:
    rule = {"rule": "does", "field": "won_contest", "activity": "yes"}

    assert outcome(rule, facts(won_contest=True)) is MET
    assert the_finding(rule, facts(won_contest="no")).reason == "“Won a contest”: no. Needed: yes."
