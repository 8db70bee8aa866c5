"""What ``bench.imports`` measures, run where Django is set up."""

import json
import random
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from importlib import resources

from kaaring.jobs.import_kinds import columns_of
from kaaring.jobs.imports import run_import
from kaaring.kernel.tables import as_csv
from kaaring.people.models import Organiser
from kaaring.programmes.definition import Definition, questionnaire, read
from kaaring.programmes.models import Edition
from kaaring.scoring import Question, Questionnaire
from kaaring.survey.actions import store_definition

PARTICIPANTS, ENQUIRIES = 156, 25
CHANNELS = ("phone", "email", "chat")
START = datetime(2021, 1, 4, 9, tzinfo=UTC)


def measure(name: str) -> None:
    """Print the rows of the table for one database."""
    definition = _definition()
    slug = definition.programme.slug
    organiser = Organiser.objects.create(slug=slug, name="Bench")
    edition = store_definition(definition, organiser, by="bench", at=START).edition
    _timed("participants", edition, _participants(definition))
    columns = columns_of("evaluations", edition)
    evaluations = as_csv(columns, _evaluations(questionnaire(definition), columns))
    first, again = (_timed("evaluations", edition, evaluations) for _turn in range(2))
    count = PARTICIPANTS * ENQUIRIES
    size = f"{count:,} evaluations, {len(evaluations) / 1e6:.1f} MB of CSV: read, checked, scored, written"
    rows = [
        {"what": f"import into {name}", "value": count / first, "unit": "evaluations/s", "note": size},
        {
            "what": f"the same file again, {name}",
            "value": count / again,
            "unit": "evaluations/s",
            "note": "nothing to write",
        },
    ]
    print(json.dumps(rows))


def _definition() -> Definition:
    file = resources.files("kaaring.programmes.definitions") / "kundeserviceprisen-2021.yaml"
    definition = read(file.read_text(encoding="utf-8"), file=file.name).definition
    assert definition is not None
    programme = definition.programme.model_copy(update={"slug": f"bench-{time.time_ns()}"})
    return definition.model_copy(update={"programme": programme})


def _timed(kind: str, edition: Edition, text: str) -> float:
    started = time.perf_counter()
    run_import(kind, edition, text.encode(), f"{kind}.csv", dry_run=False, by="bench", at=START)
    return time.perf_counter() - started


def _participants(definition: Definition) -> str:
    assert definition.survey is not None
    classes = [one.code for one in definition.survey.classes]
    rows = (
        (f"p{n}", f"Participant {n}", classes[n % len(classes)], " ".join(CHANNELS))
        for n in range(PARTICIPANTS)
    )
    return as_csv(("participant", "name", "class", "channels"), rows)


def _evaluations(asked: Questionnaire, columns: tuple[str, ...]) -> Iterator[list[str]]:
    draw = random.Random(1)
    for number in range(PARTICIPANTS * ENQUIRIES):
        channel = CHANNELS[number % len(CHANNELS)]
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


def _answer(question: Question, draw: random.Random) -> str:
    if question.kind == "scale":
        return str(draw.randint(int(question.lowest), int(question.highest)))
    if question.kind == "measured":
        return str(draw.randint(1, 400))
    return str(draw.choice([option.code for option in question.options if not option.stops]))
