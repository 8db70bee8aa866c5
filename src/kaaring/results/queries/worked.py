"""How a participant's provisional score comes about: what each evaluation earned, what is left out, why."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from kaaring.fieldwork.models import Evaluation
from kaaring.fieldwork.queries import counted, definition_under, scored_again
from kaaring.programmes.definition import Definition, questionnaire
from kaaring.results.queries.contests import scoring_of
from kaaring.results.queries.measures import MeasureKind, MeasureName, measures_of
from kaaring.results.queries.observed import observed
from kaaring.scoring import NoPlace, Tally, Working, evaluation_working
from kaaring.survey.models import Participant


@dataclass(frozen=True, slots=True)
class WorkedEvaluation:
    """One evaluation with its points and score in the total, and its scores in areas.

    Where it does not count, ``left_out_because`` is ``excluded`` (with the reason), ``held``, ``rejected`` or
    ``not_observed``; an area that was not observed is absent.
    """

    evaluation: Evaluation
    earned: Fraction | None
    possible: Fraction | None
    areas: Mapping[str, Fraction]
    left_out_because: str

    @property
    def score(self) -> Fraction | None:
        """Its score in the total, 0 to 100."""
        return None if self.earned is None or self.possible is None else 100 * self.earned / self.possible


@dataclass(frozen=True, slots=True)
class Worked:
    """A participant's evaluations, the earliest first, and what they give together in total and areas.

    Fewer enquiries than ``minimum`` make no score.
    """

    minimum: int
    measures: tuple[MeasureName, ...]
    evaluations: tuple[WorkedEvaluation, ...]
    tallies: Mapping[str, Tally]


def worked(participant: Participant, definition: Definition) -> Worked:
    """Return how a participant's total and areas come about under the rules in force."""
    counting = counted(participant.edition).filter(enquiry__participant=participant)
    measures = tuple(
        measure
        for measure in measures_of(definition)
        if measure.kind in (MeasureKind.TOTAL, MeasureKind.AREA)
    )
    found = observed(counting, definition, [measure.code for measure in measures])
    evaluations = (
        Evaluation.objects.filter(enquiry__participant=participant)
        .select_related("enquiry", "questionnaire")
        .prefetch_related("points")
        .order_by("at", "enquiry__code")
    )
    counts = set(counting.values_list("pk", flat=True))
    return Worked(
        scoring_of(definition).minimum_enquiries,
        measures,
        tuple(_worked(evaluation, counts=evaluation.pk in counts) for evaluation in evaluations),
        {
            measure: tally
            for measure, one in found.items()
            if (tally := one.tallies.get(participant.pk)) is not None
        },
    )


def _worked(evaluation: Evaluation, *, counts: bool) -> WorkedEvaluation:
    if not counts:
        why = "excluded" if evaluation.excluded else evaluation.review
        return WorkedEvaluation(evaluation, None, None, {}, why)
    areas = {one.measure: Fraction(100 * one.earned, one.possible) for one in evaluation.points.all()}
    if evaluation.earned is None or evaluation.possible is None:
        return WorkedEvaluation(evaluation, None, None, areas, NoPlace.NOT_OBSERVED)
    unit = evaluation.questionnaire.unit
    return WorkedEvaluation(
        evaluation, Fraction(evaluation.earned, unit), Fraction(evaluation.possible, unit), areas, ""
    )


def working_in(participant: Participant, public_id: str) -> tuple[Evaluation, Working] | None:
    """Return a participant's evaluation with its working down to every question, None for anybody else's."""
    evaluation = (
        Evaluation.objects.filter(enquiry__participant=participant, public_id=public_id)
        .select_related("enquiry", "questionnaire__rules__edition__programme")
        .prefetch_related("answers__question")
        .first()
    )
    if evaluation is None:
        return None
    asked = questionnaire(definition_under(evaluation))
    return evaluation, evaluation_working(asked, scored_again(evaluation, asked))
