"""A refusal: what may not be done, and why, in words for people and a code for programs."""

from typing import Any

from django.utils.functional import Promise


class Refused(Exception):
    """Something may not be done.

    ``code`` is for programs, ``reason`` for people: a whole sentence that says what, where and what now.
    ``details`` are further sentences, one a fault, where there are several.
    """

    def __init__(self, code: str, reason: str | Promise, *, details: tuple[str, ...] = ()) -> None:
        super().__init__(code, reason)
        self.code = code
        self.reason = reason
        self.details = details

    def __str__(self) -> str:
        return f"{self.code}: {self.reason}"

    def __reduce__(self) -> tuple[Any, ...]:
        return (_again, (self.code, str(self.reason), self.details))


def _again(code: str, reason: str, details: tuple[str, ...]) -> Refused:
    return Refused(code, reason, details=details)


def refuse(refusal: Refused | None) -> None:
    """Raise the refusal a rule has returned; with None the thing is allowed."""
    if refusal is not None:
        raise refusal
