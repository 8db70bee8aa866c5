"""Provisional standings of entries, from the scores kept with final scorecards; nothing is stored."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from kaaring.jury.models import Stage
from kaaring.jury.queries.assignments import unfinished_by_entry
from kaaring.jury.queries.votes import PUBLIC_VOTE, votes_in
from kaaring.jury.sheets import MARKED
from kaaring.kernel.refused import Refused
from kaaring.programmes.definition.schema import Definition
from kaaring.programmes.definition.schema.jury import Stage as StageRules
from kaaring.programmes.models import Edition
from kaaring.programmes.queries import rules_in_force
from kaaring.results.queries.juried.blended import blended_rows
from kaaring.results.queries.juried.contests import (
    EntryContest,
    contests_in,
    juried,
    recipe_of,
    stage_called,
)
from kaaring.results.queries.juried.counted import counted_rows
from kaaring.results.queries.juried.inputs import EntryName, Inputs, inputs_of
from kaaring.results.queries.juried.marked import field_of, rows_of
from kaaring.results.queries.juried.rows import EntryRow, unplaced_row
from kaaring.results.queries.juried.severity import adjusted
from kaaring.results.queries.juried.ties import tie_breakers, tie_means

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
    edition: Edition,
    stage: str | None = None,
    *,
    categories: Collection[str] | None = None,
    definition: Definition | None = None,
) -> list[EntryStandings]:
    """Return the standings in every contest of a stage, or in those of some categories.

    Without a stage it is the blend of the stages that have a weight, or else the last one in which something
    counts. The number of queries does not grow with that of entries. ``definition`` are the rules in force,
    where they have been read already.
    """
    definition, jury = juried(edition, definition)
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
    inputs = _inputs(definition, stage, categories)
    if rules.mode == PUBLIC_VOTE:
        inputs = replace(inputs, votes={key: one.total for key, one in votes_in(stage).items()})
    elif rules.mode == "pass_fail":
        inputs = replace(inputs, to_come=unfinished_by_entry(stage))
    elif rules.count == "stv":
        inputs = replace(inputs, seed=rules_in_force(edition).digest)
    found = _competing(definition, inputs.entries.values(), categories)
    rows = _marked(definition, found, inputs, stage) if rules.mode in MARKED else {}
    return [
        EntryStandings(
            edition,
            stage,
            rules.mode,
            contest,
            rows[contest.key] if contest.key in rows else _unmarked(contest, entries, inputs, rules),
        )
        for contest, entries in found
    ]


def _inputs(definition: Definition, stage: Stage, categories: Collection[str] | None) -> Inputs:
    """Return what counts in a stage; where the rules say so, with strict and lenient jurors made alike."""
    if definition.jury is None or definition.jury.combine.severity == "raw":
        return inputs_of(stage, categories=categories)
    everything = inputs_of(stage, categories=None)
    wanted = {
        key: one
        for key, one in everything.entries.items()
        if categories is None or one.category in categories
    }
    return replace(everything, entries=wanted, given=adjusted(everything.given))


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


def is_stray(contest: EntryContest) -> bool:
    """Say whether this holds entries that lack the division they would compete in."""
    return bool(contest.category.divisions) and contest.division is None


def _unmarked(
    contest: EntryContest, entries: Sequence[EntryName], inputs: Inputs, rules: StageRules
) -> list[EntryRow]:
    if is_stray(contest):
        return [unplaced_row(entry, NO_DIVISION) for entry in entries]
    return counted_rows(entries, inputs, rules, contest.recipe)


def _marked(
    definition: Definition,
    found: Sequence[tuple[EntryContest, list[EntryName]]],
    inputs: Inputs,
    stage: Stage,
) -> dict[tuple[str, str], list[EntryRow]]:
    """Return the rows of every contest; tie-breakers are read for entries with equal scores alone."""
    fields = [field_of(contest, own, inputs.given) for contest, own in found if not is_stray(contest)]
    tied = [entry for one in fields for entry in one.tied]
    jury = definition.jury
    assert jury is not None
    means = tie_means(stage, jury, tied)
    return {
        one.contest.key: rows_of(one, tie_breakers(one.contest.recipe, inputs.jury_ranks, means))
        for one in fields
    }


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
    contests = [
        (
            last,
            {row.entry.pk: row for row in last.rows},
            [(rules, _rows_in(last, own)) for rules, own in tables],
        )
        for last in tables[-1][1]
    ]
    jury = definition.jury
    assert jury is not None
    blended = blended_rows([(one.contest, rows, parts) for one, rows, parts in contests], stages, jury)
    return [
        replace(last, stage=None, mode="blend", rows=rows)
        for (last, _rows, _parts), rows in zip(contests, blended, strict=True)
    ]


def _rows_in(contest: EntryStandings, tables: Sequence[EntryStandings]) -> dict[int, EntryRow]:
    """Return the rows of the same contest in another stage by entry, none where it is not there."""
    return {row.entry.pk: row for one in tables if one.contest.key == contest.contest.key for row in one.rows}
