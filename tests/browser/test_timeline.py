"""The timeline of an edition: today is told beside the months, never upon them."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from tests.build import a_member
from tests.juried import a_juried_edition

pytestmark = pytest.mark.django_db(transaction=True)
OVERLAPS = """texts => texts.some((one, i) => texts.slice(i + 1).some(other => {
  const [a, b] = [one.getBoundingClientRect(), other.getBoundingClientRect()];
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}))"""


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("days", [1, 40, 55])
def test_today_does_not_lie_upon_a_month(
    page: Page, client: Any, live_server: Any, width: int, days: int
) -> None:
    edition, today = a_juried_edition(), timezone.now().date()
    first, last = today - timedelta(days=days), today + timedelta(days=60 - days)
    edition.timeline = {"entries": [first.isoformat(), last.isoformat()]}
    edition.save()
    client.force_login(a_member(edition.programme.organiser))
    cookie = client.cookies["sessionid"]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
    page.set_viewport_size({"width": width, "height": 900})

    page.goto(f"/en/organiser/{edition.programme.slug}/{edition.slug}/dates/")

    labels = page.locator(".timeline li:first-child text")
    assert labels.filter(has_text="today").count() == 1
    assert not labels.evaluate_all(OVERLAPS)
    box = labels.filter(has_text="today").bounding_box()
    assert box is not None
    assert box["x"] + box["width"] <= width
