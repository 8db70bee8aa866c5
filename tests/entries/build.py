"""Files as people send them, and a virus scanner that says what a test wants."""

import io
import socket
import struct
import threading
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from secrets import token_hex
from types import TracebackType
from typing import Any

from kaaring.entries.files import path_of
from kaaring.entries.models import Attachment, Case, Invoice, InvoiceLine
from tests.build import NOON

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(40)
GIF = b"GIF89a" + bytes(40)
WEBP = b"RIFF\x24\x00\x00\x00WEBPVP8 " + bytes(40)
EXECUTABLE = b"MZ\x90\x00\x03\x00\x00\x00" + bytes(200)
OFFICE = "application/vnd.openxmlformats-officedocument."
OPEN = "application/vnd.oasis.opendocument."


def a_zip(parts: Mapping[str, bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Parts packed together."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return packed.getvalue()


def a_docx(content_type: str = "wordprocessingml.document", **parts: bytes) -> bytes:
    """A document as office programs write it, with further parts."""
    types = f'<Types><Override ContentType="{OFFICE}{content_type}.main+xml"/></Types>'
    return a_zip({"[Content_Types].xml": types.encode(), "word/document.xml": b"<w/>", **parts})


def an_odt(content_type: str = "text", **parts: bytes) -> bytes:
    """A document as LibreOffice writes it, with further parts."""
    return a_zip({"mimetype": f"{OPEN}{content_type}".encode(), "content.xml": b"<office/>", **parts})


def an_attachment(case: Case, content: bytes = PDF, **fields: Any) -> Attachment:
    """A file as it is once stored, whatever the rules say of the case."""
    stored_as = f"{case.edition_id}/{token_hex(16)}"
    path = path_of(stored_as)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    plain = {"name": "report.pdf", "content_type": "application/pdf", "sha256": sha256(content).hexdigest()}
    return Attachment.objects.create(
        case=case, size=len(content), stored_as=stored_as, added_at=NOON, **{**plain, **fields}
    )


def a_stored_invoice(case: Case, **fields: Any) -> Invoice:
    """An invoice to the organisation of a case as it is once stored, with one entry on it and credited."""
    seller = {"name": "Good Service AS", "number": "123456785", "vat_number": "NO123456785MVA"}
    address = {"street": "Main street 1", "postcode": "0001", "city": "Oslo", "country": "NO"}
    plain = {
        "number": 1,
        "issued_on": NOON.date(),
        "due_on": NOON.date(),
        "currency": "NOK",
        "vat": "25",
        "seller": {**seller, **address, "account": "NO9386011117947", "endpoint": "0192:123456785"},
        "buyer": {"name": case.organisation.name, **address, "endpoint": "0192:987654325"},
        "credited_at": NOON,
        "credited_reason": "Entered twice",
        "credit_number": 2,
    }
    organisation = case.organisation
    invoice = Invoice.objects.create(
        organiser=organisation.organiser,
        edition=case.edition,
        organisation=organisation,
        **{**plain, **fields},
    )
    for entry in case.entries.all():
        InvoiceLine.objects.create(invoice=invoice, entry=entry, description="An entry", amount=400_000)
    return invoice


class Scanner:
    """A stand-in for ClamAV's daemon: takes ``INSTREAM`` and gives one answer, whatever it is sent."""

    def __init__(self, answer: bytes) -> None:
        self.answer, self.received, self.commands = answer, b"", b""
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.thread = threading.Thread(target=self._serve, daemon=True)

    @property
    def address(self) -> str:
        host, port = self.socket.getsockname()
        return f"{host}:{port}"

    def __enter__(self) -> "Scanner":
        self.thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        self.socket.close()
        self.thread.join(timeout=5)

    def _serve(self) -> None:
        try:
            asking, _address = self.socket.accept()
        except OSError:
            return
        with asking, asking.makefile("rb") as sent:
            self.commands = sent.read(len(b"zINSTREAM\0"))
            while (length := struct.unpack("!L", sent.read(4))[0]) > 0:
                self.received += sent.read(length)
            asking.sendall(self.answer)


@contextmanager
def a_scanner(answer: bytes = b"stream: OK\0") -> Iterator[Scanner]:
    """A virus scanner on a port of this computer."""
    with Scanner(answer) as scanner:
        yield scanner
