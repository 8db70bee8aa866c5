"""What the rules ask about a case: only what this case needs, and “none of these” is an answer."""

from typing import Any

import pytest

from kaaring.entries.models import Case
from kaaring.survey.actions import store_definition
from tests.build import NOON, a_definition, an_organiser
from tests.juried import JURIED_DEFINITION, OPEN, a_case
from tests.web.entrant import Desk, text

pytestmark = pytest.mark.django_db

DIRECTION = """  - code: direction
    name: {en: Who begins the contact?}
    short: {en: Direction}
    kind: choices
    options: [{code: inbound, name: {en: The customer}}, {code: outbound, name: {en: You}}]
terms:"""


@pytest.fixture
def desk() -> Desk:
    definition = JURIED_DEFINITION.replace("ENTRIES_FROM", OPEN[0]).replace("ENTRIES_TO", OPEN[1])
    definition = definition.replace("terms:", DIRECTION, 1).replace(
        "      - {rule: subject, kinds: person, roles: [agent]}",
        "      - {rule: subject, kinds: person, roles: [agent]}\n"
        "      - {rule: not, of: {rule: does, field: direction, activity: outbound}}",
    )
    rules = store_definition(a_definition(definition), an_organiser(), by="test", at=NOON)
    return Desk(case=a_case(rules.edition, subject="person", facts={"role": "agent", "direction": ["none"]}))


def save(desk: Desk, **typed: Any) -> Any:
    return desk.client.post(desk.of_case("facts/save/"), {"version": desk.version(), **typed})


def test_none_of_these_is_offered_and_outlives_saving(desk: Desk) -> None:
    page = desk.client.get(desk.of_case("facts/"))
    assert 'value="none" id="id_direction_2" checked' in text(page)

    save(desk, role="agent", direction="none")

    assert Case.objects.get(pk=desk.case.pk).facts == {"role": "agent", "direction": ["none"]}


def test_none_of_these_and_one_of_them_are_not_both_true(desk: Desk) -> None:
    response = save(desk, direction=["none", "inbound"])

    assert response.status_code == 422
    assert "but not both" in text(response)


def test_a_case_is_asked_what_its_kind_needs_and_the_rest_stands_behind(desk: Desk) -> None:
    needed, further = text(desk.client.get(desk.of_case("facts/"))).split("More facts")

    assert "What is the nominee&#x27;s role?" in needed
    assert "How many seats" not in needed
    assert "How many seats has the centre?" in further


def test_a_case_of_no_kind_yet_is_asked_everything(desk: Desk) -> None:
    Case.objects.filter(pk=desk.case.pk).update(subject="")

    needed = text(desk.client.get(desk.of_case("facts/"))).split("More facts")[0]

    assert "How many seats has the centre?" in needed


def test_what_is_wrong_behind_more_facts_is_shown(desk: Desk) -> None:
    page = text(save(desk, role="agent", people="many"))

    assert "<details open><summary>More facts" in page
    assert "“many” is not a number" in page


def test_reasons_call_a_fact_by_its_short_name(desk: Desk) -> None:
    save(desk, role="agent", direction="outbound")

    page = text(desk.client.get(desk.of_case("categories/")))

    assert "“Direction”: “You”." in page
    assert "“Who begins the contact?”" not in page
