"""Freezing results as a run, and withdrawing one."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from kaaring.audit.actions import hold, record
from kaaring.audit.queries import lines_of
from kaaring.entries.models import Entry
from kaaring.kernel import rows
from kaaring.kernel.refused import Refused, refuse
from kaaring.outbox.actions import forget_kinds
from kaaring.outbox.models import Letter
from kaaring.people.queries import person_called
from kaaring.programmes.models import Edition
from kaaring.programmes.queries import chain_of
from kaaring.results.digests import canonical, digest_of_run
from kaaring.results.models import EntryDecision, EntryLine, Line, Mean, Run
from kaaring.results.queries.computing import Computed, computed
from kaaring.results.rules import publishing as may

LINE_COLUMNS = (
    "run",
    "measure",
    "participant",
    "score",
    "low",
    "high",
    "enquiries",
    "place",
    "is_shared",
    "class_place",
    "class_is_shared",
    "band",
    "class_band",
    "why",
    "working",
)
CHUNK = 200
MEAN_COLUMNS = ("run", "measure", "competition_class", "score", "participants")


def publish_run(edition: Edition, *, by: str, at: datetime) -> Run:
    """Compute the results as they stand, and freeze and show them as the edition's next run.

    The computation comes first and takes no lock; what it found is written in one short transaction, and only
    if nothing happened in the edition in between.
    """
    before = _last_happening(edition)
    results = computed(edition)
    refuse(against_publishing(results))
    with transaction.atomic():
        locked = Edition.objects.select_for_update().select_related("programme").get(pk=edition.pk)
        hold(chain_of(locked))
        refuse(may.against_publishing_what_changed(before, _last_happening(locked)))
        run = _store(locked, results, by=by, at=at)
        record(
            chain_of(locked),
            "run_published",
            str(run),
            by=by,
            at=at,
            details={"digest": run.digest, "input": run.input_digest, **_counts(run)},
        )
    return run


def against_publishing(results: Computed) -> Refused | None:
    """Say whether computed results may be published."""
    juried = results.juried
    proposals = [*results.proposals, *(juried.proposals if juried else ())]
    return may.against_publishing(
        counted=results.evaluation_count + (juried.input_count if juried else 0),
        undecided=[one.name for one in proposals if one.is_open],
        contradicted=[one.name for one in proposals if one.is_contradicted],
    )


def _last_happening(edition: Edition) -> int:
    """Return the number of the last line in the edition's audit chain: it grows with whatever happens."""
    last: int | None = lines_of(chain_of(edition)).aggregate(last=Max("number"))["last"]
    return last or 0


def _store(edition: Edition, results: Computed, *, by: str, at: datetime) -> Run:
    decisions = [decision for proposal in results.proposals for decision in proposal.decisions]
    run = Run(
        edition=edition,
        number=(Run.objects.filter(edition=edition).aggregate(last=Max("number"))["last"] or 0) + 1,
        rules=results.contest.rules,
        method=results.method,
        input_digest=results.input_digest,
        evaluation_count=results.evaluation_count,
        scorecard_count=results.juried.scorecard_count if results.juried else 0,
        published_at=at,
        published_by=person_called(by),
    )
    lines, entry_decisions = _juried(results)
    run.digest = digest_of_run(
        run,
        results.lines,
        results.means,
        decisions,
        entry_lines=lines,
        entry_decisions=entry_decisions,
        entry_codes=dict(Entry.objects.filter(edition=edition).values_list("pk", "code")) if lines else {},
    )
    run.save(force_insert=True)
    rows.insert(Line, LINE_COLUMNS, _line_rows(run, results.lines))
    rows.insert(Mean, MEAN_COLUMNS, ((run.pk, *_mean_row(one)) for one in results.means))
    run.decisions.set(decisions)
    for line in lines:
        line.run = run
    EntryLine.objects.bulk_create(lines, batch_size=CHUNK)
    run.entry_decisions.set(entry_decisions)
    return run


def _juried(results: Computed) -> tuple[list[EntryLine], list[EntryDecision]]:
    return (results.juried.lines, results.juried.decisions) if results.juried else ([], [])


def _counts(run: Run) -> dict[str, int]:
    """Return how much a run counts; scorecards only where there are any."""
    counts = {"evaluations": run.evaluation_count}
    return counts | ({"scorecards": run.scorecard_count} if run.scorecard_count else {})


def _line_rows(run: Run, lines: Iterable[Line]) -> Iterable[tuple[Any, ...]]:
    for line in lines:
        working = None if line.working is None else canonical(line.working)
        values = (getattr(line, name) for name in LINE_COLUMNS[3:-1])
        yield (run.pk, line.measure, line.participant_id, *values, working)


def _mean_row(one: Mean) -> tuple[Any, ...]:
    return (one.measure, one.competition_class_id, one.score, one.participants)


@transaction.atomic
def withdraw_run(run: Run, *, reason: str, by: str, at: datetime) -> Run:
    """Withdraw a run: it stays to be seen, with the reason, and counts no more; no letter tells of it now."""
    locked = Run.objects.select_for_update().select_related("edition__programme").get(pk=run.pk)
    refuse(may.against_withdrawing(locked, reason=reason))
    locked.withdrawn_at = at
    locked.withdrawn_by = person_called(by)
    locked.withdrawn_reason = reason.strip()
    locked.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])
    forget_kinds(locked.edition, (Letter.Kind.RESULT, Letter.Kind.FEEDBACK), at=at)
    record(chain_of(locked.edition), "run_withdrawn", str(locked), by=by, at=at, why=locked.withdrawn_reason)
    return locked
