"""What ``bench.pages`` measures, run where Django is set up."""

import json
import time
from typing import Any

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kaaring.jobs.commands import BY_COMMAND
from kaaring.people.models import User
from kaaring.programmes.models import Edition
from kaaring.results.actions import publish_run

EDITION = "kundeserviceprisen/2021"
PAGES = {
    "standings": "standings/",
    "standings of a class": "standings/?in_class=broadband",
    "standings in an area": "standings/?measure=area:agent",
    "standings in a question": "standings/?measure=question:KB5",
    "working of a participant": "standings/sognenett/",
    "means": "means/",
    "means of areas and themes": "means/?tab=areas",
    "means of questions": "means/?tab=questions",
    "rounding": "rounding/",
    "decisions": "decisions/",
    "runs": "runs/",
    "home of the edition": "",
    "evaluations": "evaluations/",
    "participants": "participants/",
    "questionnaire": "questionnaire/",
}
REQUESTS = 15


def measure(name: str) -> None:
    """Print the rows of the table for one database."""
    settings.ALLOWED_HOSTS = ["testserver"]
    owner = Client()
    owner.force_login(
        User.objects.get(email="owner@demo.example"), backend="django.contrib.auth.backends.ModelBackend"
    )
    rows = [_page(owner, what, f"/nb/organiser/{EDITION}/{path}", name) for what, path in PAGES.items()]
    print(json.dumps([*rows, _publishing(name)]))


def _page(client: Client, what: str, address: str, name: str) -> dict[str, Any]:
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address)
    count = len(queries)
    assert response.status_code == 200, address
    times = sorted(_cpu(client, address) for _turn in range(REQUESTS))
    note = f"{count} queries, {len(response.content) / 1000:.0f} kB, best of {REQUESTS} {times[0]:.1f}"
    return {"what": f"{what}, {name}", "value": times[REQUESTS // 2], "unit": "ms CPU", "note": note}


def _cpu(client: Client, address: str) -> float:
    started = time.process_time()
    client.get(address)
    return (time.process_time() - started) * 1000


def _publishing(name: str) -> dict[str, Any]:
    programme, slug = EDITION.split("/")
    edition = Edition.objects.select_related("programme").get(programme__slug=programme, slug=slug)
    started = time.process_time()
    run = publish_run(edition, by=BY_COMMAND, at=timezone.now())
    seconds = time.process_time() - started
    note = f"{run.lines.count():,} lines with working and digests"
    return {"what": f"publish a run, {name}", "value": seconds, "unit": "s CPU", "note": note}
