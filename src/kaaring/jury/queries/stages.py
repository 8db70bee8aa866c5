"""Stages: their rules, their periods, and the entries in them."""

from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import Exists, Min, OuterRef, QuerySet

from kaaring.entries.models import Entry
from kaaring.jury.models import Admission, Stage
from kaaring.jury.rules import stages as may
from kaaring.kernel.refused import refuse
from kaaring.programmes.definition.schema import Jury
from kaaring.programmes.definition.schema.jury import Stage as StageRules
from kaaring.programmes.models import Edition, Rules
from kaaring.programmes.queries import definition_of, rules_in_force


class Period(NamedTuple):
    """When a stage is open: from ``opens_at`` until ``closes_at``, which is not included."""

    opens_at: datetime
    closes_at: datetime


def jury_of(edition: Edition) -> Jury | None:
    """Return how the edition's jury works by the rules in force, None where there are none or no jury."""
    newest = Rules.objects.filter(edition=edition).order_by("-number").first()
    return definition_of(newest).jury if newest else None


def stages_of(edition: Edition) -> QuerySet[Stage]:
    """Return the stages of an edition that have a period, in the order in which they open."""
    return Stage.objects.filter(edition=edition).select_related("edition__programme__organiser")


def stage_called(edition: Edition, code: str) -> Stage:
    """Return a stage by its code; refused where the rules have none of that code, or it has no period."""
    refuse(may.against_a_stage_unknown(edition, code, jury_of(edition)))
    stage = stages_of(edition).filter(code=code).first()
    refuse(may.against_no_period(stage, code))
    assert stage is not None
    return stage


def rules_of(stage: Stage) -> StageRules | None:
    """Return what the rules in force say of a stage, None where they no longer have it."""
    jury = jury_of(stage.edition)
    return next((one for one in jury.stages if one.code == stage.code), None) if jury else None


def announced_period(edition: Edition, stage: StageRules) -> Period | None:
    """Return the period that the rules give a stage: from midnight to midnight in the edition's time zone."""
    return _from_midnight(edition, stage.period) if stage.period else None


def presumed_period(edition: Edition, stage: StageRules, *, at: datetime) -> Period:
    """Return when a stage took place that nobody opened here: as announced, the judging, or the last day."""
    announced = announced_period(edition, stage)
    judging = definition_of(rules_in_force(edition)).timeline.judging
    return announced or (_from_midnight(edition, judging) if judging else Period(at - timedelta(days=1), at))


def _from_midnight(edition: Edition, days: tuple[date, date]) -> Period:
    clock = ZoneInfo(edition.timezone)
    first, after = days[0], days[1] + timedelta(days=1)
    return Period(datetime.combine(first, time(), clock), datetime.combine(after, time(), clock))


def first_reading(edition: Edition) -> datetime | None:
    """Return when jurors begin to read, None where no stage has a period yet."""
    first: datetime | None = Stage.objects.filter(edition=edition).aggregate(first=Min("opens_at"))["first"]
    return first


def is_open(stage: Stage, *, at: datetime) -> bool:
    """Say whether jurors can mark in a stage now."""
    return stage.opens_at <= at < stage.closes_at


def stage_before(stage: Stage, jury: Jury | None) -> Stage | None:
    """Return the stage that stands before this one in the rules, None for the first or without a period."""
    return _beside(stage, jury, -1)


def stage_after(stage: Stage, jury: Jury | None) -> Stage | None:
    """Return the stage that stands after this one in the rules, None for the last or without a period."""
    return _beside(stage, jury, 1)


def _beside(stage: Stage, jury: Jury | None, step: int) -> Stage | None:
    codes = [one.code for one in jury.stages] if jury else []
    place = codes.index(stage.code) + step if stage.code in codes else -1
    if not 0 <= place < len(codes):
        return None
    return Stage.objects.filter(edition=stage.edition_id, code=codes[place]).first()


def is_first(stage: Stage, jury: Jury | None) -> bool:
    """Say whether a stage is the first in the rules: every submitted entry goes into that."""
    return jury is not None and jury.stages[0].code == stage.code


def submitted(edition: Edition) -> QuerySet[Entry]:
    """Return the entries that are judged: submitted and not withdrawn."""
    return Entry.objects.filter(edition=edition, submitted_at__isnull=False, withdrawn_at=None)


def entries_in(stage: Stage) -> QuerySet[Entry]:
    """Return the entries that are in a stage now, with their cases; withdrawn ones have left it."""
    here = Admission.objects.filter(stage=stage, entry=OuterRef("pk"), ended_at=None)
    found = Entry.objects.filter(Exists(here), withdrawn_at=None)
    return found.select_related("case__organisation", "category").order_by("code")


def not_yet_in(stage: Stage) -> QuerySet[Entry]:
    """Return the submitted entries that have never been in a stage and do not serve for calibration."""
    here = Admission.objects.filter(stage=stage, entry=OuterRef("pk"))
    found = submitted(stage.edition).filter(~Exists(here))
    if stage.calibration_id:
        found = found.exclude(pk=stage.calibration_id)
    return found.select_related("case__organisation", "category").order_by("code")
