"""What an entrant is told of an entry: how it was marked beside its category, remarks, what the rules said.

Scores come from the lines of the published run and from nowhere else, so nothing here moves after publishing.
Of others there is no more than quartiles, and none of a group so small that they would tell who is who.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from kaaring.entries.models import Entry
from kaaring.entries.queries.submitted import put_titles
from kaaring.jury.queries.remarks import remarks_to
from kaaring.kernel.text import Text
from kaaring.programmes.definition import Definition
from kaaring.programmes.definition.schema import Category, Criterion
from kaaring.programmes.definition.schema.jury import Stage
from kaaring.programmes.queries import definition_of
from kaaring.results.models import EntryLine, Run
from kaaring.results.queries.feedback import decisions_for, lines_beside, lines_of_entry
from kaaring.results.queries.juried.frozen import deciding_stage
from kaaring.scoring.juried import LEAST, Quartiles, quarter_of, quartiles


@dataclass(frozen=True, slots=True)
class FeedbackAbout:
    """Which entry a report is about, in which edition, and the publication it rests on."""

    code: str
    title: str
    organisation: str
    category: Text
    division: Text | None
    programme: Text
    edition: str
    organiser: str
    accent: str
    illustrative: Text
    run_number: int
    digest: str
    published_at: datetime


@dataclass(frozen=True, slots=True)
class CriterionFeedback:
    """How the jury marked one criterion, on 0 to 100, beside the entries it competed with.

    ``mean`` is that of the marks given, None where there is none; ``quartiles`` are None in a small group.
    """

    code: str
    name: Text
    weight: Fraction | None
    mean: Fraction | None
    quartiles: Quartiles | None


@dataclass(frozen=True, slots=True)
class Final:
    """What decided where the marks did not alone: a later stage, or (``stage`` None) several stages blended.

    ``score`` is the entry's there, None where it has none.
    """

    stage: Text | None
    score: Fraction | None


@dataclass(frozen=True, slots=True)
class Marked:
    """How an entry was marked in the last stage in which it was, and how many competed there.

    ``strongest`` and ``weakest`` are criteria by code: those farthest above and below the median of the group
    where that is shown, else those with the highest and the lowest mark; None where none stands out.
    ``final`` is what decided instead, where the entry came so far. ``band`` is the quarter in which its place
    is, there or else by these marks: 1 for the best, None where that is not told.
    """

    stage: Text
    score: Fraction | None
    quartiles: Quartiles | None
    jurors: int
    among: int
    criteria: tuple[CriterionFeedback, ...]
    strongest: str | None
    weakest: str | None
    final: Final | None
    band: int | None

    @property
    def is_small(self) -> bool:
        """Whether too few competed to be compared with."""
        return self.among < LEAST


@dataclass(frozen=True, slots=True)
class Given:
    """What the jury gave the entry."""

    award: Text
    level: str
    citation: Text


@dataclass(frozen=True, slots=True)
class Check:
    """What a rule said when the entry was submitted, in the edition's languages."""

    reason: Text
    outcome: str
    wording: Text
    of: "tuple[Check, ...]"


@dataclass(frozen=True, slots=True)
class Declared:
    """What somebody declared, who, and whether the organiser accepted it; None where nobody has checked."""

    statement: str
    by: str
    is_accepted: bool | None


@dataclass(frozen=True, slots=True)
class Feedback:
    """All that an entrant is told of an entry. ``marked`` is None where it was marked in no stage."""

    about: FeedbackAbout
    marked: Marked | None
    given: tuple[Given, ...]
    levels: tuple[str, ...]
    anchors: tuple[tuple[int, Text], ...]
    remarks: tuple[str, ...]
    checks: tuple[Check, ...]
    declarations: tuple[Declared, ...]


def feedback_of(run: Run, entry: Entry, *, shows_band: bool) -> Feedback:
    """Return what an entrant is told of an entry by a published run."""
    put_titles([entry])
    definition = definition_of(run.rules)
    category = next((one for one in definition.categories if one.code == entry.category.code), None)
    jury = definition.jury
    decided = decisions_for(run, entry)
    return Feedback(
        _about(run, entry, category),
        _marked(run, entry, definition, category, shows_band=shows_band) if category else None,
        tuple(Given(one.award.name, one.level, one.citation) for one in decided),
        jury.levels if jury else (),
        tuple(sorted(jury.scale.anchors.items())) if jury else (),
        tuple(remarks_to(entry)),
        _checks(entry.eligibility),
        _declarations(entry),
    )


def _about(run: Run, entry: Entry, category: Category | None) -> FeedbackAbout:
    edition = run.edition
    divisions = {one.code: one.name for one in category.divisions} if category else {}
    return FeedbackAbout(
        code=entry.code,
        title=entry.case.title,
        organisation=entry.case.organisation.name,
        category=entry.category.name,
        division=divisions.get(entry.division),
        programme=edition.programme.name,
        edition=edition.slug,
        organiser=edition.programme.organiser.name,
        accent=edition.programme.organiser.accent,
        illustrative=edition.illustrative,
        run_number=run.number,
        digest=run.digest,
        published_at=run.published_at,
    )


def _marked(
    run: Run, entry: Entry, definition: Definition, category: Category, *, shows_band: bool
) -> Marked | None:
    stages = {one.code: one for one in definition.jury.stages} if definition.jury else {}
    lines = lines_of_entry(run, entry)
    line = _last_marked(lines, list(stages))
    if line is None:
        return None
    beside = lines_beside(line)
    decided = _deciding(run, lines) or line
    criteria = tuple(_criterion(one, line, beside) for one in category.criteria)
    scores = [Fraction(one.score) for one in beside if one.score]
    strongest, weakest = standing_out(criteria)
    return Marked(
        stage=stages[line.stage].name,
        score=Fraction(line.score) if line.score else None,
        quartiles=_quartiles(scores),
        jurors=line.scorecards,
        among=len(scores),
        criteria=criteria,
        strongest=strongest,
        weakest=weakest,
        final=None if decided == line else _final(decided, stages),
        band=_band(decided, beside if decided == line else lines_beside(decided)) if shows_band else None,
    )


def _last_marked(lines: Iterable[EntryLine], order: Sequence[str]) -> EntryLine | None:
    """Return the line of the last stage in which criteria were marked."""
    marked = [line for line in lines if _means(line) and line.stage in order]
    return max(marked, key=lambda line: order.index(line.stage), default=None)


def _deciding(run: Run, lines: Iterable[EntryLine]) -> EntryLine | None:
    """Return the line that makes the result, None where the entry did not come so far."""
    stage = deciding_stage(run)
    return next((line for line in lines if line.stage == stage), None)


def _final(line: EntryLine, stages: Mapping[str, Stage]) -> Final:
    stage = stages[line.stage].name if line.stage else None
    return Final(stage, Fraction(line.score) if line.score else None)


def _means(line: EntryLine) -> Mapping[str, str]:
    means: Mapping[str, str] = (line.working or {}).get("criteria", {})
    return means


def _criterion(criterion: Criterion, line: EntryLine, beside: Iterable[EntryLine]) -> CriterionFeedback:
    own = _means(line).get(criterion.code)
    all_means = [Fraction(mean) for one in beside if (mean := _means(one).get(criterion.code))]
    return CriterionFeedback(
        criterion.code,
        criterion.name,
        criterion.weight,
        Fraction(own) if own else None,
        _quartiles(all_means),
    )


def _quartiles(figures: Sequence[Fraction]) -> Quartiles | None:
    return quartiles(figures) if len(figures) >= LEAST else None


def standing_out(criteria: Iterable[CriterionFeedback]) -> tuple[str | None, str | None]:
    """Return the strongest and the weakest criterion, nothing where they are alike or there is but one."""
    known = [one for one in criteria if one.mean is not None]
    is_compared = all(one.quartiles is not None for one in known)
    ahead = {one.code: _ahead(one, is_compared=is_compared) for one in known}
    if not ahead or len(set(ahead.values())) == 1:
        return None, None
    return max(ahead, key=ahead.__getitem__), min(ahead, key=ahead.__getitem__)


def _ahead(one: CriterionFeedback, *, is_compared: bool) -> Fraction:
    """Return how far a criterion is above the median of the group; without one, its own mark."""
    own = one.mean or Fraction(0)
    return own - one.quartiles.median if is_compared and one.quartiles else own


def _band(line: EntryLine, beside: Iterable[EntryLine]) -> int | None:
    placed = sum(one.place is not None for one in beside)
    if line.place is None or placed < LEAST:
        return None
    return quarter_of(line.place, placed)


def _checks(records: Iterable[Mapping[str, Any]]) -> tuple[Check, ...]:
    """Return what rules said as it was kept, save what goes by protected answers and what a rule denies."""
    return tuple(
        Check(
            one["reason"], one["outcome"], one["wording"], _checks(() if one["rule"] == "not" else one["of"])
        )
        for one in records
        if not one["is_protected"]
    )


def _declarations(entry: Entry) -> tuple[Declared, ...]:
    """Return what was declared to rules of which something was kept; the others go by protected facts."""
    kept = set(_keys(entry.eligibility))
    return tuple(
        Declared(one.statement, one.declared_as, one.is_accepted)
        for one in entry.declarations.all()
        if one.rule in kept
    )


def _keys(records: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    for one in records:
        if not one["is_protected"]:
            yield one["key"]
            yield from _keys(one["of"])
