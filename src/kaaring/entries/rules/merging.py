"""When two cases are one, entered twice."""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from kaaring.entries.models import Case, Entry
from kaaring.entries.rules.cases import against_a_merged_case, is_locked
from kaaring.entries.rules.dossier import Dossier
from kaaring.kernel.refused import Refused

ALIKE = 0.85
"""How alike two names must be for the organisations to be taken for one."""


def against_merging(case: Case, into: Case) -> Refused | None:
    """Two living cases of one edition become one."""
    if case.pk == into.pk or case.edition_id != into.edition_id:
        return Refused("not_two_cases", _("Choose two different cases of the same edition."))
    return against_a_merged_case(case) or against_a_merged_case(into)


def against_strangers(case: Case, into: Case, twins: Collection[Case]) -> Refused | None:
    """Only what was found to be one partnership, or what one side asked for, is made one case."""
    is_asked = case.merge_asked_into_id == into.pk or into.merge_asked_into_id == case.pk
    if is_asked or into in twins:
        return None
    return Refused(
        "not_twins",
        _(
            "“%(case)s” and “%(into)s” are not of the same two organisations in the same category, and "
            "neither side has asked to merge them."
        )
        % {"case": case, "into": into},
    )


def against_moving(dossier: Dossier, *, at: datetime) -> Refused | None:
    """What the jury has in hand is as complete and as eligible in the case that stays as it was before.

    One that is open for a correction may move with gaps: it comes back without them, or as it was submitted.
    """
    entry = dossier.entry
    if not is_locked(entry, at=at) or not dossier.gaps:
        return None
    return Refused(
        "merge_leaves_gaps",
        _(
            "Entry %(code)s is submitted, and in “%(into)s” it would lack something. Ask for a correction of "
            "it first, or withdraw it, and then merge."
        )
        % {"code": entry.code, "into": entry.case},
        details=tuple(gap.sentence for gap in dossier.gaps),
    )


def against_going_backwards(going: Iterable[Entry], staying: Iterable[Entry]) -> Refused | None:
    """A submitted entry does not give way to a draft."""
    drafts = {
        one.category_id: one for one in staying if one.withdrawn_at is None and one.submitted_at is None
    }
    for entry in going:
        draft = drafts.get(entry.category_id)
        if draft is not None and entry.withdrawn_at is None and entry.submitted_at is not None:
            return Refused(
                "merge_other_way",
                _("Entry %(code)s is submitted and %(other)s is a draft. Merge the other way round.")
                % {"code": entry.code, "other": draft.code},
            )
    return None


def against_agreeing(case: Case, into: Case) -> Refused | None:
    """One side agrees to what the other has asked for."""
    if case.merge_asked_into_id == into.pk:
        return against_merging(case, into)
    return Refused(
        "merge_not_asked", _("Nobody has asked to merge these cases, or the request was taken back.")
    )
