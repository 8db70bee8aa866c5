"""`kaaring reports`: all reports of an edition, one file a participant."""

from pathlib import Path
from typing import Any

from django.core.management import CommandParser
from django.utils.translation import ngettext

from kaaring.jobs.commands import Command as KaaringCommand
from kaaring.jobs.report_files import LANGUAGES, unmade, write_report
from kaaring.programmes.queries import edition_at
from kaaring.reports.pdf import is_report_of
from kaaring.reports.queries import reported_run


class Command(KaaringCommand):
    help = (
        "Write every participant's report into a folder, one PDF each. Reports of the same publication that "
        "are there are kept, so a run that was broken off goes on where it was."
    )

    def add_own_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("edition", help="programme/edition")
        parser.add_argument("-o", "--output", type=Path, required=True, metavar="FOLDER")
        parser.add_argument("--language", choices=LANGUAGES, default=LANGUAGES[0])

    def handle(self, *args: Any, edition: str, output: Path, language: str, **options: Any) -> None:
        run = reported_run(edition_at(edition))

        def is_there(participant: str) -> bool:
            file = output / f"{participant}.pdf"
            return file.exists() and is_report_of(run, language, file.read_bytes())

        made = 0
        for participant, make in unmade(run, language, is_there, self.progress):
            write_report(output / f"{participant.code}.pdf", make())
            made += 1
        sentence = ngettext(
            "%(count)d report was made; all are in %(folder)s.",
            "%(count)d reports were made; all are in %(folder)s.",
            made,
        )
        content = {"edition": edition, "language": language, "made": made, "folder": str(output)}
        self.answer(content, sentence % {"count": made, "folder": output}, as_json=options["as_json"])
