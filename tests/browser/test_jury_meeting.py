"""The chair's meeting in a real browser: clean at both widths, and the screen follows without being asked."""

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect

from kaaring.jury.models import Meeting
from tests.browser.conftest import Check
from tests.browser.journey import follow
from tests.jury.marking import a_panel
from tests.results.jury import jury_of
from tests.web.jury_results import a_marked_stage, path

pytestmark = pytest.mark.django_db(transaction=True)
WIDTHS = (390, 1440)
SHARES_OF_SEVEN = """() => [...document.querySelectorAll("svg.dots")].map(strip => {
  const middle = one => { const box = one.getBoundingClientRect(); return box.left + box.width / 2 };
  const [lowest, highest] = [...strip.querySelectorAll("text")].map(middle);
  return Math.round(100 * (middle(strip.querySelector("circle")) - lowest) / (highest - lowest)) / 100;
})"""
"""Where the first dot of each strip, a mark of 7, stands between the ends of the scale as they are seen."""


def test_a_chair_leads_a_meeting_and_the_screen_follows(page: Page, axe: Check) -> None:
    stage = a_marked_stage()
    chair, second, third = jury_of(stage.edition, 3)
    a_panel(stage.edition, chair, second, third, category="idea")
    assert chair.user is not None
    client = Client()
    client.force_login(chair.user, backend="django.contrib.auth.backends.ModelBackend")
    page.goto("/en/")
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": page.url}])

    page.goto(path("meetings/", "juror"))
    axe(page)
    follow(page.get_by_role("button", name="Open").first)
    screen = page.context.new_page()
    screen.goto(f"{path(f'meetings/{Meeting.objects.get().public_id}/', 'juror')}screen/")
    expect(screen.get_by_text("No entry is taken up yet.")).to_be_visible()
    page.get_by_role("button", name="Take up A").click()
    expect(page.get_by_role("heading", name="A Case A")).to_be_visible()
    expect(screen.get_by_role("heading", name="A Case A")).to_be_visible(timeout=15_000)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
        for shown in (page, screen):
            shown.set_viewport_size({"width": width, "height": 900})
            assert shown.evaluate(SHARES_OF_SEVEN) == [0.7, 0.7]
    axe(page)
    axe(screen)
