"""Bringing in payments: all rows or none."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction

from kaaring.audit.actions import record
from kaaring.entries.actions.invoices import hold_numbers
from kaaring.entries.models import Invoice
from kaaring.entries.payment_rows import Payable, PaymentRow, examine_payments
from kaaring.entries.queries.payments import payment_surroundings_of
from kaaring.kernel.tables import Fault, Outcome, Source, raise_if_any
from kaaring.programmes.models import Edition
from kaaring.programmes.queries import chain_of


def import_payments(
    edition: Edition,
    rows: Iterable[PaymentRow],
    *,
    by: str,
    at: datetime,
    source: Source = Source(),
    faults: Sequence[Fault] = (),
    dry_run: bool = False,
) -> Outcome:
    """Mark invoices as paid.

    All or nothing: with any fault, found here or before in reading (``faults``), nothing is written. A
    payment that is known is left as it is; one with another day or note replaces what was known.
    """
    sent = list(rows)
    with transaction.atomic():
        hold_numbers(edition)
        around = payment_surroundings_of(edition, at=at)
        raise_if_any([*faults, *examine_payments(sent, around, file=source.file)])
        pairs = [(row, around.invoices[row.invoice]) for row in sent]
        new = [(row, one) for row, one in pairs if one.paid_on is None]
        changed = [(row, one) for row, one in pairs if one.paid_on is not None and not _is_known(row, one)]
        outcome = Outcome(len(new), len(changed), len(pairs) - len(new) - len(changed), is_dry_run=dry_run)
        if not dry_run and (new or changed):
            for row, one in (*new, *changed):
                Invoice.objects.filter(pk=one.key).update(paid_on=row.paid_on, paid_note=row.note)
            told = {str(row.invoice): row.paid_on.isoformat() for row, _one in (*new, *changed)}
            details = {**source.as_details(), "paid": told}
            record(chain_of(edition), "payments_imported", str(edition), by=by, at=at, details=details)
    return outcome


def _is_known(row: PaymentRow, invoice: Payable) -> bool:
    return (row.paid_on, row.note) == (invoice.paid_on, invoice.note)
