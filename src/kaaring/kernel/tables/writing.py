"""Writing a table as CSV that reads back to the same, and that no spreadsheet program takes for formulas."""

import csv
import io
from collections.abc import Iterable, Sequence

BOM = "\ufeff"
_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_csv(columns: Sequence[str], rows: Iterable[Sequence[str]], *, free_text: Iterable[str] = ()) -> str:
    """Return the rows as CSV with a byte order mark, so that spreadsheet programs read it as UTF-8.

    Columns of ``free_text`` hold what people wrote: there, what would start a formula gets an apostrophe
    in front, which reading takes away again.
    """
    written = io.StringIO(newline="")
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(columns)
    shielded = [column in set(free_text) for column in columns]
    for row in rows:
        writer.writerow([_shielded(cell) if free else cell for cell, free in zip(row, shielded, strict=True)])
    return BOM + written.getvalue()


def _shielded(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_STARTS_A_FORMULA) else cell


def without_shield(cell: str) -> str:
    """Return a cell as it was before it was kept from being taken for a formula."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in _STARTS_A_FORMULA and len(cell) > 1 else cell
