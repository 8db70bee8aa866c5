"""Invoices on pages: issued, paid and credited by organisers, read by those who are to pay."""

import re
from datetime import timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from kaaring.entries import actions
from kaaring.entries.models import Invoice
from kaaring.people.models import MemberRole, Organisation, User
from kaaring.programmes.models import Edition
from tests.build import a_member, a_user
from tests.entries.test_invoices import OSLO, a_house, a_submitted, an_edition_with_fees, fees
from tests.juried import a_juried_edition, an_entrant, an_organisation

pytestmark = pytest.mark.django_db
ENDPOINT = {"number": "987654325", "endpoint": "0192:987654325"}


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def owner_of(edition: Edition, role: str = MemberRole.OWNER) -> Client:
    return signed_in(a_member(edition.programme.organiser, role))


def at(edition: Edition, rest: str = "", *, who: str = "organiser") -> str:
    return f"/en/{who}/{edition.programme.slug}/{edition.slug}/invoices/{rest}"


def text(response: Any) -> str:
    return re.sub(r"\s+", " ", response.content.decode().replace("\u00a0", " "))


def an_invoice(edition: Edition, name: str = "", **fields: Any) -> Invoice:
    """An invoice of today."""
    organisation = a_house(edition.programme.organiser, name, **{**ENDPOINT, **fields})
    entries = [a_submitted(edition, organisation)]
    return actions.issue_invoice(edition, organisation, entries, by="test", at=timezone.now())


def documents(invoice: Invoice) -> list[str]:
    ends = ("invoice.pdf", "invoice.xml", "credit-note.pdf", "credit-note.xml")
    return [f"{invoice.public_id}/{end}" for end in ends]


def test_an_organiser_issues_what_is_to_be_invoiced() -> None:
    edition = a_juried_edition()
    organiser = edition.programme.organiser
    a_submitted(edition, a_house(organiser, "Alpha"))
    a_submitted(edition, an_organisation(organiser, "Nowhere"))
    client = owner_of(edition)

    page = text(client.get(at(edition)))
    assert "Issue 1 invoice" in page
    assert "4 000.00 NOK" in page
    assert "Nowhere has no full address" in page

    assert client.post(at(edition, "issue/")).status_code == 302
    page = text(client.get(at(edition)))
    assert "1 invoice is issued." in page
    assert "5 000.00 NOK" in page
    assert [one.buyer["name"] for one in Invoice.objects.all()] == ["Alpha"]


def test_one_organisation_is_sent_an_invoice_with_its_reference() -> None:
    edition = a_juried_edition()
    organisation = a_house(edition.programme.organiser)
    a_submitted(edition, organisation)
    client = owner_of(edition)
    address = at(edition, f"issue/{organisation.public_id}/")

    assert client.post(address, {"reference": "PO 77"}).status_code == 302
    assert Invoice.objects.get().reference == "PO 77"
    assert client.post(address).status_code == 404


def test_an_invoice_without_an_address_is_refused_on_the_page() -> None:
    edition = a_juried_edition()
    organisation = an_organisation(edition.programme.organiser, "Nowhere")
    a_submitted(edition, organisation)

    response = owner_of(edition).post(at(edition, f"issue/{organisation.public_id}/"))

    assert response.status_code == 409
    assert not Invoice.objects.exists()


def test_an_invoice_is_paid_taken_back_and_credited() -> None:
    edition = a_juried_edition()
    invoice = an_invoice(edition)
    client = owner_of(edition)
    today = invoice.issued_on.isoformat()

    assert (
        client.post(at(edition, f"{invoice.public_id}/pay/"), {"paid_on": today, "note": "KID"}).status_code
        == 302
    )
    assert "paid" in text(client.get(at(edition, "?state=paid")))
    again = client.post(at(edition, f"{invoice.public_id}/pay/"), {"paid_on": today})
    assert again.status_code == 409
    undone = client.post(at(edition, f"{invoice.public_id}/undo-payment/"), {"reason": "Another"})
    assert undone.status_code == 302
    credited = client.post(at(edition, f"{invoice.public_id}/credit/"), {"reason": "Twice"})
    assert credited.status_code == 302

    page = text(client.get(at(edition)))
    assert "Invoice 1 is credited by credit note 2." in page
    assert "Credit note 2 (PDF)" in page
    assert "To be paid</dt><dd>0.00<small>NOK" in page


def test_a_paid_invoice_that_is_credited_says_that_it_was_paid_and_what_is_to_be_paid_back() -> None:
    edition = a_juried_edition()
    invoice = an_invoice(edition)
    unpaid = an_invoice(edition)
    actions.mark_paid(invoice.pk, invoice.issued_on, by="test", at=timezone.now())
    for one in (invoice, unpaid):
        actions.credit_invoice(one.pk, reason="Twice", by="test", at=timezone.now())

    page = text(owner_of(edition).get(at(edition)))

    assert page.count('<span class="badge">credited</span> <span class="badge">paid ') == 1
    assert page.count("To be paid back: ") == 1
    entrant = signed_in(an_entrant(invoice.organisation))
    assert '<span class="badge">credited</span> <span class="badge">paid ' in text(
        entrant.get(at(edition, who="entrant"))
    )


def test_a_reference_that_is_too_long_is_refused_and_stays_in_the_field() -> None:
    edition = a_juried_edition()
    organisation = a_house(edition.programme.organiser, "Alpha")
    a_submitted(edition, organisation)
    client, address = owner_of(edition), at(edition, f"issue/{organisation.public_id}/")

    response = client.post(address, {"reference": "R" * 81})

    assert response.status_code == 409
    assert "The reference has 81 characters; at most 80 fit on an invoice." in text(response)
    assert "R" * 81 in text(response)
    assert not Invoice.objects.exists()
    assert client.post(address, {"reference": "R" * 80}).status_code == 302


@pytest.mark.parametrize(
    ("doing", "typed", "says"),
    [
        ("pay", {"paid_on": "soon"}, "Enter a valid date"),
        ("pay", {}, "This field is required"),
        ("credit", {}, "This field is required"),
        ("undo-payment", {}, "This field is required"),
    ],
)
def test_what_cannot_be_read_is_asked_for_again(doing: str, typed: dict[str, str], says: str) -> None:
    edition = a_juried_edition()
    invoice = an_invoice(edition)

    response = owner_of(edition).post(at(edition, f"{invoice.public_id}/{doing}/"), typed)

    assert response.status_code == 422
    assert says in text(response)


def test_a_payment_of_tomorrow_is_refused_on_the_page() -> None:
    edition = a_juried_edition()
    invoice = an_invoice(edition)
    tomorrow = (invoice.issued_on + timedelta(days=1)).isoformat()

    response = owner_of(edition).post(at(edition, f"{invoice.public_id}/pay/"), {"paid_on": tomorrow})

    assert response.status_code == 409
    assert "lies between that and today" in text(response)


def test_invoices_are_listed_by_state_and_page() -> None:
    edition = a_juried_edition()
    paid, late = an_invoice(edition, "Paid AS"), an_invoice(edition, "Late AS")
    an_invoice(edition, "Open AS")
    actions.mark_paid(paid.pk, paid.issued_on, by="test", at=timezone.now())
    long_ago = late.issued_on - timedelta(days=9)
    Invoice.objects.filter(pk=late.pk).update(issued_on=long_ago, due_on=long_ago)
    client = owner_of(edition)

    for state, shown in (("paid", "Paid AS"), ("overdue", "Late AS"), ("open", "Open AS")):
        page = text(client.get(at(edition, f"?state={state}")))
        assert [name for name in ("Paid AS", "Late AS", "Open AS") if name in page] == [shown]
    assert "No invoice is in this state" in text(client.get(at(edition, "?state=credited")))
    assert "Of which overdue</dt><dd>5 000.00<small>NOK" in text(client.get(at(edition)))


def test_the_page_asks_as_often_for_many_invoices_as_for_few(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    edition = a_juried_edition()
    for _number in range(6):
        an_invoice(edition)
        a_submitted(edition, a_house(edition.programme.organiser))
    client = owner_of(edition)
    client.get(at(edition))

    with django_assert_max_num_queries(16):
        client.get(at(edition))


def test_an_edition_without_fees_says_where_to_add_them() -> None:
    edition = an_edition_with_fees()

    assert "Entering costs nothing here" in text(owner_of(edition).get(at(edition)))
    entrant = an_entrant(an_organisation(edition.programme.organiser))
    assert "Entering costs nothing" in text(signed_in(entrant).get(at(edition, who="entrant")))


@pytest.mark.parametrize("role", [MemberRole.VIEWER, MemberRole.AUDITOR])
def test_who_only_reads_sees_invoices_and_changes_none(role: str) -> None:
    edition = a_juried_edition()
    invoice = an_invoice(edition)
    client = owner_of(edition, role)

    page = text(client.get(at(edition)))
    assert "5 000.00 NOK" in page
    assert "Mark as paid" not in page
    assert client.get(at(edition, f"{invoice.public_id}/invoice.pdf")).status_code == 200
    for doing in ("issue/", f"{invoice.public_id}/pay/", f"{invoice.public_id}/credit/"):
        assert client.post(at(edition, doing)).status_code == 404


def test_documents_are_handed_out_to_organiser_and_buyer_and_nobody_else() -> None:
    edition = a_juried_edition()
    invoice = an_invoice(edition)
    actions.credit_invoice(invoice.pk, reason="Twice", by="test", at=timezone.now())
    own = signed_in(an_entrant(invoice.organisation))
    other = signed_in(an_entrant(an_organisation(edition.programme.organiser)))

    for end in documents(invoice):
        answers = [owner_of(edition).get(at(edition, end)), own.get(at(edition, end, who="entrant"))]
        for answer in answers:
            assert answer.status_code == 200, end
            assert answer.headers["Content-Disposition"].startswith("attachment")
            assert answer.headers["Cache-Control"] == "private, no-store"
            is_pdf = answer.content.startswith(b"%PDF-")
            assert is_pdf or ElementTree.fromstring(answer.content).tag
        assert other.get(at(edition, end, who="entrant")).status_code == 404
        assert own.get(at(edition, end)).status_code == 404
        assert signed_in(a_user()).get(at(edition, end)).status_code == 404
        assert Client().get(at(edition, end, who="entrant")).status_code == 302


def test_what_there_is_not_of_an_invoice_has_no_page() -> None:
    edition = a_juried_edition()
    invoice = an_invoice(edition, endpoint="")
    client = owner_of(edition)

    found = [client.get(at(edition, end)).status_code for end in documents(invoice)]
    assert found == [200, 404, 404, 404]
    assert "For Peppol" not in text(client.get(at(edition)))


def test_an_organiser_is_told_before_issuing_whose_data_peppol_lacks() -> None:
    edition = a_juried_edition()
    lacking = a_house(edition.programme.organiser, "Lacking AS", number="987654325")
    a_submitted(edition, lacking)
    a_submitted(edition, a_house(edition.programme.organiser, "Whole AS", **ENDPOINT))

    page = text(owner_of(edition).get(at(edition)))

    assert "PDF only: Lacking AS has no electronic address" in page
    assert f"organisations/{lacking.public_id}/#address" in page
    assert "Whole AS has" not in page
    assert "not over Peppol" not in page


def test_where_the_seller_lacks_it_the_rules_are_named() -> None:
    edition = an_edition_with_fees(fees("{code: one, price: 10}"))
    an_invoice(edition)

    page = text(owner_of(edition).get(at(edition)))

    assert "Invoices go out as PDF only, not over Peppol" in page
    assert "Seller has no electronic address" in page
    assert "The seller has no number for value added tax" in page
    assert f'/{edition.slug}/rules/">See the rules' in page


def test_an_invoice_says_why_it_is_not_for_peppol_until_it_is_credited() -> None:
    edition = a_juried_edition()
    invoice = an_invoice(edition, "Lacking AS", endpoint="0192:987654320")
    client = owner_of(edition)

    page = text(client.get(at(edition)))
    assert "Why not for Peppol" in page
    assert "0192:987654320 of Lacking AS does not exist" in page
    assert "Once that is put right" in page

    Organisation.objects.filter(pk=invoice.organisation_id).update(endpoint="0192:987654325")
    assert "Credit it and issue it anew" in text(client.get(at(edition)))
    actions.credit_invoice(invoice.pk, reason="Anew", by="test", at=timezone.now())
    assert "Why not for Peppol" not in text(client.get(at(edition)))


def test_an_invoice_with_a_withdrawn_entry_leads_to_crediting_it() -> None:
    edition = a_juried_edition()
    organisation = a_house(edition.programme.organiser, "Two AS", **ENDPOINT)
    gone, stays = a_submitted(edition, organisation), a_submitted(edition, organisation)
    invoice = actions.issue_invoice(edition, organisation, [gone, stays], by="test", at=timezone.now())
    an_invoice(edition, "Other AS")
    client = owner_of(edition)
    assert "withdrawn" not in text(client.get(at(edition)))

    actions.withdraw_entry(gone.pk, reason="Sold", by="test", at=timezone.now())

    page = text(client.get(at(edition)))
    assert "1 entry on it is withdrawn:" in page
    assert "With withdrawn entries (1)" in page
    assert "Other AS" not in text(client.get(at(edition, "?state=withdrawn")))
    there = f"?invoice={invoice.public_id}"
    assert f"{there}#invoice-1" in page
    own = text(client.get(f"/en/organiser/{edition.programme.slug}/{edition.slug}/entries/{gone.public_id}/"))
    assert "It stands on invoice 1, which nobody has credited." in own
    assert f"invoices/{there}#invoice-1" in own

    chosen = text(client.get(at(edition, there)))
    assert "Other AS" not in chosen
    assert "<details open>" in chosen
    assert "1 other entry on it waits to be invoiced anew then." in chosen
    assert "There is no such invoice" in text(client.get(at(edition, "?invoice=none")))

    actions.credit_invoice(invoice.pk, reason="Withdrawn", by="test", at=timezone.now())
    page = text(client.get(at(edition)))
    assert "Credit it?" not in page
    assert "Issue 1 invoice" in page


def test_who_only_reads_sees_what_is_withdrawn_and_is_not_asked_to_credit() -> None:
    edition = a_juried_edition()
    invoice = an_invoice(edition)
    actions.withdraw_entry(invoice.lines.get().entry_id, reason="Sold", by="test", at=timezone.now())

    page = text(owner_of(edition, MemberRole.VIEWER).get(at(edition)))

    assert "1 entry on it is withdrawn:" in page
    assert "Credit it?" not in page


def test_an_entrant_sees_prices_and_what_is_to_be_paid() -> None:
    edition = a_juried_edition()
    organisation = a_house(edition.programme.organiser)
    client = signed_in(an_entrant(organisation))

    page = text(client.get(at(edition, who="entrant")))
    assert "There is no invoice yet" in page
    for said in ("3 000.00 NOK", "2 000.00 NOK", "4 000.00 NOK", "until 31 December 2025"):
        assert said in page

    a_submitted(edition, organisation)
    actions.issue_invoices(edition, by="test", at=timezone.now())
    page = text(client.get(at(edition, who="entrant")))
    assert "5 000.00 NOK" in page
    assert "to be paid" in page


def test_invoices_of_another_edition_are_not_among_them() -> None:
    edition = a_juried_edition()
    other = a_juried_edition(edition.programme.organiser, edition="2031")
    invoice = an_invoice(other)

    end = f"{invoice.public_id}/invoice.pdf"
    assert owner_of(edition).get(at(edition, end)).status_code == 404
    assert signed_in(an_entrant(invoice.organisation)).get(at(edition, end, who="entrant")).status_code == 404
    assert OSLO["city"] in str(invoice.buyer)
