"""The juried part of what publishing freezes: lines of entries, decisions, and the digest of the marks."""

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from kaaring.jury.models import Mark, Stage
from kaaring.jury.queries.votes import votes_of
from kaaring.jury.sheets import MARKED
from kaaring.kernel.figures import exact
from kaaring.programmes.definition.schema import Definition, Jury
from kaaring.programmes.models import Edition
from kaaring.results.digests import canonical
from kaaring.results.models import EntryDecision, EntryLine
from kaaring.results.queries.juried.decisions import EntryProposal, entry_proposals, tables_now
from kaaring.results.queries.juried.inputs import counted_in_edition, jury_ranks_in, means_in
from kaaring.results.queries.juried.method import method_of_jury
from kaaring.results.queries.juried.rows import EntryRow
from kaaring.results.queries.juried.standings import EntryStandings, entry_standings
from kaaring.results.queries.juried.steadiness import steadiness_of
from kaaring.scoring.juried import Variants

type Means = Mapping[str, Mapping[int, Fraction]]


@dataclass(frozen=True, slots=True)
class JuriedPart:
    """What a run holds of a jury's work, before it is stored, and each of its awards as it stands now."""

    method: dict[str, Any]
    input_digest: str
    scorecard_count: int
    input_count: int
    lines: list[EntryLine]
    proposals: list[EntryProposal]

    @property
    def decisions(self) -> list[EntryDecision]:
        """The decisions in force, in the order of the awards."""
        return [decision for one in self.proposals for decision in one.decisions]


def juried_part(edition: Edition, definition: Definition) -> JuriedPart | None:
    """Return the jury's results as they stand now, ready to be frozen; None for an edition without a jury."""
    if definition.jury is None:
        return None
    tables = tables_now(edition)
    cards = list(_scorecards(edition))
    inputs = sorted([*cards, *_other_inputs(edition)], key=lambda one: one[:3])
    return JuriedPart(
        method_of_jury(edition, definition, tables),
        _digest(inputs),
        len(cards),
        len(inputs),
        [*_deciding_lines(tables, definition.jury), *_other_lines(edition, definition.jury, tables)],
        entry_proposals(edition, tables),
    )


def _scorecards(edition: Edition) -> Iterator[list[Any]]:
    """Yield every scorecard that counts in any stage of the edition; jurors stand by their public ids."""
    marks: defaultdict[int, list[list[Any]]] = defaultdict(list)
    counted = counted_in_edition(edition)
    rows = Mark.objects.filter(scorecard__in=counted).order_by("criterion")
    for scorecard, *mark in rows.values_list("scorecard_id", "criterion", "steps", "share"):
        marks[scorecard].append(mark)
    columns = ("pk", "assignment__stage__code", "assignment__entry__code", "assignment__juror__public_id")
    for pk, *rest in counted.order_by().values_list(*columns, "passes", "rank", "points"):
        yield [*rest[:3], marks[pk], *rest[3:]]


def _other_inputs(edition: Edition) -> Iterator[list[Any]]:
    """Yield the public's votes, and how the jury parted ties, in the columns of scorecards without jurors."""
    for stage, entry, counted in votes_of(edition):
        yield [stage, entry, "", [], None, None, counted.total]
    codes = dict(edition.entries.values_list("pk", "code"))
    for one in edition.stages.all():
        for parted, position in jury_ranks_in(one).items():
            yield [one.code, codes[parted], "", [], None, position, None]


def _digest(inputs: Sequence[list[Any]]) -> str:
    digest = hashlib.sha256()
    for line in inputs:
        digest.update(f"{canonical(line)}\n".encode())
    return digest.hexdigest()


def _deciding_lines(tables: Sequence[EntryStandings], jury: Jury) -> Iterator[EntryLine]:
    """Yield the lines of the tables that decide: of the last stage, or of the blend of several."""
    means = _means(tables, jury)
    for table in tables:
        yield from _lines(table, steadiness_of(table), means)


def _other_lines(edition: Edition, jury: Jury, tables: Sequence[EntryStandings]) -> Iterator[EntryLine]:
    """Yield the lines of entries in the other stages in which they were marked.

    They decide nothing; whoever did not come to the last stage is told by them how the entry was marked.
    """
    deciding = {table.stage.code for table in tables if table.stage}
    opened = set(Stage.objects.filter(edition=edition).values_list("code", flat=True)) if tables else set()
    for rules in jury.stages:
        if rules.mode in MARKED and rules.code in opened - deciding:
            others = entry_standings(edition, rules.code)
            means = _means(others, jury)
            for table in others:
                yield from (line for line in _lines(table, None, means) if line.scorecards)


def _means(tables: Sequence[EntryStandings], jury: Jury) -> Means:
    """Return the mean marks of the entries of one stage by criterion, where its entries are marked."""
    stage = tables[0].stage if tables and tables[0].mode in MARKED else None
    if stage is None:
        return {}
    criteria = {criterion.code for table in tables for criterion in table.contest.category.criteria}
    return means_in(stage, jury.scale, sorted(criteria), [row.entry.pk for one in tables for row in one.rows])


def _lines(table: EntryStandings, found: Variants[int, int] | None, means: Means) -> Iterator[EntryLine]:
    criteria = [criterion.code for criterion in table.contest.category.criteria]
    for row in table.rows:
        category, division = table.contest.key
        steady = found.entries.get(row.entry.pk) if found else None
        own = {code: means[code][row.entry.pk] for code in criteria if row.entry.pk in means.get(code, {})}
        yield EntryLine(
            entry_id=row.entry.pk,
            category=category,
            division=division,
            stage=table.stage.code if table.stage else "",
            score="" if row.score is None else exact(row.score),
            low=row.low,
            high=row.high,
            scorecards=row.scorecards,
            place=row.place,
            is_shared=row.is_shared,
            why=row.why,
            holds_in=steady.kept if steady and row.place else None,
            variants=len(found.readings) if found and row.place else None,
            working=_working(row, table, found) | {"criteria": {code: exact(own[code]) for code in own}},
        )


def _working(row: EntryRow, table: EntryStandings, found: Variants[int, int] | None) -> dict[str, Any]:
    """Return how a score comes about: the jurors' scores without whose they are, and what parted a tie.

    ``method`` is how marks are combined, where there are marks; ``lots`` are those drawn with the entry, if
    there are any: the codes of the entries each was drawn among, in the drawn order.
    """
    given = sorted(score for score in row.scores.values() if score is not None)
    combined = {"method": str(table.contest.recipe.method)} if table.mode in MARKED else {}
    lots = {"lots": [list(drawn) for drawn in row.lots]} if row.lots else {}
    return {
        "mode": table.mode,
        **combined,
        "scores": [exact(score) for score in given],
        "value": None if row.value is None else exact(row.value),
        "parted_by": row.parted_by,
        "winners_hold_in": found.holds if found else None,
        **lots,
    }
