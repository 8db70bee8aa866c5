"""Files that go with cases: a chart of the key figures, and a page that lists them."""

import struct
import zlib
from collections.abc import Sequence

from kaaring.entries.rules.cases import FigureRow

WIDTH, HEIGHT, BAR, GAP = 640, 360, 44, 36
WHITE, BEFORE, AFTER, LINE = (
    bytes((255, 255, 255)),
    bytes((176, 186, 190)),
    bytes((11, 85, 99)),
    bytes((90, 96, 100)),
)


def chart(figures: Sequence[FigureRow]) -> bytes:
    """Return a PNG with two bars for each figure, before and after, each pair on a scale of its own."""
    rows = [bytearray(WHITE * WIDTH) for _ in range(HEIGHT)]
    for place, one in enumerate(figures[:4]):
        most = max(float(one.before or 0), float(one.after or 0), 1.0)
        left = GAP + place * (2 * BAR + GAP + 10)
        _bar(rows, left, float(one.before or 0) / most, BEFORE)
        _bar(rows, left + BAR + 6, float(one.after or 0) / most, AFTER)
    rows[HEIGHT - 30] = bytearray(LINE * WIDTH)
    return _png(rows)


def _bar(rows: list[bytearray], left: int, share: float, colour: bytes) -> None:
    top = round(HEIGHT - 30 - share * (HEIGHT - 70))
    for row in rows[top : HEIGHT - 30]:
        row[3 * left : 3 * (left + BAR)] = colour * BAR


def _png(rows: list[bytearray]) -> bytes:
    raw = b"".join(b"\0" + row for row in rows)
    header = struct.pack(">2I5B", WIDTH, HEIGHT, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(raw)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in parts)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def page(title: str, lines: Sequence[str]) -> bytes:
    """Return a PDF of one page with a title and lines in Western letters."""
    said = [f"BT /F1 18 Tf 60 770 Td ({_escaped(title)}) Tj ET"]
    said += [f"BT /F1 11 Tf 60 {735 - 22 * n} Td ({_escaped(line)}) Tj ET" for n, line in enumerate(lines)]
    content = "\n".join(said).encode("cp1252", "replace")
    return _pdf(
        (
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R "
            b"/Resources << /Font << /F1 4 0 R >> >> >>",
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        )
    )


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def _pdf(objects: Sequence[bytes]) -> bytes:
    out, starts = bytearray(b"%PDF-1.4\n"), []
    for number, one in enumerate(objects, 1):
        starts.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    at = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % start for start in starts)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, at)
    return bytes(out)
