"""The spreadsheet of a public vote that was counted elsewhere: one row an entry and a stage."""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from kaaring.jury.rules.votes import MOST
from kaaring.kernel.tables import Cells, Fault, Table
from kaaring.programmes.definition.schema.jury import Stage as StageRules

COLUMNS = ("entry", "votes")
OPTIONAL = ("stage",)


@dataclass(frozen=True, slots=True)
class VoteRow:
    """What the public gave an entry in a stage; ``row`` is where it stands."""

    stage: str
    entry: str
    votes: int
    row: int | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class KnownStage:
    """A public vote: its rules, and whether it has opened, or would have where nobody gave it a period."""

    rules: StageRules
    has_opened: bool


@dataclass(frozen=True, slots=True)
class KnownEntry:
    """An entry's key, and whether it was submitted and withdrawn."""

    key: int
    is_submitted: bool
    is_withdrawn: bool


@dataclass(frozen=True, slots=True)
class VoteSurroundings:
    """What votes are checked against: the public votes of the rules, the entries, and which are in which.

    ``there`` and ``counts`` speak of stages and entries by their codes; into a stage that has no period yet
    every submitted entry can go.
    """

    stages: Mapping[str, KnownStage]
    entries: Mapping[str, KnownEntry]
    there: Set[tuple[str, str]]
    counts: Mapping[tuple[str, str], int]


def read_votes(table: Table, stages: Iterable[str]) -> tuple[list[VoteRow], list[Fault]]:
    """Return the rows of the spreadsheet and what is wrong with their shape.

    ``stages`` are the public votes that can be meant. A row that names none belongs to the only one.
    """
    known = list(stages)
    usual = known[0] if len(known) == 1 else ""
    cells = Cells(table, required=COLUMNS, optional=OPTIONAL)
    if not usual and "stage" not in table.columns:
        cells.file_fault(_("Nothing says which vote this is."), _which(known))
    seen: dict[str, int] = {}
    rows = []
    for _row in cells.rows():
        stage = cells.text("stage") or usual
        if not stage and "stage" in table.columns:
            cells.fault("stage", "", _("Nothing says which vote this is."), _which(known))
        entry, _written = cells.required("entry"), cells.required("votes")
        votes = cells.whole_number("votes", least=0, most=MOST)
        if entry and stage:
            _once(cells, stage, entry, seen)
        rows.append(VoteRow(stage, entry, votes or 0, cells.number))
    return rows, cells.faults


def _once(cells: Cells, stage: str, entry: str, seen: dict[str, int]) -> None:
    pair = f"{stage}, {entry}"
    if pair in seen:
        what = _("Row %(row)d has the votes for this entry already.") % {"row": seen[pair]}
        cells.fault("entry", entry, what, _("Keep one of the two rows."))
    seen.setdefault(pair, cells.number)


def _which(known: Iterable[str]) -> str:
    return _("Write one of these in the column “stage”: %(stages)s.") % {"stages": ", ".join(known)}


def examine_votes(rows: Sequence[VoteRow], around: VoteSurroundings, *, file: str) -> Iterator[Fault]:
    """Yield everything in which the rows do not fit the edition."""
    closed = sorted({row.stage for row in rows if _is_closed(row.stage, around)})
    yield from (_not_opened(stage, file) for stage in closed)
    for row in rows:
        if row.stage and row.stage not in around.stages:
            what = _("The rules have no public vote “%(stage)s”.") % {"stage": row.stage}
            yield Fault(file, row.row, "stage", row.stage, what, _which(around.stages))
        elif row.entry and row.stage and row.stage not in closed and not _is_there(row, around):
            yield _entry_misfit(row, around, file)


def _is_closed(stage: str, around: VoteSurroundings) -> bool:
    return stage in around.stages and not around.stages[stage].has_opened


def _not_opened(stage: str, file: str) -> Fault:
    what = _("The stage “%(stage)s” has not opened yet, so nobody can have voted.") % {"stage": stage}
    remedy = _("Send the file when it has, or give it an earlier beginning under Stages.")
    return Fault(file, None, None, "", what, remedy)


def _is_there(row: VoteRow, around: VoteSurroundings) -> bool:
    return (row.stage, row.entry) in around.there


def _entry_misfit(row: VoteRow, around: VoteSurroundings, file: str) -> Fault:
    entry = around.entries.get(row.entry)
    if entry is None:
        what = _("There is no entry “%(value)s” in this edition.") % {"value": row.entry}
        remedy = _("Correct the code, or remove the row.")
    elif entry.is_withdrawn:
        what = _("The entry %(value)s was withdrawn.") % {"value": row.entry}
        remedy = _("Remove the row.")
    elif not entry.is_submitted:
        what = _("The entry %(value)s is not submitted.") % {"value": row.entry}
        remedy = _("Remove the row, or submit it first.")
    else:
        words = {"value": row.entry, "stage": row.stage}
        what = _("The entry %(value)s is not in the stage “%(stage)s”.") % words
        remedy = _("Put it in under Stages first, or remove the row.")
    return Fault(file, row.row, "entry", row.entry, what, remedy)
