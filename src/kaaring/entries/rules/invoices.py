"""What may be done with invoices."""

from collections.abc import Collection, Sequence
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kaaring.entries.models import Entry, Invoice
from kaaring.kernel.refused import Refused
from kaaring.people.models import Organisation
from kaaring.programmes.definition.schema import Fees
from kaaring.programmes.models import Edition

ADDRESS = ("street", "postcode", "city", "country")
LONGEST_NOTE = 120
LONGEST_REFERENCE = 80


def against_no_fees(edition: Edition, fees: Fees | None) -> Refused | None:
    """Only an edition with fees in its rules sends invoices."""
    if fees is not None:
        return None
    return Refused(
        "no_fees",
        _("The rules of %(edition)s name no fees, so there is nothing to invoice.")
        % {"edition": edition.title},
    )


def against_issuing(
    edition: Edition,
    organisation: Organisation,
    entries: Sequence[Entry],
    *,
    invoiced: Collection[int],
    net: int,
) -> Refused | None:
    """An invoice is for submitted entries of one organisation, each once, and to an address."""
    if not entries:
        return Refused("nothing_to_invoice", _("Choose at least one entry to invoice."))
    for entry in entries:
        if refusal := _against_entry(edition, organisation, entry, invoiced):
            return refusal
    if net == 0:
        return Refused(
            "nothing_to_pay",
            _("These entries of %(organisation)s cost nothing.") % {"organisation": organisation},
        )
    return against_no_address(organisation)


def against_a_reference(reference: str) -> Refused | None:
    """The buyer's reference stands on the invoice whole, or not at all."""
    if len(reference.strip()) <= LONGEST_REFERENCE:
        return None
    return Refused(
        "reference_too_long",
        _("The reference has %(count)d characters; at most %(most)d fit on an invoice. Shorten it.")
        % {"count": len(reference.strip()), "most": LONGEST_REFERENCE},
    )


def _against_entry(
    edition: Edition, organisation: Organisation, entry: Entry, invoiced: Collection[int]
) -> Refused | None:
    words = {"code": entry.code, "organisation": organisation}
    if entry.edition_id != edition.pk or entry.case.organisation_id != organisation.pk:
        return Refused(
            "entry_of_another", _("Entry %(code)s is not one of %(organisation)s in this edition.") % words
        )
    if entry.submitted_at is None or entry.withdrawn_at is not None:
        return Refused(
            "entry_not_in", _("Entry %(code)s is not submitted, or withdrawn, and costs nothing.") % words
        )
    if entry.pk in invoiced:
        return Refused(
            "invoiced_already",
            _("Entry %(code)s stands on an invoice already. Credit that one first.") % words,
        )
    return None


def against_no_address(organisation: Organisation) -> Refused | None:
    """An invoice names who is to pay, and where they are."""
    if all(getattr(organisation, name) for name in ADDRESS):
        return None
    return Refused(
        "no_address",
        _("%(organisation)s has no full address. Add street, postcode, city and country first.")
        % {"organisation": organisation},
    )


def against_crediting(invoice: Invoice, *, reason: str) -> Refused | None:
    """An invoice is credited once, as a whole, with a reason."""
    if invoice.credited_at is not None:
        return _credited(invoice)
    if reason.strip():
        return None
    return Refused("no_reason", _("Say why the invoice is credited: the reason stands on the credit note."))


def _credited(invoice: Invoice) -> Refused:
    return Refused(
        "invoice_credited",
        _("Invoice %(number)d is credited. There is nothing to pay.") % {"number": invoice.number},
    )


def against_paying(invoice: Invoice, paid_on: date, note: str, *, today: date) -> Refused | None:
    """An invoice is paid on a day between its own and today."""
    if invoice.credited_at is not None:
        return _credited(invoice)
    if invoice.paid_on is not None:
        return Refused(
            "paid_already",
            _("Invoice %(number)d was paid on %(day)s.")
            % {"number": invoice.number, "day": date_format(invoice.paid_on, "DATE_FORMAT")},
        )
    return against_a_payment(invoice, paid_on, today=today) or _against_note(note)


def against_a_payment(invoice: Invoice, paid_on: date, *, today: date) -> Refused | None:
    """Nobody pays before there is an invoice, nor tomorrow."""
    if invoice.issued_on <= paid_on <= today:
        return None
    return Refused(
        "payment_day",
        _("Invoice %(number)d is dated %(issued)s: the day of payment lies between that and today.")
        % {"number": invoice.number, "issued": date_format(invoice.issued_on, "DATE_FORMAT")},
    )


def _against_note(note: str) -> Refused | None:
    if len(note) <= LONGEST_NOTE:
        return None
    return Refused("note_too_long", _("Shorten the note to %(most)d characters.") % {"most": LONGEST_NOTE})


def against_undoing_payment(invoice: Invoice, *, reason: str) -> Refused | None:
    """What was marked as paid by mistake is open again, and somebody says why."""
    if invoice.paid_on is None:
        return Refused("not_paid", _("Invoice %(number)d is not paid.") % {"number": invoice.number})
    if reason.strip():
        return None
    return Refused("no_reason", _("Say why the payment is taken back."))
