"""Organisers' pages on the 2021 edition (156 participants, 3,900 enquiries): CPU and queries per request."""

import json
import os
import subprocess
import sys
import tempfile
from typing import Any


def run() -> list[dict[str, Any]]:
    """Return the rows of the table; each database is filled with the demonstration and measured by itself."""
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        rows += _measured(folder, f"sqlite:///{folder}/bench.sqlite3", "SQLite")
        if url := os.environ.get("TEST_DATABASE_URL"):
            rows += _measured(folder, url, "PostgreSQL")
    return rows


def _measured(folder: str, url: str, name: str) -> list[dict[str, Any]]:
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "kaaring.config.settings",
        "KAARING_DEMO": "1",
        "KAARING_VAR": folder,
        "DATABASE_URL": url,
    }
    kaaring = [sys.executable, "-m", "kaaring"]
    subprocess.run([*kaaring, "demo", "--fill"], env=environment, check=True, stdout=subprocess.DEVNULL)
    subprocess.run([*kaaring, "collectstatic", "--noinput", "--verbosity", "0"], env=environment, check=True)
    measure = f"from bench.page_requests import measure; measure({name!r})"
    command = [*kaaring, "shell", "--no-imports", "-c", measure]
    done = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True)
    return list(json.loads(done.stdout))
