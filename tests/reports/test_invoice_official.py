"""Every kind of invoice and credit note, held against the official rules and against Peppol's."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from kaaring.entries.models import Entry, Invoice
from kaaring.entries.rules.peppol import COUNTRIES, SCHEMES, TAXED_IN, gaps_for_peppol
from kaaring.reports.invoice import credit_note_pdf, invoice_pdf
from kaaring.reports.ubl import credit_note_xml, invoice_xml
from tests.build import NOON
from tests.entries.test_invoices import a_house, a_submitted, an_edition_with_fees, issue
from tests.reports.official import codes_in, rule_faults, schema_faults
from tests.reports.peppol import peppol_faults
from tests.reports.test_invoice import credited, shown

pytestmark = pytest.mark.django_db

EARLY = datetime(2025, 12, 1, tzinfo=UTC)
PRICES = "{code: early, price: 3000, member: 2000, until: 2025-12-31}, {code: normal, price: 3333.33}"
TAXED = {"vat": "25%", "vat_number": "NO123456785MVA", "registration": "Foretaksregisteret"}
SELLER = {
    "name": "Good Service AS",
    "number": "123456785",
    "street": "Main street 1",
    "postcode": "0001",
    "city": "Oslo",
    "country": "NO",
    "account": "NO93 8601 1117 947",
    "endpoint": "0192:123456785",
    "email": "award@example.org",
}
BUYER = {"name": "Kundehuset & Sønner AS", "number": "987654325", "endpoint": "0192:987654325"}
OSLO = {"street": "Storgata 1", "postcode": "0155", "city": "Oslo", "country": "NO"}
GERMAN = {"number": "DE123456789", "endpoint": "9930:DE123456789", "country": "DE"}
SALES = {
    "at the normal price": {},
    "at the early price": {"at": EARLY},
    "to a member": {"at": EARLY, "is_member": True},
    "of three entries": {"count": 3},
    "free of tax, from a seller who has a number for it": {"vat": "0%"},
    "free of tax, from a seller outside its reach": {"vat": "0%", "vat_number": ""},
    "at a reduced rate with a fraction": {"vat": "11.11%", "count": 2},
    "of an entry that costs nothing beside another": {"count": 2, "is_free": True},
    "with a number written in groups": {"vat_number": "NO 123 456 785 MVA", "number": "987 654 325"},
    "with a reference and an address for e-mail": {"reference": "PO 77", "invoice_email": "pay@example.org"},
    "to a buyer whose number is not known": {"number": ""},
    "to Sweden": {"number": "5560000001", "endpoint": "0007:5560000001", "country": "SE"},
    "to Germany, with an address made of the VAT number": GERMAN,
    "to Denmark": {"number": "12345674", "endpoint": "0184:DK12345674", "country": "DK"},
    "to a buyer with a number of GS1": {"endpoint": "0088:7080000000005"},
    "in another currency": {"currency": "EUR"},
}
FOREIGN = {
    "name": "Bra Service AB", "number": "5560000001", "country": "SE", "endpoint": "0007:5560000001",
    "vat_number": "SE556000000101", "registration": "Godkänd för F-skatt",
}  # fmt: skip


def a_sale(
    *,
    seller: dict[str, str] | None = None,
    count: int = 1,
    at: datetime = NOON,
    is_free: bool = False,
    reference: str = "",
    currency: str = "NOK",
    **changes: Any,
) -> Invoice:
    """An invoice; what is not about the sale as such is about the buyer."""
    told = {**TAXED, **{name: changes.pop(name) for name in [*changes] if name in TAXED}}
    rate = told.pop("vat")
    parts = {**SELLER, **told, **(seller or {})}
    lines = "".join(f'\n    {name}: "{value}"' for name, value in parts.items() if value)
    edition = an_edition_with_fees(
        f"fees:\n  currency: {currency}\n  vat: {rate}\n  prices: [{PRICES}]\n  seller:{lines}\n"
    )
    buyer = a_house(edition.programme.organiser, **{**OSLO, **BUYER, **changes})
    entries = [a_submitted(edition, buyer) for _number in range(count)]
    Entry.objects.filter(pk__in=[one.pk for one in entries]).update(submitted_at=at)
    invoice = issue(edition, *entries, reference=reference)
    if is_free:
        invoice.lines.filter(entry=entries[0]).update(amount=0)
    return credited(invoice)


def faults(content: bytes) -> list[str]:
    return [*schema_faults(content), *rule_faults(content), *peppol_faults(content)]


@pytest.mark.parametrize("sale", SALES)
def test_every_invoice_and_credit_note_keeps_the_official_rules(sale: str) -> None:
    invoice = a_sale(**SALES[sale])

    assert faults(invoice_xml(invoice)) == []
    assert faults(credit_note_xml(invoice)) == []


def test_a_seller_abroad_keeps_them_too() -> None:
    invoice = a_sale(seller=FOREIGN)

    for content in (invoice_xml(invoice), credit_note_xml(invoice)):
        assert faults(content) == []
        assert "Godkänd för F-skatt" in content.decode()


@pytest.mark.parametrize(
    ("before", "after", "told_by", "rule"),
    [
        ("<cbc:DueDate>", "<cbc:Due>", schema_faults, "Due"),
        ("4166.66</cbc:PayableAmount>", "4166.65</cbc:PayableAmount>", rule_faults, "BR-CO-16"),
        ('currencyID="NOK">3333.33</cbc:L', 'currencyID="EUR">3333.33</cbc:L', peppol_faults, "R051"),
        (
            '"0192">987654325</cbc:EndpointID',
            '"0192">987654320</cbc:EndpointID',
            peppol_faults,
            "COMMON-R041",
        ),
        ("NO123456785MVA", "NO123456789MVA", peppol_faults, "NO-R-001"),
        ("NO123456785MVA", "NO123456785", peppol_faults, "NO-R-001"),
        ("NO123456785MVA", "123456785MVA", rule_faults, "BR-CO-09"),
        ("Foretaksregisteret", "Enhetsregisteret", peppol_faults, "NO-R-002"),
        (">NOK<", ">KRO<", rule_faults, "BR-CL-04"),
        (">380<", ">381<", peppol_faults, "P0100"),
        (">25<", ">24<", rule_faults, "BR-"),
        ("3333.33</cbc:PriceAmount>", "3333.36</cbc:PriceAmount>", peppol_faults, "R120"),
        ("billing:01:1.0", "billing:1:1.0", peppol_faults, "R007"),
        ("<cbc:Name>Good Service AS</cbc:Name>", "<cbc:Name> </cbc:Name>", peppol_faults, "R008"),
    ],
)
def test_a_document_that_breaks_a_rule_is_found_out(
    before: str, after: str, told_by: Callable[[bytes], list[str]], rule: str
) -> None:
    text = invoice_xml(a_sale()).decode()
    assert before in text

    text = text.replace(before, after)
    if "<cbc:Due>" in text:
        text = text.replace("</cbc:DueDate>", "</cbc:Due>")
    assert any(rule in one for one in told_by(text.encode()))


def test_who_is_in_foretaksregisteret_says_so_beside_the_number_for_tax() -> None:
    invoice = a_sale()

    for content in (invoice_xml(invoice).decode(), credit_note_xml(invoice).decode()):
        said = (
            content.index("NO123456785MVA"),
            content.index("Foretaksregisteret"),
            content.index("<cac:PartyLegal"),
        )
        assert list(said) == sorted(said)
    for printed in (invoice_pdf(invoice, "nb"), credit_note_pdf(invoice, "en")):
        assert "Foretaksregisteret" in shown(printed)


def test_who_is_not_in_foretaksregisteret_does_not_say_so() -> None:
    invoice = a_sale(registration="")

    assert peppol_faults(invoice_xml(invoice)) == ["NO-R-002"]
    assert "Foretaksregisteret" not in shown(invoice_pdf(invoice, "nb"))


def test_outside_the_reach_of_the_tax_only_the_register_is_named() -> None:
    content = invoice_xml(a_sale(vat="0%", seller={"vat_number": ""})).decode()

    assert "NO123456785MVA" not in content
    assert "Foretaksregisteret" in content


def test_our_lists_of_registers_and_countries_are_the_official_ones() -> None:
    of_addresses = codes_in("BR-CL-25")
    assert {code for code in of_addresses if code.isdigit()} == SCHEMES
    assert codes_in("BR-CL-14") - {"1A", "XI"} == COUNTRIES
    assert codes_in("BR-CO-09") - {"1A"} == TAXED_IN
    assert {code for code in SCHEMES if not code.startswith("99")} <= codes_in("BR-CL-11")


@pytest.mark.parametrize(
    ("seller", "buyer", "code"),
    [
        ({}, {"endpoint": ""}, "no_endpoint"),
        ({}, {"endpoint": "987654325"}, "no_endpoint"),
        ({"endpoint": None}, {}, "no_endpoint"),
        ({}, {"endpoint": "0193:"}, "no_endpoint"),
        ({}, {"endpoint": "1234:987654325"}, "unknown_scheme"),
        ({}, {"endpoint": "0192:987654320"}, "wrong_endpoint"),
        ({}, {"endpoint": "0192:98765432"}, "wrong_endpoint"),
        ({}, {"endpoint": "0192:000000000"}, "wrong_endpoint"),
        ({}, {"endpoint": "0184:12345674"}, "wrong_endpoint"),
        ({}, {"endpoint": "0088:7080000000004"}, "wrong_endpoint"),
        ({}, {"endpoint": "0088:7"}, "wrong_endpoint"),
        ({}, {"country": "UK"}, "unknown_country"),
        ({"country": "EL"}, {}, "unknown_country"),
        ({"vat_number": None}, {}, "no_vat_number"),
        ({"vat_number": "123456785MVA"}, {}, "wrong_vat_number"),
        ({"vat_number": "NO123456789MVA"}, {}, "wrong_vat_number"),
        ({"vat_number": "NO123456785"}, {}, "wrong_vat_number"),
    ],
)
def test_what_peppol_would_send_back_is_told_by_name_before(
    seller: dict[str, Any], buyer: dict[str, Any], code: str
) -> None:
    both = {**SELLER, **TAXED, **seller}, {**OSLO, **BUYER, **buyer}

    (gap,) = gaps_for_peppol(*both, vat="25")

    assert gap.code == code
    assert gap.is_the_sellers == bool(seller)
    assert any(
        str(value) in gap.sentence for value in (*both[int(not seller)].values(), "The seller") if value
    )


def test_a_seller_outside_the_reach_of_the_tax_needs_no_number_for_it() -> None:
    seller = {**SELLER, **TAXED, "vat_number": None}

    assert gaps_for_peppol(seller, {**OSLO, **BUYER}, vat="0") == ()
