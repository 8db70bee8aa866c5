"""The spreadsheet of a public vote that was counted elsewhere: one row an entry and a stage."""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from kaaring.jury.rules.votes import MOST
from kaaring.kernel.tables import Cells, Fault, Table

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
    """A public vote of the rules: its key, None where it has no period, and whether it has opened."""

    key: int | None
    has_opened: bool


@dataclass(frozen=True, slots=True)
class KnownEntry:
    """An entry's key, and whether it was withdrawn."""

    key: int
    is_withdrawn: bool


@dataclass(frozen=True, slots=True)
class VoteSurroundings:
    """What votes are checked against: the public votes of the rules, the entries, and which are in which.

    ``there`` and ``counts`` speak of stages and entries by their codes.
    """

    stages: Mapping[str, KnownStage]
    entries: Mapping[str, KnownEntry]
    there: Set[tuple[str, str]]
    counts: Mapping[tuple[str, str], int]


def read_votes(table: Table, stages: Iterable[str], *, named: str = "") -> tuple[list[VoteRow], list[Fault]]:
    """Return the rows of the spreadsheet and what is wrong with their shape.

    ``stages`` are the public votes of the rules. A row that names none belongs to the one ``named``, or to
    the only one there is.
    """
    known = list(stages)
    usual = named or (known[0] if len(known) == 1 else "")
    cells = Cells(table, required=COLUMNS, optional=OPTIONAL)
    seen: dict[str, int] = {}
    rows = []
    for _row in cells.rows():
        stage = cells.text("stage") or usual
        if not stage:
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


def examine_votes(rows: Iterable[VoteRow], around: VoteSurroundings, *, file: str) -> Iterable[Fault]:
    """Yield everything in which the rows do not fit the edition."""
    for row in rows:
        fault = _stage_misfit(row, around, file)
        if fault is not None:
            yield fault
        elif row.entry and row.stage and (row.stage, row.entry) not in around.there:
            yield _entry_misfit(row, around, file)


def _stage_misfit(row: VoteRow, around: VoteSurroundings, file: str) -> Fault | None:
    if not row.stage:
        return None
    stage, called = around.stages.get(row.stage), {"stage": row.stage}
    if stage is None:
        what = _("The rules have no public vote “%(stage)s”.") % called
        return Fault(file, row.row, "stage", row.stage, what, _which(around.stages))
    if stage.key is None:
        what, remedy = _("The stage “%(stage)s” has no period yet."), _("Give it one under Stages first.")
        return Fault(file, row.row, "stage", row.stage, what % called, remedy)
    if not stage.has_opened:
        what = _("The stage “%(stage)s” has not opened yet, so nobody can have voted.") % called
        remedy = _("Send the file when it has, or move its beginning under Stages.")
        return Fault(file, row.row, "stage", row.stage, what, remedy)
    return None


def _entry_misfit(row: VoteRow, around: VoteSurroundings, file: str) -> Fault:
    entry = around.entries.get(row.entry)
    if entry is None:
        what = _("There is no entry “%(value)s” in this edition.") % {"value": row.entry}
        remedy = _("Correct the code, or remove the row.")
    elif entry.is_withdrawn:
        what = _("The entry %(value)s was withdrawn.") % {"value": row.entry}
        remedy = _("Remove the row.")
    else:
        words = {"value": row.entry, "stage": row.stage}
        what = _("The entry %(value)s is not in the stage “%(stage)s”.") % words
        remedy = _("Put it in under Stages first, or remove the row.")
    return Fault(file, row.row, "entry", row.entry, what, remedy)
