"""Writing the audit chain."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from django.db import connection, transaction

from kaaring.audit.digests import FIRST, digest_of
from kaaring.audit.models import AuditLine

INSTALLATION = "installation"


def hold(chain: str) -> None:
    """Let nobody else write to a chain until this transaction ends; what they wrote before can then be read.

    Only PostgreSQL needs to be told: SQLite has one writer at a time anyhow. The row of the last line would
    not do as a lock, since who waits for it does not see the lines that came after.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"audit:{chain}"])


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
        hold(chain)
        last = AuditLine.objects.filter(chain=chain).order_by("-number").first()
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
