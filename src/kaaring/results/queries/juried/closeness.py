"""Ties at the top, and leads so small that one mark would turn them: worth knowing before the meeting."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from kaaring.jury.sheets import MARKED
from kaaring.programmes.definition.schema import MarkScale
from kaaring.results.queries.juried.rows import EntryRow
from kaaring.results.queries.juried.standings import EntryStandings
from kaaring.scoring.juried import Method
from kaaring.scoring.juried.scorecard import weights_of


@dataclass(frozen=True, slots=True)
class CloseCall:
    """A contest that a mark could turn: those on the first place, and those who come close to them.

    ``lead`` is how far the first is ahead of the closest other, 0 where a place is shared or was parted by a
    tie-breaker. ``step`` is the most that one mark of one juror, a step higher or lower, moves a score.
    """

    table: EntryStandings
    first: tuple[EntryRow, ...]
    close: tuple[EntryRow, ...]
    lead: Fraction
    step: Fraction

    @property
    def is_shared(self) -> bool:
        """Whether the first place is shared."""
        return len(self.first) > 1

    @property
    def entries(self) -> frozenset[int]:
        """The keys of all entries it is about."""
        return frozenset(row.entry.pk for row in (*self.first, *self.close))


def close_calls(tables: Iterable[EntryStandings], scale: MarkScale) -> list[CloseCall]:
    """Return the contests with a shared first place, or a lead that one mark of one juror would turn."""
    found = (_call(table, scale) for table in tables)
    return [one for one in found if one is not None and (one.is_shared or one.close)]


def _call(table: EntryStandings, scale: MarkScale) -> CloseCall | None:
    placed = [row for row in table.rows if row.place is not None and row.score is not None]
    first = tuple(row for row in placed if row.place == 1)
    if not first or table.mode not in MARKED:
        return CloseCall(table, first, (), Fraction(0), Fraction(0)) if len(first) > 1 else None
    step = one_step(table, scale, min(row.scorecards for row in first))
    best = first[0].score or Fraction(0)
    close = tuple(row for row in placed[len(first) :] if best - (row.score or 0) <= step)
    lead = best - (close[0].score or 0) if close else Fraction(0)
    return CloseCall(table, first, close, Fraction(0) if len(first) > 1 else lead, step)


def one_step(table: EntryStandings, scale: MarkScale, scorecards: int) -> Fraction:
    """Return the most that a single mark, one step higher or lower, moves the score of an entry.

    Of a mean that is the heaviest criterion's step, shared among the scorecards; of a median all of it.
    """
    weights = weights_of(table.contest.recipe.criteria).values()
    heaviest = max(weights, default=Fraction(0)) / (sum(weights) or 1)
    step = 100 * Fraction(scale.step) / (scale.highest - scale.lowest) * heaviest
    return step if table.contest.recipe.method is Method.MEDIAN else step / max(scorecards, 1)
