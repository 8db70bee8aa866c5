"""Where the files of cases are: outside everything that is served, under names that tell nothing.

A file is written whole under a passing name, then renamed, and only then is there a row for it. What a
killed process leaves behind is a file without a row, which ``left_behind`` finds.
"""

import hashlib
import os
import re
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db.models import Q

from kaaring.entries.models import Attachment
from kaaring.entries.queries.submitted import files_kept
from kaaring.programmes.models import Edition

PASSING = ".part"
YOUNG = timedelta(days=1)
"""A file this young may still be on its way in."""
_OURS = re.compile(r"[0-9]+/[0-9a-f]{32}(\.part)?")


@dataclass(frozen=True, slots=True)
class Received:
    """A file under its passing name. One that ``is_cut`` was larger than allowed and is not whole."""

    path: Path
    size: int
    sha256: str
    is_cut: bool


@contextmanager
def received(edition: Edition, chunks: Iterable[bytes], *, most: int) -> Iterator[Received]:
    """Write a file as it comes in, no more than ``most`` bytes of it; it goes again unless it is kept."""
    folder = settings.FILES / str(edition.pk)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / (secrets.token_hex(16) + PASSING)
    try:
        yield _written(path, chunks, most)
    finally:
        path.unlink(missing_ok=True)


def _written(path: Path, chunks: Iterable[bytes], most: int) -> Received:
    size, digest = 0, hashlib.sha256()
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        for chunk in chunks:
            size += len(chunk)
            if size > most:
                return Received(path, size, "", is_cut=True)
            file.write(chunk)
            digest.update(chunk)
        file.flush()
        os.fsync(file.fileno())
    return Received(path, size, digest.hexdigest(), is_cut=False)


def keep(file: Received) -> str:
    """Give a file its lasting name, and return where it is stored."""
    lasting = file.path.with_suffix("")
    file.path.rename(lasting)
    folder = os.open(lasting.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
    return f"{lasting.parent.name}/{lasting.name}"


def path_of(stored_as: str) -> Path:
    """Return where a stored file is."""
    path: Path = settings.FILES / stored_as
    return path


def forget(stored_as: str) -> None:
    """Delete a stored file."""
    path_of(stored_as).unlink(missing_ok=True)


def left_behind(*, at: datetime) -> list[str]:
    """Return the files of cases that no row knows, or none but of a removed attachment, save young ones.

    What was taken away in a correction that is not answered stays: the jury reads what was submitted.
    """
    known = Attachment.objects.filter(Q(removed_at=None) | Q(public_id__in=files_kept()))
    kept = set(known.values_list("stored_as", flat=True))
    young = (at - YOUNG).timestamp()
    found = (path for path in settings.FILES.glob("*/*") if path.is_file() and path.stat().st_mtime < young)
    names = (f"{path.parent.name}/{path.name}" for path in found)
    return sorted(name for name in names if _OURS.fullmatch(name) and name not in kept)
