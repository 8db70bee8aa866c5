"""The spreadsheet of marks: one row a scorecard, one column a criterion, as a jury leaves it on paper."""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass

from django.utils.translation import gettext as _

from kaaring.jury.models import Scorecard
from kaaring.jury.sheets import UNTOUCHED, Filled, Sheet, mark_at, sheet_of, steps_of
from kaaring.kernel.tables import Cells, Fault, Row, Table
from kaaring.programmes.definition.schema import Category, MarkScale
from kaaring.programmes.definition.schema.jury import Stage as StageRules
from kaaring.programmes.definition.schema.values import plain_number

COLUMNS = ("entry", "juror")
ABSTAINS = "na"
REASON, SHARE, COMMENT = "reason_", "share_", "comment_"
OWN = ("juror_name", "abstained", "passes", "rank", "points", "comment", "remark")
YES, NO = "yes", "no"
LONGEST = 20_000


@dataclass(frozen=True, slots=True)
class MarkRow:
    """A scorecard as a spreadsheet gives it; ``juror_name`` is for one who is not known yet."""

    entry: str
    juror: str
    sheet: Sheet
    juror_name: str = ""
    row: int | None = None


@dataclass(frozen=True, slots=True)
class KnownEntry:
    """An entry's key, its category, whether it can be judged, and what else competes with it."""

    key: int
    category: str
    contest: tuple[str, str]
    is_judged: bool


@dataclass(frozen=True, slots=True)
class KnownCard:
    """A scorecard that is there: what stands on it, and whether an import put it there."""

    sheet: Sheet
    is_final: bool
    is_entered: bool


@dataclass(frozen=True, slots=True)
class MarkSurroundings:
    """What marks are checked against: the stage of the rules, and the edition as it stands.

    ``jurors`` maps codes to keys, ``names`` to what they are called; ``removed`` are codes of removed jurors.
    A jury ``is_on_paper`` where no juror has an account or an address: its jurors are known by their marks
    alone. ``cards``, ``ended`` and ``blocked`` speak of juror and entry by their codes.
    """

    stage: StageRules
    scale: MarkScale
    categories: Mapping[str, Category]
    entries: Mapping[str, KnownEntry]
    jurors: Mapping[str, int]
    names: Mapping[str, str]
    removed: Set[str]
    is_on_paper: bool
    ended: Mapping[tuple[str, str], str]
    blocked: Set[tuple[str, str]]
    cards: Mapping[tuple[str, str], KnownCard]


def mark_columns(categories: Sequence[Category]) -> tuple[str, ...]:
    """Return every column that a spreadsheet of marks can have in an edition, in order."""
    codes = list(dict.fromkeys(one.code for category in categories for one in category.criteria))
    granted = dict.fromkeys(
        one.code for category in categories for one in category.criteria if one.discretion != "fixed"
    )
    return (
        *COLUMNS,
        *codes,
        *(REASON + code for code in codes),
        *(SHARE + code for code in granted),
        *(COMMENT + code for code in codes),
        *OWN,
    )


def read_marks(table: Table, around: MarkSurroundings) -> tuple[list[MarkRow], list[Fault]]:
    """Return the rows of the spreadsheet and what is wrong with their shape."""
    known = (*mark_columns(list(around.categories.values())), *(SHARE + code for code in _criteria(around)))
    cells = Cells(
        table, required=COLUMNS, optional=[one for one in dict.fromkeys(known) if one not in COLUMNS]
    )
    codes = [code for code in _criteria(around) if code in table.columns]
    seen: dict[str, int] = {}
    rows = []
    for row in cells.rows():
        rows.append(_read(cells, row, codes, around))
        if rows[-1].entry and rows[-1].juror:
            _once(cells, f"{rows[-1].entry}, {rows[-1].juror}", seen)
    return rows, cells.faults


def names_told(rows: Iterable[MarkRow]) -> dict[str, str]:
    """Return what the rows call the jurors, by their codes; the first name where they tell several."""
    names: dict[str, str] = {}
    for row in rows:
        if row.juror_name:
            names.setdefault(row.juror, row.juror_name)
    return names


def columns_in_use(table: Table) -> frozenset[str]:
    """Return the columns of a table in which something stands."""
    used = {at for row in table.rows for at, cell in enumerate(row.cells) if cell}
    return frozenset(table.columns[at] for at in used)


def _criteria(around: MarkSurroundings) -> dict[str, None]:
    return dict.fromkeys(one.code for found in around.categories.values() for one in found.criteria)


def _once(cells: Cells, pair: str, seen: dict[str, int]) -> None:
    if pair in seen:
        what = _("Row %(row)d has marks by this juror for this entry already.") % {"row": seen[pair]}
        cells.fault("juror", pair, what, _("Keep one of the two rows."))
    seen.setdefault(pair, cells.number)


def _read(cells: Cells, row: Row, codes: Sequence[str], around: MarkSurroundings) -> MarkRow:
    marks = {code: _filled(cells, code, around.scale) for code in codes}
    sheet = Sheet(
        marks={code: one for code, one in marks.items() if one != UNTOUCHED},
        abstained=cells.text("abstained", longest=LONGEST) or None,
        passes=_vote(cells),
        rank=cells.whole_number("rank", least=1),
        points=cells.whole_number("points", least=0),
        comment=cells.text("comment", longest=LONGEST),
        remark=cells.text("remark", longest=LONGEST),
    )
    return MarkRow(
        entry=cells.required("entry"),
        juror=cells.required("juror"),
        sheet=sheet,
        juror_name=cells.text("juror_name", longest=120),
        row=row.number,
    )


def _vote(cells: Cells) -> bool | None:
    value = cells.text("passes").lower()
    cells.one_of("passes", value, (YES, NO))
    return {YES: True, NO: False}.get(value)


def _filled(cells: Cells, code: str, scale: MarkScale) -> Filled:
    comment = cells.text(COMMENT + code, longest=LONGEST)
    value, reason = cells.text(code), cells.text(REASON + code, longest=LONGEST)
    share = cells.whole_number(SHARE + code, least=0, most=100)
    granted = 100 if share is None else share
    if value.lower() == ABSTAINS:
        if not reason:
            what = _("No reason says why the juror abstains.")
            remedy = _("Fill in the column “%(column)s”.") % {"column": REASON + code}
            cells.fault(code, value, what, remedy)
        return Filled(abstained=reason, share=granted, comment=comment)
    if reason:
        what = _("A reason to abstain stands beside something other than “na”.")
        cells.fault(REASON + code, reason, what, _("Write na for the mark, or empty this cell."))
    return Filled(_steps(cells, code, value, scale), None, granted, comment)


def _steps(cells: Cells, code: str, value: str, scale: MarkScale) -> int | None:
    """Return a mark as steps above the lowest; None where the cell is empty."""
    if not value:
        return None
    steps = steps_of(scale, value)
    if steps is not None:
        return steps
    what = _("“%(value)s” is not a mark on the scale.") % {"value": value}
    cells.no_number(code, value, what, right_marks(scale))
    return 0


def right_marks(scale: MarkScale) -> str:
    """Say which marks the scale has, and how to abstain."""
    return _("Write a mark from %(lowest)s to %(highest)s in steps of %(step)s, or na with a reason.") % {
        "lowest": scale.lowest,
        "highest": scale.highest,
        "step": plain_number(scale.step),
    }


def mark_cells(card: Scorecard, columns: Sequence[str], scale: MarkScale) -> tuple[str, ...]:
    """Return a final scorecard as the cells it is read from."""
    sheet, juror = sheet_of(card), card.assignment.juror
    cells = {"entry": card.assignment.entry.code, "juror": juror.code, "juror_name": juror.name}
    cells |= {"abstained": card.abstained, "comment": card.comment, "remark": card.remark}
    cells["passes"] = {True: YES, False: NO}.get(card.passes, "") if card.passes is not None else ""
    cells |= {"rank": _number(card.rank), "points": _number(card.points)}
    for code, one in sheet.marks.items():
        mark = None if one.steps is None else plain_number(mark_at(scale, one.steps))
        cells |= {code: ABSTAINS if mark is None else str(mark), REASON + code: one.abstained or ""}
        cells |= {SHARE + code: str(one.share), COMMENT + code: one.comment}
    return tuple(cells.get(column, "") for column in columns)


def _number(value: int | None) -> str:
    return "" if value is None else str(value)
