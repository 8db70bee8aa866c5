"""Making the whole demonstration, and keeping it in the middle of something when it is started later."""

from collections.abc import Mapping
from datetime import datetime

from kaaring.jobs.demonstration import next_year, russian
from kaaring.jobs.demonstration.accounts import BY, ENTRANT_RU, PARTNER, open_accounts
from kaaring.jobs.demonstration.entering import Houses
from kaaring.jobs.demonstration.measured import make_measured
from kaaring.jobs.demonstration.norwegian import make_norwegian
from kaaring.people import actions as people
from kaaring.people.models import MemberRole, Organiser, User
from kaaring.programmes.models import Edition, EditionRole

MEMBERS = (MemberRole.MANAGER, MemberRole.VIEWER, MemberRole.AUDITOR)


def make(*, at: datetime) -> list[Edition]:
    """Make the whole demonstration in an empty, migrated database."""
    accounts = open_accounts(at=at)
    measured = _organiser("seeyou", "SeeYou", accounts, at=at)
    juried = _organiser("eksempel", "Eksempelarrangøren", accounts, at=at)
    return [*make_measured(measured, accounts, at=at), *make_juried(juried, accounts, at=at)]


def make_juried(organiser: Organiser, accounts: Mapping[str, User], *, at: datetime) -> list[Edition]:
    """Make the juried editions: one decided, one open for entries, one being marked."""
    acting = {
        "Lysspor Bredbånd": accounts[EditionRole.ENTRANT_CONTACT],
        "Ringvirkning Dialog": accounts[PARTNER],
    }
    houses = Houses(organiser, "nb", acting)
    decided = make_norwegian(houses, accounts, at=at)
    entered = next_year.make_next_year(decided, houses, accounts, at=at)
    abroad = Houses(organiser, "ru", {"Аптеки «Мятный лист»": accounts[ENTRANT_RU]})
    return [decided, entered, russian.make_russian(abroad, accounts, at=at)]


def _organiser(slug: str, name: str, accounts: Mapping[str, User], *, at: datetime) -> Organiser:
    organiser = Organiser.objects.create(slug=slug, name=name)
    owner = accounts[MemberRole.OWNER]
    people.give_first_owner(organiser, owner, by=BY, at=at)
    for role in MEMBERS:
        people.give_membership(organiser, accounts[role], role, by=owner, at=at)
    return organiser


def keep_going(*, at: datetime) -> None:
    """Move what would soon be over: a demonstration made long ago still takes entries and marks."""
    next_year.keep_open(at=at)
    russian.keep_open(at=at)
