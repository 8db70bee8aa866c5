"""Participants' standings as plain data: rows of a CSV, lines of a JSON document."""

from fractions import Fraction
from typing import Any

from kaaring.kernel.figures import exact
from kaaring.results.queries import Row, Standings
from kaaring.survey.queries import classes_of

COLUMNS = ("place", "shared", "participant", "name", "class", "score", "low", "high", "enquiries")


def line_of(table: Standings, row: Row) -> dict[str, Any]:
    """Return a row by column: the score in full precision, the ends of its interval to four decimals."""
    return {
        "place": table.place_of(row),
        "shared": table.is_shared(row),
        "participant": row.participant.code,
        "name": row.participant.name,
        "class": row.participant.competition_class.code,
        "score": None if row.score is None else float(row.score),
        "low": None if row.low is None else round(row.low, 4),
        "high": None if row.high is None else round(row.high, 4),
        "enquiries": row.enquiries,
    }


def as_json(table: Standings) -> dict[str, Any]:
    """Return a table with the exact scores, and the means."""
    codes = dict(classes_of(table.edition).values_list("pk", "code"))
    return {
        "edition": str(table.edition),
        "measure": table.measure,
        "lines": [_json_line(table, row) for row in table.rows],
        "mean": _mean(table.mean),
        "class_means": {
            code: _mean(table.class_means[key]) for key, code in codes.items() if key in table.class_means
        },
    }


def _json_line(table: Standings, row: Row) -> dict[str, Any]:
    line = line_of(table, row) | {"exact": None if row.score is None else exact(row.score)}
    return line | {"why": row.why} if line["place"] is None else line


def _mean(score: Fraction | None) -> dict[str, Any] | None:
    return None if score is None else {"score": float(score), "exact": exact(score)}
