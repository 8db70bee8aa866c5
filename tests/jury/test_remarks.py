"""Jurors' remarks to entrants, looked at before anybody else reads them."""

from typing import Any

import pytest

from kaaring.audit.models import AuditLine
from kaaring.jury.actions.remarks import hold_back_remark, release_remark, release_waiting_remarks
from kaaring.jury.actions.scorecards import reopen_scorecard
from kaaring.jury.models import Scorecard
from kaaring.jury.queries.remarks import remark_counts, remarks_in, remarks_to
from kaaring.kernel.refused import Refused
from kaaring.people.models import Membership
from tests.build import NOON, a_user
from tests.jury.marking import a_juried_edition_of, a_juror_of, a_stage, an_assignment, an_entry_of

pytestmark = pytest.mark.django_db


def a_remark(text: str = "A clear case.", **changes: Any) -> Scorecard:
    """A final scorecard with a remark to the entrant."""
    assignment = changes.pop("assignment", None) or an_assignment(a_stage(a_juried_edition_of()))
    plain = {"started_at": NOON, "changed_at": NOON, "submitted_at": NOON, "remark": text}
    return Scorecard.objects.create(assignment=assignment, **{**plain, **changes})


def moderated(card: Scorecard) -> str | None:
    card.refresh_from_db()
    return card.moderated


def test_a_remark_is_released_as_the_juror_wrote_it() -> None:
    card = a_remark("A clear case.")

    release_remark(card.pk, " A clear case. ", by="test", at=NOON)

    assert moderated(card) == "A clear case."
    assert AuditLine.objects.get(doing="remark_released").details["is_edited"] is False


def test_an_edited_remark_leaves_the_juror_s_own_as_it_was() -> None:
    card = a_remark("Weak, as always with them.")

    release_remark(card.pk, "The results could be shown better.", by="test", at=NOON)

    assert moderated(card) == "The results could be shown better."
    assert card.remark == "Weak, as always with them."
    assert AuditLine.objects.get(doing="remark_released").details["is_edited"] is True


def test_the_log_says_nothing_of_what_a_remark_says() -> None:
    card = a_remark("Weak, as always with them.")

    release_remark(card.pk, "Better figures would help.", by="test", at=NOON)

    line = AuditLine.objects.get(doing="remark_released")
    assert "Weak" not in f"{line.about} {line.details}"
    assert "figures" not in f"{line.about} {line.details}"


def test_a_remark_that_is_held_back_is_read_by_nobody() -> None:
    card = a_remark()

    hold_back_remark(card.pk, by="test", at=NOON)

    assert moderated(card) == ""
    assert remarks_to(card.assignment.entry) == []
    assert remark_counts(remarks_in(card.assignment.stage.edition)) == (0, 0, 1)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"submitted_at": None}, "scorecard_not_final"),
        ({"excluded_at": NOON, "excluded_reason": "Conflict."}, "scorecard_excluded"),
        ({"remark": ""}, "no_remark"),
    ],
)
def test_what_is_not_there_to_release_is_refused(changes: dict[str, Any], code: str) -> None:
    card = a_remark(**changes)

    with pytest.raises(Refused, match=code):
        release_remark(card.pk, "Something", by="test", at=NOON)
    with pytest.raises(Refused, match=code):
        hold_back_remark(card.pk, by="test", at=NOON)


@pytest.mark.parametrize(("text", "code"), [("  ", "remark_empty"), ("x" * 20_001, "remark_too_long")])
def test_an_empty_or_endless_text_is_refused(text: str, code: str) -> None:
    card = a_remark()

    with pytest.raises(Refused, match=code):
        release_remark(card.pk, text, by="test", at=NOON)
    assert moderated(card) is None


def test_all_waiting_remarks_are_released_at_once_and_decided_ones_stay() -> None:
    edition = a_juried_edition_of()
    stage = a_stage(edition)
    entry = an_entry_of(edition)
    first, second, held, edited = (
        a_remark(f"Remark {number}.", assignment=an_assignment(stage, entry, a_juror_of(edition)))
        for number in range(4)
    )
    hold_back_remark(held.pk, by="test", at=NOON)
    release_remark(edited.pk, "Said otherwise.", by="test", at=NOON)

    assert release_waiting_remarks(edition, by="test", at=NOON) == 2

    assert sorted(remarks_to(entry)) == ["Remark 0.", "Remark 1.", "Said otherwise."]
    assert (moderated(first), moderated(second), moderated(held)) == ("Remark 0.", "Remark 1.", "")
    assert AuditLine.objects.get(doing="remarks_released").details == {"count": 2}


def test_where_nothing_waits_releasing_all_does_nothing() -> None:
    edition = a_juried_edition_of()

    assert release_waiting_remarks(edition, by="test", at=NOON) == 0
    assert not AuditLine.objects.filter(doing="remarks_released").exists()


def test_calibration_and_withdrawn_entries_have_no_remarks_to_look_at() -> None:
    edition = a_juried_edition_of()
    stage = a_stage(edition)
    a_remark(
        assignment=an_assignment(stage, an_entry_of(edition, withdrawn_at=NOON, withdrawn_reason="Sold."))
    )
    example = an_entry_of(edition)
    stage.calibration = example
    stage.save()
    a_remark(assignment=an_assignment(stage, example))

    assert not remarks_in(edition).exists()


def test_a_reopened_scorecard_has_its_remark_looked_at_again() -> None:
    card = a_remark()
    release_remark(card.pk, "A clear case.", by="test", at=NOON)
    organiser = card.assignment.stage.edition.programme.organiser
    owner = a_user()
    Membership.objects.create(organiser=organiser, user=owner, role="owner")

    reopen_scorecard(card.pk, reason="A slip.", by=owner.public_id, at=NOON)

    assert moderated(card) is None
