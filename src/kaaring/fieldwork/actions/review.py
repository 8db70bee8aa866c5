"""Reviewing evaluations: what counts and what does not, always with a reason."""

from datetime import datetime

from django.db import transaction

from kaaring.audit.actions import record
from kaaring.fieldwork import rules as may
from kaaring.fieldwork.models import Evaluation
from kaaring.kernel.refused import refuse
from kaaring.programmes.queries import chain_of


def _locked(evaluation: Evaluation) -> Evaluation:
    related = Evaluation.objects.select_related("enquiry__edition__programme")
    return related.select_for_update(of=("self",)).get(pk=evaluation.pk)


@transaction.atomic
def review_evaluation(
    evaluation: Evaluation, review: Evaluation.Review, reason: str, *, by: str, at: datetime
) -> Evaluation:
    """Approve, hold or reject an evaluation; only approved ones count."""
    locked = _locked(evaluation)
    refuse(may.against_reviewing(locked, review, reason=reason))
    before = locked.review
    locked.review, locked.reviewed_because = review.value, reason.strip()
    locked.save(update_fields=["review", "reviewed_because"])
    _record(locked, f"evaluation_{review.value}", locked.reviewed_because, before=before, by=by, at=at)
    return locked


@transaction.atomic
def exclude_evaluation(evaluation: Evaluation, reason: str, *, by: str, at: datetime) -> Evaluation:
    """Leave an evaluation out of all results; it stays visible with the reason."""
    locked = _locked(evaluation)
    refuse(may.against_excluding(locked, reason=reason))
    locked.excluded = reason.strip()
    locked.save(update_fields=["excluded"])
    _record(locked, "evaluation_excluded", locked.excluded, before="", by=by, at=at)
    return locked


@transaction.atomic
def include_evaluation(evaluation: Evaluation, reason: str, *, by: str, at: datetime) -> Evaluation:
    """Let an excluded evaluation count again."""
    locked = _locked(evaluation)
    refuse(may.against_including(locked, reason=reason))
    before, locked.excluded = locked.excluded, ""
    locked.save(update_fields=["excluded"])
    _record(locked, "evaluation_included", reason.strip(), before=before, by=by, at=at)
    return locked


def _record(evaluation: Evaluation, doing: str, why: str, *, before: str, by: str, at: datetime) -> None:
    enquiry = evaluation.enquiry
    record(chain_of(enquiry.edition), doing, enquiry.code, by=by, at=at, why=why, details={"before": before})
