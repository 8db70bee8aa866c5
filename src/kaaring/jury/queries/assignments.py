"""Who reads what in a stage, and how far each juror has come."""

from typing import NamedTuple

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from kaaring.entries.models import Entry
from kaaring.jury.models import Admission, Assignment, Juror, Stage
from kaaring.programmes.models import Edition

_READINGS = Assignment.objects.filter(
    Exists(Admission.objects.filter(stage=OuterRef("stage"), entry=OuterRef("entry"), ended_at=None)),
    ended_at=None,
    entry__withdrawn_at=None,
)
"""What is read now, wherever readings are counted: what has ended and the calibration entry are not among
them, what a juror finished before leaving is."""
_DONE = Q(scorecard__submitted_at__isnull=False)


def assignments_in(stage: Stage) -> QuerySet[Assignment]:
    """Return who reads what in a stage now: neither ended ones nor the calibration entry."""
    found = _READINGS.filter(stage=stage).select_related("juror", "entry")
    return found.order_by("entry__code", "juror__name", "pk")


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
    """Return how far each juror has come in a stage; those with nothing to read stand there with 0.

    Who left the jury comes last, with what was finished before.
    """
    counts = (
        assignments_in(stage)
        .select_related(None)
        .order_by()
        .values_list("juror")
        .annotate(
            assigned=Count("pk"),
            begun=Count("scorecard"),
            done=Count("scorecard", filter=_DONE),
        )
    )
    by_juror = {juror: (assigned, begun, done) for juror, assigned, begun, done in counts}
    jurors = Juror.objects.filter(Q(removed_at=None) | Q(pk__in=list(by_juror)), edition=stage.edition_id)
    jurors = jurors.order_by(F("removed_at").asc(nulls_first=True), "name", "pk")
    return [Progress(one, *by_juror.get(one.pk, (0, 0, 0))) for one in jurors]


class Counts(NamedTuple):
    """How much there is in a stage: entries, readings assigned, and readings finished."""

    entries: int = 0
    assigned: int = 0
    done: int = 0

    @property
    def share(self) -> float:
        """What part of the readings is finished."""
        return self.done / self.assigned if self.assigned else 0.0

    @property
    def left(self) -> int:
        """How many readings are not finished."""
        return self.assigned - self.done


def counts_by_stage(edition: Edition) -> dict[int, Counts]:
    """Return how much there is in each stage of an edition, by the stage's key."""
    admitted = Admission.objects.filter(stage__edition=edition, ended_at=None, entry__withdrawn_at=None)
    entries = dict(admitted.order_by().values_list("stage").annotate(Count("pk")))
    readings = _READINGS.filter(stage__edition=edition).order_by().values_list("stage")
    rows = readings.annotate(assigned=Count("pk"), done=Count("pk", filter=_DONE))
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
    """Return how many jurors read each entry in a stage, by the entry's key."""
    readings = _READINGS.filter(stage=stage).order_by()
    return dict(readings.values_list("entry").annotate(Count("pk")))


def unfinished_by_entry(stage: Stage) -> dict[int, int]:
    """Return how many scorecards are to come for each entry in a stage, by the entry's key."""
    waiting = _READINGS.filter(stage=stage, scorecard__submitted_at=None, juror__removed_at=None).order_by()
    return dict(waiting.values_list("entry").annotate(Count("pk")))
