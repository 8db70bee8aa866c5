"""`kaaring withdraw`: take the run that counts back, with a reason that stays visible."""

from typing import Any

from django.core.management import CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from kaaring.jobs.commands import BY_COMMAND
from kaaring.jobs.commands import Command as KaaringCommand
from kaaring.kernel.refused import Refused
from kaaring.programmes.queries import edition_at
from kaaring.results.actions import withdraw_run
from kaaring.results.queries import current_run


class Command(KaaringCommand):
    help = "Withdraw the run of an edition that counts; the one before it counts again."

    def add_own_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("edition", help="programme/edition")
        parser.add_argument("--reason", required=True, help="why; it stays visible to everybody")

    def handle(self, *args: Any, edition: str, reason: str, as_json: bool, **options: Any) -> None:
        run = current_run(edition_at(edition))
        if run is None:
            raise Refused(
                "nothing_published", _("%(edition)s has no published run to withdraw.") % {"edition": edition}
            )
        withdrawn = withdraw_run(run, reason=reason, by=BY_COMMAND, at=timezone.now())
        self.answer(
            {"edition": edition, "run": withdrawn.number, "reason": withdrawn.withdrawn_reason},
            _("%(edition)s: run %(number)d is withdrawn.") % {"edition": edition, "number": withdrawn.number},
            as_json=as_json,
        )
