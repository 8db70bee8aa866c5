"""A real browser: every test fails on a console error or a violated Content-Security-Policy."""

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright

ANSWERS_ARE_LOGGED = "Failed to load resource"
Check = Callable[[Page], None]
expect.set_options(timeout=20_000)  # milliseconds: a busy machine is slow, not wrong


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what stands in this folder, so that it can be left out where there is no Chromium."""
    for item in items:
        if "/browser/" in str(item.path):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"),
            args=["--no-sandbox", "--disable-dev-shm-usage"],
        )
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser, live_server: Any) -> Iterator[Page]:
    """A page of its own session at the live server; 404, 409 and 422 answers are no console errors."""
    context = browser.new_context(base_url=live_server.url, locale="en-GB", reduced_motion="reduce")
    opened = context.new_page()
    heard: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith(ANSWERS_ARE_LOGGED):
            heard.append(f"{message.text} ({opened.url})")

    opened.on("console", listen)
    opened.on("pageerror", lambda error: heard.append(f"{error} ({opened.url})"))
    yield opened
    context.close()
    assert heard == []


@pytest.fixture(scope="session")
def axe() -> Check:
    """Assert that axe finds nothing on a page once it is loaded."""
    checker = Axe()

    def check(page: Page) -> None:
        page.wait_for_load_state()
        results = checker.run(page)
        assert results.violations_count == 0, f"{page.url}\n{results.generate_report()}"

    return check
