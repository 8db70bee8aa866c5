"""The whole addresses of pages that letters of the demonstration lead to."""

from django.urls import reverse
from django.utils import translation

from kaaring.entries.actions.letters import Page
from kaaring.entries.models import Entry, Nominee, Party
from kaaring.programmes import links
from kaaring.programmes.models import Invitation

SITE = "http://localhost:8000"


def nominee_page(nominee: Nominee, language: str) -> str:
    """Return the address of a nominee's own page."""
    return _address("nominee:page", language, nominee.token)


def invitation_page(invitation: Invitation, language: str) -> str:
    """Return the address of an invitation."""
    return _address("account:invitation", language, links.token_of(invitation))


def entry_page(page: Page, entry: Entry, language: str) -> str:
    """Return the address of a page about an entry."""
    where = (entry.edition.programme.slug, entry.edition.slug)
    if page == "results":
        return _address("public:edition", language, *where)
    return _address(f"entrant:{page}", language, *where, entry.public_id)


def part_page(party: Party, language: str) -> str:
    """Return the address of a partner's page of a case."""
    edition = party.case.edition
    where = (edition.programme.slug, edition.slug, party.case.public_id, party.organisation.public_id)
    return _address("entrant:part", language, *where)


def _address(name: str, language: str, *where: str) -> str:
    with translation.override(language):
        return SITE + reverse(name, args=where)
