"""What may be done to cases, and if not, why."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import get_args

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kaaring.entries.models import Case, Correction, Entry
from kaaring.entries.rules.leaves import against_the_time_for
from kaaring.entries.rules.periods import against_the_time
from kaaring.kernel.refused import Refused
from kaaring.people.models import Organisation
from kaaring.programmes.definition import Definition
from kaaring.programmes.definition.schema.eligibility import Subject
from kaaring.programmes.eligibility.facts import Raw, read
from kaaring.programmes.models import Edition

SUBJECTS: tuple[str, ...] = get_args(Subject)


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A key figure as it is told: at least its name, and what it was before or after."""

    name: str
    code: str = ""
    definition: str = ""
    unit: str = ""
    period: str = ""
    source: str = ""
    before: Decimal | None = None
    after: Decimal | None = None
    is_documented: bool = False


@dataclass(frozen=True, slots=True)
class CaseChanges:
    """What is to change in a case; None stays. ``figures`` are all of them, ``facts`` only those given."""

    title: str | None = None
    subject: str | None = None
    language: str | None = None
    summary: str | None = None
    facts: Mapping[str, Raw] | None = None
    figures: tuple[FigureRow, ...] | None = None

    @property
    def parts(self) -> frozenset[str]:
        """Return the parts of a case that this touches, as ``Case.changed_in`` calls them."""
        about = (self.title, self.subject, self.language, self.summary)
        touched = {
            "about": any(value is not None for value in about),
            "facts": self.facts is not None,
            "figures": self.figures is not None,
        }
        return frozenset(part for part, is_touched in touched.items() if is_touched)


def open_correction(entry: Entry) -> Correction | None:
    """Return the correction that is asked for and not answered yet."""
    return next((one for one in entry.corrections.all() if one.answered_at is None), None)


def is_locked(entry: Entry, *, at: datetime) -> bool:
    """Say whether an entry is in the jury's hands: submitted, not withdrawn, not open for correction."""
    if entry.submitted_at is None or entry.withdrawn_at is not None:
        return False
    return open_correction(entry) is None or has_lapsed(entry, at=at)


def has_lapsed(entry: Entry, *, at: datetime) -> bool:
    """Say whether a correction was asked for and not answered in time: what was submitted holds."""
    correction = open_correction(entry)
    return correction is not None and at >= correction.until


def against_starting(edition: Edition, organisation: Organisation, *, at: datetime) -> Refused | None:
    """Cases are started for organisations that the edition's organiser knows, in time or by leave."""
    if organisation.organiser_id != edition.programme.organiser_id:
        return Refused(
            "organisation_of_another_organiser",
            _("%(organisation)s is not known to the organiser of %(edition)s. Add it there first.")
            % {"organisation": organisation, "edition": edition.title},
        )
    return against_the_time_for(organisation, edition, at=at)


def against_a_case_without_title(title: str | None) -> Refused | None:
    """A case has a name by which people find it."""
    if title is None or title.strip():
        return None
    return Refused("no_title", _("Give the case a title: it is how you and the jury find it."))


def against_changing(
    case: Case, entries: Iterable[Entry], *, by_partner: bool = False, at: datetime
) -> Refused | None:
    """A case changes while entries are open, and never under an entry that the jury has in hand.

    A partner is told what a partner can do: only who entered the case takes its entries back.
    """
    if case.merged_into is not None:
        return against_a_merged_case(case)
    living = [entry for entry in entries if entry.withdrawn_at is None]
    locked = [entry for entry in living if is_locked(entry, at=at)]
    if locked:
        return _locked_for_partner(case) if by_partner else _locked(case, locked, at=at)
    if any(entry.submitted_at is not None for entry in living):
        return None
    leaves = [entry.late_until for entry in living if entry.late_until is not None]
    leave_until = max(leaves, default=None)
    return against_the_time_for(case.organisation, case.edition, leave_until=leave_until, at=at)


def against_a_merged_case(case: Case) -> Refused | None:
    """A case that was merged into another stays as it was."""
    if case.merged_into is None:
        return None
    return Refused(
        "case_merged",
        _("This case was merged into “%(case)s” and stays as it was. Go on there.")
        % {"case": case.merged_into},
    )


def _locked(case: Case, locked: list[Entry], *, at: datetime) -> Refused:
    words = {"case": case, "codes": ", ".join(entry.code for entry in locked)}
    if against_the_time(case.edition, at=at) is not None:
        told = ngettext(
            "“%(case)s” is locked: entry %(codes)s of it is submitted, and entries have closed. If something "
            "has to change, ask the organiser to open it for a correction.",
            "“%(case)s” is locked: entries %(codes)s of it are submitted, and entries have closed. If "
            "something has to change, ask the organiser to open them for a correction.",
            len(locked),
        )
        return Refused("case_locked", told % words)
    return Refused(
        "case_locked",
        ngettext(
            "“%(case)s” is locked, since entry %(codes)s of it is submitted. Take that back first, "
            "or, if the jury reads already, ask the organiser to open it for a correction.",
            "“%(case)s” is locked, since entries %(codes)s of it are submitted. Take them back first, "
            "or, if the jury reads already, ask the organiser to open them for a correction.",
            len(locked),
        )
        % words,
    )


def _locked_for_partner(case: Case) -> Refused:
    return Refused(
        "case_locked",
        _(
            "“%(case)s” is submitted and locked. If something has to change, tell %(organisation)s, who "
            "entered the case."
        )
        % {"case": case, "organisation": case.organisation},
    )


def against_overwriting(case: Case, parts: Iterable[str], *, version: int) -> Refused | None:
    """Nobody overwrites what they have not seen: a part that changed after ``version`` is shown first."""
    if all(case.changed_in.get(part, 0) <= version for part in parts):
        return None
    return Refused(
        "changed_meanwhile",
        _(
            "This was changed in another window or by a colleague after you opened it. What you typed and "
            "what is saved now both stand below. Put together what you want to keep, and save again."
        ),
    )


def against_details(changes: CaseChanges, definition: Definition, edition: Edition) -> Refused | None:
    """A case has a title, a known kind and language, and facts that can be read."""
    if refusal := against_a_case_without_title(changes.title):
        return refusal
    if changes.subject and changes.subject not in SUBJECTS:
        return Refused(
            "unknown_subject", _("There is no kind of nominee “%(kind)s”.") % {"kind": changes.subject}
        )
    if changes.language is not None and changes.language not in edition.languages:
        return Refused(
            "unknown_language",
            _("%(edition)s takes no cases in that language. The codes of its languages: %(languages)s.")
            % {"edition": edition.title, "languages": ", ".join(edition.languages)},
        )
    return _against_facts(changes.facts or {}, definition) or _against_figures(
        changes.figures or (), definition
    )


def _against_facts(facts: Mapping[str, Raw], definition: Definition) -> Refused | None:
    protected = [fact.code for fact in definition.facts if fact.protected and fact.code in facts]
    if protected:
        return Refused(
            "fact_is_protected",
            _("These answers are protected and are given on a page of their own: %(facts)s.")
            % {"facts": ", ".join(protected)},
        )
    faults = read(facts, definition).faults
    if not faults:
        return None
    return Refused(
        "facts_unreadable",
        ngettext(
            "%(count)d answer cannot be read. Correct it and save again.",
            "%(count)d answers cannot be read. Correct them and save again.",
            len(faults),
        )
        % {"count": len(faults)},
        details=tuple(str(fault) for fault in faults),
    )


def _against_figures(figures: tuple[FigureRow, ...], definition: Definition) -> Refused | None:
    known = {one.code for one in definition.key_figures}
    for figure in figures:
        if not figure.name.strip() or (figure.before is None and figure.after is None):
            return Refused(
                "figure_incomplete",
                _("A key figure needs a name, and at least one of the values before and after."),
            )
        if figure.code and figure.code not in known:
            return Refused("unknown_figure", _("There is no key figure “%(code)s”.") % {"code": figure.code})
    return None


def against_discarding(case: Case, entries: Iterable[Entry]) -> Refused | None:
    """Only a case that stands in no category goes away without a trace."""
    if not list(entries):
        return None
    return Refused(
        "case_has_entries",
        _("“%(case)s” stands in categories. Leave them or withdraw its entries instead.") % {"case": case},
    )


def against_duplicating(case: Case, edition: Edition, *, at: datetime) -> Refused | None:
    """A case is taken along to another edition of the same organiser, while entries are open there."""
    return against_starting(edition, case.organisation, at=at)


def discarding_would_lose(case: Case) -> Refused:
    """A case with attachments keeps them until somebody takes them away."""
    return Refused(
        "case_has_attachments",
        _("“%(case)s” has attachments or copies and cannot be thrown away.") % {"case": case},
    )
