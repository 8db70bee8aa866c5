"""What may be done in meetings of the jury, and if not, why."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from kaaring.entries.models import Entry
from kaaring.jury.models import Juror, Meeting, Scorecard, Stage
from kaaring.jury.rules.stages import against_no_reason
from kaaring.jury.sheets import Blank
from kaaring.kernel.refused import Refused


def against_leading(may_lead: bool) -> Refused | None:
    """The chair of the category's panel leads its meeting, or an owner or manager of the organiser."""
    if may_lead:
        return None
    return Refused(
        "not_the_chair",
        _("Only the chair of the panel leads its meeting, or who runs the edition."),
    )


def against_opening(
    stage: Stage, category: str, *, entries: int, open_one: Meeting | None, at: datetime
) -> Refused | None:
    """A jury meets on a category with entries, once its stage has opened, in one meeting at a time."""
    if open_one is not None:
        return Refused(
            "meeting_open",
            _("The jury is meeting on “%(category)s” already. Go on in that meeting.")
            % {"category": category},
        )
    if at < stage.opens_at:
        return Refused(
            "stage_not_open", _("This stage has not opened yet, so there is nothing to talk about.")
        )
    if not entries:
        return Refused(
            "nothing_to_meet_on",
            _("No entry of “%(category)s” is in this stage. Let entries in first.") % {"category": category},
        )
    return None


def against_a_closed_meeting(meeting: Meeting) -> Refused | None:
    """What is done in a meeting is done while it is open."""
    if meeting.closed_at is None:
        return None
    return Refused("meeting_closed", _("This meeting is closed. Open a new one to go on."))


def against_an_earlier_stage(is_decided_later: bool) -> Refused | None:
    """An award is decided in a meeting of the stage whose marks propose who gets it."""
    if not is_decided_later:
        return None
    return Refused(
        "decided_later",
        _("A later stage has begun, and its marks say who comes first. Decide in a meeting of that stage."),
    )


def against_attending(jurors: Collection[Juror], members: Collection[int]) -> Refused | None:
    """Those attend who judge the category."""
    strangers = [str(juror) for juror in jurors if juror.pk not in members]
    if not strangers:
        return None
    return Refused(
        "not_on_the_panel",
        _("Not everybody belongs to the panel of this category. Add them to the panel, or leave them out."),
        details=tuple(strangers),
    )


def against_an_entry_elsewhere(entries: Collection[Entry], here: Collection[int]) -> Refused | None:
    """A meeting is about the entries of its category that are in its stage."""
    strangers = [entry.code for entry in entries if entry.pk not in here]
    if entries and not strangers:
        return None
    return Refused(
        "not_in_this_meeting",
        _("This meeting is about the entries of its category that are in its stage."),
        details=tuple(strangers),
    )


def against_an_award_elsewhere(is_here: bool) -> Refused | None:
    """A meeting decides the awards for its category."""
    if is_here:
        return None
    return Refused("award_elsewhere", _("This meeting decides the awards for its own category alone."))


def against_one_who_is_out(is_out: bool) -> Refused | None:
    """Whoever has a conflict of interest with an entry has no hand in what becomes of it."""
    if not is_out:
        return None
    return Refused(
        "conflict_of_interest",
        _(
            "A conflict of interest is noted between you and this entry, so that you are out while it is "
            "discussed. Let the organiser lead, or take up another entry."
        ),
    )


def against_changing_a_mark(meeting: Meeting, scorecard: Scorecard | None, *, reason: str) -> Refused | None:
    """Marks on final scorecards for the entry at hand are changed, with a reason."""
    if scorecard is None or scorecard.assignment.entry_id != meeting.entry_id:
        return Refused(
            "not_at_hand",
            _("Marks are changed on final scorecards for the entry at hand. Take up the entry first."),
        )
    return against_no_reason(reason)


def against_the_mark(
    scorecard: Scorecard, blank: Blank, criterion: str, steps: int, *, before: int | None
) -> Refused | None:
    """A changed mark is one of the scale, on a criterion of the scorecard, and another than before."""
    if criterion not in {one.code for one in blank.criteria}:
        return Refused(
            "unknown_criterion", _("There is no criterion “%(code)s” to mark here.") % {"code": criterion}
        )
    if scorecard.abstained:
        return Refused(
            "abstained_from_all",
            _("This juror abstained from the whole entry. The chair can reopen the scorecard instead."),
        )
    if not 0 <= steps <= blank.most_steps:
        return Refused("off_the_scale", _("This mark is not on the scale."))
    if steps == before:
        return Refused("nothing_changed", _("This is the mark that stands there already."))
    return None


def against_noting(text: str) -> Refused | None:
    """A note says something."""
    return None if text.strip() else Refused("nothing_noted", _("Write what the meeting is to remember."))


def against_parting(entries: Sequence[Entry], *, is_allowed: bool) -> Refused | None:
    """The jury parts a tie of two or more, where the rules name its word as a tie-breaker."""
    if not is_allowed:
        return Refused(
            "ties_are_shared",
            _("The rules do not let the jury part ties: entries with the same score share their place."),
        )
    if len(entries) < 2 or len({entry.pk for entry in entries}) < len(entries):
        return Refused("no_tie", _("A tie is between two entries or more. Give each its own position."))
    return None
