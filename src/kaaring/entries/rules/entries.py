"""What may be done to entries, and if not, why."""

from collections.abc import Collection
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kaaring.entries.models import Answer, Case, Entry
from kaaring.entries.rules.cases import against_a_merged_case, open_correction
from kaaring.entries.rules.dossier import Dossier
from kaaring.entries.rules.leaves import against_short_leave, against_the_time_for
from kaaring.entries.rules.periods import against_the_time
from kaaring.kernel import figures
from kaaring.kernel.refused import Refused
from kaaring.kernel.text import said
from kaaring.programmes.definition import Definition
from kaaring.programmes.definition.schema import Category, Criterion

LONGEST = 100_000
"""Characters in one answer; beyond every word limit, so that nobody fills the house."""


def against_entering(
    case: Case, category: Category | None, entered: Collection[str], definition: Definition, *, at: datetime
) -> Refused | None:
    """A case is entered once in each category, in as many as the edition allows, in time or by leave."""
    if category is None:
        return Refused("unknown_category", _("There is no such category here. Choose one from the list."))
    on_time = against_the_time_for(case.organisation, case.edition, category=category.code, at=at)
    if refusal := against_a_merged_case(case) or on_time:
        return refusal
    if category.code in entered:
        return Refused(
            "already_entered",
            _("“%(case)s” stands in “%(category)s” already.")
            % {"case": case, "category": said(category.name)},
        )
    most = definition.most_entries_per_case
    if most is None or len(entered) < most:
        return None
    return Refused(
        "too_many_categories",
        ngettext(
            "A case can stand in at most %(count)d category, and this one already does. "
            "Leave it to choose another.",
            "A case can stand in at most %(count)d categories, and this one already does. "
            "Leave one to choose another.",
            most,
        )
        % {"count": most},
    )


def against_changing_entry(entry: Entry, *, at: datetime) -> Refused | None:
    """A draft changes while entries are open; a submitted entry only while a correction is asked for."""
    if refusal := against_a_withdrawn_entry(entry) or against_a_merged_case(entry.case):
        return refusal
    if entry.submitted_at is None:
        return _against_lateness(entry, at=at)
    correction = open_correction(entry)
    if correction is None:
        return _submitted(entry, at=at)
    if at < correction.until:
        return None
    return Refused(
        "correction_over",
        _(
            "Entry %(code)s was open for correction until %(until)s and was not handed in again. The text "
            "that was submitted holds. Ask the organiser for more time if it should change."
        )
        % {"code": entry.code, "until": figures.until(correction.until, entry.edition.timezone)},
    )


def _submitted(entry: Entry, *, at: datetime) -> Refused:
    if against_the_time(entry.edition, at=at) is None:
        told = _(
            "Entry %(code)s is submitted and locked. As long as entries are open and the jury has not begun "
            "to read, you can take it back, change it and submit it again. After that, ask the organiser to "
            "open it for a correction."
        )
    else:
        told = _(
            "Entry %(code)s is submitted and locked, and entries have closed. If something has to change, "
            "ask the organiser to open it for a correction."
        )
    return Refused("entry_submitted", told % {"code": entry.code})


def _against_lateness(entry: Entry, *, at: datetime) -> Refused | None:
    return against_the_time_for(
        entry.case.organisation,
        entry.edition,
        category=entry.category.code,
        leave_until=entry.late_until,
        at=at,
    )


def against_a_withdrawn_entry(entry: Entry) -> Refused | None:
    """What was withdrawn stays as it was."""
    if entry.withdrawn_at is None:
        return None
    return Refused(
        "entry_withdrawn",
        _("Entry %(code)s was withdrawn and can no longer be changed. Enter the category again instead.")
        % {"code": entry.code},
    )


def against_writing(
    entry: Entry, criterion: Criterion | None, text: str, openness: str, *, at: datetime
) -> Refused | None:
    """An answer is to a criterion of the category, of a length that can be stored."""
    if refusal := against_changing_entry(entry, at=at):
        return refusal
    if criterion is None:
        return Refused("unknown_criterion", _("This category does not ask that. Load the page again."))
    if openness not in Answer.Openness.values:
        return Refused("unknown_openness", _("Say who may read it: the jury only, or everybody later."))
    if len(text) > LONGEST:
        return Refused(
            "text_too_long",
            _("This text has %(count)d characters; at most %(most)d can be stored.")
            % {"count": len(text), "most": LONGEST},
        )
    return None


def against_overwriting_answer(answer: Answer | None, *, version: int) -> Refused | None:
    """Nobody overwrites a text that they have not seen."""
    if answer is None or answer.version <= version:
        return None
    return Refused(
        "changed_meanwhile",
        _(
            "This text was changed in another window or by a colleague after you opened it. What you typed "
            "and what is saved now both stand below. Put together what you want to keep, and save again."
        ),
    )


def against_choosing_division(dossier: Dossier, division: str, *, by_organiser: bool) -> Refused | None:
    """Of several divisions that fit, the entrant or the organiser chooses, as the rules say."""
    found = dossier.verdict.divisions
    if found is None or division not in {one.code for one in found.fitting}:
        return Refused(
            "division_does_not_fit", _("The case does not fit that division of the category. Choose another.")
        )
    if by_organiser or found.is_to_be_chosen or len(found.fitting) == 1:
        return None
    return Refused("division_is_not_yours_to_choose", found.reason)


def against_submitting(dossier: Dossier, *, at: datetime) -> Refused | None:
    """An entry is submitted once, in time, complete, eligible, and approved by everybody it concerns."""
    entry = dossier.entry
    if entry.submitted_at is not None:
        return against_a_withdrawn_entry(entry) or Refused(
            "already_submitted",
            _("Entry %(code)s is submitted already. There is nothing more to do.") % {"code": entry.code},
        )
    return against_changing_entry(entry, at=at) or against_gaps(dossier)


def against_gaps(dossier: Dossier) -> Refused | None:
    """What goes to the jury is complete and fits its category."""
    if not dossier.gaps:
        return None
    details = tuple(gap.sentence for gap in dossier.gaps)
    words = {"code": dossier.entry.code, "category": said(dossier.category.name)}
    if not dossier.is_eligible:
        return Refused(
            "not_eligible",
            _("Entry %(code)s does not fit “%(category)s”. This is why, and what you can do.") % words,
            details=details,
        )
    return Refused(
        "not_ready",
        ngettext(
            "Entry %(code)s is not ready: %(count)d thing is missing.",
            "Entry %(code)s is not ready: %(count)d things are missing.",
            len(details),
        )
        % {**words, "count": len(details)},
        details=details,
    )


def against_taking_back(entry: Entry, *, judged_from: datetime | None = None, at: datetime) -> Refused | None:
    """An entry is taken back as long as entries are open for everybody and no juror reads them."""
    if refusal := against_a_withdrawn_entry(entry) or against_a_merged_case(entry.case):
        return refusal
    if entry.submitted_at is None:
        return Refused(
            "not_submitted", _("Entry %(code)s is a draft; nothing to take back.") % {"code": entry.code}
        )
    if judged_from is not None and at >= judged_from:
        return Refused(
            "judging_began",
            _(
                "The jury reads already, so entry %(code)s can no longer be taken back. "
                "Ask the organiser to open it for a correction."
            )
            % {"code": entry.code},
        )
    return against_the_time(entry.edition, at=at)


def against_withdrawing(entry: Entry, *, reason: str) -> Refused | None:
    """An entry is withdrawn once, with a reason."""
    if entry.withdrawn_at is not None:
        return Refused("already_withdrawn", _("Entry %(code)s is withdrawn already.") % {"code": entry.code})
    if reason.strip():
        return None
    return Refused("no_reason", _("Say in a few words why the entry is withdrawn."))


def against_leaving(entry: Entry, *, at: datetime) -> Refused | None:
    """A draft leaves its category while it may change; what was submitted is withdrawn instead."""
    if entry.submitted_at is not None and entry.withdrawn_at is None:
        return Refused(
            "entry_submitted",
            _("Entry %(code)s is submitted. Take it back first, or withdraw it with a reason.")
            % {"code": entry.code},
        )
    return against_changing_entry(entry, at=at)


def leaving_would_lose(entry: Entry) -> Refused:
    """A draft that stands on an invoice or in a record cannot go without a trace."""
    return Refused(
        "entry_on_record",
        _("Entry %(code)s is on an invoice or known to the jury, and cannot be removed. Withdraw it instead.")
        % {"code": entry.code},
    )


def against_leave_to_be_late(entry: Entry, *, until: datetime, reason: str, at: datetime) -> Refused | None:
    """Leave to be late is for a draft, until a moment after the deadline, with a reason."""
    if refusal := against_a_withdrawn_entry(entry):
        return refusal
    if entry.submitted_at is not None:
        return Refused("already_submitted", _("Entry %(code)s is submitted already.") % {"code": entry.code})
    return against_short_leave(entry.edition, until=until, reason=reason, at=at)
