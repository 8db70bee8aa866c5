"""What the generator takes from a definition: the questionnaire and how enquiries are shared out."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from kaaring.programmes.definition import schema
from kaaring.programmes.definition.schema import questions as asked
from kaaring.programmes.definition.schema import survey as surveyed
from kaaring.scoring.questionnaire import Band, Kind, Option, Question, Questionnaire, Unanswered


@dataclass(frozen=True)
class Ground:
    """``key`` shares the enquiries out by channel; ``stands_in`` maps a channel to the one it replaces."""

    questionnaire: Questionnaire
    key: Mapping[str, int]
    stands_in: Mapping[str, str]
    attempts: Mapping[str, int]
    enquiries: int
    comment_areas: tuple[str, ...]
    class_codes: tuple[str, ...]


def ground_of(definition: schema.Definition) -> Ground:
    """Return the ground that an edition stands on.

    Raises ValueError for a definition without a survey or an allocation of enquiries.
    """
    survey = definition.survey
    if survey is None or survey.allocation is None:
        raise ValueError("The demo data need a definition with a survey and an allocation of enquiries.")
    return Ground(
        questionnaire=_questionnaire(survey),
        key=dict(survey.allocation.key),
        stands_in={
            code: channel.instead_of
            for code, channel in survey.channels.items()
            if channel.instead_of is not None
        },
        attempts={code: channel.attempts for code, channel in survey.channels.items()},
        enquiries=survey.allocation.enquiries,
        comment_areas=tuple(survey.comments),
        class_codes=tuple(competition.code for competition in survey.classes),
    )


def _questionnaire(survey: surveyed.Survey) -> Questionnaire:
    gates = [question for question in survey.questions if question.gate is not None]
    return Questionnaire(
        questions=tuple(_question(question, survey) for question in survey.questions),
        areas=tuple(area.code for area in survey.areas),
        themes=tuple(theme.code for theme in survey.themes),
        channels=tuple(survey.channels),
        unanswered=Unanswered(survey.scoring.unanswered),
        least_observed=survey.scoring.least_observed,
        unanswered_in=frozenset(gate.area for gate in gates if gate.area is not None),
    )


def _question(question: asked.Question, survey: surveyed.Survey) -> Question:
    lowest, highest = question.scale or (0, 0)
    return Question(
        code=question.code,
        kind=_kind(question),
        channels=frozenset(survey.channels_of(question)),
        area=question.area,
        themes=tuple(question.themes),
        points=question.points if question.points is not None else question.most_from_options(),
        options=tuple(
            Option(option.code, option.points or Fraction(0), option.stops)
            for option in question.options or ()
        ),
        most_options=question.multiple or 1,
        lowest=Fraction(lowest),
        highest=Fraction(highest),
        bands={
            channel: tuple(Band(bound, points) for bound, points in bands)
            for channel, bands in question.bands.items()
        },
        may_be_not_applicable=question.not_applicable is not None,
        scored=question.scored,
        is_gate=question.gate is not None,
        metric=question.metric,
    )


def _kind(question: asked.Question) -> Kind:
    if question.scale is not None:
        return Kind.SCALE
    if question.measured is not None:
        return Kind.MEASURED
    return Kind.CHOICE if question.multiple is None else Kind.MULTIPLE
