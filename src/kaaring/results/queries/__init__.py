"""Every read of results: live standings and means, published runs, proposals for awards, the rounding."""

from kaaring.results.queries.contests import Contest, contest_of
from kaaring.results.queries.live import means, means_in, standings, standings_in
from kaaring.results.queries.measures import MeasureKind, MeasureName, measure_named, measures_of, name_of
from kaaring.results.queries.proposals import Proposal, decisions_in_force, decisions_made, proposals_of
from kaaring.results.queries.roundings import leaders_at, rounding_of
from kaaring.results.queries.runs import (
    current_run,
    decisions_of,
    means_of,
    results_of,
    runs_of,
    standings_of,
)
from kaaring.results.queries.tables import Band, Means, Row, Standings

__all__ = [
    "Band",
    "Contest",
    "Means",
    "MeasureKind",
    "MeasureName",
    "Proposal",
    "Row",
    "Standings",
    "contest_of",
    "current_run",
    "decisions_in_force",
    "decisions_made",
    "decisions_of",
    "leaders_at",
    "means",
    "means_in",
    "means_of",
    "measure_named",
    "measures_of",
    "name_of",
    "proposals_of",
    "results_of",
    "rounding_of",
    "runs_of",
    "standings",
    "standings_in",
    "standings_of",
]
