"""What was observed per participant in each measure: the exact tally, and the spread within each channel."""

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain, repeat

from django.db.models import QuerySet

from kaaring.fieldwork.models import Evaluation
from kaaring.programmes.definition.schema import Definition
from kaaring.results.queries.contests import scoring_of
from kaaring.results.queries.measures import ANSWERED, TOTAL
from kaaring.results.queries.sums import (
    Given,
    Group,
    answers_given,
    sums_in_points,
    sums_in_questions,
    sums_in_total,
)
from kaaring.results.queries.uncertainty import Spread, Spreads, errors_of
from kaaring.scoring import METRICS, EnquiryScore, ParticipantScore, Tally, participant_scores
from kaaring.survey.models import Questionnaire


@dataclass(frozen=True)
class Observed:
    """One measure as it was observed: a tally and the spreads per channel of every participant with any."""

    tallies: Mapping[int, Tally] = field(default_factory=dict)
    spreads: Spreads = field(default_factory=dict)

    @cached_property
    def errors(self) -> dict[int, float]:
        """The standard error of each score, where it is known."""
        return errors_of(self.spreads)


NOTHING = Observed()


def observed(
    evaluations: QuerySet[Evaluation], definition: Definition, measures: Collection[str]
) -> dict[str, Observed]:
    """Return what these evaluations show in each measure; each kind of measure is one query, however many."""
    groups: list[Group] = []
    channels = {measure for measure in measures if _kind(measure) == "channel"}
    if channels or TOTAL in measures:
        total = sums_in_total(evaluations, TOTAL)
        groups += total if TOTAL in measures else []
        groups += _on_channels(total, channels) if channels else []
    if ANSWERED in measures:
        groups += sums_in_total(evaluations.filter(is_answered=True), ANSWERED)
    if wanted := [measure for measure in measures if _kind(measure) in ("area", "theme")]:
        groups += sums_in_points(evaluations, wanted)
    if wanted := [_code(measure) for measure in measures if _kind(measure) == "question"]:
        groups += sums_in_questions(evaluations, wanted)
    found = _from_groups(groups, ParticipantScore(scoring_of(definition).participant))
    if wanted := [_code(measure) for measure in measures if _kind(measure) == "metric"]:
        asked = _questions_of(definition, wanted)
        found |= _from_answers(answers_given(evaluations, asked), asked)
    return {measure: found.get(measure, NOTHING) for measure in measures}


def _kind(measure: str) -> str:
    return measure.partition(":")[0]


def _code(measure: str) -> str:
    return measure.partition(":")[2]


def _questions_of(definition: Definition, metrics: Collection[str]) -> dict[str, str]:
    """Return the questions of these metrics, each with its metric."""
    questions = definition.survey.questions if definition.survey else ()
    named = ((question.code, question.metric) for question in questions)
    return {code: metric for code, metric in named if metric is not None and metric in metrics}


def _on_channels(groups: Iterable[Group], channels: Collection[str]) -> Iterator[Group]:
    """Yield the groups of the total under the measures of their channels, where these are wanted."""
    for group in groups:
        measure = f"channel:{group.channel}"
        if measure in channels:
            yield group._replace(measure=measure)


def _from_groups(groups: Iterable[Group], method: ParticipantScore) -> dict[str, Observed]:
    by_measure: defaultdict[str, list[Group]] = defaultdict(list)
    for group in groups:
        by_measure[group.measure].append(group)
    factors = _factors(groups) if method is ParticipantScore.POOLED else {}
    return {measure: _observed(found, factors, method) for measure, found in by_measure.items()}


def _factors(groups: Iterable[Group]) -> dict[int, int]:
    """Return by what the units of each questionnaire are multiplied to make them the same for all."""
    used = {group.questionnaire for group in groups}
    units = dict(Questionnaire.objects.filter(pk__in=used).values_list("pk", "unit"))
    common = math.lcm(*units.values())
    return {questionnaire: common // unit for questionnaire, unit in units.items()}


def _observed(groups: Iterable[Group], factors: Mapping[int, int], method: ParticipantScore) -> Observed:
    scores: list[EnquiryScore[int]] = []
    spreads: defaultdict[int, defaultdict[str, Spread]] = defaultdict(lambda: defaultdict(Spread))
    for _measure, participant, channel, questionnaire, possible, earned, squares, number in groups:
        factor = factors.get(questionnaire, 1)
        scores.append(EnquiryScore(participant, earned * factor, possible * factor, number))
        share = 100 / possible
        spreads[participant][channel].add(number, earned * share, float(squares) * share * share)
    return Observed(participant_scores(scores, method=method), spreads)


def _from_answers(answers: Iterable[Given], asked: Mapping[str, str]) -> dict[str, Observed]:
    by_metric: defaultdict[str, defaultdict[int, list[Given]]] = defaultdict(lambda: defaultdict(list))
    for given in answers:
        by_metric[asked[given.question]][given.participant].append(given)
    return {
        f"metric:{metric}": Observed(
            {participant: tally for participant, found in given.items() if (tally := _tally(metric, found))},
            {participant: _spreads(metric, found) for participant, found in given.items()},
        )
        for metric, given in by_metric.items()
    }


def _tally(metric: str, answers: Iterable[Given]) -> Tally | None:
    """Return the metric over these answers and their number, None where none of them is a number."""
    numbers = [given for given in answers if METRICS[metric]([given.value]) is not None]
    figure = METRICS[metric](chain.from_iterable(repeat(given.value, given.number) for given in numbers))
    return None if figure is None else Tally(figure, sum(given.number for given in numbers))


def _spreads(metric: str, answers: Iterable[Given]) -> dict[str, Spread]:
    spreads: defaultdict[str, Spread] = defaultdict(Spread)
    for given in answers:
        figure = METRICS[metric]([given.value])
        if figure is not None:
            spreads[given.channel].add(
                given.number, float(figure) * given.number, float(figure) ** 2 * given.number
            )
    return spreads
