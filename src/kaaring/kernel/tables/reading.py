"""Reading a spreadsheet: headings and rows of text, whether it came as CSV or as XLSX."""

import csv
import io
import string
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from django.utils.translation import gettext as _

from kaaring.kernel.tables.faults import Fault, Faulty, raise_if_any
from kaaring.kernel.tables.table import MOST_BYTES, Row, Table
from kaaring.kernel.tables.workbook import UNWORKED, is_workbook, workbook_rows
from kaaring.kernel.tables.writing import without_shield

SEPARATORS = ",;\t"
MOST_ROWS = 100_000
MOST_COLUMNS = 1_000
MOST_CELLS = 10_000_000
"""A few kilobytes of short rows under many headings would otherwise fill the memory with empty cells."""


def read_table(content: bytes, *, file: str) -> Table:
    """Return the first sheet of an XLSX file, or a CSV file in UTF-8.

    Between the cells of a CSV file stands ``,``, ``;`` or a tab. The first row that holds anything has the
    headings. Raises ``Faulty`` where the file is neither, or too large, or a row does not fit the headings.
    """
    if len(content) > MOST_BYTES:
        raise _whole(
            file,
            _("The file has more than %(size)d MB.") % {"size": MOST_BYTES // 2**20},
            _("Divide it into smaller files and send them one by one."),
        )
    lines = workbook_rows(content, file, MOST_COLUMNS) if is_workbook(content) else _csv_rows(content, file)
    numbered = enumerate(lines, start=1)
    headings_at, headings = _headings(numbered, file)
    columns = _columns(headings_at, headings, file)
    return Table(file, columns, _rows(numbered, columns, file), headings_at)


def _csv_rows(content: bytes, file: str) -> Iterator[tuple[str, ...]]:
    text = _decoded(content, file)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    read = 0
    try:
        for line in reader:
            read += 1
            yield tuple(line[: MOST_COLUMNS + 1])
    except csv.Error as error:
        remedy = _("Look for a quotation mark that is opened and never closed, or for a very long text.")
        what = _("From here on the file cannot be read as CSV.")
        raise Faulty([Fault(file, read + 1, None, "", what, remedy)]) from error


def _separator(text: str) -> str:
    """Return what stands most often in the first line that holds anything; a comma where nothing does."""
    idle = SEPARATORS + string.whitespace
    heading = next((line for line in io.StringIO(text, newline="") if line.strip(idle)), "")
    return max(SEPARATORS, key=heading.count)


def _decoded(content: bytes, file: str) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _whole(
            file,
            _("The file is neither XLSX nor CSV in UTF-8."),
            _("Save it as an Excel workbook (.xlsx) or as “CSV UTF-8”, and send it again."),
        ) from error
    if "\0" in text:
        raise _whole(
            file,
            _("The file is neither XLSX nor CSV: it holds bytes that are no text."),
            _("Save it as an Excel workbook (.xlsx) or as “CSV UTF-8”, and send it again."),
        )
    return text


def _headings(numbered: Iterator[tuple[int, tuple[str, ...]]], file: str) -> tuple[int, tuple[str, ...]]:
    """Return the first row that holds anything, with its number."""
    for number, line in islice(numbered, MOST_ROWS):
        if any(cell.strip() for cell in line):
            return number, line
    raise _whole(
        file,
        _("The file is empty."),
        _("The first row holds the names of the columns: start from the empty file we offer."),
    )


def _columns(number: int, headings: Iterable[str], file: str) -> tuple[str, ...]:
    columns = [heading.strip() for heading in headings]
    while not columns[-1]:
        columns.pop()
    if len(columns) > MOST_COLUMNS:
        what = _("There are more than %(count)d columns.") % {"count": MOST_COLUMNS}
        raise _whole(file, what, _("Remove those that do not belong here."))
    raise_if_any(_unworked(number, columns, (), file))
    twice = sorted({column for column in columns if columns.count(column) > 1})
    raise_if_any([_heading_fault(file, number, column) for column in twice])
    return tuple(columns)


def _heading_fault(file: str, number: int, column: str) -> Fault:
    if column:
        what = _("Two columns are called “%(column)s”.") % {"column": column}
        return Fault(file, number, column, column, what, _("Keep one of them."))
    return Fault(file, number, None, "", _("Several columns have no name."), _("Name them, or remove them."))


def _unworked(number: int, cells: Sequence[str], columns: Sequence[str], file: str) -> list[Fault]:
    """Return a fault for each cell of a row whose formula has not been worked out."""
    what = _("The cell holds a formula without a value.")
    remedy = _("Open the file in a spreadsheet program, save it there, and send it again.")
    named = [*columns, *[None] * len(cells)]
    return [
        Fault(file, number, column, "", what, remedy)
        for column, cell in zip(named, cells, strict=False)
        if cell == UNWORKED
    ]


def _rows(
    numbered: Iterator[tuple[int, tuple[str, ...]]], columns: tuple[str, ...], file: str
) -> tuple[Row, ...]:
    width = len(columns)
    most = min(MOST_ROWS, MOST_CELLS // width)
    rows: list[Row] = []
    faults: list[Fault] = []
    for number, line in islice(numbered, most):
        cells = tuple([without_shield(cell.strip()) for cell in line])
        if UNWORKED in cells:
            faults += _unworked(number, cells, columns, file)
        elif any(cells[width:]):
            beyond = next(cell for cell in cells[width:] if cell)
            what = _("“%(value)s” stands beyond the last column.") % {"value": beyond}
            remedy = _("Put texts that hold the separator between quotation marks, or remove the cell.")
            faults.append(Fault(file, number, None, beyond, what, remedy))
        if any(cells):
            rows.append(Row(number, cells[:width] + ("",) * (width - len(cells))))
    if next(numbered, None) is not None:
        what = _("There are more than %(count)d rows.") % {"count": most}
        remedy = _("Divide the file into smaller ones, and remove empty rows at its end.")
        faults.append(Fault(file, None, None, "", what, remedy))
    raise_if_any(faults)
    return tuple(rows)


def _whole(file: str, what: str, remedy: str) -> Faulty:
    return Faulty([Fault(file, None, None, "", what, remedy)])
