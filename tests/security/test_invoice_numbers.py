"""Two people who issue and credit invoices at the same moment never get the same number."""

from pathlib import Path

from tests.processes import told


def test_invoices_issued_and_credited_at_once_are_numbered_one_after_the_other(
    address: str, tmp_path: Path
) -> None:
    script = """
from kaaring.entries.actions import credit_invoice, issue_invoice, issue_invoices
from kaaring.entries.models import Invoice
from tests.entries.test_invoices import a_house, a_submitted, an_invoice
from tests.juried import a_juried_edition
edition = a_juried_edition()
house = edition.programme.organiser
first = [an_invoice(edition, a_house(house)) for _number in range(3)]
for _number in range(4): a_submitted(edition, a_house(house))
def issue():
    issue_invoices(edition, by="test", at=NOON)
def credit(invoice):
    return lambda: credit_invoice(invoice.pk, reason="Wrong", by="test", at=NOON)
broken = at_once([issue, issue, *map(credit, first), *map(credit, first)])
kept = Invoice.objects.values_list("number", "credit_number")
numbers = [number for pair in kept for number in pair if number]
expected = {"refused: invoiced_already", "refused: invoice_credited"}
tell(
    broken=sorted(set(broken) - expected),
    numbers=sorted(numbers) == list(range(1, len(numbers) + 1)),
    twice=sorted(broken).count("refused: invoice_credited"),
    hole=first_break(chain_of(edition)),
)
"""
    assert told(script, address, tmp_path) == {"broken": [], "numbers": True, "twice": 3, "hole": None}
