"""What jurors ask the organiser about entries, and the answers."""

from django.db.models import Exists, F, OuterRef, QuerySet

from kaaring.jury.models import Assignment, Query
from kaaring.programmes.models import Edition

IS_ASKED_ABOUT = Exists(
    Query.objects.filter(assignment__entry=OuterRef("entry"), assignment__stage=OuterRef("stage")).order_by()
)
"""Whether anything was asked about the entry of an assignment, for a query of assignments."""


def asked_about(assignment: Assignment) -> QuerySet[Query]:
    """Return what a juror may read: the own questions, and those of others about the entry once answered."""
    about = Query.objects.filter(assignment__entry=assignment.entry_id, assignment__stage=assignment.stage_id)
    return (about.filter(assignment=assignment) | about.filter(answered_at__isnull=False)).order_by("pk")


def asked_in(edition: Edition) -> QuerySet[Query]:
    """Return everything jurors of an edition have asked: what waits for an answer first, then the newest."""
    found = Query.objects.filter(assignment__stage__edition=edition)
    return found.select_related(
        "assignment__juror",
        "assignment__stage",
        "assignment__entry__case",
        "assignment__entry__category",
        "answered_by",
    ).order_by(F("answered_at").desc(nulls_first=True), "pk")


def open_count(edition: Edition) -> int:
    """Return how many questions wait for an answer."""
    return Query.objects.filter(assignment__stage__edition=edition, answered_at=None).count()
