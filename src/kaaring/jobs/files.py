"""Files that commands read and write."""

from pathlib import Path

from django.utils.translation import gettext as _

from kaaring.kernel.refused import Refused


def content_of(path: Path) -> bytes:
    """Return what a file holds; refuses a file that cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        values = {"file": path, "why": error.strerror}
        raise Refused("unreadable_file", _("%(file)s cannot be read: %(why)s.") % values) from error


def text_of(path: Path) -> str:
    """Return the text a file holds; refuses one that is not UTF-8."""
    try:
        return content_of(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        reason = _("%(file)s is not UTF-8. Save it as UTF-8, and try again.") % {"file": path}
        raise Refused("not_utf8", reason) from error


def write_text(path: Path, text: str) -> None:
    """Write a file, making its folder; refuses a place that cannot be written to."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        values = {"file": path, "why": error.strerror}
        raise Refused("unwritable_file", _("%(file)s cannot be written: %(why)s.") % values) from error
