"""How a case stands: what each entry lacks, what locks it, and what to do next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import NamedTuple

from django.db.models import Prefetch, prefetch_related_objects
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from kaaring.entries.models import Case, Correction, Entry
from kaaring.entries.queries import dossiers_of
from kaaring.entries.rules.cases import against_changing, open_correction
from kaaring.entries.rules.dossier import Dossier, Gap
from kaaring.entries.rules.entries import against_changing_entry
from kaaring.entries.rules.periods import against_the_time
from kaaring.kernel import figures
from kaaring.kernel.refused import Refused
from kaaring.programmes.definition import Definition

ON_CASE = {
    **{page: page for page in ("about", "parties", "facts", "nominee", "categories")},
    "subject": "about",
    "eligibility": "facts",
}
"""The page of the case on which gaps are mended; others are mended on the page of the entry."""
GO: dict[str, str | Promise] = {
    "about": gettext_lazy("Say it"),
    "parties": gettext_lazy("See the parties"),
    "facts": gettext_lazy("Answer it"),
    "nominee": gettext_lazy("See the nominee"),
    "categories": gettext_lazy("See the categories"),
    "eligibility": gettext_lazy("See the facts"),
    "subject": gettext_lazy("Change what is entered"),
    "declarations": gettext_lazy("Declare it"),
    "division": gettext_lazy("Choose one"),
}


class Step(NamedTuple):
    """What to do next: a sentence, and the page on which it is done (none where there is nothing to do)."""

    sentence: str
    address: str = ""
    label: str = ""


class State(NamedTuple):
    """How an entry stands, in words and in the colour and shape of a badge."""

    words: str
    badge: str = ""


def place_of(case: Case) -> list[str]:
    """Return where a case's pages are, for making addresses."""
    return [case.edition.programme.slug, case.edition.slug, case.public_id]


@dataclass(frozen=True, eq=False)
class EntryStanding:
    """How one entry stands at a moment."""

    dossier: Dossier
    at: datetime

    @property
    def entry(self) -> Entry:
        """The entry itself."""
        return self.dossier.entry

    @cached_property
    def lock(self) -> Refused | None:
        """Why the entry cannot be changed now, if it cannot."""
        return against_changing_entry(self.entry, at=self.at)

    @cached_property
    def correction(self) -> Correction | None:
        """The correction that is asked for, while there is time for it."""
        found = open_correction(self.entry)
        return found if found is not None and self.at < found.until else None

    @property
    def is_living(self) -> bool:
        """Whether it has not been withdrawn."""
        return self.entry.withdrawn_at is None

    @property
    def is_draft(self) -> bool:
        """Whether it is still to be submitted."""
        return self.is_living and self.entry.submitted_at is None

    @property
    def is_ready(self) -> bool:
        """Whether it could be submitted now."""
        return self.is_draft and self.lock is None and not self.dossier.gaps

    @property
    def state(self) -> State:
        """Say how it stands."""
        if not self.is_living:
            return State(_("Withdrawn"))
        if self.correction is not None:
            until = figures.until(self.correction.until, self.entry.edition.timezone)
            return State(_("Correction asked for, until %(until)s") % {"until": until}, "wait")
        if not self.is_draft:
            return State(pgettext("entry", "Submitted"), "good")
        return self._draft()

    def _draft(self) -> State:
        if self.lock is not None:
            return State(_("Draft, not submitted"), "stop")
        count = len(self.to_mend)
        if not count:
            return State(_("Ready to submit"), "now")
        words = ngettext("Draft: %(count)d thing is missing", "Draft: %(count)d things are missing", count)
        return State(words % {"count": count}, "wait")

    @property
    def address(self) -> str:
        """The page of the entry."""
        place = place_of(self.entry.case)[:2]
        return reverse("entrant:entry", args=[*place, self.entry.public_id])

    def mended_at(self, gap: Gap) -> str:
        """Return the page, and the place on it, where a gap is mended."""
        if gap.where in ON_CASE:
            return reverse(f"entrant:{ON_CASE[gap.where]}", args=place_of(self.entry.case))
        anchor = gap.where if gap.where in {"declarations", "division"} else f"criterion-{gap.where}"
        return f"{self.address}#{anchor}"

    @property
    def to_mend(self) -> list[tuple[Gap, str]]:
        """Everything that is missing, each once, with where it is mended."""
        once = {(gap.sentence, gap.where): gap for gap in reversed(self.dossier.gaps)}
        return [(gap, self.mended_at(gap)) for gap in reversed(once.values())]


@dataclass(frozen=True, eq=False)
class CaseStanding:
    """How a case with all its entries stands at a moment."""

    case: Case
    entries: tuple[EntryStanding, ...]
    at: datetime

    @cached_property
    def lock(self) -> Refused | None:
        """Why the case cannot be changed now, if it cannot."""
        return against_changing(self.case, [one.entry for one in self.entries], at=self.at)

    @cached_property
    def lock_for_partner(self) -> Refused | None:
        """Why a partner cannot change its part now, if it cannot."""
        return against_changing(self.case, [one.entry for one in self.entries], by_partner=True, at=self.at)

    @property
    def asked_by(self) -> list[Case]:
        """The cases that others ask to merge into this one."""
        found: list[Case] = getattr(self.case, "asked_by", [])
        return found

    @property
    def living(self) -> list[EntryStanding]:
        """The entries that have not been withdrawn."""
        return [one for one in self.entries if one.is_living]

    @property
    def drafts(self) -> list[EntryStanding]:
        """The entries that are still to be submitted."""
        return [one for one in self.entries if one.is_draft]

    @property
    def state(self) -> State:
        """Say how the case stands as a whole."""
        if self.case.merged_into is not None:
            return State(_("Merged into another case"))
        if not self.living:
            return State(_("In no category yet"), "wait")
        if any(one.correction for one in self.living):
            return State(_("Correction asked for"), "wait")
        done = len(self.living) - len(self.drafts)
        words = ngettext(
            "%(done)d of %(count)d entry submitted",
            "%(done)d of %(count)d entries submitted",
            len(self.living),
        )
        badge = "good" if not self.drafts else "wait" if self.lock is None or done else "stop"
        return State(words % {"done": done, "count": len(self.living)}, badge)

    def count_of_gaps(self, where: str) -> int:
        """Return how many different things are to be mended on a page of the case."""
        gaps = (gap for one in self.drafts for gap in one.dossier.gaps)
        return len({gap.sentence for gap in gaps if ON_CASE.get(gap.where) == where})

    @property
    def next_step(self) -> Step:
        """Say what to do next."""
        for one in self.living:
            if one.correction is not None:
                words = {"code": one.entry.code}
                return Step(
                    _("The organiser asks you to correct entry %(code)s.") % words,
                    one.address,
                    _("See what is asked"),
                )
        if self.asked_by and self.case.merged_into is None:
            other = self.asked_by[0]
            words = {"organisation": other.organisation.name, "case": other.title}
            return Step(
                _("%(organisation)s asks to make one case of “%(case)s” and yours.") % words,
                f"{reverse('entrant:case', args=place_of(self.case))}#merge",
                _("Look at it"),
            )
        if self.case.merged_into is not None or (not self.drafts and self.living):
            return Step(_("There is nothing to do at the moment."))
        if self.lock is not None and not self.drafts:
            return Step(str(self.lock.reason))
        if not self.living:
            address = reverse("entrant:categories", args=place_of(self.case))
            return Step(_("Choose the categories that the case goes into."), address, _("See what fits"))
        return _step_of(self.drafts)


def _step_of(drafts: Sequence[EntryStanding]) -> Step:
    """Return what to do about the draft that lacks least."""
    open_drafts = [one for one in drafts if one.lock is None]
    if not open_drafts:
        return Step(str(drafts[0].lock.reason) if drafts[0].lock else "")
    nearest = min(open_drafts, key=lambda one: len(one.dossier.gaps))
    words = {"code": nearest.entry.code, "category": nearest.entry.category}
    if not nearest.dossier.gaps:
        sentence = _("Entry %(code)s, “%(category)s”, is ready to submit.") % words
        return Step(sentence, f"{nearest.address}#submit", _("Check and submit"))
    gap, address = nearest.to_mend[0]
    label = str(GO.get(gap.where, _("Write it")))
    if gap.where in ON_CASE and gap.code != "not_eligible":
        return Step(gap.sentence, address, label)
    sentence = _("Entry %(code)s: %(gap)s") % {"code": nearest.entry.code, "gap": gap.sentence}
    return Step(sentence, address, label)


def standing_of(
    case: Case, entries: Sequence[Entry], *, at: datetime, definition: Definition | None = None
) -> CaseStanding:
    """Return how a case stands."""
    return standings_of([case], entries, at=at, definition=definition)[0]


def standings_of(
    cases: Sequence[Case],
    entries: Sequence[Entry],
    *,
    at: datetime,
    definition: Definition | None = None,
) -> list[CaseStanding]:
    """Return how cases of one edition stand, with as many queries for many as for one."""
    asking = Case.objects.filter(merged_into=None).select_related("organisation")
    prefetch_related_objects(cases, Prefetch("merges_asked", asking, to_attr="asked_by"))
    if any(against_the_time(case.edition, at=at) for case in cases[:1]):
        prefetch_related_objects(cases, "organisation__late_leaves")
    by_key = {case.pk: case for case in cases}
    for entry in entries:
        entry.case = by_key[entry.case_id]
        entry.edition = entry.case.edition
    by_case: dict[int, list[EntryStanding]] = {}
    for dossier in dossiers_of(entries, definition):
        by_case.setdefault(dossier.entry.case_id, []).append(EntryStanding(dossier, at))
    return [CaseStanding(case, tuple(by_case.get(case.pk, ())), at) for case in cases]
