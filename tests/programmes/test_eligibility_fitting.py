"""Which categories fit, what is missing for others, and what to ask next."""

import pytest

from kaaring.programmes.definition.reading import read as read_definition
from kaaring.programmes.definition.reading import restored
from kaaring.programmes.definition.writing import document
from kaaring.programmes.eligibility import (
    Facts,
    Fits,
    Party,
    fits,
    option_in_words,
    question_in_words,
    questions,
    read,
)
from kaaring.programmes.eligibility.facts import Raw
from kaaring.programmes.eligibility.verdicts import Verdict
from tests.programmes.eligibility import YEAR, a_category, a_definition, facts
from tests.programmes.test_definition_shipped import FOLDER

SMALL = a_category("small", eligibility=[{"rule": "size", "what": "team_size", "max": 20}])
SELLERS = a_category(
    "sellers",
    eligibility=[
        {"rule": "only", "activity": "sales"},
        {"rule": "does", "field": "channels", "activity": "voice"},
        {"rule": "size", "what": "team_size", "max": 50},
    ],
)
RECOMMENDED = a_category(
    "recommended", eligibility=[{"rule": "attestation", "who": "head", "field": "recommended"}]
)
PEOPLE = a_category("people", subject="person")
HEALTH = a_category("health", eligibility=[{"rule": "attestation", "who": "nominee", "field": "disability"}])
AWARD = a_definition(SMALL, SELLERS, RECOMMENDED, PEOPLE, HEALTH)


def codes(verdicts: tuple[Verdict, ...]) -> list[str]:
    return [verdict.category.code for verdict in verdicts]


def found(**raw: Raw) -> Fits:
    return fits(AWARD, facts(**raw), year=YEAR)


def test_nothing_known_means_nothing_told_and_what_is_entered_is_asked_first() -> None:
    result = found()

    assert codes(result.cannot_tell) == ["small", "sellers", "recommended", "people", "health"]
    assert result.next_question is not None
    assert result.next_question.code == "case:subject"
    assert result.next_question.options == ("team", "person")


def test_the_question_on_which_most_categories_hang_comes_next() -> None:
    result = found(subject="team")

    assert result.next_question is not None
    assert result.next_question.code == "team_size"


def test_every_category_is_in_one_group_and_says_what_it_lacks() -> None:
    result = found(subject="team", team_size="64", activities="sales", recommended="yes")

    assert codes(result.fitting) == ["recommended"]
    assert codes(result.nearly) == ["small", "sellers"]
    assert codes(result.cannot_tell) == ["health"]
    assert codes(result.not_fitting) == ["people"]
    assert result.nearly[1].obstacles == ("“Team size”: 64 people. Needed: at most 50 people.",)
    assert result.nearly[1].missing == ("channels",)


def test_a_category_that_waits_for_a_declaration_fits() -> None:
    (verdict,) = found(subject="team", team_size="64", recommended="yes").fitting

    assert verdict.only_awaits_declarations
    assert [each.reason for each in verdict.awaiting] == ["The head still has to declare: “Recommended”."]


def test_with_three_obstacles_a_category_is_not_near() -> None:
    result = found(subject="team", team_size="64", activities="service")

    assert "sellers" not in codes(result.nearly)
    assert "sellers" in codes(result.not_fitting)


def test_a_category_for_others_is_never_near() -> None:
    assert codes(found(subject="team").not_fitting) == ["people"]


AGENTS = {"rule": "subject", "kinds": "team", "roles": ["agent"]}
ONLY_SALES = {"rule": "only", "activity": "sales"}
FEW = {"rule": "size", "what": "team_size", "max": 20}


@pytest.mark.parametrize(
    ("rule", "is_near"),
    [
        (AGENTS, False),
        (ONLY_SALES, False),
        ({"rule": "not", "of": {"rule": "only", "activity": "service"}}, False),
        ({"rule": "any_of", "of": [AGENTS, ONLY_SALES]}, False),
        ({"rule": "any_of", "of": [AGENTS, FEW]}, True),
        (FEW, True),
    ],
)
def test_who_has_another_position_or_does_other_work_does_not_nearly_fit(rule: object, is_near: bool) -> None:
    definition = a_definition(a_category("one", eligibility=[rule]))
    known = facts(subject="team", role="supervisor", activities="service", team_size="64")

    result = fits(definition, known, year=YEAR)

    assert (codes(result.nearly), codes(result.not_fitting)) == ((["one"], []) if is_near else ([], ["one"]))


def test_a_protected_question_is_asked_when_no_other_is_left() -> None:
    result = found(subject="team", team_size="1", activities="sales", channels="voice", recommended="no")

    assert result.next_question is not None
    assert result.next_question.code == "disability"
    assert result.next_question.is_protected


def test_once_all_can_be_told_nothing_is_asked() -> None:
    assert found(subject="person").next_question is None
    assert fits(a_definition(categories=[]), Facts(), year=YEAR).next_question is None


def test_questions_come_in_the_organisers_order_with_protected_ones_last() -> None:
    partners = a_category(
        "partners",
        eligibility=[
            {"rule": "partnership", "roles": ["outsourcer", "client"]},
            {"rule": "may_not_enter_alone", "roles": "vendor"},
            {"rule": "territory", "party": "client", "countries": ["RU"]},
            {"rule": "territory", "excluding": ["SE"]},
            {"rule": "territory", "field": "client_countries", "countries": ["RU"]},
            {"rule": "subject", "kinds": "team"},
            {"rule": "not_before", "field": "opened_on", "date": "2017-01-01"},
            {"rule": "all_of", "of": [{"rule": "subject", "kinds": "team", "excluding": ["agent"]}]},
            {"rule": "value_on", "field": "born_on", "date": "12-01", "at_least": "1 year"},
            {"rule": "attestation", "who": "head"},
        ],
        divisions=[{"code": "one", "rule": {"rule": "size", "what": "seats", "min": 1}}],
    )
    definition = a_definition(HEALTH, partners, RECOMMENDED)

    asked = questions(definition)

    assert [question.code for question in asked] == [
        "case:subject",
        "case:parties",
        "countries:client",
        "countries:",
        "seats",
        "born_on",
        "opened_on",
        "role",
        "recommended",
        "client_countries",
        "disability",
    ]
    assert asked[1].options == ("outsourcer", "client", "vendor")
    assert [question.kind for question in asked[:4]] == ["choice", "choices", "countries", "countries"]


def test_questions_are_put_in_words() -> None:
    definition = a_definition(
        a_category(
            eligibility=[
                {"rule": "may_not_enter_alone", "roles": "vendor"},
                {"rule": "territory", "party": "client", "countries": ["RU"]},
                {"rule": "territory", "excluding": ["SE"]},
                {"rule": "only", "activity": "sales"},
                {"rule": "does", "field": "recommended", "activity": "yes"},
            ]
        )
    )

    asked = {question.code: question for question in questions(definition)}

    assert [question_in_words(question, definition) for question in asked.values()] == [
        "What or who is to be entered?",
        "Who takes part?",
        "In which countries does this party do business: client?",
        "In which countries do those who take part do business?",
        "Activities",
        "Recommended",
    ]
    assert option_in_words(asked["case:subject"], "team", definition) == "a team"
    assert option_in_words(asked["case:parties"], "vendor", definition) == "vendor"
    assert option_in_words(asked["activities"], "sales", definition) == "Sales"
    assert option_in_words(asked["recommended"], "yes", definition) == "yes"


def test_declarations_belong_to_one_category_and_do_not_count_in_all() -> None:
    parties = (Party("client"),)

    assert fits(AWARD, Facts(parties=parties), year=YEAR) == found()


@pytest.mark.parametrize("name", ["contact-centre-awards-ru", "kundeservice-awards"])
def test_a_dozen_answers_settle_every_category_of_a_shipped_award(name: str) -> None:
    definition = read_definition((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"), file=name).definition
    assert definition is not None
    answers: dict[str, Raw] = {"case:subject": "team"}
    for _step in range(12):
        result = fits(definition, read(answers, definition).facts, year=YEAR)
        if result.next_question is None:
            break
        answers[result.next_question.code] = an_answer(
            result.next_question.kind, result.next_question.options
        )

    assert result.next_question is None
    assert result.cannot_tell == ()
    assert sum(map(len, (result.fitting, result.nearly, result.not_fitting))) == len(definition.categories)


def an_answer(kind: str, options: tuple[str, ...]) -> str:
    plain = {"number": "12", "date": "2020-01-01", "countries": "RU", "text": "so"}
    return plain.get(kind) or options[0]


def test_a_definition_that_was_stored_asks_the_same() -> None:
    assert questions(restored(document(AWARD))) == questions(AWARD)
