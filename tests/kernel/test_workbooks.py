"""Reading workbooks without trust: what they may hold, and what is refused before it is unpacked."""

import io
import re
import zipfile
from datetime import date, datetime

import pytest
from openpyxl import Workbook

from kaaring.kernel.tables import reading as limits
from kaaring.kernel.tables import workbook as packed
from kaaring.kernel.tables.reading import read_table
from tests.kernel.test_tables import a_workbook, cells, faults_of


def a_workbook_of(*formulas: str) -> bytes:
    """Return a workbook whose second row has these cells, as the XML that programs write."""
    kept, plain = io.BytesIO(), io.BytesIO(a_workbook(("a", "b", "c"), ("FORMULAS",)))
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(kept, "w") as new:
        for part in old.namelist():
            text = old.read(part)
            if part == "xl/worksheets/sheet1.xml":
                text = re.sub(b'<c r="A2".*?</c>', "".join(formulas).encode(), text)
            new.writestr(part, text)
    return kept.getvalue()


def test_a_formula_without_a_value_is_told_with_its_cell() -> None:
    content = a_workbook(("a", "b"), (1, "=1+1"), ("=A1", 2))

    assert faults_of(content) == [
        f"F, row {row}, column {column}: The cell holds a formula without a value. "
        "Open the file in a spreadsheet program, save it there, and send it again."
        for row, column in ((2, "b"), (3, "a"))
    ]
    assert "row 1: The cell holds a formula" in faults_of(a_workbook(("a", "=B2")))[0]


def test_a_formula_that_came_to_something_is_its_value_and_one_that_came_to_nothing_an_empty_cell() -> None:
    content = a_workbook_of(
        '<c r="A2"><f>2+2</f><v>4</v></c>',
        '<c r="B2" t="str"><f>IF(A2=4,"","x")</f><v></v></c>',
        '<c r="C2" t="str"><f>"y"</f><v>y</v></c>',
    )

    assert cells(read_table(content, file="F.xlsx")) == [(2, ("4", "", "y"))]


def test_a_formula_is_found_wherever_a_sheet_is_read_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    for size in range(1, 6):
        monkeypatch.setattr(packed, "_CHUNK", size)
        assert "formula without a value" in faults_of(a_workbook(("a",), ("=1+1",)))[0]


def test_a_workbook_is_read_as_people_would_type_it() -> None:
    moment = datetime(2030, 1, 2, 3, 4)  # noqa: DTZ001 - a cell has no zone
    content = a_workbook(
        ("a", "b", "c", "d", "e"),
        (1, 3.0, 74.5, moment, None),
        (),
        ("x", None, 0.0000001, True, "  y "),
    )

    table = read_table(content, file="F.xlsx")

    assert table.columns == ("a", "b", "c", "d", "e")
    assert cells(table) == [
        (2, ("1", "3", "74.5", "2030-01-02T03:04:00", "")),
        (4, ("x", "", "0.0000001", "True", "y")),
    ]


def test_a_day_from_a_workbook_is_a_day() -> None:
    assert packed._as_text(date(2030, 1, 2)) == "2030-01-02"


def test_a_workbook_that_unpacks_to_far_too_much_is_refused_before_it_is_unpacked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * 3_000_000)
    monkeypatch.setattr(packed, "MOST_BYTES_UNPACKED", 2_000_000)
    monkeypatch.setattr(packed, "load_workbook", None)

    assert len(bomb.getvalue()) < 4_000
    assert "far larger than a spreadsheet" in faults_of(bomb.getvalue())[0]


def test_a_workbook_with_thousands_of_parts_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packed, "MOST_PARTS", 2)

    assert "far larger than a spreadsheet" in faults_of(a_workbook(("a",)))[0]


def test_a_damaged_workbook_and_an_archive_of_something_else_are_told() -> None:
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("hello.txt", "hello")

    assert "cannot be read as one" in faults_of(other.getvalue())[0]
    assert "is damaged" in faults_of(a_workbook(("a",))[:200])[0]


def test_a_cell_at_the_far_corner_of_a_sheet_is_refused_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_ROWS", 50)
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"] = "a"
    sheet["XFD1048576"] = "far"
    kept = io.BytesIO()
    book.save(kept)

    assert "more than 50 rows" in faults_of(kept.getvalue())[0]


def test_reading_may_end_early() -> None:
    rows = packed.workbook_rows(a_workbook(("a",), ("b",)), "F", 10)

    assert next(rows) == ("a",)
    rows.close()  # type: ignore[attr-defined]
