"""Writing the audit chain."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from django.db import transaction

from kaaring.audit.digests import FIRST, digest_of
from kaaring.audit.models import AuditLine

INSTALLATION = "installation"


def record(
    chain: str,
    doing: str,
    about: str,
    *,
    by: str,
    at: datetime,
    why: str = "",
    details: Mapping[str, Any] | None = None,
) -> AuditLine:
    """Append a line to a chain, inside the transaction of what it tells of."""
    with transaction.atomic():
        last = AuditLine.objects.select_for_update().filter(chain=chain).order_by("-number").first()
        line = AuditLine(
            chain=chain,
            number=last.number + 1 if last else 1,
            at=at.astimezone(UTC),
            by=by,
            doing=doing,
            about=about,
            why=why,
            details=dict(details or {}),
            digest_before=last.digest if last else FIRST,
        )
        line.digest = digest_of(line)
        line.save(force_insert=True)
    return line
