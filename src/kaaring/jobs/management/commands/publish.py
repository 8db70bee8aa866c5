"""`kaaring publish`: freeze the results as a run, and show it."""

from typing import Any

from django.core.management import CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from kaaring.jobs.commands import BY_COMMAND
from kaaring.jobs.commands import Command as KaaringCommand
from kaaring.programmes.queries import edition_at
from kaaring.results.actions import publish_run


class Command(KaaringCommand):
    help = "Freeze the results of an edition as a run, and show it."

    def add_own_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("edition", help="programme/edition")

    def handle(self, *args: Any, edition: str, as_json: bool, **options: Any) -> None:
        run = publish_run(edition_at(edition), by=BY_COMMAND, at=timezone.now())
        content = {
            "edition": edition,
            "run": run.number,
            "evaluations": run.evaluation_count,
            **({"scorecards": run.scorecard_count} if "juried" in run.method["name"] else {}),
            "input": run.input_digest,
            "digest": run.digest,
        }
        sentence = _("%(edition)s: run %(number)d is published. Its fingerprint is %(digest)s.")
        self.answer(
            content,
            sentence % {"edition": edition, "number": run.number, "digest": run.digest},
            as_json=as_json,
        )
