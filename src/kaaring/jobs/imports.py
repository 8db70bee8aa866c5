"""Imports: from a spreadsheet of any kind to the action that takes its rows in."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple, Protocol

from kaaring.entries.actions.importing import import_entries
from kaaring.entries.actions.payments import import_payments
from kaaring.entries.payment_rows import read_payments
from kaaring.entries.queries.importing import surroundings_of as surroundings_of_entries
from kaaring.entries.spreadsheets import read_entries
from kaaring.fieldwork import actions as fieldwork
from kaaring.fieldwork import queries as enquiries
from kaaring.fieldwork.spreadsheets import read_enquiries, read_evaluations, read_shoppers
from kaaring.jobs.import_files import content_of
from kaaring.jobs.import_kinds import columns_of
from kaaring.jobs.models import Job
from kaaring.jury import spreadsheets as juror_sheet
from kaaring.jury.actions.jurors import add_jurors
from kaaring.jury.actions.mark_imports import import_marks
from kaaring.jury.actions.vote_imports import import_votes
from kaaring.jury.mark_rows import columns_in_use, read_marks
from kaaring.jury.queries.jurors import surroundings_of as surroundings_of_jurors
from kaaring.jury.queries.mark_rows import mark_surroundings_of, stage_for_marks
from kaaring.jury.queries.vote_rows import stages_for_votes
from kaaring.jury.vote_rows import read_votes
from kaaring.kernel.tables import Faulty, Outcome, Row, Source, Table, raise_if_any
from kaaring.kernel.tables.reading import read_table
from kaaring.programmes.models import Edition
from kaaring.programmes.queries import definition_in_force
from kaaring.survey import actions as survey
from kaaring.survey import queries as participants
from kaaring.survey import spreadsheets as participant_sheet

MOST_FAULTS_KEPT = 1_000

Progress = Callable[[int, int], None]


class Doing(NamedTuple):
    """What every action that takes rows in is told beside the rows; ``stage`` is for marks and votes."""

    by: str
    at: datetime
    dry_run: bool
    progress: Progress
    stage: str = ""


class Importer(Protocol):
    """Takes the rows of one kind of table into an edition."""

    def __call__(self, edition: Edition, table: Table, source: Source, doing: Doing) -> Outcome: ...


def tell_nobody(done: int, total: int) -> None:
    """Keep progress to oneself."""


def _participants(edition: Edition, table: Table, source: Source, doing: Doing) -> Outcome:
    rows, faults = participant_sheet.read_participants(table, participants.surroundings_of(edition))
    return survey.add_participants(
        edition, rows, by=doing.by, at=doing.at, source=source, faults=faults, dry_run=doing.dry_run
    )


def _shoppers(edition: Edition, table: Table, source: Source, doing: Doing) -> Outcome:
    rows, faults = read_shoppers(table, enquiries.surroundings_of(edition))
    return fieldwork.add_shoppers(
        edition, rows, by=doing.by, at=doing.at, source=source, faults=faults, dry_run=doing.dry_run
    )


def _enquiries(edition: Edition, table: Table, source: Source, doing: Doing) -> Outcome:
    rows, faults = read_enquiries(table, enquiries.surroundings_of(edition))
    return fieldwork.plan_enquiries(
        edition, rows, by=doing.by, at=doing.at, source=source, faults=faults, dry_run=doing.dry_run
    )


def _evaluations(edition: Edition, table: Table, source: Source, doing: Doing) -> Outcome:
    rows, faults = read_evaluations(table, enquiries.surroundings_of(edition))
    if not rows:
        raise_if_any(faults)
    return fieldwork.submit_evaluations(
        edition,
        rows,
        by=doing.by,
        at=doing.at,
        source=source,
        faults=faults,
        dry_run=doing.dry_run,
        progress=doing.progress,
    )


def _jurors(edition: Edition, table: Table, source: Source, doing: Doing) -> Outcome:
    rows, faults = juror_sheet.read_jurors(table, surroundings_of_jurors(edition))
    return add_jurors(
        edition, rows, by=doing.by, at=doing.at, source=source, faults=faults, dry_run=doing.dry_run
    )


def _entries(edition: Edition, table: Table, source: Source, doing: Doing) -> Outcome:
    rows, faults = read_entries(table, surroundings_of_entries(edition))
    return import_entries(
        edition, rows, by=doing.by, at=doing.at, source=source, faults=faults, dry_run=doing.dry_run
    )


def _marks(edition: Edition, table: Table, source: Source, doing: Doing) -> Outcome:
    definition = definition_in_force(edition)
    stage = stage_for_marks(definition, edition, doing.stage, columns_in_use(table), at=doing.at)
    rows, faults = read_marks(table, mark_surroundings_of(edition, stage))
    return import_marks(
        edition, stage, rows, by=doing.by, at=doing.at, source=source, faults=faults, dry_run=doing.dry_run
    )


def _votes(edition: Edition, table: Table, source: Source, doing: Doing) -> Outcome:
    rows, faults = read_votes(table, stages_for_votes(edition, doing.stage))
    return import_votes(
        edition, rows, by=doing.by, at=doing.at, source=source, faults=faults, dry_run=doing.dry_run
    )


def _payments(edition: Edition, table: Table, source: Source, doing: Doing) -> Outcome:
    rows, faults = read_payments(table)
    return import_payments(
        edition, rows, by=doing.by, at=doing.at, source=source, faults=faults, dry_run=doing.dry_run
    )


IMPORTERS: Mapping[str, Importer] = {
    "participants": _participants,
    "shoppers": _shoppers,
    "enquiries": _enquiries,
    "evaluations": _evaluations,
    "jurors": _jurors,
    "entries": _entries,
    "marks": _marks,
    "votes": _votes,
    "payments": _payments,
}


def run_import(
    kind: str,
    edition: Edition,
    content: bytes,
    file: str,
    *,
    dry_run: bool,
    by: str,
    at: datetime,
    progress: Progress = tell_nobody,
    stage: str = "",
) -> Outcome:
    """Take a spreadsheet into an edition, all of it or nothing; ``kind`` is one of ``KINDS``.

    ``stage`` names the stage of marks or votes, where it is not the one they would go into anyhow. Raises
    ``Faulty`` with every fault of the file.
    """
    table = read_table(content, file=file)
    return IMPORTERS[kind](edition, table, Source.of(file, content), Doing(by, at, dry_run, progress, stage))


def import_rows(
    kind: str, edition: Edition, rows: Sequence[Mapping[str, str]], *, by: str, at: datetime
) -> Outcome:
    """Take rows into an edition that are in memory already, each cell by the name of its column."""
    columns = tuple(rows[0]) if rows else columns_of(kind, edition)
    cells = (
        Row(number, tuple(row[column] for column in columns)) for number, row in enumerate(rows, start=2)
    )
    return IMPORTERS[kind](
        edition, Table("", columns, tuple(cells)), Source(), Doing(by, at, False, tell_nobody)
    )


def run_job(job: Job, progress: Progress) -> Mapping[str, Any]:
    """Run an import that was asked for on a page, and return what came of it or every fault.

    A job that is run again after its worker was killed finds its file and the rows it has written, and leaves
    them: the file goes only when the job has ended.
    """
    arguments = job.arguments
    content = content_of(job)
    try:
        outcome = run_import(
            arguments["kind"],
            job.edition,
            content,
            arguments["file"],
            dry_run=arguments["dry_run"],
            by=job.asked_by.public_id if job.asked_by else "",
            at=job.asked_at,
            progress=progress,
        )
    except Faulty as faulty:
        kept = [fault.as_json() for fault in faulty.faults[:MOST_FAULTS_KEPT]]
        return {"reason": str(faulty.reason), "fault_count": len(faulty.faults), "faults": kept}
    return outcome.as_json()
