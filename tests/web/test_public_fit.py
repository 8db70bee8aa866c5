"""“Which categories fit me?”: questions, and what comes of the answers that stand in the address."""

from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from kaaring.programmes.models import Edition
from kaaring.web.public.kept import PAGES
from tests.juried import a_juried_edition
from tests.web.test_public_pages import address, got, text
from tests.web.test_public_rulebook import changed

pytestmark = pytest.mark.django_db
ROLE_RULE = "{rule: subject, kinds: person, roles: [agent]}"
WITH_HEALTH = ROLE_RULE + "\n      - {rule: attestation, who: nominee, field: health}"


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    PAGES.clear()


def fit(edition: Edition, language: str = "en", **answers: Any) -> str:
    named = {code.replace("subject", "case:subject"): value for code, value in answers.items()}
    response = got(edition, f"fit/?{urlencode(named, doseq=True)}", language)
    assert response.status_code == 200
    return text(response)


def part(page: str, heading: str, until: str) -> str:
    """Return what stands between two headings."""
    return page[page.index(heading) : page.index(until)]


def test_it_begins_with_what_is_entered_and_rules_nothing_out() -> None:
    page = fit(a_juried_edition())

    assert "What or who is to be entered?" in page
    assert "4 categories, and no answer yet." in page
    assert "How many people are in the team?</label>" not in page


def test_an_answer_leads_to_the_question_on_which_most_hangs() -> None:
    page = fit(a_juried_edition(), subject="team")

    assert "How many people are in the team?</label>" in page
    assert '<input type="hidden" name="case:subject" value="team">' in page


def test_categories_that_fit_come_with_what_is_still_to_be_declared() -> None:
    page = fit(a_juried_edition(), subject="team", people="12", seats="8")

    fitting = part(page, "You fit 1 of 4", "Nearly: this is missing")
    assert "Small Team of the Year" in fitting
    assert "Everybody in the team has read this" in fitting


def test_what_nearly_fits_says_what_is_missing_and_where_to_go_instead() -> None:
    edition = a_juried_edition()

    page = fit(edition, subject="team", people="64", seats="60")

    nearly = part(page, "Nearly: this is missing", "What becomes of the answers")
    assert (
        "“How many people are in the team?”: 64 people. Needed: at least 5 and at most 50 people." in nearly
    )
    assert f'href="{address(edition, "rules/large-team/")}"' in nearly
    assert "Here is what is missing for 1 more." in page


def test_parts_that_overlap_are_named_to_choose_from() -> None:
    page = fit(a_juried_edition(), subject="team", people="12", seats="100")

    assert "“Medium”, “Large”. Choose one of them." in page


def test_what_does_not_fit_says_why() -> None:
    page = fit(a_juried_edition(), subject="team", people="12", seats="60")

    unfit = part(page, "2 categories that do not fit", "What becomes of the answers")
    assert "Agent of the Year" in unfit
    assert "“Nominee”: a team. Needed: a person." in unfit


def test_a_reason_that_holds_for_many_categories_is_told_once_and_alone() -> None:
    page = fit(changed("subject: partnership", "subject: person"), subject="team", people="12", seats="60")

    unfit = part(page, "2 categories that do not fit", "What becomes of the answers")
    assert unfit.count("“Nominee”: a team. Needed: a person.") == 1
    assert "Who takes part" not in unfit


def test_it_says_who_can_read_a_case_before_it_is_submitted() -> None:
    page = fit(a_juried_edition(), subject="team", people="12", seats="60")

    assert "the partners that you name and the organiser can read the case" in page


def test_what_cannot_be_told_says_which_question_is_open() -> None:
    page = fit(a_juried_edition(), subject="team", people="12")

    assert "This is still to be answered: How many seats has the centre?" in page
    assert "1 cannot be told yet." in page


def test_a_protected_question_is_named_as_one_that_is_not_asked() -> None:
    edition = changed(ROLE_RULE, WITH_HEALTH)

    page = fit(edition, subject="person", role="agent")

    assert 'name="health"' not in page
    assert "1 more depends only on what is asked in private." in page
    assert "<li>Is there a disability?</li>" in page
    assert "Agent of the Year" in part(page, "Fits, as far as can be asked here", "do not fit, and why")


def test_a_protected_answer_in_the_address_is_not_read_and_not_carried_along() -> None:
    edition = changed(ROLE_RULE, WITH_HEALTH)

    with_it = fit(edition, subject="person", role="agent", health="yes")

    assert "1 more depends only on what is asked in private." in with_it
    assert "health=yes" not in with_it.partition("<main")[2]


def test_a_question_that_is_passed_over_is_not_asked_again() -> None:
    page = fit(a_juried_edition(), subject="team", _skip="people", _asked="people")

    assert "How many people are in the team?</label>" not in page
    assert "How many seats has the centre?</label>" in page


def test_a_question_sent_without_an_answer_is_asked_again_and_says_so() -> None:
    page = fit(a_juried_edition(), subject="team", _asked="people")

    assert "How many people are in the team?</label>" in page
    assert "Answer this, or pass over it for now." in page


def test_an_answer_that_cannot_be_read_is_asked_again_with_what_is_wrong() -> None:
    page = fit(a_juried_edition(), subject="team", people="a dozen")

    assert "“a dozen” is not a number from 0 up." in page
    assert 'value="a dozen"' in page


def test_an_answer_can_be_changed_and_the_others_stay() -> None:
    edition = a_juried_edition()

    page = fit(edition, subject="team", people="12", _ask="people")

    assert 'name="people" value="12"' in page
    assert '<input type="hidden" name="case:subject" value="team">' in page
    assert "_ask=case%3Asubject" in fit(edition, subject="team", people="12")


def test_all_questions_stand_on_one_page_for_whoever_prefers_that() -> None:
    page = fit(a_juried_edition(), subject="team", people="12", _all="1")

    for name in ("case:subject", "case:parties", "people", "seats", "role"):
        assert f'name="{name}"' in page
    assert 'value="team" checked' in page
    assert 'name="people" value="12"' in page


def test_the_address_brings_the_same_answers_back_in_another_language() -> None:
    edition = a_juried_edition()

    page = fit(edition, subject="team", people="12")

    assert f'href="{address(edition, "fit/", "nb")}?case%3Asubject=team&amp;people=12"' in page
    assert "Årets lille team" in fit(edition, "nb", subject="team", people="12")


def test_answers_are_carried_along_into_a_case() -> None:
    page = fit(a_juried_edition(), subject="team", people="12", seats="60")

    assert '/cases/new/?case%3Asubject=team&amp;people=12&amp;seats=60"' in page


def test_where_entries_are_closed_there_is_nothing_to_start() -> None:
    page = fit(
        a_juried_edition(entries=("2020-01-01", "2020-12-31")), subject="team", people="12", seats="60"
    )

    assert "/cases/new/" not in page
    assert "Up to and including 31 December 2020 entries could be submitted." in page


def test_answers_that_nobody_asks_for_change_nothing() -> None:
    edition = a_juried_edition()

    assert "You fit 2 of 4" in fit(edition, subject="team", people="12", seats="60", nonsense="1", _skip="x")


def test_however_much_is_answered_it_takes_a_handful_of_queries(django_assert_max_num_queries: Any) -> None:
    edition = a_juried_edition()
    client = Client()
    few = address(edition, "fit/")
    many = address(edition, "fit/?case%3Asubject=team&people=12&seats=60&role=agent&_all=1")

    for path in (few, many):
        with django_assert_max_num_queries(6):
            client.get(path)
