"""`kaaring standings`: provisional standings as a table for people, as CSV, or as JSON for programs."""

import csv
from datetime import date
from fractions import Fraction
from typing import Any

from django.core.management import CommandParser
from django.utils.translation import gettext as _

from kaaring.jobs.commands import Command as KaaringCommand
from kaaring.kernel.figures import exact, figure
from kaaring.programmes.queries import edition_at
from kaaring.results.queries import Row, Standings, standings
from kaaring.survey.queries import classes_of

COLUMNS = ("place", "shared", "participant", "name", "class", "score", "low", "high", "enquiries")


class Command(KaaringCommand):
    help = "Print provisional standings, computed from the evaluations that count now."

    def add_own_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("edition", help="programme/edition")
        parser.add_argument("--measure", default="total", help="total, answered, area:CODE, channel:CODE, …")
        parser.add_argument(
            "--class", dest="class_code", metavar="CODE", help="only this class, by its places"
        )
        parser.add_argument(
            "--at", type=date.fromisoformat, metavar="DATE", help="count up to and including this day"
        )
        parser.add_argument("--csv", action="store_true", dest="as_csv", help="CSV, also on a terminal")

    def handle(self, *args: Any, edition: str, measure: str, **options: Any) -> None:
        found = edition_at(edition)
        table = standings(found, measure, until=options["at"], class_code=options["class_code"])
        if options["as_json"]:
            self.answer(_as_json(table), "", as_json=True)
        elif options["as_csv"] or not self.stdout.isatty():
            self._write_csv(table)
        else:
            self._write_table(table)

    def _write_csv(self, table: Standings) -> None:
        writer = csv.writer(self.stdout, lineterminator="\n")
        writer.writerow(COLUMNS)
        for row in table.rows:
            line = _line(table, row)
            line["shared"] = str(line["shared"]).lower()
            writer.writerow(["" if line[column] is None else line[column] for column in COLUMNS])

    def _write_table(self, table: Standings) -> None:
        """Write one line a participant, figures with one decimal."""
        for row in table.rows:
            place = table.place_of(row)
            shown = "–" if place is None else f"{place}{'=' if table.is_shared(row) else ''}"
            why = f"  {row.why_text}" if place is None else ""
            self.stdout.write(f"{shown:>5}  {row.participant.name:40} {figure(row.score):>6}{why}")
        self.stdout.write(_("Mean: %(mean)s") % {"mean": figure(table.mean)})


def _line(table: Standings, row: Row) -> dict[str, Any]:
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


def _json_line(table: Standings, row: Row) -> dict[str, Any]:
    line = _line(table, row) | {"exact": None if row.score is None else exact(row.score)}
    return line | {"why": row.why} if line["place"] is None else line


def _as_json(table: Standings) -> dict[str, Any]:
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


def _mean(score: Fraction | None) -> dict[str, Any] | None:
    return None if score is None else {"score": float(score), "exact": exact(score)}
