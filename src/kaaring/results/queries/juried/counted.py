"""Stages in which jurors do not mark: they pass or fail, rank, hand out points; or the public votes."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from kaaring.jury.models import Stage
from kaaring.programmes.definition.schema.jury import Stage as StageRules
from kaaring.results.queries.juried.ballots import Ballots, ballots_of
from kaaring.results.queries.juried.inputs import EntryName, Given, Inputs
from kaaring.results.queries.juried.rows import EntryRow, in_order, unplaced_row
from kaaring.scoring.juried import (
    Tallied,
    borda,
    pass_fail,
    points,
    public_vote,
    schulze,
    single_transferable_vote,
)

NOT_COMPARED, NOT_ALL_RANKED = "not_compared", "not_all_ranked"


def counted_rows(
    entries: Sequence[EntryName], inputs: Inputs, stage: Stage, rules: StageRules, minimum_marks: int
) -> list[EntryRow]:
    """Return the rows of a contest in a stage of one of these modes.

    With fewer ranks or points than ``minimum_marks`` an entry has no place.
    """
    given = {one.pk: list(inputs.given.get(one.pk, ())) for one in entries}
    rows = {one.pk: unplaced_row(one, "no_votes", scorecards=len(given[one.pk])) for one in entries}
    if rules.mode == "pass_fail":
        needed, to_come = rules.passes or 1, inputs.to_come
        return in_order(_passed(rows[key], own, needed, to_come.get(key, 0)) for key, own in given.items())
    if rules.mode == "public_vote":
        return _tallied(rows, public_vote({key: inputs.votes.get(key, 0) for key in rows}))
    ballots = ballots_of(given, rules.mode, minimum_marks)
    rows = {
        key: replace(row, scorecards=ballots.counts[key], why=ballots.why(key)) for key, row in rows.items()
    }
    if not ballots.entries:
        return in_order(rows.values())
    if rules.mode == "points":
        return _tallied(rows, points(ballots.entries, ballots.by_juror, allowance=rules.points or 1))
    return _ranked(rows, ballots, rules, stage)


def _passed(row: EntryRow, given: Sequence[Given], needed: int, to_come: int) -> EntryRow:
    """Return whether an entry passes; while enough votes are to come, that is not known."""
    found = pass_fail({one.juror: one.passes for one in given}, needed=needed)
    why = "" if found.is_passed else "votes_to_come" if found.yes + to_come >= needed else "not_passed"
    return replace(row, why=why, value=Fraction(found.yes))


def _tallied(rows: Mapping[int, EntryRow], lines: Sequence[Tallied[int]]) -> list[EntryRow]:
    counted = {
        line.entry: replace(
            rows[line.entry],
            score=line.score if line.place else None,
            value=line.value,
            place=line.place,
            is_shared=line.is_shared,
            why="" if line.place else rows[line.entry].why or NOT_COMPARED,
        )
        for line in lines
    }
    return in_order({**rows, **counted}.values())


def _ranked(
    rows: Mapping[int, EntryRow], ballots: Ballots, rules: StageRules, stage: Stage
) -> list[EntryRow]:
    rankings = list(ballots.rankings.values())
    if rules.count == "schulze":
        placed = schulze(ballots.entries, rankings).places
        return in_order(
            replace(row, place=placed[key].place, is_shared=placed[key].is_shared)
            if key in placed
            else replace(row, why=row.why or NOT_COMPARED)
            for key, row in rows.items()
        )
    if rules.count == "stv":
        return _elected(rows, ballots, rules, stage)
    return _tallied(rows, borda(ballots.entries, rankings))


def _elected(
    rows: Mapping[int, EntryRow], ballots: Ballots, rules: StageRules, stage: Stage
) -> list[EntryRow]:
    """Return who is elected, in the order of election: as many as go on, or one.

    Nobody is where a juror did not have all entries to rank: the vote has no fair way to count that.
    """
    if not ballots.is_complete:
        return in_order(replace(row, why=row.why or NOT_ALL_RANKED) for row in rows.values())
    seats = (rules.shortlist.top if rules.shortlist else None) or 1
    lot = sorted(ballots.entries, key=lambda key: _lot(stage, rows[key].entry))
    papers = [replace(one, over=None) for one in ballots.rankings.values()]
    elected = single_transferable_vote(ballots.entries, papers, seats=seats, lot=lot).elected
    order = {entry: place for place, entry in enumerate(elected, 1)}
    return in_order(
        replace(row, place=order.get(key), why="" if key in order else row.why or "not_elected")
        for key, row in rows.items()
    )


def _lot(stage: Stage, entry: EntryName) -> str:
    """Return what orders entries where a lot must be drawn: nobody chose it and anybody can recompute it."""
    return hashlib.sha256(f"{stage.code}:{entry.public_id}".encode()).hexdigest()
