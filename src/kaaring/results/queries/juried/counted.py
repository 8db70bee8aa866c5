"""Stages in which jurors do not mark: they pass or fail, rank, hand out points; or the public votes."""

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import groupby

from kaaring.jury.models import Ballot, Stage
from kaaring.programmes.definition.schema.jury import Stage as StageRules
from kaaring.results.queries.juried.inputs import EntryName, Given, Inputs
from kaaring.results.queries.juried.rows import EntryRow, in_order, unplaced_row
from kaaring.scoring.juried import (
    Ranking,
    Tallied,
    borda,
    pass_fail,
    points,
    public_vote,
    schulze,
    single_transferable_vote,
)


def counted_rows(
    entries: Sequence[EntryName], inputs: Inputs, stage: Stage, rules: StageRules
) -> list[EntryRow]:
    """Return the rows of a contest in a stage of one of these modes."""
    given = {one.pk: list(inputs.given.get(one.pk, ())) for one in entries}
    rows = {one.pk: unplaced_row(one, "no_votes", scorecards=len(given[one.pk])) for one in entries}
    if rules.mode == "pass_fail":
        return in_order(_passed(rows[key], own, rules.passes or 1) for key, own in given.items())
    if rules.mode == "public_vote":
        votes = Ballot.objects.filter(stage=stage, entry__in=rows).values_list("entry_id", "votes")
        return _tallied(rows, public_vote({**dict.fromkeys(rows, 0), **dict(votes)}))
    if rules.mode == "points":
        return _tallied(rows, points(list(rows), _by_juror(given), allowance=rules.points or 1))
    return _ranked(rows, _rankings(given), rules, stage)


def _passed(row: EntryRow, given: Sequence[Given], needed: int) -> EntryRow:
    found = pass_fail({one.juror: one.passes for one in given}, needed=needed)
    return replace(row, why="" if found.is_passed else "not_passed", value=Fraction(found.yes))


def _tallied(rows: Mapping[int, EntryRow], lines: Sequence[Tallied[int]]) -> list[EntryRow]:
    return in_order(
        replace(
            rows[line.entry],
            score=line.score if line.place else None,
            value=line.value,
            place=line.place,
            is_shared=line.is_shared,
            why="" if line.place else "no_votes",
        )
        for line in lines
    )


def _by_juror(given: Mapping[int, Sequence[Given]]) -> dict[int, dict[int, int]]:
    handed: defaultdict[int, dict[int, int]] = defaultdict(dict)
    for entry, own in given.items():
        for one in own:
            if one.points is not None:
                handed[one.juror][entry] = one.points
    return handed


def _rankings(given: Mapping[int, Sequence[Given]]) -> list[Ranking[int]]:
    """Return each juror's ranking; entries with the same rank stand alike."""
    ranks: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for entry, own in given.items():
        for one in own:
            if one.rank is not None:
                ranks[one.juror].append((one.rank, entry))
    return [
        Ranking(
            tuple(tuple(entry for _rank, entry in tier) for _rank, tier in groupby(sorted(own), key=_rank))
        )
        for own in ranks.values()
    ]


def _rank(one: tuple[int, int]) -> int:
    return one[0]


def _ranked(
    rows: Mapping[int, EntryRow], rankings: Sequence[Ranking[int]], rules: StageRules, stage: Stage
) -> list[EntryRow]:
    if not rankings:
        return in_order(rows.values())
    if rules.count == "schulze":
        placed = schulze(list(rows), rankings).places
        return in_order(
            replace(row, place=placed[key].place, is_shared=placed[key].is_shared, why="")
            for key, row in rows.items()
        )
    if rules.count == "stv":
        return _elected(rows, rankings, rules, stage)
    return _tallied(rows, borda(list(rows), rankings))


def _elected(
    rows: Mapping[int, EntryRow], rankings: Sequence[Ranking[int]], rules: StageRules, stage: Stage
) -> list[EntryRow]:
    """Return who is elected, in the order of election: as many as go on, or one."""
    seats = (rules.shortlist.top if rules.shortlist else None) or 1
    lot = sorted(rows, key=lambda key: _lot(stage, rows[key].entry))
    elected = single_transferable_vote(list(rows), rankings, seats=seats, lot=lot).elected
    order = {entry: place for place, entry in enumerate(elected, 1)}
    return in_order(
        replace(row, place=order.get(key), why="" if key in order else "not_elected")
        for key, row in rows.items()
    )


def _lot(stage: Stage, entry: EntryName) -> str:
    """Return what orders entries where a lot must be drawn: nobody chose it and anybody can recompute it."""
    return hashlib.sha256(f"{stage.code}:{entry.public_id}".encode()).hexdigest()
