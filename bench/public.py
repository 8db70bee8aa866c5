"""Published pages: made once for each run, then served from what is kept."""

import json
import os
import subprocess
import sys
import tempfile
from typing import Any


def run() -> list[dict[str, Any]]:
    """Return the rows of the table: the demonstration is made anew, and measured in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "kaaring.config.settings",
            "KAARING_VAR": folder,
            "KAARING_DEMO": "1",
            "DATABASE_URL": f"sqlite:///{folder}/kaaring.sqlite3",
        }
        kaaring = [sys.executable, "-m", "kaaring"]
        subprocess.run(
            [*kaaring, "demo", "--no-serve"], env=environment, check=True, stdout=subprocess.DEVNULL
        )
        subprocess.run(
            [*kaaring, "collectstatic", "--noinput", "--verbosity", "0"], env=environment, check=True
        )
        command = [
            *kaaring,
            "shell",
            "--no-imports",
            "-c",
            "from bench.public_pages import measure; measure()",
        ]
        done = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True)
        return list(json.loads(done.stdout))
