"""Chapters 1 to 4: the summary, the results, the areas and the themes."""

from collections.abc import Sequence

from kaaring.reports.content.chapters import Areas, Highlight, Results, Summary, Themes
from kaaring.reports.content.shared import EditionContent
from kaaring.reports.content.stored import Made
from kaaring.results.queries.measures import TOTAL
from kaaring.scoring import rounded
from kaaring.survey.models import Participant

NAMED = 3
"""How many strengths, weaknesses and next steps are named."""


def summary(shared: EditionContent, participant: Participant, made: Sequence[Made]) -> Summary:
    """Return chapter 1."""
    line = shared.line(participant, TOTAL)
    ranked = highlights(shared, participant)
    return Summary(
        total=shared.result(participant, TOTAL),
        unanswered=sum(not enquiry.is_answered for enquiry in made),
        awards=shared.awards.get(participant.pk, ()),
        strengths=tuple(one for one in ranked if rounded(one.score) > rounded(one.mean))[:NAMED],
        weaknesses=tuple(one for one in reversed(ranked) if rounded(one.score) < rounded(one.mean))[:NAMED],
        alike=shared.bands.get(line.band) if line.band is not None else None,
        class_alike=_class_alike(shared, participant),
    )


def _class_alike(shared: EditionContent, participant: Participant) -> tuple[int, int] | None:
    own = shared.line(participant, TOTAL)
    if own.class_band is None:
        return None
    totals = (measures.get(TOTAL) for measures in shared.lines.values())
    places = [
        line.class_place
        for line in totals
        if line is not None
        and line.competition_class == own.competition_class
        and line.class_band == own.class_band
        and line.class_place is not None
    ]
    return (min(places), max(places)) if places else None


def highlights(shared: EditionContent, participant: Participant) -> tuple[Highlight, ...]:
    """Return the questions by how far the participant is above the mean of all, the farthest first."""
    found = []
    for question in shared.survey.questions:
        measure = f"question:{question.code}"
        score, mean = shared.line(participant, measure).score, shared.level(measure)
        if score is not None and mean is not None:
            found.append(Highlight(question.code, question.text, score, mean))
    return tuple(sorted(found, key=lambda one: one.mean - one.score))


def results(shared: EditionContent, participant: Participant) -> Results:
    """Return chapter 2: the results the edition shows, and the metrics it asks for."""
    metrics = (measure for measure in shared.names if measure.startswith("metric:"))
    return Results(
        results=tuple(shared.result(participant, measure) for measure in shared.survey.results),
        metrics=tuple(shared.result(participant, measure) for measure in metrics),
    )


def areas(shared: EditionContent, participant: Participant) -> Areas:
    """Return chapter 3."""
    return Areas(tuple(shared.result(participant, f"area:{area.code}") for area in shared.survey.areas))


def themes(shared: EditionContent, participant: Participant) -> Themes:
    """Return chapter 4."""
    return Themes(tuple(shared.result(participant, f"theme:{theme.code}") for theme in shared.survey.themes))
