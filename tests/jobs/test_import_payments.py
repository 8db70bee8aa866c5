"""Payments from a bank or an accounting program: all rows or none, and again changes nothing."""

import io
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from kaaring.audit.models import AuditLine
from kaaring.audit.queries import first_break
from kaaring.entries.actions import credit_invoice
from kaaring.entries.models import Invoice
from kaaring.jobs.import_kinds import columns_of
from kaaring.jobs.imports import run_import
from kaaring.kernel.tables import Faulty
from kaaring.programmes.models import Edition
from kaaring.programmes.queries import chain_of
from tests.build import NOON, a_measured_edition
from tests.entries.test_invoices import an_invoice
from tests.juried import a_juried_edition

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition() -> Edition:
    """An edition with invoices 1, 2 and 3 of 1 February 2030."""
    edition = a_juried_edition()
    for _number in range(3):
        an_invoice(edition)
    return edition


def taken_in(edition: Edition, text: str, **changes: Any) -> tuple[int, int, int]:
    plain = {"dry_run": False, "by": "command", "at": NOON}
    outcome = run_import("payments", edition, text.encode(), "bank.csv", **{**plain, **changes})
    return outcome.created, outcome.changed, outcome.unchanged


def paid(edition: Edition) -> dict[int, tuple[date | None, str]]:
    found = Invoice.objects.filter(edition=edition).values_list("number", "paid_on", "paid_note")
    return {number: (paid_on, note) for number, paid_on, note in found}


def test_invoices_are_marked_as_paid_and_again_changes_nothing(edition: Edition) -> None:
    text = "invoice,paid_on,note\n1,2030-02-01,KID 0001\n3,2030-02-01,\n"

    assert taken_in(edition, text, dry_run=True) == (2, 0, 0)
    assert paid(edition)[1] == (None, "")
    assert taken_in(edition, text) == (2, 0, 0)
    assert taken_in(edition, text) == (0, 0, 2)

    day = date(2030, 2, 1)
    assert paid(edition) == {1: (day, "KID 0001"), 2: (None, ""), 3: (day, "")}
    line = AuditLine.objects.get(doing="payments_imported")
    assert line.details["paid"] == {"1": "2030-02-01", "3": "2030-02-01"}
    assert first_break(chain_of(edition)) is None


def test_a_payment_told_differently_replaces_what_was_known(edition: Edition) -> None:
    taken_in(edition, "invoice;paid_on\n1;2030-02-01\n")

    assert taken_in(edition, "invoice,paid_on,note\n1,2030-02-01,By card\n") == (0, 1, 0)
    assert paid(edition)[1] == (date(2030, 2, 1), "By card")


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("9,2030-02-01,", "There is no invoice 9"),
        ("2,2030-02-01,", "Invoice 2 is credited"),
        ("1,2030-01-31,", "Invoice 1 is dated"),
        ("1,2030-02-02,", "Invoice 1 is dated"),
        ("one,2030-02-01,", "is not a whole number"),
        ("0,2030-02-01,", "is not a whole number"),
        (",2030-02-01,", "The cell is empty"),
        ("1,,", "The cell is empty"),
        ("1,yesterday,", "is not a date"),
        ("1,2030-02-01," + "x" * 121, "The text has 121 characters"),
        ("3,2030-02-01,again", "stands in row 2 already"),
    ],
)
def test_any_fault_is_told_with_its_row_and_nothing_is_written(edition: Edition, row: str, says: str) -> None:
    credit_invoice(Invoice.objects.get(edition=edition, number=2).pk, reason="x", by="test", at=NOON)

    with pytest.raises(Faulty) as refused:
        taken_in(edition, f"invoice,paid_on,note\n3,2030-02-01,\n{row}\n")

    assert [fault.row for fault in refused.value.faults] == [3]
    assert says in refused.value.faults[0].what
    assert paid(edition)[3] == (None, "")


def test_invoices_of_another_edition_are_not_touched(edition: Edition) -> None:
    other = a_juried_edition(edition.programme.organiser, edition="2031")
    theirs = an_invoice(other)

    with pytest.raises(Faulty):
        taken_in(edition, f"invoice,paid_on\n{theirs.number},2030-02-01\n")


def test_the_command_takes_them_in(edition: Edition, tmp_path: Path) -> None:
    Invoice.objects.update(issued_on=date(2020, 1, 1))
    file = tmp_path / "bank.csv"
    file.write_text("invoice,paid_on\n1,2020-01-05\n")
    said = io.StringIO()

    call_command("import", "payments", str(edition), str(file), stdout=said)

    assert "1 new" in said.getvalue()
    assert paid(edition)[1] == (date(2020, 1, 5), "")


def test_the_empty_spreadsheet_has_the_headings() -> None:
    assert columns_of("payments", a_measured_edition()) == ("invoice", "paid_on", "note")
