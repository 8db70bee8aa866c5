"""Submitting evaluations: computed first, then written, all or nothing, and the same twice as once."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta, timezone
from typing import Any

import pytest
from django.utils import translation

from kaaring.audit.models import AuditLine
from kaaring.fieldwork.actions import (
    EvaluationRow,
    add_shoppers,
    exclude_evaluation,
    plan_enquiries,
    review_evaluation,
    submit_evaluations,
)
from kaaring.fieldwork.actions import evaluations as submitting
from kaaring.fieldwork.models import Answer, Comment, Enquiry, Evaluation, Points
from kaaring.fieldwork.queries import counted, deviations_in, surroundings_of
from kaaring.fieldwork.spreadsheets import EnquiryRow, ShopperRow
from kaaring.kernel.tables import Faulty, Outcome
from kaaring.programmes.models import Edition, Rules
from kaaring.survey.models import Participant
from tests import measured
from tests.build import NOON, a_measured_edition, an_evaluation_row

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def submit(edition: Edition, *rows: EvaluationRow, **options: Any) -> Outcome:
    return submit_evaluations(edition, rows, by="test", at=NOON, **options)


def faults_of(edition: Edition, *rows: EvaluationRow) -> list[str]:
    with pytest.raises(Faulty) as caught:
        submit(edition, *rows)
    return [str(fault) for fault in caught.value.faults]


def sums(code: str) -> dict[str, tuple[int | None, int | None]]:
    evaluation = Evaluation.objects.get(enquiry__code=code)
    points = {one.measure: (one.earned, one.possible) for one in evaluation.points.all()}
    return {"total": (evaluation.earned, evaluation.possible), **points}


def test_a_faultless_evaluation_is_stored_with_answers_sums_and_comments() -> None:
    edition = a_measured_edition()

    assert submit(edition, an_evaluation_row()) == Outcome(created=1)

    assert sums("E1") == {"total": (13, 13), "area:wait": (4, 4), "area:talk": (9, 9), "theme:warmth": (6, 6)}
    evaluation = Evaluation.objects.get()
    assert {one.question.code: (one.value, one.earned, one.possible) for one in evaluation.answers.all()} == {
        "G1": ("first", None, None),
        "W1": ("45", 4, 4),
        "H1": ("yes", 1, 1),
        "S1": ("6", 5, 5),
        "M1": ("listened solved", 3, 3),
        "N1": ("9", None, None),
    }
    assert [(one.area, one.text) for one in evaluation.comments.all()] == [
        ("talk", "Took the time it needed.")
    ]
    assert (evaluation.is_answered, evaluation.is_thin, evaluation.review) == (True, False, "approved")
    assert evaluation.at == NOON
    assert counted(edition).count() == 1


def test_an_enquiry_that_nobody_answered_scores_zero_where_it_counts_and_nowhere_else() -> None:
    edition = a_measured_edition()

    submit(edition, an_evaluation_row(answers=measured.UNANSWERED, comments={}))

    assert sums("E1") == {"total": (0, 13), "area:wait": (0, 4)}
    evaluation = Evaluation.objects.get()
    assert not evaluation.is_answered
    assert Answer.objects.get(question__code="W1").value == ""
    assert not Comment.objects.exists()


def test_what_does_not_apply_leaves_both_sums() -> None:
    edition = a_measured_edition()

    submit(edition, an_evaluation_row(answers={**measured.BY_PHONE, "S1": "na"}))

    assert sums("E1")["total"] == (8, 8)
    assert Answer.objects.get(question__code="S1").possible is None


def test_a_thin_evaluation_is_held_whatever_the_file_says_and_the_outcome_names_it() -> None:
    edition = a_measured_edition()
    thin = an_evaluation_row("thin", channel="email", answers=measured.THIN_BY_EMAIL)

    outcome = submit(edition, thin, replace(thin, enquiry="bad", status="rejected"))

    assert outcome.held == ("thin",)
    reviews = dict(Evaluation.objects.values_list("enquiry__code", "review"))
    assert reviews == {"thin": "held", "bad": "rejected"}
    assert Evaluation.objects.filter(is_thin=True).count() == 2
    assert not counted(edition).exists()


def test_sending_the_same_again_changes_nothing_not_even_the_log() -> None:
    edition = a_measured_edition()
    rows = [an_evaluation_row("E1"), an_evaluation_row("E2", channel="email", answers=measured.BY_EMAIL)]
    submit(edition, *rows)
    before = list(Answer.objects.order_by("pk").values_list("pk", "value")), AuditLine.objects.count()

    assert submit(edition, *rows) == Outcome(unchanged=2)

    assert (
        list(Answer.objects.order_by("pk").values_list("pk", "value")),
        AuditLine.objects.count(),
    ) == before


def test_the_same_moment_in_another_zone_is_the_same_row() -> None:
    edition = a_measured_edition()
    submit(edition, an_evaluation_row())

    elsewhere = an_evaluation_row(at=NOON.astimezone(timezone(timedelta(hours=5))))

    assert submit(edition, elsewhere) == Outcome(unchanged=1)


def test_a_changed_row_replaces_its_answers_and_keeps_its_address() -> None:
    edition = a_measured_edition()
    submit(edition, an_evaluation_row("E1"), an_evaluation_row("E2"))
    before = Evaluation.objects.get(enquiry__code="E1")

    outcome = submit(edition, an_evaluation_row("E1", answers=measured.UNANSWERED, comments={}))

    assert outcome == Outcome(changed=1)
    after = Evaluation.objects.get(enquiry__code="E1")
    assert (after.pk, after.public_id) == (before.pk, before.public_id)
    assert sums("E1") == {"total": (0, 13), "area:wait": (0, 4)}
    assert sums("E2")["total"] == (13, 13)
    line = AuditLine.objects.filter(doing="evaluations_submitted").latest("number")
    assert line.details["changed"] == ["E1"]
    assert list(deviations_in(edition)) == []


def test_sending_the_same_row_again_does_not_undo_what_a_reviewer_decided() -> None:
    edition = a_measured_edition()
    submit(edition, an_evaluation_row("E1"), an_evaluation_row("E2"))
    one, two = Evaluation.objects.order_by("pk")
    exclude_evaluation(one, "The line was down.", by="test", at=NOON)
    review_evaluation(two, Evaluation.Review.REJECTED, "The wrong company.", by="test", at=NOON)

    submit(edition, an_evaluation_row("E1"), an_evaluation_row("E2"))

    one.refresh_from_db()
    two.refresh_from_db()
    assert (one.excluded, two.review) == ("The line was down.", "rejected")


def test_a_trial_counts_and_writes_nothing() -> None:
    edition = a_measured_edition()
    thin = an_evaluation_row("thin", channel="email", answers=measured.THIN_BY_EMAIL)

    outcome = submit(edition, an_evaluation_row(), thin, dry_run=True)

    assert outcome == Outcome(created=2, held=("thin",), is_dry_run=True)
    assert not Enquiry.objects.exists()
    assert Rules.objects.get().frozen_at is None


def test_the_first_evaluation_freezes_the_rules() -> None:
    edition = a_measured_edition()
    assert Rules.objects.get().frozen_at is None

    submit(edition, an_evaluation_row())

    assert Rules.objects.get().frozen_at == NOON


def test_a_planned_enquiry_is_used_and_learns_who_made_it_after_all() -> None:
    edition = a_measured_edition()
    add_shoppers(edition, [ShopperRow("S1", "Ann"), ShopperRow("S2", "Bo")], by="test", at=NOON)
    planned = EnquiryRow("E1", "centre-1", "phone", shopper="S1", scenario="invoice")
    plan_enquiries(edition, [planned], by="test", at=NOON)

    submit(edition, an_evaluation_row("E1", shopper="S2"), an_evaluation_row("E2", shopper="S1"))

    first, second = Enquiry.objects.order_by("code").select_related("shopper")
    assert (first.scenario, first.shopper and first.shopper.code) == ("invoice", "S2")
    assert second.shopper is not None
    assert second.shopper.code == "S1"
    line = AuditLine.objects.get(doing="evaluations_submitted")
    assert line.details["enquiries_created"] == 1


def test_everything_that_does_not_fit_is_told_at_once_and_nothing_is_written() -> None:
    edition = a_measured_edition()
    plan_enquiries(edition, [EnquiryRow("E1", "centre-1", "phone")], by="test", at=NOON)
    add_shoppers(edition, [ShopperRow("S1", "Ann")], by="test", at=NOON)
    Participant.objects.filter(code="centre-2").update(channels=["phone"])

    faults = faults_of(
        edition,
        an_evaluation_row("E1", participant="centre-2", channel="email", answers=measured.BY_EMAIL, row=2),
        an_evaluation_row("E2", participant="nobody", channel="telex", shopper="S9", row=3),
        an_evaluation_row("E3", participant="", channel="", row=4),
        an_evaluation_row("E4", attempts=3, row=5),
        an_evaluation_row("E5", row=6),
    )

    assert faults == [
        "row 2, column channel: centre-2 does not have the channel email. "
        "Correct the channel, or add it to the participant first.",
        "row 2, column participant: The enquiry E1 is planned with centre-1. "
        "Correct the participant, or the enquiry's code.",
        "row 2, column channel: The enquiry E1 is planned on phone. "
        "Correct the channel, or the enquiry's code.",
        "row 3, column participant: There is no participant “nobody” in this edition. "
        "Correct the code, or import the participant first.",
        "row 3, column channel: There is no channel “telex” in this edition. Write one of: phone, email.",
        "row 3, column shopper: There is no shopper “S9” in this edition. "
        "Correct the code, import the shopper first, or leave the cell empty.",
        "row 4, column participant: The cell is empty. Correct the code, or import the participant first.",
        "row 4, column channel: The cell is empty. Write one of: phone, email.",
        "row 5, column attempts: 3 attempts are more than phone allows. Write a number from 1 to 2.",
    ]
    assert not Evaluation.objects.exists()


@pytest.mark.parametrize(
    ("answers", "channel", "said"),
    [
        ({"S1": "7"}, "phone", "S1: “7” is not on the scale 1 to 6. Write a whole number from 1 to 6, "
         "or “na” where it does not apply."),
        ({"S1": "good"}, "phone", "S1: “good” is not a number. Write a whole number from 1 to 6, "
         "or “na” where it does not apply."),
        ({"N1": "11"}, "phone", "N1: “11” is not on the scale 0 to 10. Write a whole number from 0 to 10, "
         "or leave it empty."),
        ({"W1": "-1"}, "phone", "W1: “-1” is below 0. Write a number such as 0, 12 or 74.5."),
        ({"W1": ""}, "phone", "W1: W1 has no answer. Write a number such as 0, 12 or 74.5."),
        ({"H1": "maybe"}, "phone", "H1: “maybe” is not one of the answers to H1. Write one of: yes, no."),
        ({"H1": "yes no"}, "phone", "H1: “yes no” names more answers than H1 takes. Write one of: yes, no."),
        ({"M1": "listened solved thanked"}, "phone", "M1: “listened solved thanked” names more answers than "
         "M1 takes. Write at most 2 of these, with a space between: listened, solved, thanked."),
        ({"H1": "na"}, "phone", "H1: “na” is not allowed for H1. Write one of: yes, no."),
        ({"M1": "solved"}, "email", "M1: “solved” is given, but M1 is not asked on email. "
         "Leave the cell empty."),
        ({"G1": "no", "M1": "", "N1": "", "S1": "", "W1": ""}, "phone",
         "H1: “yes” is given, but nobody answered the enquiry. Leave the cell empty."),
        ({"X9": "1"}, "phone", "X9: There is no question “X9”. Remove the answer."),
    ],
)  # fmt: skip
def test_a_wrong_answer_is_told_with_what_would_be_right(answers: Any, channel: str, said: str) -> None:
    edition = a_measured_edition()
    usual = measured.BY_EMAIL if channel == "email" else measured.BY_PHONE

    assert faults_of(edition, an_evaluation_row(channel=channel, answers={**usual, **answers}, row=2)) == [
        f"row 2, column {said}"
    ]


def test_faults_found_in_reading_stop_the_writing_and_are_told_with_the_others() -> None:
    edition = a_measured_edition()
    with pytest.raises(Faulty) as found:
        submit(edition, an_evaluation_row(attempts=9, row=7))

    with pytest.raises(Faulty) as caught:
        submit(edition, an_evaluation_row(channel="telex", row=2), faults=found.value.faults)

    assert [fault.row for fault in caught.value.faults] == [2, 7]
    with pytest.raises(Faulty):
        submit(edition, an_evaluation_row(), faults=found.value.faults)


def test_rows_are_looked_at_again_when_the_edition_has_changed_meanwhile(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    edition = a_measured_edition(participants=1)
    once = [surroundings_of(edition)]
    monkeypatch.setattr(submitting, "surroundings_of", lambda of: once.pop() if once else surroundings_of(of))
    plan_enquiries(edition, [EnquiryRow("E1", "centre-1", "email")], by="test", at=NOON)

    with pytest.raises(Faulty, match="spreadsheet_at_fault"):
        submit(edition, an_evaluation_row("E1"))

    assert not Evaluation.objects.exists()


def test_progress_is_told_and_ends_with_all() -> None:
    edition = a_measured_edition()
    told: list[tuple[int, int]] = []

    rows = [an_evaluation_row(f"E{number}") for number in range(150)]
    submit(edition, *rows, progress=lambda done, total: told.append((done, total)))

    assert told == [(0, 150), (100, 150), (150, 150)]


def test_more_rows_than_fit_into_one_statement_are_replaced_and_get_their_shoppers(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    edition = a_measured_edition()
    monkeypatch.setattr(submitting.writing, "CHUNK", 2)
    add_shoppers(edition, [ShopperRow("S1", "Ann")], by="test", at=NOON)
    rows = [an_evaluation_row(f"E{number}") for number in range(5)]
    submit(edition, *rows)

    outcome = submit(edition, *(replace(row, shopper="S1") for row in rows))

    assert outcome == Outcome(changed=5)
    assert Enquiry.objects.filter(shopper__code="S1").count() == 5
    assert Points.objects.count() == 5 * 3


def test_rows_written_one_by_one_afterwards_get_keys_of_their_own() -> None:
    edition = a_measured_edition()
    submit(edition, an_evaluation_row("E1"), an_evaluation_row("E2"))

    participant = Participant.objects.get(code="centre-1")
    later = Enquiry.objects.create(edition=edition, code="E3", participant=participant, channel="phone")
    submit(edition, an_evaluation_row("E4"))

    assert later.pk not in Enquiry.objects.exclude(code="E3").values_list("pk", flat=True)
    assert Enquiry.objects.count() == 4
