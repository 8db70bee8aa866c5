"""How entries did, as everybody may see it: nothing before a run is published or once it is withdrawn."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from django.db.models import Exists, OuterRef

from kaaring.entries.letter_words import Given
from kaaring.entries.models import Entry
from kaaring.results.models import EntryDecision, EntryLine, FeedbackRelease, Run
from kaaring.results.queries.juried.frozen import deciding_stage
from kaaring.results.queries.runs import in_force


class Outcome(NamedTuple):
    """What a published run gave an entry; scores and places are not public, so they are not here.

    ``has_page`` says whether the results of its category have a page, ``has_feedback`` whether its entrants
    may read how it was marked.
    """

    entry: Entry
    given: list[Given]
    has_page: bool
    has_feedback: bool


class Place(NamedTuple):
    """A category of an edition."""

    edition: int
    category: str


def outcomes_of(entries: Iterable[Entry]) -> list[Outcome]:
    """Return how those of these entries did that competed in a published run, in the order given.

    It takes four queries, of however many editions they are.
    """
    competing = [one for one in entries if one.submitted_at is not None and one.withdrawn_at is None]
    runs = _runs_of({one.edition_id for one in competing})
    if not runs:
        return []
    decisions = EntryDecision.objects.filter(runs__in=runs.values()).select_related("award")
    given: defaultdict[int, list[Given]] = defaultdict(list)
    shown = _marked(runs)
    for one in decisions.order_by("award__position", "pk"):
        shown.add(Place(one.award.edition_id, one.award.category))
        if one.entry_id is not None:
            level = EntryDecision.Level(one.level).label
            given[one.entry_id].append(Given(one.award.name, level, one.citation))
    told = set(FeedbackRelease.objects.filter(edition__in=runs).values_list("edition", flat=True))
    return [
        Outcome(one, given[one.pk], Place(one.edition_id, one.category.code) in shown, one.edition_id in told)
        for one in competing
        if one.edition_id in runs
    ]


def _runs_of(editions: set[int]) -> Mapping[int, Run]:
    """Return the runs that count and hold results of a jury, by edition."""
    judged = EntryLine.objects.filter(run=OuterRef("pk"))
    return {run.edition_id: run for run in in_force().filter(Exists(judged), edition__in=editions)}


def _marked(runs: Mapping[int, Run]) -> set[Place]:
    """Return the categories in which entries came to the stage that decides."""
    lines = EntryLine.objects.filter(run__in=runs.values()).values_list("run__edition", "stage", "category")
    deciding = {edition: deciding_stage(run) for edition, run in runs.items()}
    return {
        Place(edition, category)
        for edition, stage, category in lines.distinct()
        if stage == deciding[edition]
    }
