"""Fees by date and membership; invoices numbered without gaps, frozen, paid or credited."""

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from kaaring.audit.models import AuditLine
from kaaring.entries import actions
from kaaring.entries.models import Entry, Invoice
from kaaring.entries.queries import fee_of, invoices_of, invoices_seen_by, state_of, totals_of, unsent_in
from kaaring.entries.rules.fees import rounded_half_up, totals
from kaaring.kernel.refused import Refused
from kaaring.people.models import Organisation, Organiser
from kaaring.programmes.models import Edition
from kaaring.survey.actions import store_definition
from tests.build import NOON, a_definition, an_organiser
from tests.juried import (
    JURIED_DEFINITION,
    LARGE_TEAM,
    OPEN,
    TEAM,
    a_case,
    a_juried_edition,
    an_entrant,
    an_entry,
    an_organisation,
)

pytestmark = pytest.mark.django_db
OSLO = {"street": "Storgata 1", "postcode": "0155", "city": "Oslo", "country": "NO"}
TODAY = NOON.date()


def a_house(organiser: Organiser, name: str = "", **fields: Any) -> Organisation:
    """An organisation that can be sent an invoice."""
    return an_organisation(organiser, name, **{**OSLO, **fields})


def an_edition_with_fees(fees: str = "", *, organiser: Organiser | None = None) -> Edition:
    """The small juried edition with other fees, or with none."""
    text = JURIED_DEFINITION.replace("ENTRIES_FROM", OPEN[0]).replace("ENTRIES_TO", OPEN[1])
    start, end = text.index("fees:\n"), text.index("most_entries_per_case")
    rules = store_definition(
        a_definition(text[:start] + fees + text[end:]), organiser or an_organiser(), by="test", at=NOON
    )
    return Edition.objects.select_related("programme__organiser").get(pk=rules.edition_id)


def fees(prices: str, vat: str = "25%", more: str = "") -> str:
    return f"""fees:
  currency: EUR
  vat: {vat}
  prices: [{prices}]
  {more}
  seller: {{name: Seller, number: "1", street: Street, postcode: "1", city: Bergen, country: "NO",
           account: NO9386011117947}}
"""


def a_submitted(edition: Edition, organisation: Organisation, category: str = LARGE_TEAM) -> Entry:
    return an_entry(edition, category, organisation=organisation, submitted=True)


def issue(edition: Edition, *entries: Entry, at: datetime = NOON, **more: Any) -> Invoice:
    return actions.issue_invoice(edition, entries[0].case.organisation, entries, by="test", at=at, **more)


def an_invoice(edition: Edition | None = None, organisation: Organisation | None = None) -> Invoice:
    edition = edition or a_juried_edition()
    organisation = organisation or a_house(edition.programme.organiser)
    return issue(edition, a_submitted(edition, organisation))


@pytest.mark.parametrize(
    ("at", "member", "price", "amount"),
    [
        ("2025-12-31T22:59:59+00:00", False, "early", 300_000),
        ("2025-12-31T22:59:59+00:00", True, "early", 200_000),
        ("2025-12-31T23:00:00+00:00", False, "normal", 400_000),
        ("2025-12-31T23:00:00+00:00", True, "normal", 300_000),
    ],
)
def test_the_price_goes_by_the_day_in_the_editions_time_zone_and_by_membership(
    at: str, member: bool, price: str, amount: int
) -> None:
    edition = a_juried_edition()
    entry = an_entry(edition, LARGE_TEAM, organisation=a_house(edition.programme.organiser, is_member=member))

    fee = fee_of(entry, datetime.fromisoformat(at))

    assert fee is not None
    assert (fee.price, fee.amount, fee.is_member, fee.currency) == (price, amount, member, "NOK")


def test_a_draft_has_no_price_until_it_is_asked_for_on_a_day() -> None:
    assert fee_of(an_entry(a_juried_edition(), LARGE_TEAM)) is None


def test_without_fees_in_the_rules_nothing_costs_anything() -> None:
    edition = an_edition_with_fees()
    entry = a_submitted(edition, a_house(edition.programme.organiser))

    assert fee_of(entry) is None
    assert unsent_in(edition) == []
    with pytest.raises(Refused, match="no_fees"):
        issue(edition, entry)


def test_members_pay_the_price_where_they_have_none_of_their_own() -> None:
    edition = an_edition_with_fees(fees("{code: one, price: 99.95}"))
    entry = a_submitted(edition, a_house(edition.programme.organiser, is_member=True))

    fee = fee_of(entry)

    assert fee is not None
    assert fee.amount == 9_995


def test_tax_is_counted_once_on_the_sum() -> None:
    """Three lines of 3.33 at 25 %: 2.4975 on the sum is 2.50; line by line it would be 3 × 0.83 = 2.49."""
    edition = an_edition_with_fees(fees("{code: one, price: 3.33}"))
    organisation = a_house(edition.programme.organiser)
    entries = [a_submitted(edition, organisation) for _number in range(3)]

    invoice = issue(edition, *entries)

    assert totals_of(invoice) == (999, 250, 1249)


@given(
    some.lists(some.integers(0, 10**9), max_size=30),
    some.fractions(min_value=0, max_value=1, max_denominator=1000),
)
def test_totals_add_up_whatever_the_lines_are(amounts: list[int], vat: Fraction) -> None:
    added = totals(amounts, vat)

    assert added.net == sum(amounts)
    assert abs(added.vat - added.net * vat) <= Fraction(1, 2)
    assert added.gross == added.net + added.vat
    assert totals(reversed(amounts), vat) == added


@pytest.mark.parametrize(
    ("value", "rounded"),
    [("1/2", 1), ("3/2", 2), ("5/2", 3), ("249/100", 2), ("2499999/1000000", 2), ("0", 0), ("7", 7)],
)
def test_a_half_is_rounded_up(value: str, rounded: int) -> None:
    assert rounded_half_up(Fraction(value)) == rounded


def test_an_invoice_says_who_owes_whom_what() -> None:
    edition = a_juried_edition()
    organisation = a_house(edition.programme.organiser, "Kundehuset AS", number="987654325")
    first, second = a_submitted(edition, organisation), a_submitted(edition, organisation)

    invoice = issue(edition, second, first, reference=" PO 77 ")

    assert (invoice.number, invoice.issued_on, invoice.due_on) == (1, TODAY, TODAY + timedelta(days=14))
    assert (invoice.currency, invoice.vat, invoice.reference) == ("NOK", "25", "PO 77")
    assert invoice.seller["name"] == "Good Service AS"
    assert (invoice.buyer["name"], invoice.buyer["number"]) == ("Kundehuset AS", "987654325")
    lines = list(invoice.lines.all())
    assert [line.entry for line in lines] == [first, second]
    assert [line.amount for line in lines] == [400_000, 400_000]
    assert "001" in lines[0].description
    assert "Large Centre of the Year" in lines[0].description
    assert totals_of(invoice) == (800_000, 200_000, 1_000_000)
    line = AuditLine.objects.get(doing="invoice_issued")
    assert line.details == {"number": 1, "to": organisation.public_id, "gross": 1_000_000}


def test_an_invoice_is_dated_on_the_editions_calendar() -> None:
    edition = a_juried_edition()
    entry = a_submitted(edition, a_house(edition.programme.organiser))

    invoice = issue(edition, entry, at=datetime(2030, 2, 28, 23, 30, tzinfo=UTC))

    assert invoice.issued_on == date(2030, 3, 1)


def test_nothing_on_an_invoice_changes_later() -> None:
    edition = a_juried_edition()
    organisation = a_house(edition.programme.organiser, "Old name")
    invoice = an_invoice(edition, organisation)

    actions.change_organisation(organisation.pk, {"name": "New name"}, by="test", at=NOON)
    Organisation.objects.filter(pk=organisation.pk).update(is_member=True)

    kept = Invoice.objects.get(pk=invoice.pk)
    assert kept.buyer["name"] == "Old name"
    assert totals_of(kept).net == 400_000


def test_numbers_run_without_a_gap_over_the_editions_of_an_organiser_and_credit_notes() -> None:
    house = an_organiser()
    one, two = a_juried_edition(house), a_juried_edition(house, edition="2031")

    first = an_invoice(one, a_house(house))
    second = an_invoice(two, a_house(house))
    credited = actions.credit_invoice(first.pk, reason="Too much", by="test", at=NOON)
    fourth = an_invoice(one, a_house(house))
    elsewhere = an_invoice()

    assert (first.number, second.number, credited.credit_number, fourth.number) == (1, 2, 3, 4)
    assert elsewhere.number == 1


def test_a_refused_invoice_uses_up_no_number() -> None:
    edition = a_juried_edition()
    nowhere = an_organisation(edition.programme.organiser)
    with pytest.raises(Refused, match="no_address"):
        an_invoice(edition, nowhere)

    assert an_invoice(edition).number == 1


@pytest.mark.parametrize("missing", ["street", "postcode", "city", "country"])
def test_an_invoice_needs_an_address(missing: str) -> None:
    edition = a_juried_edition()

    with pytest.raises(Refused, match="no_address"):
        an_invoice(edition, a_house(edition.programme.organiser, **{missing: ""}))


def test_only_submitted_entries_of_the_organisation_are_invoiced() -> None:
    edition = a_juried_edition()
    organisation = a_house(edition.programme.organiser)
    good = a_submitted(edition, organisation)
    draft = an_entry(edition, LARGE_TEAM, organisation=organisation)
    withdrawn = a_submitted(edition, organisation)
    actions.withdraw_entry(withdrawn.pk, reason="No", by="test", at=NOON)
    others = a_submitted(edition, a_house(edition.programme.organiser))
    elsewhere = a_submitted(a_juried_edition(edition.programme.organiser, edition="2031"), organisation)

    for entry, code in (
        (draft, "entry_not_in"),
        (withdrawn, "entry_not_in"),
        (others, "entry_of_another"),
        (elsewhere, "entry_of_another"),
    ):
        with pytest.raises(Refused, match=code):
            issue(edition, good, entry)
    with pytest.raises(Refused, match="nothing_to_invoice"):
        actions.issue_invoice(edition, organisation, [], by="test", at=NOON)
    assert not Invoice.objects.exists()


def test_an_entry_is_invoiced_once_and_again_after_the_invoice_is_credited() -> None:
    edition = a_juried_edition()
    entry = a_submitted(edition, a_house(edition.programme.organiser))
    invoice = issue(edition, entry)

    with pytest.raises(Refused, match="invoiced_already"):
        issue(edition, entry)

    actions.credit_invoice(invoice.pk, reason="Wrong address", by="test", at=NOON)
    assert issue(edition, entry).number == 3


def test_what_costs_nothing_is_not_invoiced() -> None:
    edition = an_edition_with_fees(fees("{code: free, price: 0}"))
    entry = a_submitted(edition, a_house(edition.programme.organiser))

    assert unsent_in(edition) == []
    with pytest.raises(Refused, match="nothing_to_pay"):
        issue(edition, entry)


def test_all_that_wait_for_an_invoice_are_sent_one_and_who_has_no_address_waits_on() -> None:
    edition = a_juried_edition()
    organiser = edition.programme.organiser
    beta, alpha = a_house(organiser, "Beta", is_member=True), a_house(organiser, "Alpha")
    nowhere = an_organisation(organiser, "Nowhere")
    for house in (beta, beta, alpha, nowhere):
        a_submitted(edition, house)
    an_entry(edition, TEAM, organisation=alpha)

    waiting = unsent_in(edition)
    assert [(str(one.organisation), len(one.entries), one.totals.net) for one in waiting] == [
        ("Alpha", 1, 400_000),
        ("Beta", 2, 600_000),
        ("Nowhere", 1, 400_000),
    ]
    assert [one.obstacle is not None for one in waiting] == [False, False, True]

    issued = actions.issue_invoices(edition, by="test", at=NOON)

    assert [(one.number, one.buyer["name"]) for one in issued] == [(1, "Alpha"), (2, "Beta")]
    assert [str(one.organisation) for one in unsent_in(edition)] == ["Nowhere"]
    assert actions.issue_invoices(edition, by="test", at=NOON) == []


def test_an_invoice_is_open_then_overdue_then_paid() -> None:
    invoice = an_invoice()
    assert state_of(invoice, today=invoice.due_on) == "open"
    assert state_of(invoice, today=invoice.due_on + timedelta(days=1)) == "overdue"

    paid = actions.mark_paid(invoice.pk, TODAY, note=" Bank ", by="test", at=NOON)

    assert (paid.paid_on, paid.paid_note) == (TODAY, "Bank")
    assert state_of(paid, today=invoice.due_on + timedelta(days=1)) == "paid"
    with pytest.raises(Refused, match="paid_already"):
        actions.mark_paid(invoice.pk, TODAY, by="test", at=NOON)


@pytest.mark.parametrize("days", [-1, 1])
def test_nobody_pays_before_the_invoice_or_tomorrow(days: int) -> None:
    with pytest.raises(Refused, match="payment_day"):
        actions.mark_paid(an_invoice().pk, TODAY + timedelta(days=days), by="test", at=NOON)


def test_a_note_is_short() -> None:
    with pytest.raises(Refused, match="note_too_long"):
        actions.mark_paid(an_invoice().pk, TODAY, note="x" * 121, by="test", at=NOON)


def test_a_payment_marked_by_mistake_is_taken_back_with_a_reason() -> None:
    invoice = an_invoice()
    with pytest.raises(Refused, match="not_paid"):
        actions.undo_payment(invoice.pk, reason="No", by="test", at=NOON)
    actions.mark_paid(invoice.pk, TODAY, by="test", at=NOON)
    with pytest.raises(Refused, match="no_reason"):
        actions.undo_payment(invoice.pk, reason=" ", by="test", at=NOON)

    undone = actions.undo_payment(invoice.pk, reason="Another invoice was meant", by="test", at=NOON)

    assert (undone.paid_on, undone.paid_note) == (None, "")
    assert AuditLine.objects.get(doing="invoice_payment_undone").why == "Another invoice was meant"


def test_an_invoice_is_credited_once_with_a_reason() -> None:
    invoice = an_invoice()
    with pytest.raises(Refused, match="no_reason"):
        actions.credit_invoice(invoice.pk, reason=" ", by="test", at=NOON)

    credited = actions.credit_invoice(invoice.pk, reason="Entered twice", by="test", at=NOON)

    assert (credited.credit_number, credited.credited_reason) == (2, "Entered twice")
    assert state_of(credited, today=TODAY) == "credited"
    for again in (
        lambda: actions.credit_invoice(invoice.pk, reason="Again", by="test", at=NOON),
        lambda: actions.mark_paid(invoice.pk, TODAY, by="test", at=NOON),
    ):
        with pytest.raises(Refused, match="invoice_credited"):
            again()


def test_invoices_are_seen_by_who_acts_for_the_buyer() -> None:
    edition = a_juried_edition()
    organisation = a_house(edition.programme.organiser)
    invoice = an_invoice(edition, organisation)
    partner = a_house(edition.programme.organiser)
    case = a_case(edition, organisation)
    actions.name_party(case.pk, organisation=partner, by="test", at=NOON)

    assert list(invoices_seen_by(an_entrant(organisation))) == [invoice]
    assert list(invoices_seen_by(an_entrant(partner))) == []
    assert list(invoices_of(edition)) == [invoice]
