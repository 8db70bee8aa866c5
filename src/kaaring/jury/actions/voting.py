"""Counting what somebody has confirmed from their mailbox."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kaaring.entries.models import Entry
from kaaring.jury.models import Stage, Vote
from kaaring.jury.queries.stages import entries_in, rules_of
from kaaring.jury.rules import voting as may
from kaaring.jury.voters import Choice
from kaaring.kernel.refused import refuse
from kaaring.programmes.actions import freeze_rules
from kaaring.programmes.queries import rules_in_force

BY_THE_PUBLIC = "public"


@transaction.atomic
def confirm(choice: Choice, *, at: datetime) -> list[Entry]:
    """Count a choice, one vote in each of its categories, and return the entries it went to.

    A former vote of the same voter in a category is replaced; the same choice twice is counted once. What has
    left the stage meanwhile is left out. The log has no line for a vote: it would tell who voted when.
    """
    held = Stage.objects.select_for_update(of=("self",), no_key=True)
    stage = held.select_related("edition__programme__organiser").get(pk=choice.stage)
    refuse(may.against_confirming(choice, stage, rules_of(stage), at=at))
    chosen = list(entries_in(stage).filter(public_id__in=choice.entries))
    refuse(may.against_nothing_left(len(chosen)))
    by_category = {entry.category_id: entry for entry in chosen}
    Vote.objects.bulk_create(
        [
            Vote(stage=stage, category_id=key, entry=by_category[key], voter=choice.voter, confirmed_at=at)
            for key in sorted(by_category)
        ],
        update_conflicts=True,
        unique_fields=["stage", "voter", "category"],
        update_fields=["entry", "confirmed_at"],
    )
    rules = rules_in_force(stage.edition)
    if rules.frozen_at is None:
        freeze_rules(rules, by=BY_THE_PUBLIC, at=at, why=_("The first vote has been confirmed."))
    return list(by_category.values())
