"""Jurors' pages of the modes without marks, of calibration and of the chair, on a phone and on a desk."""

import os
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from kaaring.jury.actions.asking import answer_query, ask_organiser
from kaaring.jury.models import Meeting
from tests.browser.conftest import Check
from tests.browser.test_juror_desk import opened
from tests.build import NOON, a_member
from tests.jury.marking import a_juried_edition_of, an_assignment, an_entry_of, by_juror
from tests.web.test_juror_modes import HOME, a_divided_category, desks, given
from tests.web.test_juror_notes import final, led, reopened
from tests.web.test_juror_reading import a_desk, an_open_stage, page_of

pytestmark = pytest.mark.django_db(transaction=True)


def looked_at(page: Page, axe: Check, name: str, address: str) -> None:
    """Look at a page on a phone and on a desk."""
    for width in (390, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(address)
        fits = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
        assert page.evaluate(fits), (name, width)
        axe(page)
        if folder := os.environ.get("SHOTS"):
            page.screenshot(path=f"{folder}/{name}-{width}.png", full_page=True)


def test_points_are_shared_out_division_by_division(page: Page, live_server: Any, axe: Check) -> None:
    one, *_others = a_divided_category("sharing")
    opened(page, one, live_server)

    looked_at(page, axe, "points", f"{HOME}sharing/category/centre/")


def test_what_the_others_voted_is_shown(page: Page, live_server: Any, axe: Check) -> None:
    mine, yes, no = desks("screening", 3)
    given(yes, passes=True)
    given(no, passes=False)
    given(mine, passes=True)
    opened(page, mine, live_server)

    looked_at(page, axe, "voted", page_of(mine))


def test_the_way_to_the_calibration_case_is_shown(page: Page, live_server: Any, axe: Check) -> None:
    edition = a_juried_edition_of()
    example = an_entry_of(edition)
    real = an_assignment(an_open_stage(edition, calibration=example))
    an_assignment(real.stage, example, real.juror)
    opened(page, real, live_server)

    looked_at(page, axe, "due", page_of(real))


def test_home_has_the_news(page: Page, live_server: Any, axe: Check) -> None:
    desk = a_desk()
    reopened(desk, led(desk))
    query = ask_organiser(desk.pk, "Which year?", by=by_juror(desk), at=timezone.now())
    owner = a_member(desk.stage.edition.programme.organiser).public_id
    answer_query(query.pk, "2029.", by=owner, at=NOON)
    opened(page, desk, live_server)

    looked_at(page, axe, "news", HOME)


def test_the_chair_reopens_one_scorecard_and_reads_why_others_were(
    page: Page, live_server: Any, axe: Check
) -> None:
    desk = a_desk()
    chair = led(desk)
    reopened(desk, chair)
    card = final(an_assignment(desk.stage, desk.entry))
    Meeting.objects.create(stage=desk.stage, category=desk.entry.category, opened_at=NOON)
    own = an_assignment(desk.stage, juror=chair)
    opened(page, own, live_server)

    looked_at(page, axe, "panel", f"{HOME}panel/?reopen={card.public_id}")
