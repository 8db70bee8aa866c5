"""Starting a case with answers that were given while looking for categories."""

import pytest

from kaaring.entries.models import Case, Entry
from tests.juried import TEAM
from tests.web.entrant import Desk, text

pytestmark = pytest.mark.django_db
ANSWERS = "case%3Asubject=team&people=12&seats=many&health=yes&nonsense=1"


def started(desk: Desk, query: str) -> Case:
    values = {"title": "Brought along", "organisation": desk.organisation.public_id, "language": "en"}
    response = desk.client.post(desk.address(f"cases/new/start/?{query}"), values)
    assert response.status_code == 302
    return Case.objects.get(title="Brought along")


def test_the_first_page_says_how_many_answers_come_along_and_keeps_them() -> None:
    desk = Desk()

    page = text(desk.client.get(desk.address(f"cases/new/?{ANSWERS}&category={TEAM}")))

    assert "2 answers that you gave while looking for categories come along." in page
    assert "start/?case%3Asubject=team&amp;people=12" in page
    assert "health" not in page.partition("<main")[2]


def test_answers_that_can_be_read_stand_in_the_case_and_protected_ones_do_not() -> None:
    case = started(Desk(), ANSWERS)

    assert case.subject == "team"
    assert case.facts == {"people": 12}


def test_the_category_that_was_looked_at_is_entered_as_a_draft() -> None:
    case = started(Desk(), f"category={TEAM}")

    entry = Entry.objects.get(case=case)
    assert (entry.category.code, entry.submitted_at) == (TEAM, None)


def test_a_category_that_is_not_there_is_passed_over() -> None:
    case = started(Desk(), "category=nothing")

    assert not Entry.objects.filter(case=case).exists()


def test_without_answers_a_case_starts_empty() -> None:
    case = started(Desk(), "")

    assert (case.subject, case.facts) == ("", {})
