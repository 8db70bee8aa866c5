"""Chapter 8: does a top start lead to a good end?"""

from collections.abc import Sequence
from fractions import Fraction

from kaaring.programmes.definition.schema import Area, Survey
from kaaring.reports.content.channels import area_scores
from kaaring.reports.content.chapters import FEWEST, TOP, Group, StartToEnd
from kaaring.reports.content.shared import EditionContent
from kaaring.reports.content.stored import Made, mean_score


def start_to_end(shared: EditionContent, made: Sequence[Made]) -> StartToEnd:
    """Return chapter 8.

    The start is the first area after the one that decides whether there was an answer at all; the end is
    every area after it.
    """
    areas = _after_the_gate(shared.survey)
    if len(areas) < 2:
        return StartToEnd(None, _group(shared, [], []), _group(shared, [], []))
    start, later = areas[0], areas[1:]
    observed = [enquiry for enquiry in made if start.code in enquiry.areas and enquiry.is_answered]
    top = [enquiry for enquiry in observed if _score_in(enquiry, start.code) >= TOP]
    other = [enquiry for enquiry in observed if _score_in(enquiry, start.code) < TOP]
    return StartToEnd(start.name, _group(shared, top, later), _group(shared, other, later))


def _after_the_gate(survey: Survey) -> tuple[Area, ...]:
    gates = {question.area for question in survey.questions if question.gate}
    return tuple(area for area in survey.areas if area.code not in gates)


def _score_in(enquiry: Made, area: str) -> Fraction:
    earned, possible = enquiry.areas[area]
    return Fraction(100 * earned, possible)


def _group(shared: EditionContent, made: Sequence[Made], later: Sequence[Area]) -> Group:
    codes = {area.code for area in later}
    points = []
    for enquiry in made:
        ends = [points for area, points in enquiry.areas.items() if area in codes]
        if ends:
            points.append((sum(end[0] for end in ends), sum(end[1] for end in ends), enquiry.unit))
    score = mean_score(points, is_pooled=shared.is_pooled) if len(points) >= FEWEST else None
    areas = tuple(area for area in area_scores(shared, made) if area.area in codes)
    return Group(len(made), score, areas)
