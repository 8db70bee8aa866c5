"""Scripts in processes of their own, with databases of their own: tests share one process and transaction."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

SQLITE = "sqlite:///"
AT_ONCE = """
import json, threading
from django.db import connection, transaction
from django.utils import timezone
from kaaring.audit.actions import record
from kaaring.audit.models import AuditLine
from kaaring.audit.queries import first_break
from kaaring.fieldwork.actions import ShopperRow, add_shoppers
from kaaring.kernel.refused import Refused
from kaaring.programmes.queries import chain_of, definition_in_force
from kaaring.results.actions import decide_open_awards, publish_run, revoke_decision
from kaaring.results.models import Decision, Run
from kaaring.survey.actions import add_participants, store_definition
from kaaring.survey.models import Participant
from tests.build import NOON, a_measured_edition, a_participant_row

def at_once(doings, times=1):
    ready, broken = threading.Barrier(len(doings)), []
    def run(doing):
        try:
            for _time in range(times):
                ready.wait(timeout=60)
                try:
                    doing()
                except Refused as refusal:
                    broken.append(f"refused: {refusal.code}")
                except Exception as error:
                    broken.append(f"{type(error).__name__}: {error}")
        finally:
            connection.close()
    threads = [threading.Thread(target=run, args=(doing,)) for doing in doings]
    for thread in threads: thread.start()
    for thread in threads: thread.join()
    return broken

def tell(**what):
    print(json.dumps(what))
"""
"""Begins a script in which threads do things at the same moment."""


class Databases:
    """Copies of one database that was migrated once, since that takes longer than most scripts."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._server = os.environ.get("TEST_DATABASE_URL", "")
        self._made = f"kaaring_made_{os.getpid()}"
        self._count = 0
        address = self._new()
        done = run('call_command("migrate", verbosity=0)', address, folder)
        assert done.returncode == 0, done.stderr

    def copy(self) -> str:
        """Return the address of one more copy."""
        self._count += 1
        return self._new(f"{self._made}_{self._count}")

    def drop(self) -> None:
        """Remove the copies and what they were made from."""
        for number in range(self._count, 0, -1):
            self._say(f"DROP DATABASE IF EXISTS {self._made}_{number} WITH (FORCE)")
        self._say(f"DROP DATABASE IF EXISTS {self._made} WITH (FORCE)")

    def _new(self, name: str = "") -> str:
        if not self._server:
            return SQLITE + str(self._file(name))
        self._say(f"DROP DATABASE IF EXISTS {name or self._made}")
        self._say(
            f"CREATE DATABASE {name} TEMPLATE {self._made}" if name else f"CREATE DATABASE {self._made}"
        )
        return make_conninfo(self._server, dbname=name or self._made)

    def _file(self, name: str) -> Path:
        made = self._folder / f"{self._made}.sqlite3"
        return Path(shutil.copy(made, self._folder / f"{name}.sqlite3")) if name else made

    def _say(self, statement: str) -> None:
        if self._server:
            with psycopg.connect(self._server, autocommit=True) as connection:
                connection.execute(statement)


@pytest.fixture(scope="session")
def databases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Databases]:
    """Databases on the server that the tests use."""
    found = Databases(tmp_path_factory.mktemp("databases"))
    yield found
    found.drop()


@pytest.fixture
def address(databases: Databases) -> str:
    """The address of a new database without anything in it."""
    return databases.copy()


def run(
    script: str, address: str, folder: Path, *, within: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a script that knows Django in a process of its own, its files in a folder."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "kaaring.config.settings",
        "KAARING_VAR": str(folder),
        "DATABASE_URL": address,
    }
    begin = "import django; django.setup()\nfrom django.core.management import call_command\n"
    return subprocess.run(
        [sys.executable, "-c", begin + script],
        env=environment,
        cwd=within or Path(__file__).parents[1],
        capture_output=True,
        text=True,
        check=False,
    )


def told(script: str, address: str, folder: Path) -> dict[str, Any]:
    """Run a script in a process of its own and return what it tells."""
    done = run(AT_ONCE + script, address, folder)
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout.splitlines()[-1]))
