"""What tests of the setup pages share: an edition, somebody signed in, and forms as browsers send them."""

from html.parser import HTMLParser
from typing import Any

from django.test import Client

from kaaring.people.models import MemberRole
from kaaring.programmes.models import Edition, Rules
from kaaring.programmes.queries import rules_in_force
from tests.build import a_measured_edition, a_member


class _Fields(HTMLParser):
    """Collects what a browser would send of the form that goes to one address."""

    def __init__(self, action: str) -> None:
        super().__init__()
        self.action, self.is_inside = action, False
        self.values: dict[str, list[str]] = {}
        self.select = self.textarea = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form":
            self.is_inside = given.get("action") == self.action
        if not self.is_inside or "disabled" in given:
            return
        is_ticked = given.get("type") in ("checkbox", "radio")
        name, value = given.get("name") or "", given.get("value") or ("on" if is_ticked else "")
        if tag == "input" and name not in ("", "csrfmiddlewaretoken") and self._is_sent(given):
            self.values.setdefault(name, []).append(value)
        if tag == "select":
            self.select = name
        if tag == "option" and "selected" in given:
            self.values.setdefault(self.select, []).append(value)
        if tag == "textarea":
            self.textarea = name
            self.values.setdefault(name, []).append("")

    def _is_sent(self, given: dict[str, str | None]) -> bool:
        return given.get("type") not in ("checkbox", "radio") or "checked" in given

    def handle_data(self, data: str) -> None:
        if self.textarea:
            self.values[self.textarea][-1] += data.removeprefix("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.textarea = ""
        if tag == "form":
            self.is_inside = False


def edition_and_client(role: str = MemberRole.MANAGER, **built: Any) -> tuple[Edition, Client]:
    """Return a small measured edition and a browser in which a member of its organiser is signed in."""
    edition = a_measured_edition(**built)
    return edition, signed_in(edition, role)


def signed_in(edition: Edition, role: str = MemberRole.MANAGER) -> Client:
    """Return a browser in which a member of the edition's organiser is signed in."""
    client = Client()
    client.force_login(
        a_member(edition.programme.organiser, role), backend="django.contrib.auth.backends.ModelBackend"
    )
    return client


def at(edition: Edition, rest: str, language: str = "en") -> str:
    """Return the address of one of the edition's pages."""
    return f"/{language}/organiser/{edition.programme.slug}/{edition.slug}/{rest}"


def text(response: Any) -> str:
    """Return what a page says."""
    return str(response.content.decode())


def filled(response: Any, action: str) -> dict[str, list[str]]:
    """Return the values of the form on a page that goes to an address."""
    fields = _Fields(action)
    fields.feed(text(response))
    assert fields.values, f"no form goes to {action}"
    return fields.values


def survey_now(edition: Edition) -> dict[str, Any]:
    """Return the survey of the rules in force as plain data."""
    return dict(rules_in_force(edition).document["survey"])


def question_now(edition: Edition, code: str) -> dict[str, Any]:
    """Return a question of the rules in force as plain data."""
    return next(one for one in survey_now(edition)["questions"] if one["code"] == code)


def versions(edition: Edition) -> int:
    """Return how many versions of its rules an edition has."""
    return Rules.objects.filter(edition=edition).count()
