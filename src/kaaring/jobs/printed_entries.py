"""Entries' standings as plain data: rows of a CSV, lines of a JSON document."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from kaaring.kernel.figures import exact
from kaaring.kernel.text import said
from kaaring.programmes.models import Edition
from kaaring.results.queries.juried import EntryRow, EntryStandings

COLUMNS = ("place", "shared", "entry", "title", "category", "score", "low", "high", "scorecards")


def line_of(table: EntryStandings, row: EntryRow) -> dict[str, Any]:
    """Return a row by column: the score in full precision, the ends of its interval to four decimals.

    A category with divisions stands with the division behind it: ``centre/small``.
    """
    return {
        "place": row.place,
        "shared": row.is_shared,
        "entry": row.entry.code,
        "title": row.entry.title,
        "category": "/".join(part for part in table.contest.key if part),
        "score": None if row.score is None else float(row.score),
        "low": None if row.low is None else round(row.low, 4),
        "high": None if row.high is None else round(row.high, 4),
        "scorecards": row.scorecards,
    }


def as_json(edition: Edition, category: str, tables: Sequence[EntryStandings]) -> dict[str, Any]:
    """Return the tables of a category with the exact scores; no stage where several are blended."""
    first = tables[0] if tables else None
    return {
        "edition": str(edition),
        "category": category,
        "stage": first.stage.code if first and first.stage else None,
        "mode": first.mode if first else None,
        "lines": [_json_line(table, row) for table in tables for row in table.rows],
    }


def _json_line(table: EntryStandings, row: EntryRow) -> dict[str, Any]:
    line = line_of(table, row) | {
        "division": table.contest.key[1],
        "organisation": row.entry.organisation,
        "exact": None if row.score is None else exact(row.score),
        "value": None if row.value is None else exact(row.value),
    }
    if row.parted_by:
        line |= {"parted_by": row.parted_by, "lots": [list(drawn) for drawn in row.lots]}
    return line | {"why": row.why} if row.place is None else line


def heading_of(table: EntryStandings) -> str:
    """Return what a table shows, in words."""
    if table.stage is None:
        return _("%(category)s, all stages together") % {"category": said(table.contest.name)}
    return _("%(category)s, stage %(stage)s") % {
        "category": said(table.contest.name),
        "stage": table.stage.code,
    }
