"""Who reads what in a stage, and how far each juror has come."""

from typing import NamedTuple

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from kaaring.entries.models import Entry
from kaaring.jury.models import Admission, Assignment, Juror, Stage
from kaaring.jury.queries.jurors import jurors_of
from kaaring.programmes.models import Edition


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

    @property
    def share(self) -> float:
        """What part of it is finished."""
        return self.done / self.assigned if self.assigned else 0.0


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


class Counts(NamedTuple):
    """How much there is in a stage: entries, readings assigned, and readings finished."""

    entries: int = 0
    assigned: int = 0
    done: int = 0

    @property
    def share(self) -> float:
        """What part of the readings is finished."""
        return self.done / self.assigned if self.assigned else 0.0


def counts_by_stage(edition: Edition) -> dict[int, Counts]:
    """Return how much there is in each stage of an edition, by the stage's key."""
    admitted = Admission.objects.filter(stage__edition=edition, ended_at=None, entry__withdrawn_at=None)
    entries = dict(admitted.order_by().values_list("stage").annotate(Count("pk")))
    here = Admission.objects.filter(stage=OuterRef("stage"), entry=OuterRef("entry"), ended_at=None)
    reading = Assignment.objects.filter(
        Exists(here), stage__edition=edition, ended_at=None, entry__withdrawn_at=None
    )
    is_done = Q(scorecard__submitted_at__isnull=False)
    rows = (
        reading.order_by()
        .values_list("stage")
        .annotate(assigned=Count("pk"), done=Count("pk", filter=is_done))
    )
    read = {stage: (assigned, done) for stage, assigned, done in rows}
    return {stage: Counts(entries.get(stage, 0), *read.get(stage, (0, 0))) for stage in {*entries, *read}}


def with_readings(entries: QuerySet[Entry], stage: Stage) -> QuerySet[Entry]:
    """Count for each entry how many read it in a stage (``assigned``), and how many have finished."""
    now = Q(assignments__stage=stage, assignments__ended_at=None)
    final = now & Q(assignments__scorecard__submitted_at__isnull=False)
    return entries.annotate(
        assigned=Count("assignments", filter=now), done=Count("assignments", filter=final)
    )


def assigned_by_entry(stage: Stage) -> dict[int, int]:
    """Return how many jurors read each entry in a stage, by the entry's key; ended assignments left out."""
    reading = Assignment.objects.filter(stage=stage, ended_at=None).order_by()
    return dict(reading.values_list("entry").annotate(Count("pk")))


def unfinished_by_entry(stage: Stage) -> dict[int, int]:
    """Return how many scorecards are to come for each entry in a stage, by the entry's key."""
    waiting = assignments_in(stage).filter(scorecard__submitted_at=None, juror__removed_at=None)
    return dict(waiting.select_related(None).order_by().values_list("entry").annotate(Count("pk")))
