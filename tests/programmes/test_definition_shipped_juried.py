"""The two juried definitions that come with the product: what their sources say, counted."""

from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest

from kaaring import programmes
from kaaring.programmes.definition.checking.walking import every_rule
from kaaring.programmes.definition.reading import read
from kaaring.programmes.definition.schema import Category, Definition
from kaaring.programmes.definition.schema.eligibility import (
    AttestationRule,
    MayNotEnterAloneRule,
    PartnershipRule,
    SizeRule,
    TerritoryRule,
    ValueOnRule,
)

FOLDER = Path(programmes.__file__).parent / "definitions"
NORWEGIAN, RUSSIAN = "kundeservice-awards", "contact-centre-awards-ru"


@cache
def shipped(name: str) -> Definition:
    definition = read((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"), file=name).definition
    assert definition is not None
    return definition


def category(name: str, code: str) -> Category:
    return next(each for each in shipped(name).categories if each.code == code)


WEIGHTS = {
    "Årets Kundesenter (inngående)": ([40, 40, 20], 4),
    "Årets Teamleder kundesenter (inngående)": ([30, 30, 40], 4),
    "Årets Medarbeider kundesenter (inngående)": ([30, 30, 40], 3),
    "Årets Callcenter (utgående)": ([40, 40, 20], 5),
    "Årets Teamleder callcenter (utgående)": ([30, 30, 40], 5),
    "Årets Medarbeider callcenter (utgående)": ([30, 30, 40], 4),
    "Årets Selger (inngående og utgående)": ([90, 10], 0),
    "Årets Outsourcing partnerskap": ([40, 40, 20], 4),
    "Årets Chatbot": ([40, 40, 20], 5),
    "Årets Innovasjon": ([40, 40, 20], 4),
    "Årets Bærekraft": ([40, 40, 20], 3),
}


def test_the_norwegian_award_has_eleven_categories_with_the_weights_and_points_of_the_source() -> None:
    found = {
        each.name["nb"]: (
            [int(criterion.weight or 0) for criterion in each.criteria],
            sum(len(criterion.guidance) for criterion in each.criteria if criterion.code == "actions"),
        )
        for each in shipped(NORWEGIAN).categories
    }

    assert found == WEIGHTS
    assert list(found) == list(WEIGHTS)


def test_before_and_after_are_asked_for_in_partnership_chatbot_and_innovation() -> None:
    evidence = {
        each.code
        for each in shipped(NORWEGIAN).categories
        for criterion in each.criteria
        if criterion.evidence == "before_after"
    }

    assert evidence == {"outsourcing-partnership", "chatbot", "innovation"}


def test_other_matters_have_a_fixed_weight_and_a_note_says_so() -> None:
    for each in shipped(NORWEGIAN).categories:
        assert [c.discretion for c in each.criteria if c.code == "other"] == ["fixed"]
        assert "fast vekt" in each.notes[0]["nb"]


def test_a_person_is_entered_with_consent_and_a_partnership_by_either_party() -> None:
    persons = [each for each in shipped(NORWEGIAN).categories if each.subject == ("person",)]
    consented = [
        each.code
        for each in persons
        if any(isinstance(rule, AttestationRule) and rule.who == "nominee" for rule in each.eligibility)
    ]
    partnership = category(NORWEGIAN, "outsourcing-partnership").eligibility[0]

    assert len(persons) == len(consented) == 5
    assert isinstance(partnership, PartnershipRule)
    assert not partnership.all_required


def test_the_russian_award_has_35_categories_in_seven_groups_with_193_criteria_and_no_weights() -> None:
    definition = shipped(RUSSIAN)
    groups = [group.code for group in definition.category_groups]
    counted = [sum(each.group == group for each in definition.categories) for group in groups]
    criteria = [criterion for each in definition.categories for criterion in each.criteria]

    assert counted == [4, 5, 4, 4, 8, 8, 2]
    assert [each.group for each in definition.categories] == sorted(
        (each.group for each in definition.categories), key=lambda group: groups.index(group or "")
    )
    assert len(criteria) == 193
    assert {criterion.weight for criterion in criteria} == {None}


def test_teams_and_individuals_have_one_set_of_six_criteria_each() -> None:
    definition = shipped(RUSSIAN)
    for group in ("teams", "individuals"):
        sets = [each.criteria for each in definition.categories if each.group == group]
        assert len(sets) == 8
        assert all(criteria == sets[0] and len(criteria) == 6 for criteria in sets)


def test_37_awards_can_be_won_three_of_them_by_size() -> None:
    awards = shipped(RUSSIAN).awards

    assert len(awards) == 37
    assert [award.division for award in awards if award.division] == ["small", "medium", "large"]


SIZES = {
    "small-team": [("team_size", "people", None, 20)],
    "large-team": [("team_size", "people", 20, 50)],
    "collections-team": [("team_size", "people", None, 50)],
    "contact-centre": [
        ("seats", "seats", None, 100),
        ("seats", "seats", None, 250),
        ("seats", "seats", 250, None),
    ],
}


def test_sizes_stand_as_the_source_has_them() -> None:
    found: dict[str, list[tuple[str, str | None, int | None, int | None]]] = {}
    for rule, each, _path in every_rule(shipped(RUSSIAN)):
        if isinstance(rule, SizeRule):
            found.setdefault(each.code, []).append((rule.what, rule.unit, rule.min, rule.max))

    assert found == SIZES


def test_tenure_and_age_are_counted_on_1_december() -> None:
    rules = [rule for rule in category(RUSSIAN, "agent").eligibility if isinstance(rule, ValueOnRule)]

    assert [(rule.field, str(rule.date), str(rule.at_least or rule.older_than)) for rule in rules] == [
        ("employed_since", "12-01", "6 months"),
        ("born_on", "12-01", "18 years"),
    ]


def test_vendors_do_not_enter_alone_and_the_pair_is_compulsory_once() -> None:
    rules = list(every_rule(shipped(RUSSIAN)))

    assert {
        each.code: rule.roles for rule, each, _path in rules if isinstance(rule, MayNotEnterAloneRule)
    } == {"technology": ("vendor",), "insight": ("vendor", "provider")}
    assert [
        each.code for rule, each, _path in rules if isinstance(rule, PartnershipRule) and rule.all_required
    ] == ["outsourcing"]
    assert [each.code for rule, each, _path in rules if isinstance(rule, TerritoryRule)] == ["technology"]


def test_what_concerns_health_and_age_is_protected() -> None:
    assert {fact.code for fact in shipped(RUSSIAN).facts if fact.protected} == {"disability", "born_on"}


REDIRECTS = {
    ("digital", "automation"), ("small-team", "digital-team"), ("small-team", "sales-team"),
    ("small-team", "collections-team"), ("large-team", "digital-team"), ("large-team", "sales-team"),
    ("large-team", "collections-team"), ("digital-team", "sales-team"), ("digital-team", "collections-team"),
    ("sales-team", "collections-team"), ("collections-team", "contact-centre"), ("agent", "salesperson"),
    ("para-agent", "salesperson"), ("operations-manager", "quality-manager"),
    ("operations-manager", "people-manager"), ("people-manager", "trainer"),
}  # fmt: skip


def test_each_special_category_of_the_source_is_a_redirect() -> None:
    rules = every_rule(shipped(RUSSIAN))

    assert {(each.code, rule.redirect) for rule, each, _path in rules if rule.redirect} == REDIRECTS


def test_every_rule_of_the_source_stands_beside_it_in_both_languages() -> None:
    for name in (NORWEGIAN, RUSSIAN):
        definition = shipped(name)
        outer = [(each, rule) for each in definition.categories for rule in each.eligibility]
        consent = [rule for _each, rule in outer if rule.wording is None]
        worded = [rule.wording for _each, rule in outer if rule.wording is not None]

        assert all(isinstance(rule, AttestationRule) and rule.who == "nominee" for rule in consent)
        assert all(set(wording) == set(definition.edition.languages) for wording in worded)


@pytest.mark.parametrize("name", [NORWEGIAN, RUSSIAN])
def test_what_is_invented_is_said_in_three_languages(name: str) -> None:
    illustrative = shipped(name).edition.illustrative

    assert illustrative is not None
    assert set(illustrative) == {"nb", "en", "ru"}
    assert all(text.isprintable() for text in illustrative.values())


def test_the_two_juries_combine_marks_differently() -> None:
    norwegian, russian = shipped(NORWEGIAN).jury, shipped(RUSSIAN).jury
    assert norwegian is not None
    assert russian is not None

    lowest, highest = norwegian.scale.lowest, norwegian.scale.highest
    assert (lowest, highest, set(norwegian.scale.anchors)) == (0, 10, {0, 5, 10})
    assert (norwegian.combine.method, norwegian.combine.minimum_marks) == ("mean", 3)
    assert norwegian.combine.ties == ("criterion:results", "jury")
    assert (russian.combine.method, russian.combine.trim) == ("trimmed", 1)
    assert (russian.scale.lowest, russian.scale.highest) == (1, 10)


def test_prices_are_early_and_normal_and_lower_for_members() -> None:
    fees = shipped(NORWEGIAN).fees
    assert fees is not None

    assert [price.code for price in fees.prices] == ["early", "normal"]
    assert all(price.member is not None and price.member < price.price for price in fees.prices)
    assert fees.vat == Fraction(1, 4)


SLIPS = ("komkommunikasjon", "FNs sine", "выделана")


@pytest.mark.parametrize("name", [NORWEGIAN, RUSSIAN])
def test_slips_of_the_sources_are_not_repeated(name: str) -> None:
    text = (FOLDER / f"{name}.yaml").read_text(encoding="utf-8")

    assert not [slip for slip in SLIPS if slip in text]
