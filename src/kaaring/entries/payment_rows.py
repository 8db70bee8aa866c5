"""The spreadsheet of payments, as a bank or an accounting program gives them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kaaring.entries.rules.invoices import LONGEST_NOTE
from kaaring.kernel.tables import Cells, Fault, Table

COLUMNS = ("invoice", "paid_on")
OPTIONAL = ("note",)


@dataclass(frozen=True, slots=True)
class PaymentRow:
    """One payment: which invoice, on which day, and what the bank says of it; ``row`` is where it stands."""

    invoice: int
    paid_on: date
    note: str = ""
    row: int | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Payable:
    """An invoice that can be paid: its key, since when, and the payment that is known."""

    key: int
    issued_on: date
    is_credited: bool
    paid_on: date | None
    note: str


@dataclass(frozen=True, slots=True)
class PaymentSurroundings:
    """What payments are checked against: the edition's invoices by their number, and which day it is."""

    invoices: Mapping[int, Payable]
    today: date


def read_payments(table: Table) -> tuple[list[PaymentRow], list[Fault]]:
    """Return the rows of the spreadsheet and everything that is wrong with how they are written."""
    cells = Cells(table, required=COLUMNS, optional=OPTIONAL)
    seen: dict[str, int] = {}
    rows = []
    for _row in cells.rows():
        cells.required("invoice")
        number = cells.whole_number("invoice", least=1, most=2_000_000_000)
        cells.required("paid_on")
        paid_on = cells.day("paid_on")
        note = cells.text("note", longest=LONGEST_NOTE)
        if number is not None and paid_on is not None:
            cells.once("invoice", str(number), seen)
            rows.append(PaymentRow(number, paid_on, note, cells.number))
    return rows, cells.faults


def examine_payments(
    rows: Iterable[PaymentRow], around: PaymentSurroundings, *, file: str
) -> Iterator[Fault]:
    """Yield what is wrong with payments, beside the invoices that there are."""
    for row in rows:
        invoice, words = around.invoices.get(row.invoice), {"number": row.invoice}
        if invoice is None:
            what = _("There is no invoice %(number)d in this edition.") % words
            remedy = _("Correct the number, or leave the row out.")
            yield Fault(file, row.row, "invoice", str(row.invoice), what, remedy)
        elif invoice.is_credited:
            what = _("Invoice %(number)d is credited.") % words
            remedy = _("Leave the row out, and pay the money back.")
            yield Fault(file, row.row, "invoice", str(row.invoice), what, remedy)
        elif not invoice.issued_on <= row.paid_on <= around.today:
            issued = date_format(invoice.issued_on, "DATE_FORMAT")
            what = _("Invoice %(number)d is dated %(issued)s.") % {**words, "issued": issued}
            remedy = _("Write a day between that and today.")
            yield Fault(file, row.row, "paid_on", row.paid_on.isoformat(), what, remedy)
