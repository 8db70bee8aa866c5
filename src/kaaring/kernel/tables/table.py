"""A spreadsheet as it is once read: text in columns and numbered rows."""

from dataclasses import dataclass

MOST_BYTES = 64 * 2**20


@dataclass(frozen=True, slots=True)
class Row:
    """One row under the headings with the number people see beside it; one cell for each column."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A spreadsheet as text. Empty rows are left out; cells are stripped of the space around them.

    ``headings_at`` is the number of the row of headings: rows before it are empty.
    """

    file: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    headings_at: int = 1
