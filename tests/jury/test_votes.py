"""Counts of a public vote that was counted elsewhere: entered as a whole or not at all."""

from datetime import timedelta
from typing import Any

import pytest

from kaaring.audit.models import AuditLine
from kaaring.jury.actions.votes import enter_votes
from kaaring.jury.models import Ballot, Stage
from kaaring.jury.queries.votes import Counted, last_entered, votes_in, votes_of
from kaaring.kernel.refused import Refused
from kaaring.programmes.models import Rules
from tests.build import NOON
from tests.jury.marking import CLOSES, OPENS, a_stage
from tests.jury.voting import a_vote_of, a_voted_edition, cast, leave, voted_on, withdraw

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(hours=1)


@pytest.fixture
def stage() -> Stage:
    return a_vote_of(a_voted_edition())


def entered(stage: Stage, counts: dict[int, int], **more: Any) -> Any:
    return enter_votes(stage.pk, counts, **{"by": "kari", "at": NOON, **more})


def refusal_of(stage: Stage, counts: dict[int, int], **more: Any) -> Refused:
    with pytest.raises(Refused) as raised:
        entered(stage, counts, **more)
    return raised.value


def lines() -> list[AuditLine]:
    return list(AuditLine.objects.filter(doing="votes_entered").order_by("number"))


def test_counts_are_stored_with_one_line_in_the_log_and_freeze_the_rules(stage: Stage) -> None:
    a, b = voted_on(stage, "A1"), voted_on(stage, "B1", "bot")

    done = entered(stage, {a.pk: 30, b.pk: 0})

    assert (done.new, done.changed, done.unchanged) == ({"A1": 30, "B1": 0}, {}, 0)
    assert votes_in(stage) == {a.pk: Counted(30), b.pk: Counted(0)}
    (line,) = lines()
    assert (line.about, line.by, line.at, line.why) == ("public", "kari", NOON, "")
    assert line.details == {"votes": {"A1": 30, "B1": 0}}
    assert Rules.objects.get().frozen_at == NOON


def test_the_same_counts_again_change_nothing(stage: Stage) -> None:
    a = voted_on(stage, "A1")
    entered(stage, {a.pk: 30})

    done = entered(stage, {a.pk: 30}, at=LATER, by="ola")

    assert (done.new, done.changed, done.unchanged) == ({}, {}, 1)
    assert len(lines()) == 1
    assert last_entered(stage) == (NOON, "kari")


def test_a_count_that_was_entered_changes_with_a_reason_alone(stage: Stage) -> None:
    a, b = voted_on(stage, "A1"), voted_on(stage, "A2")
    entered(stage, {a.pk: 30})

    refusal = refusal_of(stage, {a.pk: 31, b.pk: 5}, why=" ")

    assert refusal.code == "reason_missing"
    assert "A1" in str(refusal.reason)
    assert "A2" not in str(refusal.reason)
    assert votes_in(stage) == {a.pk: Counted(30)}

    done = entered(stage, {a.pk: 31, b.pk: 5}, why=" Counted again. ", by="ola", at=LATER)

    assert (done.new, done.changed, done.before) == ({"A2": 5}, {"A1": 31}, {"A1": 30})
    assert votes_in(stage) == {a.pk: Counted(31), b.pk: Counted(5)}
    assert last_entered(stage) == (LATER, "ola")
    line = lines()[-1]
    assert (line.why, line.details) == (
        "Counted again.",
        {"votes": {"A1": 31, "A2": 5}, "before": {"A1": 30}},
    )


@pytest.mark.parametrize("count", [-1, 2_000_000_001])
def test_an_impossible_count_is_refused_and_nothing_is_stored(stage: Stage, count: int) -> None:
    a, b = voted_on(stage, "A1"), voted_on(stage, "A2")

    refusal = refusal_of(stage, {a.pk: 3, b.pk: count})

    assert refusal.code == "impossible_count"
    assert "A2" in str(refusal.reason)
    assert not Ballot.objects.exists()
    assert not lines()


def test_only_entries_in_the_stage_are_counted_and_all_others_are_named(stage: Stage) -> None:
    here, out, gone = (voted_on(stage, code) for code in ("A1", "A2", "A3"))
    never = voted_on(a_stage(stage.edition), "A4")
    elsewhere = voted_on(a_vote_of(a_voted_edition(("service-awards", "other"))), "X1")
    leave(stage, out)
    withdraw(gone)

    refusal = refusal_of(stage, dict.fromkeys([here.pk, out.pk, gone.pk, never.pk, elsewhere.pk, 0], 1))

    assert refusal.code == "not_in_the_stage"
    assert refusal.details == (
        "A2 is not in this stage.",
        "A3 has been withdrawn.",
        "A4 is not in this stage.",
        "X1 belongs to another edition.",
        "An entry that these votes are for does not exist.",
    )
    assert not Ballot.objects.exists()


def test_a_stage_in_which_jurors_mark_takes_no_votes(stage: Stage) -> None:
    marking = a_stage(stage.edition)
    entry = voted_on(marking, "A1")

    assert refusal_of(marking, {entry.pk: 1}).code == "not_a_public_vote"


def test_before_the_vote_opens_there_is_nothing_to_count_and_after_its_end_there_is(stage: Stage) -> None:
    a = voted_on(stage, "A1")

    assert refusal_of(stage, {a.pk: 1}, at=OPENS - timedelta(seconds=1)).code == "stage_not_open"
    entered(stage, {a.pk: 1}, at=CLOSES + timedelta(days=1))

    assert votes_in(stage) == {a.pk: Counted(1)}


def test_whoever_has_not_seen_the_count_that_stands_does_not_overwrite_it(stage: Stage) -> None:
    a, b = voted_on(stage, "A1"), voted_on(stage, "A2")
    entered(stage, {a.pk: 30})

    refusal = refusal_of(stage, {a.pk: 31, b.pk: 4}, why="Mine.", seen={a.pk: None, b.pk: None})

    assert refusal.code == "changed_meanwhile"
    assert "A1" in str(refusal.reason)
    assert votes_in(stage) == {a.pk: Counted(30)}
    entered(stage, {a.pk: 31, b.pk: 4}, why="Mine.", seen={a.pk: 30, b.pk: None})
    assert votes_in(stage) == {a.pk: Counted(31), b.pk: Counted(4)}


def test_what_counts_is_entered_and_voted_here_together_for_entries_still_there(stage: Stage) -> None:
    a, b, out, gone = (voted_on(stage, code) for code in ("A1", "A2", "A3", "A4"))
    entered(stage, {a.pk: 30, out.pk: 7, gone.pk: 9})
    for entry in (a, b, out, gone):
        cast(stage, entry, 2)
    leave(stage, out)
    withdraw(gone)

    assert votes_in(stage) == {a.pk: Counted(30, 2), b.pk: Counted(None, 2)}
    assert [votes_in(stage)[one.pk].total for one in (a, b)] == [32, 2]
    assert sorted(votes_of(stage.edition)) == [
        ("public", "A1", Counted(30, 2)),
        ("public", "A2", Counted(None, 2)),
    ]
