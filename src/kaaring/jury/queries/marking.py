"""What a juror marks, and what stands in the way."""

from datetime import datetime
from typing import NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Sum

from kaaring.entries.models import Case
from kaaring.jury.models import Admission, Assignment, Recusal, Stage
from kaaring.people.models import User


class Obstacles(NamedTuple):
    """What keeps a juror from marking an entry: a conflict of interest, or calibration that is due first."""

    is_recused: bool
    is_calibration_due: bool


def closed_cases(juror: int) -> frozenset[int]:
    """Return the keys of the cases that a juror has a conflict of interest with.

    One with an organisation closes all cases that it enters or has a part in. It takes one query for most
    jurors, and a second for those with a conflict with an organisation.
    """
    found = Recusal.objects.filter(juror=juror, dismissed_at=None).order_by()
    pairs = list(found.values_list("case", "organisation"))
    closed = {case for case, _organisation in pairs if case is not None}
    if organisations := [organisation for _case, organisation in pairs if organisation is not None]:
        theirs = Q(organisation__in=organisations) | Q(parties__organisation__in=organisations)
        closed |= set(Case.objects.filter(theirs).order_by().values_list("pk", flat=True))
    return frozenset(closed)


def obstacles_of(assignment: Assignment) -> Obstacles:
    """Return what keeps its juror from marking an entry now."""
    closed = closed_cases(assignment.juror_id)
    is_recused = assignment.entry.case_id in closed
    return Obstacles(is_recused, not is_recused and _is_calibration_due(assignment, closed))


def _is_calibration_due(assignment: Assignment, closed: frozenset[int]) -> bool:
    stage = assignment.stage
    if stage.calibration_id in (None, assignment.entry_id):
        return False
    waiting = Assignment.objects.filter(
        stage=stage,
        juror=assignment.juror_id,
        entry=stage.calibration_id,
        entry__withdrawn_at=None,
        ended_at=None,
        scorecard__submitted_at=None,
    )
    return waiting.exclude(entry__case__in=closed).exists()


_UNFINISHED = Assignment.objects.filter(
    juror__removed_at=None, ended_at=None, entry__withdrawn_at=None, scorecard__submitted_at=None
)


def unfinished_of(user: User, *, at: datetime) -> QuerySet[Assignment]:
    """Return what a person is to mark as a juror in stages that are open, and has not finished."""
    return _UNFINISHED.filter(juror__user=user, stage__opens_at__lte=at, stage__closes_at__gt=at)


def unfinished_in(stage: Stage, *, by: str) -> QuerySet[Assignment]:
    """Return what somebody has not finished as a juror in a stage, whether that is open or not."""
    return _UNFINISHED.filter(juror__user__public_id=by, stage=stage)


def assignments_to_mark() -> QuerySet[Assignment]:
    """Return assignments with their scorecard, juror, stage, edition and entry, in one query."""
    return Assignment.objects.select_related("stage__edition", "entry__category", "juror__user", "scorecard")


_IN_THE_STAGE = Exists(
    Admission.objects.filter(stage=OuterRef("stage"), entry=OuterRef("entry"), ended_at=None)
)
_GIVEN = assignments_to_mark().filter(
    Q(_IN_THE_STAGE) | Q(entry=F("stage__calibration")),
    juror__removed_at=None,
    ended_at=None,
    entry__withdrawn_at=None,
)
"""Put together once: that costs more than running it."""


def given_to(user: User | AnonymousUser, *, at: datetime) -> QuerySet[Assignment]:
    """Return what has been given to a person as juror, in stages that have opened.

    Nobody may read those of ``closed_cases``, which are among them.
    """
    if not user.is_authenticated:
        return Assignment.objects.none()
    return _GIVEN.filter(juror__user=user, stage__opens_at__lte=at)


def same_contest(assignment: Assignment) -> QuerySet[Assignment]:
    """Return what else its juror reads in the same stage, category and division.

    The calibration case competes with nothing.
    """
    entry, calibration = assignment.entry, assignment.stage.calibration_id
    if entry.pk == calibration:
        return Assignment.objects.none()
    found = Assignment.objects.filter(
        stage=assignment.stage_id,
        juror=assignment.juror_id,
        ended_at=None,
        entry__category=entry.category_id,
        entry__division=entry.division,
        entry__withdrawn_at=None,
    ).exclude(pk=assignment.pk)
    return found.exclude(entry=calibration) if calibration else found


def ranks_given(assignment: Assignment) -> set[int]:
    """Return the ranks that its juror has given to other entries of the category for good."""
    final = same_contest(assignment).filter(scorecard__submitted_at__isnull=False)
    ranks = final.values_list("scorecard__rank", flat=True)
    return {rank for rank in ranks if rank is not None}


def points_given(assignment: Assignment) -> int:
    """Return how many points its juror has given to other entries of the category for good."""
    final = same_contest(assignment).filter(scorecard__submitted_at__isnull=False)
    return final.aggregate(given=Sum("scorecard__points"))["given"] or 0
