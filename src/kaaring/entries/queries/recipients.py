"""Who is written to about a case: those who act for the organisations behind it."""

from collections.abc import Iterable
from typing import NamedTuple

from django.conf import settings

from kaaring.entries.models import Case, Party
from kaaring.people.models import Affiliation, Organisation


class Recipient(NamedTuple):
    """An address, and the language its reader is written to in."""

    email: str
    language: str


def recipients_of(cases: Iterable[Case], *, with_partners: bool) -> dict[int, list[Recipient]]:
    """Return who is written to about each case, by its key, with as many queries for many as for one.

    People are written to in their own language. For an organisation for which nobody acts it is the address
    that was given with its part, in the language of the case.
    """
    wanted = {case.pk: case for case in cases}
    parties = Party.objects.filter(case__in=wanted).order_by("pk")
    behind: dict[int, dict[int, str]] = {key: {case.organisation_id: ""} for key, case in wanted.items()}
    for case, organisation, email in parties.values_list("case", "organisation", "contact_email"):
        if with_partners or organisation == wanted[case].organisation_id:
            behind[case][organisation] = email
    acting = _acting({organisation for each in behind.values() for organisation in each})
    return {
        key: _once(
            recipient
            for organisation, email in behind[key].items()
            for recipient in acting.get(organisation) or _at(email, case)
        )
        for key, case in wanted.items()
    }


def acting_for(organisation: Organisation) -> list[Recipient]:
    """Return who is written to at an organisation."""
    return _acting([organisation.pk]).get(organisation.pk, [])


def _acting(organisations: Iterable[int]) -> dict[int, list[Recipient]]:
    found: dict[int, list[Recipient]] = {}
    acting = Affiliation.objects.filter(organisation__in=organisations, user__is_active=True).order_by("pk")
    for organisation, email, language in acting.values_list("organisation", "user__email", "user__language"):
        found.setdefault(organisation, []).append(Recipient(email, _written_in(language)))
    return found


def _at(email: str, case: Case) -> list[Recipient]:
    return [Recipient(email, _written_in(case.language))] if email else []


def _written_in(language: str) -> str:
    """Return a language that letters are written in: the one asked for, or English."""
    return language if language in dict(settings.LANGUAGES) else "en"


def _once(recipients: Iterable[Recipient]) -> list[Recipient]:
    return list({one.email.lower(): one for one in recipients}.values())
