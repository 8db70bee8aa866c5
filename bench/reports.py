"""Reports of the 2021 edition as PDF (25 enquiries, 13 chapters each): CPU, reports a second, memory."""

import json
import os
import subprocess
import sys
import tempfile
from typing import Any


def run() -> list[dict[str, Any]]:
    """Return the rows of the table, measured in a process of its own on a fresh demonstration."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "kaaring.config.settings",
            "KAARING_DEMO": "1",
            "KAARING_VAR": folder,
            "DATABASE_URL": f"sqlite:///{folder}/bench.sqlite3",
        }
        kaaring = [sys.executable, "-m", "kaaring"]
        subprocess.run([*kaaring, "demo", "--fill"], env=environment, check=True, stdout=subprocess.DEVNULL)
        measure = "from bench.report_making import measure; measure()"
        command = [*kaaring, "shell", "--no-imports", "-c", measure]
        done = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True)
        return list(json.loads(done.stdout))
