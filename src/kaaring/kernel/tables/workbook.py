"""Reading the first sheet of an XLSX workbook without trusting it."""

import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import load_workbook

from kaaring.kernel.tables.faults import Fault, Faulty

UNWORKED = "\ufffeformula"
"""Stands for a cell whose formula nobody has worked out; XML has no such character."""
_FORMULA = re.compile(rb"<f[ />]")
_CHUNK = 2**20
MOST_BYTES_UNPACKED = 512 * 2**20
MOST_PARTS = 1_000
UNSUSPICIOUS = 32 * 2**20
MOST_TIMES_AS_LARGE = 60
"""Spreadsheets shrink to a tenth when packed; one that shrinks to a hundredth is made to tire us."""


def is_workbook(content: bytes) -> bool:
    """Say whether the content is packed the way workbooks are."""
    return content.startswith(b"PK\x03\x04")


def workbook_rows(content: bytes, file: str, most_columns: int) -> Iterator[tuple[str, ...]]:
    """Yield the rows of the first sheet as text, headings first; cells far beyond the last are not read.

    How large the parts are once unpacked is checked before anything is unpacked, and a part that lies about
    its size ends where it said it would. A formula without a value is ``UNWORKED``.
    """
    _refuse_bomb(content, file)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            read = _worked_out if _has_formulas(content) else _plain
            for row in read(content, most_columns + 1):
                yield _trimmed(row)
    except GeneratorExit:
        raise
    except Exception as error:  # whatever a broken or hostile workbook makes the reader stumble over
        what = _("The file looks like an Excel workbook but cannot be read as one.")
        remedy = _("Open it in a spreadsheet program, save it as .xlsx again, and send that.")
        raise Faulty([Fault(file, None, None, "", what, remedy)]) from error


def _has_formulas(content: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        sheets = [name for name in packed.namelist() if name.startswith("xl/worksheets/")]
        return any(_holds_formula(packed, name) for name in sheets)


def _holds_formula(packed: zipfile.ZipFile, name: str) -> bool:
    with packed.open(name) as sheet:
        end = b""
        while chunk := sheet.read(_CHUNK):
            read = end + chunk
            if _FORMULA.search(read):
                return True
            end = read[-2:]
    return False


def _first_sheet(content: bytes, *, data_only: bool) -> Any:
    book = load_workbook(io.BytesIO(content), read_only=True, data_only=data_only, keep_links=False)
    sheet = book.worksheets[0]
    sheet.reset_dimensions()
    return sheet


def _plain(content: bytes, columns: int) -> Iterator[tuple[Any, ...]]:
    rows: Iterator[tuple[Any, ...]] = _first_sheet(content, data_only=True).iter_rows(
        max_col=columns, values_only=True
    )
    return rows


def _worked_out(content: bytes, columns: int) -> Iterator[tuple[Any, ...]]:
    """Yield the rows with what formulas came to; one that came to an empty text is an empty cell."""
    values = _first_sheet(content, data_only=True).iter_rows(max_col=columns)
    written = _first_sheet(content, data_only=False).iter_rows(max_col=columns, values_only=True)
    for row, formulas in zip(values, written, strict=True):
        yield tuple([_value(cell, formula) for cell, formula in zip(row, formulas, strict=True)])


def _value(cell: Any, formula: Any) -> Any:
    is_unworked = cell.value is None and cell.data_type != "str" and formula is not None
    return UNWORKED if is_unworked else cell.value


def _refuse_bomb(content: bytes, file: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = packed.infolist()
    except zipfile.BadZipFile as error:
        what = _("The file looks like an Excel workbook but is damaged.")
        raise Faulty([Fault(file, None, None, "", what, _("Save it again, and send that."))]) from error
    most = min(MOST_BYTES_UNPACKED, max(UNSUSPICIOUS, MOST_TIMES_AS_LARGE * len(content)))
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > most:
        what = _("Unpacked, the workbook is far larger than a spreadsheet of ours can be.")
        remedy = _("Copy the cells into a new workbook, or send the sheet as CSV.")
        raise Faulty([Fault(file, None, None, "", what, remedy)])


def _trimmed(row: tuple[Any, ...]) -> tuple[str, ...]:
    last = len(row)
    while last and row[last - 1] is None:
        last -= 1
    return tuple([cell if isinstance(cell, str) else _as_text(cell) for cell in row[:last]])


def _as_text(value: Any) -> str:
    """Return a cell as a person would type it: no decimals without need, dates in ISO form."""
    if value is None:
        return ""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else format(Decimal(repr(value)), "f")
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value)
