"""`kaaring report`: one participant's report as a PDF."""

from pathlib import Path
from typing import Any

from django.core.management import CommandParser
from django.utils.translation import gettext as _

from kaaring.jobs.commands import Command as KaaringCommand
from kaaring.jobs.report_files import LANGUAGES, write_report
from kaaring.programmes.queries import edition_at
from kaaring.reports.pdf import participant_pdf
from kaaring.reports.queries import participant_in, reported_run


class Command(KaaringCommand):
    help = "Write one participant's report, made of the published results, as a PDF."

    def add_own_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("edition", help="programme/edition")
        parser.add_argument("participant", help="the participant's code")
        parser.add_argument("-o", "--output", type=Path, required=True, metavar="FILE")
        parser.add_argument("--language", choices=LANGUAGES, default=LANGUAGES[0])

    def handle(
        self, *args: Any, edition: str, participant: str, output: Path, language: str, **options: Any
    ) -> None:
        run = reported_run(edition_at(edition))
        found = participant_in(run, participant)
        write_report(output, participant_pdf(run, found, language))
        values = {"participant": found.name, "file": output}
        content = {"edition": edition, "participant": found.code, "language": language, "file": str(output)}
        sentence = _("The report of %(participant)s is in %(file)s.") % values
        self.answer(content, sentence, as_json=options["as_json"])
