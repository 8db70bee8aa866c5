"""`kaaring import`: take a spreadsheet into an edition, all of it or nothing."""
# ruff: noqa: N999 - the command is called import

import json
import sys
from pathlib import Path
from typing import Any, NoReturn

from django.core.management import CommandParser
from django.utils import timezone

from kaaring.jobs.commands import BY_COMMAND, INPUT_AT_FAULT
from kaaring.jobs.commands import Command as KaaringCommand
from kaaring.jobs.files import content_of
from kaaring.jobs.import_kinds import KINDS
from kaaring.jobs.imports import run_import
from kaaring.kernel.refused import Refused
from kaaring.kernel.tables import Faulty
from kaaring.programmes.queries import edition_at


class Command(KaaringCommand):
    help = "Take a spreadsheet into an edition, all of it or nothing; again changes nothing."

    def add_own_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("kind", choices=KINDS)
        parser.add_argument("edition", help="programme/edition")
        parser.add_argument("file", type=Path, help="CSV in UTF-8, or XLSX")
        parser.add_argument("--stage", default="", help="of marks and votes: the stage they were given in")
        parser.add_argument("--dry-run", action="store_true", help="say what would be done, and do nothing")

    def handle(
        self,
        *args: Any,
        kind: str,
        edition: str,
        file: Path,
        stage: str,
        dry_run: bool,
        as_json: bool,
        **options: Any,
    ) -> None:
        found = edition_at(edition)
        outcome = run_import(
            kind,
            found,
            content_of(file),
            file.name,
            dry_run=dry_run,
            by=BY_COMMAND,
            at=timezone.now(),
            progress=self.progress,
            stage=stage,
        )
        self.answer(outcome.as_json(), str(outcome), as_json=as_json)

    def refuse(self, refusal: Refused, *, as_json: bool) -> NoReturn:
        """Give programs every fault with its row and column."""
        if not as_json or not isinstance(refusal, Faulty):
            super().refuse(refusal, as_json=as_json)
        else:
            faults = [fault.as_json() for fault in refusal.faults]
            content = {"code": refusal.code, "reason": str(refusal.reason), "faults": faults}
            self.stdout.write(json.dumps({"refused": content}, ensure_ascii=False))
            sys.exit(INPUT_AT_FAULT)
