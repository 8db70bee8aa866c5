"""Whose feedback there is, who may read it, and the published lines that it is made of."""

from typing import NamedTuple

from django.db.models import QuerySet

from kaaring.entries.models import Entry
from kaaring.programmes.models import Edition
from kaaring.results.models import EntryDecision, EntryLine, FeedbackRelease, Run
from kaaring.results.queries.runs import current_run


class Readable(NamedTuple):
    """What entrants may read: the results that count, and what was chosen when feedback was released."""

    run: Run
    release: FeedbackRelease


def release_of(edition: Edition) -> FeedbackRelease | None:
    """Return the release of an edition's feedback, None where nobody may read it."""
    return FeedbackRelease.objects.filter(edition=edition).select_related("released_by").first()


def feedback_run(edition: Edition) -> Run | None:
    """Return the published results that feedback is about, None before a jury's results are published."""
    run = current_run(edition)
    return run if run is not None and run.entry_lines.exists() else None


def readable_feedback(edition: Edition) -> Readable | None:
    """Return what entrants may read; nothing before the release, nor while the results are withdrawn."""
    release = release_of(edition)
    run = feedback_run(edition) if release is not None else None
    return None if release is None or run is None else Readable(run, release)


def entries_reported_on(edition: Edition) -> QuerySet[Entry]:
    """Return the entries that get feedback: those submitted and not withdrawn, by code."""
    found = Entry.objects.filter(edition=edition, submitted_at__isnull=False, withdrawn_at=None)
    return found.select_related("case__organisation", "category", "edition__programme__organiser").order_by(
        "code"
    )


def lines_of_entry(run: Run, entry: Entry) -> list[EntryLine]:
    """Return an entry's lines in a run, one a stage."""
    return list(EntryLine.objects.filter(run=run, entry=entry))


def lines_beside(line: EntryLine) -> list[EntryLine]:
    """Return the lines of all entries that compete with one in its stage, itself too."""
    return list(
        EntryLine.objects.filter(
            run=line.run_id, stage=line.stage, category=line.category, division=line.division
        )
    )


def decisions_for(run: Run, entry: Entry) -> list[EntryDecision]:
    """Return what the jury gave an entry in a run."""
    return list(run.entry_decisions.filter(entry=entry).select_related("award"))
