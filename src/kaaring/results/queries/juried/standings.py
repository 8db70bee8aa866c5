"""Provisional standings of entries, from the scores kept with final scorecards; nothing is stored."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import isnan

from django.utils.translation import gettext as _

from kaaring.inference import intervals, standard_errors
from kaaring.jury.models import Stage
from kaaring.jury.sheets import MARKED
from kaaring.kernel.refused import Refused
from kaaring.programmes.definition.schema import Definition
from kaaring.programmes.definition.schema.jury import Stage as StageRules
from kaaring.programmes.models import Edition
from kaaring.results.queries.juried.contests import (
    EntryContest,
    contests_in,
    juried,
    recipe_of,
    stage_called,
)
from kaaring.results.queries.juried.counted import counted_rows
from kaaring.results.queries.juried.inputs import EntryName, Inputs, inputs_of
from kaaring.results.queries.juried.rows import EntryRow, in_order, unplaced_row
from kaaring.scoring import places
from kaaring.scoring.juried import Combined, Method, Part, blend, combine

LEVEL, POOLING = 0.95, 20.0
NO_DIVISION = "no_division"


@dataclass(frozen=True, slots=True)
class EntryStandings:
    """How the entries of one contest stand in a stage: by place, those without one last.

    ``stage`` is None where several stages are blended.
    """

    edition: Edition
    stage: Stage | None
    mode: str
    contest: EntryContest
    rows: list[EntryRow]

    @property
    def winners(self) -> list[EntryRow]:
        """Those on the first place."""
        return [row for row in self.rows if row.place == 1]


def standings_of_category(edition: Edition, category: str, stage: str | None = None) -> list[EntryStandings]:
    """Return the standings of a category, one table for each of its divisions; refuses an unknown one."""
    definition, _jury = juried(edition)
    known = [one.code for one in definition.categories]
    if category not in known:
        raise Refused(
            "unknown_category",
            _("There is no category “%(code)s” here. Known: %(known)s.")
            % {"code": category, "known": ", ".join(known)},
        )
    return entry_standings(edition, stage, categories=[category])


def entry_standings(
    edition: Edition, stage: str | None = None, *, categories: Collection[str] | None = None
) -> list[EntryStandings]:
    """Return the standings in every contest of a stage, or in those of some categories.

    Without a stage it is the blend of the stages that have a weight, or else the last one in which something
    counts. The number of queries does not grow with that of entries.
    """
    definition, jury = juried(edition)
    weighed = [one for one in jury.stages if one.weight]
    if stage is None and weighed:
        return _blended(edition, definition, weighed, categories)
    found, rules = stage_called(edition, stage, jury)
    return _in_stage(edition, definition, found, rules, categories)


def _in_stage(
    edition: Edition,
    definition: Definition,
    stage: Stage,
    rules: StageRules,
    categories: Collection[str] | None,
) -> list[EntryStandings]:
    jury = definition.jury
    assert jury is not None
    ties = dict.fromkeys(tie.removeprefix("criterion:") for tie in jury.combine.ties if tie != "jury")
    inputs = inputs_of(stage, jury.scale, ties, categories=categories)
    return [
        EntryStandings(edition, stage, rules.mode, contest, _rows(contest, entries, inputs, stage, rules))
        for contest, entries in _competing(definition, inputs.entries.values(), categories)
    ]


def _competing(
    definition: Definition, entries: Collection[EntryName], categories: Collection[str] | None
) -> list[tuple[EntryContest, list[EntryName]]]:
    """Return every contest with its entries; those that lack a division they need come in one without."""
    contests = [
        one for one in contests_in(definition) if categories is None or one.category.code in categories
    ]
    members: dict[tuple[str, str], list[EntryName]] = {one.key: [] for one in contests}
    stray: dict[str, list[EntryName]] = {}
    for entry in entries:
        key = (entry.category, entry.division)
        (members[key] if key in members else stray.setdefault(entry.category, [])).append(entry)
    lost = [
        (EntryContest(one, None, recipe_of(definition, one)), stray[one.code])
        for one in definition.categories
        if one.code in stray
    ]
    return [*((one, members[one.key]) for one in contests), *lost]


def _rows(
    contest: EntryContest, entries: Sequence[EntryName], inputs: Inputs, stage: Stage, rules: StageRules
) -> list[EntryRow]:
    if contest.category.divisions and contest.division is None:
        return [unplaced_row(entry, NO_DIVISION) for entry in entries]
    if rules.mode in MARKED:
        return _marked(contest, entries, inputs)
    return counted_rows(entries, inputs, stage, rules)


def _marked(contest: EntryContest, entries: Sequence[EntryName], inputs: Inputs) -> list[EntryRow]:
    recipe = contest.recipe
    scores = {one.pk: {card.juror: card.score for card in inputs.given.get(one.pk, ())} for one in entries}
    combined = {
        entry: combine(own, method=recipe.method, trim=recipe.trim, minimum_marks=recipe.minimum_marks)
        for entry, own in scores.items()
    }
    values = {entry: one.score for entry, one in combined.items() if one.score is not None}
    ties = [_tie_breaker(name, inputs) for name in recipe.ties]
    placed = places(values, ties=ties, shared_when_rounded_equal=recipe.shared_when_rounded_equal)
    ends = _intervals(scores, combined) if recipe.method is Method.MEAN else {}
    rows = []
    for entry in entries:
        one, place = combined[entry.pk], placed.get(entry.pk)
        low, high = ends.get(entry.pk, (None, None))
        rows.append(
            EntryRow(
                entry=entry,
                score=one.score,
                value=None,
                low=low,
                high=high,
                scorecards=len(scores[entry.pk]) - len(one.left_out),
                place=place.place if place else None,
                is_shared=place is not None and place.is_shared,
                parted_by=recipe.ties[place.broken_by] if place and place.broken_by is not None else "",
                why=one.why or "",
                scores=scores[entry.pk],
            )
        )
    return in_order(rows)


def _tie_breaker(name: str, inputs: Inputs) -> Mapping[int, Fraction]:
    if name == "jury":
        return {entry: Fraction(-rank) for entry, rank in inputs.jury_ranks.items()}
    return inputs.means[name.removeprefix("criterion:")]


def _intervals(
    scores: Mapping[int, Mapping[int, Fraction | None]], combined: Mapping[int, Combined[int]]
) -> dict[int, tuple[float, float]]:
    """Return the 95 % interval of each mean score; jurors' spread is pooled over the contest's entries."""
    scored = {entry: one.score for entry, one in combined.items() if one.score is not None}
    given = [
        (position, float(score))
        for position, entry in enumerate(scored)
        for score in scores[entry].values()
        if score is not None
    ]
    if not given:
        return {}
    who, values = zip(*given, strict=True)
    errors = standard_errors(values, who, [0] * len(who), participants=len(scored), pooling=POOLING)
    low, high = intervals([float(score) for score in scored.values()], errors, level=LEVEL)
    ends = zip(scored, low.tolist(), high.tolist(), strict=True)
    return {entry: (lower, upper) for entry, lower, upper in ends if not isnan(lower)}


def _blended(
    edition: Edition,
    definition: Definition,
    weighed: Sequence[StageRules],
    categories: Collection[str] | None,
) -> list[EntryStandings]:
    """Return the blend of several stages; an entry without a score in one of them has no place."""
    stages = {one.code: one for one in Stage.objects.filter(edition=edition)}
    tables = []
    for rules in weighed:
        if rules.code not in stages:
            raise Refused(
                "stage_not_opened",
                _(
                    "The stage “%(code)s” counts in the final score and has no period yet. "
                    "Set one under Stages."
                )
                % {"code": rules.code},
            )
        tables.append((rules, _in_stage(edition, definition, stages[rules.code], rules, categories)))
    last = tables[-1][1]
    return [_blend_of(one, [(rules, _same(one, found)) for rules, found in tables]) for one in last]


def _same(contest: EntryStandings, tables: Sequence[EntryStandings]) -> EntryStandings | None:
    return next((one for one in tables if one.contest.key == contest.contest.key), None)


def _blend_of(
    last: EntryStandings, parts: Sequence[tuple[StageRules, EntryStandings | None]]
) -> EntryStandings:
    """Return the last stage's table with blended scores; only who is in that stage is in the result."""
    rows = {row.entry.pk: row for row in last.rows}
    scores = [
        Part(
            rules.weight or Fraction(0),
            {row.entry.pk: row.score for row in (table.rows if table else ()) if row.entry.pk in rows},
        )
        for rules, table in parts
    ]
    mixed = blend(scores, shared_when_rounded_equal=False) if rows else []
    blended = [
        replace(
            rows[one.entry],
            score=one.score,
            low=None,
            high=None,
            place=one.place,
            is_shared=one.is_shared,
            parted_by="",
            why="" if one.place else rows[one.entry].why or "part_missing",
        )
        for one in mixed
    ]
    return replace(last, stage=None, mode="blend", rows=in_order(blended))
