"""One person's way in: by code, with a second step, with a passkey, and to an invitation."""

import re
import time
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core import mail
from django.utils import timezone
from playwright.sync_api import Page, expect

from kaaring.audit.actions import record
from kaaring.programmes import links
from kaaring.programmes.queries import chain_of
from tests.browser.conftest import Check
from tests.browser.journey import follow
from tests.build import a_member, a_part, a_user, an_edition, an_invitation

pytestmark = pytest.mark.django_db(transaction=True)


def code_by_mail() -> str:
    for _attempt in range(50):
        if mail.outbox:
            found = re.search(r"^([A-Z0-9]{3,}-?[A-Z0-9]{3,})$", str(mail.outbox.pop().body), re.MULTILINE)
            assert found is not None
            return found[1]
        time.sleep(0.1)
    raise AssertionError("no message came")


def codes_of(secret: str) -> list[str]:
    """Return the codes an authenticator app shows now and next; each is taken once."""
    return [format_hotp_value(hotp_value(secret, int(time.time()) // 30 + ahead)) for ahead in (0, 1)]


def sign_in_by_code(page: Page, address: str) -> None:
    page.goto("/en/account/login/")
    page.get_by_label("Email").fill(address)
    page.get_by_role("button", name="Sign In", exact=True).click()
    page.get_by_label("Code").fill(code_by_mail())
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_role("heading", name="My pages")).to_be_visible()


def with_a_passkey_device(page: Page) -> None:
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )


def sign_out(page: Page) -> None:
    page.goto("/en/account/logout/")
    follow(page.get_by_role("main").get_by_role("button", name="Sign Out"))


def test_a_passkey_signs_in_after_a_code_and_a_second_step_were_set_up(
    page: Page, axe: Check, settings: Any
) -> None:
    settings.MFA_TOTP_TOLERANCE = 1
    person = a_user()
    with_a_passkey_device(page)
    page.goto("/en/account/login/")
    axe(page)
    sign_in_by_code(page, person.email)
    axe(page)

    page.goto("/en/account/2fa/totp/activate/")
    axe(page)
    secret = page.get_by_label("Authenticator secret").input_value()
    now, after = codes_of(secret)
    page.get_by_label("Authenticator code").fill(now)
    follow(page.get_by_role("button", name="Activate"))
    axe(page)
    page.get_by_label("Code").fill(after)
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_role("heading", name="Recovery Codes")).to_be_visible()
    axe(page)

    page.goto("/en/account/2fa/webauthn/add/")
    axe(page)
    page.get_by_label("Name").fill("My phone")
    passkey = page.get_by_label("Passwordless")
    passkey.check()
    page.get_by_role("main").get_by_role("button", name="Add").click()
    expect(page.get_by_text("You have added 1 security key.")).to_be_visible()
    axe(page)
    page.get_by_role("link", name="Manage").click()
    expect(page.get_by_text("My phone")).to_be_visible()
    axe(page)

    sign_out(page)
    page.goto("/en/account/login/?next=/en/account/sessions/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("heading", name="Sessions")).to_be_visible()
    axe(page)


@pytest.mark.parametrize(
    "address",
    [
        "email/",
        "password/set/",
        "2fa/",
        "3rdparty/",
        "me/settings/",
        "logout/",
        "2fa/recovery-codes/generate/",
    ],
)
def test_pages_about_the_account_have_no_fault_that_axe_knows(
    page: Page, axe: Check, address: str, live_server: Any
) -> None:
    sign_in_as_demo(page, "person@demo.example")

    page.goto(f"/en/account/{address}")

    axe(page)


@pytest.mark.parametrize("address", ["signup/", "login/code/", "password/reset/", "inactive/", "demo/"])
def test_pages_at_the_entrance_have_no_fault_that_axe_knows(page: Page, axe: Check, address: str) -> None:
    a_user("person@demo.example")

    page.goto(f"/en/account/{address}")

    axe(page)


def sign_in_as_demo(page: Page, address: str) -> None:
    person = a_user(address)
    page.goto("/en/account/demo/")
    page.get_by_role("button", name=f"as {person}").click()
    expect(page.get_by_role("heading", name="My pages")).to_be_visible()


def test_an_invited_person_without_an_account_ends_up_with_the_part(page: Page, axe: Check) -> None:
    invitation = an_invitation(email="new@example.org", invited_at=timezone.now())
    link = f"/en/account/invitation/{links.token_of(invitation)}/"

    page.goto(link)
    axe(page)
    page.get_by_role("main").get_by_role("link", name="Create an account").click()
    page.get_by_label("Email").fill("new@example.org")
    page.get_by_role("button", name="Sign Up").click()
    page.get_by_label("Code").fill(code_by_mail())
    page.get_by_role("button", name="Confirm").click()
    page.get_by_role("button", name="Accept the invitation").click()

    expect(page.get_by_text("Your role: Reviewer.")).to_be_visible()
    axe(page)


def test_the_look_is_previewed_while_it_is_chosen(page: Page, axe: Check) -> None:
    edition = an_edition()
    owner = a_member(edition.programme.organiser)
    owner.email = "owner@demo.example"
    owner.save()
    page.goto("/en/account/demo/")
    follow(page.get_by_role("button", name=f"as {owner}"))
    page.goto(f"/en/organiser/{edition.programme.slug}/2021/look/")
    axe(page)

    page.get_by_label("Accent colour").fill("#aa0000")
    expect(page.get_by_text("Not stored yet.")).to_be_visible()
    expect(page.locator("html")).to_have_css("--accent", "#aa0000")

    page.get_by_label("Logo as SVG text").fill("<svg><script/></svg>")
    expect(page.get_by_role("alert")).to_contain_text("not SVG")
    axe(page)


@pytest.mark.parametrize("width", [390, 1440])
def test_people_and_log_have_no_fault_that_axe_knows(page: Page, axe: Check, width: int) -> None:
    edition = an_edition()
    a_part(edition)
    an_invitation(edition, invited_at=timezone.now())
    owner = a_member(edition.programme.organiser)
    owner.email = "owner@demo.example"
    owner.save()
    page.set_viewport_size({"width": width, "height": 900})
    page.goto("/en/account/demo/")
    follow(page.get_by_role("button", name=f"as {owner}"))

    page.goto(f"/en/organiser/{edition.programme.slug}/2021/people/")
    for more in page.locator("summary").all():
        more.click()
    axe(page)
    record(
        chain_of(edition), "attachment_added", "x", by="x", at=timezone.now(), details={"sha256": "0" * 64}
    )
    page.goto(f"/en/organiser/{edition.programme.slug}/2021/log/?check=1")
    for more in page.locator("main summary").all():
        more.click()
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
