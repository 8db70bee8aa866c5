"""What a published run says of entries, read from its lines; nothing is computed here."""

from typing import Any

from django.db.models import QuerySet

from kaaring.results.models import EntryLine, Run


def deciding_lines(run: Run) -> QuerySet[EntryLine]:
    """Return the lines that make the results: one for each entry that came to the stage that decides."""
    lines = EntryLine.objects.filter(run=run, stage=deciding_stage(run))
    return lines.select_related("entry__case__organisation", "entry__category").order_by("pk")


def deciding_stage(run: Run) -> str:
    """Return the code of the stage that decides, empty where several are blended."""
    method: dict[str, Any] = run.method.get("juried", run.method)
    stage: str = method["parameters"].get("stage", "")
    return stage
