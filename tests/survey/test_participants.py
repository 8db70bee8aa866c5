"""Participants: one by one and from a spreadsheet."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import translation

from kaaring.audit.models import AuditLine
from kaaring.fieldwork.actions import submit_evaluations
from kaaring.jobs.imports import run_import
from kaaring.kernel.refused import Refused
from kaaring.kernel.tables import Faulty, Outcome
from kaaring.programmes.models import Edition
from kaaring.survey.actions import add_participant, add_participants, change_participant, remove_participant
from kaaring.survey.models import Contact, Participant
from kaaring.survey.queries import surroundings_of
from tests.build import (
    NOON,
    a_contact,
    a_definition,
    a_measured_edition,
    a_participant_row,
    an_edition,
    an_evaluation_row,
)

pytestmark = pytest.mark.django_db
HEADINGS = "participant;name;class;channels;name_en;contact_email;phone;email;chat_url\n"


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def sent(edition: Edition, text: str, **options: Any) -> Outcome:
    options = {"dry_run": False, "by": "test", "at": NOON, **options}
    return run_import("participants", edition, text.encode(), "P.csv", **options)


def faults_of(edition: Edition, text: str) -> list[str]:
    with pytest.raises(Faulty) as caught:
        sent(edition, text)
    return [str(fault) for fault in caught.value.faults]


def test_a_spreadsheet_of_participants_is_taken_in_and_sending_it_again_changes_nothing() -> None:
    edition = a_measured_edition(participants=0)
    text = (
        HEADINGS
        + "north;Nord Bank;banks;phone email;North Bank;a@example.org;22 22;b@example.org;https://n.no/\n"
    )

    assert sent(edition, text) == Outcome(created=1)
    lines = AuditLine.objects.count()
    assert sent(edition, text) == Outcome(unchanged=1)

    participant = Participant.objects.get(edition=edition)
    assert (participant.code, participant.name, participant.name_en) == ("north", "Nord Bank", "North Bank")
    assert participant.channels == ["phone", "email"]
    assert participant.competition_class.code == "banks"
    assert (participant.contact_email, participant.email) == ("a@example.org", "b@example.org")
    assert AuditLine.objects.count() == lines


def test_the_log_tells_the_counts_and_the_digest_of_the_file() -> None:
    edition = a_measured_edition(participants=1)

    sent(edition, HEADINGS + "centre-1;New name;shops;phone email\nnorth;North;banks;phone\n")

    line = AuditLine.objects.get(doing="participants_added", details__file="P.csv")
    assert line.details["created"] == 1
    assert line.details["changed"] == ["centre-1"]
    assert len(line.details["sha256"]) == 64


def test_a_changed_row_replaces_what_was_there_and_the_others_stay() -> None:
    edition = a_measured_edition(participants=2)

    assert sent(edition, HEADINGS + "centre-1;New name;banks;phone\n") == Outcome(changed=1)

    assert Participant.objects.get(code="centre-1").name == "New name"
    assert Participant.objects.get(code="centre-2").name == "Centre 2"


def test_a_trial_counts_and_writes_nothing() -> None:
    edition = a_measured_edition(participants=1)
    text = HEADINGS + "centre-1;New name;banks;phone\nnorth;North;banks;phone\n"

    assert sent(edition, text, dry_run=True) == Outcome(created=1, changed=1, is_dry_run=True)

    assert [one.name for one in Participant.objects.all()] == ["Centre 1"]


def test_every_fault_is_told_at_once_and_nothing_is_written() -> None:
    edition = a_measured_edition(participants=0)
    rows = [
        "good;Good;banks;phone",
        "bad code;;bank;telex;;nobody;;;ftp://x",
        "good;Again;shops;",
    ]

    faults = faults_of(edition, HEADINGS + "\n".join(rows))

    assert [fault.removeprefix("P.csv, ") for fault in faults] == [
        "row 3, column participant: “bad code” cannot be a code. "
        "Use letters a to z, digits and hyphens, without spaces.",
        "row 3, column class: “bank” is not known here. Write one of: banks, shops.",
        "row 3, column name: The cell is empty. Fill it in.",
        "row 3, column channels: “telex” is not known here. Write one of: phone, email.",
        "row 3, column contact_email: “nobody” is not an e-mail address. "
        "Correct the address, or leave the cell empty.",
        "row 3, column chat_url: “ftp://x” is not the address of a page. "
        "Write it whole, beginning with https://, or leave the cell empty.",
        "row 4, column channels: The cell is empty. Fill it in.",
        "row 4, column participant: “good” stands in row 2 already. Keep one of the two rows.",
    ]
    assert not Participant.objects.exists()


def test_a_channel_with_enquiries_cannot_be_taken_from_a_participant() -> None:
    edition = a_measured_edition(participants=1, evaluations=1)

    assert faults_of(edition, HEADINGS + "centre-1;Centre 1;shops;email\n") == [
        "P.csv, row 2, column channels: centre-1 has enquiries on phone already. "
        "Keep these channels in the cell."
    ]


def test_an_edition_that_measures_nothing_has_no_channels() -> None:
    edition = an_edition()
    edition.rules.create(number=1, document=_jury_only(), digest="x", loaded_at=NOON, loaded_by="test")

    assert surroundings_of(edition).channels == ()


def _jury_only() -> dict[str, Any]:
    document = a_definition().model_dump(mode="json", by_alias=True)
    return {**document, "survey": None, "awards": []}


def test_a_participant_is_added_changed_and_removed_with_a_line_in_the_log_for_each() -> None:
    edition = a_measured_edition(participants=0)

    participant = add_participant(edition, a_participant_row(), by="test", at=NOON)
    a_contact(participant)
    changed = change_participant(
        participant, a_participant_row(name="New", class_code="banks"), by="test", at=NOON
    )
    change_participant(changed, a_participant_row(name="New", class_code="banks"), by="test", at=NOON)
    remove_participant(changed, by="test", at=NOON)

    assert changed.name == "New"
    assert not Participant.objects.exists()
    assert not Contact.objects.exists()
    lines = AuditLine.objects.filter(about="centre-1").order_by("number")
    assert [line.doing for line in lines] == [
        "participant_added",
        "participant_changed",
        "participant_removed",
    ]
    assert lines[1].details == {"changed": ["competition_class", "name"]}


@pytest.mark.parametrize(
    ("code", "changes"),
    [
        ("unknown_class", {"class_code": "bank"}),
        ("no_channel", {"channels": ()}),
        ("unknown_channel", {"channels": ("phone", "telex")}),
        ("participant_known", {"code": "centre-1"}),
    ],
)
def test_what_does_not_fit_the_edition_is_refused(code: str, changes: dict[str, Any]) -> None:
    edition = a_measured_edition(participants=1)

    with pytest.raises(Refused, match=code):
        add_participant(edition, a_participant_row(2, **changes), by="test", at=NOON)

    assert Participant.objects.count() == 1


def test_a_participant_that_has_been_contacted_keeps_its_channel_and_stays() -> None:
    edition = a_measured_edition(participants=1)
    submit_evaluations(edition, [an_evaluation_row()], by="test", at=NOON)
    participant = Participant.objects.get(edition=edition)

    with pytest.raises(Refused, match="channel_has_enquiries"):
        change_participant(participant, a_participant_row(channels=("email",)), by="test", at=NOON)
    with pytest.raises(Refused, match="participant_has_enquiries"):
        remove_participant(participant, by="test", at=NOON)


def test_rows_that_are_at_fault_already_are_not_added() -> None:
    edition = a_measured_edition(participants=0)
    with pytest.raises(Faulty) as caught:
        sent(edition, HEADINGS + "north;;banks;phone")

    with pytest.raises(Faulty):
        add_participants(edition, [a_participant_row()], by="test", at=NOON, faults=caught.value.faults)

    assert not Participant.objects.exists()
