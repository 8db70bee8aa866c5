"""Chapter 6: channel by channel."""

from collections.abc import Sequence

from kaaring.reports.content.chapters import FEWEST, AreaScore, Channel, Channels
from kaaring.reports.content.shared import EditionContent
from kaaring.reports.content.stored import Made, mean_score
from kaaring.survey.models import Participant


def channels(shared: EditionContent, participant: Participant, made: Sequence[Made]) -> Channels:
    """Return chapter 6: the channels on which the participant was contacted, in the order of the rules."""
    used = {enquiry.channel for enquiry in made}
    return Channels(
        tuple(
            _channel(shared, participant, code, [enquiry for enquiry in made if enquiry.channel == code])
            for code in shared.survey.channels
            if code in used
        )
    )


def _channel(shared: EditionContent, participant: Participant, code: str, made: Sequence[Made]) -> Channel:
    return Channel(
        channel=code,
        name=shared.survey.channels[code].name,
        result=shared.result(participant, f"channel:{code}"),
        enquiries=len(made),
        answered=sum(enquiry.is_answered for enquiry in made),
        areas=area_scores(shared, made),
    )


def area_scores(
    shared: EditionContent, made: Sequence[Made], *, fewest: int = FEWEST
) -> tuple[AreaScore, ...]:
    """Return the score of some enquiries in each area, None where fewer than ``fewest`` observed it."""
    scores = []
    for area in shared.survey.areas:
        points = [(*enquiry.areas[area.code], enquiry.unit) for enquiry in made if area.code in enquiry.areas]
        score = mean_score(points, is_pooled=shared.is_pooled) if len(points) >= fewest else None
        scores.append(AreaScore(area.code, area.name, score))
    return tuple(scores)
