"""Invoices and credit notes: as PDF for people, as UBL for machines, adding up to the same."""

import io
import re
from decimal import Decimal
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree

import pypdf
import pytest

from kaaring.entries import actions
from kaaring.entries.models import Invoice
from kaaring.kernel.refused import Refused
from kaaring.reports.invoice import credit_note_pdf, invoice_pdf
from kaaring.reports.ubl import credit_note_xml, invoice_xml
from tests.build import NOON
from tests.entries.test_invoices import a_house, a_submitted, an_edition_with_fees, an_invoice, fees, issue
from tests.juried import LARGE_TEAM, a_juried_edition, an_entry

pytestmark = pytest.mark.django_db
ENDPOINT = {"number": "987654325", "endpoint": "0192:987654325"}
CAC = "{urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2}"
CBC = "{urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2}"
SEQUENCE = {
    "Invoice": [
        "CustomizationID", "ProfileID", "ID", "IssueDate", "DueDate", "InvoiceTypeCode", "Note",
        "DocumentCurrencyCode", "BuyerReference", "BillingReference", "AccountingSupplierParty",
        "AccountingCustomerParty", "PaymentMeans", "PaymentTerms", "TaxTotal", "LegalMonetaryTotal",
        "InvoiceLine",
    ],
    "CreditNote": [
        "CustomizationID", "ProfileID", "ID", "IssueDate", "CreditNoteTypeCode", "Note",
        "DocumentCurrencyCode", "BuyerReference", "BillingReference", "AccountingSupplierParty",
        "AccountingCustomerParty", "PaymentMeans", "PaymentTerms", "TaxTotal", "LegalMonetaryTotal",
        "CreditNoteLine",
    ],
    "Party": [
        "EndpointID", "PartyIdentification", "PartyName", "PostalAddress", "PartyTaxScheme",
        "PartyLegalEntity", "Contact",
    ],
    "PostalAddress": ["StreetName", "AdditionalStreetName", "CityName", "PostalZone", "Country"],
    "InvoiceDocumentReference": ["ID", "IssueDate"],
    "PartyTaxScheme": ["CompanyID", "TaxScheme"],
    "PartyLegalEntity": ["RegistrationName", "CompanyID"],
    "PaymentMeans": ["PaymentMeansCode", "PaymentID", "PayeeFinancialAccount"],
    "TaxTotal": ["TaxAmount", "TaxSubtotal"],
    "TaxSubtotal": ["TaxableAmount", "TaxAmount", "TaxCategory"],
    "TaxCategory": ["ID", "Percent", "TaxExemptionReason", "TaxScheme"],
    "ClassifiedTaxCategory": ["ID", "Percent", "TaxScheme"],
    "LegalMonetaryTotal": [
        "LineExtensionAmount", "TaxExclusiveAmount", "TaxInclusiveAmount", "PayableAmount",
    ],
    "InvoiceLine": ["ID", "InvoicedQuantity", "LineExtensionAmount", "Item", "Price"],
    "CreditNoteLine": ["ID", "CreditedQuantity", "LineExtensionAmount", "Item", "Price"],
    "Item": ["Description", "Name", "ClassifiedTaxCategory"],
}  # fmt: skip
"""The order of elements in UBL 2.1, of those that Peppol BIS Billing 3.0 knows and we use or might."""


def a_peppol_invoice(count: int = 1, **changes: Any) -> Invoice:
    edition = a_juried_edition()
    organisation = a_house(edition.programme.organiser, "Kundehuset & Sønner AS", **{**ENDPOINT, **changes})
    return issue(edition, *(a_submitted(edition, organisation) for _number in range(count)))


def credited(invoice: Invoice) -> Invoice:
    actions.credit_invoice(invoice.pk, reason="Entered twice", by="test", at=NOON)
    return Invoice.objects.select_related("edition__programme__organiser").get(pk=invoice.pk)


def bare(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


def text(root: ElementTree.Element, path: str) -> str:
    steps = [f"{CBC if step[0] == '=' else CAC}{step.lstrip('=')}" for step in path.split("/")]
    found = root.find("/".join(steps))
    assert found is not None, path
    return found.text or ""


def money(root: ElementTree.Element, path: str) -> Decimal:
    return Decimal(text(root, path))


def shown(content: bytes) -> str:
    pages = pypdf.PdfReader(io.BytesIO(content)).pages
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages))


@pytest.mark.parametrize("count", [1, 3])
def test_an_electronic_invoice_keeps_the_business_rules_of_the_standard(count: int) -> None:
    root = ElementTree.fromstring(invoice_xml(a_peppol_invoice(count)))

    lines = root.findall(f"{CAC}InvoiceLine")
    net = sum(money(line, "=LineExtensionAmount") for line in lines)
    total = "LegalMonetaryTotal/="
    assert len(lines) == count
    assert money(root, f"{total}LineExtensionAmount") == net, "BR-CO-10"
    assert money(root, f"{total}TaxExclusiveAmount") == net, "BR-CO-13"
    assert money(root, "TaxTotal/=TaxAmount") == money(root, "TaxTotal/TaxSubtotal/=TaxAmount"), "BR-CO-14"
    assert money(root, f"{total}TaxInclusiveAmount") == net + money(root, "TaxTotal/=TaxAmount"), "BR-CO-15"
    assert money(root, f"{total}PayableAmount") == money(root, f"{total}TaxInclusiveAmount"), "BR-CO-16"
    rate = money(root, "TaxTotal/TaxSubtotal/TaxCategory/=Percent") / 100
    assert money(root, "TaxTotal/TaxSubtotal/=TaxAmount") == (net * rate).quantize(Decimal("0.01")), (
        "BR-CO-17"
    )
    assert money(root, "TaxTotal/TaxSubtotal/=TaxableAmount") == net, "BR-S-08"
    assert all(money(line, "Price/=PriceAmount") == money(line, "=LineExtensionAmount") for line in lines), (
        "R120"
    )
    assert [text(line, "=ID") for line in lines] == [str(number) for number in range(1, count + 1)]


def test_an_electronic_invoice_holds_what_peppol_requires() -> None:
    root = ElementTree.fromstring(invoice_xml(a_peppol_invoice()))

    assert root.tag == "{urn:oasis:names:specification:ubl:schema:xsd:Invoice-2}Invoice"
    said = {
        "=CustomizationID": "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0",
        "=ProfileID": "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0",
        "=ID": "1",
        "=IssueDate": "2030-02-01",
        "=DueDate": "2030-02-15",
        "=InvoiceTypeCode": "380",
        "=DocumentCurrencyCode": "NOK",
        "=BuyerReference": "service-awards/2030",
        "AccountingSupplierParty/Party/=EndpointID": "123456785",
        "AccountingSupplierParty/Party/PartyTaxScheme/=CompanyID": "NO123456785MVA",
        "AccountingSupplierParty/Party/PartyTaxScheme/TaxScheme/=ID": "VAT",
        "AccountingSupplierParty/Party/PartyLegalEntity/=RegistrationName": "Good Service AS",
        "AccountingSupplierParty/Party/PostalAddress/Country/=IdentificationCode": "NO",
        "AccountingCustomerParty/Party/=EndpointID": "987654325",
        "AccountingCustomerParty/Party/PartyLegalEntity/=RegistrationName": "Kundehuset & Sønner AS",
        "AccountingCustomerParty/Party/PartyLegalEntity/=CompanyID": "987654325",
        "AccountingCustomerParty/Party/PostalAddress/=StreetName": "Storgata 1",
        "AccountingCustomerParty/Party/PostalAddress/=CityName": "Oslo",
        "AccountingCustomerParty/Party/PostalAddress/=PostalZone": "0155",
        "PaymentMeans/=PaymentMeansCode": "30",
        "PaymentMeans/PayeeFinancialAccount/=ID": "NO9386011117947",
        "TaxTotal/TaxSubtotal/TaxCategory/=ID": "S",
        "TaxTotal/TaxSubtotal/TaxCategory/=Percent": "25",
        "TaxTotal/TaxSubtotal/TaxCategory/TaxScheme/=ID": "VAT",
        "LegalMonetaryTotal/=PayableAmount": "5000.00",
        "InvoiceLine/=InvoicedQuantity": "1",
        "InvoiceLine/Item/ClassifiedTaxCategory/=ID": "S",
        "InvoiceLine/Item/ClassifiedTaxCategory/=Percent": "25",
    }
    assert {path: text(root, path) for path in said} == said
    attributes = [
        (bare(one), name, value)
        for one in root.iter()
        for name, value in one.attrib.items()
        if name != "currencyID"
    ]
    assert sorted(set(attributes)) == [
        ("CompanyID", "schemeID", "0192"),
        ("EndpointID", "schemeID", "0192"),
        ("InvoicedQuantity", "unitCode", "C62"),
    ]


def documents() -> list[tuple[str, bytes]]:
    invoice = credited(a_peppol_invoice(2, invoice_email="pay@example.org"))
    return [("Invoice", invoice_xml(invoice)), ("CreditNote", credit_note_xml(invoice))]


def test_elements_stand_in_the_order_of_the_schema_and_none_is_empty() -> None:
    for name, content in documents():
        root = ElementTree.fromstring(content)
        assert content.startswith(b"<?xml version='1.0' encoding='UTF-8'?>")
        assert bare(root) == name
        for element in root.iter():
            assert len(element) or (element.text or "").strip(), bare(element)
            order = SEQUENCE.get(bare(element))
            if len(element) > 1:
                assert order is not None, f"{bare(element)} is not in the test's schema"
                places = [order.index(bare(child)) for child in element]
                assert all(one <= other for one, other in pairwise(places)), bare(element)


def test_every_amount_names_the_currency_of_the_document() -> None:
    for _name, content in documents():
        amounts = [one for one in ElementTree.fromstring(content).iter() if bare(one).endswith("Amount")]
        assert {one.attrib.get("currencyID") for one in amounts} == {"NOK"}
        assert all(re.fullmatch(r"\d+\.\d\d", one.text or "") for one in amounts)


def test_a_credit_note_names_what_it_credits_and_why() -> None:
    root = ElementTree.fromstring(documents()[1][1])

    assert root.tag == "{urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2}CreditNote"
    assert (text(root, "=ID"), text(root, "=CreditNoteTypeCode"), text(root, "=Note")) == (
        "2",
        "381",
        "Entered twice",
    )
    assert text(root, "BillingReference/InvoiceDocumentReference/=ID") == "1"
    assert text(root, "BillingReference/InvoiceDocumentReference/=IssueDate") == "2030-02-01"
    assert text(root, "PaymentTerms/=Note"), "BR-CO-25"
    assert money(root, "LegalMonetaryTotal/=PayableAmount") == Decimal("10000.00")
    assert len(root.findall(f"{CAC}CreditNoteLine")) == 2


def test_the_buyers_reference_is_the_one_that_was_given() -> None:
    edition = a_juried_edition()
    organisation = a_house(edition.programme.organiser, **ENDPOINT)
    invoice = issue(edition, a_submitted(edition, organisation), reference="PO 77")

    assert text(ElementTree.fromstring(invoice_xml(invoice)), "=BuyerReference") == "PO 77"


@pytest.mark.parametrize(("vat_number", "category"), [("vat_number: NO123456785MVA,", "Z"), ("", "O")])
def test_without_a_rate_the_category_says_why(vat_number: str, category: str) -> None:
    edition = an_edition_with_fees(
        fees("{code: one, price: 10}", vat="0%").replace(
            "account:", f'{vat_number} endpoint: "0192:123456785", account:'
        )
    )
    organisation = a_house(edition.programme.organiser, **ENDPOINT)
    root = ElementTree.fromstring(invoice_xml(issue(edition, a_submitted(edition, organisation))))

    seller = root.find(f"{CAC}AccountingSupplierParty/{CAC}Party")
    assert seller is not None
    assert text(root, "TaxTotal/TaxSubtotal/TaxCategory/=ID") == category
    assert money(root, "TaxTotal/=TaxAmount") == 0
    reason = root.find(f".//{CBC}TaxExemptionReason")
    assert (reason is not None) == (category == "O"), "BR-O-10, BR-Z-10"
    assert (root.find(f".//{CBC}Percent") is None) == (category == "O"), "BR-O-05"
    assert (seller.find(f"{CAC}PartyTaxScheme") is None) == (category == "O"), "BR-Z-02, BR-O-02"


def test_what_cannot_stand_in_xml_is_left_out() -> None:
    edition = a_juried_edition()
    organisation = a_house(edition.programme.organiser, "A <b> & \x0b\ufffe C", **ENDPOINT)
    entry = an_entry(edition, LARGE_TEAM, organisation=organisation, title="Tag </x>\x0c", submitted=True)

    root = ElementTree.fromstring(invoice_xml(issue(edition, entry)))

    assert text(root, "AccountingCustomerParty/Party/PartyName/=Name") == "A <b> &  C"
    assert "Tag </x>" in text(root, "InvoiceLine/Item/=Name")


@pytest.mark.parametrize("endpoint", ["", "123456785"])
def test_without_an_electronic_address_there_is_no_electronic_invoice(endpoint: str) -> None:
    invoice = a_peppol_invoice(endpoint=endpoint)

    for document in (invoice_xml, credit_note_xml):
        with pytest.raises(Refused, match="no_endpoint") as refused:
            document(invoice)
        assert "Kundehuset" in str(refused.value.reason)


def test_a_seller_without_a_number_sends_no_electronic_invoice_with_tax() -> None:
    invoice = a_peppol_invoice()
    invoice.seller = {**invoice.seller, "vat_number": None}

    with pytest.raises(Refused, match="no_vat_number"):
        invoice_xml(invoice)


@pytest.mark.parametrize(
    ("language", "says"),
    [
        (
            "en",
            [
                "Invoice 1",
                "4 000.00",
                "1 000.00",
                "5 000.00 NOK",
                "Kundehuset & Sønner AS",
                "NO9386011117947",
            ],
        ),
        ("nb", ["4 000,00", "1 000,00", "5 000,00 NOK", "15. februar 2030"]),
        ("ru", ["4 000,00", "1 000,00", "5 000,00 NOK"]),
    ],
)
def test_an_invoice_is_one_tagged_page_in_the_readers_language(language: str, says: list[str]) -> None:
    content = invoice_pdf(a_peppol_invoice(), language)

    reader = pypdf.PdfReader(io.BytesIO(content))
    page = shown(content)
    assert len(reader.pages) == 1
    assert reader.root_object["/Lang"] == language
    assert reader.root_object["/MarkInfo"]["/Marked"]
    assert [one for one in says if one not in page] == []


def test_an_invoice_of_many_entries_goes_on_over_several_pages() -> None:
    invoice = a_peppol_invoice()
    line = invoice.lines.get()
    for _number in range(80):
        line.pk = None
        line.save()

    pages = pypdf.PdfReader(io.BytesIO(invoice_pdf(Invoice.objects.get(pk=invoice.pk), "en"))).pages

    assert len(pages) > 1
    last = re.sub(r"\s", " ", pages[-1].extract_text())
    assert "405 000.00 NOK" in last
    assert "NO9386011117947" in last


def test_a_credit_note_says_what_it_credits_and_the_invoice_that_it_was() -> None:
    invoice = credited(a_peppol_invoice())

    note = shown(credit_note_pdf(invoice, "en"))
    assert "Credit note 2" in note
    assert "credits invoice 1 of 1 February 2030 as a whole. Reason: Entered twice" in note
    assert "NO9386011117947" not in note
    assert "credited by credit note 2" in shown(invoice_pdf(invoice, "en"))


def test_a_paid_invoice_says_so() -> None:
    invoice = an_invoice()
    actions.mark_paid(invoice.pk, NOON.date(), by="test", at=NOON)

    assert "Paid 1 February 2030" in shown(invoice_pdf(Invoice.objects.get(pk=invoice.pk), "en"))


def test_the_same_invoice_gives_the_same_bytes() -> None:
    invoice = a_peppol_invoice()

    assert invoice_pdf(invoice, "nb") == invoice_pdf(invoice, "nb")
    assert invoice_xml(invoice) == invoice_xml(invoice)
