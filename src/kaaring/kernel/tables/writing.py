"""Writing a table as CSV that reads back to the same, and that no spreadsheet program takes for formulas."""

import csv
import io
from collections.abc import Iterable, Sequence

from kaaring.kernel.tables.numbers import is_number

BOM = "\ufeff"
_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_csv(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return the rows as CSV with a byte order mark, so that spreadsheet programs read it as UTF-8.

    What would start a formula there gets an apostrophe in front, which reading takes away again.
    """
    written = io.StringIO(newline="")
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([shielded(cell) for cell in row] for row in rows)
    return BOM + written.getvalue()


def shielded(cell: str) -> str:
    """Return a cell that no spreadsheet program takes for a formula."""
    return f"'{cell}" if cell.startswith(_STARTS_A_FORMULA) and not is_number(cell) else cell


def without_shield(cell: str) -> str:
    """Return a cell as it was before it was kept from being taken for a formula."""
    return cell[1:] if cell[:1] == "'" and cell[1:].startswith(_STARTS_A_FORMULA) else cell
