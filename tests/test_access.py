"""Every address of the project, asked for in every role."""

from pathlib import Path
from typing import Any

import pytest

from tests import access
from tests.access import (
    BROKEN,
    ELSEWHERE,
    FORBIDDEN,
    MAY,
    NO_PAGE,
    NOBODY,
    OTHER_CONTACT,
    PARTS,
    SIGN_IN,
    WRONG_METHOD,
    Answers,
)

WRITTEN = Path(__file__).resolve().parent.parent / "docs" / "access.md"
STRANGERS = (*PARTS, "participant's contact", OTHER_CONTACT, ELSEWHERE)
ONLY_READ = ("viewer", "auditor")
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def answers(django_db_setup: Any, django_db_blocker: Any) -> list[Answers]:
    with django_db_blocker.unblock():
        return access.table()


def of_an_edition(answers: list[Answers]) -> list[Answers]:
    return [one for one in answers if one.address.route.startswith("/en/organiser/<programme>/")]


def test_the_table_people_read_is_what_the_pages_answer(answers: list[Answers]) -> None:
    assert WRITTEN.read_text() == access.document(answers), "run: python -m tests.access > docs/access.md"


def test_no_page_is_broken_for_any_role(answers: list[Answers]) -> None:
    broken = [
        (one.address.route, role)
        for one in answers
        for role, answer in one.by_role.items()
        if answer in (BROKEN, WRONG_METHOD)
    ]

    assert broken == []


def test_none_of_our_own_pages_says_forbidden(answers: list[Answers]) -> None:
    saying = {one.address.name for one in answers if FORBIDDEN in one.by_role.values()}

    assert [name for name in saying if ":" in name] == []


def test_an_editions_organiser_pages_ask_the_anonymous_to_sign_in(answers: list[Answers]) -> None:
    assert {one.by_role[NOBODY] for one in of_an_edition(answers)} == {SIGN_IN}


@pytest.mark.parametrize("role", STRANGERS)
def test_an_editions_organiser_pages_do_not_exist_for_strangers(answers: list[Answers], role: str) -> None:
    seen = [one.address.route for one in of_an_edition(answers) if one.by_role[role] != NO_PAGE]

    assert seen == []


@pytest.mark.parametrize("role", ONLY_READ)
def test_who_only_reads_may_do_nothing_in_an_edition(answers: list[Answers], role: str) -> None:
    done = [one.address.route for one in of_an_edition(answers) if one.by_role[role] == MAY]

    assert done == []


def test_an_owner_finds_every_page_of_the_edition(answers: list[Answers]) -> None:
    missing = [one.address.route for one in of_an_edition(answers) if one.by_role["owner"] == SIGN_IN]

    assert missing == []


def test_a_participants_pages_are_for_its_own_contact_and_not_for_another_ones(
    answers: list[Answers],
) -> None:
    own = [one for one in answers if one.address.route.startswith("/en/participant/<programme>/")]

    assert own
    for one in own:
        assert one.by_role[NOBODY] == SIGN_IN, one.address.route
        for role in (OTHER_CONTACT, ELSEWHERE, *PARTS):
            assert one.by_role[role] == NO_PAGE, (one.address.route, role)


@pytest.mark.parametrize("role", ["owner", "manager", "viewer", ELSEWHERE, "entrant's contact", "reviewer"])
def test_the_jurys_pages_do_not_exist_for_those_who_are_not_in_it(answers: list[Answers], role: str) -> None:
    of_the_jury = [one for one in answers if one.address.route.startswith("/en/juror/<programme>/")]

    assert of_the_jury
    assert {one.by_role[role] for one in of_the_jury} == {NO_PAGE}
    assert {one.by_role[NOBODY] for one in of_the_jury} == {SIGN_IN}


def test_an_address_nobody_can_fill_is_named_with_what_is_missing() -> None:
    world = access.World(edition=None, people={}, filled={})  # type: ignore[arg-type]
    address = access.Address("organiser:thing", "/en/things/<thing>/")

    with pytest.raises(access.CannotFillError, match=r"<thing> after “things”.*Add \('things', 'thing'\)"):
        access.path_of(address, world)
