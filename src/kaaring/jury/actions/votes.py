"""Entering what a public vote gave where it was counted elsewhere."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from kaaring.audit.actions import record
from kaaring.entries.models import Entry
from kaaring.jury.actions.assigning import hold_stage
from kaaring.jury.models import Ballot, Stage
from kaaring.jury.queries import stages as queries
from kaaring.jury.queries.votes import entered_counts
from kaaring.jury.rules import votes as may
from kaaring.jury.rules.stages import called
from kaaring.kernel.refused import refuse
from kaaring.programmes.actions import freeze_rules
from kaaring.programmes.queries import chain_of, rules_in_force

CHUNK = 500


class Difference(NamedTuple):
    """What of some counts is new, what replaces a count, and how many stand there already.

    Entries stand by their codes; ``before`` has the counts that are replaced.
    """

    new: dict[str, int]
    changed: dict[str, int]
    before: dict[str, int]
    unchanged: int

    def as_details(self) -> dict[str, Any]:
        """Return what the log keeps."""
        return {"votes": self.new | self.changed} | ({"before": self.before} if self.before else {})


@transaction.atomic
def enter_votes(
    stage_id: int,
    counts: Mapping[int, int],
    *,
    by: str,
    at: datetime,
    why: str = "",
    seen: Mapping[int, int | None] | None = None,
) -> Difference:
    """Store what a public vote gave the entries of a stage, by their keys: all of it or nothing.

    A count that was entered before changes with a reason alone. ``seen`` are the counts that whoever enters
    them had before their eyes, None where there was none. Where nothing differs, nothing happens.
    """
    stage = hold_stage(stage_id)
    jury = queries.jury_of(stage.edition)
    rules = next((one for one in jury.stages if one.code == stage.code), None) if jury else None
    entries = list(Entry.objects.filter(pk__in=counts).order_by("code"))
    there = set(queries.entries_in(stage).filter(pk__in=counts).values_list("pk", flat=True))
    named = called(stage, jury)
    refuse(may.against_entering(stage, rules, named, counts=counts, entries=entries, there=there, at=at))
    standing = entered_counts(stage, [one.pk for one in entries])
    if seen is not None:
        refuse(may.against_counts_changed_meanwhile(_changed_since(seen, standing, entries)))
    difference = difference_of(entries, counts, standing)
    refuse(may.against_changing(list(difference.changed), why=why))
    if difference.new or difference.changed:
        write_counts(stage, counts, standing, by=by, at=at)
        details = difference.as_details()
        chain = chain_of(stage.edition)
        record(chain, "votes_entered", stage.code, by=by, at=at, why=why.strip(), details=details)
    return difference


def _changed_since(
    seen: Mapping[int, int | None], standing: Mapping[int, Ballot], entries: list[Entry]
) -> list[str]:
    now = {key: one.votes for key, one in standing.items()}
    return [one.code for one in entries if one.pk in seen and seen[one.pk] != now.get(one.pk)]


def difference_of(
    entries: list[Entry], counts: Mapping[int, int], standing: Mapping[int, Ballot]
) -> Difference:
    """Return what counts of these entries change beside those that stand there."""
    difference = Difference({}, {}, {}, sum(_stands(one.pk, counts, standing) for one in entries))
    for entry in entries:
        if entry.pk not in standing:
            difference.new[entry.code] = counts[entry.pk]
        elif not _stands(entry.pk, counts, standing):
            difference.changed[entry.code] = counts[entry.pk]
            difference.before[entry.code] = standing[entry.pk].votes
    return difference


def _stands(key: int, counts: Mapping[int, int], standing: Mapping[int, Ballot]) -> bool:
    return key in standing and standing[key].votes == counts[key]


def write_counts(
    stage: Stage, counts: Mapping[int, int], standing: Mapping[int, Ballot], *, by: str, at: datetime
) -> None:
    """Store the counts that differ, inside the transaction that holds the stage; the rules freeze."""
    written = [
        Ballot(stage=stage, entry_id=key, votes=votes, entered_at=at, entered_by=by)
        for key, votes in counts.items()
        if not _stands(key, counts, standing)
    ]
    Ballot.objects.bulk_create(
        written,
        batch_size=CHUNK,
        update_conflicts=True,
        unique_fields=["stage", "entry"],
        update_fields=["votes", "entered_at", "entered_by"],
    )
    rules = rules_in_force(stage.edition)
    freeze_rules(rules, by=by, at=at, why=_("The first votes have been entered."))
