"""The database an address names."""

from typing import Any
from urllib.parse import unquote

from psycopg.conninfo import conninfo_to_dict

SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA mmap_size=134217728; PRAGMA cache_size=-16000"
)


def database(url: str) -> dict[str, Any]:
    """Return Django's settings for ``sqlite:///path`` (an absolute path has four slashes) or a libpq address.

    >>> database("sqlite:///var/kaaring.sqlite3")["NAME"]
    'var/kaaring.sqlite3'
    >>> database("postgresql://kaaring@db.example/awards?sslmode=require")["OPTIONS"]
    {'sslmode': 'require'}
    """
    if url.startswith("sqlite:///"):
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": unquote(url.removeprefix("sqlite:///")),
            "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": SQLITE_PRAGMAS},
            "CONN_MAX_AGE": 600,
        }
    parts: dict[str, Any] = dict(conninfo_to_dict(url))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.pop("dbname", ""),
        "USER": parts.pop("user", ""),
        "PASSWORD": parts.pop("password", ""),
        "HOST": parts.pop("host", ""),
        "PORT": parts.pop("port", ""),
        "OPTIONS": parts,
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
    }
