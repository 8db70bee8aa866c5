"""What a file is, told by its content and never by its name, and whether unpacking it is safe.

Nothing is extracted and nothing is parsed: signatures are compared, and the parts of packed documents are
unpacked in small pieces that are thrown away, only to count them.
"""

import os
import struct
import tempfile
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from enum import StrEnum
from typing import BinaryIO, NamedTuple

MOST_PARTS = 5_000
MOST_UNPACKED = 200 * 2**20
DEEPEST = 2
"""A presentation may hold a workbook, which may hold a document; nothing needs to go deeper."""
PIECE = 64 * 2**10
LONGEST_NAME = 160
_MOST_DIRECTORY = MOST_PARTS * 400
_IN_MEMORY = 2**20

_ZIP = b"PK\x03\x04"
_END_OF_ZIP = struct.Struct("<4s4H2LH")
_BEFORE_END_OF_LARGE_ZIP = b"PK\x06\x07"
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_IS_ENCRYPTED = 0x1
_PACKED_ANOTHER_WAY = (b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00", b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07")


class Kind(NamedTuple):
    """A kind of file that is taken; one that is ``shown`` may be opened in the browser itself."""

    content_type: str
    ending: str
    shown: bool = False


class Unwanted(StrEnum):
    """Why a file is not taken."""

    UNKNOWN = "unknown"
    BROKEN = "broken"
    ENCRYPTED = "encrypted"
    MACROS = "macros"
    BOMB = "bomb"


PDF = Kind("application/pdf", ".pdf", shown=True)
PNG = Kind("image/png", ".png", shown=True)
JPEG = Kind("image/jpeg", ".jpg", shown=True)
GIF = Kind("image/gif", ".gif", shown=True)
WEBP = Kind("image/webp", ".webp", shown=True)
_OFFICE = "application/vnd.openxmlformats-officedocument"
_OPEN = "application/vnd.oasis.opendocument"
DOCX = Kind(f"{_OFFICE}.wordprocessingml.document", ".docx")
XLSX = Kind(f"{_OFFICE}.spreadsheetml.sheet", ".xlsx")
PPTX = Kind(f"{_OFFICE}.presentationml.presentation", ".pptx")
ODT = Kind(f"{_OPEN}.text", ".odt")
ODS = Kind(f"{_OPEN}.spreadsheet", ".ods")
ODP = Kind(f"{_OPEN}.presentation", ".odp")
KINDS = (PDF, PNG, JPEG, GIF, WEBP, DOCX, XLSX, PPTX, ODT, ODS, ODP)
_SIGNATURES = (
    (b"%PDF-", PDF),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"\xff\xd8\xff", JPEG),
    (b"GIF87a", GIF),
    (b"GIF89a", GIF),
)
_OTHER_ENDINGS = {JPEG: (".jpeg", ".jpe")}


def kind_called(content_type: str) -> Kind | None:
    """Return the kind with a content type."""
    return next((kind for kind in KINDS if kind.content_type == content_type), None)


def kind_of(file: BinaryIO) -> Kind | Unwanted:
    """Return what a file is by its content, or why it is not taken."""
    file.seek(0)
    start = file.read(16)
    if start.startswith(b"RIFF") and start[8:12] == b"WEBP":
        return WEBP
    if not start.startswith(_ZIP):
        return next(
            (kind for signature, kind in _SIGNATURES if start.startswith(signature)), Unwanted.UNKNOWN
        )
    try:
        return _Unpacking().document(file, depth=0)
    except _Stop as stop:
        return stop.why


def named(name: str, kind: Kind) -> str:
    """Return the name under which a file is kept: one line without folders, with the ending of its kind.

    >>> named("C:\\\\Users\\\\kari\\\\tall.PDF", PDF), named("figures.exe", PNG), named("", PDF)
    ('tall.PDF', 'figures.exe.png', 'file.pdf')
    """
    last = name.replace("\\", "/").rpartition("/")[2]
    plain = "".join(letter for letter in unicodedata.normalize("NFC", last) if letter.isprintable())
    tidy = " ".join(plain.split()).lstrip(".") or "file"
    stem, ending = os.path.splitext(tidy)
    if ending.lower() not in (kind.ending, *_OTHER_ENDINGS.get(kind, ())):
        stem, ending = tidy, kind.ending
    return stem[: LONGEST_NAME - len(ending)] + ending


class _Stop(Exception):
    def __init__(self, why: Unwanted) -> None:
        super().__init__(why)
        self.why = why


class _Unpacking:
    """Counts what comes out of a packed document and the documents in it, and stops at too much."""

    def __init__(self) -> None:
        self.parts, self.bytes = MOST_PARTS, MOST_UNPACKED

    def document(self, file: BinaryIO, *, depth: int) -> Kind | Unwanted:
        """Unpack all of a document, and return what it is."""
        if depth > DEEPEST:
            raise _Stop(Unwanted.BOMB)
        _refuse_a_huge_directory(file)
        try:
            with zipfile.ZipFile(file) as packed:
                parts = packed.infolist()
                self._promised(parts)
                for part in parts:
                    self._unpack(packed, part, depth)
                return _document_in(packed)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, struct.error) as error:
            raise _Stop(Unwanted.BROKEN) from error

    def _promised(self, parts: list[zipfile.ZipInfo]) -> None:
        """Stop at what the directory says already."""
        self.parts -= len(parts)
        if self.parts < 0 or sum(part.file_size for part in parts) > self.bytes:
            raise _Stop(Unwanted.BOMB)
        if any(part.flag_bits & _IS_ENCRYPTED for part in parts):
            raise _Stop(Unwanted.ENCRYPTED)
        if any(part.compress_type not in _METHODS for part in parts):
            raise _Stop(Unwanted.BROKEN)

    def _unpack(self, packed: zipfile.ZipFile, part: zipfile.ZipInfo, depth: int) -> None:
        pieces = self._counted(packed, part)
        first = next(pieces, b"")
        if first.startswith(_PACKED_ANOTHER_WAY):
            raise _Stop(Unwanted.BOMB)
        if not first.startswith(_ZIP):
            for _piece in pieces:
                pass
            return
        with tempfile.SpooledTemporaryFile(_IN_MEMORY) as inner:
            inner.write(first)
            inner.writelines(pieces)
            self.document(inner, depth=depth + 1)  # type: ignore[arg-type]

    def _counted(self, packed: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
        """Yield what is really in a part; one that lies about its size does not fit its checksum."""
        with packed.open(part) as unpacked:
            while piece := unpacked.read(PIECE):
                self.bytes -= len(piece)
                if self.bytes < 0:
                    raise _Stop(Unwanted.BOMB)
                yield piece


def _refuse_a_huge_directory(file: BinaryIO) -> None:
    """Stop before the directory of a packed file is read, which costs memory for each of its lines."""
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - _END_OF_ZIP.size - 2**16 - 20))
    tail = file.read()
    at = len(tail) - _END_OF_ZIP.size
    if tail[at : at + 4] != b"PK\x05\x06" or tail[-2:] != b"\0\0":
        at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) - at < _END_OF_ZIP.size:
        raise _Stop(Unwanted.BROKEN)
    directory = _END_OF_ZIP.unpack_from(tail, at)[5]
    if directory > _MOST_DIRECTORY or tail[max(0, at - 20) : at].startswith(_BEFORE_END_OF_LARGE_ZIP):
        raise _Stop(Unwanted.BOMB)


def _document_in(packed: zipfile.ZipFile) -> Kind | Unwanted:
    names = {name.lower(): name for name in packed.namelist()}
    if any(name.endswith("vbaproject.bin") or name.startswith(("basic/", "scripts/")) for name in names):
        return Unwanted.MACROS
    if "[content_types].xml" in names:
        said = _start_of(packed, names["[content_types].xml"])
        if b"macroEnabled" in said:
            return Unwanted.MACROS
        office = (kind for kind in (DOCX, XLSX, PPTX) if f"{kind.content_type}.main+xml".encode() in said)
        return next(office, Unwanted.UNKNOWN)
    if "mimetype" in names:
        said = _start_of(packed, names["mimetype"]).strip()
        return next(
            (kind for kind in (ODT, ODS, ODP) if kind.content_type.encode() == said), Unwanted.UNKNOWN
        )
    return Unwanted.UNKNOWN


def _start_of(packed: zipfile.ZipFile, name: str) -> bytes:
    with packed.open(name) as part:
        return part.read(_IN_MEMORY)
