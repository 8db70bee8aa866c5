"""Deciding what counts: approving, holding, rejecting, excluding and including, always with a reason."""

import pytest

from kaaring.audit.models import AuditLine
from kaaring.fieldwork.actions import (
    exclude_evaluation,
    include_evaluation,
    review_evaluation,
    submit_evaluations,
)
from kaaring.fieldwork.models import Evaluation
from kaaring.fieldwork.queries import counted, held_count, review_counts
from kaaring.kernel.refused import Refused
from tests import measured
from tests.build import NOON, a_measured_edition, an_evaluation_row

pytestmark = pytest.mark.django_db
Review = Evaluation.Review


def a_thin_evaluation() -> Evaluation:
    edition = a_measured_edition()
    thin = an_evaluation_row(channel="email", answers=measured.THIN_BY_EMAIL)
    submit_evaluations(edition, [thin], by="test", at=NOON)
    return Evaluation.objects.select_related("enquiry__edition").get()


def an_evaluation() -> Evaluation:
    a_measured_edition(participants=1, evaluations=1)
    return Evaluation.objects.select_related("enquiry__edition").get()


def test_a_thin_evaluation_counts_once_a_reviewer_has_approved_it_with_a_reason() -> None:
    evaluation = a_thin_evaluation()
    edition = evaluation.enquiry.edition
    assert (held_count(edition), counted(edition).count()) == (1, 0)
    with pytest.raises(Refused, match="reason_missing"):
        review_evaluation(evaluation, Review.APPROVED, "  ", by="test", at=NOON)

    review_evaluation(evaluation, Review.APPROVED, "There was nothing else to see.", by="rita", at=NOON)

    assert (held_count(edition), counted(edition).count()) == (0, 1)
    line = AuditLine.objects.get(doing="evaluation_approved")
    assert (line.about, line.by, line.why) == ("E1", "rita", "There was nothing else to see.")
    assert line.details == {"before": "held"}


@pytest.mark.parametrize(
    ("review", "sentence"),
    [
        (Review.APPROVED, "The evaluation of E1 is approved already."),
        (Review.HELD, "The evaluation of E1 is held for review already."),
        (Review.REJECTED, "The evaluation of E1 is rejected already."),
    ],
)
def test_what_is_so_already_is_said_in_a_whole_sentence(review: Evaluation.Review, sentence: str) -> None:
    evaluation = a_thin_evaluation()
    Evaluation.objects.update(review=review)

    with pytest.raises(Refused, match="already_so") as refused:
        review_evaluation(evaluation, review, "Again.", by="rita", at=NOON)

    assert refused.value.reason == sentence


def test_a_rejected_evaluation_counts_nowhere_and_keeps_the_reason() -> None:
    evaluation = an_evaluation()

    rejected = review_evaluation(evaluation, Review.REJECTED, "The wrong company.", by="rita", at=NOON)

    assert rejected.reviewed_because == "The wrong company."
    assert review_counts(evaluation.enquiry.edition) == {"approved": 0, "held": 0, "rejected": 1}
    assert not counted(evaluation.enquiry.edition).exists()
    with pytest.raises(Refused, match="already_so"):
        review_evaluation(evaluation, Review.REJECTED, "Again.", by="rita", at=NOON)


def test_an_excluded_evaluation_counts_again_when_it_is_included() -> None:
    evaluation = an_evaluation()
    edition = evaluation.enquiry.edition
    with pytest.raises(Refused, match="reason_missing"):
        exclude_evaluation(evaluation, "", by="rita", at=NOON)
    with pytest.raises(Refused, match="not_excluded"):
        include_evaluation(evaluation, "No matter.", by="rita", at=NOON)

    exclude_evaluation(evaluation, "The line was down.", by="rita", at=NOON)
    assert not counted(edition).exists()
    with pytest.raises(Refused, match="already_excluded"):
        exclude_evaluation(evaluation, "Again.", by="rita", at=NOON)
    with pytest.raises(Refused, match="reason_missing"):
        include_evaluation(evaluation, "", by="rita", at=NOON)

    include_evaluation(evaluation, "It was not.", by="rita", at=NOON)
    assert counted(edition).exists()
    doings = AuditLine.objects.filter(about="centre-1-1").order_by("number").values_list("doing", "why")
    assert list(doings) == [
        ("evaluation_excluded", "The line was down."),
        ("evaluation_included", "It was not."),
    ]
