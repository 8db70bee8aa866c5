"""What a run is computed from: every evaluation that counts, with its answers."""

from collections import defaultdict

from kaaring.fieldwork.models import Answer
from kaaring.fieldwork.queries import counted
from kaaring.programmes.models import Edition
from kaaring.results.digests import Input


def inputs_of(edition: Edition) -> list[Input]:
    """Return every evaluation that counts, with its answers as they were given."""
    evaluations = counted(edition).order_by()
    answers: defaultdict[int, list[tuple[str, str]]] = defaultdict(list)
    given = Answer.objects.filter(evaluation__in=evaluations).exclude(value="")
    for evaluation, *answer in given.values_list("evaluation", "question__code", "value").iterator(5000):
        answers[evaluation].append((answer[0], answer[1]))
    enquiry = ("enquiry__code", "enquiry__participant__code", "enquiry__channel", "at")
    return [
        Input(code, participant, channel, at, rules, answers[key])
        for code, participant, channel, at, rules, key in evaluations.values_list(
            *enquiry, "questionnaire__rules__number", "pk"
        )
    ]
