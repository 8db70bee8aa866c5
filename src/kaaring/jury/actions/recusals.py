"""Conflicts of interest: declared, set, found, confirmed, dismissed."""

from collections.abc import Collection
from datetime import datetime
from typing import Required, TypedDict, Unpack

from django.db import transaction
from django.utils.translation import gettext as _

from kaaring.audit.actions import record
from kaaring.entries.models import Case
from kaaring.jury.actions.assigning import end_unfinished, hold_juror
from kaaring.jury.models import Assignment, Juror, Recusal, Scorecard
from kaaring.jury.queries.detection import detected
from kaaring.jury.queries.recusals import blocked_entries, pairs_of
from kaaring.jury.rules import recusals as may
from kaaring.jury.rules.oneself import against_deciding_about_oneself
from kaaring.kernel.refused import refuse
from kaaring.people.models import Organisation
from kaaring.programmes.models import Edition
from kaaring.programmes.queries import chain_of


class Conflict(TypedDict, total=False):
    """What a conflict is about, an organisation or one case, of what kind it is, and a note."""

    organisation: Organisation | None
    case: Case | None
    kind: Required[str]
    note: str


@transaction.atomic
def declare_recusal(juror_id: int, *, by: str, at: datetime, **conflict: Unpack[Conflict]) -> Recusal:
    """Keep what a juror declares: a conflict with an organisation or with one case."""
    recusal = _store(_wanted(juror_id, conflict, Recusal.Source.DECLARED), by=by, at=at)
    _record(recusal, "recusal_declared", by=by, at=at)
    return recusal


@transaction.atomic
def set_recusal(juror_id: int, *, by: str, at: datetime, **conflict: Unpack[Conflict]) -> Recusal:
    """Keep a conflict of interest that the organiser knows of."""
    recusal = _store(_wanted(juror_id, conflict, Recusal.Source.ORGANISER), by=by, at=at)
    _record(recusal, "recusal_set", by=by, at=at)
    return recusal


def _wanted(juror_id: int, conflict: Conflict, source: Recusal.Source) -> Recusal:
    note = conflict.get("note", "").strip()
    return Recusal(**{**conflict, "juror_id": juror_id, "source": source, "note": note})


def _store(wanted: Recusal, *, by: str, at: datetime) -> Recusal:
    """Keep a conflict, in place of one that was found between the two and waits for a look."""
    wanted.juror = hold_juror(wanted.juror_id)
    alike = Recusal.objects.filter(
        juror=wanted.juror, organisation=wanted.organisation_id, case=wanted.case_id, dismissed_at=None
    )
    standing = alike.first()
    refuse(may.against_recording(wanted, standing))
    if standing is not None:
        wanted.pk, wanted.public_id = standing.pk, standing.public_id
    wanted.noted_at, wanted.noted_by = at, by
    wanted.confirmed_at, wanted.confirmed_by = at, by
    wanted.save()
    _keep_out(wanted, at=at)
    return wanted


@transaction.atomic
def detect_recusals(edition: Edition, *, by: str, at: datetime) -> int:
    """Compare jurors with everybody behind the cases, keep what is new for a look, and return how much it is.

    What is found blocks at once. What somebody dismissed is not found again.
    """
    Edition.objects.select_for_update().get(pk=edition.pk)
    new = Recusal.objects.bulk_create(
        Recusal(
            juror_id=one.about.juror,
            organisation_id=one.about.organisation,
            case_id=one.about.case,
            kind=one.kind,
            source=Recusal.Source.DETECTED,
            note=one.note,
            noted_at=at,
            noted_by=by,
        )
        for one in detected(edition)
    )
    if new:
        jurors = Juror.objects.filter(pk__in=[one.juror_id for one in new]).order_by("code")
        details = {"count": len(new), "jurors": list(jurors.values_list("code", flat=True))}
        record(chain_of(edition), "recusals_detected", str(edition), by=by, at=at, details=details)
    return len(new)


@transaction.atomic
def confirm_recusal(recusal_id: int, *, by: str, at: datetime) -> Recusal:
    """Say that a conflict that was found is one; who reads the entries stops."""
    recusal = _held(recusal_id)
    refuse(against_deciding_about_oneself(recusal.juror, by=by))
    refuse(may.against_confirming(recusal))
    recusal.confirmed_at, recusal.confirmed_by = at, by
    recusal.save(update_fields=["confirmed_at", "confirmed_by"])
    _keep_out(recusal, at=at)
    _record(recusal, "recusal_confirmed", by=by, at=at)
    return recusal


@transaction.atomic
def dismiss_recusal(recusal_id: int, *, reason: str, by: str, at: datetime) -> Recusal:
    """Say why something is no conflict of interest. Scorecards it excluded count again.

    Assignments that ended for it stay ended: a plan or a hand can make them anew.
    """
    recusal = _held(recusal_id)
    refuse(against_deciding_about_oneself(recusal.juror, by=by))
    refuse(may.against_dismissing(recusal, reason=reason))
    recusal.dismissed_at, recusal.dismissed_by, recusal.dismissed_reason = at, by, reason.strip()
    recusal.save(update_fields=["dismissed_at", "dismissed_by", "dismissed_reason"])
    mine = Scorecard.objects.filter(assignment__juror=recusal.juror, excluded_for__isnull=False)
    free = mine.exclude(assignment__entry__in=blocked_entries(recusal.juror))
    Scorecard.objects.filter(pk__in=list(free.values_list("pk", flat=True))).update(
        excluded_at=None, excluded_reason="", excluded_for=None
    )
    _record(recusal, "recusal_dismissed", by=by, at=at, why=recusal.dismissed_reason)
    return recusal


def _held(recusal_id: int) -> Recusal:
    Edition.objects.select_for_update(of=("self",)).get(jurors__recusals=recusal_id)
    locked = Recusal.objects.select_for_update(of=("self",))
    return locked.select_related("juror__edition__programme", "juror__user", "organisation", "case").get(
        pk=recusal_id
    )


def _keep_out(recusal: Recusal, *, at: datetime) -> None:
    """End what the juror has to read there; a scorecard that is final stays, and counts no more."""
    entries: Collection[int] = [entry for _juror, entry in pairs_of(recusal)]
    reading = Assignment.objects.filter(juror=recusal.juror, entry__in=entries)
    end_unfinished(reading, reason=_("Conflict of interest."), at=at)
    final = Scorecard.objects.filter(
        assignment__juror=recusal.juror,
        assignment__entry__in=entries,
        submitted_at__isnull=False,
        excluded_at=None,
    )
    final.update(excluded_at=at, excluded_reason=_("Conflict of interest."), excluded_for=recusal)


def _record(recusal: Recusal, doing: str, *, by: str, at: datetime, why: str = "") -> None:
    """Record what happened; what the conflict is stays out of the chain, which is never erased."""
    other = recusal.organisation or recusal.case
    details = {"juror": recusal.juror.code, "kind": recusal.kind, "with": other.public_id if other else ""}
    chain = chain_of(recusal.juror.edition)
    record(chain, doing, recusal.public_id, by=by, at=at, why=why, details=details)
