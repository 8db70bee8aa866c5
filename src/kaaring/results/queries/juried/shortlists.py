"""Who goes on from a stage by its rules, and why the others do not."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from kaaring.jury.models import Stage
from kaaring.programmes.definition.schema.jury import Shortlist as Rule
from kaaring.programmes.definition.schema.jury import Stage as StageRules
from kaaring.results.queries.juried.contests import juried, stage_called
from kaaring.results.queries.juried.rows import EntryRow
from kaaring.results.queries.juried.standings import EntryStandings, entry_standings
from kaaring.scoring.juried import AtCut, ShortlistRule, shortlist

PASSED, EVERYBODY = "passed", "everybody"


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry that may go on, and every reason that keeps it out, or the one that lets it in."""

    row: EntryRow
    is_in: bool
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Drawn:
    """The shortlist of a contest: candidates by place.

    ``lead`` is the first's over the second; ``is_second_round_due`` says that the rules ask for more than
    that. Where the field is smaller than the rules ask for, ``is_too_small`` and nobody is left out.
    """

    table: EntryStandings
    candidates: tuple[Candidate, ...]
    lead: Fraction | None
    is_second_round_due: bool
    is_too_small: bool

    @property
    def entries(self) -> list[int]:
        """The keys of the entries that go on."""
        return [one.row.entry.pk for one in self.candidates if one.is_in]


def shortlists_in(stage: Stage) -> list[Drawn]:
    """Return who goes on from a stage, contest by contest; those without an entry are left out."""
    _definition, jury = juried(stage.edition)
    _stage, rules = stage_called(stage.edition, stage.code, jury)
    tables = entry_standings(stage.edition, stage.code)
    return [drawn_from(table, rules) for table in tables if table.rows]


def drawn_from(table: EntryStandings, rules: StageRules) -> Drawn:
    """Return the shortlist of one contest by the rules of its stage."""
    if rules.mode == "pass_fail":
        passed = [_candidate(row, not row.why, row.why or PASSED) for row in table.rows]
        return Drawn(table, tuple(passed), None, False, False)
    if rules.shortlist is None:
        return Drawn(table, tuple(_candidate(row, True, EVERYBODY) for row in table.rows), None, False, False)
    return _by_score(table, rules.shortlist)


def _candidate(row: EntryRow, is_in: bool, why: str) -> Candidate:
    return Candidate(row, is_in, (why,))


def _by_score(table: EntryStandings, rule: Rule) -> Drawn:
    scores = _scores(table)
    has_scores = any(row.score is not None for row in table.rows)
    is_too_small = sum(score is not None for score in scores.values()) < (rule.minimum_field or 0)
    found = shortlist(
        scores,
        ShortlistRule() if is_too_small else _limits(rule, has_scores=has_scores),
        ties_at_cut=AtCut(rule.ties),
        shared_when_rounded_equal=False,
    )
    rows = {row.entry.pk: row for row in table.rows}
    candidates = tuple(
        Candidate(rows[one.entry], one.is_in, tuple(str(reason) for reason in one.why)) for one in found.lines
    )
    lead = found.lead if has_scores else None
    return Drawn(table, candidates, lead, found.is_second_round_due and has_scores, is_too_small)


def _scores(table: EntryStandings) -> Mapping[int, Fraction | None]:
    """Return what entries are listed by: scores; where a count gives places alone, the first the highest."""
    if any(row.score is not None for row in table.rows):
        return {row.entry.pk: row.score for row in table.rows}
    return {row.entry.pk: None if row.place is None else Fraction(-row.place) for row in table.rows}


def _limits(rule: Rule, *, has_scores: bool) -> ShortlistRule:
    """Return the rule as the scoring knows it; a lowest score and a margin ask for scores."""
    share = None if rule.percentile is None else Fraction(rule.percentile) / 100
    at_least = Fraction(rule.threshold) if rule.threshold is not None and has_scores else None
    margin = Fraction(rule.margin) if rule.margin is not None and has_scores else None
    return ShortlistRule(top=rule.top, best_share=share, at_least=at_least, margin=margin)
