"""Who won what in a run: the decisions it shows, award by award, with the winners' results."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

from kaaring.kernel.text import Text, said
from kaaring.programmes.definition import Definition
from kaaring.programmes.models import Award
from kaaring.results.models import Decision, Run
from kaaring.results.queries.measures import name_of
from kaaring.results.queries.runs import decisions_of, standings_of
from kaaring.results.queries.tables import Row, Standings
from kaaring.survey.models import CompetitionClass, Participant


@dataclass(frozen=True, slots=True)
class Result:
    """A winner's score in one measure, and its place among so many."""

    name: str
    score: Fraction | None
    place: int | None
    among: int


@dataclass(frozen=True, slots=True)
class Winner:
    """A participant that was given an award, with what was said of it and the results the edition shows."""

    participant: Participant
    citation: Text
    quote: Text
    results: tuple[Result, ...]

    @property
    def best(self) -> Result | None:
        """The result with the best place, None where it has none."""
        placed = [result for result in self.results if result.place is not None]
        return min(placed, key=lambda result: result.place or 0, default=None)


@dataclass(frozen=True, slots=True)
class ClassWinners:
    """Who won a class: several where they share it."""

    competition_class: CompetitionClass
    participants: tuple[Participant, ...]
    score: Fraction | None

    @property
    def names(self) -> list[str]:
        """The winners' names."""
        return [participant.name for participant in self.participants]


@dataclass(frozen=True, slots=True)
class Given:
    """An award and to whom it was given: to winners over all, or in each class."""

    award: Award
    measure: str
    among: int
    winners: tuple[Winner, ...] = ()
    classes: tuple[ClassWinners, ...] = ()

    @property
    def is_by_class(self) -> bool:
        """Whether each class has a winner of its own."""
        return self.award.among == Award.Among.EACH_CLASS

    @property
    def is_appointed(self) -> bool:
        """Whether it was given by appointment, with a citation, instead of by measurement."""
        return self.award.by == Award.By.APPOINTMENT

    @property
    def winner_count(self) -> int:
        """How many winners there are in all classes together."""
        return sum(len(one.participants) for one in self.classes) + len(self.winners)


def given_in(run: Run, definition: Definition) -> list[Given]:
    """Return the awards of a run in their order, each with its winners."""
    decisions = list(decisions_of(run))
    results = definition.survey.results if definition.survey else ()
    deciding = [decision.award.measure for decision in decisions if decision.award.measure]
    tables = {measure: standings_of(run, measure) for measure in dict.fromkeys([*results, *deciding])}
    rows = {measure: {row.participant.pk: row for row in table.rows} for measure, table in tables.items()}
    by_award = groupby(decisions, key=lambda decision: decision.award)
    return [_given(award, list(own), definition, tables, rows) for award, own in by_award]


def _given(
    award: Award,
    decisions: list[Decision],
    definition: Definition,
    tables: Mapping[str, Standings],
    rows: Mapping[str, Mapping[int, Row]],
) -> Given:
    shown = dict.fromkeys([award.measure] if award.measure else [])
    shown |= dict.fromkeys(definition.survey.results if definition.survey else ())
    measure = said(name_of(definition, award.measure)) if award.measure else ""
    among = _placed(tables[award.measure]) if award.measure else 0
    if award.among == Award.Among.EACH_CLASS:
        classes = _class_winners(decisions, rows.get(award.measure, {}))
        return Given(award, measure, among, classes=tuple(classes))
    winners = tuple(
        Winner(
            participant=decision.participant,
            citation=decision.citation,
            quote=decision.quote,
            results=tuple(
                _result(definition, code, tables[code], rows[code].get(decision.participant_id))
                for code in shown
            ),
        )
        for decision in decisions
    )
    return Given(award, measure, among, winners=winners)


def _class_winners(decisions: Iterable[Decision], rows: Mapping[int, Row]) -> Iterable[ClassWinners]:
    for competition_class, own in groupby(decisions, key=lambda decision: decision.competition_class):
        if competition_class is not None:
            participants = tuple(decision.participant for decision in own)
            row = rows.get(participants[0].pk)
            yield ClassWinners(competition_class, participants, row.score if row else None)


def _result(definition: Definition, measure: str, table: Standings, row: Row | None) -> Result:
    name = said(name_of(definition, measure))
    return Result(name, row.score if row else None, row.place if row else None, _placed(table))


def _placed(table: Standings) -> int:
    return sum(row.place is not None for row in table.rows)


def won_by(run: Run, participant: Participant) -> list[Decision]:
    """Return the decisions of a run in favour of one participant."""
    return [decision for decision in decisions_of(run) if decision.participant_id == participant.pk]
