"""Stages: their periods, and the entries in them."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from kaaring.audit.models import AuditLine
from kaaring.entries.models import Entry
from kaaring.jury.actions import stages
from kaaring.jury.models import Admission, Assignment, Stage
from kaaring.jury.queries import stages as queries
from kaaring.kernel.refused import Refused
from kaaring.programmes.models import Edition
from tests.build import NOON, a_measured_edition, an_edition
from tests.juried import a_juried_edition, a_juror, a_stage, an_assignment
from tests.jury.build import a_card, bare_entry

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
BY: Any = {"by": "test", "at": NOON}


@pytest.fixture
def edition() -> Edition:
    return a_juried_edition()


def refusal_of(doing: Any, *args: Any, **options: Any) -> str:
    with pytest.raises(Refused) as refused:
        doing(*args, **options)
    return refused.value.code


def here(stage: Stage) -> set[int]:
    return set(queries.entries_in(stage).values_list("pk", flat=True))


def test_opening_the_first_stage_lets_every_submitted_entry_in(edition: Edition) -> None:
    entry = bare_entry(edition)
    bare_entry(edition, submitted_at=None)
    bare_entry(edition, withdrawn_at=NOON, withdrawn_reason="Moved")

    stage = a_stage(edition)

    assert here(stage) == {entry.pk}
    assert list(AuditLine.objects.order_by("number").values_list("doing", flat=True))[-2:] == [
        "stage_opened",
        "entries_admitted",
    ]


def test_opening_a_later_stage_lets_nothing_in(edition: Edition) -> None:
    bare_entry(edition)

    assert here(a_stage(edition, "final")) == set()


def test_the_rules_give_a_period_from_midnight_to_midnight_on_the_editions_clock(edition: Edition) -> None:
    jury = queries.jury_of(edition)
    assert jury is not None
    oslo = ZoneInfo("Europe/Oslo")

    period = queries.announced_period(edition, jury.stages[0])

    assert period == (datetime(2030, 2, 1, tzinfo=oslo), datetime(2030, 2, 11, tzinfo=oslo))


@pytest.mark.parametrize(
    ("code", "opens", "closes", "refused"),
    [
        ("interviews", -DAY, DAY, "unknown_stage"),
        ("screening", DAY, DAY, "closes_before_it_opens"),
        ("screening", DAY, -DAY, "closes_before_it_opens"),
        ("screening", -2 * DAY, -DAY, "closes_in_the_past"),
    ],
)
def test_a_stage_with_an_impossible_period_is_refused(
    edition: Edition, code: str, opens: timedelta, closes: timedelta, refused: str
) -> None:
    times = {"opens_at": NOON + opens, "closes_at": NOON + closes}

    assert refusal_of(stages.open_stage, edition, code, **times, **BY) == refused
    assert not Stage.objects.exists()


def test_an_edition_without_a_jury_or_without_rules_has_no_stage() -> None:
    times = {"opens_at": NOON, "closes_at": NOON + DAY}

    assert refusal_of(stages.open_stage, a_measured_edition(), "final", **times, **BY) == "unknown_stage"
    assert refusal_of(stages.open_stage, an_edition(), "final", **times, **BY) == "unknown_stage"


def test_a_stage_gets_its_period_once(edition: Edition) -> None:
    a_stage(edition)

    times = {"opens_at": NOON, "closes_at": NOON + DAY}
    assert refusal_of(stages.open_stage, edition, "screening", **times, **BY) == "stage_has_a_period"


def test_a_stage_is_open_from_its_first_moment_until_just_before_its_last(edition: Edition) -> None:
    stage = a_stage(edition, opens_at=NOON, closes_at=NOON + DAY)

    assert not queries.is_open(stage, at=NOON - timedelta(seconds=1))
    assert queries.is_open(stage, at=NOON)
    assert not queries.is_open(stage, at=NOON + DAY)


def test_a_moved_stage_has_its_new_period_and_the_log_has_both(edition: Edition) -> None:
    stage = a_stage(edition)

    moved = stages.move_stage(stage.pk, opens_at=NOON - DAY, closes_at=NOON + 20 * DAY, why="More time", **BY)

    assert moved.closes_at == NOON + 20 * DAY
    line = AuditLine.objects.get(doing="stage_moved")
    assert line.why == "More time"
    assert line.details["before"]["closes_at"] == (NOON + 9 * DAY).isoformat()


def test_moving_to_the_same_period_does_nothing(edition: Edition) -> None:
    stage = a_stage(edition)

    stages.move_stage(stage.pk, opens_at=stage.opens_at, closes_at=stage.closes_at, **BY)

    assert not AuditLine.objects.filter(doing="stage_moved").exists()


def test_a_stage_is_not_moved_to_close_before_it_opens_or_in_the_past(edition: Edition) -> None:
    stage = a_stage(edition)

    def move(opens_at: datetime, closes_at: datetime) -> str:
        return refusal_of(stages.move_stage, stage.pk, opens_at=opens_at, closes_at=closes_at, **BY)

    assert move(NOON + DAY, NOON) == "closes_before_it_opens"
    assert move(NOON - DAY, NOON - timedelta(hours=1)) == "closes_in_the_past"


def test_a_stage_does_not_open_later_than_its_first_scorecard(edition: Edition) -> None:
    entry = bare_entry(edition)
    stage = a_stage(edition)
    a_card(an_assignment(stage, entry))
    closes_at = stage.closes_at

    later = {"opens_at": NOON + DAY, "closes_at": closes_at}
    assert refusal_of(stages.move_stage, stage.pk, **later, **BY) == "marking_has_begun"
    stages.move_stage(stage.pk, opens_at=NOON - timedelta(hours=1), closes_at=closes_at, **BY)


def test_a_closed_stage_is_opened_again_until_its_marks_have_sent_entries_on(edition: Edition) -> None:
    entry = bare_entry(edition)
    first = a_stage(edition)
    second = a_stage(edition, "marking")
    late = NOON + 10 * DAY
    stages.move_stage(first.pk, opens_at=first.opens_at, closes_at=late + DAY, by="test", at=late)
    stages.close_stage(first.pk, by="test", at=late)
    stages.move_stage(second.pk, opens_at=NOON, closes_at=late + 9 * DAY, **BY)
    stages.admit(second.pk, [entry.pk], by="test", at=late)

    again = {"opens_at": first.opens_at, "closes_at": late + 5 * DAY, "by": "test", "at": late + DAY}
    assert refusal_of(stages.move_stage, first.pk, **again) == "next_stage_filled"

    stages.end_admission(second.pk, entry.pk, reason="Not yet", by="test", at=late + DAY)
    assert stages.move_stage(first.pk, **again).closes_at == late + 5 * DAY


def test_an_open_stage_is_closed_now_and_drafts_stay(edition: Edition) -> None:
    entry = bare_entry(edition)
    stage = a_stage(edition)
    card = a_card(an_assignment(stage, entry))

    closed = stages.close_stage(stage.pk, why="Everybody is done", **BY)

    assert closed.closes_at == NOON
    card.refresh_from_db()
    assert not card.is_final


def test_what_is_not_open_is_not_closed(edition: Edition) -> None:
    stage = a_stage(edition, opens_at=NOON, closes_at=NOON + DAY)

    assert refusal_of(stages.close_stage, stage.pk, **BY) == "not_open_yet"
    assert refusal_of(stages.close_stage, stage.pk, by="test", at=NOON + DAY) == "stage_closed"


def test_entries_submitted_later_come_in_when_they_are_let_in_and_only_once(edition: Edition) -> None:
    stage = a_stage(edition)
    late = bare_entry(edition)
    assert here(stage) == set()

    assert stages.admit_submitted(stage.pk, **BY) == 1
    assert stages.admit_submitted(stage.pk, **BY) == 0
    assert here(stage) == {late.pk}


def test_only_submitted_entries_of_the_edition_are_let_in(edition: Edition) -> None:
    stage = a_stage(edition)
    other = bare_entry(a_juried_edition(slug="other-awards"))
    for entry in (
        bare_entry(edition, submitted_at=None),
        bare_entry(edition, withdrawn_at=NOON, withdrawn_reason="Moved"),
        other,
    ):
        assert refusal_of(stages.admit, stage.pk, [entry.pk], **BY) == "not_submitted"
    assert not Admission.objects.exists()


def test_a_closed_stage_lets_nothing_in(edition: Edition) -> None:
    stage, entry = a_stage(edition), bare_entry(edition)

    late = {"by": "test", "at": stage.closes_at}
    assert refusal_of(stages.admit, stage.pk, [entry.pk], **late) == "stage_closed"
    assert refusal_of(stages.admit_by_hand, stage.pk, entry.pk, reason="Please", **late) == "stage_closed"


def test_a_later_stage_takes_what_was_in_the_one_before(edition: Edition) -> None:
    entry = bare_entry(edition)
    a_stage(edition)
    outside = bare_entry(edition)
    second, third = a_stage(edition, "marking"), a_stage(edition, "final")

    assert stages.admit(second.pk, [entry.pk], **BY) == 1
    assert refusal_of(stages.admit, second.pk, [outside.pk], **BY) == "not_in_the_stage_before"
    assert refusal_of(stages.admit, third.pk, [outside.pk], **BY) == "not_in_the_stage_before"
    assert here(second) == {entry.pk}


def test_a_later_stage_takes_nothing_by_the_rules_when_the_one_before_has_no_period(edition: Edition) -> None:
    stage, entry = a_stage(edition, "final"), bare_entry(edition)

    assert refusal_of(stages.admit, stage.pk, [entry.pk], **BY) == "not_in_the_stage_before"


def test_by_hand_an_entry_comes_in_with_a_reason(edition: Edition) -> None:
    stage, entry = a_stage(edition, "final"), bare_entry(edition)

    assert refusal_of(stages.admit_by_hand, stage.pk, entry.pk, reason=" ", **BY) == "reason_missing"
    stages.admit_by_hand(stage.pk, entry.pk, reason="Wild card", **BY)
    stages.admit_by_hand(stage.pk, entry.pk, reason="Wild card again", **BY)

    assert Admission.objects.get().reason == "Wild card"
    assert AuditLine.objects.get(doing="entries_admitted").why == "Wild card"


def test_taking_an_entry_out_ends_what_is_not_finished_and_keeps_the_rest(edition: Edition) -> None:
    entry = bare_entry(edition)
    stage = a_stage(edition)
    unread, begun, done = (an_assignment(stage, entry) for _turn in range(3))
    a_card(begun)
    a_card(done, is_final=True)

    stages.end_admission(stage.pk, entry.pk, reason="Not eligible", **BY)

    assert here(stage) == set()
    ended = Assignment.objects.filter(ended_reason="Not eligible").values_list("pk", flat=True)
    assert set(ended) == {unread.pk, begun.pk}


def test_what_was_taken_out_by_hand_comes_back_by_hand_only(edition: Edition) -> None:
    entry = bare_entry(edition)
    stage = a_stage(edition)
    stages.end_admission(stage.pk, entry.pk, reason="Not eligible", **BY)

    assert stages.admit_submitted(stage.pk, **BY) == 0
    assert stages.admit(stage.pk, [entry.pk], **BY) == 0
    assert here(stage) == set()
    stages.admit_by_hand(stage.pk, entry.pk, reason="It is, after all", **BY)
    assert here(stage) == {entry.pk}


def test_taking_out_needs_a_reason_and_an_entry_that_is_in(edition: Edition) -> None:
    entry = bare_entry(edition)
    stage = a_stage(edition)

    assert refusal_of(stages.end_admission, stage.pk, entry.pk, reason="", **BY) == "reason_missing"
    stages.end_admission(stage.pk, entry.pk, reason="Twice", **BY)
    for key in (entry.pk, bare_entry(edition).pk):
        assert refusal_of(stages.end_admission, stage.pk, key, reason="Out", **BY) == "not_in_the_stage"


def test_the_calibration_entry_is_read_by_every_juror_who_reads_and_does_not_compete(
    edition: Edition,
) -> None:
    entry = bare_entry(edition)
    stage = a_stage(edition)
    reader, idle = an_assignment(stage, entry).juror, a_juror(edition)
    example = bare_entry(edition)

    stages.choose_calibration(stage.pk, example.pk, **BY)

    readers = Assignment.objects.filter(entry=example, ended_at=None).values_list("juror", flat=True)
    assert set(readers) == {reader.pk}
    assert idle.pk not in readers
    assert refusal_of(stages.admit, stage.pk, [example.pk], **BY) == "is_calibration"
    assert stages.admit_submitted(stage.pk, **BY) == 0


def test_another_calibration_entry_takes_the_place_of_the_first_until_somebody_has_marked_it(
    edition: Edition,
) -> None:
    entry = bare_entry(edition)
    stage = a_stage(edition)
    juror = an_assignment(stage, entry).juror
    one, other = bare_entry(edition), bare_entry(edition)
    for key in (one.pk, one.pk, other.pk, None, one.pk):
        stages.choose_calibration(stage.pk, key, **BY)
    assert Assignment.objects.get(entry=other).ended_at is not None
    a_card(Assignment.objects.get(entry=one, juror=juror, ended_at=None))

    assert refusal_of(stages.choose_calibration, stage.pk, other.pk, **BY) == "calibration_has_begun"
    assert refusal_of(stages.choose_calibration, stage.pk, None, **BY) == "calibration_has_begun"


def test_a_competing_draft_or_foreign_entry_is_no_calibration_entry(edition: Edition) -> None:
    competing = bare_entry(edition)
    stage = a_stage(edition)
    foreign = bare_entry(a_juried_edition(slug="other-awards"))

    def choose(entry: Entry) -> str:
        return refusal_of(stages.choose_calibration, stage.pk, entry.pk, **BY)

    assert choose(competing) == "competes"
    assert choose(bare_entry(edition, submitted_at=None)) == "not_submitted"
    assert choose(foreign) == "not_submitted"
    late = {"by": "test", "at": stage.closes_at}
    assert refusal_of(stages.choose_calibration, stage.pk, None, **late) == "stage_closed"
