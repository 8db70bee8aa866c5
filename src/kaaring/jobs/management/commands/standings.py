"""`kaaring standings`: provisional standings as a table for people, as CSV, or as JSON for programs."""

import csv
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.core.management import CommandParser
from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from kaaring.jobs import printed_entries, printed_standings
from kaaring.jobs.commands import Command as KaaringCommand
from kaaring.kernel.figures import figure
from kaaring.programmes.models import Edition
from kaaring.programmes.queries import edition_at
from kaaring.results.queries import standings
from kaaring.results.queries.juried import standings_of_category

MEASURED, JURIED = ("class_code", "at"), ("stage",)


class Command(KaaringCommand):
    help = "Print provisional standings, computed from the evaluations or scorecards that count now."

    def add_own_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("edition", help="programme/edition")
        parser.add_argument("--measure", help="total (the default), answered, area:CODE, channel:CODE, …")
        parser.add_argument(
            "--class", dest="class_code", metavar="CODE", help="only this class, by its places"
        )
        parser.add_argument(
            "--at", type=date.fromisoformat, metavar="DATE", help="count up to and including this day"
        )
        parser.add_argument("--category", metavar="CODE", help="a jury's entries in this category")
        parser.add_argument(
            "--stage", metavar="CODE", help="in this stage, else in the one that decides as things stand"
        )
        parser.add_argument("--csv", action="store_true", dest="as_csv", help="CSV, also on a terminal")

    def handle(self, *args: Any, edition: str, category: str | None, **options: Any) -> None:
        given = [name for name in ("measure", *MEASURED) if options[name] is not None]
        if category is not None and given:
            raise CommandError(_("A category has no measures, classes or days: name a stage at most."))
        if category is None and options["stage"] is not None:
            raise CommandError(_("Name the category whose entries stand in the stage: --category CODE."))
        found = edition_at(edition)
        if category is not None:
            self._print_entries(found, category, options)
        else:
            self._print_participants(found, options)

    def _print_participants(self, edition: Edition, options: Mapping[str, Any]) -> None:
        measure = options["measure"] or "total"
        table = standings(edition, measure, until=options["at"], class_code=options["class_code"])
        if options["as_json"]:
            self.answer(printed_standings.as_json(table), "", as_json=True)
        elif self._as_csv(options):
            lines = [printed_standings.line_of(table, row) for row in table.rows]
            self._write_csv(printed_standings.COLUMNS, lines)
        else:
            for row in table.rows:
                why = row.why_text if table.place_of(row) is None else ""
                self._write_line(
                    table.place_of(row), table.is_shared(row), row.participant.name, figure(row.score), why
                )
            self.stdout.write(_("Mean: %(mean)s") % {"mean": figure(table.mean)})

    def _print_entries(self, edition: Edition, category: str, options: Mapping[str, Any]) -> None:
        tables = standings_of_category(edition, category, options["stage"])
        if options["as_json"]:
            self.answer(printed_entries.as_json(edition, category, tables), "", as_json=True)
        elif self._as_csv(options):
            lines = [printed_entries.line_of(table, row) for table in tables for row in table.rows]
            self._write_csv(printed_entries.COLUMNS, lines)
        else:
            for table in tables:
                self.stdout.write(printed_entries.heading_of(table))
                for row in table.rows:
                    name = f"{row.entry.code} {row.entry.title}"
                    self._write_line(row.place, row.is_shared, name, figure(row.score), row.why_text)

    def _as_csv(self, options: Mapping[str, Any]) -> bool:
        return bool(options["as_csv"]) or not self.stdout.isatty()

    def _write_csv(self, columns: Sequence[str], lines: Sequence[Mapping[str, Any]]) -> None:
        writer = csv.writer(self.stdout, lineterminator="\n")
        writer.writerow(columns)
        for line in lines:
            cells = {**line, "shared": str(line["shared"]).lower()}
            writer.writerow(["" if cells[column] is None else cells[column] for column in columns])

    def _write_line(self, place: int | None, is_shared: bool, name: str, score: str, why: str) -> None:
        """Write one line of a table for people, figures with one decimal."""
        shown = "–" if place is None else f"{place}{'=' if is_shared else ''}"
        self.stdout.write(f"{shown:>5}  {name:40} {score:>6}{f'  {why}' if why else ''}")
