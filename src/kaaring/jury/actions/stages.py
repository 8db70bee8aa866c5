"""Opening, moving and closing stages; letting entries in and taking them out."""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kaaring.audit.actions import record
from kaaring.entries.models import Entry
from kaaring.jury.actions.assigning import give_calibration, hold_stage, leave_entry
from kaaring.jury.models import Admission, Stage
from kaaring.jury.queries import stages as queries
from kaaring.jury.queries.marking import unfinished_in
from kaaring.jury.rules import stages as may
from kaaring.jury.rules.oneself import against_own_unfinished
from kaaring.kernel.refused import refuse
from kaaring.programmes.definition.schema.jury import Stage as StageRules
from kaaring.programmes.models import Edition
from kaaring.programmes.queries import chain_of


@transaction.atomic
def open_stage(
    edition: Edition, code: str, *, opens_at: datetime, closes_at: datetime, by: str, at: datetime
) -> Stage:
    """Give a stage of the rules its period; every submitted entry goes into the first."""
    Edition.objects.select_for_update().get(pk=edition.pk)
    jury = queries.jury_of(edition)
    refuse(may.against_opening(edition, code, jury, opens_at=opens_at, closes_at=closes_at, at=at))
    return _begin(edition, code, queries.Period(opens_at, closes_at), by=by, at=at)


def stage_for_import(edition: Edition, rules: StageRules, *, by: str, at: datetime) -> Stage:
    """Return the stage that an import belongs to; one without a period gets the one it presumably had.

    Runs inside a transaction that holds the edition.
    """
    found = Stage.objects.select_for_update().filter(edition=edition, code=rules.code).first()
    period = queries.presumed_period(edition, rules, at=at)
    return found or _begin(edition, rules.code, period, by=by, at=at)


def let_in_brought(stage: Stage, entries: Collection[int], *, by: str, at: datetime) -> None:
    """Let entries into a stage, by their keys, for which an import brings something in."""
    _let_in(stage, [one for one in queries.not_yet_in(stage) if one.pk in entries], by=by, at=at)


def _begin(edition: Edition, code: str, period: queries.Period, *, by: str, at: datetime) -> Stage:
    """Make a stage; every submitted entry goes into the first of the rules."""
    opens_at, closes_at = period
    stage = Stage.objects.create(edition=edition, code=code, opens_at=opens_at, closes_at=closes_at)
    _record(stage, "stage_opened", by=by, at=at, details=_period(stage))
    if queries.is_first(stage, queries.jury_of(edition)):
        _let_in(stage, list(queries.not_yet_in(stage)), by=by, at=at)
    return stage


@transaction.atomic
def move_stage(
    stage_id: int, *, opens_at: datetime, closes_at: datetime, why: str = "", by: str, at: datetime
) -> Stage:
    """Move the period of a stage. Where nothing differs, nothing happens.

    Once it has opened, nobody moves it who has scorecards to finish in it.
    """
    stage = hold_stage(stage_id)
    jury = queries.jury_of(stage.edition)
    after = queries.stage_after(stage, jury)
    named = may.called(stage, jury)
    refuse(may.against_moving(stage, named, opens_at=opens_at, closes_at=closes_at, at=at, after=after))
    if (stage.opens_at, stage.closes_at) == (opens_at, closes_at):
        return stage
    before = _period(stage)
    if stage.opens_at <= at:
        refuse(against_own_unfinished(unfinished_in(stage, by=by).count(), named))
    stage.opens_at, stage.closes_at = opens_at, closes_at
    stage.save(update_fields=["opens_at", "closes_at"])
    _record(stage, "stage_moved", by=by, at=at, why=why, details={**_period(stage), "before": before})
    return stage


@transaction.atomic
def close_stage(stage_id: int, *, why: str = "", by: str, at: datetime) -> Stage:
    """Close an open stage now. Drafts stay drafts and can still be read."""
    stage = hold_stage(stage_id)
    named = _called(stage)
    refuse(may.against_closing(stage, named, at=at))
    refuse(against_own_unfinished(unfinished_in(stage, by=by).count(), named))
    stage.closes_at = at
    stage.save(update_fields=["closes_at"])
    _record(stage, "stage_closed", by=by, at=at, why=why)
    return stage


@transaction.atomic
def admit(stage_id: int, entry_ids: Collection[int], *, by: str, at: datetime) -> int:
    """Let entries into a stage as the rules say, and return how many are new.

    Into the first goes what is submitted, into a later one what its shortlist rule sends on from the stage
    before. What was in the stage already stays as it is, also what was taken out by hand.
    """
    stage = hold_stage(stage_id)
    jury = queries.jury_of(stage.edition)
    entries = list(Entry.objects.filter(pk__in=entry_ids).order_by("code"))
    refuse(may.against_admitting(stage, may.called(stage, jury), entries, at=at))
    if not queries.is_first(stage, jury):
        before = queries.stage_before(stage, jury)
        was_in = set(queries.entries_in(before).values_list("pk", flat=True)) if before else set()
        refuse(may.against_going_on(entries, before, was_in))
    known = set(Admission.objects.filter(stage=stage).values_list("entry_id", flat=True))
    return _let_in(stage, [entry for entry in entries if entry.pk not in known], by=by, at=at)


def admit_submitted(stage_id: int, *, by: str, at: datetime) -> int:
    """Let every submitted entry that has never been in the first stage into it; return how many are new."""
    stage = Stage.objects.select_related("edition").get(pk=stage_id)
    waiting = queries.not_yet_in(stage).values_list("pk", flat=True)
    return admit(stage_id, list(waiting), by=by, at=at)


@transaction.atomic
def admit_by_hand(stage_id: int, entry_id: int, *, reason: str, by: str, at: datetime) -> Admission:
    """Put an entry into a stage, whatever the rules say, with the reason."""
    stage = hold_stage(stage_id)
    entry = Entry.objects.get(pk=entry_id)
    refuse(may.against_no_reason(reason) or may.against_admitting(stage, _called(stage), [entry], at=at))
    admission, is_new = Admission.objects.get_or_create(
        stage=stage, entry=entry, defaults={"admitted_at": at, "reason": reason.strip()}
    )
    if not is_new and admission.ended_at is None:
        return admission
    admission.admitted_at, admission.reason, admission.ended_at = at, reason.strip(), None
    admission.save(update_fields=["admitted_at", "reason", "ended_at"])
    _record(stage, "entries_admitted", by=by, at=at, why=reason.strip(), details={"entries": [entry.code]})
    return admission


@transaction.atomic
def end_admission(stage_id: int, entry_id: int, *, reason: str, by: str, at: datetime) -> Admission:
    """Take an entry out of a stage with a reason; who has not finished reading it need not."""
    stage = hold_stage(stage_id)
    found = Admission.objects.select_for_update(of=("self",)).select_related("entry")
    admission = found.filter(stage=stage, entry=entry_id).first()
    refuse(may.against_ending_admission(admission, reason=reason))
    assert admission is not None
    own = unfinished_in(stage, by=by).filter(entry=entry_id)
    refuse(against_own_unfinished(own.count(), _called(stage)))
    admission.ended_at, admission.reason = at, reason.strip()
    admission.save(update_fields=["ended_at", "reason"])
    leave_entry(stage, admission.entry, reason=reason.strip(), at=at)
    _record(
        stage,
        "admission_ended",
        by=by,
        at=at,
        why=reason.strip(),
        details={"entry": admission.entry.code},
    )
    return admission


@transaction.atomic
def choose_calibration(stage_id: int, entry_id: int | None, *, by: str, at: datetime) -> Stage:
    """Choose the entry that every juror of a stage marks first, or none; its scorecards count nowhere."""
    stage = hold_stage(stage_id)
    entry = Entry.objects.get(pk=entry_id) if entry_id is not None else None
    jury = queries.jury_of(stage.edition)
    named = may.called(stage, jury)
    refuse(may.against_calibrating_what_compares(stage, named, jury) if entry else None)
    refuse(may.against_calibrating(stage, named, entry, at=at))
    if stage.calibration_id == entry_id:
        return stage
    if stage.calibration is not None:
        leave_entry(stage, stage.calibration, reason=_("Another entry is used for calibration."), at=at)
    stage.calibration = entry
    stage.save(update_fields=["calibration"])
    give_calibration(stage, at=at)
    _record(stage, "calibration_chosen", by=by, at=at, details={"entry": entry.code if entry else None})
    return stage


def _called(stage: Stage) -> str:
    return may.called(stage, queries.jury_of(stage.edition))


def _let_in(stage: Stage, entries: Collection[Entry], *, by: str, at: datetime) -> int:
    Admission.objects.bulk_create(Admission(stage=stage, entry=entry, admitted_at=at) for entry in entries)
    if entries:
        details = {"entries": sorted(entry.code for entry in entries)}
        _record(stage, "entries_admitted", by=by, at=at, details=details)
    return len(entries)


def _period(stage: Stage) -> dict[str, str]:
    return {"opens_at": stage.opens_at.isoformat(), "closes_at": stage.closes_at.isoformat()}


def _record(
    stage: Stage,
    doing: str,
    *,
    by: str,
    at: datetime,
    why: str = "",
    details: Mapping[str, object] | None = None,
) -> None:
    record(chain_of(stage.edition), doing, stage.code, by=by, at=at, why=why, details=details)
