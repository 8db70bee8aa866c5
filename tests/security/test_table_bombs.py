"""Small files cannot fill the memory nor keep a worker busy for minutes."""

import io
import zipfile
from xml.sax.saxutils import escape

import pytest
from openpyxl import Workbook

from kaaring.kernel.tables import Faulty
from kaaring.kernel.tables.reading import MOST_CELLS, read_table


def a_workbook(sheet: str = "", strings: str = "") -> bytes:
    """Return a workbook whose sheet begins with a document type, or with strings nobody uses beside it."""
    plain, changed = io.BytesIO(), io.BytesIO()
    book = Workbook()
    assert book.active is not None
    book.active.append(["a", "MARK"])
    book.save(plain)
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            text = old.read(name).decode()
            if name.endswith("sheet1.xml") and sheet:
                text = sheet + text.replace("MARK", "&e;")
            new.writestr(name, text)
        if strings:
            new.writestr("xl/more.xml", strings)
    return changed.getvalue()


def test_many_short_rows_under_many_headings_are_not_filled_up_with_empty_cells() -> None:
    headings = ",".join(f"c{number}" for number in range(1000))
    content = f"{headings}\n{'x' + chr(10)}".encode() + b"x\n" * (MOST_CELLS // 1000 + 1)

    with pytest.raises(Faulty) as refused:
        read_table(content, file="tall.csv")

    assert "10000" in str(refused.value.details[0])


def test_a_row_of_a_million_separators_is_cut_before_it_is_copied() -> None:
    table = read_table(b"a,b\n1,2" + b"," * 1_000_000, file="wide.csv")

    assert table.rows[0].cells == ("1", "2")


def test_a_workbook_that_unpacks_to_hundreds_of_times_its_size_is_refused_unread() -> None:
    content = a_workbook(strings="<si/>" * 8_000_000)
    assert len(content) < 200_000

    with pytest.raises(Faulty, match="spreadsheet_at_fault"):
        read_table(content, file="bomb.xlsx")


def test_a_workbook_reads_no_file_of_the_server(tmp_path: object) -> None:
    secret = f"{tmp_path}/secret"
    with open(secret, "w", encoding="utf-8") as file:
        file.write("top secret")
    doctype = f'<!DOCTYPE a [<!ENTITY e SYSTEM "file://{escape(secret)}">]>'

    with pytest.raises(Faulty) as refused:
        read_table(a_workbook(sheet=doctype), file="x.xlsx")

    assert "top secret" not in str(refused.value.details)


def test_entities_that_multiply_are_refused() -> None:
    doctype = f'<!DOCTYPE a [<!ENTITY a "{"x" * 100_000}"><!ENTITY e "{"&a;" * 1000}">]>'

    with pytest.raises(Faulty):
        read_table(a_workbook(sheet=doctype), file="x.xlsx")
