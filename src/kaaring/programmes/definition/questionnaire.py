"""From a definition to the questionnaire that ``scoring`` computes with."""

from fractions import Fraction

from kaaring import scoring
from kaaring.programmes.definition.schema import Definition, Question, Survey


def questionnaire(definition: Definition) -> scoring.Questionnaire:
    """Return the questionnaire of a definition. Raises ValueError where nothing is measured."""
    survey = definition.survey
    if survey is None:
        raise ValueError("This definition has no survey")
    gates = {question.area for question in survey.questions if question.gate is not None}
    return scoring.Questionnaire(
        questions=tuple(_question(question, survey) for question in survey.questions),
        areas=tuple(area.code for area in survey.areas),
        themes=tuple(theme.code for theme in survey.themes),
        channels=tuple(survey.channels),
        unanswered=scoring.Unanswered(survey.scoring.unanswered),
        least_observed=survey.scoring.least_observed,
        unanswered_in=frozenset(area for area in gates if area is not None),
    )


def kind_of(question: Question) -> scoring.Kind:
    """Return how a question is answered."""
    if question.scale is not None:
        return scoring.Kind.SCALE
    if question.measured is not None:
        return scoring.Kind.MEASURED
    return scoring.Kind.CHOICE if question.multiple is None else scoring.Kind.MULTIPLE


def _question(question: Question, survey: Survey) -> scoring.Question:
    lowest, highest = question.scale or (0, 0)
    return scoring.Question(
        code=question.code,
        kind=kind_of(question),
        channels=frozenset(survey.channels_of(question)),
        area=question.area,
        themes=question.themes,
        points=_most(question),
        options=tuple(
            scoring.Option(option.code, option.points or Fraction(0), option.stops)
            for option in question.options or ()
        ),
        most_options=question.multiple or 1,
        lowest=Fraction(lowest),
        highest=Fraction(highest),
        bands={
            channel: tuple(scoring.Band(bound, points) for bound, points in bands)
            for channel, bands in question.bands.items()
        },
        may_be_not_applicable=question.not_applicable is not None,
        scored=question.scored,
        is_gate=question.gate is not None,
        metric=question.metric,
    )


def _most(question: Question) -> Fraction:
    """Return what the top of a scale is worth, or the most that options or bands can give."""
    if question.points is not None:
        return question.points
    if question.options is not None:
        return question.most_from_options()
    return max((points for bands in question.bands.values() for _, points in bands), default=Fraction(0))
