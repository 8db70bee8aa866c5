"""Bringing in what a public vote gave where it was counted elsewhere: all rows or none."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import groupby

from django.db import transaction
from django.utils.translation import gettext as _

from kaaring.audit.actions import record
from kaaring.jury.actions.stages import let_in_brought, stage_for_import
from kaaring.jury.actions.votes import write_counts
from kaaring.jury.queries.vote_rows import vote_surroundings_of
from kaaring.jury.queries.votes import entered_counts
from kaaring.jury.vote_rows import VoteRow, VoteSurroundings, examine_votes
from kaaring.kernel.tables import Fault, Outcome, Source, raise_if_any
from kaaring.programmes.models import Edition
from kaaring.programmes.queries import chain_of


def import_votes(
    edition: Edition,
    rows: Iterable[VoteRow],
    *,
    by: str,
    at: datetime,
    source: Source = Source(),
    faults: Sequence[Fault] = (),
    dry_run: bool = False,
) -> Outcome:
    """Store what the public gave each entry, with the stages that this needs and that are missing.

    All or nothing: with any fault, found here or before in reading (``faults``), nothing is written and all
    are raised together. A count that is there is left as it is; another one replaces it, and the log keeps
    what it was.
    """
    sent = list(rows)
    with transaction.atomic():
        Edition.objects.select_for_update(of=("self",)).get(pk=edition.pk)
        around = vote_surroundings_of(edition, at=at)
        raise_if_any([*faults, *examine_votes(sent, around, file=source.file)])
        new = [row for row in sent if (row.stage, row.entry) not in around.counts]
        changed = [row for row in sent if row.votes != around.counts.get((row.stage, row.entry), row.votes)]
        unchanged = len(sent) - len(new) - len(changed)
        if not dry_run and (new or changed):
            _write(edition, [*new, *changed], around, by=by, at=at)
            _record(edition, new, changed, around, by=by, at=at, source=source)
    return Outcome(len(new), len(changed), unchanged, is_dry_run=dry_run)


def _write(
    edition: Edition, rows: Iterable[VoteRow], around: VoteSurroundings, *, by: str, at: datetime
) -> None:
    for code, own in groupby(sorted(rows, key=_stage), key=_stage):
        stage = stage_for_import(edition, around.stages[code].rules, by=by, at=at)
        counts = {around.entries[row.entry].key: row.votes for row in own}
        let_in_brought(stage, counts, by=by, at=at)
        write_counts(stage, counts, entered_counts(stage, counts), by=by, at=at)


def _stage(row: VoteRow) -> str:
    return row.stage


def _record(
    edition: Edition,
    new: Sequence[VoteRow],
    changed: Sequence[VoteRow],
    around: VoteSurroundings,
    *,
    by: str,
    at: datetime,
    source: Source,
) -> None:
    def named(row: VoteRow) -> str:
        return f"{row.stage}, {row.entry}"

    details = {"votes": {named(row): row.votes for row in (*new, *changed)}}
    why = ""
    if changed:
        details["before"] = {named(row): around.counts[row.stage, row.entry] for row in changed}
        why = _("Brought in anew: %(file)s") % {"file": source.file or _("a spreadsheet")}
    record(
        chain_of(edition),
        "votes_imported",
        str(edition),
        by=by,
        at=at,
        why=why,
        details=details | source.as_details(),
    )
