"""The public votes in a browser, on a phone and on a desk, with and without JavaScript."""

import os
import re
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from kaaring.entries.models import Entry, Nominee, Party
from kaaring.jury.actions.votes import enter_votes
from kaaring.jury.models import Stage, Vote
from tests.browser.conftest import Check
from tests.browser.journey import follow
from tests.build import a_member
from tests.jury.marking import an_organisation
from tests.jury.voting import a_vote_of, a_voted_edition, cast, voted_on

pytestmark = pytest.mark.django_db(transaction=True)
WIDTHS = (390, 1440)
SHOTS = os.environ.get("SHOTS", "")
LONG = "Kundeserviceavdelingenes prosjekt that shortened every queue"


@pytest.fixture
def stage() -> Stage:
    now = timezone.now()
    found = a_vote_of(a_voted_edition(), opens_at=now - timedelta(days=1), closes_at=now + timedelta(days=3))
    for number in range(4):
        entry = voted_on(found, f"A{number}", case={"title": f"{LONG} {number}"})
        Party.objects.create(case=entry.case, organisation=an_organisation(found.edition))
    Nominee.objects.create(case=entry.case, name="Robot One")
    voted_on(found, "B1", "bot")
    return found


def where(stage: Stage, path: str = "", language: str = "en") -> str:
    return f"/{language}/{stage.edition.programme.slug}/{stage.edition.slug}/{path}"


def looks_right(page: Page, axe: Check, name: str) -> None:
    """No page is wider than its window, and axe finds nothing."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, f"{page.url} is {wide} wide at {width}"
        axe(page)
        if SHOTS:
            page.screenshot(path=f"{SHOTS}/{name}-{width}.png", full_page=True)


def link_sent() -> str:
    found = re.search(r"https?://\S+", str(mail.outbox[-1].body))
    assert found is not None
    return found[0]


def test_somebody_votes_from_a_mailbox_and_every_page_is_in_order(
    page: Page, axe: Check, stage: Stage
) -> None:
    page.goto(where(stage))
    looks_right(page, axe, "edition")
    follow(page.get_by_role("main").get_by_role("link", name="Vote", exact=True))
    looks_right(page, axe, "vote")

    page.get_by_label("Your e-mail address").fill("kari@")
    follow(page.get_by_role("button", name="Send me the link"))
    expect(page.get_by_role("alert")).to_be_visible()
    looks_right(page, axe, "vote-faults")
    page.get_by_label(f"{LONG} 2").check()
    page.get_by_label("Your e-mail address").fill("kari@example.org")
    follow(page.get_by_role("button", name="Send me the link"))
    expect(page.get_by_role("heading", name="Look into your mailbox")).to_be_visible()
    looks_right(page, axe, "sent")

    page.goto(link_sent())
    looks_right(page, axe, "link")
    assert not Vote.objects.exists()
    follow(page.get_by_role("button", name="Count my votes"))
    expect(page.get_by_role("heading", name="Your votes are counted")).to_be_visible()
    looks_right(page, axe, "counted")
    assert Vote.objects.get().entry.code == "A2"

    page.goto(link_sent()[:-3] + "/")
    expect(page.get_by_role("alert")).to_be_visible()
    looks_right(page, axe, "broken")
    Stage.objects.update(closes_at=timezone.now())
    page.goto(where(stage, "vote/", "nb"))
    looks_right(page, axe, "closed")
    page.goto(where(stage, "rules/"))
    looks_right(page, axe, "rules")


def test_one_can_vote_without_javascript(browser: Browser, live_server: Any, stage: Stage) -> None:
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto(where(stage, "vote/"))
    page.get_by_label(f"{LONG} 1").check()
    page.get_by_label("Your e-mail address").fill("kari@example.org")
    follow(page.get_by_role("button", name="Send me the link"))
    page.goto(link_sent())
    follow(page.get_by_role("button", name="Count my votes"))
    expect(page.get_by_role("heading", name="Your votes are counted")).to_be_visible()
    context.close()
    assert Vote.objects.get().entry.code == "A1"


def test_the_organisers_pages_of_a_vote_are_in_order(page: Page, axe: Check, stage: Stage) -> None:
    entries = {one.code: one for one in Entry.objects.all()}
    enter_votes(stage.pk, {entries["A1"].pk: 1200}, by="command", at=timezone.now())
    cast(stage, entries["A0"], 7)
    client = Client()
    client.force_login(a_member(stage.edition.programme.organiser))
    page.goto("/en/")
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": page.url}])
    here = f"organiser/{stage.edition.programme.slug}/{stage.edition.slug}/"
    for name, path in {
        "votes": "votes/public/",
        "stage": "stages/public/",
        "stages": "stages/",
        "assignments": "assignments/?stage=public",
        "scores": "scores/?stage=public",
        "entry-scores": f"scores/public/{entries['A1'].public_id}/",
    }.items():
        page.goto(f"/en/{here}{path}")
        looks_right(page, axe, f"organiser-{name}")
    page.goto(f"/en/{here}votes/public/")
    page.get_by_label("Votes counted elsewhere for A2").fill("many")
    follow(page.get_by_role("button", name="Store the counts"))
    looks_right(page, axe, "organiser-votes-faults")
    page.get_by_label("Votes counted elsewhere for A2").fill("40")
    follow(page.get_by_role("button", name="Store the counts"))
    expect(page.get_by_text("The votes are stored.")).to_be_visible()
