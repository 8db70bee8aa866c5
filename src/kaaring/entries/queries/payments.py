"""What payments are checked against."""

from datetime import datetime

from kaaring.entries.models import Invoice
from kaaring.entries.payment_rows import Payable, PaymentSurroundings
from kaaring.entries.queries.invoices import day_of
from kaaring.programmes.models import Edition


def payment_surroundings_of(edition: Edition, *, at: datetime) -> PaymentSurroundings:
    """Return the invoices of an edition by their number, and which day it is there."""
    rows = Invoice.objects.filter(edition=edition).values_list(
        "number", "pk", "issued_on", "credited_at", "paid_on", "paid_note"
    )
    invoices = {
        number: Payable(key, issued_on, credited_at is not None, paid_on, note)
        for number, key, issued_on, credited_at, paid_on, note in rows
    }
    return PaymentSurroundings(invoices, day_of(edition, at))
