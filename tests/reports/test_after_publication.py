"""A published report stays what it was: nothing that comes in later is shown, and changes are said."""

from dataclasses import replace

import pytest

from kaaring.fieldwork.actions import (
    EvaluationRow,
    exclude_evaluation,
    include_evaluation,
    submit_evaluations,
)
from kaaring.fieldwork.models import Evaluation
from kaaring.reports.content import participant_content
from tests import build
from tests.reports.build import BEST, BY_EMAIL, UNANSWERED, made, of_the_best, on, published

pytestmark = pytest.mark.django_db

SLOW = {**BEST, "W1": "100", "M1": "listened", "S1": "1"}
OWN = [
    made(1, on(2), BEST, comments={"talk": "Varm stemme."}),
    made(2, on(3), SLOW),
    made(3, on(5), BY_EMAIL, channel="email"),
    made(4, on(5), UNANSWERED, attempts=2),
]


def test_an_exclusion_after_the_publication_leaves_the_results_and_is_said() -> None:
    run, participant = published([*OWN, *of_the_best()])
    before = participant_content(run, participant)

    exclude_evaluation(
        Evaluation.objects.get(enquiry__code="own-2"), "A campaign nobody knew of.", by="test", at=build.NOON
    )
    after = participant_content(run, participant)

    assert before.method.is_as_published
    assert not after.method.is_as_published
    assert after.summary.total == before.summary.total


def test_nothing_that_came_in_after_the_publication_is_shown() -> None:
    rows = [*OWN, made(5, on(6), BEST, excluded="The line broke."), made(6, on(7), BEST, status="held")]
    run, participant = published([*rows, *of_the_best()])
    before = participant_content(run, participant)

    late = [
        made(7, on(8), {**SLOW, "F1": "cross"}, comments={"talk": "Kom for sent."}),
        made(8, on(8), BEST, excluded="The shopper was known."),
        made(9, on(8), BEST, status="rejected"),
    ]
    submit_evaluations(run.edition, late, by="test", at=build.NOON)

    assert participant_content(run, participant) == before
    assert before.method.is_as_published


def test_a_decision_after_the_publication_leaves_the_enquiries_that_the_run_counted() -> None:
    rows = [*OWN, made(5, on(6), BEST, excluded="The line broke."), made(6, on(7), BEST, status="held")]
    run, participant = published([*rows, *of_the_best()])
    before = participant_content(run, participant)

    exclude_evaluation(Evaluation.objects.get(enquiry__code="own-2"), "Odd.", by="test", at=build.NOON)
    include_evaluation(Evaluation.objects.get(enquiry__code="own-5"), "Even.", by="test", at=build.NOON)
    after = participant_content(run, participant)

    assert after.enquiries == before.enquiries
    assert after.feelings == before.feelings
    assert (after.method.left_out, after.method.held) == (before.method.left_out, 1)


@pytest.mark.parametrize(
    "again", [replace(OWN[0], answers=SLOW), replace(OWN[0], comments={"talk": "Et annet ord."})]
)
def test_a_counted_evaluation_that_was_sent_again_otherwise_is_said_to_be_changed(
    again: EvaluationRow,
) -> None:
    run, participant = published([*OWN, *of_the_best()])

    submit_evaluations(run.edition, [again], by="test", at=build.NOON)

    assert not participant_content(run, participant).method.is_as_published
