"""What several happenings do, inside their transactions and under their audit lines.

Locks are taken in one order: edition, stage or juror, assignments by their keys.
"""

from collections.abc import Collection, Set
from datetime import datetime
from itertools import batched

from django.db.models import QuerySet

from kaaring.entries.models import Entry
from kaaring.jury.models import Assignment, Juror, Stage
from kaaring.jury.queries.recusals import Pair, blocked_pairs
from kaaring.programmes.models import Edition

CHUNK = 1_000
NOBODY: frozenset[Pair] = frozenset()


def hold_stage(stage_id: int) -> Stage:
    """Return a stage that nobody else changes until this transaction ends."""
    Edition.objects.select_for_update(of=("self",)).get(stages=stage_id)
    stages = Stage.objects.select_for_update(of=("self",))
    return stages.select_related("edition__programme__organiser", "calibration").get(pk=stage_id)


def hold_juror(juror_id: int) -> Juror:
    """Return a juror whom nobody else changes until this transaction ends."""
    Edition.objects.select_for_update(of=("self",)).get(jurors=juror_id)
    jurors = Juror.objects.select_for_update(of=("self",))
    return jurors.select_related("edition__programme__organiser", "user").get(pk=juror_id)


def end_unfinished(assignments: QuerySet[Assignment], *, reason: str, at: datetime) -> int:
    """End the open ones among these assignments whose scorecard is not final; return how many there were."""
    still_open = assignments.filter(ended_at=None)
    list(still_open.order_by("pk").select_for_update(of=("self",)).values_list("pk"))
    unfinished = still_open.exclude(scorecard__submitted_at__isnull=False)
    keys = list(unfinished.values_list("pk", flat=True))
    return update(keys, ended_at=at, ended_reason=reason)


def update(keys: Collection[int], **values: object) -> int:
    """Change assignments by their keys, as many at a time as every database takes."""
    return sum(Assignment.objects.filter(pk__in=some).update(**values) for some in batched(keys, CHUNK))


def leave_entry(stage: Stage, entry: Entry, *, reason: str, at: datetime) -> int:
    """Let nobody go on with an entry in a stage; finished scorecards stay."""
    return end_unfinished(Assignment.objects.filter(stage=stage, entry=entry), reason=reason, at=at)


def give_calibration(stage: Stage, *, at: datetime) -> None:
    """Give the calibration entry of a stage to every juror who has something to read in it."""
    calibration = stage.calibration_id
    if calibration is None:
        return
    reading = Assignment.objects.filter(stage=stage, ended_at=None).exclude(entry=calibration)
    jurors = set(reading.values_list("juror", flat=True))
    blocked = {juror for juror, entry in blocked_pairs(stage.edition) if entry == calibration}
    assign(stage, {(juror, calibration) for juror in jurors - blocked}, at=at)


def assign(
    stage: Stage,
    pairs: Set[Pair],
    *,
    by_lottery: Set[Pair] = NOBODY,
    is_manual: bool = False,
    at: datetime,
) -> int:
    """Assign pairs of juror and entry, by their keys; return how many were not assigned before.

    What had ended begins again; what stands already only learns whether it was drawn by lot.
    """
    rows = Assignment.objects.filter(stage=stage).values_list(
        "juror_id", "entry_id", "pk", "ended_at", "is_by_lottery"
    )
    known = {(juror, entry): (key, ended, lot) for juror, entry, key, ended, lot in rows}
    new = sorted(pairs - known.keys())
    Assignment.objects.bulk_create(
        Assignment(
            stage=stage,
            juror_id=juror,
            entry_id=entry,
            is_manual=is_manual,
            is_by_lottery=(juror, entry) in by_lottery,
            assigned_at=at,
        )
        for juror, entry in new
    )
    there = [(pair, *known[pair]) for pair in sorted(pairs & known.keys())]
    again = [key for _pair, key, ended, _lot in there if ended is not None]
    update(again, ended_at=None, ended_reason="", is_manual=is_manual, assigned_at=at)
    for is_lot in (True, False):
        other = [key for pair, key, _ended, lot in there if lot != is_lot and (pair in by_lottery) == is_lot]
        update(other, is_by_lottery=is_lot)
    return len(new) + len(again)
