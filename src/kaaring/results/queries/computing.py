"""The computation that publishing freezes: every measure, for everybody, from one reading of the points."""

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kaaring.fieldwork.queries import counted
from kaaring.kernel.figures import exact
from kaaring.programmes.models import Edition
from kaaring.results.digests import digest_of_input
from kaaring.results.models import Line, Mean
from kaaring.results.queries.contests import Contest, contest_of
from kaaring.results.queries.inputs import inputs_of
from kaaring.results.queries.juried.computing import JuriedPart, juried_part
from kaaring.results.queries.live import table
from kaaring.results.queries.measures import MeasureKind, measures_of
from kaaring.results.queries.observed import Observed, observed
from kaaring.results.queries.proposals import Proposal, proposals_in
from kaaring.results.queries.tables import Band, Row, Standings, in_order
from kaaring.results.queries.uncertainty import INTERVALS, bands_of
from kaaring.results.queries.workings import Workings, workings_of
from kaaring.survey.models import Questionnaire

METHOD, VERSION = "kaaring.measured", "1"


@dataclass(frozen=True, slots=True)
class Computed:
    """Everything a run holds, before it is stored: lines and means without their run."""

    contest: Contest
    method: dict[str, Any]
    input_digest: str
    evaluation_count: int
    lines: list[Line]
    means: list[Mean]
    proposals: list[Proposal]
    juried: JuriedPart | None


def computed(edition: Edition) -> Computed:
    """Return the results of an edition as they stand now, ready to be frozen."""
    contest = contest_of(edition)
    measures = measures_of(contest.definition)
    codes = [measure.code for measure in measures]
    found = observed(counted(edition), contest.definition, codes)
    areas = [measure.code for measure in measures if measure.kind is MeasureKind.AREA]
    workings = workings_of(edition, areas)
    lines: list[Line] = []
    means: list[Mean] = []
    for code in codes:
        standings = table(contest, found, code)
        in_band = _numbered(bands_of(standings.rows, found[code].errors, in_class=False))
        in_class_band = _bands_in_classes(standings, found[code])
        lines += _lines(standings, in_band, in_class_band, workings)
        means += _means(contest, standings)
    inputs = inputs_of(edition)
    juried = juried_part(edition, contest.definition)
    return Computed(
        contest,
        _method(contest, juried),
        _input_digest(digest_of_input(inputs), contest, juried),
        len(inputs),
        lines,
        means,
        proposals_in(contest, found),
        juried,
    )


def _method(contest: Contest, juried: JuriedPart | None) -> dict[str, Any]:
    """Return how the results come about: by measurement, by a jury, or by both."""
    if juried is None:
        return method_of(contest)
    if contest.definition.survey is None:
        return juried.method
    return {"name": "kaaring.measured+juried", "measured": method_of(contest), "juried": juried.method}


def _input_digest(measured: str, contest: Contest, juried: JuriedPart | None) -> str:
    if juried is None:
        return measured
    if contest.definition.survey is None:
        return juried.input_digest
    return hashlib.sha256(f"{measured}{juried.input_digest}".encode()).hexdigest()


def method_of(contest: Contest) -> dict[str, Any]:
    """Return the computation's name, version and every parameter it takes from the rules."""
    scoring = contest.scoring
    units = Questionnaire.objects.filter(rules__edition=contest.edition).values_list("rules__number", "unit")
    return {
        "name": METHOD,
        "version": VERSION,
        "parameters": {
            **scoring.model_dump(mode="json"),
            "minimum_participants": {one.code: one.minimum_participants for one in contest.classes.values()},
            "units": {str(number): unit for number, unit in units},
            "intervals": INTERVALS,
        },
    }


def _bands_in_classes(standings: Standings, found: Observed) -> dict[int, int]:
    members: defaultdict[str, list[Row]] = defaultdict(list)
    for row in standings.rows:
        members[row.participant.competition_class.code].append(row)
    numbered: dict[int, int] = {}
    for code, rows in members.items():
        numbered |= _numbered(bands_of(in_order(rows, code), found.errors, in_class=True))
    return numbered


def _numbered(bands: tuple[Band, ...]) -> dict[int, int]:
    return {participant: number for number, band in enumerate(bands, 1) for participant in band.participants}


def _lines(
    standings: Standings, in_band: Mapping[int, int], in_class_band: Mapping[int, int], workings: Workings
) -> Iterator[Line]:
    for row in standings.rows:
        key = row.participant.pk
        yield _line(standings.measure, row, in_band.get(key), in_class_band.get(key), workings)


def _line(measure: str, row: Row, band: int | None, class_band: int | None, workings: Workings) -> Line:
    return Line(
        measure=measure,
        participant=row.participant,
        score="" if row.score is None else exact(row.score),
        low=row.low,
        high=row.high,
        enquiries=row.enquiries,
        place=row.place,
        is_shared=row.is_shared,
        class_place=row.class_place,
        class_is_shared=row.class_is_shared,
        band=band,
        class_band=class_band,
        why=row.why,
        working=workings.get((measure, row.participant.pk)),
    )


def _means(contest: Contest, standings: Standings) -> Iterator[Mean]:
    scored = [row.participant.competition_class_id for row in standings.rows if row.score is not None]
    if standings.mean is not None:
        yield Mean(measure=standings.measure, score=exact(standings.mean), participants=len(scored))
    for class_id, score in standings.class_means.items():
        yield Mean(
            measure=standings.measure,
            competition_class=contest.classes[class_id],
            score=exact(score),
            participants=scored.count(class_id),
        )
