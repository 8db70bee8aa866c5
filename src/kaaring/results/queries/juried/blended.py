"""The blend of several stages: a part of the final score from each."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from kaaring.jury.models import Stage
from kaaring.programmes.definition.schema import Jury
from kaaring.programmes.definition.schema.jury import Stage as StageRules
from kaaring.results.queries.juried.contests import EntryContest
from kaaring.results.queries.juried.rows import EntryRow, in_order
from kaaring.results.queries.juried.ties import TieBreakers, parters_of_blend
from kaaring.scoring.juried import Blended, Part, blend

NOTHING_PARTS = TieBreakers((), ())

type Rows = Mapping[int, EntryRow]
type Weighed = Sequence[tuple[StageRules, Rows]]


def blended_rows(
    contests: Sequence[tuple[EntryContest, Rows, Weighed]], stages: Mapping[str, Stage], jury: Jury
) -> list[list[EntryRow]]:
    """Return the rows of every contest with blended scores, tie-breakers being read for equal ones alone.

    Each comes with its rows in the last stage, who alone are in the result, and those of every part.
    """
    parts = [_parts(rows, weighed) for _contest, rows, weighed in contests]
    scored = [_blended(own, NOTHING_PARTS) for own in parts]
    tied = [line.entry for lines in scored for line in lines if line.is_shared]
    if tied:
        parters = parters_of_blend(stages, jury, tied)
    found = []
    for (contest, rows, _weighed), own, lines in zip(contests, parts, scored, strict=True):
        ties = parters.of(contest.recipe) if tied else NOTHING_PARTS
        placed = _blended(own, ties) if ties.names else lines
        found.append(in_order(_row(rows[line.entry], line, ties) for line in placed))
    return found


def _parts(rows: Rows, weighed: Weighed) -> list[Part[int]]:
    return [
        Part(rules.weight or Fraction(0), {key: row.score for key, row in own.items() if key in rows})
        for rules, own in weighed
    ]


def _blended(parts: Sequence[Part[int]], ties: TieBreakers) -> list[Blended[int]]:
    has_entries = any(part.scores for part in parts)
    return blend(parts, ties=ties.values, shared_when_rounded_equal=False) if has_entries else []


def _row(row: EntryRow, line: Blended[int], ties: TieBreakers) -> EntryRow:
    return replace(
        row,
        score=line.score,
        low=None,
        high=None,
        place=line.place,
        is_shared=line.is_shared,
        parted_by=ties.name(line.broken_by),
        lots=(),
        why="" if line.place else row.why or "part_missing",
    )
