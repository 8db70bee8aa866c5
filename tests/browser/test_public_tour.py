"""A tour of every public page and every page about a participant, on a phone and on a desk."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from kaaring.programmes.models import Edition
from kaaring.results.actions import publish_rounding, withdraw_run
from kaaring.results.queries.runs import current_run
from kaaring.survey.models import Participant
from kaaring.web.public.kept import PAGES
from tests.browser.conftest import Check
from tests.build import NOON, a_contact, a_measured_edition, a_published_edition

pytestmark = pytest.mark.django_db(transaction=True)
WIDTHS = (390, 1440)
PUBLIC = (
    "",
    "?q=centre",
    "classes/shops/",
    "participants/",
    "participants/centre-1/",
    "method/",
    "questions/",
    "data/",
)
OWN = ("", "areas/", "performances/", "weeks/", "channels/", "enquiries/", "report/")


@pytest.fixture(autouse=True)
def _nothing_kept() -> Iterator[None]:
    PAGES.clear()
    yield
    PAGES.clear()


def address(edition: Edition, rest: str = "", language: str = "en") -> str:
    return f"/{language}/{edition.programme.slug}/{edition.slug}/{rest}"


def own(edition: Edition, rest: str = "", language: str = "en") -> str:
    return f"/{language}/participant/{edition.programme.slug}/{edition.slug}/centre-1/{rest}"


def sign_in(page: Page, participant: Participant) -> None:
    client = Client()
    client.force_login(a_contact(participant).user)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": page_url(page)}]
    )


def page_url(page: Page) -> str:
    page.goto("/en/")
    return page.url


def visit(page: Page, axe: Check, paths: list[str]) -> None:
    """Open every page at both widths: nothing sticks out sideways, and axe finds nothing."""
    for path in paths:
        page.goto(path)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            sticks_out = page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            )
            assert sticks_out <= 0, f"{path} is {sticks_out} px too wide at {width} px"
            axe(page)


def test_every_public_page_is_clean_at_both_widths(page: Page, axe: Check) -> None:
    edition = a_published_edition(participants=12, evaluations=8)

    visit(page, axe, ["/en/", f"/nb/{edition.programme.slug}/", *(address(edition, rest) for rest in PUBLIC)])


def test_the_pages_before_publishing_are_clean_at_both_widths(page: Page, axe: Check) -> None:
    edition = a_measured_edition(participants=4, evaluations=4)
    publish_rounding(edition, NOON.date(), by="test", at=NOON + timedelta(days=5))
    sign_in(page, Participant.objects.get(edition=edition, code="centre-1"))

    visit(page, axe, [*(address(edition, rest) for rest in ("", "method/", "questions/")), own(edition)])


def test_the_pages_of_a_withdrawn_run_are_clean_at_both_widths(page: Page, axe: Check) -> None:
    edition = a_published_edition()
    run = current_run(edition)
    assert run is not None
    withdraw_run(run, reason="A file was read twice.", by="test", at=run.published_at)

    visit(page, axe, [address(edition), address(edition, "participants/"), "/en/nowhere/"])


def test_every_page_about_a_participant_is_clean_at_both_widths(page: Page, axe: Check) -> None:
    edition = a_published_edition(participants=6, evaluations=12)
    sign_in(page, Participant.objects.get(edition=edition, code="centre-1"))

    visit(page, axe, [own(edition, rest) for rest in OWN])
    page.goto(own(edition, "enquiries/"))
    page.get_by_role("link", name="Enquiry 2", exact=True).click()
    expect(page.get_by_role("heading", name="Enquiry 2 of 12")).to_be_visible()
    axe(page)


def test_the_dark_scheme_is_as_clean(page: Page, axe: Check) -> None:
    edition = a_published_edition(participants=6, evaluations=12)
    sign_in(page, Participant.objects.get(edition=edition, code="centre-1"))
    page.emulate_media(color_scheme="dark")

    visit(
        page,
        axe,
        [address(edition), address(edition, "classes/shops/"), own(edition), own(edition, "weeks/")],
    )


def test_the_keyboard_alone_leads_to_a_class_and_back(page: Page) -> None:
    edition = a_published_edition(participants=6)
    page.goto(address(edition))

    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    page.get_by_label("Find a participant or class").focus()
    page.keyboard.type("SHOPS")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Shops", exact=True).first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Shops")
    page.get_by_role("link", name="Previous: Banks").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Banks")


def test_without_script_everything_can_be_read_and_searched(browser: Browser, live_server: Any) -> None:
    edition = a_published_edition(participants=6, evaluations=12)
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    sign_in(page, Participant.objects.get(edition=edition, code="centre-1"))

    page.goto(address(edition))
    page.get_by_label("Find a participant or class").fill("centre 3")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="Centre 3", exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Centre 3")
    page.goto(own(edition, "weeks/"))
    page.get_by_text("Show the figures as a table").click()
    expect(page.get_by_role("columnheader", name="Three weeks")).to_be_visible()
    context.close()


def test_on_paper_menus_are_left_out_and_what_is_invented_stays_marked(page: Page) -> None:
    edition = a_published_edition(participants=6, evaluations=12)
    Edition.objects.filter(pk=edition.pk).update(illustrative={"en": "All of it is made up."})
    sign_in(page, Participant.objects.get(edition=edition, code="centre-1"))
    page.emulate_media(media="print")

    page.goto(address(edition))
    expect(page.get_by_role("navigation")).to_have_count(0)
    expect(page.locator("form.search")).to_be_hidden()
    expect(page.get_by_text("All of it is made up.").first).to_be_visible()
    page.goto(own(edition, "weeks/"))
    expect(page.locator(".tabs")).to_be_hidden()
