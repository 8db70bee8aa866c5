"""Reading and proving the audit chain."""

from collections.abc import Iterable
from datetime import datetime
from functools import reduce
from operator import or_
from typing import NamedTuple

from django.db.models import Q, QuerySet

from kaaring.audit.digests import FIRST, digest_of
from kaaring.audit.models import AuditLine


class Break(NamedTuple):
    """A place where a chain does not hold: the number of a line that is missing, changed or not_linked."""

    chain: str
    number: int
    what: str


def lines_of(chain: str) -> QuerySet[AuditLine]:
    """Return a chain, newest first."""
    return AuditLine.objects.filter(chain=chain).order_by("-number")


def is_changed_since(chain: str, at: datetime, *, about: Iterable[str]) -> bool:
    """Say whether something of which the code begins with one of ``about`` has happened after a moment."""
    wanted = reduce(or_, (Q(doing__startswith=one) for one in about))
    return AuditLine.objects.filter(wanted, chain=chain, at__gt=at).exists()


def first_break(chain: str) -> Break | None:
    """Return the first line that was changed, removed or inserted, or None where the chain holds."""
    before, expected = FIRST, 1
    for line in AuditLine.objects.filter(chain=chain).order_by("number").iterator():
        if line.number != expected:
            return Break(chain, expected, "missing")
        if line.digest_before != before:
            return Break(chain, line.number, "not_linked")
        if line.digest != digest_of(line):
            return Break(chain, line.number, "changed")
        before, expected = line.digest, expected + 1
    return None
