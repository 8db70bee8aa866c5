"""Who is written to about going on to a stage, about results and feedback."""

from collections.abc import Mapping
from typing import NamedTuple

from django.db.models import QuerySet

from kaaring.entries.letter_words import Given, Move
from kaaring.entries.models import Entry
from kaaring.jury.models import Admission, Stage
from kaaring.jury.queries.stages import jury_of, stage_before, stages_of
from kaaring.programmes.definition.schema.jury import Stage as StageRules
from kaaring.programmes.models import Edition
from kaaring.results.models import EntryDecision, Run


class Shortlist(NamedTuple):
    """Who goes on to a stage, and who was in the one before and does not."""

    stage: Stage
    move: Move
    on: list[Entry]
    off: list[Entry]


def competing(edition: Edition) -> QuerySet[Entry]:
    """Return the entries that were submitted and not withdrawn, with what letters say of them."""
    found = Entry.objects.filter(edition=edition, submitted_at__isnull=False, withdrawn_at=None)
    return found.select_related("case", "category", "edition__programme__organiser").order_by("code")


def shortlists_of(edition: Edition) -> list[Shortlist]:
    """Return the shortlists of an edition: one for each stage after the first into which entries were let."""
    jury = jury_of(edition)
    rules = {stage.code: stage for stage in jury.stages} if jury else {}
    pairs = ((stage, stage_before(stage, jury)) for stage in stages_of(edition))
    found = [_shortlist(stage, before, rules) for stage, before in pairs if before is not None]
    return [one for one in found if one.on]


def shortlist_of(stage: Stage) -> Shortlist | None:
    """Return who goes on to a stage; None for the first, and before anybody was let in."""
    return next((one for one in shortlists_of(stage.edition) if one.stage == stage), None)


def _shortlist(stage: Stage, before: Stage, rules: Mapping[str, StageRules]) -> Shortlist:
    entries = list(competing(stage.edition))
    on, were = _admitted(stage), _admitted(before)
    return Shortlist(
        stage,
        _move(rules[before.code], rules[stage.code]),
        [entry for entry in entries if entry.pk in on],
        [entry for entry in entries if entry.pk in were - on],
    )


def _move(before: StageRules, stage: StageRules) -> Move:
    if before.mode == "pass_fail":
        return Move(before.name, stage.name, "check")
    return Move(before.name, stage.name, "choice" if before.shortlist is None else "shortlist")


def _admitted(stage: Stage) -> set[int]:
    return set(Admission.objects.filter(stage=stage, ended_at=None).values_list("entry", flat=True))


def given_in(run: Run) -> dict[int, list[Given]]:
    """Return what the jury gave each entry in a run, in the order of the awards."""
    found: dict[int, list[Given]] = {}
    decisions = run.entry_decisions.filter(entry__isnull=False).select_related("award")
    for one in decisions.order_by("award__position", "pk"):
        level = EntryDecision.Level(one.level).label
        found.setdefault(one.entry_id or 0, []).append(Given(one.award.name, level, one.citation))
    return found
