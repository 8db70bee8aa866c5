"""What parts equal scores: the tie-breakers of the rules, as far as they apply where entries stand."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from kaaring.jury.models import Stage
from kaaring.jury.sheets import MARKED
from kaaring.programmes.definition.schema import Jury
from kaaring.results.queries.juried.inputs import jury_ranks_in, means_in
from kaaring.scoring.juried import Recipe
from kaaring.scoring.juried.contest import CRITERION, JURY

type Means = Mapping[str, Mapping[int, Fraction]]


class TieBreakers(NamedTuple):
    """The tie-breakers that apply, in their order: their names, and for each its value by entry."""

    names: tuple[str, ...]
    values: tuple[Mapping[int, Fraction], ...]

    def name(self, broken_by: int | None) -> str:
        """Return the name of the tie-breaker at this position, empty for none."""
        return "" if broken_by is None else self.names[broken_by]


def tie_breakers(recipe: Recipe, jury_ranks: Mapping[int, int], means: Means) -> TieBreakers:
    """Return those of a recipe that apply: the jury's word always, a criterion where ``means`` has it."""
    by_name = {JURY: {entry: Fraction(-rank) for entry, rank in jury_ranks.items()}} | {
        CRITERION + code: own for code, own in means.items()
    }
    names = tuple(name for name in recipe.ties if name in by_name)
    return TieBreakers(names, tuple(by_name[name] for name in names))


def tie_means(stage: Stage, jury: Jury, entries: Sequence[int]) -> Means:
    """Return the mean marks of some entries in a stage with marks, on the criteria that part equals."""
    codes = [tie.removeprefix(CRITERION) for tie in jury.combine.ties if tie != JURY]
    return means_in(stage, jury.scale, list(dict.fromkeys(codes)), entries)


class BlendParters(NamedTuple):
    """What parts equal scores in a blend: the jury's last word in the meetings of its stages, and means."""

    jury_ranks: Mapping[int, int]
    means: Means

    def of(self, recipe: Recipe) -> TieBreakers:
        """Return those that a contest's recipe names."""
        return tie_breakers(recipe, self.jury_ranks, self.means)


def parters_of_blend(stages: Mapping[str, Stage], jury: Jury, entries: Sequence[int]) -> BlendParters:
    """Return what parts these entries; means are those of the last stage of the blend with marks."""
    blended = [one for one in jury.stages if one.weight and one.code in stages]
    marked = [stages[one.code] for one in blended if one.mode in MARKED]
    means = tie_means(marked[-1], jury, entries) if marked else {}
    return BlendParters(jury_ranks_in(*(stages[one.code] for one in blended)), means)
