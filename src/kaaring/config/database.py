"""The database an address names."""

from typing import Any
from urllib.parse import unquote

from django.utils.module_loading import import_string

SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA mmap_size=134217728; PRAGMA cache_size=-16000"
)


def database(url: str) -> dict[str, Any]:
    """Return Django's settings for ``sqlite:///path`` (an absolute path has four slashes) or a libpq address.

    >>> database("sqlite:///var/kaaring.sqlite3")["NAME"]
    'var/kaaring.sqlite3'
    >>> database("postgresql://kaaring@db.example/awards")["HOST"]
    'db.example'
    """
    if url.startswith("sqlite:///"):
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": unquote(url.removeprefix("sqlite:///")),
            "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": SQLITE_PRAGMAS},
            "CONN_MAX_AGE": 600,
        }
    named: dict[str, Any] = import_string("kaaring.config.postgresql.server")(url)
    return named
