"""STUB: replace wholly."""

from collections.abc import Callable, Mapping
from typing import Any

from kaaring.jobs.models import Job


def make_reports(job: Job, progress: Callable[[int, int], None]) -> Mapping[str, Any]:
    raise NotImplementedError
