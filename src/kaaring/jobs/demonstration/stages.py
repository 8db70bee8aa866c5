"""The stages of a demonstration: opened, filled and assigned as the organiser would, each in its period."""

from datetime import datetime, timedelta

from kaaring.jury.actions.assignments import store_assignments
from kaaring.jury.actions.stages import admit, open_stage
from kaaring.jury.models import Stage
from kaaring.jury.queries.planning import plan_assignment
from kaaring.jury.queries.stages import Period, announced_period, jury_of
from kaaring.people.models import User
from kaaring.programmes.models import Edition
from kaaring.results.queries.juried.shortlists import shortlists_in

SEED = 7


def period_of(edition: Edition, code: str) -> Period:
    """Return the period that the rules announce for a stage."""
    jury = jury_of(edition)
    assert jury is not None
    found = next(announced_period(edition, one) for one in jury.stages if one.code == code)
    assert found is not None
    return found


def open_first(edition: Edition, code: str, organiser: User, *, at: datetime) -> Stage:
    """Open the first stage, into which goes what is submitted, and say who reads what."""
    period = period_of(edition, code)
    stage = open_stage(edition, code, **period._asdict(), by=organiser.public_id, at=at)
    assign(stage, organiser, at=at + timedelta(hours=1))
    return stage


def open_next(before: Stage, code: str, organiser: User, *, at: datetime) -> Stage:
    """Open the next stage, with those whom the rules let go on; who reads what is said apart."""
    by = organiser.public_id
    stage = open_stage(before.edition, code, **period_of(before.edition, code)._asdict(), by=by, at=at)
    going_on = [entry for drawn in shortlists_in(before) for entry in drawn.entries]
    admit(stage.pk, going_on, by=by, at=at)
    return stage


def assign(stage: Stage, organiser: User, *, at: datetime) -> None:
    """Plan who reads what in a stage, and take the plan."""
    plan = plan_assignment(stage, seed=SEED)
    store_assignments(stage, plan, by=organiser.public_id, at=at)
