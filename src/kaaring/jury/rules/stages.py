"""What may be done to stages and the entries in them, and if not, why."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kaaring.entries.models import Entry
from kaaring.jury.models import Admission, Scorecard, Stage
from kaaring.kernel.figures import local
from kaaring.kernel.refused import Refused
from kaaring.kernel.text import said
from kaaring.programmes.definition.schema import Jury
from kaaring.programmes.models import Edition


def against_a_stage_unknown(edition: Edition, code: str, jury: Jury | None) -> Refused | None:
    """A stage stands in the edition's rules."""
    if jury is not None and code in {one.code for one in jury.stages}:
        return None
    known = ", ".join(one.code for one in jury.stages) if jury else _("none")
    return Refused(
        "unknown_stage",
        _("The rules of %(edition)s have no stage “%(code)s”. Those they have: %(known)s.")
        % {"edition": edition.title, "code": code, "known": known},
    )


def against_opening(
    edition: Edition, code: str, jury: Jury | None, *, opens_at: datetime, closes_at: datetime, at: datetime
) -> Refused | None:
    """A stage of the rules gets its period once, and the period ends in the future."""
    if refusal := against_a_stage_unknown(edition, code, jury):
        return refusal
    if Stage.objects.filter(edition=edition, code=code).exists():
        return Refused(
            "stage_has_a_period",
            _("The stage “%(code)s” has its period already. Move it instead.") % {"code": code},
        )
    return against_a_period(opens_at, closes_at) or _against_the_past(closes_at, at=at)


def against_a_period(opens_at: datetime, closes_at: datetime) -> Refused | None:
    """A stage cannot close before it opens."""
    if closes_at > opens_at:
        return None
    return Refused(
        "closes_before_it_opens",
        _("A stage cannot close before it opens. Choose a later end, or an earlier beginning."),
    )


def _against_the_past(closes_at: datetime, *, at: datetime) -> Refused | None:
    if closes_at > at:
        return None
    return Refused(
        "closes_in_the_past",
        _("The stage would be over before anybody marks. Choose an end that is still to come."),
    )


def against_moving(
    stage: Stage, named: str, *, opens_at: datetime, closes_at: datetime, at: datetime, after: Stage | None
) -> Refused | None:
    """Moving a stage cuts off no scorecard, and reopens none whose marks have filled the next stage.

    ``after`` is the next stage, if it has a period.
    """
    if refusal := against_a_period(opens_at, closes_at) or _against_cutting_off(stage, opens_at):
        return refusal
    if closes_at == stage.closes_at:
        return None
    if closes_at <= at:
        return Refused(
            "closes_in_the_past",
            _("“%(stage)s” cannot end at a moment that has passed. Choose a later one, or close it now.")
            % {"stage": named},
        )
    is_reopened = stage.closes_at <= at
    if is_reopened and after and Admission.objects.filter(stage=after, ended_at=None).exists():
        return Refused(
            "next_stage_filled",
            _(
                "“%(stage)s” cannot be opened again: entries have gone on to the next stage by its marks. "
                "Take them out of the next stage first."
            )
            % {"stage": named},
        )
    return None


def _against_cutting_off(stage: Stage, opens_at: datetime) -> Refused | None:
    if opens_at <= stage.opens_at:
        return None
    started = Scorecard.objects.filter(assignment__stage=stage, started_at__lt=opens_at)
    first = started.order_by("started_at").values_list("started_at", flat=True).first()
    if first is None:
        return None
    shown = date_format(local(first, stage.edition.timezone), "SHORT_DATETIME_FORMAT", use_l10n=True)
    return Refused(
        "marking_has_begun",
        _("Jurors have marked since %(moment)s. The stage cannot open later than that.") % {"moment": shown},
    )


def against_closing(stage: Stage, named: str, *, at: datetime) -> Refused | None:
    """Only an open stage is closed."""
    if at <= stage.opens_at:
        return Refused(
            "not_open_yet",
            _("“%(stage)s” has not opened yet, so there is nothing to close. Move its period instead.")
            % {"stage": named},
        )
    return against_a_closed_stage(stage, named, at=at)


def against_a_closed_stage(stage: Stage, named: str, *, at: datetime) -> Refused | None:
    """What belongs to a stage changes until it closes."""
    if at < stage.closes_at:
        return None
    return Refused(
        "stage_closed",
        _("“%(stage)s” is closed. Move its end to a later moment to go on with it.") % {"stage": named},
    )


def against_admitting(stage: Stage, named: str, entries: Sequence[Entry], *, at: datetime) -> Refused | None:
    """Only submitted entries of the same edition go into a stage, and never its calibration entry."""
    if refusal := against_a_closed_stage(stage, named, at=at):
        return refusal
    unfit = [entry.code for entry in entries if entry.edition_id != stage.edition_id or not _is_judged(entry)]
    if unfit:
        return Refused(
            "not_submitted",
            _("Only submitted entries of this edition can be judged. Not among them: %(entries)s.")
            % {"entries": ", ".join(unfit)},
        )
    if stage.calibration_id in {entry.pk for entry in entries}:
        return Refused(
            "is_calibration",
            _("The calibration case does not compete. Choose another one for calibration first."),
        )
    return None


def _is_judged(entry: Entry) -> bool:
    return entry.submitted_at is not None and entry.withdrawn_at is None


def against_going_on(
    entries: Sequence[Entry], before: Stage | None, was_in: Collection[int]
) -> Refused | None:
    """Into a later stage go entries of the stage before; others only by hand, with a reason."""
    others = [entry.code for entry in entries if entry.pk not in was_in]
    if before is not None and not others:
        return None
    return Refused(
        "not_in_the_stage_before",
        _(
            "These entries were not in the stage before, so its marks cannot send them on: %(entries)s. "
            "Put them in by hand, with a reason."
        )
        % {"entries": ", ".join(others)},
    )


def against_no_reason(reason: str) -> Refused | None:
    """What is done by hand says why."""
    if reason.strip():
        return None
    return Refused("reason_missing", _("Give the reason. It is kept in the log."))


def against_ending_admission(admission: Admission | None, *, reason: str) -> Refused | None:
    """An entry that is in the stage is taken out with a reason."""
    if admission is None or admission.ended_at is not None:
        return Refused("not_in_the_stage", _("This entry is not in the stage. Look at the list once more."))
    return against_no_reason(reason)


def against_calibrating(stage: Stage, named: str, entry: Entry | None, *, at: datetime) -> Refused | None:
    """The calibration entry does not compete in the stage, and stays once somebody has marked it."""
    if refusal := against_a_closed_stage(stage, named, at=at):
        return refusal
    now = stage.calibration
    if now is not None and Scorecard.objects.filter(assignment__stage=stage, assignment__entry=now).exists():
        return Refused(
            "calibration_has_begun",
            _("Jurors have begun to mark the calibration case %(code)s, so it stays.") % {"code": now.code},
        )
    if entry is None:
        return None
    if entry.edition_id != stage.edition_id or not _is_judged(entry):
        return Refused(
            "not_submitted", _("Only a submitted entry of this edition can be used for calibration.")
        )
    if Admission.objects.filter(stage=stage, entry=entry, ended_at=None).exists():
        return Refused(
            "competes",
            _(
                "%(code)s competes in this stage, and marks given for calibration count nowhere. "
                "Choose an entry that does not compete, or take this one out of the stage first."
            )
            % {"code": entry.code},
        )
    return None


def against_calibrating_what_compares(stage: Stage, named: str, jury: Jury | None) -> Refused | None:
    """Ranks and points are given to entries beside each other: one case alone shows nothing of them."""
    modes = {one.code: one.mode for one in jury.stages} if jury else {}
    if modes.get(stage.code) not in ("ranking", "points"):
        return None
    return Refused(
        "compares_entries",
        _(
            "In “%(stage)s” jurors compare entries with one another, so that one case alone calibrates "
            "nothing. Go on without a calibration case there."
        )
        % {"stage": named},
    )


def called(stage: Stage, jury: Jury | None) -> str:
    """Return what a stage is called in the rules, in the reader's language; else its code."""
    names = {one.code: said(one.name) for one in jury.stages} if jury else {}
    return names.get(stage.code, stage.code)


def against_no_period(stage: Stage | None, code: str) -> Refused | None:
    """A stage is worked with once it has a period."""
    if stage is not None:
        return None
    return Refused(
        "no_period",
        _("The stage “%(code)s” has no period yet. Give it one on the page “Stages” first.") % {"code": code},
    )
