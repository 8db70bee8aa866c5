"""Reading spreadsheets without trust, and writing them so that they read back."""

import io
import pickle
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation
from openpyxl import Workbook

from kaaring.kernel.tables import Cells, Fault, Faulty, Outcome, Row, Source, Table, as_csv
from kaaring.kernel.tables import reading as limits
from kaaring.kernel.tables.reading import read_table


def faults_of(content: bytes) -> list[str]:
    with translation.override("en"), pytest.raises(Faulty) as caught:
        read_table(content, file="F")
    return [str(fault) for fault in caught.value.faults]


def a_workbook(*rows: tuple[object, ...]) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def cells(table: Table) -> list[tuple[int, tuple[str, ...]]]:
    return [(row.number, row.cells) for row in table.rows]


@pytest.mark.parametrize(
    "text",
    [
        "a,b\n1,x",
        "a;b\n1;x\n",
        "a\tb\n1\tx\n",
        "\ufeffa,b\r\n1,x\r\n",
        " a , b ,\n 1 , x ,\n",
        'a,b\n"1","x"',
    ],
)
def test_csv_is_read_with_any_separator_with_or_without_a_byte_order_mark(text: str) -> None:
    table = read_table(text.encode(), file="F")

    assert table.columns == ("a", "b")
    assert cells(table) == [(2, ("1", "x"))]


def test_a_semicolon_file_keeps_its_decimal_commas_and_a_quoted_line_break() -> None:
    table = read_table(b'a;b\n74,5;"one\ntwo"\n', file="F")

    assert cells(table) == [(2, ("74,5", "one\ntwo"))]


def test_empty_rows_are_left_out_and_short_ones_filled_without_changing_the_numbers() -> None:
    table = read_table(b"a,b,c\n\n,,\n1\n", file="F")

    assert cells(table) == [(4, ("1", "", ""))]


def test_tabs_part_the_cells_of_a_file_whose_texts_have_commas() -> None:
    table = read_table(b"a\tb\tc, d\n1\tone, two; three\t\n", file="F")

    assert table.columns == ("a", "b", "c, d")
    assert cells(table) == [(2, ("1", "one, two; three", ""))]


@pytest.mark.parametrize("content", [b"\n ; \n;\na;b\n1;x\n", b"\r\n\r\n\r\na;b\r\n1;x\r\n"])
def test_the_headings_are_the_first_row_that_holds_anything_and_rows_keep_their_numbers(
    content: bytes,
) -> None:
    table = read_table(content, file="F")
    workbook = read_table(a_workbook((), (), (), ("a", "b"), (1, "x")), file="F.xlsx")

    assert table.columns == workbook.columns == ("a", "b")
    assert cells(table) == cells(workbook) == [(5, ("1", "x"))]
    assert str(Cells(table, required=("a",)).faults[0]).startswith("F, row 4, column b: There is no column")
    assert faults_of(b"\n\na,a\n")[0].startswith("F, row 3, column a: Two columns")


def test_a_file_that_is_neither_says_so() -> None:
    assert faults_of(b"\xff\xfe\x00\x01") == [
        "F: The file is neither XLSX nor CSV in UTF-8. "
        "Save it as an Excel workbook (.xlsx) or as “CSV UTF-8”, and send it again."
    ]
    assert "it holds bytes that are no text" in faults_of(b"%PDF\0")[0]


def test_an_empty_file_says_where_to_start() -> None:
    assert faults_of(b"")[0].startswith("F: The file is empty.")
    assert faults_of(b"\n,,\n")[0].startswith("F: The file is empty.")
    assert faults_of(a_workbook())[0].startswith("F: The file is empty.")


def test_a_quotation_mark_that_is_never_closed_is_told_with_its_row() -> None:
    assert faults_of(b'a,b\n1,2\n"3"x,4\n')[0].startswith("F, row 3: From here on the file cannot be read")


def test_columns_that_are_called_the_same_are_told_each() -> None:
    assert faults_of(b"a,a,,,b,b\n") == [
        "F, row 1: Several columns have no name. Name them, or remove them.",
        "F, row 1, column a: Two columns are called “a”. Keep one of them.",
        "F, row 1, column b: Two columns are called “b”. Keep one of them.",
    ]


def test_every_cell_beyond_the_last_column_is_told() -> None:
    assert [fault.partition(":")[0] for fault in faults_of(b"a,b\n1,2,3\n4,5,,6\n")] == [
        "F, row 2",
        "F, row 3",
    ]


def test_a_file_that_is_too_large_or_too_long_or_too_wide_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_ROWS", 2)
    assert "more than 2 rows" in faults_of(b"a\n1\n2\n3\n")[0]
    assert len(read_table(b"a\n1\n2\n", file="F").rows) == 2
    monkeypatch.setattr(limits, "MOST_COLUMNS", 2)
    assert "more than 2 columns" in faults_of(b"a,b,c\n")[0]
    assert "more than 2 columns" in faults_of(a_workbook(("a", "b", "c", "d")))[0]
    monkeypatch.setattr(limits, "MOST_BYTES", 2)
    assert "more than 0 MB" in faults_of(b"a,b")[0]


def test_what_is_written_reads_back_and_starts_no_formula() -> None:
    written = as_csv(("a", "b"), [("=1+1", "-5"), ("'quoted", "+47 22 22"), ("@x", "two\nlines")])

    assert "'=1+1,-5" in written
    table = read_table(written.encode(), file="F")
    assert [row.cells for row in table.rows] == [
        ("=1+1", "-5"),
        ("'quoted", "+47 22 22"),
        ("@x", "two\nlines"),
    ]


def test_a_fault_names_file_row_column_value_and_remedy() -> None:
    whole = Fault("F.csv", 12, "KB5", "7", "“7” is not on the scale 1 to 6.", "Write a whole number.")

    with translation.override("en"):
        assert str(whole) == (
            "F.csv, row 12, column KB5: “7” is not on the scale 1 to 6. Write a whole number."
        )
        assert str(Fault("", None, None, "", "It is empty.", "Fill it.")) == "It is empty. Fill it."


def test_faults_stand_in_the_order_of_the_file_and_survive_pickling() -> None:
    late, early = Fault("F", 9, None, "", "a.", "b."), Fault("F", None, None, "", "c.", "d.")

    faulty = pickle.loads(pickle.dumps(Faulty([late, early])))

    assert faulty.faults == (early, late)
    assert faulty.code == "spreadsheet_at_fault"


def test_an_outcome_says_what_was_done_and_who_waits() -> None:
    with translation.override("en"):
        assert str(Outcome(1, 2, 3)) == "1 new, 2 changed, 3 as before."
        tried = str(Outcome(1, 0, 0, held=("E1", "E2"), is_dry_run=True))
        made = str(Outcome(1, new_jurors=("J8", "J9")))
    assert tried.startswith("Nothing was written: this was a trial. 1 new")
    assert tried.endswith("2 evaluations wait for a reviewer, since too little was observed: E1, E2.")
    assert made == "1 new, 0 changed, 0 as before. New jurors: J8, J9."
    assert Outcome(1, 2, 3, ("E1",)).as_json()["held"] == ["E1"]
    assert Outcome(new_jurors=("J9",)).as_json()["new_jurors"] == ["J9"]


def test_a_source_knows_the_digest_of_its_content() -> None:
    assert Source.of("F", b"abc").sha256.startswith("ba7816bf")


def read_cells(*values: str, columns: str = "a") -> Cells:
    names = tuple(columns.split(","))
    reader = Cells(Table("F", names, (Row(2, values),)), required=names)
    list(reader.rows())
    return reader


def only_fault(reader: Cells) -> str:
    (fault,) = reader.faults
    return str(fault)


@pytest.fixture(autouse=True)
def in_english() -> object:
    with translation.override("en"):
        yield


def test_missing_and_unknown_columns_are_told_together_and_no_row_is_read_without_a_column() -> None:
    table = Table("F", ("b", "agent_name"), (Row(2, ("1", "2")),))

    reader = Cells(table, required=("a", "b"), optional=("c",))

    assert list(reader.rows()) == []
    assert [str(fault) for fault in reader.faults] == [
        "F, row 1, column a: The column “a” is missing. Add it; its place does not matter.",
        "F, row 1, column agent_name: There is no column “agent_name” here. "
        "Remove it, or name it as one of: a, b, c.",
    ]


@pytest.mark.parametrize(
    ("value", "number"),
    [("3", 3), ("", None), ("0", None), ("x", None), ("3,5", None), ("3.0", None), ("9" * 5000, None)],
)
def test_a_whole_number_lies_within_its_bounds(value: str, number: int | None) -> None:
    reader = read_cells(value)

    assert reader.whole_number("a", least=1, most=9) == number
    assert bool(reader.faults) == (number is None and value != "")


@pytest.mark.parametrize(
    ("value", "remedy"),
    [
        ("1,000", "Write 1000, without a separator."),
        ("12.000", "Write 12000, without a separator."),
        ("1 000 000", "Write 1000000, without a separator."),
        ("1\u202f000", "Write 1000, without a separator."),
        ("3.0", "Write it with digits alone, such as 1000."),
        ("99999", "Correct the number."),
    ],
)
def test_a_whole_number_with_a_separator_is_never_taken_for_another(value: str, remedy: str) -> None:
    reader = read_cells(value)

    assert reader.whole_number("a", least=0, most=9999) is None
    assert only_fault(reader).endswith(f"is not a whole number from 0 to 9999. {remedy}")


def test_a_whole_number_that_a_workbook_keeps_with_decimals_is_whole() -> None:
    table = read_table(a_workbook(("a",), (12.0,)), file="F.xlsx")
    reader = Cells(table, required=("a",))

    assert [reader.whole_number("a", least=0) for _row in reader.rows()] == [12]


@pytest.mark.parametrize(
    "value",
    ["03.apr", "3-Apr", "3. апр.", "Apr-03", "03.04.2026", "3/4/26", "2026-04-03", "2026-04-03T00:00:00"],
)
def test_a_number_that_a_spreadsheet_program_made_a_date_of_is_said_to_look_like_one(value: str) -> None:
    reader = read_cells(value)

    assert reader.whole_number("a", least=0) is None
    assert only_fault(reader) == (
        f"F, row 2, column a: “{value}” looks like a date, as spreadsheet programs make them of numbers. "
        "Format the column as text, write the number again, and save the file anew."
    )


def test_codes_are_short_words_that_stand_once() -> None:
    assert read_cells("north-4").code("a") == "north-4"
    bad, empty, long = read_cells("a b"), read_cells(""), read_cells("x" * 61)
    for reader in (bad, empty, long):
        reader.code("a")
    assert "cannot be a code" in only_fault(bad)
    assert "The cell is empty. Fill it in." in only_fault(empty)
    assert "has 61 characters. Shorten it to 60." in only_fault(long)
    twice = read_cells("E1")
    seen = {"E1": 4}
    twice.once("a", "E1", seen)
    assert "“E1” stands in row 4 already." in only_fault(twice)


def test_several_codes_stand_in_one_cell_each_once() -> None:
    reader = read_cells("b a b zz")

    assert reader.several("a", ("a", "b")) == ("b", "a")
    assert only_fault(reader).endswith("“zz” is not known here. Write one of: a, b.")
    nothing = read_cells("x")
    assert not nothing.one_of("a", "x", ())
    assert only_fault(nothing).endswith("Leave the cell empty.")
    assert not read_cells("").one_of("a", "", ("b",))


def test_addresses_days_and_moments_are_read_or_told() -> None:
    assert read_cells("a@example.org").email("a") == "a@example.org"
    assert read_cells("").email("a") == ""
    assert read_cells("2030-02-03").day("a") == date(2030, 2, 3)
    assert read_cells("").day("a") is None
    for method, value in (("email", "nobody"), ("day", "3.2.2030")):
        reader = read_cells(value)
        getattr(reader, method)("a")
        assert f"“{value}” is not" in only_fault(reader)


@pytest.mark.parametrize(
    "value", ["2030-07-01T14:05", "2030-07-01 14:05:00", "2030-07-01T12:05Z", "2030-07-01T14:05+02:00"]
)
def test_a_moment_without_a_zone_is_on_the_clock_of_the_edition(value: str) -> None:
    assert read_cells(value).moment("a", ZoneInfo("Europe/Oslo")) == datetime(2030, 7, 1, 12, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("", "The cell is empty"),
        ("noon", "is not a date with a time"),
        ("0001-01-01T00:00", "is not a possible date"),
    ],
)
def test_a_moment_that_cannot_be_read_is_told(value: str, said: str) -> None:
    reader = read_cells(value)

    reader.moment("a", ZoneInfo("Asia/Tokyo"))

    assert said in only_fault(reader)
