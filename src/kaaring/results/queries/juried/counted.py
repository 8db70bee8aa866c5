"""Stages in which jurors do not mark: they pass or fail, rank, hand out points; or the public votes."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from kaaring.programmes.definition.schema.jury import Stage as StageRules
from kaaring.results.queries.juried.ballots import NOT_COMPARED, Ballots, ballots_of
from kaaring.results.queries.juried.elected import elected_rows
from kaaring.results.queries.juried.inputs import EntryName, Given, Inputs
from kaaring.results.queries.juried.rows import EntryRow, in_order, unplaced_row
from kaaring.results.queries.juried.ties import TieBreakers, tie_breakers
from kaaring.scoring.juried import Recipe, Tallied, borda, pass_fail, points, public_vote, schulze


def counted_rows(
    entries: Sequence[EntryName], inputs: Inputs, rules: StageRules, recipe: Recipe
) -> list[EntryRow]:
    """Return the rows of a contest in a stage of one of these modes.

    With fewer ranks or points than the recipe asks for an entry has no place. Equals are parted by the jury's
    recorded decision, where the recipe names it.
    """
    given = {one.pk: list(inputs.given.get(one.pk, ())) for one in entries}
    rows = {one.pk: unplaced_row(one, "no_votes", scorecards=len(given[one.pk])) for one in entries}
    ties = tie_breakers(recipe, inputs.jury_ranks, {})
    if rules.mode == "pass_fail":
        needed, to_come = rules.passes or 1, inputs.to_come
        return in_order(_passed(rows[key], own, needed, to_come.get(key, 0)) for key, own in given.items())
    if rules.mode == "public_vote":
        votes = {key: inputs.votes.get(key, 0) for key in rows}
        return _tallied(rows, public_vote(votes, ties=ties.values), ties)
    ballots = ballots_of(given, rules.mode, recipe.minimum_marks)
    rows = {
        key: replace(row, scorecards=ballots.counts[key], why=ballots.why(key)) for key, row in rows.items()
    }
    if not ballots.entries:
        return in_order(rows.values())
    if rules.count == "stv":
        return elected_rows(rows, ballots, rules, inputs, ties)
    return _counted(rows, ballots, rules, ties)


def _passed(row: EntryRow, given: Sequence[Given], needed: int, to_come: int) -> EntryRow:
    """Return whether an entry passes; while enough votes are to come, that is not known."""
    found = pass_fail({one.juror: one.passes for one in given}, needed=needed)
    why = "" if found.is_passed else "votes_to_come" if found.yes + to_come >= needed else "not_passed"
    return replace(row, why=why, value=Fraction(found.yes))


def _counted(
    rows: Mapping[int, EntryRow], ballots: Ballots, rules: StageRules, ties: TieBreakers
) -> list[EntryRow]:
    if rules.mode == "points":
        allowance = rules.points or 1
        lines = points(ballots.entries, ballots.by_juror, allowance=allowance, ties=ties.values)
        return _tallied(rows, lines, ties)
    rankings = ballots.rankings.values()
    if rules.count != "schulze":
        return _tallied(rows, borda(ballots.entries, rankings, ties=ties.values), ties)
    placed = schulze(ballots.entries, rankings, ties=ties.values).places
    return in_order(
        replace(row, place=one.place, is_shared=one.is_shared, parted_by=ties.name(one.broken_by))
        if (one := placed.get(key))
        else replace(row, why=row.why or NOT_COMPARED)
        for key, row in rows.items()
    )


def _tallied(
    rows: Mapping[int, EntryRow], lines: Sequence[Tallied[int]], ties: TieBreakers
) -> list[EntryRow]:
    counted = {
        line.entry: replace(
            rows[line.entry],
            score=line.score if line.place else None,
            value=line.value,
            place=line.place,
            is_shared=line.is_shared,
            parted_by=ties.name(line.broken_by),
            why="" if line.place else rows[line.entry].why or NOT_COMPARED,
        )
        for line in lines
    }
    return in_order({**rows, **counted}.values())
