"""Files, a nominee's consent and invoices in a real browser: found, understood, reached by everybody."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as configured
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django import Settings

from kaaring.entries import actions
from kaaring.entries.models import Attachment, Case, Entry, Nominee
from kaaring.people.models import User
from tests.browser.conftest import Check
from tests.build import a_member, a_user
from tests.entries.build import EXECUTABLE, PDF
from tests.entries.test_invoices import a_house, a_submitted
from tests.entries.test_protected import an_edition_that_asks
from tests.juried import PERSON, a_juried_edition, an_affiliation, an_entry

pytestmark = pytest.mark.django_db(transaction=True)
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1440, "height": 900}


def sign_in(page: Page, live_server: Any, user: User) -> None:
    client = Client()
    client.force_login(user)
    value = client.cookies[configured.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": configured.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}]
    )


def looked_at(page: Page, axe: Check) -> None:
    """Check a page at both sizes, and that nothing sticks out at the side."""
    for size in (PHONE, DESK):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        axe(page)
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{page.url} is {wide} pixels too wide at {size['width']}"


def test_from_an_attached_file_and_a_named_nominee_to_the_nominees_own_decision(
    page: Page, axe: Check, live_server: Any, settings: Settings, tmp_path: Path
) -> None:
    settings.FILES = tmp_path / "files"
    edition = an_edition_that_asks()
    entry = an_entry(edition, PERSON)
    Nominee.objects.all().delete()
    case = Case.objects.get(pk=entry.case_id)
    entrant = a_user(language="en")
    an_affiliation(case.organisation, entrant)
    sign_in(page, live_server, entrant)
    base = f"{live_server.url}/en/entrant/{edition.programme.slug}/{edition.slug}/cases/{case.public_id}"

    page.goto(f"{base}/attachments/")
    looked_at(page, axe)
    for name, content in (("report.pdf", EXECUTABLE), ("Årsrapport.pdf", PDF)):
        file = tmp_path / name
        file.write_bytes(content)
        page.get_by_label("File", exact=True).set_input_files(file)
        page.get_by_role("button", name="Attach").click()
        if content is EXECUTABLE:
            expect(page.get_by_role("alert")).to_contain_text("holds a kind of file that we do not take")
    expect(page.get_by_role("status")).to_contain_text("is attached")
    looked_at(page, axe)
    assert Attachment.objects.get().name == "Årsrapport.pdf"

    page.get_by_role("link", name="Nominee").click()
    page.get_by_label("Name", exact=True).fill("Ola Nordmann")
    page.get_by_label("This is a person").check()
    page.get_by_label("The person's own e-mail address").fill("ola@example.org")
    page.get_by_role("button", name="Save").click()
    page.get_by_label("When were you born?").fill("1999-12-31")
    page.get_by_role("button", name="Store the answers, encrypted").click()
    expect(page.get_by_text("answered on")).to_be_visible()
    page.get_by_role("button", name="Write to ola@example.org").click()
    expect(page.get_by_text("Ola Nordmann was asked on")).to_be_visible()
    looked_at(page, axe)

    page.context.clear_cookies()
    page.goto(f"{live_server.url}/en/nominee/{Nominee.objects.get().token}/")
    expect(page.get_by_text("31 December 1999")).to_be_visible()
    looked_at(page, axe)
    page.get_by_role("button", name="I have read this and agree to be nominated").click()
    expect(page.get_by_text("You agreed on")).to_be_visible()
    page.get_by_role("button", name="Withdraw my consent").click()
    expect(page.get_by_text("You declined on")).to_be_visible()
    looked_at(page, axe)
    assert Entry.objects.get(pk=entry.pk).submitted_at is None


def test_invoices_are_issued_paid_and_read(page: Page, axe: Check, live_server: Any) -> None:
    edition = a_juried_edition()
    organiser = edition.programme.organiser
    organisation = a_house(organiser, "Kundehuset AS", number="987654325", endpoint="0192:987654325")
    for _number in range(2):
        a_submitted(edition, organisation)
    old = a_house(organiser, "Gammelhuset AS")
    entry = a_submitted(edition, old)
    long_ago = timezone.now() - timedelta(days=60)
    actions.issue_invoice(edition, old, [entry], by="test", at=long_ago)
    sign_in(page, live_server, a_member(organiser))

    page.goto(f"{live_server.url}/en/organiser/{edition.programme.slug}/{edition.slug}/invoices/")
    looked_at(page, axe)
    page.get_by_role("button", name="Issue 1 invoice").click()
    expect(page.get_by_role("status")).to_contain_text("1 invoice is issued.")
    page.get_by_text("Paid, or credit: 2").click()
    page.get_by_role("button", name="Mark as paid").first.click()
    expect(page.get_by_role("status")).to_contain_text("Invoice 2 is paid.")
    looked_at(page, axe)

    entrant = a_user()
    an_affiliation(organisation, entrant)
    sign_in(page, live_server, entrant)
    page.goto(f"{live_server.url}/en/entrant/{edition.programme.slug}/{edition.slug}/invoices/")
    looked_at(page, axe)
    with page.expect_download() as download:
        page.get_by_role("link", name="Invoice (PDF) 2").click()
    assert download.value.suggested_filename == "invoice-2.pdf"
