"""Who reads what: taking a plan, and changing it by hand."""

from collections.abc import Set
from datetime import datetime
from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from kaaring.audit.actions import record
from kaaring.entries.models import Entry
from kaaring.jury.actions.assigning import assign, give_calibration, hold_juror, hold_stage, update
from kaaring.jury.actions.recusals import detect_recusals
from kaaring.jury.models import Assignment, Juror, Stage
from kaaring.jury.queries import stages
from kaaring.jury.queries.detection import detected, pairs_found
from kaaring.jury.queries.ground import ground_of
from kaaring.jury.queries.plans import Plan
from kaaring.jury.queries.recusals import Pair, blocked_pairs
from kaaring.jury.rules import assignments as may
from kaaring.jury.rules.oneself import against_deciding_about_oneself
from kaaring.jury.rules.stages import called
from kaaring.kernel.refused import refuse
from kaaring.programmes.queries import chain_of


class Stored(NamedTuple):
    """How many assignments are new, ended because the plan does without them, and stayed."""

    new: int
    ended: int
    stayed: int


@transaction.atomic
def store_assignments(stage: Stage, plan: Plan, *, by: str, at: datetime) -> Stored:
    """Take a plan: assign what is in it, and end what is not, save what was begun or done by hand.

    Refused where anything that the plan was made on has changed since. Once the stage has opened, nobody
    takes a plan that changes what they read themselves.
    """
    locked = hold_stage(stage.pk)
    list(Assignment.objects.select_for_update().filter(stage=locked).order_by("pk").values_list("pk"))
    detect_recusals(locked.edition, by=by, at=at)
    ground = ground_of(locked)
    named = _called(locked)
    refuse(
        may.against_storing(
            locked, named, planned=plan.stage, planned_on=plan.digest, now=ground.digest, at=at
        )
    )
    wanted = set(plan.pairs) - ground.fixed
    standing = _replaceable(locked)
    gone = {pair: key for pair, key in standing.items() if pair not in wanted}
    if locked.opens_at <= at:
        own = _own_among({*gone, *(wanted - standing.keys())}, by=by)
        refuse(against_deciding_about_oneself(own, by=by))
    update(gone.values(), ended_at=at, ended_reason=_("The new plan does not include this reading."))
    new = assign(locked, wanted, by_lottery=frozenset(plan.by_lottery), at=at)
    give_calibration(locked, at=at)
    stored = Stored(new, len(gone), len(plan.pairs) - new)
    details = {**stored._asdict(), "seed": plan.seed, "ground": plan.digest}
    record(chain_of(locked.edition), "assignments_stored", locked.code, by=by, at=at, details=details)
    return stored


def _replaceable(stage: Stage) -> dict[Pair, int]:
    """Return the open assignments that nobody made by hand or has begun, the calibration entry left out."""
    rows = Assignment.objects.filter(stage=stage, ended_at=None, is_manual=False, scorecard=None)
    if stage.calibration_id is not None:
        rows = rows.exclude(entry=stage.calibration_id)
    return {(juror, entry): key for juror, entry, key in rows.values_list("juror_id", "entry_id", "pk")}


def _own_among(pairs: Set[Pair], *, by: str) -> Juror | None:
    """Return the juror that somebody is, if among these pairs of juror and entry."""
    own = Juror.objects.filter(user__public_id=by, pk__in={juror for juror, _entry in pairs})
    return own.select_related("user").first()


@transaction.atomic
def assign_by_hand(stage_id: int, entry_id: int, juror_id: int, *, by: str, at: datetime) -> Assignment:
    """Give a juror an entry to read; plans made later keep it. What comparing finds now stands against it."""
    stage = hold_stage(stage_id)
    entry = Entry.objects.get(pk=entry_id)
    juror = hold_juror(juror_id)
    refuse(against_deciding_about_oneself(juror, by=by))
    found = pairs_found(stage.edition, detected(stage.edition))
    is_blocked = (juror.pk, entry.pk) in found | blocked_pairs(stage.edition, juror=juror)
    refuse(may.against_assigning(stage, _called(stage), entry, juror, is_blocked=is_blocked, at=at))
    assign(stage, {(juror.pk, entry.pk)}, is_manual=True, at=at)
    give_calibration(stage, at=at)
    _record(stage, "assigned_by_hand", entry, juror, by=by, at=at)
    return Assignment.objects.get(stage=stage, entry=entry, juror=juror)


@transaction.atomic
def end_assignment(assignment_id: int, *, reason: str, by: str, at: datetime) -> Assignment:
    """Let a juror no longer read an entry, with the reason; plans made later keep to it."""
    locked = Assignment.objects.select_for_update(of=("self",))
    told = locked.select_related("stage__edition__programme", "entry", "juror__user")
    assignment = told.get(pk=assignment_id)
    is_final = Assignment.objects.filter(pk=assignment.pk, scorecard__submitted_at__isnull=False).exists()
    refuse(against_deciding_about_oneself(assignment.juror, by=by))
    refuse(may.against_ending(assignment, is_final=is_final, reason=reason))
    assignment.ended_at, assignment.ended_reason, assignment.is_manual = at, reason.strip(), True
    assignment.save(update_fields=["ended_at", "ended_reason", "is_manual"])
    _record(
        assignment.stage,
        "assignment_ended",
        assignment.entry,
        assignment.juror,
        by=by,
        at=at,
        why=assignment.ended_reason,
    )
    return assignment


def _called(stage: Stage) -> str:
    return called(stage, stages.jury_of(stage.edition))


def _record(
    stage: Stage, doing: str, entry: Entry, juror: Juror, *, by: str, at: datetime, why: str = ""
) -> None:
    details = {"stage": stage.code, "juror": juror.code}
    record(chain_of(stage.edition), doing, entry.code, by=by, at=at, why=why, details=details)
