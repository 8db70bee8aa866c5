"""`kaaring export`: everything the organiser owns of an edition, in the import formats."""

from pathlib import Path
from typing import Any

from django.core.management import CommandParser
from django.utils.translation import gettext as _

from kaaring.jobs.commands import Command as KaaringCommand
from kaaring.jobs.exports import export_of
from kaaring.jobs.files import write_text
from kaaring.programmes.queries import edition_at


class Command(KaaringCommand):
    help = "Write everything the organiser owns of an edition into a folder, in the import formats."

    def add_own_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("edition", help="programme/edition")
        parser.add_argument("-o", "--output", type=Path, required=True, metavar="FOLDER")

    def handle(self, *args: Any, edition: str, output: Path, as_json: bool, **options: Any) -> None:
        names = []
        for name, text in export_of(edition_at(edition)):
            write_text(output / name, text)
            names.append(name)
        values = {"edition": edition, "folder": output, "files": ", ".join(names)}
        sentence = _("%(edition)s is in %(folder)s: %(files)s.") % values
        self.answer({"edition": edition, "folder": str(output), "files": names}, sentence, as_json=as_json)
