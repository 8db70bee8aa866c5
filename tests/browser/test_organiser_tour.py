"""A tour of every organiser's page, found from the addresses themselves, on a phone and on a desk."""

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page

from kaaring.people.models import MemberRole
from tests import access
from tests.browser.conftest import Check

pytestmark = pytest.mark.django_db(transaction=True)
WIDTHS = (390, 1440)
HTML = "text/html"


def test_every_organisers_page_is_clean_at_both_widths(page: Page, axe: Check) -> None:
    world = access.a_world()
    owner = world.people[MemberRole.OWNER]
    assert owner is not None
    client = Client()
    client.force_login(owner, backend="django.contrib.auth.backends.ModelBackend")
    page.goto("/en/")
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": page.url}])
    toured, found = 0, list[str]()
    for one in access.addresses():
        if not one.name.startswith(("organiser:", "account:")):
            continue
        path = access.path_of(one, world)
        answer = client.get(path)
        if answer.status_code != 200 or not answer["Content-Type"].startswith(HTML):
            continue
        if "<html" not in answer.text:
            continue
        page.goto(path)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            sticks_out = page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            )
            if sticks_out > 0:
                found.append(f"{path} is {sticks_out} px too wide at {width} px")
        axe(page)
        toured += 1

    assert found == []
    assert toured > 30
