"""Holding a case while something happens to it: its row is the one lock for all that belongs to it."""

from datetime import datetime

from django.db.models import QuerySet

from kaaring.entries.models import Case, Entry, Party


def held_case(case_id: int) -> Case:
    """Return a case, held until the transaction ends."""
    held = Case.objects.select_for_update(of=("self",))
    return held.select_related("edition__programme__organiser", "organisation", "merged_into").get(pk=case_id)


def held_entry(entry_id: int) -> Entry:
    """Return an entry, its case held until the transaction ends."""
    case = held_case(Entry.objects.values_list("case", flat=True).get(pk=entry_id))
    entry = entries_of(case).get(pk=entry_id)
    entry.case, entry.edition = case, case.edition
    return entry


def held_party(party_id: int) -> Party:
    """Return a party, its case held until the transaction ends."""
    case = held_case(Party.objects.values_list("case", flat=True).get(pk=party_id))
    party = Party.objects.select_related("organisation").get(pk=party_id)
    party.case = case
    return party


def entries_of(case: Case) -> QuerySet[Entry]:
    """Return the entries of a case with what rules ask of them."""
    return Entry.objects.filter(case=case).select_related("category").prefetch_related("corrections")


def grow(case: Case, *parts: str, at: datetime) -> None:
    """Give a case its next version, since these parts of it have changed."""
    case.version += 1
    case.changed_in = {**case.changed_in, **dict.fromkeys(parts, case.version)}
    case.changed_at = at
    case.save(update_fields=["version", "changed_in", "changed_at"])
