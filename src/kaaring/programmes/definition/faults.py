"""What is wrong with a definition, or odd: where, why, and what to do."""

from collections.abc import Collection
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum

from django.utils.translation import gettext as _

Path = tuple[str | int, ...]


class Severity(StrEnum):
    """An error stops a definition from being used; a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault at a path of the definition: ``("survey", "questions", 3, "area")``.

    ``at_key`` points at the name rather than at its value; ``about`` is the code that is unknown or repeated.
    """

    path: Path
    code: str
    message: str
    remedy: str
    severity: Severity = Severity.ERROR
    at_key: bool = False
    about: str | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault at a line and column of a file, both counted from 1."""

    file: str
    line: int
    column: int
    severity: Severity
    code: str
    message: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.message}; {self.remedy}"


def quoted(text: str) -> str:
    """Put a value between the quotation marks of the reader's language.

    >>> quoted("wait")
    '“wait”'
    """
    return _("“%(text)s”") % {"text": text}


def meant(wrong: str, known: Collection[str]) -> str:
    """Say which of the known names was probably meant, or what they are.

    >>> meant("wiat", ["wait", "agent"])
    'did you mean “wait”?'
    """
    nearest = get_close_matches(wrong, known, n=1)
    if nearest:
        return _("did you mean “%(name)s”?") % {"name": nearest[0]}
    if not known:
        return _("take it out, or define it first")
    return _("use one of these: %(names)s") % {"names": ", ".join(sorted(known))}
