"""How well a contest's ranking holds: under every other reading of its rules, and without each juror."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from kaaring.jury.models import Stage
from kaaring.jury.sheets import MARKED
from kaaring.programmes.definition.schema import Jury
from kaaring.programmes.definition.schema.jury import Stage as StageRules
from kaaring.programmes.queries import definition_in_force
from kaaring.results.queries.juried.ballots import Ballots, ballots_of
from kaaring.results.queries.juried.inputs import cards_of, inputs_of, jury_ranks_in
from kaaring.results.queries.juried.standings import EntryStandings, standings_of_category
from kaaring.results.queries.juried.ties import parters_of_blend, tie_breakers
from kaaring.scoring.juried import (
    Count,
    Part,
    Recount,
    Scorecard,
    Variants,
    marks_recounted,
    points_recounted,
    rankings_recounted,
    variants,
    variants_of_blend,
    variants_of_points,
    variants_of_rankings,
)


def steadiness_of(table: EntryStandings) -> Variants[int, int] | None:
    """Return what becomes of a table in every variant; None where ``why_no_variants`` says why there is none.

    Neither is there anything where nobody has judged yet. Entries and jurors stand by their primary keys.
    """
    jury = definition_in_force(table.edition).jury
    if jury is None or why_no_variants(jury, table.mode, table.stage.code if table.stage else ""):
        return None
    if table.stage is None:
        return _of_blend(table, jury)
    if table.mode in MARKED:
        cards, known = _cards(table, jury), _entries(table)
        ranks = {entry: rank for entry, rank in jury_ranks_in(table.stage).items() if entry in known}
        return variants(known, cards, table.contest.recipe, ranks) if cards else None
    rules, ballots = _rules(jury, table.stage.code), _ballots(table)
    ties = tie_breakers(table.contest.recipe, jury_ranks_in(table.stage), {}).values
    if table.mode == "points":
        allowance = rules.points or 1
        return variants_of_points(ballots.entries, ballots.by_juror, allowance=allowance, ties=ties)
    count = Count(rules.count or "borda")
    return variants_of_rankings(ballots.entries, ballots.rankings, count, ties=ties)


def why_no_variants(jury: Jury, mode: str, stage: str) -> str:
    """Return why a table of this mode, of this stage or (empty) of a blend, has no variants; else nothing.

    ``adjusted``: scores are adjusted for strict jurors, and variants read raw marks. ``transferable``: a
    vote for several seats. ``no_jurors``: nothing but votes of the public, or votes to pass.
    """
    if not stage:
        reasons = [why_no_variants(jury, one.mode, one.code) for one in jury.stages if one.weight]
        return _gravest(reasons)
    if mode in MARKED:
        return "adjusted" if jury.combine.severity != "raw" else ""
    if mode == "ranking":
        return "transferable" if _rules(jury, stage).count == "stv" else ""
    return "" if mode == "points" else "no_jurors"


def _gravest(reasons: Sequence[str]) -> str:
    """Return why a blend has no variants: a part that cannot be read otherwise, or no part that can."""
    hindrance = next((one for one in reasons if one not in ("", "no_jurors")), "")
    return hindrance or ("" if "" in reasons else "no_jurors")


def _of_blend(table: EntryStandings, jury: Jury) -> Variants[int, int] | None:
    """Read each part otherwise while the others stay; only who is in the blend is in the result."""
    known, parts, recounts = _entries(table), list[Part[int]](), list[Recount[int, int]]()
    for rules in jury.stages:
        if rules.weight:
            part = _part(table, rules.code)
            parts.append(Part(rules.weight, _only(known, {row.entry.pk: row.score for row in part.rows})))
            recounts.append(
                [
                    (replace(reading, part=rules.code), _only(known, scores))
                    for reading, scores in _recounted(part, rules, jury)
                ]
            )
    stages = {one.code: one for one in Stage.objects.filter(edition=table.edition)}
    ties = parters_of_blend(stages, jury, known).of(table.contest.recipe)
    return variants_of_blend(parts, recounts, ties=ties.values)


def _part(table: EntryStandings, stage: str) -> EntryStandings:
    """Return the table of the same contest in one stage, empty where it has none there."""
    found = standings_of_category(table.edition, table.contest.category.code, stage)
    return next((one for one in found if one.contest.key == table.contest.key), replace(table, rows=[]))


def _only(known: Sequence[int], scores: Mapping[int, Fraction | None]) -> dict[int, Fraction | None]:
    return {entry: scores[entry] for entry in known if entry in scores}


def _recounted(part: EntryStandings, rules: StageRules, jury: Jury) -> Recount[int, int]:
    """Return the scores in a part by each of its other readings; none where the public decides."""
    if rules.mode in MARKED:
        return marks_recounted(_entries(part), _cards(part, jury), part.contest.recipe)
    if rules.mode not in ("ranking", "points"):
        return ()
    ballots = _ballots(part)
    if rules.mode == "points":
        return points_recounted(ballots.entries, ballots.by_juror, allowance=rules.points or 1)
    return rankings_recounted(ballots.entries, ballots.rankings)


def _entries(table: EntryStandings) -> list[int]:
    return [row.entry.pk for row in table.rows]


def _cards(table: EntryStandings, jury: Jury) -> list[Scorecard[int, int]]:
    assert table.stage is not None
    known = set(_entries(table))
    found = cards_of(table.stage, jury.scale, table.contest.category.code)
    return [card for card in found if card.entry in known]


def _ballots(table: EntryStandings) -> Ballots:
    assert table.stage is not None
    given = inputs_of(table.stage, categories=[table.contest.category.code]).given
    own = {entry: given.get(entry, []) for entry in _entries(table)}
    return ballots_of(own, table.mode, table.contest.recipe.minimum_marks)


def _rules(jury: Jury, stage: str) -> StageRules:
    return next(one for one in jury.stages if one.code == stage)
