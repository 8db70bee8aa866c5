"""The organiser's pages about evaluations."""

from typing import Any

import pytest
from django.test import Client

from kaaring.fieldwork.actions import EvaluationRow, submit_evaluations
from kaaring.fieldwork.models import Evaluation
from kaaring.people.models import MemberRole, User
from kaaring.programmes.models import Edition
from tests import measured
from tests.build import NOON, a_measured_edition, a_member, an_evaluation_row

pytestmark = pytest.mark.django_db
PAGE = "/en/organiser/quality-prize/2030/evaluations/"


def signed_in(edition: Edition, role: str = MemberRole.OWNER) -> Client:
    user: User = a_member(edition.programme.organiser, role)
    client = Client()
    client.force_login(user)
    return client


def an_edition_with(*rows: EvaluationRow) -> Edition:
    edition = a_measured_edition()
    submit_evaluations(edition, rows, by="test", at=NOON)
    return edition


def address(code: str = "E1") -> str:
    return f"{PAGE}{Evaluation.objects.get(enquiry__code=code).public_id}/"


def shown(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return str(response.content.decode())


def test_the_list_shows_what_the_filter_lets_through() -> None:
    thin = an_evaluation_row("thin", channel="email", answers=measured.THIN_BY_EMAIL)
    nobody = an_evaluation_row("none", participant="centre-2", answers=measured.UNANSWERED)
    edition = an_edition_with(an_evaluation_row("E1", excluded="The line was down."), thin, nobody)
    client = signed_in(edition)

    def found(query: str) -> set[str]:
        page = shown(client, PAGE + query)
        return {code for code in ("E1", "thin", "none") if f">{code}</a>" in page}

    assert found("") == {"E1", "thin", "none"}
    assert found("?participant=centre-2") == {"none"}
    assert found("?channel=email") == {"thin"}
    assert found("?review=held") == {"thin"}
    assert found("?flag=thin") == {"thin"}
    assert found("?flag=unanswered") == {"none"}
    assert found("?flag=excluded") == {"E1"}
    assert "No evaluation is like that" in shown(client, PAGE + "?participant=nobody")


def test_an_empty_list_says_where_evaluations_come_from() -> None:
    edition = a_measured_edition()

    assert "No evaluations yet" in shown(signed_in(edition), PAGE)


def test_an_evaluation_shows_its_answers_points_and_working() -> None:
    edition = an_edition_with(an_evaluation_row(answers={**measured.BY_PHONE, "S1": "3", "M1": "solved"}))

    page = shown(signed_in(edition), address())

    for words in (
        "69.2",
        "9 of 13 points",
        "45 seconds",
        "3 of 6",
        "Solved it",
        "Took the time it needed.",
        "2 / 5",
        "reported, but not scored",
    ):
        assert words in page


def test_what_was_left_out_says_why() -> None:
    edition = an_edition_with(
        an_evaluation_row("none", answers=measured.UNANSWERED, comments={}),
        an_evaluation_row("mail", channel="email", answers=measured.THIN_BY_EMAIL),
    )
    client = signed_in(edition)

    nobody, mail = shown(client, address("none")), shown(client, address("mail"))

    assert "nobody answered, so nothing was asked" in nobody
    assert "0 of 13 points" in nobody
    assert "not asked on this channel" in mail
    assert "not applicable" in mail
    assert "300 working minutes" in mail
    assert "Too little was observed" in mail


def test_an_enquiry_that_is_left_out_of_the_total_has_no_score() -> None:
    text = measured.SMALL_DEFINITION.replace("unanswered: zero", "unanswered: leave_out")
    edition = a_measured_edition(definition=text)
    submit_evaluations(edition, [an_evaluation_row(answers=measured.UNANSWERED)], by="test", at=NOON)
    client = signed_in(edition)

    assert "<dd>–<small>nobody answered</small></dd>" in shown(client, address())
    assert ">–</td>" in shown(client, PAGE)


@pytest.mark.parametrize(
    ("doing", "review", "excluded"),
    [("hold", "held", ""), ("reject", "rejected", ""), ("exclude", "approved", "The line was down.")],
)
def test_a_decision_is_taken_with_its_reason(doing: str, review: str, excluded: str) -> None:
    edition = an_edition_with(an_evaluation_row())

    response = signed_in(edition).post(f"{address()}{doing}/", {"reason": "The line was down."}, follow=True)

    assert "Done. The reason is kept in the log." in response.content.decode()
    evaluation = Evaluation.objects.get()
    assert (evaluation.review, evaluation.excluded) == (review, excluded)
    assert "The line was down." in shown(signed_in(edition), address())


def test_whoever_excludes_is_told_first_that_everybody_reads_the_reason() -> None:
    client = signed_in(an_edition_with(an_evaluation_row(), an_evaluation_row("E2", excluded="No.")))
    hint = "the reason is shown to everybody with the method. Name neither shopper nor agent."

    assert hint in shown(client, address())
    assert hint not in shown(client, address("E2"))


def test_what_was_held_can_be_approved_and_what_was_excluded_included() -> None:
    thin = an_evaluation_row(channel="email", answers=measured.THIN_BY_EMAIL, excluded="No.")
    client = signed_in(an_edition_with(thin))

    client.post(f"{address()}approve/", {"reason": "Enough to judge."})
    client.post(f"{address()}include/", {"reason": "It was right after all."})

    evaluation = Evaluation.objects.get()
    assert (evaluation.review, evaluation.excluded) == ("approved", "")


def test_a_decision_without_a_reason_is_refused_on_the_page() -> None:
    edition = an_edition_with(an_evaluation_row())

    response = signed_in(edition).post(f"{address()}exclude/", {"reason": " "})

    assert response.status_code == 409
    assert "Give the reason" in response.content.decode()
    assert Evaluation.objects.get().excluded == ""


def test_who_only_reads_sees_no_decisions_and_takes_none() -> None:
    edition = an_edition_with(an_evaluation_row())
    client = signed_in(edition, MemberRole.AUDITOR)

    assert "Does it count?" not in shown(client, address())
    for doing in ("approve", "hold", "reject", "exclude", "include"):
        assert client.post(f"{address()}{doing}/", {"reason": "x"}).status_code == 404


def test_an_unknown_evaluation_is_not_found() -> None:
    client = signed_in(a_measured_edition())

    assert client.get(PAGE + "nothing/").status_code == 404
    assert client.post(PAGE + "nothing/hold/", {"reason": "x"}).status_code == 404


@pytest.mark.parametrize("count", [1, 30])
def test_the_pages_take_as_many_queries_for_many_as_for_one(
    count: int, django_assert_max_num_queries: Any
) -> None:
    edition = a_measured_edition(participants=2, evaluations=count)
    client = signed_in(edition)
    one = address("centre-1-1")

    with django_assert_max_num_queries(12):
        page = shown(client, PAGE)
    assert ("Older" in page) == (count == 30)
    with django_assert_max_num_queries(12):
        shown(client, one)
    assert count == 1 or "Newer" in shown(client, PAGE + "?page=2")
