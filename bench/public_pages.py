"""What ``bench.public`` measures, run where Django is set up."""

import json
import time
from collections.abc import Callable
from typing import Any

from django.core.handlers.wsgi import WSGIHandler
from django.test import RequestFactory

from kaaring.web.public.kept import PAGES

TIMES, BATCHES = 100, 5
EDITION = "/nb/kundeserviceprisen/2021/"
PATHS = {
    "results": "",
    "a class": "classes/broadband/",
    "all participants": "participants/",
    "one participant": "participants/sognenett/",
    "method": "method/",
    "open data, CSV": "data/results.csv",
}


def measure() -> None:
    """Print the rows: CPU per request through the whole stack, middleware included."""
    serve = WSGIHandler()
    _ask(serve, "")
    print(json.dumps([_row(serve, name, path) for name, path in PATHS.items()]))


def _row(serve: WSGIHandler, name: str, path: str) -> dict[str, Any]:
    PAGES.clear()
    made = _cpu(lambda: _ask(serve, path), times=1)
    status, body, etag = _ask(serve, path)
    if not status.startswith("200"):
        raise RuntimeError(f"{path}: {status}")
    kept = min(_cpu(lambda: _ask(serve, path), times=TIMES) for _batch in range(BATCHES))
    unchanged = min(_cpu(lambda: _ask(serve, path, etag=etag), times=TIMES) for _batch in range(BATCHES))
    return {
        "page": name,
        "made, ms CPU": made,
        "kept, ms CPU": kept,
        "unchanged (304), ms CPU": unchanged,
        "times faster": made / kept,
        "kB sent": len(body) / 1000,
    }


def _ask(serve: WSGIHandler, path: str, *, etag: str = "") -> tuple[str, bytes, str]:
    wanted = {"HTTP_ACCEPT_ENCODING": "gzip", "HTTP_HOST": "localhost"}
    if etag:
        wanted["HTTP_IF_NONE_MATCH"] = etag
    heard: dict[str, Any] = {}

    def start(status: str, headers: list[tuple[str, str]], _fault: object = None) -> None:
        heard["status"], heard["headers"] = status, dict(headers)

    response = serve(RequestFactory(**wanted).get(EDITION + path).environ, start)
    body = b"".join(response)
    response.close()
    return heard["status"], body, heard["headers"].get("ETag", "")


def _cpu(what: Callable[[], object], *, times: int) -> float:
    """Return the milliseconds of CPU that one of so many calls takes."""
    start = time.process_time()
    for _time in range(times):
        what()
    return (time.process_time() - start) / times * 1000
