"""An invoice or its credit note as electronic invoice: Peppol BIS Billing 3.0, in UBL 2.1.

The elements stand in the order of the UBL schema. What the standard calls them is written beside the less
obvious ones (BT: business term, BG: business group of EN 16931).
"""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from django.utils import translation
from django.utils.translation import gettext as _

from kaaring.entries.models import Invoice, InvoiceLine
from kaaring.entries.queries.invoices import totals_of
from kaaring.entries.rules.peppol import against_an_electronic_invoice, vat_number_of
from kaaring.kernel.refused import refuse
from kaaring.reports.invoice import credited_on

CUSTOMIZATION = "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0"
PROFILE = "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0"
UBL = "urn:oasis:names:specification:ubl:schema:xsd:"
COMMERCIAL_INVOICE, CREDIT_NOTE, CREDIT_TRANSFER, ONE = "380", "381", "30", "C62"
NOT_TAXED = "Not subject to VAT"
ADDRESSES_ONLY = "99"
"""What the codes of registers begin with that give addresses, but no numbers of organisations (BR-CL-11)."""
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Kind(NamedTuple):
    """What differs between the two documents: names of elements, and the code of the type."""

    root: str
    type_of: str
    type_code: str
    line: str
    quantity: str


INVOICE = Kind("Invoice", "InvoiceTypeCode", COMMERCIAL_INVOICE, "InvoiceLine", "InvoicedQuantity")
CREDIT = Kind("CreditNote", "CreditNoteTypeCode", CREDIT_NOTE, "CreditNoteLine", "CreditedQuantity")


def invoice_xml(invoice: Invoice) -> bytes:
    """Return an invoice as XML; refuses one that Peppol could not carry."""
    return _xml(invoice, INVOICE)


def credit_note_xml(invoice: Invoice) -> bytes:
    """Return the credit note of an invoice as XML; refuses one that Peppol could not carry."""
    return _xml(invoice, CREDIT)


def _xml(invoice: Invoice, kind: Kind) -> bytes:
    refuse(against_an_electronic_invoice(invoice))
    root = Element(
        kind.root,
        {
            "xmlns": f"{UBL}{kind.root}-2",
            "xmlns:cac": f"{UBL}CommonAggregateComponents-2",
            "xmlns:cbc": f"{UBL}CommonBasicComponents-2",
        },
    )
    with translation.override(invoice.edition.languages[0]):
        _head(root, invoice, kind)
        _party(_in(root, "AccountingSupplierParty"), invoice.seller, _tax_numbers(invoice))
        _party(_in(root, "AccountingCustomerParty"), invoice.buyer, {})
        _payment(root, invoice, kind)
    _sums(root, invoice)
    for number, line in enumerate(invoice.lines.all(), start=1):
        _line(_in(root, kind.line), invoice, kind, number, line)
    indent(root)
    return bytes(tostring(root, encoding="UTF-8", xml_declaration=True))


def _head(root: Element, invoice: Invoice, kind: Kind) -> None:
    is_credit = kind is CREDIT
    _put(root, "CustomizationID", CUSTOMIZATION)
    _put(root, "ProfileID", PROFILE)
    _put(root, "ID", str(invoice.credit_number if is_credit else invoice.number))
    _put(root, "IssueDate", (credited_on(invoice) if is_credit else invoice.issued_on).isoformat())
    if not is_credit:
        _put(root, "DueDate", invoice.due_on.isoformat())
    _put(root, kind.type_of, kind.type_code)
    if is_credit:
        _put(root, "Note", invoice.credited_reason)
    _put(root, "DocumentCurrencyCode", invoice.currency)
    _put(root, "BuyerReference", invoice.reference or str(invoice.edition))
    if is_credit:
        corrected = _in(_in(root, "BillingReference"), "InvoiceDocumentReference")
        _put(corrected, "ID", str(invoice.number))
        _put(corrected, "IssueDate", invoice.issued_on.isoformat())


def _tax_numbers(invoice: Invoice) -> dict[str, str]:
    """Return what the seller is known by, per tax: VAT where it is charged (BT-31), TAX for the rest (BT-32).

    For Norwegian sellers the latter is the word Foretaksregisteret (NO-R-002).
    """
    vat_number = "" if _category(invoice) == "O" else vat_number_of(invoice.seller)
    numbers = {"VAT": vat_number, "TAX": invoice.seller.get("registration") or ""}
    return {tax: number for tax, number in numbers.items() if number}


def _party(around: Element, told: Mapping[str, Any], tax_numbers: Mapping[str, str]) -> None:
    party = _in(around, "Party")
    scheme, _colon, endpoint = told["endpoint"].partition(":")
    _put(party, "EndpointID", endpoint, schemeID=scheme)
    _put(_in(party, "PartyName"), "Name", told["name"])
    address = _in(party, "PostalAddress")
    _put(address, "StreetName", told["street"])
    _put(address, "CityName", told["city"])
    _put(address, "PostalZone", told["postcode"])
    _put(_in(address, "Country"), "IdentificationCode", told["country"])
    for tax, number in tax_numbers.items():
        scheme_of_tax = _in(party, "PartyTaxScheme")
        _put(scheme_of_tax, "CompanyID", number)
        _put(_in(scheme_of_tax, "TaxScheme"), "ID", tax)
    legal = _in(party, "PartyLegalEntity")
    _put(legal, "RegistrationName", told["name"])
    if told.get("number"):
        is_endpoint = "".join(told["number"].split()) == endpoint
        is_of_register = is_endpoint and not scheme.startswith(ADDRESSES_ONLY)
        of_register = {"schemeID": scheme} if is_of_register else {}
        _put(legal, "CompanyID", endpoint if is_endpoint else told["number"], **of_register)
    if told.get("email"):
        _put(_in(party, "Contact"), "ElectronicMail", told["email"])


def _payment(root: Element, invoice: Invoice, kind: Kind) -> None:
    """Say how to pay, or, on a credit note, what it settles (BR-CO-25 asks for the one or the other)."""
    if kind is CREDIT:
        words = {"number": invoice.number}
        terms = _("This settles invoice %(number)d. What was paid is paid back.") % words
        _put(_in(root, "PaymentTerms"), "Note", terms)
        return
    means = _in(root, "PaymentMeans")
    _put(means, "PaymentMeansCode", CREDIT_TRANSFER)
    _put(means, "PaymentID", str(invoice.number))
    _put(_in(means, "PayeeFinancialAccount"), "ID", str(invoice.seller["account"]).replace(" ", ""))


def _category(invoice: Invoice) -> str:
    """Return the category of tax (BT-118): standard rate, zero rate, or not in the tax's reach at all."""
    if invoice.vat != "0":
        return "S"
    return "Z" if vat_number_of(invoice.seller) else "O"


def _tax(around: Element, name: str, invoice: Invoice, *, says_why: bool = False) -> None:
    category, code = _in(around, name), _category(invoice)
    _put(category, "ID", code)
    if code != "O":
        _put(category, "Percent", invoice.vat)
    elif says_why:
        _put(category, "TaxExemptionReason", NOT_TAXED)
    _put(_in(category, "TaxScheme"), "ID", "VAT")


def _sums(root: Element, invoice: Invoice) -> None:
    added = totals_of(invoice)
    tax = _in(root, "TaxTotal")
    _amount(tax, "TaxAmount", added.vat, invoice)
    of_rate = _in(tax, "TaxSubtotal")
    _amount(of_rate, "TaxableAmount", added.net, invoice)
    _amount(of_rate, "TaxAmount", added.vat, invoice)
    _tax(of_rate, "TaxCategory", invoice, says_why=True)
    totals = _in(root, "LegalMonetaryTotal")
    _amount(totals, "LineExtensionAmount", added.net, invoice)
    _amount(totals, "TaxExclusiveAmount", added.net, invoice)
    _amount(totals, "TaxInclusiveAmount", added.gross, invoice)
    _amount(totals, "PayableAmount", added.gross, invoice)


def _line(around: Element, invoice: Invoice, kind: Kind, number: int, line: InvoiceLine) -> None:
    _put(around, "ID", str(number))
    _put(around, kind.quantity, "1", unitCode=ONE)
    _amount(around, "LineExtensionAmount", line.amount, invoice)
    item = _in(around, "Item")
    _put(item, "Name", line.description)
    _tax(item, "ClassifiedTaxCategory", invoice)
    _amount(_in(around, "Price"), "PriceAmount", line.amount, invoice)


def _in(around: Element, name: str) -> Element:
    return SubElement(around, f"cac:{name}")


def _put(around: Element, name: str, text: str, **attributes: str) -> None:
    SubElement(around, f"cbc:{name}", attributes).text = _NOT_IN_XML.sub("", text).strip()


def _amount(around: Element, name: str, hundredths: int, invoice: Invoice) -> None:
    _put(around, name, f"{hundredths // 100}.{hundredths % 100:02}", currencyID=invoice.currency)
