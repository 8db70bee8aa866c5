"""Spreadsheets as people send them: read without trust, checked cell by cell, written to be read back.

Reading itself is imported by its own name, ``kernel.tables.reading``: it brings a library for workbooks, 17
MB in each process, which only those that read need.
"""

from kaaring.kernel.tables.cells import Cells
from kaaring.kernel.tables.faults import Fault, Faulty, Source, raise_if_any
from kaaring.kernel.tables.numbers import as_plain_number
from kaaring.kernel.tables.outcome import Outcome
from kaaring.kernel.tables.table import MOST_BYTES, Row, Table
from kaaring.kernel.tables.writing import as_csv, shielded

__all__ = [
    "MOST_BYTES",
    "Cells",
    "Fault",
    "Faulty",
    "Outcome",
    "Row",
    "Source",
    "Table",
    "as_csv",
    "as_plain_number",
    "raise_if_any",
    "shielded",
]
