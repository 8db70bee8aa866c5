"""Who goes on from a stage by its rules, and why the others do not."""

from dataclasses import dataclass
from fractions import Fraction

from kaaring.jury.models import Stage
from kaaring.programmes.definition.schema.jury import Shortlist as Rule
from kaaring.programmes.definition.schema.jury import Stage as StageRules
from kaaring.results.queries.juried.contests import juried, stage_called
from kaaring.results.queries.juried.rows import EntryRow
from kaaring.results.queries.juried.standings import EntryStandings, entry_standings, is_stray
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
    that. Where the contest has fewer entries than the rules ask for, ``is_too_small``: all go on, and no
    second round is due.
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
        return _everybody(table, is_too_small=False)
    if len(table.rows) < (rules.shortlist.minimum_field or 0) and not is_stray(table.contest):
        return _everybody(table, is_too_small=True)
    return _by_place(table, rules.shortlist)


def _everybody(table: EntryStandings, *, is_too_small: bool) -> Drawn:
    return Drawn(
        table, tuple(_candidate(row, True, EVERYBODY) for row in table.rows), None, False, is_too_small
    )


def _candidate(row: EntryRow, is_in: bool, why: str) -> Candidate:
    return Candidate(row, is_in, (why,))


def _by_place(table: EntryStandings, rule: Rule) -> Drawn:
    rows = {row.entry.pk: row for row in table.rows}
    found = shortlist(
        {key: row.score for key, row in rows.items()},
        {key: row.place for key, row in rows.items() if row.place is not None},
        _limits(rule),
        ties_at_cut=AtCut(rule.ties),
    )
    candidates = tuple(
        Candidate(rows[one.entry], one.is_in, tuple(str(reason) for reason in one.why)) for one in found.lines
    )
    return Drawn(table, candidates, found.lead, found.is_second_round_due, False)


def _limits(rule: Rule) -> ShortlistRule:
    """Return the rule as the scoring knows it."""
    share = None if rule.percentile is None else Fraction(rule.percentile) / 100
    at_least = None if rule.threshold is None else Fraction(rule.threshold)
    margin = None if rule.margin is None else Fraction(rule.margin)
    return ShortlistRule(top=rule.top, best_share=share, at_least=at_least, margin=margin)
