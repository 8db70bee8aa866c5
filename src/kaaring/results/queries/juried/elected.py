"""Stages that elect by a transferable vote, and the lots that such a count may need."""

import hashlib
from collections.abc import Mapping
from dataclasses import replace

from kaaring.programmes.definition.schema.jury import Stage as StageRules
from kaaring.results.queries.juried.ballots import Ballots
from kaaring.results.queries.juried.inputs import Inputs
from kaaring.results.queries.juried.rows import EntryRow, in_order
from kaaring.results.queries.juried.ties import TieBreakers
from kaaring.scoring.juried import Parter, TransferableCount, single_transferable_vote
from kaaring.scoring.juried.contest import JURY

NOT_ALL_RANKED = "not_all_ranked"


def elected_rows(
    rows: Mapping[int, EntryRow], ballots: Ballots, rules: StageRules, inputs: Inputs, ties: TieBreakers
) -> list[EntryRow]:
    """Return who is elected, in the order of election: as many as go on, or one.

    Nobody is where a juror did not have all entries to rank: the vote has no fair way to count that.
    """
    if not ballots.is_complete:
        return in_order(replace(row, why=row.why or NOT_ALL_RANKED) for row in rows.values())
    lots = {key: lot_of(inputs.seed, rules.code, rows[key].entry.code) for key in ballots.entries}
    count = single_transferable_vote(
        ballots.entries,
        [replace(one, over=None) for one in ballots.rankings.values()],
        seats=rules.seats,
        jury_ranks=inputs.jury_ranks if JURY in ties.names else {},
        lot=sorted(ballots.entries, key=lots.__getitem__),
    )
    order = {entry: place for place, entry in enumerate(count.elected, 1)}
    return in_order(
        replace(
            row,
            place=order.get(key),
            parted_by=_parted_by(key, count),
            lots=_lots_with(key, count, rows),
            why="" if key in order else row.why or "not_elected",
        )
        for key, row in rows.items()
    )


def lot_of(seed: str, stage: str, entry: str) -> str:
    """Return what orders entries where a lot must be drawn, the lowest first.

    It is SHA-256, as hex digits, over ``SEED:STAGE:ENTRY``: the digest of the rules, which are frozen before
    anybody ranks, and two codes. So nobody chooses it, and whoever has the files can take it again.
    """
    return hashlib.sha256(f"{seed}:{stage}:{entry}".encode()).hexdigest()


def _parted_by(entry: int, count: TransferableCount[int]) -> str:
    """Return what told the entry apart from equals in the count: a lot, where only that could."""
    by = {parting.by for parting in count.partings if entry in parting.among}
    return next((parter.value for parter in (Parter.LOT, Parter.JURY) if parter in by), "")


def _lots_with(
    entry: int, count: TransferableCount[int], rows: Mapping[int, EntryRow]
) -> tuple[tuple[str, ...], ...]:
    """Return each different lot that was drawn with the entry, by the codes of the entries."""
    drawn = [one.among for one in count.partings if one.by is Parter.LOT and entry in one.among]
    return tuple(tuple(rows[key].entry.code for key in among) for among in dict.fromkeys(drawn))
