"""Making the whole demonstration."""

from datetime import datetime

from kaaring.jobs.demonstration.accounts import BY, open_accounts
from kaaring.jobs.demonstration.measured import make_measured
from kaaring.people import actions as people
from kaaring.people.models import MemberRole, Organiser
from kaaring.programmes.models import Edition

MEMBERS = (MemberRole.MANAGER, MemberRole.VIEWER, MemberRole.AUDITOR)


def make(*, at: datetime) -> list[Edition]:
    """Make the whole demonstration in an empty, migrated database."""
    accounts = open_accounts(at=at)
    owner = accounts[MemberRole.OWNER]
    organiser = Organiser.objects.create(slug="seeyou", name="SeeYou")
    people.give_first_owner(organiser, owner, by=BY, at=at)
    for role in MEMBERS:
        people.give_membership(organiser, accounts[role], role, by=owner, at=at)
    return make_measured(organiser, accounts, at=at)
