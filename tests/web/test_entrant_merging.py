"""A request to make one case of two reaches the other side."""

from typing import Any

import pytest
from django.core import mail

from kaaring.entries import actions
from kaaring.entries.models import Case
from kaaring.outbox.models import Letter
from tests.build import NOON
from tests.juried import PARTNERSHIP, an_entry
from tests.web.entrant import Desk, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def desks() -> tuple[Desk, Desk]:
    """Both sides of one partnership that is entered twice."""
    one = Desk(case=an_entry(category=PARTNERSHIP, title="Ours").case)
    other = Desk(case=an_entry(one.edition, category=PARTNERSHIP, title="Theirs").case)
    for side, partner in ((one, other), (other, one)):
        told = {"organisation": partner.organisation, "role": "partner"}
        actions.name_party(side.case.pk, **told, by="test", at=NOON)
    return one, other


def ask(one: Desk, other: Desk) -> Any:
    return one.client.post(one.of_case(f"merge/{other.case.public_id}/ask/"), follow=True)


def test_a_request_to_merge_is_written_to_the_other_side_and_stands_in_its_list(
    desks: tuple[Desk, Desk], django_capture_on_commit_callbacks: Any
) -> None:
    one, other = desks

    with django_capture_on_commit_callbacks(execute=True):
        ask(one, other)

    (letter,) = mail.outbox
    assert letter.to == [other.person.email]
    assert f"{one.organisation} asks to make one case of two" in letter.subject
    assert f"http://testserver{other.of_case()}" in letter.body
    for page in (other.address(), other.of_case()):
        told = text(other.client.get(page))
        assert f"{one.organisation} asks to make one case of “Ours” and yours." in told
        assert f"{other.of_case()}#merge" in told


def test_who_asked_is_told_where_the_merged_case_stands(
    desks: tuple[Desk, Desk], django_capture_on_commit_callbacks: Any
) -> None:
    one, other = desks
    ask(one, other)
    mail.outbox.clear()

    with django_capture_on_commit_callbacks(execute=True):
        other.client.post(other.of_case(f"merge/{one.case.public_id}/agree/"))

    (letter,) = mail.outbox
    assert letter.to == [one.person.email]
    assert f"http://testserver{other.of_case()}" in letter.body
    assert f'href="{other.of_case()}"' in text(one.client.get(one.of_case()))
    assert one.client.get(other.of_case(), follow=True).status_code == 200


def test_a_request_that_is_taken_back_leaves_no_letter_to_be_sent(desks: tuple[Desk, Desk]) -> None:
    one, other = desks
    ask(one, other)

    one.client.post(one.of_case(f"merge/{one.case.public_id}/decline/"))

    assert Case.objects.get(pk=one.case.pk).merge_asked_into is None
    assert not Letter.objects.filter(kind=Letter.Kind.MERGE, withdrawn_at=None).exists()
    assert "asks to make one case" not in text(other.client.get(other.address()))
