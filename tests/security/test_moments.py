"""A moment at the end of time is told as a fault: on the clock of an edition it would break the page."""

from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from kaaring.kernel.tables import Cells
from kaaring.kernel.tables.reading import read_table
from tests.build import a_measured_edition, a_member
from tests.web.jury_results import a_marked_stage


@pytest.mark.parametrize(
    "moment",
    ["9999-12-31T23:59:00+00:00", "0001-01-01T00:00:00+00:00", "0001-01-01T00:00", "9999-12-31T23:59"],
)
def test_a_moment_that_no_clock_shows_is_a_fault(moment: str) -> None:
    cells = Cells(read_table(f"at\n{moment}\n".encode(), file="x.csv"), required=("at",))

    for _row in cells.rows():
        cells.moment("at", ZoneInfo("Europe/Oslo"))

    assert [fault.value for fault in cells.faults] == [moment]


@pytest.mark.django_db
@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01"])
@pytest.mark.parametrize("page", ["rounding/?until=", "standings/?until=", "rounding/publish/"])
def test_a_day_that_no_clock_shows_is_told_on_the_page(page: str, day: str) -> None:
    edition, client = a_measured_edition(), Client()
    client.force_login(a_member(edition.programme.organiser))
    address = f"/en/organiser/{edition}/{page}"

    answer = client.get(address + day) if "?" in page else client.post(address, {"until": day})

    assert answer.status_code in {200, 422}
    assert "Write a year from 1900 to 2200." in answer.text


@pytest.mark.django_db
@pytest.mark.parametrize("moment", ["9999-12-31T23:59", "0001-01-01T00:00"])
def test_a_stage_takes_no_moment_that_no_clock_shows(moment: str) -> None:
    stage, client = a_marked_stage(), Client()
    client.force_login(a_member(stage.edition.programme.organiser))
    address = f"/en/organiser/{stage.edition}/stages/{stage.code}/period/"

    answer = client.post(address, {"opens_at": moment, "closes_at": moment})

    assert answer.status_code == 422
    assert "Write a year from 1900 to 2200." in answer.text
