"""What a file is stands in its content."""

import io
import struct
import zipfile

import pytest

from kaaring.entries import content
from kaaring.entries.content import Kind, Unwanted, kind_of, named
from tests.entries.build import EXECUTABLE, GIF, JPEG, PDF, PNG, WEBP, a_docx, a_zip, an_odt


def what(file: bytes) -> Kind | Unwanted:
    return kind_of(io.BytesIO(file))


@pytest.mark.parametrize(
    ("file", "kind"),
    [
        (PDF, content.PDF),
        (PNG, content.PNG),
        (JPEG, content.JPEG),
        (GIF, content.GIF),
        (WEBP, content.WEBP),
        (a_docx(), content.DOCX),
        (a_docx("spreadsheetml.sheet"), content.XLSX),
        (a_docx("presentationml.presentation"), content.PPTX),
        (an_odt(), content.ODT),
        (an_odt("spreadsheet"), content.ODS),
        (an_odt("presentation"), content.ODP),
    ],
)
def test_the_kinds_that_are_taken_are_known_by_their_content(file: bytes, kind: Kind) -> None:
    assert what(file) == kind


@pytest.mark.parametrize(
    "file",
    [
        EXECUTABLE,
        b"\x7fELF" + bytes(60),
        b"",
        b"<html><script>alert(1)</script></html>",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b" %PDF-1.7",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(60),
        a_zip({"setup.exe": EXECUTABLE}),
        a_zip({"mimetype": b"application/epub+zip"}),
        a_docx("themanagerml.theme"),
    ],
)
def test_everything_else_is_not_taken(file: bytes) -> None:
    assert what(file) is Unwanted.UNKNOWN


@pytest.mark.parametrize(
    "file",
    [
        a_docx(**{"word/vbaProject.bin": b"code"}),
        a_docx(**{"xl/VBAPROJECT.BIN": b"code"}),
        an_odt(**{"Basic/Standard/Module1.xml": b"code"}),
        a_zip({"[Content_Types].xml": b"application/vnd.ms-word.document.macroEnabled.main+xml"}),
    ],
)
def test_documents_with_macros_are_not_taken(file: bytes) -> None:
    assert what(file) is Unwanted.MACROS


def test_a_damaged_document_is_told_as_such() -> None:
    whole = a_docx()
    at = whole.index(b"<w/>") if b"<w/>" in whole else len(whole) // 3

    assert what(whole[: len(whole) // 2]) is Unwanted.BROKEN
    assert what(whole[:at] + b"\x00\x01\x02" + whole[at + 3 :]) is Unwanted.BROKEN
    assert what(b"PK\x03\x04") is Unwanted.BROKEN


def test_a_document_that_asks_for_a_password_is_told_as_such() -> None:
    locked = bytearray(a_docx())
    at = locked.index(b"PK\x01\x02")
    locked[at + 8] |= 1

    assert what(bytes(locked)) is Unwanted.ENCRYPTED


def test_parts_packed_in_unusual_ways_are_not_unpacked() -> None:
    assert what(a_zip({"mimetype": b"text"}, method=zipfile.ZIP_LZMA)) is Unwanted.BROKEN


def test_a_small_file_that_unpacks_to_more_than_is_allowed_is_refused_by_what_it_promises() -> None:
    bomb = a_docx(**{"word/a.xml": bytes(content.MOST_UNPACKED)})

    assert len(bomb) < 300_000
    assert what(bomb) is Unwanted.BOMB


def test_a_file_that_lies_about_how_much_it_unpacks_to_is_cut_off_at_what_it_promised() -> None:
    bomb = bytearray(a_docx(**{"word/a.xml": bytes(50 * 2**20)}))
    for signature, at_size in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        at = bomb.rindex(signature)
        struct.pack_into("<L", bomb, at + at_size, 10)

    assert what(bytes(bomb)) is Unwanted.BROKEN


def test_parts_that_each_are_allowed_are_counted_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(content, "MOST_UNPACKED", 10_000)
    inner = a_docx(**{f"word/{number}.bin": bytes(3_000) for number in range(2)})

    assert what(inner) == content.DOCX
    assert what(a_docx("presentationml.presentation", **{"ppt/embeddings/1.docx": inner})) == content.PPTX
    both = {"ppt/embeddings/1.docx": inner, "ppt/embeddings/2.docx": inner}
    assert what(a_docx("presentationml.presentation", **both)) is Unwanted.BOMB


def test_documents_in_documents_in_documents_are_not_followed_for_ever() -> None:
    file = a_docx()
    for _level in range(content.DEEPEST):
        file = a_docx(**{"word/embeddings/1.docx": file})
    assert what(file) == content.DOCX

    assert what(a_docx(**{"word/embeddings/1.docx": file})) is Unwanted.BOMB


def test_something_packed_in_another_way_inside_a_document_is_not_taken() -> None:
    assert what(a_docx(**{"word/embeddings/more.gz": b"\x1f\x8b" + bytes(50)})) is Unwanted.BOMB


def test_thousands_of_parts_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    many = a_docx(**{f"word/{number}": b"" for number in range(60)})
    assert what(many) == content.DOCX

    monkeypatch.setattr(content, "MOST_PARTS", 50)
    assert what(many) is Unwanted.BOMB


def test_a_directory_of_a_million_lines_is_refused_before_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    huge = bytearray(a_docx())
    struct.pack_into("<L", huge, len(huge) - 10, 15_000_000)
    monkeypatch.setattr(content.zipfile, "ZipFile", None)

    assert what(bytes(huge)) is Unwanted.BOMB


def test_a_directory_that_hides_its_size_is_refused_before_it_is_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    plain = a_docx()
    hiding = plain[:-22] + b"PK\x06\x07" + bytes(16) + plain[-22:]
    monkeypatch.setattr(content.zipfile, "ZipFile", None)

    assert what(hiding) is Unwanted.BOMB


@pytest.mark.parametrize(
    ("sent", "kind", "kept"),
    [
        ("report.pdf", content.PDF, "report.pdf"),
        ("Report.PDF", content.PDF, "Report.PDF"),
        ("photo.JPEG", content.JPEG, "photo.JPEG"),
        ("../../etc/passwd", content.PDF, "passwd.pdf"),
        ("C:\\files\\tall 2029.xlsx", content.XLSX, "tall 2029.xlsx"),
        ("report.pdf.exe", content.PDF, "report.pdf.exe.pdf"),
        ("bad\r\nSet-Cookie: a=b.pdf", content.PDF, "badSet-Cookie: a=b.pdf"),
        ("fdp\u202eexe.pdf", content.PDF, "fdpexe.pdf"),
        (".htaccess", content.PNG, "htaccess.png"),
        ("  ", content.PNG, "file.png"),
        ("Årsrapport.pdf", content.PDF, "Årsrapport.pdf"),
        ("x" * 300 + ".pdf", content.PDF, "x" * 156 + ".pdf"),
    ],
)
def test_a_name_is_one_tidy_line_with_the_ending_of_the_content(sent: str, kind: Kind, kept: str) -> None:
    assert named(sent, kind) == kept
