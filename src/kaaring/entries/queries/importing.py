"""Entries as the rows of a spreadsheet: what imports are checked against, and what is exported."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from django.db.models import QuerySet

from kaaring.entries.models import Case, Entry, Nominee, Party
from kaaring.entries.queries.dossiers import nominee_of
from kaaring.entries.queries.submitted import kept_of
from kaaring.entries.spreadsheets import EntryRow, EntrySurroundings, KnownEntry
from kaaring.programmes.models import Edition
from kaaring.programmes.queries import definition_in_force

CHUNK = 500


def surroundings_of(edition: Edition) -> EntrySurroundings:
    """Return what entries of an edition are checked against."""
    return EntrySurroundings(definition_in_force(edition), tuple(edition.languages))


def entry_columns_of(edition: Edition) -> tuple[str, ...]:
    """Return the columns that a spreadsheet of entries can have in an edition, in order."""
    return surroundings_of(edition).columns


def known_entries(edition: Edition, codes: Iterable[str]) -> dict[str, KnownEntry]:
    """Return those of these entries that are stored, by their codes."""
    wanted = list(codes)
    found: dict[str, KnownEntry] = {}
    for start in range(0, len(wanted), CHUNK):
        for entry in _whole(edition).filter(code__in=wanted[start : start + CHUNK]):
            found[entry.code] = _known(entry)
    return found


def submitted_rows(edition: Edition) -> Iterator[EntryRow]:
    """Return the entries that compete, by their codes, as the rows they can be brought in from elsewhere."""
    competing = _whole(edition).filter(submitted_at__isnull=False, withdrawn_at=None)
    whole = competing.prefetch_related("corrections").order_by("code")
    return (_row_submitted(entry) for entry in whole.iterator(chunk_size=CHUNK))


def _whole(edition: Edition) -> QuerySet[Entry]:
    found = Entry.objects.filter(edition=edition).select_related(
        "category", "case__organisation", "case__nominee"
    )
    return found.prefetch_related("answers", "case__parties__organisation", "case__protected_facts")


def _known(entry: Entry) -> KnownEntry:
    case = entry.case
    return KnownEntry(
        key=entry.pk,
        row=row_of(entry),
        is_submitted=entry.submitted_at is not None and entry.withdrawn_at is None,
        is_withdrawn=entry.withdrawn_at is not None,
        is_imported=entry.imported_version == case.version
        and entry.submitted_at is not None
        and case.merged_into_id is None,
    )


def _row_submitted(entry: Entry) -> EntryRow:
    """Return an entry as it is before the jury, while its entrant corrects it."""
    kept = kept_of(entry)
    if kept is None:
        return row_of(entry)
    row = row_of(entry)
    addresses = {name: row.detail(name) for name in ("contact_email", "nominee_email")}
    return replace(
        row,
        title=kept.case.title,
        texts={code: answer.text for code, answer in kept.answers.items()},
        facts=kept.case.facts,
        details=_details(entry, kept.case, kept.parties, kept.nominee) | addresses,
    )


def row_of(entry: Entry) -> EntryRow:
    """Return an entry as the row of a spreadsheet."""
    case = entry.case
    return EntryRow(
        code=entry.code,
        category=entry.category.code,
        title=case.title,
        organisation=case.organisation.name,
        texts={answer.criterion: answer.text for answer in entry.answers.all()},
        facts=case.facts,
        protected={each.fact: each.value for each in case.protected_facts.all()},
        details=_details(entry, case, case.parties.all(), nominee_of(case)),
    )


def _details(entry: Entry, case: Case, parties: Iterable[Party], nominee: Nominee | None) -> dict[str, str]:
    own = next((one for one in parties if one.organisation_id == case.organisation_id), None)
    partner = next((one for one in parties if one.organisation_id != case.organisation_id), None)
    return {
        "partner": partner.organisation.name if partner else "",
        "nominee": nominee.name if nominee else "",
        "subject": case.subject,
        "division": entry.division,
        "summary": case.summary,
        "language": case.language,
        "organisation_role": own.role if own else "",
        "partner_role": partner.role if partner else "",
        "contact_email": own.contact_email if own else "",
        "nominee_email": nominee.email if nominee else "",
    }
