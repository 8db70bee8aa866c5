"""What may be done to scorecards, and if not, why."""

from collections.abc import Collection, Iterator
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kaaring.jury.models import Assignment, Scorecard
from kaaring.jury.sheets import UNTOUCHED, Blank, Filled, Sheet
from kaaring.kernel.refused import Refused
from kaaring.kernel.text import said
from kaaring.programmes.definition.schema import Criterion

LONGEST = 20_000


def against_marking(
    assignment: Assignment, *, is_recused: bool, is_calibration_due: bool, at: datetime
) -> Refused | None:
    """A juror marks what is assigned, while the stage is open, without a conflict, after calibrating."""
    return (
        _against_an_ended_assignment(assignment)
        or _against_a_conflict(is_recused)
        or against_marking_now(assignment, at=at)
        or _against_skipping_calibration(is_calibration_due)
    )


def against_drafting(
    assignment: Assignment, *, is_recused: bool, is_calibration_due: bool, at: datetime
) -> Refused | None:
    """A draft is kept under the same rules, and after the stage has closed too: it counts nowhere."""
    return (
        _against_an_ended_assignment(assignment)
        or _against_a_conflict(is_recused)
        or _against_marking_early(assignment, at=at)
        or _against_skipping_calibration(is_calibration_due)
    )


def _against_an_ended_assignment(assignment: Assignment) -> Refused | None:
    if assignment.juror.removed_at is not None:
        return Refused(
            "not_in_the_jury",
            _("%(juror)s is no longer in this jury, and cannot mark.") % {"juror": assignment.juror},
        )
    if assignment.ended_at is not None:
        return Refused(
            "assignment_ended",
            _("This entry is no longer among those you mark: %(reason)s")
            % {"reason": assignment.ended_reason},
        )
    if assignment.entry.withdrawn_at is not None:
        return Refused("entry_withdrawn", _("This entry has been withdrawn, and needs no marks any more."))
    return None


def _against_a_conflict(is_recused: bool) -> Refused | None:
    if not is_recused:
        return None
    return Refused(
        "conflict_of_interest",
        _("A conflict of interest is noted between you and this entry, so that you do not mark it."),
    )


def against_marking_now(assignment: Assignment, *, at: datetime) -> Refused | None:
    """Marks are given while the stage is open."""
    if refusal := _against_marking_early(assignment, at=at):
        return refusal
    if at < assignment.stage.closes_at:
        return None
    return Refused(
        "stage_closed",
        _("This stage is closed, and no more marks are taken in. Ask the organiser if you need more time."),
    )


def _against_marking_early(assignment: Assignment, *, at: datetime) -> Refused | None:
    if at >= assignment.stage.opens_at:
        return None
    return Refused("stage_not_open", _("Marking has not begun yet. Come back when the stage is open."))


def against_a_late_draft(assignment: Assignment, *, at: datetime) -> Refused | None:
    """A draft that comes in after the stage has closed is kept, and its juror is told that it is late."""
    if at < assignment.stage.closes_at:
        return None
    return Refused(
        "stage_closed",
        _(
            "This stage is closed, and no more marks are taken in. What you have typed is kept as a draft, "
            "which does not count. Ask the organiser if you need more time."
        ),
    )


def _against_skipping_calibration(is_due: bool) -> Refused | None:
    if not is_due:
        return None
    return Refused(
        "calibration_first",
        _("Mark the calibration case first: all jurors begin with it, so that marks mean the same to all."),
    )


def against_another_hand(assignment: Assignment, *, by: str) -> Refused | None:
    """A juror with an account marks; for one without, whoever has the sheet on paper enters it."""
    user = assignment.juror.user
    if user is None or user.public_id == by:
        return None
    return Refused(
        "not_your_scorecard", _("Only %(juror)s can fill in this scorecard.") % {"juror": assignment.juror}
    )


def against_changing_a_final(scorecard: Scorecard | None) -> Refused | None:
    """A final scorecard stays as it is."""
    if scorecard is None or not scorecard.is_final:
        return None
    return Refused(
        "already_final",
        _("This scorecard is already final: it was submitted before, and stays as it was then."),
    )


def against_another_version(scorecard: Scorecard | None, version: int) -> Refused | None:
    """What is stored is only replaced by whoever has seen it: two windows do not overwrite each other."""
    stored = scorecard.version if scorecard else 0
    if stored == version:
        return None
    return Refused(
        "changed_elsewhere",
        _(
            "This scorecard was changed in another window meanwhile. "
            "Keep what you have typed here, or load what was stored there."
        ),
    )


def against_sheet(sheet: Sheet, blank: Blank) -> Refused | None:
    """A sheet holds what its blank has room for, finished or not."""
    if blank.stage.mode == "public_vote":
        return Refused("no_scorecards", _("This stage is a public vote: jurors have no scorecards in it."))
    criteria = {one.code: one for one in blank.criteria}
    faults = [fault for code, one in sheet.marks.items() for fault in _misfits(code, one, criteria, blank)]
    faults += _out_of_place(sheet, blank)
    if not faults:
        return None
    return Refused("sheet_misfit", _("The scorecard does not fit the rules."), details=tuple(faults))


def _misfits(code: str, one: Filled, criteria: dict[str, Criterion], blank: Blank) -> Iterator[str]:
    if (criterion := criteria.get(code)) is None:
        yield _("There is no criterion “%(code)s” to mark here.") % {"code": code}
        return
    name = {"criterion": said(criterion.name)}
    if one.steps is not None and not 0 <= one.steps <= blank.most_steps:
        yield _("%(criterion)s: this mark is not on the scale.") % name
    if one.steps is not None and one.abstained is not None:
        yield _("%(criterion)s: give a mark or abstain, not both.") % name
    if not 0 <= one.share <= 100:
        yield _("%(criterion)s: the share of the weight is a number from 0 to 100.") % name
    elif one.share != 100 and criterion.discretion == "fixed":
        yield _("%(criterion)s: its weight is fixed.") % name


def unasked(sheet: Sheet, blank: Blank) -> dict[str, str]:
    """Return what a sheet answers and its stage does not ask, by the name of the field: a sentence."""
    answers = {
        "passes": (sheet.passes, "pass_fail", _("This stage does not ask whether the entry passes.")),
        "rank": (sheet.rank, "ranking", _("This stage does not ask for a rank.")),
        "points": (sheet.points, "points", _("This stage does not ask for points.")),
    }
    return {
        name: sentence
        for name, (value, mode, sentence) in answers.items()
        if value is not None and mode != blank.stage.mode
    }


def _out_of_place(sheet: Sheet, blank: Blank) -> Iterator[str]:
    yield from unasked(sheet, blank).values()
    if sheet.rank is not None and sheet.rank < 1:
        yield _("The best is number 1.")
    if sheet.points is not None and not 0 <= sheet.points <= (blank.stage.points or 0):
        yield _("Points are a number from 0 to %(most)d.") % {"most": blank.stage.points or 0}
    texts = (sheet.comment, sheet.remark, sheet.note, sheet.abstained or "")
    if any(len(text) > LONGEST for text in (*texts, *(one.comment for one in sheet.marks.values()))):
        yield _("A text has more than %(most)d characters. Shorten it.") % {"most": LONGEST}


def against_incomplete(sheet: Sheet, blank: Blank) -> Refused | None:
    """Before it is final, a scorecard answers all that is asked, or says why not."""
    if sheet.abstained is not None:
        return against_silence(sheet)
    if blank.is_marked:
        return _against_open_criteria(sheet, blank)
    wanted = {
        "pass_fail": (sheet.passes, _("Say whether the entry passes, or abstain with a reason.")),
        "ranking": (sheet.rank, _("Give the entry its rank, or abstain with a reason.")),
        "points": (sheet.points, _("Give the entry points, 0 too, or abstain with a reason.")),
    }
    value, reason = wanted[blank.stage.mode]
    return Refused("incomplete", reason) if value is None else None


def against_silence(sheet: Sheet) -> Refused | None:
    """Who abstains from an entry says why."""
    if sheet.abstained is None or sheet.abstained.strip():
        return None
    return Refused("no_reason_to_abstain", _("Say why you abstain: the jury's chair reads it."))


def _against_open_criteria(sheet: Sheet, blank: Blank) -> Refused | None:
    filled = {one.code: sheet.marks.get(one.code, UNTOUCHED) for one in blank.criteria}
    open_ones = [code for code, one in filled.items() if one.steps is None and one.abstained is None]
    silent = [code for code, one in filled.items() if one.abstained is not None and not one.abstained.strip()]
    if not open_ones and not silent:
        return None
    names = {one.code: said(one.name) for one in blank.criteria}
    details = [_("%(criterion)s: no mark yet.") % {"criterion": names[code]} for code in open_ones]
    details += [_("%(criterion)s: say why you abstain.") % {"criterion": names[code]} for code in silent]
    reason = ngettext(
        "%(count)d criterion is still open. Mark it, or abstain with a reason.",
        "%(count)d criteria are still open. Mark them, or abstain with a reason.",
        len(details),
    )
    return Refused("incomplete", reason % {"count": len(details)}, details=tuple(details))


def against_a_taken_rank(sheet: Sheet, taken: Collection[int]) -> Refused | None:
    """A juror gives each rank of a category once."""
    if sheet.rank is None or sheet.rank not in taken:
        return None
    return Refused(
        "rank_taken",
        _("You have given rank %(rank)d to another entry of this category. Give each its own.")
        % {"rank": sheet.rank},
    )


def against_too_many_points(sheet: Sheet, blank: Blank, given: int) -> Refused | None:
    """A juror distributes so many points in a category and no more."""
    most = blank.stage.points or 0
    if sheet.points is None or given + sheet.points <= most:
        return None
    return Refused(
        "too_many_points",
        _("You have %(most)d points for this category, and would give %(given)d. Take some away.")
        % {"most": most, "given": given + sheet.points},
    )


def against_reopening(scorecard: Scorecard, *, reason: str, may_reopen: bool, at: datetime) -> Refused | None:
    """The chair makes another's final scorecard a draft again, with a reason, while the stage is open."""
    if not may_reopen:
        return Refused(
            "not_the_chair",
            _(
                "Only the chair of the panel can reopen a scorecard, the organiser where there is no chair, "
                "or where it is the chair's own, and nobody their own. Ask one of the others."
            ),
        )
    if not scorecard.is_final:
        return Refused("not_final", _("This scorecard is a draft, and can be changed as it is."))
    if not reason.strip():
        return Refused("reason_missing", _("Give the reason: it stays with the scorecard."))
    return against_marking_now(scorecard.assignment, at=at)
