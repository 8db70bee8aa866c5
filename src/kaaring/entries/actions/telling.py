"""What is written is told once for each sitting: forms save themselves, and nobody wants a line a word."""

from datetime import datetime, timedelta
from typing import Any

from kaaring.audit.queries import lines_of
from kaaring.entries.models import Case, Entry
from kaaring.programmes.queries import chain_of

SITTING = timedelta(hours=1)
"""How long the same person goes on writing the same before it is told again."""


def is_told(case: Case, doing: str, *, by: str, at: datetime, **details: Any) -> bool:
    """Say whether the last line about a case tells already what somebody goes on doing.

    What is written after an entry has been submitted is told every time: the jury may have read it.
    """
    chain = chain_of(case.edition)
    last = lines_of(chain).filter(about=case.public_id, at__gt=at - SITTING).first()
    if last is None or (last.doing, last.by, _what(last.details)) != (doing, by, _what(details)):
        return False
    return not Entry.objects.filter(case=case, submitted_at__isnull=False, withdrawn_at=None).exists()


def _what(details: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in details.items() if name != "version"}
