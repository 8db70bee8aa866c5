"""Import of a whole edition: 3,900 evaluations with their answers, sums and comments, into an empty database."""

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from importlib import resources
from typing import Any

PARTICIPANTS, ENQUIRIES = 156, 25
START = datetime(2021, 1, 4, 9, tzinfo=UTC)


def run() -> list[dict[str, Any]]:
    """Return the rows of the table; each database is measured in a process of its own."""
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
        "KAARING_VAR": folder,
        "DATABASE_URL": url,
    }
    command = [sys.executable, "-m", "bench.imports", name]
    done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    return list(json.loads(done.stdout))


def _main(name: str) -> None:
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    print(json.dumps(_import_edition(name)))


def _import_edition(name: str) -> list[dict[str, Any]]:
    from kaaring.jobs.imports import columns_of, run_import
    from kaaring.kernel.tables import as_csv
    from kaaring.people.models import Organiser
    from kaaring.programmes.definition import questionnaire, read
    from kaaring.survey.actions import store_definition

    file = resources.files("kaaring.programmes.definitions") / "kundeserviceprisen-2021.yaml"
    definition = read(file.read_text(encoding="utf-8"), file=file.name).definition
    assert definition is not None
    assert definition.survey is not None
    slug = f"bench-{time.time_ns()}"
    definition = definition.model_copy(
        update={"programme": definition.programme.model_copy(update={"slug": slug})}
    )
    organiser = Organiser.objects.create(slug=slug, name="Bench")
    edition = store_definition(definition, organiser, by="bench", at=START).edition
    channels = ("phone", "email", "chat")
    classes = [one.code for one in definition.survey.classes]
    participants = as_csv(
        ("participant", "name", "class", "channels"),
        (
            (f"p{n}", f"Participant {n}", classes[n % len(classes)], " ".join(channels))
            for n in range(PARTICIPANTS)
        ),
    )
    columns = columns_of("evaluations", edition)
    asked = questionnaire(definition)
    evaluations = as_csv(columns, _evaluations(asked, channels, columns)).encode()

    def imported(kind: str, content: bytes) -> float:
        started = time.perf_counter()
        run_import(kind, edition, content, f"{kind}.csv", dry_run=False, by="bench", at=START)
        return time.perf_counter() - started

    imported("participants", participants.encode())
    first, again = imported("evaluations", evaluations), imported("evaluations", evaluations)
    count = PARTICIPANTS * ENQUIRIES
    size = f"{count:,} evaluations, {len(evaluations) / 1e6:.1f} MB of CSV, read, checked, scored and written"
    return [
        {"what": f"import into {name}", "value": count / first, "unit": "evaluations/s", "note": size},
        {
            "what": f"the same file again, {name}",
            "value": count / again,
            "unit": "evaluations/s",
            "note": "nothing to write",
        },
    ]


def _evaluations(asked: Any, channels: tuple[str, ...], columns: tuple[str, ...]) -> Iterator[list[str]]:
    draw = random.Random(1)
    for number in range(PARTICIPANTS * ENQUIRIES):
        channel = channels[number % len(channels)]
        cells = {
            "enquiry": f"E{number:05d}",
            "participant": f"p{number % PARTICIPANTS}",
            "channel": channel,
            "at": (START + timedelta(minutes=number)).isoformat(),
            "attempts": "1",
            "status": "approved",
            "comment_welcome": "Kundebehandleren hilste blidt og spurte hva saken gjaldt.",
            "comment_agent": "Forklarte godt, men tok seg ikke tid til å spørre om noe mer.",
        }
        cells |= {question.code: _answer(question, draw) for question in asked.asked_on(channel)}
        yield [cells.get(column, "") for column in columns]


def _answer(question: Any, draw: random.Random) -> str:
    if question.kind == "scale":
        return str(draw.randint(int(question.lowest), int(question.highest)))
    if question.kind == "measured":
        return str(draw.randint(1, 400))
    return str(draw.choice([option.code for option in question.options if not option.stops]))


if __name__ == "__main__":
    _main(sys.argv[1])
