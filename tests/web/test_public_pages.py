"""What everybody may read: programmes, editions, results, method, questions."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from kaaring.fieldwork.actions import include_evaluation, submit_evaluations
from kaaring.fieldwork.models import Evaluation
from kaaring.programmes.models import Award, Edition
from kaaring.results.actions import (
    decide_award,
    decide_open_awards,
    publish_rounding,
    publish_run,
    withdraw_run,
)
from kaaring.results.queries.runs import current_run
from kaaring.survey.actions import add_participants
from kaaring.survey.models import Participant
from kaaring.web.public.kept import PAGES
from tests import measured
from tests.build import (
    NOON,
    a_contact,
    a_measured_edition,
    a_participant_row,
    a_published_edition,
    an_edition,
    an_evaluation_row,
)

pytestmark = pytest.mark.django_db
FULL = (
    measured.SMALL_DEFINITION.replace(
        "awards:",
        """awards:
  - {code: appointed, name: {en: Performance of the Year}, by: appointment}
  - {code: by-phone, name: {en: Best by phone}, by: measure, measure: "channel:phone", among: all}""",
    )
    .replace(
        "  comments: [talk]",
        "  hours: {days: [mon, tue, wed, thu, fri], from: '09:00', to: '15:00', holidays: 'NO'}\n"
        "  comments: [talk]",
    )
    .replace(
        "  areas:", "  allocation: {enquiries: 4, most_channels: 2, key: {phone: 3, email: 1}}\n  areas:"
    )
    .replace("2030-04-25T12:00}", "2030-04-25T12:00, rounding: 2030-02-15}")
)
OPEN = ("", "method/", "questions/")
ONLY_PUBLISHED = (
    "participants/",
    "participants/centre-1/",
    "classes/shops/",
    "data/",
    "data/results.csv",
    "data/results.json",
)


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    PAGES.clear()


def address(edition: Edition, rest: str = "", language: str = "en") -> str:
    return f"/{language}/{edition.programme.slug}/{edition.slug}/{rest}"


def got(edition: Edition, rest: str = "", language: str = "en", **headers: str) -> Any:
    return Client().get(address(edition, rest, language), headers=headers)


def text(response: Any) -> str:
    return str(response.content.decode())


def a_full_edition() -> Edition:
    """An edition with a rounding, a quoted winner, an appointed award and the best on a channel."""
    edition = a_measured_edition(participants=4, evaluations=4, definition=FULL)
    centre = {one.code: one for one in Participant.objects.filter(edition=edition)}
    publish_rounding(edition, NOON.date(), by="test", at=NOON + timedelta(days=5))
    award = {one.code: one for one in Award.objects.filter(edition=edition)}
    appointed = {"citation": {"en": "Answered through the whole storm."}, "reason": "The jury's choice"}
    decide_award(award["appointed"], [centre["centre-4"]], **appointed, by="test", at=NOON)
    decide_award(award["best"], [centre["centre-1"]], quote={"en": "Here I stay!"}, by="test", at=NOON)
    decide_open_awards(edition, by="test", at=NOON)
    publish_run(edition, by="test", at=NOON)
    return edition


@pytest.mark.parametrize("language", ["nb", "en", "ru"])
@pytest.mark.parametrize("rest", [*OPEN, *ONLY_PUBLISHED[:4]])
def test_every_page_renders_in_every_language(rest: str, language: str) -> None:
    response = got(a_full_edition(), rest, language)

    assert response.status_code == 200
    assert f'<html lang="{language}">' in text(response)


@pytest.mark.parametrize("language", ["nb", "en", "ru"])
def test_the_front_page_and_the_archive_list_editions_with_their_state(language: str) -> None:
    edition = a_published_edition()

    for path in (f"/{language}/", f"/{language}/{edition.programme.slug}/"):
        assert address(edition, language=language) in text(Client().get(path))
        assert "badge-good" in text(Client().get(path))


def test_an_empty_installation_says_what_to_do() -> None:
    assert "No programmes yet" in text(Client().get("/en/"))


@pytest.mark.parametrize("path", ["/en/nowhere/", "/en/nowhere/2021/", "/en/nowhere/2021/method/"])
def test_what_is_not_there_is_not_found(path: str) -> None:
    assert Client().get(path).status_code == 404


def test_an_edition_without_rules_has_a_page_but_no_method() -> None:
    edition = an_edition()

    page = got(edition)

    assert page.status_code == 200
    assert "method/" not in text(page)
    assert got(edition, "method/").status_code == 404
    assert got(edition, "questions/").status_code == 404


@pytest.mark.parametrize("make", [a_full_edition, lambda: a_measured_edition(participants=2)])
def test_every_link_on_public_pages_leads_somewhere(make: Callable[[], Edition]) -> None:
    edition = make()
    waiting, seen = [address(edition), "/en/"], set()
    while waiting:
        path = waiting.pop()
        seen.add(path)
        response = Client().get(path)
        assert response.status_code in (200, 302), path
        if response["Content-Type"].startswith("text/html"):
            found = re.findall(r'href="(/en/[^"#?]*)', text(response))
            waiting += [one for one in set(found) if one not in seen and one not in waiting]

    assert address(edition, "method/") in seen


@pytest.mark.parametrize("rest", ONLY_PUBLISHED)
def test_nothing_of_the_results_is_there_before_publishing(rest: str) -> None:
    assert got(a_measured_edition(evaluations=4), rest).status_code == 404


@pytest.mark.parametrize("rest", OPEN)
def test_open_pages_hold_no_score_and_no_name_before_publishing(rest: str) -> None:
    page = text(got(a_measured_edition(evaluations=4, definition=FULL), rest))

    assert "Centre 1" not in page
    assert "dw-dot" not in page
    assert "participants/" not in page


def test_before_publishing_the_page_says_what_is_measured_and_when_results_come() -> None:
    page = text(got(a_measured_edition(participants=3, definition=FULL)))

    assert "3 contact centres in 2 classes" in page
    assert "25 April 2030" in page
    assert "Shops" in page


def test_the_rounding_shows_the_leaders_without_scores() -> None:
    edition = a_measured_edition(participants=4, evaluations=4, definition=FULL)
    publish_rounding(edition, NOON.date(), by="test", at=NOON + timedelta(days=5))

    page = text(got(edition))

    assert "Centre 1" in page
    assert "Centre 3" not in page
    assert 'class="score"' not in page


def test_the_results_name_winners_with_both_results_quote_and_citation() -> None:
    page = text(got(a_full_edition()))

    for words in (
        "Here I stay!",
        "Answered through the whole storm.",
        "Best by phone",
        "Waiting",
        "Conversation",
    ):
        assert words in page
    assert page.index("The best") < page.index("Best in class")


def test_a_shared_victory_is_said_to_be_shared() -> None:
    edition = a_measured_edition(participants=3, evaluations=0)
    page = text(got(_all_alike(edition)))

    assert "shared victory" in page
    assert "The award is shared." in page


def _all_alike(edition: Edition) -> Edition:

    rows = [an_evaluation_row(f"E{number}", participant=f"centre-{number}") for number in (1, 2, 3)]
    submit_evaluations(edition, rows, by="test", at=NOON)
    decide_open_awards(edition, by="test", at=NOON)
    publish_run(edition, by="test", at=NOON)
    return edition


def test_the_run_and_its_fingerprint_are_on_the_page() -> None:
    edition = a_published_edition()
    run = current_run(edition)
    assert run is not None

    page = text(got(edition))

    assert run.digest[:4] in page
    assert "1 of 1" in page


def test_a_class_shows_its_places_and_leads_to_its_neighbours() -> None:
    edition = a_published_edition(participants=6)

    shops, banks = text(got(edition, "classes/shops/")), text(got(edition, "classes/banks/"))

    assert "Centre 3" in shops
    assert "Centre 2" not in shops
    assert address(edition, "classes/banks/") in shops
    assert 'rel="next"' in banks
    assert 'rel="next"' not in shops
    assert "Conversation" in shops
    assert got(edition, "classes/nowhere/").status_code == 404


def test_a_participant_without_a_score_has_a_dash_and_a_reason() -> None:
    strict = measured.SMALL_DEFINITION.replace("minimum_enquiries: 1", "minimum_enquiries: 4")
    edition = a_measured_edition(participants=4, evaluations=4, definition=strict)

    add_participants(edition, [a_participant_row(9)], by="test", at=NOON)
    decide_open_awards(edition, by="test", at=NOON)
    publish_run(edition, by="test", at=NOON)

    for rest in ("classes/shops/", "participants/centre-9/"):
        assert "Not observed in any enquiry." in text(got(edition, rest))
    assert "A score takes 4 enquiries." in text(got(edition, "classes/shops/"))


def test_a_participant_has_results_places_and_awards_but_no_single_enquiry() -> None:
    edition = a_full_edition()

    page = text(got(edition, "participants/centre-1/"))

    assert "Here I stay!" in page
    assert "Best in class" in page
    assert "From 4 enquiries." in page
    assert "Took the time it needed." not in page
    assert got(edition, "participants/nobody/").status_code == 404


@pytest.mark.parametrize(
    ("words", "found"),
    [("CENTRE 2", "participants/centre-2/"), ("shop", "classes/shops/"), ("butikk", "classes/shops/")],
)
def test_a_search_finds_participants_and_classes_in_any_case_and_language(words: str, found: str) -> None:
    edition = a_published_edition()

    page = text(Client().get(address(edition), {"q": words}))

    assert address(edition, found) in page.partition('id="hits"')[2].partition("</section>")[0]


def test_a_search_that_finds_nothing_says_so() -> None:
    page = text(Client().get(address(a_published_edition()), {"q": "<zebra>"}))

    assert "No participant or class has these letters" in page
    assert "<zebra>" not in page


def test_the_method_is_made_from_the_rules() -> None:
    page = text(got(a_full_edition(), "method/"))

    for words in (
        "3 working days",
        "Monday to Friday",
        "between 09:00 and 15:00",
        "Less than",
        "4 working hours",
    ):
        assert words.lower() in page.lower()
    assert "Cochran" in page
    assert "Each participant gets 4 enquiries." in page


def test_the_method_counts_what_was_left_out() -> None:
    edition = a_measured_edition(evaluations=2)

    row = an_evaluation_row("X", excluded="The shopper was recognised")
    submit_evaluations(edition, [row], by="test", at=NOON)
    assert "recognised" not in text(got(edition, "method/"))
    decide_open_awards(edition, by="test", at=NOON)
    publish_run(edition, by="test", at=NOON)

    late = an_evaluation_row("Y", excluded="Somebody told the centre")
    submit_evaluations(edition, [late], by="test", at=NOON)
    include_evaluation(Evaluation.objects.get(enquiry__code="X"), "Nobody was.", by="test", at=NOON)

    page = text(got(edition, "method/"))
    assert "The shopper was recognised" in page
    assert "Somebody told the centre" not in page


def test_every_question_is_shown_and_those_without_points_say_so() -> None:
    page = text(got(a_measured_edition(), "questions/"))

    for words in (
        "Did somebody answer?",
        "How interested was the agent?",
        "There was nothing to ask",
        "Solved it",
    ):
        assert words in page
    assert page.count("gives no points") == 2
    assert "Outside the areas" in page


@pytest.mark.parametrize("rest", [*ONLY_PUBLISHED, ""])
def test_withdrawn_results_say_why_and_show_nothing_else(rest: str) -> None:
    edition = a_published_edition()
    run = current_run(edition)
    assert run is not None
    assert "Centre 1" in text(got(edition, "participants/"))

    withdraw_run(run, reason="A file was read twice.", by="test", at=NOON)
    response = got(edition, rest)

    assert response.status_code == (200 if rest == "" else 410)
    assert "A file was read twice." in text(response)
    assert "Centre 1" not in text(response)
    assert "dw-dot" not in text(response)


def test_after_a_new_run_the_withdrawn_one_stays_visible_with_its_reason() -> None:
    edition = a_published_edition()
    run = current_run(edition)
    assert run is not None
    withdraw_run(run, reason="A file was read twice.", by="test", at=NOON)
    publish_run(edition, by="test", at=NOON)

    page = text(got(edition))

    assert "A file was read twice." in page
    assert "2 of 2" in page


@pytest.mark.parametrize("rest", ["", *ONLY_PUBLISHED[:4], "method/", "questions/"])
def test_the_head_says_where_the_page_is_in_every_language(rest: str) -> None:
    edition = a_published_edition()

    page = text(got(edition, rest))

    assert f'<link rel="canonical" href="http://testserver{address(edition, rest)}">' in page
    for language in ("nb", "en", "ru"):
        assert f'hreflang="{language}" href="http://testserver{address(edition, rest, language)}"' in page
    assert '<meta name="description" content="' in page
    assert 'property="og:title"' in page


@pytest.mark.parametrize("rest", ["", *ONLY_PUBLISHED, "method/", "questions/"])
def test_who_reads_makes_no_difference_and_gets_no_cookie(rest: str) -> None:
    edition = a_published_edition()
    contact = a_contact(Participant.objects.filter(edition=edition)[0])
    reader = Client()
    reader.force_login(contact.user)

    known, unknown = reader.get(address(edition, rest)), got(edition, rest)

    assert known.content == unknown.content
    assert "csrf" not in text(unknown)
    for response in (known, unknown):
        assert not response.cookies
        assert "Cookie" not in response.get("Vary", "")
        assert response["Cache-Control"] == "public, no-cache"
