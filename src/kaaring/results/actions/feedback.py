"""Letting entrants read how their entries did, and no longer."""

from datetime import datetime

from django.db import transaction

from kaaring.audit.actions import record
from kaaring.kernel.refused import refuse
from kaaring.outbox.actions import forget_kinds
from kaaring.outbox.models import Letter
from kaaring.people.queries import person_called
from kaaring.programmes.models import Edition
from kaaring.programmes.queries import chain_of
from kaaring.results.models import FeedbackRelease
from kaaring.results.queries.feedback import feedback_run, release_of
from kaaring.results.rules import feedback as may


@transaction.atomic
def release_feedback(edition: Edition, *, shows_band: bool, by: str, at: datetime) -> FeedbackRelease:
    """Let each entrant read how their own entries did; again, to choose otherwise about the quarter."""
    locked = _held(edition)
    released = release_of(locked)
    is_published = feedback_run(locked) is not None
    refuse(may.against_releasing_feedback(released, is_published=is_published, shows_band=shows_band))
    release, _is_new = FeedbackRelease.objects.update_or_create(
        edition=locked,
        defaults={"shows_band": shows_band, "released_at": at, "released_by": person_called(by)},
    )
    details = {"shows_band": shows_band}
    record(chain_of(locked), "feedback_released", str(release), by=by, at=at, details=details)
    return release


@transaction.atomic
def withdraw_feedback(edition: Edition, *, reason: str, by: str, at: datetime) -> None:
    """Let nobody read feedback any more; that it was released, and why no longer, stays in the log."""
    locked = _held(edition)
    released = release_of(locked)
    refuse(may.against_withdrawing_feedback(released, reason=reason))
    FeedbackRelease.objects.filter(edition=locked).delete()
    forget_kinds(locked, (Letter.Kind.FEEDBACK,), at=at)
    record(chain_of(locked), "feedback_withdrawn", f"{locked}, feedback", by=by, at=at, why=reason.strip())


def _held(edition: Edition) -> Edition:
    found = Edition.objects.select_for_update(of=("self",)).select_related("programme__organiser")
    return found.get(pk=edition.pk)
