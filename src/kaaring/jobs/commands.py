"""What every command has in common: JSON for machines, sentences for people, honest exit codes."""

import json
import sys
from typing import Any, NoReturn

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import connection
from django.db.utils import OperationalError, ProgrammingError

from kaaring.kernel.refused import Refused

BY_COMMAND = "command"
INPUT_AT_FAULT, WRONG_USAGE = 1, 2


def set_up_if_empty() -> bool:
    """Make the tables in a database that has none, so that a newcomer needs no other command; say if so."""
    if connection.introspection.table_names():
        return False
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    return True


class Command(BaseCommand):
    """A command of ours: exits 0 when done, 1 when the input is at fault, 2 on wrong usage."""

    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--json", action="store_true", dest="as_json", help="answer as JSON, for programs"
        )
        self.add_own_arguments(parser)

    def add_own_arguments(self, parser: CommandParser) -> None:
        """Add what this command alone takes."""

    def execute(self, *args: Any, **options: Any) -> str | None:
        try:
            return self._on_a_database(*args, **options)
        except Refused as refusal:
            return self.refuse(refusal, as_json=options.get("as_json", False))

    def _on_a_database(self, *args: Any, **options: Any) -> str | None:
        """Run the command; where the database turns out to be empty, set it up first."""
        try:
            return super().execute(*args, **options)
        except (OperationalError, ProgrammingError):
            if not set_up_if_empty():
                raise
            return super().execute(*args, **options)

    def refuse(self, refusal: Refused, *, as_json: bool) -> NoReturn:
        """Say what is refused and leave with the code for input at fault."""
        if as_json:
            fault = {"code": refusal.code, "reason": str(refusal.reason), "details": list(refusal.details)}
            self.stdout.write(json.dumps({"refused": fault}, ensure_ascii=False))
        else:
            for sentence in (*refusal.details, str(refusal.reason)):
                self.stderr.write(sentence)
        sys.exit(INPUT_AT_FAULT)

    def answer(self, content: Any, sentence: str, *, as_json: bool) -> None:
        """Print the content as JSON, or the sentence for people."""
        self.stdout.write(json.dumps(content, ensure_ascii=False, indent=2) if as_json else sentence)

    def progress(self, done: int, total: int) -> None:
        """Draw how far long work has come, where the output is a terminal."""
        if not sys.stderr.isatty() or not total:
            return
        filled = 40 * done // total
        end = "\n" if done == total else ""
        self.stderr.write(f"\r[{'█' * filled}{'·' * (40 - filled)}] {done} / {total}", ending=end)
        self.stderr.flush()
