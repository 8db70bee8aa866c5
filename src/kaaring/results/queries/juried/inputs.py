"""What a stage's results are computed from: its entries, the scorecards that count, what parted ties."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import NamedTuple

from django.db.models import Count, F, QuerySet, Sum
from django.db.models.functions import Coalesce

from kaaring.entries.queries.submitted import submitted_title
from kaaring.jury.models import Mark, Minute, Scorecard, Stage
from kaaring.jury.queries.scorecards import scorecards_that_count
from kaaring.jury.queries.stages import entries_in
from kaaring.jury.sheets import mark_to_score
from kaaring.programmes.definition.schema import MarkScale
from kaaring.programmes.models import Edition
from kaaring.scoring.juried import Mark as GivenMark
from kaaring.scoring.juried import Scorecard as Card


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
    """A scorecard that counts: its juror, and what it says in the stage's mode.

    The kept score is ``above`` ÷ ``below``; both are None where there is none.
    """

    entry: int
    juror: int
    above: int | None
    below: int | None
    passes: bool | None
    rank: int | None
    points: int | None

    @property
    def score(self) -> Fraction | None:
        """The score as one number, None where the juror came to none."""
        return Fraction(self.above, self.below) if self.above is not None and self.below else None


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a stage's standings need, read in a handful of queries however many entries there are.

    ``votes`` are the public's, by entry, read where the public votes; ``to_come`` counts scorecards that are
    not final yet, by entry, read where they pass or fail. ``seed`` is what lots are drawn from, the digest of
    the rules, read where a transferable vote is counted.
    """

    entries: Mapping[int, EntryName]
    given: Mapping[int, list[Given]]
    jury_ranks: Mapping[int, int]
    votes: Mapping[int, int] = field(default_factory=dict)
    to_come: Mapping[int, int] = field(default_factory=dict)
    seed: str = ""


def inputs_of(stage: Stage, *, categories: Collection[str] | None) -> Inputs:
    """Return what counts in a stage, in some of its categories or (None) in all."""
    entries = names_in(stage, categories)
    given: dict[int, list[Given]] = {entry: [] for entry in entries}
    for one in _given(stage, categories):
        if one.entry in given:
            given[one.entry].append(one)
    return Inputs(entries, given, jury_ranks_in(stage))


def names_in(stage: Stage, categories: Collection[str] | None) -> dict[int, EntryName]:
    """Return the entries of a stage by primary key, in the order of their codes."""
    found = entries_in(stage)
    if categories is not None:
        found = found.filter(category__code__in=categories)
    rows = found.select_related(None).values_list(
        "pk",
        "public_id",
        "code",
        Coalesce(submitted_title("pk"), "case__title"),
        "case__organisation__name",
        "category__code",
        "division",
    )
    return {row[0]: EntryName._make(row) for row in rows}


def _given(stage: Stage, categories: Collection[str] | None) -> Iterator[Given]:
    columns = (
        "assignment__entry_id",
        "assignment__juror_id",
        "score_of",
        "score_in",
        "passes",
        "rank",
        "points",
    )
    return map(Given._make, _counted(stage, categories).order_by().values_list(*columns))


def _counted(stage: Stage, categories: Collection[str] | None) -> QuerySet[Scorecard]:
    found = scorecards_that_count(stage).select_related(None)
    return found if categories is None else found.filter(assignment__entry__category__code__in=categories)


def means_in(
    stage: Stage, scale: MarkScale, criteria: Sequence[str], entries: Sequence[int]
) -> dict[str, dict[int, Fraction]]:
    """Return the mean marks of some entries, on 0–100, by criterion and entry."""
    means: dict[str, dict[int, Fraction]] = {code: {} for code in criteria}
    if not criteria or not entries:
        return means
    one_step = 100 * scale.step / (scale.highest - scale.lowest)
    counted = _counted(stage, None).filter(
        assignment__entry__in=entries, marks__criterion__in=criteria, marks__steps__isnull=False
    )
    by_criterion = counted.order_by().values_list("marks__criterion", "assignment__entry_id")
    rows = by_criterion.annotate(total=Sum("marks__steps"), marks_given=Count("pk"))
    for criterion, entry, total, marks in rows:
        means[criterion][entry] = one_step * Fraction(total, marks)
    return means


def counted_in_edition(edition: Edition) -> QuerySet[Scorecard]:
    """Return the scorecards that count in any stage of an edition."""
    final = Scorecard.objects.filter(
        assignment__stage__edition=edition,
        assignment__entry__withdrawn_at=None,
        submitted_at__isnull=False,
        excluded_at=None,
    )
    return final.exclude(assignment__entry=F("assignment__stage__calibration"))


def jury_ranks_in(*stages: Stage) -> dict[int, int]:
    """Return how the jury parted ties in the meetings of stages, the last word on each entry: 1 before 2."""
    ties = Minute.objects.filter(meeting__stage__in=stages, kind=Minute.Kind.TIE, position__isnull=False)
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
