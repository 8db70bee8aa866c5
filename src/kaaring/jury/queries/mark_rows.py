"""What the rows of a spreadsheet of marks are checked against."""

from collections.abc import Set
from dataclasses import replace
from datetime import datetime

from django.utils.translation import gettext as _

from kaaring.entries.models import Entry
from kaaring.jury.mark_rows import KnownCard, KnownEntry, MarkSurroundings, mark_columns
from kaaring.jury.models import Assignment, Juror, Scorecard, Stage
from kaaring.jury.queries.recusals import blocked_pairs
from kaaring.jury.sheets import MARKED, sheet_of
from kaaring.kernel.refused import Refused
from kaaring.programmes.definition import Definition
from kaaring.programmes.definition.schema.jury import Stage as StageRules
from kaaring.programmes.models import Edition
from kaaring.programmes.queries import definition_in_force

_ASKED = {"pass_fail": "passes", "ranking": "rank", "points": "points"}


def stage_for_marks(
    definition: Definition, edition: Edition, named: str, columns: Set[str], *, at: datetime
) -> StageRules:
    """Return the stage that a spreadsheet of marks belongs to.

    That is the one named. Without a name it is, among those that ask for what stands in its columns, the
    last that is open now; else the last in the rules. Refuses where there is none.
    """
    stages = [one for one in definition.jury.stages if one.mode != "public_vote"] if definition.jury else []
    if named:
        stages = [one for one in stages if one.code == named]
    else:
        stages = [one for one in stages if _asks_for(one, columns)] or stages
    if not stages:
        known = ", ".join(one.code for one in definition.jury.stages) if definition.jury else _("none")
        raise Refused(
            "no_stage_for_marks",
            _("%(edition)s has no stage “%(named)s” in which jurors mark. Its stages: %(known)s.")
            % {"edition": edition.title, "named": named, "known": known},
        )
    running = Stage.objects.filter(edition=edition, opens_at__lte=at, closes_at__gt=at)
    are_open = set(running.values_list("code", flat=True))
    return ([one for one in stages if one.code in are_open] or stages)[-1]


def _asks_for(stage: StageRules, columns: Set[str]) -> bool:
    if stage.mode in MARKED:
        return not any(column in columns for column in _ASKED.values())
    return _ASKED[stage.mode] in columns


def mark_surroundings_of(edition: Edition, stage: StageRules) -> MarkSurroundings:
    """Return an edition as a spreadsheet of marks for one of its stages meets it."""
    definition = definition_in_force(edition)
    assert definition.jury is not None
    jurors = list(Juror.objects.filter(edition=edition))
    entries = _entries(edition)
    here = Assignment.objects.filter(stage__edition=edition, stage__code=stage.code)
    ended = here.filter(ended_at__isnull=False, scorecard__submitted_at=None)
    return MarkSurroundings(
        stage=stage,
        scale=definition.jury.scale,
        categories={one.code: one for one in definition.categories},
        entries=entries,
        jurors={one.code: one.pk for one in jurors},
        names={one.code: one.name for one in jurors},
        removed=frozenset(one.code for one in jurors if one.removed_at is not None),
        is_on_paper=not any(one.user_id or one.email for one in jurors),
        ended={
            (juror, entry): why
            for juror, entry, why in ended.values_list("juror__code", "entry__code", "ended_reason")
        },
        blocked=_blocked(edition, {one.pk: one.code for one in jurors}, entries),
        cards=_cards(edition, stage),
    )


def _entries(edition: Edition) -> dict[str, KnownEntry]:
    rows = Entry.objects.filter(edition=edition).values_list(
        "code", "pk", "category__code", "division", "submitted_at", "withdrawn_at"
    )
    return {
        code: KnownEntry(key, category, (category, division), submitted is not None and withdrawn is None)
        for code, key, category, division, submitted, withdrawn in rows
    }


def _blocked(
    edition: Edition, jurors: dict[int, str], entries: dict[str, KnownEntry]
) -> frozenset[tuple[str, str]]:
    codes = {one.key: code for code, one in entries.items()}
    return frozenset(
        (jurors[juror], codes[entry]) for juror, entry in blocked_pairs(edition) if entry in codes
    )


def _cards(edition: Edition, stage: StageRules) -> dict[tuple[str, str], KnownCard]:
    cards = Scorecard.objects.filter(assignment__stage__edition=edition, assignment__stage__code=stage.code)
    found = cards.select_related("assignment__juror", "assignment__entry").prefetch_related("marks")
    return {
        (card.assignment.juror.code, card.assignment.entry.code): KnownCard(
            replace(sheet_of(card), note=""), card.is_final, bool(card.entered_by)
        )
        for card in found
    }


def mark_columns_of(edition: Edition) -> tuple[str, ...]:
    """Return the columns that a spreadsheet of marks can have in an edition, in order."""
    return mark_columns(definition_in_force(edition).categories)
