"""Pages that save themselves, in Chromium: they say so, show both of two texts, and outlive a lost line."""

from typing import Any

import pytest
from playwright.sync_api import Dialog, Page, expect

from kaaring.entries import actions
from kaaring.entries.models import Answer, Case, Entry, Party
from tests.browser.conftest import Check
from tests.build import NOON
from tests.juried import an_entrant, an_entry, an_organisation

pytestmark = pytest.mark.django_db(transaction=True)
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1440, "height": 900}


@pytest.fixture
def entry() -> Entry:
    return an_entry()


@pytest.fixture
def written(page: Page, client: Any, live_server: Any, entry: Entry) -> Page:
    """The page of the entry, open for somebody who writes it."""
    client.force_login(an_entrant(entry.case.organisation))
    cookie = client.cookies["sessionid"]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
    page.goto(address_of(entry))
    return page


def address_of(entry: Entry) -> str:
    return f"/en/entrant/{entry.edition.programme.slug}/{entry.edition.slug}/entries/{entry.public_id}/"


def stored(entry: Entry) -> str:
    return Answer.objects.get(entry=entry, criterion="results").text


def test_what_is_typed_is_saved_and_the_page_says_so_while_typing_goes_on(
    written: Page, entry: Entry
) -> None:
    field, state = written.get_by_role("textbox", name="Results"), written.locator("#state-results")

    field.press("Control+End")
    field.press_sequentially(" And more.")

    expect(state).to_contain_text("Saved")
    expect(state).to_contain_text("7 words")
    expect(field).to_be_focused()
    field.press_sequentially(" Again.")
    expect(state).to_contain_text("8 words")
    assert stored(entry) == "What we say of results. And more. Again."


def test_two_windows_show_both_texts_and_nothing_is_lost(written: Page, entry: Entry) -> None:
    other = written.context.new_page()
    other.goto(address_of(entry))
    written.get_by_role("textbox", name="Results").fill("From the first window")
    expect(written.locator("#state-results")).to_contain_text("Saved")

    field, state = other.get_by_role("textbox", name="Results"), other.locator("#state-results")
    field.fill("From the second window")

    expect(state).to_contain_text("From the first window")
    expect(field).to_have_value("From the second window")
    assert stored(entry) == "From the first window"
    field.fill("Both windows")
    expect(state).to_contain_text("Saved")
    assert stored(entry) == "Both windows"


def test_a_lost_connection_is_told_and_the_text_is_saved_when_it_is_back(written: Page, entry: Entry) -> None:
    on_the_train = written.context.new_page()  # htmx tells the console that the line is lost, and may
    on_the_train.goto(address_of(entry))
    state = on_the_train.locator("#state-results")
    written.context.set_offline(True)
    on_the_train.get_by_role("textbox", name="Results").fill("Typed on the train")
    expect(state).to_contain_text("Not saved: there is no connection.")

    written.context.set_offline(False)

    expect(state).to_contain_text("Saved", timeout=20_000)
    assert stored(entry) == "Typed on the train"


@pytest.mark.parametrize("size", [PHONE, DESK])
def test_the_page_is_accessible_and_fits(written: Page, axe: Check, size: Any) -> None:
    written.set_viewport_size(size)

    axe(written)
    assert written.evaluate("document.documentElement.scrollWidth") <= size["width"]


def of_case(entry: Entry, part: str) -> str:
    base = address_of(entry).partition("entries/")[0]
    return f"{base}cases/{entry.case.public_id}/{part}/"


def test_what_a_case_says_of_itself_is_saved_while_it_is_typed(written: Page, entry: Entry) -> None:
    written.goto(of_case(entry, "about"))
    field = written.get_by_label("Summary of the case")

    field.press("Control+End")
    field.press_sequentially(" And more.")

    expect(written.locator("#saved")).to_contain_text("Saved")
    expect(field).to_be_focused()
    written.goto(of_case(entry, "facts"))
    assert Case.objects.get(pk=entry.case_id).summary.endswith(" And more.")


def test_two_windows_of_a_case_show_both_texts(written: Page, entry: Entry) -> None:
    written.goto(of_case(entry, "about"))
    other = written.context.new_page()
    other.goto(of_case(entry, "about"))
    written.get_by_label("Summary of the case").fill("From the first window")
    expect(written.locator("#saved")).to_contain_text("Saved")

    field, state = other.get_by_label("Summary of the case"), other.locator("#saved")
    field.fill("From the second window")

    expect(state).to_contain_text("From the first window")
    expect(field).to_have_value("From the second window")
    field.fill("Both windows")
    expect(state).to_contain_text("Saved")
    assert Case.objects.get(pk=entry.case_id).summary == "Both windows"


def test_leaving_before_it_is_saved_is_warned_of(written: Page, entry: Entry) -> None:
    written.goto(of_case(entry, "about"))
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    written.on("dialog", stay)
    written.get_by_label("Summary of the case").press_sequentially("x")

    written.goto(of_case(entry, "facts"))

    assert asked == ["beforeunload"]


def test_facts_and_key_figures_save_themselves(written: Page, entry: Entry) -> None:
    written.goto(of_case(entry, "facts"))
    written.get_by_label("How many people are in the team?").fill("31")
    expect(written.locator("#saved")).to_contain_text("Saved")
    written.goto(of_case(entry, "figures"))
    written.get_by_label("Before").first.fill("45")
    expect(written.locator("#saved")).to_contain_text("Saved")
    written.get_by_role("button", name="Save").click()
    expect(written.locator("main")).to_contain_text("Saved.")

    case = Case.objects.get(pk=entry.case_id)
    assert (case.facts["people"], case.figures.get().before) == (31, 45)


def test_a_partner_writes_its_part_and_approves_without_loading_the_page_again(
    page: Page, client: Any, live_server: Any
) -> None:
    case = an_entry(category="partnership").case
    partner = an_organisation(case.edition.programme.organiser)
    actions.name_party(case.pk, organisation=partner, role="partner", by="test", at=NOON)
    client.force_login(an_entrant(partner))
    cookie = client.cookies["sessionid"]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
    page.goto(of_case(case.entries.get(), f"part/{partner.public_id}"))

    field = page.get_by_label("What the jury should know about your part")
    field.fill("We built it.")
    expect(page.locator("#saved")).to_contain_text("Saved")
    with page.expect_response("**/save/"):
        field.blur()
    page.get_by_role("button", name="Approve for").click()

    expect(page.locator("#approved")).to_contain_text("Approved")
    party, now = Party.objects.get(organisation=partner), Case.objects.get(pk=case.pk)
    assert (party.text, party.approved_version) == ("We built it.", now.version)


@pytest.mark.parametrize("size", [PHONE, DESK])
@pytest.mark.parametrize("part", ["about", "facts", "figures", "parties"])
def test_the_pages_of_a_case_are_accessible_and_fit(
    written: Page, entry: Entry, axe: Check, part: str, size: Any
) -> None:
    written.set_viewport_size(size)
    written.goto(of_case(entry, part))

    axe(written)
    assert written.evaluate("document.documentElement.scrollWidth") <= size["width"]
