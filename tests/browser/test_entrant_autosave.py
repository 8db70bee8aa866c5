"""An entry that saves itself, in Chromium: it says so, shows both of two texts, and outlives a lost line."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from kaaring.entries.models import Answer, Entry
from tests.browser.conftest import Check
from tests.juried import an_entrant, an_entry

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
