"""What ``bench.juried_pages`` measures, run where Django is set up."""

import json
import os
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.juried_edition import STAGE, a_judged_edition
from kaaring.entries.models import Entry
from kaaring.jury.models import Scorecard
from kaaring.people.models import User
from kaaring.programmes.models import Edition

REQUESTS = 40
WARM = 30
"""Requests before the first is measured: then PostgreSQL has kept the plans, as in a server that works."""


def measure(name: str) -> None:
    """Print the rows of the table for one database."""
    settings.ALLOWED_HOSTS = ["testserver"]
    edition, owner = a_judged_edition()
    client = _signed_in(owner)
    rows = [
        asked(what, name, lambda address=address: client.get(address))  # type: ignore[misc]
        for what, address in _pages(edition).items()
    ]
    print(json.dumps([*rows, *_of_a_juror(edition, name)]))


def _of_a_juror(edition: Edition, name: str) -> list[dict[str, Any]]:
    """Return the rows of what a juror does all day: read an entry, and save its scorecard while marking."""
    card = Scorecard.objects.filter(assignment__stage__edition=edition).select_related("assignment").first()
    assert card is not None
    juror, entry = card.assignment.juror, card.assignment.entry
    juror.user = User.objects.create_user(f"juror-{edition.pk}@example.org", name="Juror")
    juror.save()
    Scorecard.objects.filter(pk=card.pk).update(submitted_at=None, score_of=None, score_in=None)
    client = _signed_in(juror.user)
    address = f"/nb/juror/{edition}/{STAGE}/{entry.public_id}/"
    turns = count(card.version)

    def save() -> Any:
        version = next(turns)
        marks = {f"mark-{one.criterion}": str(version % 10) for one in given}
        return client.post(
            f"{address}save/", {"version": str(version), **marks}, headers={"HX-Request": "true"}
        )

    given = list(card.marks.all())
    return [
        asked("reading page with scorecard", name, lambda: client.get(address)),
        asked("saving a scorecard", name, save),
    ]


def _pages(edition: Edition) -> dict[str, str]:
    entry = Entry.objects.filter(edition=edition).select_related("category").order_by("code")[0]
    base = f"/nb/organiser/{edition}"
    return {
        "scores of 1,000 entries": f"{base}/scores/",
        "scores of a category": f"{base}/scores/?category={entry.category.code}",
        "working of an entry": f"{base}/scores/{STAGE}/{entry.public_id}/",
        "shortlist": f"{base}/shortlist/{STAGE}/",
        "jury's decisions": f"{base}/jury-decisions/",
        "meetings": f"{base}/meetings/",
    }


def _signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def asked(what: str, name: str, ask: Callable[[], Any]) -> dict[str, Any]:
    """Return a row: CPU of web and database together for a request, its queries and its size."""
    for _turn in range(WARM):
        ask()
    with CaptureQueriesContext(connection) as queries:
        response = ask()
    asks = len(queries)
    assert response.status_code < 400, (what, response.status_code)
    before, times = _database_cpu(), []
    for _turn in range(REQUESTS):
        started = time.process_time()
        ask()
        times.append((time.process_time() - started) * 1000)
    database = (_database_cpu() - before) / REQUESTS
    web = sorted(times)[REQUESTS // 2]
    size = len(response.content) / 1000
    note = f"{asks} queries, {size:.0f} kB, web {web:.1f} and database {database:.1f} ms"
    return {"what": f"{what}, {name}", "value": web + database, "unit": "ms CPU", "note": note}


def _database_cpu() -> float:
    """Return the milliseconds that the server process of this connection has worked, 0 where there is none.

    SQLite works in our own process. A server on another machine cannot be seen from here.
    """
    if connection.vendor != "postgresql":
        return 0.0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (process,) = cursor.fetchone()
    record = Path(f"/proc/{process}/stat")
    if not record.exists():
        return 0.0
    user, system = record.read_text(encoding="ascii").rpartition(")")[2].split()[11:13]
    return 1000 * (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")
