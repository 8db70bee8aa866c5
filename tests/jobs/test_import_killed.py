"""An import that is killed in the middle of writing leaves nothing, and running it again finishes it.

The test has a database of its own, outside the test database: what a killed process leaves behind can only
be seen by another process.
"""

import json
import signal
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest

from kaaring.kernel.tables import as_csv
from tests import measured
from tests.processes import SQLITE, run

COUNT = 120
SET_UP = """
call_command("definition", "load", "definition.yaml")
call_command("import", "participants", "quality-prize/2030", "participants.csv")
"""
KILLED = """
import os, signal
from kaaring.fieldwork.actions import writing

def killed_half_way(model, columns, rows, insert=writing.insert):
    listed = list(rows)
    is_last = model.__name__ == "{model}"
    insert(model, columns, listed[: len(listed) // 2] if is_last else listed)
    if is_last:
        os.kill(os.getpid(), signal.SIGKILL)

writing.insert = killed_half_way
call_command("import", "evaluations", "quality-prize/2030", "evaluations.csv")
"""
FINISHED = """
for _turn in range(2):
    call_command("import", "evaluations", "quality-prize/2030", "evaluations.csv", "--json")
call_command("audit", "--json")
"""
TABLES = ("enquiry", "evaluation", "answer", "points", "comment")


def counts_in(address: str) -> list[int]:
    """Return how many rows the tables of fieldwork hold, and how many versions of the rules are frozen."""
    statements = [f"SELECT count(*) FROM fieldwork_{table}" for table in TABLES]
    statements.append("SELECT count(*) FROM programmes_rules WHERE frozen_at IS NOT NULL")
    statements.append("SELECT count(*) FROM audit_auditline WHERE doing = 'evaluations_submitted'")
    if address.startswith(SQLITE):
        with closing(sqlite3.connect(address.removeprefix(SQLITE))) as connection:
            return [connection.execute(statement).fetchone()[0] for statement in statements]
    with psycopg.connect(address) as server:
        return [row[0] for statement in statements if (row := server.execute(statement).fetchone())]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the files of the small edition."""
    (tmp_path / "definition.yaml").write_text(measured.SMALL_DEFINITION, encoding="utf-8")
    participants = [("north", "North", "banks", "phone email")]
    columns = ("participant", "name", "class", "channels")
    (tmp_path / "participants.csv").write_text(as_csv(columns, participants), encoding="utf-8")
    questions = ("G1", "W1", "H1", "S1", "M1", "N1")
    rows = [
        (
            f"E{number}",
            "north",
            "phone",
            "",
            "2030-02-01T10:00",
            "1",
            "",
            *measured.BY_PHONE.values(),
            "Kind.",
        )
        for number in range(COUNT)
    ]
    columns = (
        "enquiry",
        "participant",
        "channel",
        "shopper",
        "at",
        "attempts",
        "status",
        *questions,
        "comment_talk",
    )
    assert tuple(measured.BY_PHONE) == questions
    (tmp_path / "evaluations.csv").write_text(as_csv(columns, rows), encoding="utf-8")
    return tmp_path


def test_a_killed_import_leaves_nothing_and_running_it_again_finishes_it(folder: Path, address: str) -> None:
    assert run(SET_UP, address, folder, within=folder).returncode == 0

    for model in ("Evaluation", "Answer", "Comment"):
        assert run(KILLED.format(model=model), address, folder, within=folder).returncode == -signal.SIGKILL
        assert set(counts_in(address)) == {0}

    finished = run(FINISHED, address, folder, within=folder)
    assert finished.returncode == 0
    first, again, audit = _answers(finished.stdout)
    assert (first["created"], again["unchanged"]) == (COUNT, COUNT)
    assert audit == {"evaluations": COUNT, "deviations": [], "breaks": []}
    assert counts_in(address) == [COUNT, COUNT, 6 * COUNT, 3 * COUNT, COUNT, 1, 1]


def _answers(printed: str) -> list[Any]:
    """Return the JSON documents that stand one after the other."""
    documents, rest = [], printed.strip()
    while rest:
        document, end = json.JSONDecoder().raw_decode(rest)
        documents.append(document)
        rest = rest[end:].strip()
    return documents
