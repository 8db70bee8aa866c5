"""A jury's pages with 1,000 entries × 5 scorecards × 3 criteria: queries, CPU of web and database."""

import json
import os
import subprocess
import sys
import tempfile
from typing import Any


def run() -> list[dict[str, Any]]:
    """Return the rows of the table; each database is filled and measured in a process of its own."""
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
        "PYTHONPATH": os.getcwd(),
    }
    kaaring = [sys.executable, "-m", "kaaring"]
    subprocess.run([*kaaring, "migrate", "--verbosity", "0"], env=environment, check=True)
    subprocess.run([*kaaring, "collectstatic", "--noinput", "--verbosity", "0"], env=environment, check=True)
    measure = f"from bench.juried_requests import measure; measure({name!r})"
    command = [*kaaring, "shell", "--no-imports", "-c", measure]
    done = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True)
    return list(json.loads(done.stdout))
