"""The cells of a row, read as what they should be; what is not becomes a fault and a harmless value.

Nothing is written while there are faults, so the harmless value is never kept: it only lets the rest of the
row be examined, and every fault be told at once.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from kaaring.kernel.tables.faults import Fault
from kaaring.kernel.tables.numbers import as_whole_number, looks_like_a_date, without_groups
from kaaring.kernel.tables.table import Row, Table

_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
_AT_FAULT = datetime(1970, 1, 1, tzinfo=UTC)
YEARS = range(1900, 2201)
"""Moments at either end of the calendar cannot be shown on every clock."""


class Cells:
    """Reads the cells of a table by their columns, collecting faults on the way.

    Columns that are required and missing, and columns nobody knows, are faults of the file.
    """

    def __init__(self, table: Table, *, required: Sequence[str], optional: Collection[str] = ()) -> None:
        self.file = table.file
        self.faults: list[Fault] = []
        self._table = table
        self._where = {column: position for position, column in enumerate(table.columns)}
        self._row = Row(table.headings_at, table.columns)
        known = [*required, *optional]
        for column in required:
            if column not in self._where:
                what = _("The column “%(column)s” is missing.") % {"column": column}
                self.fault(column, "", what, _("Add it; its place does not matter."))
        for column in table.columns:
            if column not in known:
                what = _("There is no column “%(column)s” here.") % {"column": column}
                names = ", ".join(known)
                self.fault(
                    column, column, what, _("Remove it, or name it as one of: %(names)s.") % {"names": names}
                )

        self._is_complete = all(column in self._where for column in required)

    def rows(self) -> Iterator[Row]:
        """Go through the rows one by one; without all required columns there are none worth reading."""
        for row in self._table.rows if self._is_complete else ():
            self._row = row
            yield row

    @property
    def number(self) -> int:
        """The number of the row being read."""
        return self._row.number

    def fault(self, column: str | None, value: str, what: str, remedy: str) -> None:
        """Remember that something is wrong in this row."""
        self.faults.append(Fault(self.file, self._row.number, column, value, what, remedy))

    def file_fault(self, what: str, remedy: str) -> None:
        """Remember that something is wrong with the whole file."""
        self.faults.append(Fault(self.file, None, None, "", what, remedy))

    def text(self, column: str, *, longest: int | None = None) -> str:
        """Return the cell as it is; empty where the table lacks the column."""
        place = self._where.get(column)
        value = "" if place is None else self._row.cells[place]
        if longest is not None and len(value) > longest:
            what = _("The text has %(count)d characters.") % {"count": len(value)}
            self.fault(column, value, what, _("Shorten it to %(most)d.") % {"most": longest})
        return value

    def required(self, column: str, *, longest: int | None = None) -> str:
        """Return the cell, which must not be empty."""
        value = self.text(column, longest=longest)
        if not value:
            self.fault(column, value, _("The cell is empty."), _("Fill it in."))
        return value

    def code(self, column: str, *, longest: int = 60) -> str:
        """Return a short name for files and addresses."""
        value = self.required(column, longest=longest)
        if value and not _CODE.fullmatch(value):
            what = _("“%(value)s” cannot be a code.") % {"value": value}
            self.fault(column, value, what, _("Use letters a to z, digits and hyphens, without spaces."))
        return value

    def once(self, column: str, value: str, seen: dict[str, int]) -> None:
        """Make sure that the value names only one row of the file."""
        if value and value in seen:
            what = _("“%(value)s” stands in row %(row)d already.") % {"value": value, "row": seen[value]}
            self.fault(column, value, what, _("Keep one of the two rows."))
        seen.setdefault(value, self.number)

    def one_of(self, column: str, value: str, known: Collection[str], *, missing: str = "") -> bool:
        """Say whether the value is known; where it is not, the fault names what is."""
        if value in known:
            return True
        if value:
            what = _("“%(value)s” is not known here.") % {"value": value}
            self.fault(column, value, what, missing or _expected(known))
        return False

    def several(self, column: str, known: Collection[str], *, missing: str = "") -> tuple[str, ...]:
        """Return the codes that a cell names, separated by spaces, each once."""
        named = tuple(dict.fromkeys(self.text(column).split()))
        return tuple(one for one in named if self.one_of(column, one, known, missing=missing))

    def whole_number(self, column: str, *, least: int, most: int = 32_767) -> int | None:
        """Return a whole number within bounds, None where the cell is empty."""
        value = self.text(column)
        if not value:
            return None
        number = as_whole_number(value)
        if number is None or not least <= number <= most:
            what = _("“%(value)s” is not a whole number from %(least)d to %(most)d.")
            self.no_number(
                column, value, what % {"value": value, "least": least, "most": most}, _right_number(value)
            )
            return None
        return number

    def no_number(self, column: str, value: str, what: str, remedy: str) -> None:
        """Remember that a cell holds no number that fits, and where it looks like a date, that it does."""
        if looks_like_a_date(value):
            what = _("“%(value)s” looks like a date, as spreadsheet programs make them of numbers.")
            what %= {"value": value}
            remedy = _("Format the column as text, write the number again, and save the file anew.")
        self.fault(column, value, what, remedy)

    def email(self, column: str) -> str:
        """Return an e-mail address or nothing."""
        value = self.text(column, longest=254)
        try:
            if value:
                validate_email(value)
        except ValidationError:
            what = _("“%(value)s” is not an e-mail address.") % {"value": value}
            self.fault(column, value, what, _("Correct the address, or leave the cell empty."))
        return value

    def day(self, column: str) -> date | None:
        """Return a day, None where the cell is empty."""
        value = self.text(column)
        try:
            return datetime.fromisoformat(value).date() if value else None
        except ValueError:
            what = _("“%(value)s” is not a date.") % {"value": value}
            self.fault(column, value, what, _("Write it as 2021-01-31."))
            return None

    def moment(self, column: str, timezone: ZoneInfo) -> datetime:
        """Return a moment; one without an offset is on the clock of the time zone given."""
        value = self.required(column)
        try:
            moment = datetime.fromisoformat(value) if value else _AT_FAULT
        except ValueError:
            what = _("“%(value)s” is not a date with a time.") % {"value": value}
            self.fault(column, value, what, _("Write it as 2021-01-31T14:05."))
            return _AT_FAULT
        if moment.year not in YEARS:
            what = _("“%(value)s” is not a possible date.") % {"value": value}
            self.fault(column, value, what, _("Write it as 2021-01-31T14:05."))
            return _AT_FAULT
        return (moment if moment.tzinfo else moment.replace(tzinfo=timezone)).astimezone(UTC)


def _expected(known: Iterable[str]) -> str:
    names = ", ".join(known)
    return _("Write one of: %(names)s.") % {"names": names} if names else _("Leave the cell empty.")


def _right_number(value: str) -> str:
    if digits := without_groups(value):
        return _("Write %(number)s, without a separator.") % {"number": digits}
    if not value.isdecimal():
        return _("Write it with digits alone, such as 1000.")
    return _("Correct the number.")
