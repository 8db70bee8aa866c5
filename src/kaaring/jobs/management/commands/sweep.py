"""`kaaring sweep`: delete files of cases that killed processes left behind."""

from typing import Any

from django.core.management import CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kaaring.entries.actions import sweep_files
from kaaring.entries.files import left_behind
from kaaring.jobs.commands import Command as KaaringCommand


class Command(KaaringCommand):
    help = (
        "Delete attachments without a row that are older than a day; only with the database they belong to."
    )

    def add_own_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would be deleted, and do nothing"
        )

    def handle(self, *args: Any, dry_run: bool, as_json: bool, **options: Any) -> None:
        at = timezone.now()
        names = left_behind(at=at) if dry_run else sweep_files(at=at)
        counted = (
            ngettext("%(count)d file is left behind.", "%(count)d files are left behind.", len(names))
            if dry_run
            else ngettext(
                "%(count)d file that was left behind is deleted.",
                "%(count)d files that were left behind are deleted.",
                len(names),
            )
        )
        sentences = [counted % {"count": len(names)}]
        if dry_run:
            sentences.append(_("Nothing was deleted: this was a trial."))
        self.answer({"files": names, "is_dry_run": dry_run}, " ".join(sentences), as_json=as_json)
