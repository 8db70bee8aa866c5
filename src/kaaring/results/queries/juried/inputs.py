"""What a stage's results are computed from: its entries, the scorecards that count, what parted ties."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import NamedTuple

from django.db.models import Count, QuerySet, Sum

from kaaring.jury.models import Mark, Minute, Scorecard, Stage
from kaaring.jury.queries.scorecards import scorecards_that_count
from kaaring.jury.queries.stages import entries_in
from kaaring.jury.sheets import mark_to_score
from kaaring.programmes.definition.schema import MarkScale
from kaaring.scoring.juried import Mark as GivenMark
from kaaring.scoring.juried import Scorecard as Card

type JurorScores = dict[int, Fraction | None]


class EntryName(NamedTuple):
    """An entry as tables show it."""

    pk: int
    public_id: str
    code: str
    title: str
    organisation: str
    category: str
    division: str


class Given(NamedTuple):
    """A scorecard that counts: its juror, and what it says in the stage's mode."""

    entry: int
    juror: int
    score: Fraction | None
    passes: bool | None
    rank: int | None
    points: int | None


@dataclass(frozen=True, slots=True)
class Inputs:
    """Everything a stage's standings need, read in a handful of queries however many entries there are.

    ``means`` are the mean marks per entry and criterion on 0–100, for the criteria asked for only.
    """

    entries: Mapping[int, EntryName]
    given: Mapping[int, list[Given]]
    means: Mapping[str, Mapping[int, Fraction]]
    jury_ranks: Mapping[int, int]
    jurors: Collection[int] = field(default_factory=frozenset)


def inputs_of(
    stage: Stage, scale: MarkScale, criteria: Iterable[str], *, categories: Collection[str] | None
) -> Inputs:
    """Return what counts in a stage, in some of its categories or (None) in all."""
    entries = names_in(stage, categories)
    given: defaultdict[int, list[Given]] = defaultdict(list)
    for one in _given(stage, categories):
        if one.entry in entries:
            given[one.entry].append(one)
    jurors = frozenset(one.juror for own in given.values() for one in own)
    return Inputs(entries, given, _means(stage, scale, [*criteria], categories), jury_ranks_in(stage), jurors)


def names_in(stage: Stage, categories: Collection[str] | None) -> dict[int, EntryName]:
    """Return the entries of a stage by primary key, in the order of their codes."""
    found = entries_in(stage)
    if categories is not None:
        found = found.filter(category__code__in=categories)
    rows = found.select_related(None).values_list(
        "pk", "public_id", "code", "case__title", "case__organisation__name", "category__code", "division"
    )
    return {row[0]: EntryName(*row) for row in rows}


def _given(stage: Stage, categories: Collection[str] | None) -> Iterable[Given]:
    rows = (
        _counted(stage, categories)
        .order_by("assignment__entry_id", "assignment__juror_id")
        .values_list(
            "assignment__entry_id", "assignment__juror_id", "score_of", "score_in", "passes", "rank", "points"
        )
    )
    for entry, juror, above, below, passes, rank, points in rows:
        score = None if above is None or below is None else Fraction(above, below)
        yield Given(entry, juror, score, passes, rank, points)


def _counted(stage: Stage, categories: Collection[str] | None) -> QuerySet[Scorecard]:
    found = scorecards_that_count(stage).select_related(None)
    return found if categories is None else found.filter(assignment__entry__category__code__in=categories)


def _means(
    stage: Stage, scale: MarkScale, criteria: list[str], categories: Collection[str] | None
) -> dict[str, dict[int, Fraction]]:
    means: dict[str, dict[int, Fraction]] = {code: {} for code in criteria}
    if not criteria:
        return means
    one_step = 100 * scale.step / (scale.highest - scale.lowest)
    rows = (
        Mark.objects.filter(
            scorecard__in=_counted(stage, categories), criterion__in=criteria, steps__isnull=False
        )
        .order_by()
        .values_list("criterion", "scorecard__assignment__entry_id")
        .annotate(total=Sum("steps"), marks=Count("pk"))
    )
    for criterion, entry, total, marks in rows:
        means[criterion][entry] = one_step * Fraction(total, marks)
    return means


def jury_ranks_in(stage: Stage) -> dict[int, int]:
    """Return how the jury parted ties in its meetings, the last word on each entry: 1 before 2."""
    ties = Minute.objects.filter(meeting__stage=stage, kind=Minute.Kind.TIE, position__isnull=False)
    rows = ties.order_by("pk").values_list("entry_id", "position")
    return {entry: rank for entry, rank in rows if entry is not None and rank is not None}


def cards_of(stage: Stage, scale: MarkScale, category: str) -> list[Card[int, int]]:
    """Return the scorecards that count in a category with all their marks, for workings and variants."""
    marks: defaultdict[int, dict[str, GivenMark]] = defaultdict(dict)
    rows = Mark.objects.filter(scorecard__in=_counted(stage, [category])).values_list(
        "scorecard_id", "criterion", "steps", "share"
    )
    for scorecard, criterion, steps, share in rows:
        marks[scorecard][criterion] = mark_to_score(scale, steps, share)
    owners = _counted(stage, [category]).order_by("assignment__entry_id", "assignment__juror_id")
    return [
        Card(entry, juror, marks.get(pk, {}))
        for pk, entry, juror in owners.values_list("pk", "assignment__entry_id", "assignment__juror_id")
    ]
