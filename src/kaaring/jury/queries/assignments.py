"""Who reads what in a stage, and how far each juror has come."""

from typing import NamedTuple

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from kaaring.jury.models import Admission, Assignment, Juror, Stage
from kaaring.jury.queries.jurors import jurors_of


def assignments_in(stage: Stage) -> QuerySet[Assignment]:
    """Return who reads what in a stage now: neither ended ones nor the calibration entry."""
    here = Admission.objects.filter(stage=OuterRef("stage"), entry=OuterRef("entry"), ended_at=None)
    found = Assignment.objects.filter(Exists(here), stage=stage, ended_at=None, entry__withdrawn_at=None)
    return found.select_related("juror", "entry").order_by("entry__code", "juror__name", "pk")


class Progress(NamedTuple):
    """How far a juror has come in a stage: entries assigned, begun and finished."""

    juror: Juror
    assigned: int
    begun: int
    done: int


def progress_of(stage: Stage) -> list[Progress]:
    """Return how far each juror has come in a stage; those with nothing to read stand there with 0."""
    counts = (
        assignments_in(stage)
        .select_related(None)
        .order_by()
        .values_list("juror")
        .annotate(
            assigned=Count("pk"),
            begun=Count("scorecard"),
            done=Count("scorecard", filter=Q(scorecard__submitted_at__isnull=False)),
        )
    )
    by_juror = {juror: (assigned, begun, done) for juror, assigned, begun, done in counts}
    return [Progress(one, *by_juror.get(one.pk, (0, 0, 0))) for one in jurors_of(stage.edition)]
