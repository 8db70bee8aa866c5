"""Standings as the public reads them: those that cannot be told apart are held together."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kaaring.kernel.text import said
from kaaring.programmes.definition import Definition
from kaaring.results.models import Run
from kaaring.results.queries.measures import name_of
from kaaring.results.queries.runs import standings_of
from kaaring.results.queries.tables import Band, Row, Standings
from kaaring.survey.models import Participant
from kaaring.web.drawings import Mark


@dataclass(frozen=True, slots=True)
class Cell:
    """A further result beside the one that decides."""

    name: str
    score: Fraction | None


@dataclass(frozen=True, slots=True)
class Line:
    """A participant in the table: its place there, its score as a drawing, and its other results."""

    participant: Participant
    row: Row
    place: int | None
    is_shared: bool
    mark: Mark | None
    others: tuple[Cell, ...]
    is_winner: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Lines that stand alone, or that are held together since the measurement cannot tell them apart."""

    note: str
    lines: list[Line]


@dataclass(frozen=True, slots=True)
class Table:
    """A whole table: what decides, what else is shown, and its groups."""

    name: str
    others: tuple[str, ...]
    groups: list[Group]
    mean: Fraction | None
    class_mean: Fraction | None

    @property
    def span(self) -> int:
        """How many columns the table has."""
        return 4 + len(self.others)

    @property
    def after_score(self) -> int:
        """How many columns stand after the score."""
        return 1 + len(self.others)


def table_of(
    run: Run, definition: Definition, *, winners: Collection[int], class_code: str | None = None
) -> Table:
    """Return the standings of a run over all or in a class, with every result the edition shows."""
    measures = definition.survey.results if definition.survey else ("total",)
    first, *rest = (standings_of(run, measure, class_code=class_code) for measure in measures)
    names = [said(name_of(definition, measure)) for measure in measures]
    others = {
        name: {row.participant.pk: row.score for row in table.rows}
        for name, table in zip(names[1:], rest, strict=True)
    }
    class_mean = _class_mean(first) if class_code is not None else None
    lines = [_line(first, row, others, class_mean, winners) for row in first.rows]
    return Table(names[0], tuple(names[1:]), _groups(lines, first.bands), first.mean, class_mean)


def _class_mean(standings: Standings) -> Fraction | None:
    classes = {row.participant.competition_class_id for row in standings.rows}
    return standings.class_means.get(classes.pop()) if len(classes) == 1 else None


def _line(
    standings: Standings,
    row: Row,
    others: Mapping[str, Mapping[int, Fraction | None]],
    class_mean: Fraction | None,
    winners: Collection[int],
) -> Line:
    is_winner = row.participant.pk in winners
    mark = None
    if row.score is not None:
        name = row.participant.name
        mark = Mark(name, row.score, row.low, row.high, class_mean, standings.mean, is_winner=is_winner)
    return Line(
        participant=row.participant,
        row=row,
        place=standings.place_of(row),
        is_shared=standings.is_shared(row),
        mark=mark,
        others=tuple(Cell(name, scores.get(row.participant.pk)) for name, scores in others.items()),
        is_winner=is_winner,
    )


def _groups(lines: Sequence[Line], bands: Sequence[Band]) -> list[Group]:
    """Gather neighbouring lines of one band under a note; every other line stands alone."""
    groups: list[tuple[Band | None, list[Line]]] = []
    for line in lines:
        band = next((one for one in bands if line.participant.pk in one.participants), None)
        if band is None or not groups or groups[-1][0] != band:
            groups.append((band, []))
        groups[-1][1].append(line)
    return [
        Group(note_on(band, [line.row.enquiries for line in held]) if band and len(held) > 1 else "", held)
        for band, held in groups
    ]


def note_on(band: Band, enquiries: Sequence[int]) -> str:
    """Say which places cannot be told apart, and with how many enquiries where all have the same number."""
    places = {"first": band.first, "last": band.last}
    if band.first == band.last:
        return _("Place %(first)d is shared: the scores cannot be told apart") % places
    if len(set(enquiries)) == 1:
        return ngettext(
            "Places %(first)d to %(last)d cannot be told apart with %(count)d enquiry each",
            "Places %(first)d to %(last)d cannot be told apart with %(count)d enquiries each",
            enquiries[0],
        ) % {**places, "count": enquiries[0]}
    return _("Places %(first)d to %(last)d cannot be told apart") % places
