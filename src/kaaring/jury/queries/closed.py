"""Contests closed to somebody: those with an entry that the person has a conflict of interest with."""

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser

from kaaring.jury.queries.jurors import juror_of
from kaaring.jury.queries.recusals import blocked_entries
from kaaring.jury.queries.stages import submitted
from kaaring.people.models import User
from kaaring.programmes.models import Edition

type Contest = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Closed:
    """Contests by the codes of category and division, and the keys of all entries that compete in them.

    To whom they are closed learns nothing of how they stand, and has no hand in what becomes of them.
    """

    contests: frozenset[Contest]
    entries: frozenset[int]

    @property
    def categories(self) -> frozenset[str]:
        """The categories that they belong to, by their codes."""
        return frozenset(category for category, _division in self.contests)

    def covers(self, category: str, division: str = "") -> bool:
        """Say whether a contest is one of them; without a division, whether any in the category is."""
        if division:
            return (category, division) in self.contests
        return category in self.categories


NOTHING = Closed(frozenset(), frozenset())


def closed_to(user: User | AnonymousUser | None, edition: Edition) -> Closed:
    """Return the contests closed to a person as the juror of that name; nothing is to who is no juror.

    A conflict with an entry that was never submitted, or is withdrawn, closes nothing: it competes nowhere.
    An edition found for its reader says in ``reader_judges`` whether there is anything to ask.
    """
    if user is None or not getattr(edition, "reader_judges", True):
        return NOTHING
    juror = juror_of(user, edition)
    blocked = blocked_entries(juror) if juror else set()
    if not blocked:
        return NOTHING
    rows = list(submitted(edition).order_by().values_list("pk", "category__code", "division"))
    contests = frozenset((category, division) for key, category, division in rows if key in blocked)
    return Closed(contests, frozenset(key for key, *contest in rows if tuple(contest) in contests))
