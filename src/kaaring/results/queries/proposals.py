"""Who leads for each award, who cannot be told apart from them, and what is decided already."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.db.models import QuerySet

from kaaring.fieldwork.queries import counted
from kaaring.programmes.models import Award, Edition
from kaaring.results.models import Decision
from kaaring.results.queries.contests import Contest, contest_of
from kaaring.results.queries.live import narrowed, table
from kaaring.results.queries.observed import Observed, observed
from kaaring.results.queries.tables import Row, Standings
from kaaring.results.rules import deciding as may
from kaaring.survey.models import CompetitionClass


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the measurement says about one award, in one class where it is given in each.

    ``leaders`` share the first place; ``close`` are the others that cannot be told apart from them.
    ``decisions`` are those in force. ``measure`` is empty for an appointed award, which has no leaders.
    """

    award: Award
    competition_class: CompetitionClass | None
    measure: str
    leaders: tuple[Row, ...]
    close: tuple[Row, ...]
    decisions: tuple[Decision, ...]

    @property
    def name(self) -> str:
        """What is given, in words: the award, and the class where there is one in each."""
        return may.named(self.award, self.competition_class)

    @property
    def case(self) -> tuple[int, int | None]:
        """The award and the class it is about, by primary keys."""
        return self.award.pk, self.competition_class.pk if self.competition_class else None

    @property
    def is_open(self) -> bool:
        """Whether somebody leads and nothing is decided yet."""
        return bool(self.leaders) and not self.decisions

    @property
    def is_contradicted(self) -> bool:
        """Whether what is decided departs from the measurement without a reason."""
        is_measured = self.award.by == Award.By.MEASURE
        return is_measured and bool(self.decisions) and not may.agree(self.leader_keys, self.decisions)

    @property
    def leader_keys(self) -> frozenset[int]:
        """The primary keys of those who lead."""
        return frozenset(row.participant.pk for row in self.leaders)


def decisions_in_force(edition: Edition) -> QuerySet[Decision]:
    """Return the decisions of an edition that are not revoked, in the order of awards and classes."""
    return (
        Decision.objects.filter(award__edition=edition, revoked_at__isnull=True)
        .select_related("award", "competition_class", "participant__competition_class", "decided_by")
        .order_by("award__position", "competition_class__position", "participant__name", "pk")
    )


def decisions_made(edition: Edition) -> QuerySet[Decision]:
    """Return every decision ever made in an edition, revoked ones too, the newest first."""
    return (
        Decision.objects.filter(award__edition=edition)
        .select_related("award", "competition_class", "participant", "decided_by", "revoked_by")
        .order_by("-decided_at", "-pk")
    )


def proposals_of(edition: Edition) -> list[Proposal]:
    """Return a proposal for each award of an edition, for each class where it is given in each."""
    return proposals_in(contest_of(edition), None)


def proposal_for(award: Award, competition_class: CompetitionClass | None) -> Proposal:
    """Return the proposal for one award, in one class where it is given in each."""
    contest = contest_of(award.edition)
    wanted = Proposal(award, competition_class, award.measure, (), (), ())
    proposals = _proposals(contest, [award], _observed(contest, [award]))
    return next((one for one in proposals if one.case == wanted.case), wanted)


def proposals_in(contest: Contest, found: dict[str, Observed] | None) -> list[Proposal]:
    """The same where the contest has been read, and perhaps the measures observed, already."""
    awards = list(Award.objects.filter(edition=contest.edition).exclude(by=Award.By.JURY))
    decided: defaultdict[tuple[int, int | None], list[Decision]] = defaultdict(list)
    for decision in decisions_in_force(contest.edition):
        decided[decision.award_id, decision.competition_class_id].append(decision)
    proposals = _proposals(contest, awards, found or _observed(contest, awards))
    return [replace(one, decisions=tuple(decided[one.case])) for one in proposals]


def _observed(contest: Contest, awards: list[Award]) -> dict[str, Observed]:
    measures = {award.measure for award in awards if award.measure}
    return observed(counted(contest.edition), contest.definition, {*measures, *contest.scoring.ties})


def _proposals(contest: Contest, awards: list[Award], found: dict[str, Observed]) -> Iterator[Proposal]:
    """Yield a proposal for each award, for each class where it is given in each; without decisions."""
    tables = {award.measure: table(contest, found, award.measure) for award in awards if award.measure}
    for award in awards:
        everyone = tables.get(award.measure)
        classes = contest.classes.values() if award.among == Award.Among.EACH_CLASS else (None,)
        for one in classes:
            code = one.code if one else None
            leaders, close = _led(narrowed(everyone, found[award.measure], code) if everyone else None)
            yield Proposal(award, one, award.measure, leaders, close, ())


def _led(standings: Standings | None) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
    if standings is None:
        return (), ()
    leaders = tuple(row for row in standings.rows if standings.place_of(row) == 1)
    with_first = next((band.participants for band in standings.bands if band.first == 1), frozenset[int]())
    close = tuple(row for row in standings.rows if row.participant.pk in with_first and row not in leaders)
    return leaders, close
