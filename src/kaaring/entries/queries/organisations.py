"""The organisations that an organiser knows: what each has in an edition, and which may be the same."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from django.db.models import Count, Q, QuerySet

from kaaring.entries.models import Entry
from kaaring.people.models import Affiliation, Organisation, Organiser
from kaaring.planning.names import alike
from kaaring.programmes.models import Edition

ALIKE = 0.85
"""How alike two names must be for a look at whether they are one; as for conflicts of interest."""

_NUMBERS = re.compile(r"\d+")


class Alike(NamedTuple):
    """Two organisations that may be the same, and how alike their names are."""

    one: Organisation
    other: Organisation
    likeness: float


def organisations_known(organiser: Organiser) -> list[Organisation]:
    """Return all organisations of an organiser by name."""
    known = Organisation.objects.filter(organiser=organiser)
    return sorted(known, key=lambda one: (one.name.casefold(), one.pk))


def entry_counts(edition: Edition) -> dict[int, int]:
    """Return behind how many entries of an edition each organisation stands; withdrawn ones left out."""
    living = Entry.objects.filter(edition=edition, withdrawn_at=None)
    behind = {
        (key, organisation)
        for key, own, partner in living.order_by().values_list(
            "pk", "case__organisation", "case__parties__organisation"
        )
        for organisation in (own, partner)
    }
    counts: dict[int, int] = {}
    for _entry, organisation in behind:
        counts[organisation] = counts.get(organisation, 0) + 1
    return counts


def acting_counts(organiser: Organiser) -> dict[int, int]:
    """Return how many people act for each organisation of an organiser."""
    acting = Affiliation.objects.filter(organisation__organiser=organiser).order_by()
    return dict(acting.values_list("organisation").annotate(Count("pk")))


def organisations_alike(organisations: Sequence[Organisation]) -> list[Alike]:
    """Return the pairs whose names are so alike that they may be one, the likest first.

    Shops 11 and 12 of a chain are two, however alike their names.
    """
    names = [one.name for one in organisations]
    pairs = alike(names, names, at_least=ALIKE)
    found = [
        Alike(organisations[one], organisations[other], likeness)
        for one, other, likeness in pairs
        if one < other and _NUMBERS.findall(names[one]) == _NUMBERS.findall(names[other])
    ]
    return sorted(found, key=lambda pair: -pair.likeness)


def entries_behind(edition: Edition, organisation: Organisation) -> QuerySet[Entry]:
    """Return the entries of an edition behind which an organisation stands, alone or with others."""
    theirs = Q(case__organisation=organisation) | Q(case__parties__organisation=organisation)
    found = Entry.objects.filter(theirs, edition=edition).distinct()
    return found.select_related("case__organisation", "category").order_by("code")
