"""Chapter 13: what to take along, and how it was last time."""

from fractions import Fraction

from kaaring.reports.content.chapters import Before, Lifts, NextSteps, Place, Previous, Summary
from kaaring.reports.content.results import NAMED
from kaaring.reports.content.shared import EditionContent
from kaaring.results.models import Line, Mean
from kaaring.results.queries.measures import TOTAL
from kaaring.survey.models import Participant


def next_steps(shared: EditionContent, participant: Participant, summary: Summary, lifts: Lifts) -> NextSteps:
    """Return chapter 13."""
    return NextSteps(lifts.lifts[:NAMED], summary.strengths, _previous(shared, participant))


def _previous(shared: EditionContent, participant: Participant) -> Previous | None:
    if shared.earlier is None:
        return None
    compared = [TOTAL, *(f"area:{area.code}" for area in shared.survey.areas)]
    rows = Line.objects.filter(run=shared.earlier, participant__code=participant.code, measure__in=compared)
    lines = {line.measure: line for line in rows.defer("working").select_related("participant")}
    if TOTAL not in lines:
        return None
    total = lines[TOTAL]
    levels = Mean.objects.filter(run=shared.earlier, measure=TOTAL)
    among: dict[int | None, int] = dict(levels.values_list("competition_class", "participants"))
    return Previous(
        edition=shared.earlier.edition.slug,
        place=Place(total.place, total.is_shared, among.get(None, 0)),
        class_place=Place(
            total.class_place, total.class_is_shared, among.get(total.participant.competition_class_id, 0)
        ),
        measures=tuple(
            Before(
                measure=measure,
                name=shared.names[measure],
                now=shared.line(participant, measure).score,
                before=Fraction(lines[measure].score) if lines[measure].score else None,
            )
            for measure in compared
            if measure in lines
        ),
    )
