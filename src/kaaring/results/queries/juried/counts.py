"""How many entries, jurors and conflicts of interest there were in each category: said of it in public."""

from collections import Counter
from typing import TypedDict

from django.db.models import Count

from kaaring.entries.models import Entry
from kaaring.jury.queries.recusals import blocked_pairs
from kaaring.programmes.models import Edition
from kaaring.results.queries.juried.inputs import counted_in_edition


class Counts(TypedDict):
    """What is counted in a category; ``recusals`` are jurors kept from single entries."""

    entries: int
    jurors: int
    recusals: int


def counts_of(edition: Edition) -> dict[str, Counts]:
    """Return the counts of each category in which entries were judged, by its code."""
    judged = Entry.objects.filter(
        edition=edition, withdrawn_at=None, admissions__isnull=False, admissions__ended_at=None
    )
    category = dict(judged.values_list("pk", "category__code").distinct())
    jurors = counted_in_edition(edition).order_by().values_list("assignment__entry__category__code")
    read = dict(jurors.annotate(jurors=Count("assignment__juror", distinct=True)))
    entries = Counter(category.values())
    recusals = Counter(category[entry] for _juror, entry in blocked_pairs(edition) if entry in category)
    return {
        code: Counts(entries=count, jurors=read.get(code, 0), recusals=recusals[code])
        for code, count in sorted(entries.items())
    }
