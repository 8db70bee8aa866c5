"""What of scorecards is seen by whom, which count, and who makes a final one a draft again."""

from datetime import timedelta
from fractions import Fraction
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from kaaring.jury.actions.scorecards import reopen_scorecard, save_draft, submit_scorecard
from kaaring.jury.models import Assignment, Meeting, Scorecard
from kaaring.jury.queries.marking import closed_cases, given_to
from kaaring.jury.queries.scorecards import (
    calibration_marks,
    final_without_chair,
    history_of,
    scorecards_that_count,
    seen_from,
    total_of,
)
from kaaring.jury.sheets import Filled, Sheet, sheet_of
from kaaring.kernel.refused import Refused
from kaaring.people.models import MemberRole
from kaaring.programmes.definition.schema import Combine, Sees
from tests.build import NOON, a_member, a_user
from tests.jury.marking import (
    CLOSES,
    OPENS,
    a_conflict,
    a_desk,
    a_juried_edition_of,
    a_juror_of,
    a_panel,
    a_sheet,
    a_stage,
    an_assignment,
    an_entry_of,
    by_juror,
    stored,
)

pytestmark = pytest.mark.django_db
AT_ONCE, IN_MEETING, NEVER = (
    Sees(others=when, totals=when) for when in ("when_final", "in_meeting", "never")
)


def marked(desk: Assignment, **changes: Any) -> Scorecard:
    """The juror of this assignment has submitted a scorecard."""
    return submit_scorecard(desk.pk, a_sheet(**changes), version=0, by=by_juror(desk), at=NOON)


def read_by(user: Any, *, at: Any) -> list[Assignment]:
    """Return what the pages let a person read."""
    found = list(given_to(user, at=at))
    return [one for one in found if one.entry.case_id not in closed_cases(one.juror_id)]


def fresh(desk: Assignment) -> Assignment:
    return Assignment.objects.get(pk=desk.pk)


def others_marks(assignment: Assignment, sees: Sees) -> list[Scorecard]:
    """Return what of the others' final scorecards the juror may see now."""
    seen = seen_from(assignment, sees)
    return seen.others if seen else []


def test_nobody_sees_anothers_marks_before_the_own_are_final() -> None:
    desk = a_desk()
    other = marked(an_assignment(desk.stage, desk.entry))
    save_draft(desk.pk, a_sheet(), version=0, by=by_juror(desk), at=NOON)

    assert others_marks(fresh(desk), AT_ONCE) == []
    assert seen_from(fresh(desk), AT_ONCE) is None

    submit_scorecard(desk.pk, a_sheet(), version=1, by=by_juror(desk), at=NOON)
    assert others_marks(fresh(desk), AT_ONCE) == [other]
    seen = seen_from(fresh(desk), AT_ONCE)
    assert seen is not None
    assert total_of(seen.counting, Combine(minimum_marks=2)) == Fraction(62)
    assert total_of(seen.counting, Combine(minimum_marks=3)) is None


def test_the_stage_says_whether_others_marks_are_seen_at_all_or_from_the_meeting_on() -> None:
    desk = a_desk()
    other = marked(an_assignment(desk.stage, desk.entry))
    marked(desk)

    assert others_marks(fresh(desk), NEVER) == []
    assert others_marks(fresh(desk), IN_MEETING) == []
    Meeting.objects.create(stage=desk.stage, category=desk.entry.category, opened_at=NOON)
    assert others_marks(fresh(desk), IN_MEETING) == [other]
    assert others_marks(fresh(desk), NEVER) == []


def test_others_drafts_and_excluded_scorecards_are_never_among_them() -> None:
    desk = a_desk()
    marked(desk)
    drafting = an_assignment(desk.stage, desk.entry)
    save_draft(drafting.pk, a_sheet(), version=0, by=by_juror(drafting), at=NOON)
    excluded = marked(an_assignment(desk.stage, desk.entry))
    Scorecard.objects.filter(pk=excluded.pk).update(excluded_at=NOON, excluded_reason="Conflict.")

    assert others_marks(fresh(desk), AT_ONCE) == []


def test_a_juror_reads_what_is_assigned_and_nothing_else() -> None:
    desk = a_desk()
    user = desk.juror.user
    an_assignment(desk.stage, desk.entry)
    an_assignment(desk.stage, juror=desk.juror, ended_at=NOON, ended_reason="Moved.")
    a_conflict(an_assignment(desk.stage, juror=desk.juror))
    later = a_stage(desk.stage.edition, "ranking", opens_at=NOON + timedelta(days=1))
    an_assignment(later, juror=desk.juror)

    assert read_by(user, at=NOON) == [desk]
    assert read_by(user, at=CLOSES) != []
    assert read_by(user, at=OPENS - timedelta(days=1)) == []
    assert read_by(AnonymousUser(), at=NOON) == []


def test_a_removed_juror_reads_nothing() -> None:
    desk = a_desk()
    desk.juror.removed_at, desk.juror.removed_reason = NOON, "Left."
    desk.juror.save()

    assert read_by(desk.juror.user, at=NOON) == []


def test_final_scorecards_count_unless_excluded_or_for_calibration() -> None:
    edition = a_juried_edition_of()
    example = an_entry_of(edition)
    stage = a_stage(edition, calibration=example)
    juror = a_juror_of(edition)
    marked(an_assignment(stage, example, juror))
    counts, excluded, draft, withdrawn = (an_assignment(stage, juror=juror) for _turn in range(4))
    found = marked(counts)
    Scorecard.objects.filter(pk=marked(excluded).pk).update(excluded_at=NOON, excluded_reason="Conflict.")
    save_draft(draft.pk, a_sheet(), version=0, by=by_juror(draft), at=NOON)
    marked(withdrawn)
    withdrawn.entry.withdrawn_at, withdrawn.entry.withdrawn_reason = NOON, "Merged."
    withdrawn.entry.save()

    assert list(scorecards_that_count(stage)) == [found]
    assert scorecards_that_count(a_stage(edition, "screening")).count() == 0


def test_the_panels_spread_is_shown_after_the_own_calibration() -> None:
    edition = a_juried_edition_of()
    example = an_entry_of(edition)
    stage = a_stage(edition, calibration=example)
    mine, theirs = an_assignment(stage, example), an_assignment(stage, example)
    marked(theirs, actions=9)

    assert calibration_marks(fresh(mine)) == {}
    marked(mine, actions=4)

    assert calibration_marks(fresh(mine)) == {"actions": [4, 9], "results": [5, 5], "other": [10, 10]}
    assert calibration_marks(an_assignment(stage)) == {}


def test_the_chair_reopens_with_a_reason_and_the_history_keeps_what_was_there() -> None:
    desk = a_desk()
    card = marked(desk, comment="Solid.", note="Mine alone.")
    chair = a_juror_of(desk.stage.edition)
    a_panel(desk.stage.edition, chair, desk.juror)

    reopened = reopen_scorecard(
        card.pk,
        reason=" Marked the wrong case. ",
        by=chair.user.public_id,
        at=NOON,  # type: ignore[union-attr]
    )

    assert (reopened.is_final, reopened.score_of, reopened.version) == (False, None, card.version + 1)
    assert sheet_of(stored(desk)) == a_sheet(comment="Solid.", note="Mine alone.")
    assert not reopened.marks.exists()
    kept = history_of(card).get()
    assert (kept.by, kept.reason, kept.meeting) == (chair.user, "Marked the wrong case.", None)
    assert kept.before == {
        "marks": {"actions": {"steps": 8}, "results": {"steps": 5}, "other": {"steps": 10, "share": 50}},
        "comment": "Solid.",
        "score": "62/1",
    }


def test_a_reopened_scorecard_can_be_changed_and_submitted_again() -> None:
    desk = a_desk()
    card = marked(desk)
    chair = a_juror_of(desk.stage.edition)
    a_panel(desk.stage.edition, chair)
    card = reopen_scorecard(card.pk, reason="Slip.", by=chair.user.public_id, at=NOON)  # type: ignore[union-attr]

    card = submit_scorecard(
        desk.pk,
        Sheet({"actions": Filled(10), "results": Filled(10), "other": Filled(10)}),
        version=card.version,
        by=by_juror(desk),
        at=NOON,
    )

    assert (card.score_of, card.score_in, card.is_final) == (100, 1, True)


def test_only_the_chair_of_its_panel_reopens_a_scorecard() -> None:
    desk = a_desk()
    edition = desk.stage.edition
    card = marked(desk)
    a_panel(edition, a_juror_of(edition))
    elsewhere = a_juror_of(edition)
    a_panel(edition, elsewhere, category="bot")
    owner = a_member(edition.programme.organiser)

    for by in (by_juror(desk), elsewhere.user.public_id, owner.public_id, "command"):  # type: ignore[union-attr]
        with pytest.raises(Refused, match="not_the_chair"):
            reopen_scorecard(card.pk, reason="Because.", by=by, at=NOON)


def test_without_a_chair_owners_and_managers_reopen_and_those_who_only_look_do_not() -> None:
    desk = a_desk()
    organiser = desk.stage.edition.programme.organiser
    card = marked(desk)
    a_panel(desk.stage.edition, a_juror_of(desk.stage.edition, with_account=False))

    with pytest.raises(Refused, match="not_the_chair"):
        reopen_scorecard(
            card.pk, reason="Because.", by=a_member(organiser, MemberRole.VIEWER).public_id, at=NOON
        )
    manager = a_member(organiser, MemberRole.MANAGER).public_id

    assert not reopen_scorecard(card.pk, reason="Because.", by=manager, at=NOON).is_final


def test_the_chairs_own_scorecard_is_reopened_by_the_organiser_and_never_by_the_chair() -> None:
    desk = a_desk()
    edition = desk.stage.edition
    card = marked(desk)
    a_panel(edition, desk.juror)
    manager = a_member(edition.programme.organiser, MemberRole.MANAGER).public_id

    with pytest.raises(Refused, match="not_the_chair"):
        reopen_scorecard(card.pk, reason="I have seen the others.", by=by_juror(desk), at=NOON)

    assert list(final_without_chair(edition, user=a_user(), at=NOON)) == [card]
    assert not reopen_scorecard(card.pk, reason="Wrong case.", by=manager, at=NOON).is_final


def test_reopening_needs_a_reason_a_final_scorecard_and_an_open_stage() -> None:
    desk = a_desk()
    owner = a_member(desk.stage.edition.programme.organiser).public_id
    card = marked(desk)

    with pytest.raises(Refused, match="reason_missing"):
        reopen_scorecard(card.pk, reason=" ", by=owner, at=NOON)
    with pytest.raises(Refused, match="stage_closed"):
        reopen_scorecard(card.pk, reason="Late.", by=owner, at=CLOSES)
    reopen_scorecard(card.pk, reason="Slip.", by=owner, at=NOON)
    with pytest.raises(Refused, match="not_final"):
        reopen_scorecard(card.pk, reason="Slip.", by=owner, at=NOON)
