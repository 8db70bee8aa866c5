"""Cases that tell of the same partnership: entered once by each party, they are found to be merged."""

from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import NamedTuple

from django.db.models import Exists, OuterRef, QuerySet

from kaaring.entries.models import Case, Entry, Party
from kaaring.entries.rules.merging import ALIKE
from kaaring.people.models import Organisation
from kaaring.planning.names import likeness
from kaaring.programmes.models import Edition


class Twins(NamedTuple):
    """Two cases of the same two organisations in the same categories (their codes)."""

    one: Case
    other: Case
    categories: tuple[str, ...]


def twins_in(edition: Edition) -> list[Twins]:
    """Return every pair of cases of an edition that are likely to be one partnership, entered twice."""
    return list(_twins(Case.objects.filter(edition=edition)))


def twins_of(case: Case) -> list[Case]:
    """Return the cases that are likely to tell of the same partnership as this one."""
    pairs = _twins(Case.objects.filter(edition=case.edition), only=case)
    return [pair.other if pair.one.pk == case.pk else pair.one for pair in pairs]


def _twins(cases: QuerySet[Case], *, only: Case | None = None) -> Iterator[Twins]:
    joint = _joint(cases)
    if only is not None and all(case.pk != only.pk for case in joint):
        return
    entered = _categories(joint)
    for one, other in combinations(joint, 2):
        if only is not None and only.pk not in {one.pk, other.pk}:
            continue
        shared = entered.get(one.pk, set()) & entered.get(other.pk, set())
        if shared and one.organisation_id != other.organisation_id and _is_same_pair(one, other):
            yield Twins(one, other, tuple(sorted(shared)))


def _joint(cases: QuerySet[Case]) -> list[Case]:
    """Return the living cases behind which more than one organisation stands."""
    others = Party.objects.filter(case=OuterRef("pk")).exclude(organisation=OuterRef("organisation"))
    living = cases.filter(Exists(others), merged_into=None).select_related("organisation")
    return list(living.prefetch_related("parties__organisation").order_by("pk"))


def _categories(cases: Iterable[Case]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = {}
    entries = Entry.objects.filter(case__in=cases, withdrawn_at=None)
    for case, code in entries.values_list("case", "category__code"):
        found.setdefault(case, set()).add(code)
    return found


def _behind(case: Case) -> dict[int, Organisation]:
    parties = {party.organisation_id: party.organisation for party in case.parties.all()}
    return parties | {case.organisation_id: case.organisation}


def _is_same_pair(one: Case, other: Case) -> bool:
    """Say whether two organisations behind one case are, or are called like, two behind the other."""
    ours, theirs = _behind(one), _behind(other)
    left = {key: each for key, each in ours.items() if key not in theirs}
    right = {key: each for key, each in theirs.items() if key not in ours}
    count = len(ours) - len(left)
    for mine in left.values():
        alike = next((key for key, each in right.items() if likeness(mine.name, each.name) >= ALIKE), None)
        if alike is not None:
            del right[alike]
            count += 1
    return count >= 2
