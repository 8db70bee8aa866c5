"""`kaaring definition`: check a definition file, take it into use, write it back, and its schema."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from django.core.management import CommandError, CommandParser
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kaaring.audit.actions import INSTALLATION, record
from kaaring.jobs.commands import BY_COMMAND, INPUT_AT_FAULT, WRONG_USAGE
from kaaring.jobs.commands import Command as KaaringCommand
from kaaring.jobs.files import text_of
from kaaring.kernel.refused import Refused
from kaaring.kernel.text import said
from kaaring.people.models import Organiser
from kaaring.programmes.definition import Definition, Reading, dump, json_schema, read
from kaaring.programmes.models import Programme, Rules
from kaaring.programmes.queries import definition_in_force, edition_at
from kaaring.survey.actions import store_definition


class Command(KaaringCommand):
    help = "Check a definition file, take it into use, write it back, or print its JSON Schema."

    def add_own_arguments(self, parser: CommandParser) -> None:
        doings = parser.add_subparsers(dest="doing", required=True)
        check = doings.add_parser("check", help="say what is wrong or odd")
        check.add_argument("file", type=Path)
        check.add_argument("--strict", action="store_true", help="treat warnings as errors")
        load = doings.add_parser("load", help="create or update an edition")
        load.add_argument("file", type=Path)
        load.add_argument(
            "--organiser", metavar="SLUG", help="whose programme it is, where that is not clear"
        )
        load.add_argument(
            "--new-version", action="store_true", help="where the rules are frozen, make a new version"
        )
        load.add_argument("--reason", default="", metavar="TEXT", help="why there is a new version")
        dumped = doings.add_parser("dump", help="write an edition's rules back as a file")
        dumped.add_argument("edition", help="programme/edition")
        schema = doings.add_parser("schema", help="print the JSON Schema, for editors")
        for each in (check, load, dumped, schema):
            each.add_argument("--json", action="store_true", dest="as_json", default=argparse.SUPPRESS)

    def handle(self, *args: Any, doing: str, **options: Any) -> None:
        {"check": self.check_file, "load": self.load, "dump": self.dump, "schema": self.schema}[doing](
            options
        )

    def check_file(self, options: dict[str, Any]) -> None:
        """Print everything wrong or odd about a file."""
        reading = self.read(options)
        is_bad = bool(reading.errors) or (options["strict"] and bool(reading.faults))
        if options["as_json"]:
            self.stdout.write(json.dumps({"faults": _as_json(reading)}, ensure_ascii=False, indent=2))
        elif not reading.faults:
            self.stdout.write(_("%(file)s: nothing is wrong, nothing is odd.") % {"file": options["file"]})
        if is_bad:
            sys.exit(INPUT_AT_FAULT)

    def load(self, options: dict[str, Any]) -> None:
        """Create or update the edition that a file defines."""
        because = options["reason"].strip()
        if options["new_version"] and not because:
            reason = _("A new version needs a reason: add --reason TEXT.")
            raise CommandError(reason, returncode=WRONG_USAGE)
        reading = self.read(options)
        if reading.definition is None:
            if options["as_json"]:
                self.stdout.write(json.dumps({"faults": _as_json(reading)}, ensure_ascii=False, indent=2))
            sys.exit(INPUT_AT_FAULT)
        rules = _store(reading.definition, options["organiser"], because if options["new_version"] else "")
        content = {
            "edition": str(rules.edition),
            "version": rules.number,
            "digest": rules.digest,
            "faults": _as_json(reading),
        }
        sentence = _("%(edition)s: version %(version)d of its rules is in force.") % content
        self.answer(content, sentence, as_json=options["as_json"])

    def dump(self, options: dict[str, Any]) -> None:
        """Print the rules in force as a definition file, or as JSON."""
        definition = definition_in_force(edition_at(options["edition"]))
        plain = definition.model_dump(mode="json", by_alias=True, exclude_none=True)
        self.answer(plain, dump(definition), as_json=options["as_json"])

    def schema(self, options: dict[str, Any]) -> None:
        """Print the JSON Schema of definition files."""
        self.stdout.write(json.dumps(json_schema(), ensure_ascii=False, indent=2))

    def read(self, options: dict[str, Any]) -> Reading:
        """Read the file, and tell people what is wrong or odd about it."""
        file = options["file"]
        reading = read(text_of(file), file=str(file), on=timezone.localdate())
        for fault in () if options["as_json"] else reading.faults:
            self.stderr.write(str(fault))
        return reading


def _as_json(reading: Reading) -> list[dict[str, Any]]:
    return [
        {
            "severity": str(fault.severity),
            "code": fault.code,
            "line": fault.line,
            "column": fault.column,
            "message": fault.message,
            "remedy": fault.remedy,
        }
        for fault in reading.faults
    ]


@transaction.atomic
def _store(definition: Definition, organiser: str | None, because: str) -> Rules:
    owner = _organiser(definition, organiser)
    return store_definition(definition, owner, new_version_because=because, by=BY_COMMAND, at=timezone.now())


def _organiser(definition: Definition, slug: str | None) -> Organiser:
    """Return whose edition it is: the one named, the programme's, the only one there is, or the first one."""
    known = {one.slug: one for one in Organiser.objects.order_by("slug")}
    if not known:
        return _first_organiser(slug or definition.programme.slug, definition)
    programme = Programme.objects.filter(slug=definition.programme.slug).select_related("organiser").first()
    if slug is None and programme is not None:
        return programme.organiser
    if slug is None and len(known) == 1:
        return next(iter(known.values()))
    if slug not in known:
        reason = _("Whose programme is it? Name the organiser with --organiser, one of: %(slugs)s.")
        raise Refused("organiser_unclear", reason % {"slugs": ", ".join(known)})
    return known[slug]


def _first_organiser(slug: str, definition: Definition) -> Organiser:
    organiser = Organiser.objects.create(slug=slug, name=said(definition.programme.name)[:120])
    record(INSTALLATION, "organiser_made", slug, by=BY_COMMAND, at=timezone.now())
    return organiser
