"""What tests of entrants' pages share."""

from typing import Any

from django.test import Client

from kaaring.entries.models import Case, Entry
from kaaring.people.models import User
from kaaring.programmes.models import Edition
from tests.juried import a_case, a_juried_edition, an_entrant, an_organisation

CLOSED = ("2020-01-01", "2020-02-01")


class Desk:
    """Somebody who acts for an organisation, signed in, with a case of it."""

    def __init__(self, edition: Edition | None = None, case: Case | None = None) -> None:
        self.edition = edition or (case.edition if case else a_juried_edition())
        self.organisation = case.organisation if case else an_organisation(self.edition.programme.organiser)
        self.case = case or a_case(self.edition, self.organisation)
        self.person = an_entrant(self.organisation)
        self.client = signed_in(self.person)

    def address(self, rest: str = "") -> str:
        return f"/en/entrant/{self.edition.programme.slug}/{self.edition.slug}/{rest}"

    def of_case(self, rest: str = "") -> str:
        return self.address(f"cases/{self.case.public_id}/{rest}")

    def of_entry(self, entry: Entry, rest: str = "") -> str:
        return self.address(f"entries/{entry.public_id}/{rest}")

    def version(self) -> int:
        return Case.objects.get(pk=self.case.pk).version


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def text(response: Any) -> str:
    return str(response.content.decode())


def close(edition: Edition) -> None:
    """Let the deadline pass."""
    edition.timeline["entries"] = list(CLOSED)
    edition.save()
