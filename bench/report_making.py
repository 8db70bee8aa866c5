"""What ``bench.reports`` measures, run where Django is set up."""

import json
import resource
import time
from typing import Any

from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kaaring.programmes.queries import edition_at
from kaaring.reports.content import edition_content, participant_content
from kaaring.reports.pdf import pdf_of
from kaaring.reports.queries import reported_on, reported_run
from kaaring.results.models import Run
from kaaring.survey.models import Participant

REPORTS = 40


def measure() -> None:
    """Print the rows of the table."""
    run = reported_run(edition_at("kundeserviceprisen/2021"))
    participants = list(reported_on(run)[:REPORTS])
    print(
        json.dumps(
            [
                _alone(run, participants[0]),
                *(_many(run, participants, code) for code, _ in settings.LANGUAGES),
            ]
        )
    )


def _alone(run: Run, participant: Participant) -> dict[str, Any]:
    participant_content(run, participant)
    connection.force_debug_cursor = True
    with CaptureQueriesContext(connection) as queries:
        started = time.process_time()
        participant_content(run, participant)
        spent = time.process_time() - started
    connection.force_debug_cursor = False
    return {"what": "content of one, as its page shows it", "CPU ms": 1000 * spent, "queries": len(queries)}


def _many(run: Run, participants: list[Participant], language: str) -> dict[str, Any]:
    shared = edition_content(run)
    sizes = []
    started = time.process_time()
    for participant in participants:
        content = participant_content(run, participant, shared=shared)
        sizes.append(len(pdf_of(content, language, timezone="Europe/Oslo", comment_language="nb")))
    spent = (time.process_time() - started) / len(participants)
    return {
        "what": f"whole report, {language}",
        "CPU ms": 1000 * spent,
        "a second per core": 1 / spent,
        "KB": sum(sizes) / len(sizes) / 1000,
        "most memory, MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
