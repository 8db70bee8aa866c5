"""Entrants' pages about their cases: who finds them, starting, telling, categories."""

from typing import Any

import pytest

from kaaring.entries import actions
from kaaring.entries.models import Case, Entry
from kaaring.people.models import Affiliation, Organisation
from tests.build import NOON, a_measured_edition, a_member, a_user
from tests.juried import (
    LARGE_TEAM,
    PARTNERSHIP,
    TEAM,
    a_case,
    a_figure,
    a_juried_edition,
    an_entrant,
    an_entry,
    an_organisation,
)
from tests.web.entrant import Desk, close, signed_in, text

pytestmark = pytest.mark.django_db
PAGES = ("", "about/", "facts/", "figures/", "categories/", "parties/")
DOINGS = (
    "discard/",
    "about/save/",
    "facts/save/",
    "figures/save/",
    "parties/name/",
    "categories/team/enter/",
)


def figures(**values: str) -> dict[str, str]:
    """Return one row of key figures as a browser sends it."""
    return {
        "figure-TOTAL_FORMS": "1",
        "figure-INITIAL_FORMS": "0",
        **{f"figure-0-{name}": value for name, value in values.items()},
    }


@pytest.mark.parametrize("page", PAGES)
def test_a_case_is_found_by_its_own_people_only(page: str) -> None:
    desk = Desk()

    assert desk.client.get(desk.of_case(page)).status_code == 200
    strangers = (
        a_user(),
        a_member(desk.edition.programme.organiser),
        an_entrant(an_organisation(desk.edition.programme.organiser)),
    )
    for stranger in strangers:
        assert signed_in(stranger).get(desk.of_case(page)).status_code == 404


@pytest.mark.parametrize("doing", DOINGS)
def test_nobody_else_does_anything_to_a_case(doing: str) -> None:
    desk = Desk()

    assert signed_in(a_user()).post(desk.of_case(doing), {}).status_code == 404

    assert Case.objects.get().version == desk.case.version


def test_a_partner_is_led_to_its_own_part_and_finds_no_page_of_the_writers() -> None:
    desk = Desk()
    partner = an_organisation(desk.edition.programme.organiser)
    actions.name_party(desk.case.pk, organisation=partner, by="test", at=NOON)
    client = signed_in(an_entrant(partner))

    assert client.get(desk.of_case())["Location"] == desk.of_case(f"part/{partner.public_id}/")
    for page in PAGES[1:]:
        assert client.get(desk.of_case(page)).status_code == 404


def test_a_measured_edition_has_no_pages_for_entrants() -> None:
    edition = a_measured_edition()
    address = f"/en/entrant/{edition.programme.slug}/{edition.slug}/"

    assert signed_in(a_user()).get(address).status_code == 404
    assert signed_in(a_user()).get(address + "cases/new/").status_code == 404


def test_whoever_has_no_case_is_told_what_a_case_is_and_how_to_begin() -> None:
    desk = Desk()

    page = text(signed_in(a_user()).get(desk.address()))

    assert "You have no case here yet" in page
    assert "the 4 categories" in page
    assert desk.case.title not in page
    assert desk.address("cases/new/") in page


def test_home_says_of_each_case_how_it_stands_and_what_is_next() -> None:
    desk = Desk()
    draft = an_entry(case=desk.case, answers={})
    done = an_entry(desk.edition, LARGE_TEAM, organisation=desk.organisation, submitted=True)
    a_case(desk.edition, desk.organisation, "Without a category")

    page = text(desk.client.get(desk.address()))

    assert "0 of 1 entry submitted" in page
    assert f"Entry {draft.code}: “Actions” has no text yet." in page
    assert desk.of_entry(draft, "#criterion-actions") in page
    assert "1 of 1 entry submitted" in page
    assert "There is nothing to do at the moment." in page
    assert "Choose the categories that the case goes into." in page
    assert done.case.title in page


@pytest.mark.parametrize("number", [1, 30])
def test_home_takes_the_same_queries_for_many_cases_as_for_one(
    number: int, django_assert_max_num_queries: Any
) -> None:
    desk = Desk()
    for _each in range(number):
        an_entry(desk.edition, organisation=desk.organisation)

    with django_assert_max_num_queries(19):
        assert desk.client.get(desk.address()).status_code == 200


@pytest.mark.parametrize("number", [1, 3])
def test_a_case_takes_the_same_queries_for_many_entries_as_for_one(
    number: int, django_assert_max_num_queries: Any
) -> None:
    desk = Desk()
    for category in (TEAM, LARGE_TEAM, "person")[:number]:
        actions.enter(desk.case.pk, category, by="test", at=NOON)

    with django_assert_max_num_queries(20):
        assert desk.client.get(desk.of_case()).status_code == 200


def test_a_case_is_started_for_a_new_organisation_by_the_first_who_acts_for_it() -> None:
    edition, person = a_juried_edition(), a_user()
    address = f"/en/entrant/{edition.programme.slug}/{edition.slug}/cases/new/start/"
    typed = {"title": "Faster", "organisation": "", "name": "Acme AS", "language": "nb"}

    response = signed_in(person).post(address, typed)

    case = Case.objects.get()
    assert response["Location"].endswith(f"cases/{case.public_id}/about/")
    assert (case.title, case.organisation.name, case.language) == ("Faster", "Acme AS", "nb")
    assert Affiliation.objects.get().user == person


def test_a_new_organisation_of_a_known_name_opens_nothing_of_the_known_one() -> None:
    desk, person = Desk(), a_user()
    typed = {"title": "Mine", "organisation": "", "name": desk.organisation.name, "language": "en"}

    signed_in(person).post(desk.address("cases/new/start/"), typed)

    assert Organisation.objects.filter(name=desk.organisation.name).count() == 2
    assert signed_in(person).get(desk.of_case()).status_code == 404


def test_a_case_is_not_started_for_somebody_elses_organisation() -> None:
    desk, other = Desk(), Desk(a_juried_edition())
    typed = {"title": "Case", "organisation": other.organisation.public_id, "language": "en"}

    response = desk.client.post(desk.address("cases/new/start/"), typed)

    assert response.status_code == 422
    assert Case.objects.filter(organisation=other.organisation).count() == 1


def test_starting_asks_for_what_is_missing_and_keeps_what_was_typed() -> None:
    desk = Desk()

    response = desk.client.post(
        desk.address("cases/new/start/"), {"title": "Typed", "organisation": "new", "language": "en"}
    )

    assert response.status_code == 422
    assert "Give the name of the organisation that enters." in text(response)
    assert "Typed" in text(response)


def test_a_nominee_of_the_wrong_kind_leads_to_where_that_is_changed() -> None:
    entry = an_entry(category=TEAM)
    desk = Desk(case=entry.case)
    desk.client.post(
        desk.of_case("about/save/"),
        {"title": "A person", "subject": "person", "language": "en", "version": desk.version()},
    )

    for page in (text(desk.client.get(desk.of_case())), text(desk.client.get(desk.address()))):
        assert f'href="{desk.of_case("about/")}">Change what is entered</a>' in page
        assert "See the facts" not in page


def test_another_organisation_is_none_that_one_acts_for_already() -> None:
    edition = a_juried_edition()
    desk = Desk(case=a_case(edition, an_organisation(edition.programme.organiser, "Nordlys AS")))
    typed = {"title": "Second", "organisation": "new", "name": "nordlys", "language": "en"}

    response = desk.client.post(desk.address("cases/new/start/"), typed)

    assert response.status_code == 409
    assert "You act for Nordlys AS already. Choose it in the list instead." in text(response)
    assert (Organisation.objects.count(), Case.objects.count()) == (1, 1)


def test_a_closed_edition_starts_no_case_and_leaves_no_organisation_behind() -> None:
    desk, person = Desk(), a_user()
    close(desk.edition)

    page = text(signed_in(person).get(desk.address("cases/new/")))
    typed = {"title": "Late", "organisation": "", "name": "Late AS", "language": "en"}
    response = signed_in(person).post(desk.address("cases/new/start/"), typed)

    assert "Entries for Service Awards 2030 closed" in page
    assert response.status_code == 409
    assert not Organisation.objects.filter(name="Late AS").exists()


def test_last_years_case_is_offered_and_taken_along() -> None:
    desk = Desk(case=an_entry().case)
    now = a_juried_edition(desk.edition.programme.organiser, edition="2031", slug=desk.edition.programme.slug)
    address = f"/en/entrant/{now.programme.slug}/{now.slug}/"
    assert desk.case.title in text(desk.client.get(f"{address}cases/new/"))

    response = desk.client.post(f"{address}cases/{desk.case.public_id}/take-along/", follow=True)

    copy = Case.objects.get(edition=now)
    assert copy.copied_from == desk.case
    assert "what has changed since" in text(response)
    assert signed_in(a_user()).post(f"{address}cases/{copy.public_id}/take-along/").status_code == 404


def test_what_the_case_is_about_is_saved() -> None:
    desk = Desk()
    typed = {"title": "New", "subject": "person", "summary": "Text", "language": "nb"}

    response = desk.client.post(
        desk.of_case("about/save/"), {**typed, "version": desk.version()}, follow=True
    )

    assert "Saved." in text(response)
    case = Case.objects.get(pk=desk.case.pk)
    assert (case.title, case.subject, case.summary, case.language) == ("New", "person", "Text", "nb")


def test_of_two_windows_the_second_sees_both_texts_and_may_then_save() -> None:
    desk = Desk()
    seen = desk.version()
    typed = {"title": "Title", "subject": "team", "language": "en"}
    desk.client.post(desk.of_case("about/save/"), {**typed, "summary": "First text", "version": seen})

    response = desk.client.post(
        desk.of_case("about/save/"), {**typed, "summary": "Second text", "version": seen}
    )

    page = text(response)
    assert response.status_code == 409
    assert "First text" in page
    assert "Second text" in page
    now = desk.version()
    assert f'name="version" value="{now}"' in page
    desk.client.post(desk.of_case("about/save/"), {**typed, "summary": "Both texts", "version": now})
    assert Case.objects.get(pk=desk.case.pk).summary == "Both texts"


def test_a_deadline_that_passes_while_the_page_is_open_keeps_what_was_typed_on_it() -> None:
    desk = Desk()
    close(desk.edition)
    typed = {"title": "Title", "subject": "team", "language": "en", "summary": "Typed too late", "version": 9}

    response = desk.client.post(desk.of_case("about/save/"), typed)

    page = text(response)
    assert response.status_code == 409
    assert "Entries for Service Awards 2030 closed on 1 February 2020 at 24:00" in page
    assert "Typed too late" in page
    assert "disabled" not in page
    assert Case.objects.get(pk=desk.case.pk).summary != "Typed too late"


def test_after_the_deadline_everything_can_be_read_and_nothing_saved() -> None:
    desk = Desk()
    close(desk.edition)

    for page in PAGES:
        assert "closed" in text(desk.client.get(desk.of_case(page)))
    assert "disabled" in text(desk.client.get(desk.of_case("about/")))
    assert ">Save<" not in text(desk.client.get(desk.of_case("about/")))


def test_facts_are_asked_as_what_they_are_and_protected_ones_are_not() -> None:
    desk = Desk()

    page = text(desk.client.get(desk.of_case("facts/")))

    assert "How many people are in the team?" in page
    assert "Unit: people." in page
    assert 'value="12"' in page
    assert "Is there a disability?" not in page


def test_facts_are_saved_and_one_that_cannot_be_read_is_marked() -> None:
    desk = Desk()
    good = {"people": "1 200", "seats": "", "role": "leader", "partner_countries": "no, se"}

    desk.client.post(desk.of_case("facts/save/"), {**good, "version": desk.version()})
    response = desk.client.post(desk.of_case("facts/save/"), {"people": "many", "version": desk.version()})

    assert Case.objects.get(pk=desk.case.pk).facts == {
        "people": 1200,
        "role": "leader",
        "partner_countries": ["NO", "SE"],
    }
    assert response.status_code == 422
    assert "“many” is not a number" in text(response)


def test_key_figures_are_kept_exactly_and_rows_without_values_are_passed_over() -> None:
    desk = Desk()
    told = figures(name="Answer time", code="answer_time", before="1 045,50", after="−3", unit="seconds")
    told |= {"figure-TOTAL_FORMS": "2", "figure-1-name": "Satisfaction", "figure-1-code": "satisfaction"}

    desk.client.post(desk.of_case("figures/save/"), {**told, "version": desk.version()})

    figure = desk.case.figures.get()
    assert (figure.name, str(figure.before), str(figure.after)) == ("Answer time", "1045.500000", "-3.000000")
    assert "1,045.5" not in text(desk.client.get(desk.of_case("figures/")))
    assert 'value="1045.5"' in text(desk.client.get(desk.of_case("figures/")))


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"name": "Answer time", "before": "fast"}, "Write a number such as 45 or 7.5"),
        ({"name": "Answer time", "before": "0.0000001"}, "at most 14 digits"),
        ({"name": "Answer time", "before": "NaN"}, "at most 14 digits"),
        ({"name": "", "after": "3"}, "Say what this figure is."),
    ],
)
def test_a_key_figure_that_cannot_be_read_is_marked(values: dict[str, str], said: str) -> None:
    desk = Desk()

    response = desk.client.post(
        desk.of_case("figures/save/"), {**figures(**values), "version": desk.version()}
    )

    assert response.status_code == 422
    assert said in text(response)


def test_the_figures_that_the_categories_suggest_stand_ready() -> None:
    desk = Desk()
    assert "Answer time" not in text(desk.client.get(desk.of_case("figures/")))
    actions.enter(desk.case.pk, TEAM, by="test", at=NOON)

    page = text(desk.client.get(desk.of_case("figures/")))

    assert 'value="Answer time"' in page
    assert "From joining the queue until a human answers" in page


def test_figures_of_two_windows_stand_side_by_side() -> None:
    desk = Desk()
    seen = desk.version()
    actions.change_case(
        desk.case.pk, actions.CaseChanges(figures=(a_figure("From first"),)), version=seen, by="t", at=NOON
    )

    response = desk.client.post(
        desk.of_case("figures/save/"), {**figures(name="From second", after="1"), "version": seen}
    )

    assert response.status_code == 409
    assert "From first" in text(response)
    assert "From second" in text(response)


def test_categories_say_what_fits_and_why_others_do_not() -> None:
    desk = Desk()

    page = text(desk.client.get(desk.of_case("categories/")))

    assert "The case fits 2 of 4 categories." in page
    assert "It can stand in up to 3." in page
    assert desk.of_case("categories/team/enter/") in page
    assert "These do not fit" in page


def test_a_category_is_entered_and_left_again() -> None:
    desk = Desk()

    desk.client.post(desk.of_case("categories/team/enter/"))
    entry = Entry.objects.get()
    again = desk.client.post(desk.of_case("categories/team/enter/"))
    left = desk.client.post(desk.of_entry(entry, "leave/"), follow=True)

    assert again.status_code == 409
    assert "no longer stands in “Small Team of the Year”" in text(left)
    assert not Entry.objects.exists()


def test_a_submitted_entry_is_not_left() -> None:
    entry = an_entry(submitted=True)
    desk = Desk(case=entry.case)

    response = desk.client.post(desk.of_entry(entry, "leave/"))

    assert response.status_code == 409
    assert "Take it back first" in text(response)


def test_a_case_in_no_category_is_thrown_away_and_another_says_why_not() -> None:
    desk = Desk()
    kept = Desk(case=an_entry(desk.edition).case)

    gone = desk.client.post(desk.of_case("discard/"), follow=True)
    refused = kept.client.post(kept.of_case("discard/"))

    assert "The case is thrown away." in text(gone)
    assert refused.status_code == 409
    assert list(Case.objects.all()) == [kept.case]


def the_same_partnership_twice() -> tuple[Desk, Desk]:
    edition = a_juried_edition()
    organiser = edition.programme.organiser
    centre, partner = (
        an_organisation(organiser, "Northern Centre AS"),
        an_organisation(organiser, "Outsourcer"),
    )
    one = an_entry(edition, PARTNERSHIP, organisation=centre, title="As the centre sees it")
    other = an_entry(edition, PARTNERSHIP, organisation=partner, title="As the partner sees it")
    for entry, name in ((one, "OUTSOURCER AS"), (other, "Northern centre")):
        actions.name_party(entry.case_id, name=name, email="a@example.org", by="test", at=NOON)
    return Desk(case=one.case), Desk(case=other.case)


def test_two_cases_of_one_partnership_become_one_when_both_sides_agree() -> None:
    centre, partner = the_same_partnership_twice()
    assert "Northern Centre AS has entered the same partnership" in text(
        partner.client.get(partner.of_case())
    )

    partner.client.post(partner.of_case(f"merge/{centre.case.public_id}/ask/"))
    assert "Outsourcer asks to make one case of two" in text(centre.client.get(centre.of_case()))
    centre.client.post(centre.of_case(f"merge/{partner.case.public_id}/agree/"))

    assert Case.objects.get(pk=partner.case.pk).merged_into == centre.case
    page = text(partner.client.get(partner.of_case()))
    assert "was merged into “As the centre sees it”" in page
    assert partner.client.get(centre.of_case()).status_code == 302


def test_either_side_may_keep_two_cases() -> None:
    centre, partner = the_same_partnership_twice()
    partner.client.post(partner.of_case(f"merge/{centre.case.public_id}/ask/"))

    centre.client.post(centre.of_case(f"merge/{partner.case.public_id}/decline/"))
    late = centre.client.post(centre.of_case(f"merge/{partner.case.public_id}/agree/"))

    assert late.status_code == 404
    assert Case.objects.get(pk=partner.case.pk).merged_into is None


def test_nobody_learns_of_a_case_by_asking_to_merge_with_it() -> None:
    desk, other = Desk(), Desk()

    assert desk.client.post(desk.of_case(f"merge/{other.case.public_id}/ask/")).status_code == 404


def test_my_pages_lead_to_my_cases() -> None:
    desk = Desk()

    page = text(desk.client.get("/en/account/me/"))

    assert desk.case.title in page
    assert desk.of_case() in page
