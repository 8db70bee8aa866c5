"""The rows are what the ordinary import reads."""

from zoneinfo import ZoneInfo

import pytest

from kaaring.fieldwork.spreadsheets import (
    KnownEnquiry,
    KnownParticipant,
    Surroundings,
    examine_enquiries,
    examine_evaluations,
    read_enquiries,
    read_evaluations,
    read_shoppers,
)
from kaaring.jobs.demo import GeneratedEdition
from kaaring.jobs.demo.ground import ground_of
from kaaring.kernel.tables import Row, Table
from kaaring.survey.spreadsheets import ParticipantSurroundings, read_participants
from tests.jobs.test_demo_scorer import definition_of, edition_of


@pytest.fixture(params=[2020, 2021])
def year(request: pytest.FixtureRequest) -> int:
    return int(request.param)


def test_the_participants_are_read_without_a_fault(year: int) -> None:
    ground = ground_of(definition_of(year))
    classes = dict.fromkeys(ground.class_codes, 1)

    rows, faults = read_participants(
        table_of(edition_of(year).participants),
        ParticipantSurroundings(classes, ground.questionnaire.channels, enquired_on={}),
    )

    assert faults == []
    assert len(rows) == len(edition_of(year).participants)


def test_the_shoppers_and_enquiries_are_read_and_fit_without_a_fault(year: int) -> None:
    edition, around = edition_of(year), surroundings_of(year)

    _, shopper_faults = read_shoppers(table_of(edition.shoppers), around)
    enquiries, faults = read_enquiries(table_of(edition.enquiries), around)

    assert shopper_faults == faults == []
    assert list(examine_enquiries(enquiries, around, file="enquiries.csv")) == []


def test_the_evaluations_are_read_and_fit_without_a_fault(year: int) -> None:
    around = surroundings_of(year)

    rows, faults = read_evaluations(table_of(edition_of(year).evaluations), around)

    assert faults == []
    assert not [each for each in examine_evaluations(rows, around, file="e.csv") if isinstance(each, list)]


def table_of(rows: list[dict[str, str]]) -> Table:
    columns = tuple(rows[0])
    assert all(tuple(row) == columns for row in rows)
    return Table("demo.csv", columns, tuple(Row(n, tuple(row.values())) for n, row in enumerate(rows, 2)))


def surroundings_of(year: int) -> Surroundings:
    edition: GeneratedEdition = edition_of(year)
    ground = ground_of(definition_of(year))
    return Surroundings(
        timezone=ZoneInfo("Europe/Oslo"),
        channels=ground.attempts,
        comment_areas=ground.comment_areas,
        questionnaire=ground.questionnaire,
        participants={
            row["participant"]: KnownParticipant(n, frozenset(row["channels"].split()))
            for n, row in enumerate(edition.participants)
        },
        shoppers={row["shopper"]: n for n, row in enumerate(edition.shoppers)},
        enquiries={
            row["enquiry"]: KnownEnquiry(n, row["participant"], row["channel"], row["shopper"], False)
            for n, row in enumerate(edition.enquiries)
        },
    )
