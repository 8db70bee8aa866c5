"""Kept scores against a recomputation from the marks."""

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from django.db.models import QuerySet

from kaaring.jury.models import Scorecard
from kaaring.jury.sheets import blank_of, sheet_of, worked_score
from kaaring.kernel.figures import exact
from kaaring.kernel.refused import Refused
from kaaring.programmes.models import Edition
from kaaring.programmes.queries import definition_in_force

AUDITED_AT_ONCE = 500


class ScoreDeviation(NamedTuple):
    """A score kept with a final scorecard that its marks do not give; empty is no score."""

    stage: str
    entry: str
    juror: str
    stored: str
    recomputed: str


def final_scorecards_of(edition: Edition) -> QuerySet[Scorecard]:
    """Return every final scorecard of an edition, also those that count nowhere."""
    found = Scorecard.objects.filter(assignment__stage__edition=edition, submitted_at__isnull=False)
    return found.select_related(
        "assignment__stage", "assignment__entry__category", "assignment__juror"
    ).order_by("assignment__stage__code", "assignment__entry__code", "assignment__juror__code")


def deviations_in(edition: Edition) -> Iterator[ScoreDeviation]:
    """Yield every kept score of an edition's scorecards that differs from a recomputation by the rules."""
    cards = final_scorecards_of(edition)
    if not cards.exists():
        return
    definition = definition_in_force(edition)
    for card in cards.prefetch_related("marks").iterator(chunk_size=AUDITED_AT_ONCE):
        assignment = card.assignment
        try:
            blank = blank_of(definition, assignment.stage.code, assignment.entry.category.code)
            worked = worked_score(sheet_of(card), blank)
            recomputed = exact(worked.score) if worked else ""
        except (Refused, ValueError) as fault:
            recomputed = str(fault)
        stored = exact(Fraction(card.score_of or 0, card.score_in)) if card.score_in else ""
        if stored != recomputed:
            yield ScoreDeviation(
                assignment.stage.code, assignment.entry.code, assignment.juror.code, stored, recomputed
            )
