"""Votes that are held here: which one is on, what can be chosen in it, and what a voter's choice became."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from kaaring.entries.models import Entry
from kaaring.jury.models import Stage, Vote
from kaaring.jury.queries.stages import Period, announced_period, entries_in, stages_of
from kaaring.jury.rules.votes import PUBLIC_VOTE
from kaaring.jury.voters import Choice
from kaaring.programmes.definition import Definition
from kaaring.programmes.definition.schema.jury import Stage as StageRules
from kaaring.programmes.models import Edition


class Held(NamedTuple):
    """A vote that is held here: its rules, its stage once that has a period, and when it is open."""

    rules: StageRules
    stage: Stage | None
    period: Period

    def state(self, at: datetime) -> str:
        """Say whether it is open ``now``, ``later``, or was in the ``past``."""
        if self.stage is None or at < self.period.opens_at:
            return "later"
        return "now" if at < self.period.closes_at else "past"


def votes_held(edition: Edition, definition: Definition) -> list[Held]:
    """Return the votes that are held here and have dates, at most one query; none, and it takes none."""
    jury = definition.jury
    here = [one for one in jury.stages if one.mode == PUBLIC_VOTE and one.voting] if jury else []
    opened = {one.code: one for one in stages_of(edition)} if here else {}
    found = []
    for rules in here:
        stage = opened.get(rules.code)
        period = Period(stage.opens_at, stage.closes_at) if stage else announced_period(edition, rules)
        if period is not None:
            found.append(Held(rules, stage, period))
    return found


def vote_on(votes: Iterable[Held], *, at: datetime) -> Held | None:
    """Return the vote that is open; else the next to open, else the last that was."""
    by_state: dict[str, list[Held]] = {"now": [], "later": [], "past": []}
    for one in sorted(votes, key=lambda one: one.period.opens_at):
        by_state[one.state(at)].append(one)
    return next(iter([*by_state["now"], *by_state["later"], *by_state["past"][::-1]]), None)


def candidates(stage: Stage) -> list[Entry]:
    """Return what can be voted for, with what the public may know of it; a handful of queries."""
    found = entries_in(stage).select_related("case__organisation", "case__nominee", "category")
    return list(found.prefetch_related("case__parties__organisation"))


def chosen_in(stage: Stage, choice: Choice) -> list[Entry]:
    """Return the entries of a choice that are still in its stage."""
    return [one for one in candidates(stage) if one.public_id in choice.entries]


def is_counted(choice: Choice, entries: Iterable[Entry]) -> bool:
    """Say whether these entries are what the voter's votes in their categories went to."""
    wanted = {entry.category_id: entry.pk for entry in entries}
    votes = Vote.objects.filter(stage=choice.stage, voter=choice.voter, category__in=wanted)
    return bool(wanted) and dict(votes.values_list("category_id", "entry_id")) == wanted
