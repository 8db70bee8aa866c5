"""Planning who reads what, for a page that shows the plan when it is made."""

from collections.abc import Callable, Mapping
from typing import Any

from kaaring.jobs.models import Job
from kaaring.jury.models import Stage
from kaaring.jury.queries.planning import plan_assignment


def plan_job(job: Job, progress: Callable[[int, int], None]) -> Mapping[str, Any]:
    """Return the plan for the stage and the draw that a job names; nothing is written."""
    stages = Stage.objects.select_related("edition__programme__organiser")
    stage = stages.get(edition=job.edition_id, code=job.arguments["stage"])
    return plan_assignment(stage, seed=job.arguments["seed"]).as_json()
