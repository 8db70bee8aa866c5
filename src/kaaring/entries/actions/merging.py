"""Making one case of two that tell of the same partnership."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import override

from kaaring.audit.actions import record
from kaaring.entries.actions.entries import withdraw_for
from kaaring.entries.actions.holding import entries_of, grow, held_case
from kaaring.entries.actions.letters import CaseOf, ask_to_merge, forget_merge, tell_merged
from kaaring.entries.models import Attachment, Case, Entry, Party
from kaaring.entries.queries.dossiers import dossiers_of, nominee_of
from kaaring.entries.queries.submitted import files_kept
from kaaring.entries.queries.twins import twins_of
from kaaring.entries.rules import merging as may
from kaaring.entries.rules.cases import against_changing
from kaaring.kernel.refused import refuse
from kaaring.people.models import Affiliation, Organisation
from kaaring.planning.names import likeness
from kaaring.programmes.queries import chain_of


@transaction.atomic
def ask_merge(case_id: int, into_id: int, *, case_of: CaseOf | None = None, by: str, at: datetime) -> Case:
    """Ask, for one side, that its case be merged into another; with ``case_of`` that side is written to."""
    case, into = _both(case_id, into_id)
    refuse(
        may.against_merging(case, into)
        or may.against_going_backwards(entries_of(case), entries_of(into))
        or against_changing(case, entries_of(case), at=at)
    )
    case.merge_asked_into = into
    case.save(update_fields=["merge_asked_into"])
    _tell(case, "merge_asked", into, by=by, at=at)
    if case_of is not None:
        ask_to_merge(case, into, case_of=case_of, by=by, at=at)
    return case


@transaction.atomic
def decline_merge(case_id: int, *, by: str, at: datetime) -> Case:
    """Take a request to merge back, or turn it down."""
    case = held_case(case_id)
    into, case.merge_asked_into = case.merge_asked_into, None
    case.save(update_fields=["merge_asked_into"])
    if into is not None:
        forget_merge(case, into, at=at)
        _tell(case, "merge_declined", into, by=by, at=at)
    return case


@transaction.atomic
def agree_to_merge(
    case_id: int, into_id: int, *, case_of: CaseOf | None = None, by: str, at: datetime
) -> Case:
    """Agree, for the other side, to what was asked, and merge; with ``case_of`` those who asked are told."""
    case, into = _both(case_id, into_id)
    refuse(may.against_agreeing(case, into) or against_changing(into, entries_of(into), at=at))
    merged = _merge(case, into, by=by, at=at)
    if case_of is not None:
        tell_merged(case, merged, case_of=case_of, by=by, at=at)
    return merged


@transaction.atomic
def merge_cases(case_id: int, into_id: int, *, by: str, at: datetime) -> Case:
    """Merge a case into another, at the organiser's word, and return the one that stays.

    Entries in categories that both are in end with the case that goes; the others move along with their
    answers, and so do parties, files, facts and figures that the other has not. What the merged case says
    stays readable where it is.
    """
    case, into = _both(case_id, into_id)
    refuse(may.against_merging(case, into) or may.against_strangers(case, into, twins_of(case)))
    return _merge(case, into, by=by, at=at)


def _both(case_id: int, into_id: int) -> tuple[Case, Case]:
    """Return both cases, held in one order whoever asks, so that two merges at once do not wait for ever."""
    held = {key: held_case(key) for key in sorted({case_id, into_id})}
    return held[case_id], held[into_id]


def _merge(case: Case, into: Case, *, by: str, at: datetime) -> Case:
    refuse(may.against_going_backwards(entries_of(case), entries_of(into)))
    staying = {entry.category_id: entry for entry in _living(into)}
    moved = []
    for entry in _living(case):
        entry.edition = case.edition
        if entry.category_id in staying:
            with override(case.language):
                reason = _("Merged into entry %(code)s.") % {"code": staying[entry.category_id].code}
            withdraw_for(entry, reason, by=by, at=at)
        else:
            entry.case = into
            entry.save(update_fields=["case"])
            moved.append(entry.code)
    _take_parties_along(case, into, at=at)
    _take_evidence_along(case, into)
    _take_nominee_along(case, into)
    for dossier in dossiers_of(_living(Case.objects.get(pk=into.pk))):
        if dossier.entry.code in moved:
            refuse(may.against_moving(dossier, at=at))
    grow(into, "parties", "facts", "figures", "attachments", "nominee", at=at)
    case.merged_into, case.merge_asked_into = into, None
    case.save(update_fields=["merged_into", "merge_asked_into"])
    _tell(case, "cases_merged", into, by=by, at=at, moved=moved)
    return into


def _living(case: Case) -> list[Entry]:
    return [entry for entry in entries_of(case) if entry.withdrawn_at is None]


def _take_parties_along(case: Case, into: Case, *, at: datetime) -> None:
    """Put the parties of the case that goes behind the one that stays, each once.

    A partner whom nobody acts for yet and who is called the same was named by the other side: it is them.
    """
    for party in case.parties.select_related("organisation"):
        there = list(into.parties.select_related("organisation"))
        if any(other.organisation_id == party.organisation_id for other in there):
            continue
        same = next((other for other in there if _is_same(other.organisation, party.organisation)), None)
        if same is None:
            Party.objects.create(case=into, organisation=party.organisation, role=party.role, text=party.text)
        elif same.organisation_id != into.organisation_id and not _is_acted_for(same.organisation):
            same.organisation, same.text = party.organisation, same.text or party.text
            same.save(update_fields=["organisation", "text"])


def _take_evidence_along(case: Case, into: Case) -> None:
    """Put files, facts and figures of the case that goes into the one that stays, where it has not the same.

    A file on which a declaration or a text before the jury rests goes along in any case.
    """
    into.facts = {**case.facts, **into.facts}
    into.save(update_fields=["facts"])
    told = {(one.code, one.name) for one in into.figures.all()}
    for figure in case.figures.all():
        if (figure.code, figure.name) not in told:
            figure.pk, figure.case, figure.position = None, into, figure.position + len(told)
            figure.save(force_insert=True)
    kept = files_kept()
    there = set(into.attachments.filter(removed_at=None).values_list("sha256", flat=True))
    rests = Q(declarations__isnull=False) | Q(public_id__in=kept)
    going = case.attachments.filter(Q(removed_at=None) & ~Q(sha256__in=there) | rests)
    Attachment.objects.filter(pk__in=list(going.values_list("pk", flat=True))).update(case=into)


def _take_nominee_along(case: Case, into: Case) -> None:
    """Let the case that stays nominate whom the other did, if it nominates nobody; they are asked anew."""
    nominee = nominee_of(case)
    if nominee is None or nominee_of(into) is not None:
        return
    nominee.case, nominee.asked_at = into, None
    nominee.consented_at = nominee.consented_version = None
    nominee.save()
    there = into.protected_facts.values("fact")
    case.protected_facts.exclude(fact__in=there).update(case=into)


def _is_acted_for(organisation: Organisation) -> bool:
    return Affiliation.objects.filter(organisation=organisation).exists()


def _is_same(one: Organisation, other: Organisation) -> bool:
    return likeness(one.name, other.name) >= may.ALIKE


def _tell(
    case: Case, doing: str, into: Case, *, by: str, at: datetime, moved: list[str] | None = None
) -> None:
    details = {"into": into.public_id, **({"moved": moved} if moved else {})}
    record(chain_of(case.edition), doing, case.public_id, by=by, at=at, details=details)
