"""What a line's digest is taken over."""

import hashlib
import json
from datetime import UTC

from kaaring.audit.models import AuditLine

FIRST = "0" * 64


def digest_of(line: AuditLine) -> str:
    """Return the SHA-256 of a line's content and of the digest before it, as 64 hex digits."""
    content = [
        line.chain,
        line.number,
        line.at.astimezone(UTC).isoformat(timespec="microseconds"),
        line.by,
        line.doing,
        line.about,
        line.why,
        line.details,
        line.digest_before,
    ]
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
