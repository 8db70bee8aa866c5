"""Bringing in entries that were collected elsewhere: all rows or none."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.db import transaction

from kaaring.audit.actions import record
from kaaring.entries.actions.holding import grow, held_entry
from kaaring.entries.models import Answer, Case, Correction, Entry, Nominee, Party, ProtectedFact
from kaaring.entries.queries.dossiers import dossiers_of
from kaaring.entries.queries.importing import known_entries, row_of, surroundings_of
from kaaring.entries.queries.submitted import as_kept, kept_of
from kaaring.entries.rules.importing import examine_entries
from kaaring.entries.rules.periods import entry_period
from kaaring.entries.spreadsheets import EntryRow, EntrySurroundings, KnownEntry
from kaaring.kernel.tables import Fault, Outcome, Source, raise_if_any
from kaaring.people.models import Organisation, Organiser, User
from kaaring.people.queries import chain_of as chain_of_organiser
from kaaring.people.queries import person_called
from kaaring.planning.names import normalised
from kaaring.programmes.models import Category, Edition
from kaaring.programmes.queries import chain_of

CHUNK = 200
PARTIES = ("partner", "organisation_role", "partner_role", "contact_email")
NOMINEE = ("nominee", "nominee_email", "subject")
type Houses = Mapping[str, Organisation]


class Difference(NamedTuple):
    """What of the rows is new, what replaces what was brought in before, and what is there already."""

    new: list[EntryRow]
    changed: list[EntryRow]
    unchanged: int


class Doing(NamedTuple):
    """Who brings entries in, when, and from where."""

    by: str
    at: datetime
    source: Source
    person: User | None


def import_entries(
    edition: Edition,
    rows: Iterable[EntryRow],
    *,
    by: str,
    at: datetime,
    source: Source = Source(),
    faults: Sequence[Fault] = (),
    dry_run: bool = False,
) -> Outcome:
    """Store entries as submitted, each with a case of its own and the organisations that it names.

    All or nothing: with any fault, found here or before in reading (``faults``), nothing is written and all
    are raised together. A row that was sent before is left as it is; one that differs replaces what an
    import brought in, and never what was written here. Whoever took the entry in elsewhere has accepted it:
    the deadline, word limits and rules that are open or not met do not stand against it; what the rules say
    is kept with the entry, as it is at submitting.
    """
    sent = list(rows)
    with transaction.atomic():
        _hold(edition)
        around = surroundings_of(edition)
        known = known_entries(edition, [row.code for row in sent])
        period = entry_period(edition)
        year = at.year if period is None else period.last.year
        raise_if_any([*faults, *examine_entries(sent, known, around, year=year, file=source.file)])
        difference = _difference(sent, known)
        new, changed = len(difference.new), len(difference.changed)
        if not dry_run and (new or changed):
            _write(edition, difference, known, around, Doing(by, at, source, person_called(by)))
    return Outcome(new, changed, difference.unchanged, is_dry_run=dry_run)


def _hold(edition: Edition) -> None:
    """Hold what imports wrote before, and then the edition: cases first, as everybody does."""
    imported = Entry.objects.filter(edition=edition, imported_version__isnull=False)
    cases = Case.objects.filter(pk__in=imported.values("case")).order_by("pk")
    list(cases.select_for_update().values_list("pk"))
    Edition.objects.select_for_update().get(pk=edition.pk)


def _difference(sent: Iterable[EntryRow], known: Mapping[str, KnownEntry]) -> Difference:
    difference = Difference([], [], 0)
    for row in sent:
        stored = known.get(row.code)
        if stored is None:
            difference.new.append(row)
        elif not stored.says(row):
            difference.changed.append(row)
        else:
            difference = difference._replace(unchanged=difference.unchanged + 1)
    return difference


def _write(
    edition: Edition,
    difference: Difference,
    known: Mapping[str, KnownEntry],
    around: EntrySurroundings,
    doing: Doing,
) -> None:
    houses = _houses(edition.programme.organiser, [*difference.new, *difference.changed], doing)
    written = _add(edition, difference.new, around, houses, doing)
    written += [_change(known[row.code].key, row, around, houses, doing) for row in difference.changed]
    _keep_verdicts(written, around)
    details: dict[str, Any] = {
        "created": len(difference.new),
        "changed": sorted(row.code for row in difference.changed),
        "unchanged": difference.unchanged,
    }
    details |= doing.source.as_details()
    record(chain_of(edition), "entries_imported", str(edition), by=doing.by, at=doing.at, details=details)


def _houses(organiser: Organiser, rows: Iterable[EntryRow], doing: Doing) -> Houses:
    """Return the organisations that rows name, by name as names are compared; new ones are made."""
    known = Organisation.objects.filter(organiser=organiser).order_by("-pk")
    houses = {normalised(one.name): one for one in known}
    named = (name for row in rows for name in (row.organisation, row.detail("partner")) if name)
    missing: dict[str, Organisation] = {}
    for name in named:
        if normalised(name) not in houses:
            missing.setdefault(
                normalised(name), Organisation(organiser=organiser, name=name, created_at=doing.at)
            )
    if missing:
        Organisation.objects.bulk_create(missing.values(), batch_size=CHUNK)
        details = {"count": len(missing), "file": doing.source.file}
        chain = chain_of_organiser(organiser)
        record(chain, "organisations_added", organiser.slug, by=doing.by, at=doing.at, details=details)
    return houses | missing


def _add(
    edition: Edition, rows: Sequence[EntryRow], around: EntrySurroundings, houses: Houses, doing: Doing
) -> list[Entry]:
    """Store new entries with their cases, a few statements for all of them."""
    cases = Case.objects.bulk_create(
        [_case(edition, row, around, houses, doing) for row in rows], batch_size=CHUNK
    )
    categories = {one.code: one for one in Category.objects.filter(edition=edition)}
    entries = [
        Entry(
            edition=edition,
            case=case,
            category=categories[row.category],
            division=row.detail("division"),
            code=row.code,
            created_at=doing.at,
            submitted_at=doing.at,
            submitted_by=doing.person,
            imported_version=case.version,
        )
        for case, row in zip(cases, rows, strict=True)
    ]
    Entry.objects.bulk_create(entries, batch_size=CHUNK)
    pairs = list(zip(entries, rows, strict=True))
    Party.objects.bulk_create(
        (party for entry, row in pairs for party in _parties(entry.case, row, houses, doing)),
        batch_size=CHUNK,
    )
    Nominee.objects.bulk_create(
        (one for entry, row in pairs for one in _nominee(entry.case, row, around)), batch_size=CHUNK
    )
    Answer.objects.bulk_create(
        (answer for entry, row in pairs for answer in _answers(entry, row)), batch_size=CHUNK
    )
    ProtectedFact.objects.bulk_create(
        (fact for entry, row in pairs for fact in _protected(entry.case, row, doing)), batch_size=CHUNK
    )
    return entries


def _case(edition: Edition, row: EntryRow, around: EntrySurroundings, houses: Houses, doing: Doing) -> Case:
    case = Case(
        edition=edition,
        created_at=doing.at,
        created_by=doing.person,
        changed_at=doing.at,
        language=around.languages[0],
    )
    return _take(case, row, houses)


def _take(case: Case, row: EntryRow, houses: Houses) -> Case:
    """Give a case what a row says of it."""
    case.title, case.organisation = row.title, houses[normalised(row.organisation)]
    case.subject, case.summary = row.detail("subject"), row.detail("summary")
    case.language = row.detail("language") or case.language
    case.facts = {code: answer for code, answer in row.facts.items() if answer is not None}
    return case


def _parties(case: Case, row: EntryRow, houses: Houses, doing: Doing) -> list[Party]:
    """Return who stands behind a case; who entered it has approved it by that."""
    own = Party(
        case=case,
        organisation=case.organisation,
        role=row.detail("organisation_role"),
        contact_email=row.detail("contact_email"),
        approved_at=doing.at,
        approved_by=doing.person,
        approved_version=case.version,
    )
    if not row.detail("partner"):
        return [own]
    partner = houses[normalised(row.detail("partner"))]
    return [own, Party(case=case, organisation=partner, role=row.detail("partner_role"))]


def _nominee(case: Case, row: EntryRow, around: EntrySurroundings) -> list[Nominee]:
    """Return whom a case nominates; where the kind is not told, it may be a person, who is then asked."""
    if not row.detail("nominee"):
        return []
    kinds = [row.detail("subject")] if row.detail("subject") else around.categories[row.category].subject
    return [
        Nominee(
            case=case,
            name=row.detail("nominee"),
            email=row.detail("nominee_email"),
            is_person="person" in kinds,
            language=case.language,
        )
    ]


def _answers(entry: Entry, row: EntryRow) -> list[Answer]:
    version = entry.case.version
    texts = {criterion: text for criterion, text in row.texts.items() if text}
    return [Answer(entry=entry, criterion=code, text=text, version=version) for code, text in texts.items()]


def _protected(case: Case, row: EntryRow, doing: Doing) -> list[ProtectedFact]:
    told = {fact: value for fact, value in row.protected.items() if value}
    return [
        ProtectedFact(case=case, fact=fact, value=value, given_at=doing.at, given_by=doing.person)
        for fact, value in told.items()
    ]


def _change(key: int, sent: EntryRow, around: EntrySurroundings, houses: Houses, doing: Doing) -> Entry:
    """Let an entry that an import brought in say what a row says; what has no column stays."""
    entry = held_entry(key)
    before = row_of(entry)
    row = sent.over(before)
    case = _take(entry.case, row, houses)
    case.save()
    grow(case, "about", "facts", "parties", at=doing.at)
    if normalised(before.organisation) != normalised(row.organisation) or _differ(before, row, PARTIES):
        case.parties.all().delete()
        Party.objects.bulk_create(_parties(case, row, houses, doing))
    if _differ(before, row, NOMINEE):
        Nominee.objects.filter(case=case).delete()
        Nominee.objects.bulk_create(_nominee(case, row, around))
    if before.texts != row.texts:
        entry.answers.all().delete()
        Answer.objects.bulk_create(_answers(entry, row))
    if before.protected != row.protected:
        case.protected_facts.all().delete()
        ProtectedFact.objects.bulk_create(_protected(case, row, doing))
    entry.division, entry.imported_version = row.detail("division"), case.version
    entry.save(update_fields=["division", "imported_version"])
    return Entry.objects.select_related("case", "category", "edition").get(pk=entry.pk)


def _differ(before: EntryRow, row: EntryRow, names: Iterable[str]) -> bool:
    return any(before.detail(name) != row.detail(name) for name in names)


def _keep_verdicts(entries: Sequence[Entry], around: EntrySurroundings) -> None:
    """Keep with each entry what the rules say of it, and the division that follows from them."""
    for dossier in dossiers_of(entries, around.definition):
        entry = dossier.entry
        entry.division = dossier.division or entry.division
        entry.eligibility = dossier.record
        if kept_of(entry) is not None:
            Correction.objects.filter(entry=entry, submitted__isnull=False).update(submitted=as_kept(dossier))
    Entry.objects.bulk_update(entries, ["division", "eligibility"], batch_size=CHUNK)
