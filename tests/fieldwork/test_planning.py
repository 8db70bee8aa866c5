"""Shoppers and planned enquiries, from their spreadsheets."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.utils import translation

from kaaring.audit.models import AuditLine
from kaaring.fieldwork.actions import submit_evaluations
from kaaring.fieldwork.models import Enquiry, Shopper
from kaaring.jobs.imports import run_import
from kaaring.kernel.tables import Faulty, Outcome
from kaaring.programmes.models import Edition
from tests.build import NOON, a_measured_edition, an_evaluation_row

pytestmark = pytest.mark.django_db
SHOPPERS = "shopper,name,email,languages,max_per_week,conflicts\n"
ENQUIRIES = "enquiry,participant,channel,shopper,scenario,window_from,window_to\n"


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def sent(kind: str, edition: Edition, text: str, **options: Any) -> Outcome:
    options = {"dry_run": False, "by": "test", "at": NOON, **options}
    return run_import(kind, edition, text.encode(), "F.csv", **options)


def faults_of(kind: str, edition: Edition, text: str) -> list[str]:
    with pytest.raises(Faulty) as caught:
        sent(kind, edition, text)
    return [str(fault).removeprefix("F.csv, ") for fault in caught.value.faults]


def test_shoppers_are_taken_in_changed_and_left_as_they_are() -> None:
    edition = a_measured_edition()
    first = "S1,Ann,ann@example.org,nb en,5,centre-1 centre-2\n"

    assert sent("shoppers", edition, SHOPPERS + first + "S2,Bo,,,,\n") == Outcome(created=2)
    assert sent("shoppers", edition, SHOPPERS + first) == Outcome(unchanged=1)
    assert sent("shoppers", edition, SHOPPERS + "S1,Ann,ann@example.org,nb en,5,centre-2\n") == Outcome(
        changed=1
    )
    assert sent("shoppers", edition, SHOPPERS + "S2,Bob,,,,\nS3,Cy,,,,\n", dry_run=True) == Outcome(
        created=1, changed=1, is_dry_run=True
    )

    ann, bo = Shopper.objects.order_by("code")
    assert (ann.languages, ann.max_per_week) == (["nb", "en"], 5)
    assert [participant.code for participant in ann.conflicts.all()] == ["centre-2"]
    assert (bo.name, bo.max_per_week) == ("Bo", None)
    details = [line.details for line in AuditLine.objects.filter(doing="shoppers_added").order_by("number")]
    assert [(one["created"], one["changed"]) for one in details] == [(2, []), (0, ["S1"])]


def test_every_fault_in_shoppers_is_told() -> None:
    edition = a_measured_edition()

    assert faults_of("shoppers", edition, SHOPPERS + ",,x,Norsk nb,0,centre-9\nS1,Ann,,,,\nS1,Ann,,,,\n") == [
        "row 2, column shopper: The cell is empty. Fill it in.",
        "row 2, column name: The cell is empty. Fill it in.",
        "row 2, column email: “x” is not an e-mail address. Correct the address, or leave the cell empty.",
        "row 2, column languages: “Norsk” is not a language code. "
        "Write codes such as nb, en or ru, with a space between.",
        "row 2, column max_per_week: “0” is not a whole number from 1 to 32767. Correct the number.",
        "row 2, column conflicts: “centre-9” is not known here. "
        "Correct the code, or import the participant first.",
        "row 4, column shopper: “S1” stands in row 3 already. Keep one of the two rows.",
    ]
    assert not Shopper.objects.exists()


def test_enquiries_are_planned_changed_and_left_as_they_are() -> None:
    edition = a_measured_edition()
    sent("shoppers", edition, SHOPPERS + "S1,Ann,,,,\n")
    first = "E1,centre-1,phone,S1,invoice,2030-01-07,2030-01-11\n"

    assert sent("enquiries", edition, ENQUIRIES + first + "E2,centre-2,email,,,,\n") == Outcome(created=2)
    assert sent("enquiries", edition, ENQUIRIES + first) == Outcome(unchanged=1)
    assert sent("enquiries", edition, ENQUIRIES + "E2,centre-1,phone,,,,\n") == Outcome(changed=1)
    assert sent("enquiries", edition, ENQUIRIES + "E9,centre-1,phone,,,,\n", dry_run=True).created == 1

    one, two = Enquiry.objects.order_by("code").select_related("participant", "shopper")
    assert one.shopper is not None
    assert one.shopper.code == "S1"
    assert (one.scenario, one.window_from, one.window_to) == ("invoice", date(2030, 1, 7), date(2030, 1, 11))
    assert (two.participant.code, two.channel, two.shopper, two.window_to) == (
        "centre-1",
        "phone",
        None,
        None,
    )


def test_every_fault_in_enquiries_is_told() -> None:
    edition = a_measured_edition(participants=1)
    submit_evaluations(edition, [an_evaluation_row("E1")], by="test", at=NOON)
    rows = [
        "E1,centre-1,email,,,,",
        "E2,nobody,telex,S9,,2030-01-11,2030-01-07",
        "E2,centre-1,phone,,,soon,",
        "E3,centre-1,phone,,,2030-01-07,",
    ]

    assert faults_of("enquiries", edition, ENQUIRIES + "\n".join(rows)) == [
        "row 2, column enquiry: E1 has been evaluated with centre-1 on phone. "
        "Keep these, or give the enquiry another code.",
        "row 3, column participant: There is no participant “nobody” in this edition. "
        "Correct the code, or import the participant first.",
        "row 3, column channel: There is no channel “telex” in this edition. Write one of: phone, email.",
        "row 3, column shopper: There is no shopper “S9” in this edition. "
        "Correct the code, import the shopper first, or leave the cell empty.",
        "row 3, column window_to: The window ends before it begins. Correct one of the dates.",
        "row 4, column window_from: “soon” is not a date. Write it as 2021-01-31.",
        "row 4, column enquiry: “E2” stands in row 3 already. Keep one of the two rows.",
    ]
    assert Enquiry.objects.count() == 1


def test_an_evaluated_enquiry_may_learn_its_scenario() -> None:
    edition = a_measured_edition(participants=1)
    submit_evaluations(edition, [an_evaluation_row("E1")], by="test", at=NOON)

    assert sent("enquiries", edition, ENQUIRIES + "E1,centre-1,phone,,invoice,,\n") == Outcome(changed=1)
