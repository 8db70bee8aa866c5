"""Jurors' remarks to entrants: those to look at, those released, those held back."""

from typing import NamedTuple

from django.db.models import Count, F, Q, QuerySet

from kaaring.entries.models import Entry
from kaaring.jury.models import Scorecard
from kaaring.jury.queries.closed import Closed
from kaaring.programmes.models import Edition


class RemarkCounts(NamedTuple):
    """How many remarks nobody has looked at, how many are released, and how many are held back."""

    waiting: int
    released: int
    held_back: int


def remarks_in(edition: Edition) -> QuerySet[Scorecard]:
    """Return the scorecards of an edition that count and hold a remark to the entrant, entry by entry."""
    return (
        Scorecard.objects.filter(
            assignment__stage__edition=edition,
            assignment__entry__withdrawn_at=None,
            submitted_at__isnull=False,
            excluded_at=None,
        )
        .exclude(remark="")
        .exclude(assignment__entry=F("assignment__stage__calibration"))
        .select_related(
            "assignment__entry__case__organisation",
            "assignment__entry__category",
            "assignment__juror",
            "assignment__stage",
        )
        .order_by("assignment__entry__code", "assignment__stage__opens_at", "pk")
    )


def remarks_outside(closed: Closed, edition: Edition) -> QuerySet[Scorecard]:
    """Return the remarks of an edition without those in contests that are closed to somebody."""
    return remarks_in(edition).exclude(assignment__entry__in=closed.entries)


def waiting(remarks: QuerySet[Scorecard]) -> QuerySet[Scorecard]:
    """Return those of some remarks that nobody has looked at."""
    return remarks.filter(moderated=None)


def released(remarks: QuerySet[Scorecard]) -> QuerySet[Scorecard]:
    """Return those of some remarks that are released."""
    return remarks.filter(moderated__gt="")


def held_back(remarks: QuerySet[Scorecard]) -> QuerySet[Scorecard]:
    """Return those of some remarks that are held back."""
    return remarks.filter(moderated="")


def remark_counts(remarks: QuerySet[Scorecard]) -> RemarkCounts:
    """Return how many of some remarks wait, are released, and are held back; one query."""
    found = remarks.aggregate(
        waiting=Count("pk", filter=Q(moderated=None)),
        released=Count("pk", filter=Q(moderated__gt="")),
        held_back=Count("pk", filter=Q(moderated="")),
    )
    return RemarkCounts(**found)


def remarks_to(entry: Entry) -> list[str]:
    """Return the remarks released to an entrant, in an order that tells nothing of whose they are."""
    found = released(remarks_in(entry.edition)).filter(assignment__entry=entry).order_by("public_id")
    return [text for text in found.values_list("moderated", flat=True) if text]
