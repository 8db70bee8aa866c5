"""What the public reads of a jury's published results: who won, who was shortlisted, how it was decided.

Scores and places of those who did not win are not among it.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Any, NamedTuple

from kaaring.entries.models import Case, Entry
from kaaring.entries.queries.dossiers import nominee_of
from kaaring.entries.queries.submitted import put_titles
from kaaring.kernel.text import Text
from kaaring.programmes.definition import Definition
from kaaring.programmes.definition.schema import Category
from kaaring.programmes.models import Award
from kaaring.results.models import EntryDecision, EntryLine, Run
from kaaring.results.queries.juried.frozen import deciding_lines, deciding_stage
from kaaring.results.queries.juried.steadiness import why_no_variants


class Named(NamedTuple):
    """An entry as the public knows it; ``nominee`` is a person only with that person's consent."""

    code: str
    title: str
    organisations: tuple[str, ...]
    nominee: str


class Won(NamedTuple):
    """An entry that was given something, at which level, and what was said of it."""

    entry: Named
    level: str
    level_words: str
    citation: Text


@dataclass(frozen=True, slots=True)
class GivenAward:
    """A jury's award in a run; without winners, ``why_nobody`` is the reason."""

    award: Award
    winners: tuple[Won, ...]
    why_nobody: str


class Holds(NamedTuple):
    """In how many variants the first place of a contest stays; its division, None without one."""

    division: Text | None
    holds: int
    variants: int


@dataclass(frozen=True, slots=True)
class JudgedCategory:
    """How a category was decided; ``shortlisted`` came to the last stage, where there was one before it.

    Where ``holds`` is empty, ``why_no_variants`` is the reason by its code, if there is one.
    """

    category: Category
    awards: tuple[GivenAward, ...]
    entries: int
    jurors: int
    recusals: int
    shortlisted: tuple[Named, ...]
    holds: tuple[Holds, ...]
    why_no_variants: str

    @property
    def won(self) -> list[Won]:
        """Everything that was given in it."""
        return [one for award in self.awards for one in award.winners]


def judged_categories(run: Run, definition: Definition) -> list[JudgedCategory]:
    """Return the categories of a run in the order of the rules, without those in which nothing was judged."""
    method: Mapping[str, Any] = run.method.get("juried", run.method)
    counts = method["parameters"].get("counts", {})
    awards = _awards(run)
    lines: defaultdict[str, list[EntryLine]] = defaultdict(list)
    frozen = list(
        deciding_lines(run)
        .select_related("entry__case__nominee")
        .prefetch_related("entry__case__parties__organisation")
    )
    put_titles([line.entry for line in frozen])
    for line in frozen:
        lines[line.category].append(line)
    has_shortlist, why_not = _has_shortlist(run, definition), _why_no_variants(run, definition)
    found = []
    for one in definition.categories:
        own, given = lines[one.code], tuple(awards[one.code])
        if not own and not given:
            continue
        counted, holds = counts.get(one.code, {}), _holds(one, own)
        found.append(
            JudgedCategory(
                category=one,
                awards=given,
                entries=counted.get("entries", len(own)),
                jurors=counted.get("jurors", 0),
                recusals=counted.get("recusals", 0),
                shortlisted=_shortlisted(own) if has_shortlist else (),
                holds=holds,
                why_no_variants="" if holds else why_not,
            )
        )
    return found


def _awards(run: Run) -> dict[str, list[GivenAward]]:
    """Return the awards of a run by the category they are for."""
    decided: dict[Award, list[EntryDecision]] = {}
    decisions = list(
        run.entry_decisions.select_related("award", "entry__case__organisation", "entry__case__nominee")
        .prefetch_related("entry__case__parties__organisation")
        .order_by("award__position", "pk")
    )
    put_titles([one.entry for one in decisions if one.entry is not None])
    for decision in decisions:
        decided.setdefault(decision.award, []).append(decision)
    found: defaultdict[str, list[GivenAward]] = defaultdict(list)
    for award, own in decided.items():
        winners = [_won(one.entry, one) for one in own if one.entry is not None]
        winners.sort(key=lambda one: list(EntryDecision.Level.values).index(one.level))
        reason = "" if winners else own[0].reason
        found[award.category].append(GivenAward(award, tuple(winners), reason))
    return found


def _won(entry: Entry, decision: EntryDecision) -> Won:
    level = EntryDecision.Level(decision.level)
    return Won(named(entry), level.value, str(level.label), decision.citation)


def named(entry: Entry) -> Named:
    """Return an entry as the public knows it."""
    case: Case = entry.case
    parties = dict.fromkeys([case.organisation.name, *(one.organisation.name for one in case.parties.all())])
    nominee = nominee_of(case)
    is_shown = nominee is not None and (not nominee.is_person or nominee.consented_at is not None)
    return Named(entry.code, case.title, tuple(parties), nominee.name if nominee and is_shown else "")


def _has_shortlist(run: Run, definition: Definition) -> bool:
    """Say whether a shortlist was drawn up before the stage that decides; passing a check is none."""
    stages = definition.jury.stages if definition.jury else ()
    last = deciding_stage(run)
    before = takewhile(lambda one: one.code != last, stages)
    return any(one.shortlist is not None for one in before)


def _why_no_variants(run: Run, definition: Definition) -> str:
    """Return why what decided has no variants; in runs that were published with fewer of them, nothing."""
    method: Mapping[str, Any] = run.method.get("juried", run.method)
    jury, stage = definition.jury, deciding_stage(run)
    if jury is None or (stage and stage not in {one.code for one in jury.stages}):
        return ""
    return why_no_variants(jury, method["parameters"].get("mode", ""), stage)


def _shortlisted(lines: Sequence[EntryLine]) -> tuple[Named, ...]:
    return tuple(sorted((named(line.entry) for line in lines), key=lambda one: one.title.casefold()))


def _holds(category: Category, lines: Sequence[EntryLine]) -> tuple[Holds, ...]:
    divisions = {one.code: one.name for one in category.divisions}
    found = {
        line.division: Holds(divisions.get(line.division), line.working["winners_hold_in"], line.variants)
        for line in lines
        if line.place == 1 and line.variants and line.working and line.working["winners_hold_in"] is not None
    }
    return tuple(found.values())
