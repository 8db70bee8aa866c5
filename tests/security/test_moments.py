"""A moment at the end of time is told as a fault: on the clock of an edition it would break the page."""

from zoneinfo import ZoneInfo

import pytest

from kaaring.kernel.tables import Cells
from kaaring.kernel.tables.reading import read_table


@pytest.mark.parametrize(
    "moment",
    ["9999-12-31T23:59:00+00:00", "0001-01-01T00:00:00+00:00", "0001-01-01T00:00", "9999-12-31T23:59"],
)
def test_a_moment_that_no_clock_shows_is_a_fault(moment: str) -> None:
    cells = Cells(read_table(f"at\n{moment}\n".encode(), file="x.csv"), required=("at",))

    for _row in cells.rows():
        cells.moment("at", ZoneInfo("Europe/Oslo"))

    assert [fault.value for fault in cells.faults] == [moment]
