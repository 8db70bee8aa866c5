"""A PostgreSQL server that an address names. Read only where one does: the driver takes 20 MB a process."""

import os
from typing import Any

from psycopg.conninfo import conninfo_to_dict

PREPARES = os.environ.get("KAARING_PREPARE", "1") == "1"
"""Whether the server keeps the plans of statements it has seen five times on a connection: ADR 035."""


def server(url: str) -> dict[str, Any]:
    """Return Django's settings for a libpq address.

    >>> server("postgresql://kaaring@db.example/awards?sslmode=require")["OPTIONS"]["sslmode"]
    'require'
    """
    parts: dict[str, Any] = dict(conninfo_to_dict(url))
    prepared = {"server_side_binding": True, "prepare_threshold": 5} if PREPARES else {}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.pop("dbname", ""),
        "USER": parts.pop("user", ""),
        "PASSWORD": parts.pop("password", ""),
        "HOST": parts.pop("host", ""),
        "PORT": parts.pop("port", ""),
        "OPTIONS": {**parts, **prepared},
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
    }
