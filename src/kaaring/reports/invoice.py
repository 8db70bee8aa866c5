"""An invoice or its credit note as a PDF, in the reader's language, with the figures that were frozen."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kaaring.entries.models import Invoice
from kaaring.entries.queries.invoices import day_of, totals_of
from kaaring.kernel.figures import money
from kaaring.reports.printed.blocks import Block, column, table, wide
from kaaring.reports.typesetting import typeset

MONEY = 34
"""Millimetres for an amount."""


def invoice_pdf(invoice: Invoice, language: str) -> bytes:
    """Return an invoice as a document in a language."""
    return typeset("invoice.typ", _document(invoice, language, False), called=f"invoice {invoice.number}")


def credit_note_pdf(invoice: Invoice, language: str) -> bytes:
    """Return the credit note of an invoice as a document in a language."""
    return typeset(
        "invoice.typ", _document(invoice, language, True), called=f"credit note {invoice.credit_number}"
    )


def credited_on(invoice: Invoice) -> date:
    """Return the day of a credit note."""
    assert invoice.credited_at is not None
    return day_of(invoice.edition, invoice.credited_at)


def _document(invoice: Invoice, language: str, is_credit: bool) -> Block:
    with translation.override(language):
        heading = _heading(invoice, is_credit)
        abroad = invoice.seller["country"] != invoice.buyer["country"]
        return {
            "lang": language,
            "accent": invoice.edition.programme.organiser.accent,
            "title": f"{heading}, {invoice.seller['name']}",
            "heading": heading,
            "lead": _lead(invoice, is_credit),
            "seller": _seller(invoice.seller, abroad=abroad),
            "buyer": {
                "label": _("To"),
                "name": invoice.buyer["name"],
                "address": _address(invoice.buyer, abroad=abroad),
            },
            "facts": _facts(invoice, is_credit),
            "table": _table(invoice),
            **_sums(invoice, is_credit),
            "payment": [] if is_credit else _payment(invoice),
        }


def _heading(invoice: Invoice, is_credit: bool) -> str:
    if is_credit:
        return _("Credit note %(number)d") % {"number": invoice.credit_number}
    return _("Invoice %(number)d") % {"number": invoice.number}


def _lead(invoice: Invoice, is_credit: bool) -> str:
    """Return the sentence above the lines: for which award it is, or what is credited and why."""
    words = {
        "edition": invoice.edition.title,
        "number": invoice.number,
        "day": _day(invoice.issued_on),
        "reason": invoice.credited_reason,
    }
    if is_credit:
        return _("This credits invoice %(number)d of %(day)s as a whole. Reason: %(reason)s") % words
    if invoice.credited_at is not None:
        words["credit"] = str(invoice.credit_number)
        return _("Entries in %(edition)s. This invoice was credited by credit note %(credit)s.") % words
    return _("Entries in %(edition)s.") % words


def _seller(seller: Mapping[str, Any], *, abroad: bool) -> Block:
    known = [
        (_("Registration number %(number)s"), seller["number"]),
        (_("VAT number %(number)s"), seller.get("vat_number")),
        ("%(number)s", seller.get("registration")),
    ]
    return {
        "name": seller["name"],
        "address": [*_address(seller, abroad=abroad), *([seller["email"]] if seller.get("email") else [])],
        "footer": [seller["name"], *(words % {"number": number} for words, number in known if number)],
    }


def _address(party: Mapping[str, Any], *, abroad: bool) -> list[str]:
    """Return the lines of an address; the country only where the letter crosses a border."""
    number = party.get("number")
    return [
        str(party["street"]),
        f"{party['postcode']} {party['city']}",
        *([str(party["country"])] if abroad else []),
        *([_("Registration number %(number)s") % {"number": number}] if number else []),
    ]


def _facts(invoice: Invoice, is_credit: bool) -> list[Block]:
    issued = credited_on(invoice) if is_credit else invoice.issued_on
    facts = [(_("Date"), _day(issued))]
    if not is_credit:
        facts.append((_("Due"), _day(invoice.due_on)))
    if invoice.reference:
        facts.append((_("Your reference"), invoice.reference))
    return _named(facts)


def _table(invoice: Invoice) -> Block:
    columns = (
        wide(_("What")),
        column(_("Without VAT, %(currency)s") % {"currency": invoice.currency}, MONEY),
    )
    return table(columns, [(line.description, money(line.amount)) for line in invoice.lines.all()])


def _sums(invoice: Invoice, is_credit: bool) -> Block:
    added = totals_of(invoice)
    rate = _("VAT %(rate)s %%") % {"rate": invoice.vat.replace(".", _decimal_mark())}
    return {
        "totals": _named([(_("Without VAT"), money(added.net)), (rate, money(added.vat))]),
        "sum": {
            "name": _("Amount credited") if is_credit else _("To be paid"),
            "value": money(added.gross, invoice.currency),
        },
    }


def _decimal_mark() -> str:
    return money(0)[1]


def _payment(invoice: Invoice) -> list[Block]:
    if invoice.credited_at is not None:
        return []
    facts = [
        (_("Bank account"), str(invoice.seller["account"])),
        (_("Message to the receiver"), _("Invoice %(number)d") % {"number": invoice.number}),
    ]
    if invoice.paid_on is not None:
        facts.append((_("Paid"), _day(invoice.paid_on)))
    return _named(facts)


def _day(day: date) -> str:
    return date_format(day, "DATE_FORMAT")


def _named(facts: list[tuple[str, str]]) -> list[Block]:
    return [{"name": name, "value": value} for name, value in facts]
