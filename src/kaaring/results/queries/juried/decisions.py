"""What a jury has decided, and what its marks propose for each award."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from kaaring.jury.models import Stage
from kaaring.programmes.models import Award, Edition
from kaaring.results.models import EntryDecision
from kaaring.results.queries.juried.contests import juried
from kaaring.results.queries.juried.rows import EntryRow
from kaaring.results.queries.juried.standings import (
    EntryStandings,
    entry_standings,
    standings_of_category,
)
from kaaring.results.rules import juried as may


@dataclass(frozen=True, slots=True)
class EntryProposal:
    """One of a jury's awards: how entries stand for it, and what is decided.

    ``tables`` are those of its category, or of its division alone; none before a stage has a period.
    """

    award: Award
    tables: tuple[EntryStandings, ...]
    decisions: tuple[EntryDecision, ...]

    @property
    def name(self) -> str:
        """What is given, in words."""
        return str(self.award)

    @property
    def leaders(self) -> list[EntryRow]:
        """The entries on the first place."""
        return [row for table in self.tables for row in table.winners]

    @property
    def rows(self) -> list[EntryRow]:
        """All entries that compete for it."""
        return [row for table in self.tables for row in table.rows]

    @property
    def is_open(self) -> bool:
        """Whether nothing is decided yet."""
        return not self.decisions

    @property
    def places(self) -> list[dict[int, int | None]]:
        """The place of each entry in each of its contests, by the entry's primary key."""
        return [{row.entry.pk: row.place for row in table.rows} for table in self.tables]

    @property
    def is_contradicted(self) -> bool:
        """Whether what is decided departs from the marks without a reason."""
        levels = {one.entry_id: one.level for one in self.decisions if one.entry_id is not None}
        has_reason = any(one.reason for one in self.decisions)
        return bool(levels) and not has_reason and not may.follows_marks(self.places, levels)


def entry_decisions_in_force(edition: Edition) -> QuerySet[EntryDecision]:
    """Return the jury's decisions that are not revoked, in the order of the awards."""
    return (
        EntryDecision.objects.filter(award__edition=edition, revoked_at__isnull=True)
        .select_related("award", "entry__case__organisation", "entry__category", "decided_by")
        .order_by("award__position", "pk")
    )


def entry_decisions_made(edition: Edition) -> QuerySet[EntryDecision]:
    """Return every decision a jury ever made in an edition, revoked ones too, the newest first."""
    return (
        EntryDecision.objects.filter(award__edition=edition)
        .select_related("award", "entry__case__organisation", "decided_by", "revoked_by")
        .order_by("-decided_at", "-pk")
    )


def levels_of(edition: Edition) -> tuple[str, ...]:
    """Return the levels at which the edition's jury gives its awards, the highest first."""
    _definition, jury = juried(edition)
    return (EntryDecision.Level.WINNER.value, *jury.levels)


def tables_now(edition: Edition) -> list[EntryStandings]:
    """Return how entries stand in all contests; no tables before a stage has a period."""
    return entry_standings(edition) if Stage.objects.filter(edition=edition).exists() else []


def entry_proposal_for(award: Award) -> EntryProposal:
    """Return one of a jury's awards with how entries stand for it."""
    tables = standings_of_category(award.edition, award.category)
    decisions = entry_decisions_in_force(award.edition).filter(award=award)
    return EntryProposal(award, tuple(tables_for(award, tables)), tuple(decisions))


def entry_proposals(edition: Edition, tables: Sequence[EntryStandings]) -> list[EntryProposal]:
    """Return each of a jury's awards with how entries stand for it."""
    decided: defaultdict[int, list[EntryDecision]] = defaultdict(list)
    for decision in entry_decisions_in_force(edition):
        decided[decision.award_id].append(decision)
    return [
        EntryProposal(award, tuple(tables_for(award, tables)), tuple(decided[award.pk]))
        for award in Award.objects.filter(edition=edition, by=Award.By.JURY)
    ]


def tables_for(award: Award, tables: Sequence[EntryStandings]) -> list[EntryStandings]:
    """Return the tables of an award's category; of its division alone where it names one."""
    return [
        table
        for table in tables
        if table.contest.category.code == award.category
        and (not award.division or table.contest.key[1] == award.division)
    ]
