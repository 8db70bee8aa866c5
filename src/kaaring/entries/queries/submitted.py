"""What is before the jury: what an entry said when it was submitted, while its entrant corrects it.

What was submitted is kept with the correction that was asked for (decision 033). As long as that is not
answered, jurors, documents and exports go by what is read here, and not by what the entrant has open.
"""

from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.db.models import CharField, Exists, IntegerField, OuterRef, Subquery
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

from kaaring.entries.models import Answer, Attachment, Case, Correction, Entry, Figure, Nominee, Party
from kaaring.entries.queries.attachments import attachments_of
from kaaring.entries.queries.dossiers import dossier_of
from kaaring.entries.rules.dossier import Dossier
from kaaring.people.models import Organisation
from kaaring.programmes.definition import Definition

CASE = ("title", "subject", "language", "summary", "facts")
FIGURE = ("code", "name", "definition", "unit", "period", "source", "is_documented")


@dataclass(frozen=True, slots=True)
class Kept:
    """What an entry said in a version of its case. ``case`` is a copy that is never saved."""

    version: int
    case: Case
    answers: Mapping[str, Answer]
    figures: tuple[Figure, ...]
    parties: tuple[Party, ...]
    nominee: Nominee | None
    attachments: tuple[Attachment, ...]


def as_kept(dossier: Dossier) -> dict[str, Any]:
    """Return what an entry says now as plain data; protected answers are not part of it."""
    case, nominee = dossier.entry.case, dossier.nominee
    return {
        "version": case.version,
        **{name: getattr(case, name) for name in CASE},
        "answers": {code: [one.text, one.openness] for code, one in dossier.answers.items()},
        "figures": [
            {name: getattr(one, name) for name in FIGURE}
            | {name: _written(getattr(one, name)) for name in ("before", "after")}
            for one in dossier.figures
        ],
        "parties": [
            [party.organisation_id, party.organisation.name, party.role, party.text]
            for party in dossier.parties
        ],
        "nominee": [nominee.name, nominee.role, nominee.is_person] if nominee else None,
        "attachments": [one.public_id for one in attachments_of(case)],
    }


def _written(amount: Decimal | None) -> str | None:
    return None if amount is None else str(amount)


def _read(amount: str | None) -> Decimal | None:
    return None if amount is None else Decimal(amount)


def kept_of(entry: Entry) -> Kept | None:
    """Return what was submitted, where the entrant has another text open, or else None."""
    kept = next((one.submitted for one in entry.corrections.all() if one.submitted is not None), None)
    if kept is None:
        return None
    case = copy(entry.case)
    for name in CASE:
        setattr(case, name, kept[name])
    case.version = kept["version"]
    return Kept(
        version=kept["version"],
        case=case,
        answers={
            code: Answer(entry=entry, criterion=code, text=text, openness=openness)
            for code, (text, openness) in kept["answers"].items()
        },
        figures=tuple(_figure(case, row) for row in kept["figures"]),
        parties=tuple(_parties(case, kept["parties"])),
        nominee=_nominee(case, kept["nominee"]),
        attachments=tuple(
            Attachment.objects.filter(case=entry.case_id, public_id__in=kept["attachments"]).order_by("pk")
        ),
    )


def _figure(case: Case, row: Mapping[str, Any]) -> Figure:
    amounts = {name: _read(row[name]) for name in ("before", "after")}
    return Figure(case=case, **{name: row[name] for name in FIGURE}, **amounts)


def _parties(case: Case, rows: Iterable[tuple[int, str, str, str]]) -> Iterable[Party]:
    """Return the parties; an organisation that has become another one since keeps the name it had."""
    known = Organisation.objects.in_bulk([key for key, *_others in rows])
    for key, name, role, text in rows:
        organisation = known.get(key) or Organisation(name=name)
        yield Party(case=case, organisation=organisation, role=role, text=text)


def _nominee(case: Case, told: tuple[str, str, bool] | None) -> Nominee | None:
    if told is None:
        return None
    name, role, is_person = told
    return Nominee(case=case, name=name, role=role, is_person=is_person)


def dossier_submitted(entry: Entry, definition: Definition | None = None) -> Dossier:
    """Return an entry as it is before the jury; of a draft, as it is now.

    Its verdict is that of now: what the rules said when it was submitted is kept in ``entry.eligibility``.
    """
    return as_submitted(dossier_of(entry, definition))


def as_submitted(dossier: Dossier) -> Dossier:
    """Return a dossier with what was submitted in the place of what the entrant has open."""
    kept = kept_of(dossier.entry)
    if kept is None:
        return dossier
    entry = copy(dossier.entry)
    entry.case = kept.case
    return replace(
        dossier,
        entry=entry,
        answers=kept.answers,
        figures=kept.figures,
        parties=kept.parties,
        nominee=kept.nominee,
    )


def attachments_submitted(entry: Entry) -> list[Attachment]:
    """Return the files that belong to an entry before the jury, also those taken away in a correction."""
    kept = kept_of(entry)
    return list(attachments_of(entry.case)) if kept is None else list(kept.attachments)


def files_kept() -> set[str]:
    """Return the public ids of the files that a text before the jury refers to."""
    kept = Correction.objects.filter(submitted__isnull=False).order_by()
    lists = kept.values_list("submitted__attachments", flat=True)
    return {public_id for files in lists for public_id in files}


def answers_submitted(entries: Iterable[int], criterion: str) -> dict[int, str]:
    """Return what entries say about one criterion before the jury, by their keys."""
    keys = list(entries)
    found = dict(Answer.objects.filter(entry__in=keys, criterion=criterion).values_list("entry", "text"))
    kept = Correction.objects.filter(entry__in=keys, submitted__isnull=False).order_by()
    for entry, answers in kept.values_list("entry", "submitted__answers"):
        found[entry] = answers.get(criterion, ["", ""])[0]
    return found


def put_titles(entries: Iterable[Entry]) -> None:
    """Let entries that are only shown carry the titles that were submitted, with one query for all."""
    found: dict[int, list[Entry]] = {}
    for entry in entries:
        found.setdefault(entry.pk, []).append(entry)
    kept = Correction.objects.filter(entry__in=found, submitted__isnull=False).order_by()
    for key, title in kept.values_list("entry", "submitted__title"):
        for entry in found[key]:
            entry.case.title = title


def is_kept(entry: str) -> Exists:
    """Return whether an entry is kept as it was submitted, for a query that refers to its key so."""
    return Exists(Correction.objects.filter(entry=OuterRef(entry), submitted__isnull=False).order_by())


def submitted_title(entry: str) -> Subquery:
    """Return the title that was submitted, for a query; NULL where no correction is open.

    ``entry`` is how the query refers to the key of the entry.
    """
    return Subquery(_told("title", entry), output_field=CharField())


def submitted_version(entry: str) -> Subquery:
    """Return the version of the case that was submitted, for a query; NULL where no correction is open."""
    return Subquery(_told("version", entry).values(number=Cast("told", IntegerField())))


def _told(name: str, entry: str) -> Any:
    kept = Correction.objects.filter(entry=OuterRef(entry), submitted__isnull=False).order_by("-pk")
    return kept.annotate(told=KeyTextTransform(name, "submitted")).values("told")[:1]
