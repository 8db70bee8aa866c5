"""What everybody may read of a juried edition before there are results: its categories and their rules."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from kaaring.programmes.models import Edition
from kaaring.survey.actions import store_definition
from kaaring.web.public.kept import PAGES
from tests.build import NOON, a_definition, a_measured_edition, an_organiser
from tests.juried import JURIED_DEFINITION, OPEN, a_juried_edition, a_stage
from tests.results.jury import a_judged_edition
from tests.web.setup_pages import at, signed_in
from tests.web.test_public_pages import address, got, text

pytestmark = pytest.mark.django_db
AFTER = ("2020-01-01", "2020-12-31")
BEFORE = ("2098-01-01", "2099-12-31")


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    PAGES.clear()


def rules(edition: Edition, category: str = "", language: str = "en") -> str:
    response = got(edition, f"rules/{category}/" if category else "rules/", language)
    assert response.status_code == 200
    return text(response)


def changed(before: str, after: str) -> Edition:
    """The small juried edition with one thing put differently in its file."""
    text = JURIED_DEFINITION.replace("ENTRIES_FROM", OPEN[0]).replace("ENTRIES_TO", OPEN[1])
    assert before in text
    rules = store_definition(a_definition(text.replace(before, after)), an_organiser(), by="test", at=NOON)
    return rules.edition


def test_the_rulebook_lists_every_category_under_its_heading_with_its_weights() -> None:
    page = rules(a_juried_edition())

    for heading in ("Teams", "Others"):
        assert f">{heading}</h2>" in page
    for name in ("Small Team of the Year", "Partnership of the Year", "Large Centre of the Year"):
        assert name in page
    assert "Actions 40 · Results 40 · Other matters 20" in page
    assert "4 categories in 2 groups" in page
    assert "2 winners, by size" in page


def test_a_name_stands_beside_what_the_organiser_calls_it_where_they_differ() -> None:
    edition = a_juried_edition()

    assert '<span lang="en">Small Team of the Year</span>' in rules(edition, language="nb")
    assert '<span lang="en">Small Team of the Year</span>' not in rules(edition)
    assert '<p class="quiet" lang="en">Small Team of the Year</p>' in rules(edition, "team", "nb")


def test_a_category_says_who_may_enter_in_plain_words_and_in_the_organisers() -> None:
    page = rules(a_juried_edition(), "team")

    assert "“How many people are in the team?”: at least 5 and at most 50 people." in page
    assert "The organiser's words:</" not in page
    assert "“from 5 to 50 people”" in page
    assert "The head declares, with proof if there is any: “Everybody in the team has read this”." in page


def test_the_organisers_words_stand_between_the_quotation_marks_of_the_reader() -> None:
    size = "rule: {rule: size, what: seats, min: 20, max: 100}"
    edition = changed(size, size.replace("max: 100", 'max: 100, wording: {en: "up to 100 seats"}'))

    page = rules(edition, "team", "nb")

    assert '«<span lang="en">from 5 to 50 people</span>»' in page
    assert '«<span lang="en">up to 100 seats</span>»' in rules(edition, "large-team", "nb")


def test_whoever_does_not_fit_is_sent_to_the_category_that_takes_them() -> None:
    edition = a_juried_edition()

    page = rules(edition, "team")

    assert f'<a href="{address(edition, "rules/large-team/")}">Otherwise enter' in page


def test_rules_on_partners_stand_apart_with_what_every_party_does() -> None:
    page = rules(a_juried_edition(), "partnership")

    assert page.index("Entering together") < page.index("“contact centre” or “outsourcing partner”")
    assert "approves its part" in page
    assert "Entering together" not in rules(a_juried_edition(slug="another"), "team")


def test_parts_of_a_category_are_named_with_their_size_and_what_becomes_of_overlaps() -> None:
    page = rules(a_juried_edition(), "large-team")

    assert "<dt>Medium</dt><dd>“How many seats has the centre?”: at least 20 and at most 100 seats." in page
    assert "the entrant chooses one" in page


@pytest.mark.parametrize(
    ("category", "expected"),
    [
        ("team", "it goes to no other criterion, so the highest possible score falls below 100"),
        ("person", "goes to the other criteria in proportion to their weights, so 100 can always be reached"),
        ("partnership", "All weights are fixed."),
    ],
)
def test_the_page_says_how_far_jurors_are_free_to_weigh(category: str, expected: str) -> None:
    others = {"it goes to no other criterion", "in proportion to their weights", "All weights are fixed."}

    page = rules(a_juried_edition(), category)

    assert expected in page
    assert sum(other in page for other in others) == 1


def test_where_no_criterion_has_a_weight_they_are_said_to_weigh_the_same() -> None:
    weighed = """      - {code: actions, name: {en: Actions}, weight: 60}
      - {code: results, name: {en: Results}, weight: 40}"""
    equal = weighed.replace(", weight: 60", "").replace(", weight: 40", "")
    edition = changed(weighed, equal)

    page = rules(edition, "large-team")

    assert "All criteria weigh the same" in page
    assert "2 criteria, all equal" in rules(edition)
    assert "Actions equal weight" in text(signed_in(edition).get(at(edition, "categories/")))


def test_a_criterion_tells_its_points_evidence_word_limit_and_key_figures() -> None:
    page = rules(a_juried_edition(), "team")

    assert "<li>How people are trained</li>" in page
    assert "At most 20 words." in page
    assert "Show how it was before and how it is now." in page
    assert "<dt>Answer time (seconds)</dt><dd>From joining the queue until a human answers" in page
    assert "Lower is better." in page


def test_marks_become_scores_and_places_as_the_rules_say() -> None:
    page = rules(a_juried_edition(), "team")

    assert "from 0 to 10, in steps of 1" in page
    assert "<dt>0</dt><dd>Nothing shows this</dd>" in page
    assert "the mean of its jurors&#x27; scores: each juror weighs the same" in page
    assert "It takes the scores of 2 jurors to have a place" in page
    assert "the higher mean mark on “Results”; the jury, in a recorded decision" in page
    assert "gold, silver and highly commended" in page


def test_stages_say_when_they_are_what_happens_and_who_sees_what() -> None:
    page = rules(a_juried_edition(), "team")

    assert "1 February 2030 – 10 February 2030" in page
    assert "2 jurors read each entry and say whether it goes on. It takes 1 vote for it." in page
    assert "Jurors do not see who enters" in page
    assert "The 2 best entries of each category go on." in page
    assert "Where a category has fewer than 3 entries, nobody is left out." in page


@pytest.mark.parametrize(
    ("mode", "sentence"),
    [
        ("ranking", "a juror who is kept from an entry takes nothing from it."),
        ("ranking, count: schulze", "Two entries are compared by the jurors who judged both"),
        (
            "ranking, count: stv",
            "counted where every juror who votes in a category can rank all its entries.",
        ),
        (
            "points, points: 10",
            "its share, in per cent, of all the points that the jurors had who judged it.",
        ),
    ],
)
def test_ranks_and_points_say_what_becomes_of_an_entry_that_a_juror_is_kept_from(
    mode: str, sentence: str
) -> None:
    edition = a_judged_edition(stages=f"[{{code: round, name: Round, mode: {mode}}}]")

    assert sentence in rules(edition, "idea")


def test_a_stage_that_was_moved_stands_with_the_dates_it_really_has() -> None:
    edition = a_juried_edition()
    a_stage(
        edition,
        opens_at=datetime(2030, 1, 31, 23, tzinfo=UTC),
        closes_at=datetime(2030, 2, 28, 17, tzinfo=UTC),
    )

    page = rules(edition)

    assert "1 February 2030 – 28 February 2030, 18:00" in page
    assert "1 February 2030 – 10 February 2030" not in page


def test_prices_stand_by_date_and_today_s_is_marked() -> None:
    page = rules(a_juried_edition(), "team")

    assert "Price of an entry, without 25 % value added tax" in page
    assert "3\xa0000.00\xa0NOK" in page
    assert "31 December 2025" in page
    assert page.index("Normal") < page.index('<span class="badge badge-now">today</span>')


def test_while_entries_are_open_the_page_leads_into_the_category() -> None:
    edition = a_juried_edition()

    page = rules(edition, "team")

    assert f'href="/en/entrant/{edition.programme.slug}/{edition.slug}/cases/new/?category=team"' in page
    assert "Up to and including 31 December 2099 entries can be submitted." in page
    assert "days are left" in page


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        (AFTER, "Up to and including 31 December 2020 entries could be submitted."),
        (BEFORE, "From 1 January 2098 up to and including 31 December 2099 entries can be submitted."),
    ],
)
def test_where_entries_are_not_open_there_is_no_way_in(entries: tuple[str, str], expected: str) -> None:
    page = rules(a_juried_edition(entries=entries), "team")

    assert expected in page
    assert "/cases/new/" not in page


def test_there_is_no_page_for_a_category_or_a_rulebook_that_does_not_exist() -> None:
    assert got(a_juried_edition(), "rules/nothing/").status_code == 404
    measured = a_measured_edition()
    assert got(measured, "rules/").status_code == 404
    assert got(measured, "fit/").status_code == 404


def test_the_edition_s_own_page_leads_to_its_categories() -> None:
    edition = a_juried_edition()

    page = text(got(edition))

    assert f'href="{address(edition, "rules/")}"' in page
    assert f'href="{address(edition, "fit/")}"' in page
    assert "open for entries" in page
    assert "/cases/new/" in page


def test_the_front_page_tells_of_a_juried_edition_when_one_enters_and_counts_no_participants() -> None:
    a_juried_edition()

    page = text(Client().get("/en/"))

    assert "Entry period" in page
    assert "Participants" not in page


def test_a_measured_edition_has_no_categories_in_its_menu() -> None:
    edition = a_measured_edition()

    assert "/rules/" not in text(got(edition))


@pytest.mark.parametrize("rest", ["rules/", "rules/team/", "fit/"])
def test_the_rulebook_takes_a_handful_of_queries(rest: str, django_assert_max_num_queries: Any) -> None:
    edition = a_juried_edition()
    client = Client()

    with django_assert_max_num_queries(8):
        client.get(address(edition, rest))
