"""The reading page in a real browser: by keyboard alone, saving as one types, and when the line is down."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from kaaring.jury.actions.scorecards import submit_scorecard
from kaaring.jury.models import Assignment, Scorecard
from kaaring.jury.sheets import sheet_of
from tests.browser.conftest import Check
from tests.jury.marking import a_sheet, an_assignment, by_juror, stored
from tests.web.test_juror_reading import a_desk, page_of

pytestmark = pytest.mark.django_db(transaction=True)
SAVED = "Saved"


def opened(page: Page, desk: Assignment, live_server: Any) -> Page:
    """Return the reading page of an assignment, with its juror signed in."""
    assert desk.juror.user is not None
    client = Client()
    client.force_login(desk.juror.user)
    session = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page.goto(page_of(desk))
    return page


def test_a_case_is_marked_and_submitted_by_keyboard_alone(page: Page, live_server: Any, axe: Check) -> None:
    desk = a_desk()
    after = an_assignment(desk.stage, juror=desk.juror)
    opened(page, desk, live_server)
    axe(page)

    for key in ("8", "5"):
        page.keyboard.press(key)
        page.keyboard.press("Tab")
    page.keyboard.press("t")
    expect(page.locator("#saved")).to_contain_text(SAVED)
    expect(page.locator("#score")).to_contain_text("Your marks make 72.0 of 100.")
    expect(page.locator("dt.is-mine").last).to_have_text("10")
    page.get_by_role("button", name="Check and submit").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("A last look")).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Submit and go to the next").focus()
    page.keyboard.press("Enter")

    page.wait_for_url(f"**{page_of(after)}")
    assert stored(desk).score_of == 72
    page.keyboard.press("k")
    page.wait_for_url(f"**{page_of(desk)}")
    expect(page.get_by_role("heading", name="Your scorecard")).to_be_visible()
    axe(page)


def test_what_is_typed_while_the_line_is_down_is_saved_when_it_is_back(
    browser: Browser, live_server: Any
) -> None:
    desk = a_desk()
    context = browser.new_context(base_url=live_server.url)  # htmx logs the lost line as an error
    page = opened(context.new_page(), desk, live_server)

    context.set_offline(True)
    page.locator("#comment").fill("Typed in a tunnel.")
    expect(page.locator("#saved")).to_contain_text("Not saved: no connection.")
    context.set_offline(False)

    expect(page.locator("#saved")).to_contain_text(SAVED)
    context.close()
    assert sheet_of(stored(desk)).comment == "Typed in a tunnel."


def test_two_windows_do_not_overwrite_each_other(page: Page, live_server: Any) -> None:
    desk = a_desk()
    first = opened(page, desk, live_server)
    second = page.context.new_page()
    second.goto(page_of(desk))
    first.locator("#comment").fill("From the first window.")
    expect(first.locator("#saved")).to_contain_text(SAVED)

    second.locator("#comment").fill("From the second window.")
    expect(second.locator("#saved")).to_contain_text("changed in another window")
    assert sheet_of(stored(desk)).comment == "From the first window."
    second.get_by_role("button", name="Keep mine").click()

    expect(second.get_by_text("Your draft is saved.")).to_be_visible()
    assert sheet_of(stored(desk)).comment == "From the second window."


def test_leaving_the_page_at_once_loses_nothing(page: Page, live_server: Any) -> None:
    desk = a_desk()
    after = an_assignment(desk.stage, juror=desk.juror)
    opened(page, desk, live_server)

    page.locator("#note").fill("Half a thought")
    page.goto(page_of(after))
    page.goto(page_of(desk))

    expect(page.locator("#note")).to_have_value("Half a thought")


def test_typing_on_right_after_reloading_is_no_conflict_with_oneself(page: Page, live_server: Any) -> None:
    desk = a_desk()
    opened(page, desk, live_server)

    page.locator("#note").fill("Half a thought")
    page.reload()
    expect(page.locator("#note")).to_have_value("Half a thought")
    page.locator("#note").press_sequentially(", and the rest")

    expect(page.locator("#saved")).to_contain_text(SAVED)
    page.locator("#note").press_sequentially(".")
    page.wait_for_timeout(900)
    expect(page.locator("#saved")).to_contain_text(SAVED)
    assert "and the rest." in sheet_of(stored(desk)).note


def test_reloading_when_the_last_save_was_slow_keeps_it_and_is_no_conflict(
    page: Page, live_server: Any
) -> None:
    desk = a_desk()
    opened(page, desk, live_server)
    page.locator("#note").fill("First.")
    expect(page.locator("#saved")).to_contain_text(SAVED)
    page.evaluate("navigator.sendBeacon = () => false")

    page.locator("#note").fill("Second.")
    page.reload()
    expect(page.locator("#note")).to_have_value("Second.")
    page.locator("#comment").fill("Third.")
    page.wait_for_timeout(900)

    expect(page.locator("#saved")).to_contain_text(SAVED)
    assert (sheet_of(stored(desk)).note, sheet_of(stored(desk)).comment) == ("Second.", "Third.")


def test_who_is_signed_out_meanwhile_is_told_so_and_loses_nothing(page: Page, live_server: Any) -> None:
    desk = a_desk()
    opened(page, desk, live_server)
    page.context.clear_cookies(name="sessionid")

    page.locator("#note").fill("Typed too late.")
    expect(page.locator("#saved")).to_contain_text("you are signed out")
    page.get_by_role("link", name="Sign in again").click()
    page.wait_for_url("**/login/**")
    opened(page, desk, live_server)

    expect(page.locator("#note")).to_have_value("Typed too late.")
    expect(page.locator("#saved")).to_contain_text(SAVED)
    assert sheet_of(stored(desk)).note == "Typed too late."


def test_a_screening_is_voted_on_by_keyboard(page: Page, live_server: Any, axe: Check) -> None:
    desk = a_desk("screening")
    opened(page, desk, live_server)
    expect(page.get_by_text("1 yes, 0 no")).to_be_visible()

    page.keyboard.press("1")
    expect(page.get_by_label("Yes, it goes on")).to_be_checked()
    expect(page.locator("#saved")).to_contain_text(SAVED)
    with page.expect_response("**/save/"):
        page.keyboard.press("0")

    expect(page.get_by_label("No", exact=True)).to_be_checked()
    axe(page)


def test_keys_lead_on_from_scorecards_that_are_final_or_closed(page: Page, live_server: Any) -> None:
    desk = a_desk()
    after = an_assignment(desk.stage, juror=desk.juror)
    for one in (desk, after):
        submit_scorecard(one.pk, a_sheet(), version=0, by=by_juror(one), at=timezone.now())
    opened(page, desk, live_server)
    expect(page.get_by_text("J and K next and previous entry.")).to_be_visible()

    page.keyboard.press("j")
    page.wait_for_url(f"**{page_of(after)}")
    Scorecard.objects.all().delete()
    desk.stage.closes_at = timezone.now()
    desk.stage.save()
    page.reload()
    expect(page.get_by_text("This stage is closed, and no more marks")).to_be_visible()
    page.keyboard.press("k")

    page.wait_for_url(f"**{page_of(desk)}")


PRESS = """([key, code, more]) => document.activeElement.dispatchEvent(
    new KeyboardEvent("keydown", {key, code, bubbles: true, cancelable: true, ...more}))"""


def test_the_keys_work_in_every_layout_and_neither_in_text_nor_with_a_modifier(
    page: Page, live_server: Any
) -> None:
    desk = a_desk()
    after = an_assignment(desk.stage, juror=desk.juror)
    opened(page, desk, live_server)

    for key, code, value in (("е", "KeyT", "10"), ("é", "Digit2", "2"), ("3", "Numpad3", "3")):
        page.evaluate(PRESS, [key, code, {}])
        expect(page.locator(f"input[name=mark-actions][value='{value}']")).to_be_checked()
    page.evaluate(PRESS, ["!", "Digit1", {"shiftKey": True}])
    page.evaluate(PRESS, ["h", "KeyJ", {}])
    page.evaluate(PRESS, ["о", "KeyJ", {"ctrlKey": True}])
    page.locator("#note").focus()
    page.evaluate(PRESS, ["о", "KeyJ", {}])
    page.evaluate(PRESS, ["4", "Digit4", {}])
    expect(page.locator("input[name=mark-actions][value='3']")).to_be_checked()
    page.locator("input[name=mark-actions][value='3']").focus()
    assert page_of(desk) in page.url
    page.evaluate(PRESS, ["о", "KeyJ", {}])

    page.wait_for_url(f"**{page_of(after)}")
    page.evaluate(PRESS, ["л", "KeyK", {}])
    page.wait_for_url(f"**{page_of(desk)}")


def test_marks_are_large_enough_for_a_thumb(page: Page, live_server: Any) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    opened(page, a_desk(), live_server)

    box = page.locator("input[name=mark-actions]").first.bounding_box()

    assert box is not None
    assert box["height"] >= 44
    assert box["width"] >= 44


def test_what_is_printed_is_the_case_and_the_scorecard(page: Page, live_server: Any) -> None:
    opened(page, a_desk(), live_server)

    page.emulate_media(media="print")

    for words in ("Ask the organiser", "On paper", "Declare a conflict of interest"):
        expect(page.get_by_text(words, exact=True)).to_be_hidden()


def test_the_scorecard_is_one_tap_away_on_a_phone(page: Page, live_server: Any, axe: Check) -> None:
    desk = a_desk()
    page.set_viewport_size({"width": 390, "height": 844})
    opened(page, desk, live_server)

    page.get_by_role("link", name="To the scorecard").click()

    expect(page.get_by_role("heading", name="Scorecard")).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    axe(page)
