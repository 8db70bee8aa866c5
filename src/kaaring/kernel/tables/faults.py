"""What is wrong with a spreadsheet: every fault with its place and the remedy, all at once."""

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kaaring.kernel.refused import Refused


@dataclass(frozen=True, slots=True)
class Source:
    """Where rows come from: the name of the file and the SHA-256 of its content; empty without a file."""

    file: str = ""
    sha256: str = ""

    @classmethod
    def of(cls, file: str, content: bytes) -> "Source":
        """Return the source that a file is."""
        return cls(file, hashlib.sha256(content).hexdigest())

    def as_details(self) -> dict[str, str]:
        """Return what the log keeps of a file; nothing without one."""
        return {"file": self.file, "sha256": self.sha256} if self.file else {}


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong in a spreadsheet.

    ``row`` is the number people see beside the row (the headings are row 1), None where the whole file is
    meant; ``column`` is None where the whole row is. ``what`` and ``remedy`` are whole sentences.
    """

    file: str
    row: int | None
    column: str | None
    value: str
    what: str
    remedy: str

    def __str__(self) -> str:
        place = [self.file] if self.file else []
        if self.row is not None:
            place.append(_("row %(row)d") % {"row": self.row})
        if self.column is not None:
            place.append(_("column %(column)s") % {"column": self.column})
        return f"{', '.join(place)}: {self.what} {self.remedy}" if place else f"{self.what} {self.remedy}"

    def as_json(self) -> dict[str, Any]:
        """Return the fault as plain data, for programs and for keeping."""
        return asdict(self)


class Faulty(Refused):
    """A spreadsheet is at fault, and nothing of it was written. ``faults`` holds every fault by its place."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(sorted(faults, key=lambda fault: fault.row or 0))
        count = len(self.faults)
        reason = ngettext(
            "%(count)d fault was found, and nothing was written. Correct it and send the file again.",
            "%(count)d faults were found, and nothing was written. Correct them and send the file again.",
            count,
        ) % {"count": count}
        super().__init__("spreadsheet_at_fault", reason, details=tuple(str(fault) for fault in self.faults))

    def __reduce__(self) -> tuple[Any, ...]:
        return (Faulty, (self.faults,))


def raise_if_any(faults: Sequence[Fault]) -> None:
    """Raise all faults together; without any, the spreadsheet is good."""
    if faults:
        raise Faulty(faults)
