"""Releasing feedback: when it may be, what is chosen, and that nothing is read before or without it."""

import pytest

from kaaring.audit.models import AuditLine
from kaaring.kernel.refused import Refused
from kaaring.programmes.models import Edition
from kaaring.results.actions import publish_run, release_feedback, withdraw_feedback, withdraw_run
from kaaring.results.queries.feedback import entries_reported_on, readable_feedback, release_of
from tests.build import NOON, a_published_edition, a_user
from tests.jury.marking import a_stage
from tests.results.jury import a_judged_edition, an_idea

pytestmark = pytest.mark.django_db


def a_published_jury() -> Edition:
    """An edition with two ideas, published."""
    edition = a_judged_edition(awards=False)
    stage = a_stage(edition)
    an_idea(stage, "A", (9, 9))
    an_idea(stage, "B", (5, 5))
    publish_run(edition, by="test", at=NOON)
    return edition


def released(edition: Edition, *, shows_band: bool = False, by: str = "test") -> None:
    release_feedback(edition, shows_band=shows_band, by=by, at=NOON)


def test_nobody_reads_feedback_before_it_is_released() -> None:
    edition = a_published_jury()
    assert readable_feedback(edition) is None

    person = a_user()
    released(edition, shows_band=True, by=person.public_id)

    found = readable_feedback(edition)
    assert found is not None
    assert (found.run, found.release.shows_band) == (edition.runs.get(), True)
    assert found.release.released_by == person
    line = AuditLine.objects.get(doing="feedback_released")
    assert line.details == {"shows_band": True}


def test_feedback_is_released_on_published_results_only() -> None:
    edition = a_judged_edition(awards=False)
    an_idea(a_stage(edition), "A", (9, 9))

    with pytest.raises(Refused, match="not_published"):
        released(edition)


def test_results_without_a_jury_have_no_feedback() -> None:
    with pytest.raises(Refused, match="not_published"):
        released(a_published_edition())


def test_feedback_is_released_once_and_again_only_to_choose_otherwise() -> None:
    edition = a_published_jury()
    released(edition)

    with pytest.raises(Refused, match="already_released"):
        released(edition)
    released(edition, shows_band=True)

    release = release_of(edition)
    assert release is not None
    assert release.shows_band


def test_withdrawn_results_take_their_feedback_along() -> None:
    edition = a_published_jury()
    released(edition)

    withdraw_run(edition.runs.get(), reason="A wrong mark.", by="test", at=NOON)

    assert readable_feedback(edition) is None


def test_feedback_is_withdrawn_with_a_reason_and_can_be_released_again() -> None:
    edition = a_published_jury()
    released(edition)

    with pytest.raises(Refused, match="reason_missing"):
        withdraw_feedback(edition, reason=" ", by="test", at=NOON)
    withdraw_feedback(edition, reason="Remarks were missing.", by="test", at=NOON)

    assert readable_feedback(edition) is None
    assert AuditLine.objects.get(doing="feedback_withdrawn").why == "Remarks were missing."
    with pytest.raises(Refused, match="not_released"):
        withdraw_feedback(edition, reason="Again.", by="test", at=NOON)
    released(edition)


def test_entries_that_were_submitted_and_not_withdrawn_get_feedback() -> None:
    edition = a_published_jury()
    stage = edition.stages.get()
    an_idea(stage, "C", submitted_at=None)
    an_idea(stage, "D", withdrawn_at=NOON, withdrawn_reason="Sold.")

    assert [entry.code for entry in entries_reported_on(edition)] == ["A", "B"]
