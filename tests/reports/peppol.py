"""What Peppol BIS Billing 3.0 asks beyond EN 16931, as far as our documents can touch it, in our own words.

Written from the meaning of the published rules; each is called by its number there. Rules about what we
never write (allowances, periods, attachments, direct debit, a second currency) only see that it is absent.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

UBL = "urn:oasis:names:specification:ubl:schema:xsd:"
NAMES = {"a": f"{UBL}CommonAggregateComponents-2", "b": f"{UBL}CommonBasicComponents-2"}
SELLER, BUYER = "a:AccountingSupplierParty/a:Party", "a:AccountingCustomerParty/a:Party"
NEVER_WRITTEN = {
    "AllowanceCharge", "AdditionalDocumentReference", "DocumentReference", "InvoicePeriod", "TaxCurrencyCode",
    "BaseQuantity", "EmbeddedDocumentBinaryObject", "PaymentMandate", "TaxRepresentativeParty",
}  # fmt: skip
INVOICES = {"380", "383", "386", "393", "82", "80", "84", "395", "575", "623", "780"}
CREDIT_NOTES = {"381", "396", "81", "83", "532"}
SLACK = Decimal("0.02")


def said(root: Element, path: str) -> list[str]:
    return [(one.text or "").strip() for one in root.findall(path, NAMES)]


def _called(root: Element, *names: str) -> list[Element]:
    return [one for one in root.iter() if one.tag.rpartition("}")[2] in names]


def _lines(root: Element) -> list[Element]:
    return _called(root, "InvoiceLine", "CreditNoteLine")


def _of_register(root: Element, scheme: str) -> list[str]:
    numbers = _called(root, "EndpointID", "CompanyID")
    return [(one.text or "").strip() for one in numbers if one.attrib.get("schemeID") == scheme]


def _tax_numbers(root: Element, tax: str) -> list[str]:
    schemes = root.findall(f"{SELLER}/a:PartyTaxScheme", NAMES)
    return [
        number
        for one in schemes
        for number in said(one, "b:CompanyID")
        if said(one, "a:TaxScheme/b:ID") == [tax]
    ]


def has_right_check_digit(number: str) -> bool:
    """Modulo 11 as Brønnøysund counts it: the weighted digits, the check digit among them, divide by 11."""
    digits = [int(one) for one in number]
    return sum(a * b for a, b in zip(digits, (3, 2, 7, 6, 5, 4, 3, 2, 1), strict=True)) % 11 == 0


def _is_norwegian(number: str) -> bool:
    return bool(re.fullmatch(r"[0-9]{9}", number)) and int(number) > 0 and has_right_check_digit(number)


def _is_of_gs1(number: str) -> bool:
    odd, even = number[-1::-2], number[-2::-2]
    return number.isdigit() and (sum(map(int, odd)) + 3 * sum(map(int, even))) % 10 == 0


def _is_vat_number(number: str) -> bool:
    return not number.startswith("NO") or (number.endswith("MVA") and _is_norwegian(number[2:-3]))


def _is_norwegian_seller(root: Element) -> bool:
    return said(root, f"{SELLER}/a:PostalAddress/a:Country/b:IdentificationCode") == ["NO"]


def _is_day(text: str) -> bool:
    return bool(re.fullmatch(r"\d{4}-\d\d-\d\d", text)) and date.fromisoformat(text) is not None


def _price_fits(line: Element) -> bool:
    (net,) = said(line, "b:LineExtensionAmount")
    (price,) = said(line, "a:Price/b:PriceAmount")
    (quantity,) = said(line, "b:InvoicedQuantity") + said(line, "b:CreditedQuantity")
    return abs(Decimal(net) - Decimal(price) * Decimal(quantity)) <= SLACK


RULES: Mapping[str, Callable[[Element], bool]] = {
    "R001": lambda root: len(said(root, "b:ProfileID")) == 1,
    "R002": lambda root: len(said(root, "b:Note")) <= 1,
    "R003": lambda root: bool(said(root, "b:BuyerReference") or said(root, "a:OrderReference/b:ID")),
    "R004": lambda root: any(
        one.startswith("urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0")
        for one in said(root, "b:CustomizationID")
    ),
    "R007": lambda root: all(
        re.fullmatch(r"urn:fdc:peppol\.eu:2017:poacc:billing:[0-9]{2}:1\.0", one)
        for one in said(root, "b:ProfileID")
    ),
    "R008": lambda root: all(len(one) or (one.text or "").strip() for one in root.iter()),
    "R010": lambda root: len(said(root, f"{BUYER}/b:EndpointID")) == 1,
    "R020": lambda root: len(said(root, f"{SELLER}/b:EndpointID")) == 1,
    "R051": lambda root: {
        one.attrib.get("currencyID") for one in root.iter() if one.tag.endswith("Amount")
    } == set(said(root, "b:DocumentCurrencyCode")),
    "R053": lambda root: len(root.findall("a:TaxTotal[a:TaxSubtotal]", NAMES)) == 1,
    "R054": lambda root: len(root.findall("a:TaxTotal", NAMES)) == 1,
    "R061": lambda root: not {"49", "59"} & set(said(root, "a:PaymentMeans/b:PaymentMeansCode")),
    "R120": lambda root: all(_price_fits(line) for line in _lines(root)),
    "P0100": lambda root: set(said(root, "b:InvoiceTypeCode")) <= INVOICES,
    "P0101": lambda root: set(said(root, "b:CreditNoteTypeCode")) <= CREDIT_NOTES,
    "F001": lambda root: all(
        _is_day((one.text or "").strip()) for one in _called(root, "IssueDate", "DueDate")
    ),
    "COMMON-R040": lambda root: all(_is_of_gs1(one) for one in _of_register(root, "0088")),
    "COMMON-R041": lambda root: all(_is_norwegian(one) for one in _of_register(root, "0192")),
    "COMMON-R042": lambda root: all(
        re.fullmatch(r"DK[0-9]{8}", one) for one in _of_register(root, "0184")
    ),
    "NO-R-001": lambda root: all(_is_vat_number(one) for one in _tax_numbers(root, "VAT")),
    "NO-R-002": lambda root: (
        not _is_norwegian_seller(root) or _tax_numbers(root, "TAX") == ["Foretaksregisteret"]
    ),
    "never written": lambda root: not _called(root, *NEVER_WRITTEN),
}  # fmt: skip


def peppol_faults(content: bytes) -> list[str]:
    """Return the numbers of Peppol's rules that a document breaks."""
    root = ElementTree.fromstring(content)
    return [name for name, holds in RULES.items() if not holds(root)]
