"""`kaaring assign`: plan who reads what in a stage, and take the plan."""

from typing import Any

from django.core.management import CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from kaaring.entries.models import Entry
from kaaring.jobs.commands import BY_COMMAND
from kaaring.jobs.commands import Command as KaaringCommand
from kaaring.jury.actions.assignments import Stored, store_assignments
from kaaring.jury.models import Stage
from kaaring.jury.queries.plan_words import Told, told
from kaaring.jury.queries.planning import plan_assignment
from kaaring.jury.queries.plans import Plan
from kaaring.jury.queries.stages import stage_called
from kaaring.programmes.queries import edition_at


class Command(KaaringCommand):
    help = "Plan who reads what in a stage, and take the plan; what is begun or done by hand stays."

    def add_own_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("edition", help="programme/edition")
        parser.add_argument("stage", help="the stage's code in the rules")
        parser.add_argument(
            "--seed", type=int, default=1, metavar="N", help="another number, another lottery"
        )
        parser.add_argument("--dry-run", action="store_true", help="show the plan, and do not take it")

    def handle(
        self, *args: Any, edition: str, stage: str, seed: int, dry_run: bool, as_json: bool, **options: Any
    ) -> None:
        found = stage_called(edition_at(edition), stage)
        plan = plan_assignment(found, seed=seed)
        stored = None if dry_run else store_assignments(found, plan, by=BY_COMMAND, at=timezone.now())
        words = told(plan, found.edition)
        self.answer(_as_json(found, plan, words, stored), _sentences(words, stored), as_json=as_json)


def _sentences(words: Told, stored: Stored | None) -> str:
    loads = [f"{load.juror.name:40} {load.entries:>4}" for load in words.loads]
    outcome = _("Nothing was written: this was a trial.")
    if stored is not None:
        outcome = _("%(new)d new, %(ended)d ended, %(stayed)d as before.") % stored._asdict()
    sentences = [words.headline, words.comparable, words.proof, *words.gaps, words.left_out]
    return "\n".join([*filter(None, sentences), *loads, outcome])


def _as_json(stage: Stage, plan: Plan, words: Told, stored: Stored | None) -> dict[str, Any]:
    codes = dict(Entry.objects.filter(edition=stage.edition_id).values_list("pk", "code"))
    jurors = {load.juror.pk: load.juror.code for load in words.loads}
    by_lottery = set(plan.by_lottery)
    return {
        "edition": str(stage.edition),
        "stage": stage.code,
        "seed": plan.seed,
        "assignments": [
            {"juror": jurors[pair[0]], "entry": codes[pair[1]], "lottery": pair in by_lottery}
            for pair in plan.pairs
        ],
        "loads": {load.juror.code: load.entries for load in words.loads},
        "is_comparable": plan.is_comparable,
        "comparability": plan.comparability,
        "gap": plan.gap,
        "unplaced": [
            {"entry": codes[gap.entry], "missing": gap.missing, "why": why}
            for gap, why in zip(plan.gaps, words.gaps, strict=True)
        ],
        "stored": stored._asdict() if stored else None,
    }
