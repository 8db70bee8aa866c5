"""`kaaring serve`: the production web server with one background worker beside it."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.core.management import CommandParser, call_command
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from kaaring.jobs.commands import Command as KaaringCommand
from kaaring.jobs.commands import set_up_if_empty

RESTART_AFTER_SECONDS = 5.0
FRUGAL = {"MALLOC_ARENA_MAX": "1", "OPENBLAS_NUM_THREADS": "1"}
"""Fewer pools of memory in processes that never compute on several cores."""


class Command(KaaringCommand):
    help = "Serve the web pages, with one background worker unless --no-worker."

    def add_own_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--bind", default="127.0.0.1:8000", help="address:port")
        parser.add_argument("--workers", type=int, default=os.cpu_count() or 1, help="web processes")
        parser.add_argument("--no-worker", action="store_true", help="without a background worker")

    def handle(self, *args: Any, bind: str, workers: int, no_worker: bool, **options: Any) -> None:
        set_up_if_empty()
        if static_is_stale():
            call_command("collectstatic", interactive=False, verbosity=0)
        os.environ.update({**FRUGAL, **os.environ})
        address, _colon, port = bind.rpartition(":")
        beside = None if no_worker else Beside()
        try:
            Granian(
                "kaaring.config.wsgi:application",
                address=address.strip("[]"),
                port=int(port),
                interface=Interfaces.WSGI,
                workers=workers,
                blocking_threads=2,
                respawn_failed_workers=True,
                workers_kill_timeout=30,
                log_access=False,
                log_level=LogLevels.warning,
            ).serve()
        finally:
            if beside:
                beside.stop()


class Beside:
    """A background worker as a child process of its own session, started again whenever it ends."""

    def __init__(self) -> None:
        self.stopping = threading.Event()
        self.child = self._start()
        threading.Thread(target=self._watch, daemon=True).start()

    @staticmethod
    def _start() -> subprocess.Popen[bytes]:
        return subprocess.Popen([sys.executable, "-m", "kaaring", "worker"], start_new_session=True)

    def _watch(self) -> None:
        while True:
            self.child.wait()
            if self.stopping.wait(RESTART_AFTER_SECONDS):
                return
            self.child = self._start()

    def stop(self) -> None:
        """Let the running task finish, then end."""
        self.stopping.set()
        self.child.send_signal(signal.SIGTERM)
        try:
            self.child.wait(timeout=30)
        except subprocess.TimeoutExpired:
            self.child.kill()


def static_is_stale() -> bool:
    """Say whether static files, or the packages they come from, have changed since they were collected."""
    manifest = settings.STATIC_ROOT / "staticfiles.json"
    if not manifest.exists():
        return True
    collected_at = manifest.stat().st_mtime
    own = (settings.PACKAGE / "web" / "static").rglob("*")
    packages = Path(django.__file__).parent.parent
    return packages.stat().st_mtime > collected_at or any(file.stat().st_mtime > collected_at for file in own)
