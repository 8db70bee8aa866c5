"""What a long journey through the pages needs: who sits at the browser, where, and which form is sent.

Nothing here knows a sentence, so that it holds in every language and outlives a better wording: a form is
found by where it goes, a field by its name, and that something is done by the message that says so.
"""

from typing import Any

from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils.translation import get_language
from playwright.sync_api import Locator, Page, expect

from kaaring.people.models import User
from kaaring.programmes.models import Edition
from tests.browser.conftest import Check


def follow(target: Locator) -> None:
    """Click what leads to another page, and stay until that page is there."""
    with target.page.expect_navigation():
        target.click()


class Walk:
    """An edition's pages in the language that is active, with whoever sits at the browser."""

    def __init__(self, page: Page, axe: Check, edition: Edition, *, server: str) -> None:
        self.page, self.axe, self.edition, self.server = page, axe, edition, server

    def sign_in(self, user: User) -> None:
        """Let somebody else sit down, as if signed in."""
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        self.page.context.clear_cookies()
        cookie: Any = {"name": settings.SESSION_COOKIE_NAME, "value": session, "url": self.server}
        self.page.context.add_cookies([cookie])

    def at(self, name: str, *more: str) -> str:
        """Return the address of a page of the edition."""
        return reverse(name, args=(self.edition.programme.slug, self.edition.slug, *more))

    def open(self, name: str, *more: str, looked_at: bool = False) -> None:
        """Open a page that is there, and look for faults of its accessibility where asked."""
        assert self.status(name, *more) == 200, self.page.url
        if looked_at:
            self.axe(self.page)

    def status(self, name: str, *more: str) -> int:
        """Open a page and return how the server answered."""
        answer = self.page.goto(self.at(name, *more))
        assert answer is not None
        return answer.status

    def form(self, name: str, *more: str) -> Locator:
        """Return the form that goes to an address, with what it is folded into unfolded."""
        found = self.page.locator(f'form[action="{self.at(name, *more)}"]').first
        folded = found.locator("xpath=ancestor::details[not(@open)]")
        while folded.count():
            folded.first.locator("summary").first.click()
        return found

    def fill(self, form: Locator, /, **typed: str) -> None:
        """Fill in fields by their names; a choice by its value."""
        for name, value in typed.items():
            field = form.locator(f'[name="{name}"]:not([type=hidden])').first
            folded = field.locator("xpath=ancestor::details[not(@open)]")
            while folded.count():
                folded.first.locator("summary").first.click()
            if field.evaluate("one => one.tagName") == "SELECT":
                field.select_option(value)
            else:
                field.fill(value)

    def send(self, name: str, /, *more: str, **typed: str) -> None:
        """Fill in the form that goes to an address, send it, and see that nothing stands in the way."""
        form = self.form(name, *more)
        self.fill(form, **typed)
        follow(form.locator("[type=submit]").first)
        expect(self.page.locator("[role=alert], .error")).to_have_count(0)
        expect(self.page.locator("html")).to_have_attribute("lang", get_language())

    def do(self, name: str, /, *more: str, **typed: str) -> None:
        """Fill in a form, send it, and see that the next page says it is done."""
        self.send(name, *more, **typed)
        expect(self.page.locator(".note-good[role=status]")).not_to_be_empty()

    def save(self, name: str, /, *more: str, **typed: str) -> None:
        """Fill in a form that saves itself, and see that it says so."""
        form = self.form(name, *more)
        self.fill(form, **typed)
        form.locator("[type=submit]").first.click()
        expect(self.page.locator("#saved .saved")).to_be_visible()
        expect(self.page.locator("[role=alert], .error, #saved .note")).to_have_count(0)

    def sees(self, *texts: str) -> None:
        """See that texts stand on the page."""
        for text in texts:
            expect(self.page.get_by_text(text).first).to_be_visible()
