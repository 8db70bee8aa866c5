"""Asking a virus scanner (ClamAV's daemon) about a file over its socket."""

import socket
import struct
from typing import BinaryIO, NamedTuple

from kaaring.entries.content import PIECE

PATIENCE_SECONDS = 60.0
_MOST_ANSWER = 4096


class Scan(NamedTuple):
    """What the scanner says: clean, or what it found; neither is known where it could not be asked."""

    is_clean: bool | None
    found: str = ""


def scan(file: BinaryIO, address: str, *, patience: float = PATIENCE_SECONDS) -> Scan:
    """Send a file to a scanner: at the path of a socket, or at ``host:port``.

    The file is streamed (``INSTREAM``), so that the scanner needs no right to read our files. Whatever is not
    plainly an answer counts as none.
    """
    try:
        with _connected(address, patience) as scanner:
            answer = _answer(scanner, file)
    except (OSError, ValueError):
        return Scan(None)
    if answer == "stream: OK":
        return Scan(True)
    if answer.startswith("stream: ") and answer.endswith(" FOUND"):
        return Scan(False, answer.removeprefix("stream: ").removesuffix(" FOUND"))
    return Scan(None)


def _connected(address: str, patience: float) -> socket.socket:
    if not address.startswith("/"):
        host, _colon, port = address.rpartition(":")
        return socket.create_connection((host.strip("[]"), int(port)), timeout=patience)
    scanner = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        scanner.settimeout(patience)
        scanner.connect(address)
    except OSError:
        scanner.close()
        raise
    return scanner


def _answer(scanner: socket.socket, file: BinaryIO) -> str:
    file.seek(0)
    scanner.sendall(b"zINSTREAM\0")
    while piece := file.read(PIECE):
        scanner.sendall(struct.pack("!L", len(piece)) + piece)
    scanner.sendall(struct.pack("!L", 0))
    answer = b""
    while b"\0" not in answer and len(answer) < _MOST_ANSWER and (more := scanner.recv(_MOST_ANSWER)):
        answer += more
    return answer.partition(b"\0")[0].decode("utf-8", "replace").strip()
