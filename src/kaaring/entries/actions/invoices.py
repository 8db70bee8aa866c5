"""Invoices: issued, credited, paid. Numbers are given one after another, under one lock an organiser."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import override

from kaaring.audit.actions import record
from kaaring.entries.models import Entry, Invoice, InvoiceLine
from kaaring.entries.queries.invoices import (
    buyer_of,
    day_of,
    fee_of,
    invoiced_among,
    percent_of,
    seller_of,
    totals_of,
    unsent_in,
)
from kaaring.entries.rules import invoices as may
from kaaring.entries.rules.fees import Fee
from kaaring.kernel.refused import refuse
from kaaring.kernel.text import said
from kaaring.people.models import Organisation, Organiser
from kaaring.programmes.definition.schema import Fees
from kaaring.programmes.models import Edition
from kaaring.programmes.queries import chain_of, definition_in_force


@transaction.atomic
def issue_invoice(
    edition: Edition,
    organisation: Organisation,
    entries: Iterable[Entry],
    *,
    reference: str = "",
    by: str,
    at: datetime,
) -> Invoice:
    """Issue an invoice for submitted entries of an organisation, each at the price of when it came in.

    Seller, buyer, prices and tax are kept as they stand now, whatever changes later.
    """
    hold_numbers(edition)
    fees = definition_in_force(edition).fees
    refuse(may.against_no_fees(edition, fees))
    assert fees is not None
    organisation = Organisation.objects.get(pk=organisation.pk)
    listed = _fresh(entries)
    costs = [(entry, fee_of(entry)) for entry in listed]
    net = sum(fee.amount for _entry, fee in costs if fee is not None)
    refuse(
        may.against_issuing(edition, organisation, listed, invoiced=invoiced_among(listed), net=net)
        or may.against_a_reference(reference)
    )
    invoice = _store(edition, organisation, fees, reference=reference, at=at)
    InvoiceLine.objects.bulk_create(
        InvoiceLine(invoice=invoice, entry=entry, description=_line(entry, fee), amount=fee.amount)
        for entry, fee in costs
        if fee is not None
    )
    _tell(invoice, "invoice_issued", by=by, at=at, to=organisation.public_id, gross=totals_of(invoice).gross)
    return invoice


def issue_invoices(edition: Edition, *, by: str, at: datetime) -> list[Invoice]:
    """Issue an invoice to every organisation with entries that none is for, and that has an address."""
    return [
        issue_invoice(edition, one.organisation, [entry for entry, _fee in one.entries], by=by, at=at)
        for one in unsent_in(edition)
        if one.obstacle is None
    ]


def _fresh(entries: Iterable[Entry]) -> list[Entry]:
    """Return the entries as they are stored, held: none is withdrawn while it is put on an invoice."""
    held = Entry.objects.select_for_update(of=("self",)).filter(pk__in=[entry.pk for entry in entries])
    return list(held.select_related("case__organisation", "category", "edition__programme").order_by("code"))


def hold_numbers(edition: Edition) -> None:
    """Let nobody else give a number until this transaction ends."""
    Organiser.objects.select_for_update().get(pk=edition.programme.organiser_id)


def _next_number(edition: Edition) -> int:
    """Return the next number of the organiser's series, which credit notes share."""
    ours = Invoice.objects.filter(organiser=edition.programme.organiser_id)
    highest = ours.aggregate(invoice=Max("number"), credit=Max("credit_number"))
    return max(highest["invoice"] or 0, highest["credit"] or 0) + 1


def _store(
    edition: Edition, organisation: Organisation, fees: Fees, *, reference: str, at: datetime
) -> Invoice:
    issued_on = day_of(edition, at)
    return Invoice.objects.create(
        organiser_id=edition.programme.organiser_id,
        edition=edition,
        organisation=organisation,
        number=_next_number(edition),
        issued_on=issued_on,
        due_on=issued_on + timedelta(days=fees.due_days),
        currency=fees.currency,
        vat=percent_of(fees),
        seller=seller_of(fees),
        buyer=buyer_of(organisation),
        reference=reference.strip(),
    )


def _line(entry: Entry, fee: Fee) -> str:
    """Return what an entry is called on an invoice, in the language of its case."""
    with override(entry.case.language):
        words = {
            "code": entry.code,
            "case": entry.case.title[:120],
            "category": said(entry.category.name)[:100],
            "price": said(fee.name)[:40],
        }
        if fee.is_member:
            line = _("Entry %(code)s, %(category)s: %(case)s. Price: %(price)s, for members") % words
        else:
            line = _("Entry %(code)s, %(category)s: %(case)s. Price: %(price)s") % words
    return line[:300]


@transaction.atomic
def credit_invoice(invoice_id: int, *, reason: str, by: str, at: datetime) -> Invoice:
    """Credit an invoice as a whole; its entries can then be invoiced again."""
    invoice = _held(invoice_id)
    refuse(may.against_crediting(invoice, reason=reason))
    invoice.credited_at, invoice.credited_reason = at, reason.strip()
    invoice.credit_number = _next_number(invoice.edition)
    invoice.save(update_fields=["credited_at", "credited_reason", "credit_number"])
    _tell(invoice, "invoice_credited", by=by, at=at, why=reason.strip(), credit_note=invoice.credit_number)
    return invoice


@transaction.atomic
def mark_paid(invoice_id: int, paid_on: date, *, note: str = "", by: str, at: datetime) -> Invoice:
    """Say that an invoice was paid on a day."""
    invoice = _held(invoice_id)
    refuse(may.against_paying(invoice, paid_on, note.strip(), today=day_of(invoice.edition, at)))
    invoice.paid_on, invoice.paid_note = paid_on, note.strip()
    invoice.save(update_fields=["paid_on", "paid_note"])
    _tell(invoice, "invoice_paid", by=by, at=at, paid_on=paid_on.isoformat(), note=invoice.paid_note)
    return invoice


@transaction.atomic
def undo_payment(invoice_id: int, *, reason: str, by: str, at: datetime) -> Invoice:
    """Say that an invoice was marked as paid by mistake."""
    invoice = _held(invoice_id)
    refuse(may.against_undoing_payment(invoice, reason=reason))
    before = str(invoice.paid_on)
    invoice.paid_on, invoice.paid_note = None, ""
    invoice.save(update_fields=["paid_on", "paid_note"])
    _tell(invoice, "invoice_payment_undone", by=by, at=at, why=reason.strip(), paid_on=before)
    return invoice


def _held(invoice_id: int) -> Invoice:
    edition = Edition.objects.select_related("programme").get(invoices=invoice_id)
    hold_numbers(edition)
    held = Invoice.objects.select_for_update(of=("self",))
    return held.select_related("edition__programme", "organisation").get(pk=invoice_id)


def _tell(invoice: Invoice, doing: str, *, by: str, at: datetime, why: str = "", **details: Any) -> None:
    about = {"number": invoice.number, **details}
    record(chain_of(invoice.edition), doing, invoice.public_id, by=by, at=at, why=why, details=about)
