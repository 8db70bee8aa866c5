"""Who judges and runs the edition too decides nothing as organiser about the own judging."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from kaaring.jury.actions import assignments, jurors, recusals, stages
from kaaring.jury.actions.scorecards import reopen_scorecard
from kaaring.jury.models import Assignment, Recusal, Stage
from kaaring.jury.queries.planning import plan_assignment
from kaaring.jury.queries.scorecards import final_without_chair
from kaaring.kernel.refused import Refused
from kaaring.people.models import MemberRole
from tests.build import NOON, a_member, a_membership
from tests.jury.build import a_card
from tests.jury.marking import (
    CLOSES,
    OPENS,
    a_conflict,
    a_desk,
    a_juried_edition_of,
    a_juror_of,
    a_panel,
    a_stage,
    an_assignment,
    an_entry_of,
    by_juror,
)

pytestmark = pytest.mark.django_db
LATER = CLOSES + timedelta(days=5)


@pytest.fixture
def desk() -> Assignment:
    """What a manager of the organiser, who is a juror too, reads in an open stage."""
    desk = a_desk()
    a_membership(desk.stage.edition.programme.organiser, desk.juror.user, MemberRole.MANAGER)
    return desk


def oneself(desk: Assignment, at: Any = NOON) -> Any:
    return {"by": by_juror(desk), "at": at}


def another(desk: Assignment, at: Any = NOON) -> Any:
    return {"by": a_member(desk.stage.edition.programme.organiser).public_id, "at": at}


def refusal_of(doing: Any, *args: Any, **options: Any) -> str:
    with pytest.raises(Refused) as refused:
        doing(*args, **options)
    return refused.value.code


def test_nobody_gives_oneself_an_entry_or_takes_it_away(desk: Assignment) -> None:
    more = an_assignment(desk.stage).entry
    give, end = assignments.assign_by_hand, assignments.end_assignment

    assert refusal_of(give, desk.stage.pk, more.pk, desk.juror.pk, **oneself(desk)) == "own_judging"
    assert refusal_of(end, desk.pk, reason="No time.", **oneself(desk)) == "own_judging"

    assert give(desk.stage.pk, more.pk, desk.juror.pk, **another(desk)).juror == desk.juror
    assert end(desk.pk, reason="No time.", **another(desk)).ended_at == NOON


def test_nobody_removes_oneself_or_decides_whether_the_own_scorecards_count(desk: Assignment) -> None:
    a_card(desk, is_final=True)
    own = desk.juror.pk

    for doing in (jurors.exclude_scorecards, jurors.include_scorecards, jurors.remove_juror):
        assert refusal_of(doing, own, reason="Because.", **oneself(desk)) == "own_judging"

    assert jurors.exclude_scorecards(own, reason="Because.", **another(desk)) == 1
    assert jurors.include_scorecards(own, reason="Because.", **another(desk)) == 1
    assert jurors.remove_juror(own, reason="Because.", **another(desk)).removed_at == NOON


def test_a_conflict_that_was_found_is_looked_at_by_somebody_else(desk: Assignment) -> None:
    found = a_conflict(desk, source=Recusal.Source.DETECTED)

    assert refusal_of(recusals.confirm_recusal, found.pk, **oneself(desk)) == "own_judging"
    assert refusal_of(recusals.dismiss_recusal, found.pk, reason="No.", **oneself(desk)) == "own_judging"

    assert recusals.confirm_recusal(found.pk, **another(desk)).confirmed_at == NOON
    assert refusal_of(recusals.dismiss_recusal, found.pk, reason="No.", **oneself(desk)) == "own_judging"
    assert recusals.dismiss_recusal(found.pk, reason="No.", **another(desk)).dismissed_at == NOON


def test_a_stage_is_not_closed_by_who_has_a_scorecard_to_finish_in_it(desk: Assignment) -> None:
    card = a_card(desk)

    assert refusal_of(stages.close_stage, desk.stage.pk, **oneself(desk)) == "own_unfinished"

    card.submitted_at = NOON
    card.save()
    assert stages.close_stage(desk.stage.pk, **oneself(desk)).closes_at == NOON


def test_somebody_elses_unfinished_scorecards_close_nothing_off(desk: Assignment) -> None:
    a_card(desk, is_final=True)
    a_card(an_assignment(desk.stage, desk.entry))

    assert stages.close_stage(desk.stage.pk, **oneself(desk)).closes_at == NOON


@pytest.mark.parametrize("at", [NOON, CLOSES + timedelta(days=1)])
def test_a_stage_that_has_opened_is_not_moved_by_who_has_a_scorecard_to_finish_in_it(
    desk: Assignment, at: Any
) -> None:
    period: Any = {"opens_at": OPENS, "closes_at": LATER}

    with pytest.raises(Refused, match="You judge in “marking” yourself and have 1 scorecard to finish"):
        stages.move_stage(desk.stage.pk, **period, **oneself(desk, at))

    assert stages.move_stage(desk.stage.pk, **period, **another(desk, at)).closes_at == LATER
    assert stages.move_stage(desk.stage.pk, **period, **oneself(desk, at)).closes_at == LATER


def test_a_stage_that_has_not_opened_is_moved_by_its_jurors_too(desk: Assignment) -> None:
    at = OPENS - timedelta(days=1)

    moved = stages.move_stage(desk.stage.pk, opens_at=OPENS, closes_at=LATER, **oneself(desk, at))

    assert moved.closes_at == LATER


def test_an_entry_is_not_taken_out_of_a_stage_by_who_has_still_to_mark_it(desk: Assignment) -> None:
    other = an_assignment(desk.stage).entry
    out = stages.end_admission

    assert refusal_of(out, desk.stage.pk, desk.entry.pk, reason="Out.", **oneself(desk)) == "own_unfinished"

    assert out(desk.stage.pk, other.pk, reason="Out.", **oneself(desk)).ended_at == NOON
    assert out(desk.stage.pk, desk.entry.pk, reason="Out.", **another(desk)).ended_at == NOON


def a_jury_of_three(**period: Any) -> tuple[Stage, Any]:
    """Return a stage with one entry that all three jurors are to read, and how the first, who runs the
    edition too, does something."""
    edition = a_juried_edition_of()
    stage = a_stage(edition, **period)
    stages.admit_by_hand(stage.pk, an_entry_of(edition).pk, reason="It is here.", by="test", at=NOON)
    first, _second, _third = (a_juror_of(edition) for _turn in range(3))
    assert first.user is not None
    a_membership(edition.programme.organiser, first.user, MemberRole.MANAGER)
    return stage, {"by": first.user.public_id, "at": NOON}


def test_a_plan_that_changes_the_own_readings_in_an_open_stage_is_taken_by_somebody_else() -> None:
    stage, oneself = a_jury_of_three()
    plan = plan_assignment(stage, seed=1)

    assert refusal_of(assignments.store_assignments, stage, plan, **oneself) == "own_judging"

    assert assignments.store_assignments(stage, plan, by="test", at=NOON).new == 3
    fewer = replace(plan_assignment(stage, seed=1), pairs=())
    assert refusal_of(assignments.store_assignments, stage, fewer, **oneself) == "own_judging"


def test_a_plan_that_leaves_the_own_readings_alone_is_taken_by_a_juror_too() -> None:
    stage, oneself = a_jury_of_three()
    assignments.store_assignments(stage, plan_assignment(stage, seed=1), by="test", at=NOON)

    assert assignments.store_assignments(stage, plan_assignment(stage, seed=1), **oneself) == (0, 0, 3)


def test_before_the_stage_opens_a_juror_takes_the_plan_too() -> None:
    stage, oneself = a_jury_of_three(opens_at=NOON + timedelta(days=1))

    assert assignments.store_assignments(stage, plan_assignment(stage, seed=1), **oneself).new == 3


def test_nobody_reopens_the_own_scorecard_as_organiser(desk: Assignment) -> None:
    card = a_card(desk, is_final=True)
    edition = desk.stage.edition
    user: Any = desk.juror.user

    assert refusal_of(reopen_scorecard, card.pk, reason="Seen.", **oneself(desk)) == "not_the_chair"
    a_panel(edition, desk.juror)
    assert refusal_of(reopen_scorecard, card.pk, reason="Seen.", **oneself(desk)) == "not_the_chair"

    assert not final_without_chair(edition, user=user, at=NOON).exists()
    owner = a_member(edition.programme.organiser)
    assert list(final_without_chair(edition, user=owner, at=NOON)) == [card]
    assert not reopen_scorecard(card.pk, reason="A slip.", by=owner.public_id, at=NOON).is_final
