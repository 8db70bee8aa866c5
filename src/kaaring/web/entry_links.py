"""The whole addresses of pages about entries, for letters."""

from django.urls import reverse
from django.utils import translation

from kaaring.entries.actions.letters import CaseOf, Page, PageOf, PartOf
from kaaring.entries.models import Case, Entry, Party
from kaaring.web.request import SignedIn


def page_about(request: SignedIn) -> PageOf:
    """Return what makes the whole address of a page about an entry, in the given language."""

    def address(page: Page, entry: Entry, language: str) -> str:
        where = (entry.edition.programme.slug, entry.edition.slug)
        with translation.override(language):
            if page == "results":
                return request.build_absolute_uri(reverse("public:edition", args=where))
            return request.build_absolute_uri(reverse(f"entrant:{page}", args=[*where, entry.public_id]))

    return address


def part_in(request: SignedIn) -> PartOf:
    """Return what makes the whole address of a partner's page of a case, in the given language."""

    def address(party: Party, language: str) -> str:
        case = party.case
        where = (case.edition.programme.slug, case.edition.slug, case.public_id, party.organisation.public_id)
        with translation.override(language):
            return request.build_absolute_uri(reverse("entrant:part", args=where))

    return address


def case_in(request: SignedIn) -> CaseOf:
    """Return what makes the whole address of the page of a case, in the given language."""

    def address(case: Case, language: str) -> str:
        where = (case.edition.programme.slug, case.edition.slug, case.public_id)
        with translation.override(language):
            return request.build_absolute_uri(reverse("entrant:case", args=where))

    return address
