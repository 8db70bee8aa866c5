"""Meetings of the jury: who leads and who is out, what may be changed, and what is remembered."""

from fractions import Fraction
from typing import Any

import pytest

from kaaring.audit.queries import lines_of
from kaaring.entries.models import Entry
from kaaring.jury.actions import meetings as actions
from kaaring.jury.actions.scorecards import save_draft, submit_scorecard
from kaaring.jury.models import Admission, Assignment, Juror, Mark, Meeting, Scorecard
from kaaring.jury.queries.meetings import (
    changes_in,
    final_scorecards,
    hidden_from,
    meetings_of,
    meetings_with,
    minutes_of,
    seats_in,
)
from kaaring.jury.sheets import Filled
from kaaring.kernel.refused import Refused
from kaaring.people.models import MemberRole
from kaaring.programmes.queries import chain_of
from tests.build import NOON, a_member, a_user
from tests.jury.marking import (
    CLOSES,
    OPENS,
    a_conflict,
    a_juried_edition_of,
    a_juror_of,
    a_panel,
    a_sheet,
    a_stage,
    an_assignment,
    an_entry_of,
    by_juror,
)

pytestmark = pytest.mark.django_db


class Room:
    """A panel with a chair and two jurors, who have each marked the first of two entries."""

    def __init__(self, **rules: Any) -> None:
        self.edition = a_juried_edition_of()
        self.stage = a_stage(self.edition)
        self.chair, self.second, self.third = (a_juror_of(self.edition) for _turn in range(3))
        self.panel = a_panel(self.edition, self.chair, self.second, self.third)
        self.first, self.other = an_entry_of(self.edition), an_entry_of(self.edition)
        for juror in (self.chair, self.second, self.third):
            self.mark(juror, self.first)
        Admission.objects.create(stage=self.stage, entry=self.other, admitted_at=OPENS)
        self.by = self.who(self.chair)

    def who(self, juror: Juror) -> str:
        assert juror.user is not None
        return juror.user.public_id

    def mark(self, juror: Juror, entry: Entry, **sheet: Any) -> Assignment:
        assignment = an_assignment(self.stage, entry, juror)
        submit_scorecard(assignment.pk, a_sheet(**sheet), version=0, by=by_juror(assignment), at=NOON)
        return assignment

    def open(self, by: str = "") -> Meeting:
        return actions.open_meeting(self.stage.pk, self.first.category_id, by=by or self.by, at=NOON)

    def card_of(self, juror: Juror) -> Scorecard:
        return Scorecard.objects.get(assignment__juror=juror, assignment__entry=self.first)


def take_up(meeting: Meeting, entry: Entry, by: str) -> Meeting:
    return actions.take_up(meeting.pk, entry.pk, by=by, at=NOON)


def there(meeting: Meeting, *jurors: Juror, by: str) -> Meeting:
    return actions.note_attendance(meeting.pk, [one.pk for one in jurors], by=by, at=NOON)


def change(room: Room, meeting: Meeting, steps: int = 9, by: str = "", **changes: Any) -> Scorecard:
    plain: dict[str, Any] = {
        "criterion": "results",
        "reason": "Read the appendix.",
        "card": room.card_of(room.second),
    }
    told = {**plain, **changes}
    return actions.change_mark_in_meeting(
        meeting.pk,
        told["card"].pk,
        told["criterion"],
        steps,
        reason=told["reason"],
        by=by or room.by,
        at=NOON,
    )


def test_the_chair_opens_a_meeting_and_is_there() -> None:
    room = Room()
    meeting = room.open()

    assert (meeting.opened_by, meeting.closed_at) == (room.chair.user, None)
    assert {seat.juror: seat.is_there for seat in seats_in(meeting)} == {
        room.chair: True,
        room.second: False,
        room.third: False,
    }


def test_owners_and_managers_lead_in_the_chairs_place_and_nobody_else_does() -> None:
    room = Room()
    organiser = room.edition.programme.organiser
    elsewhere = a_juror_of(room.edition)
    a_panel(room.edition, elsewhere, category="bot")
    strangers = [
        room.who(room.second),
        room.who(elsewhere),
        a_member(organiser, MemberRole.VIEWER).public_id,
        a_member(organiser, MemberRole.AUDITOR).public_id,
        a_user().public_id,
        "command",
    ]

    for by in strangers:
        with pytest.raises(Refused, match="not_the_chair"):
            room.open(by)
    meeting = room.open(a_member(organiser, MemberRole.MANAGER).public_id)
    for by in strangers:
        for doing in (
            lambda by: take_up(meeting, room.first, by),
            lambda by: there(meeting, room.second, by=by),
            lambda by: actions.note(meeting.pk, "Hm.", by=by, at=NOON),
            lambda by: actions.part_tie(meeting.pk, [room.first.pk, room.other.pk], by=by, at=NOON),
            lambda by: change(room, meeting, by=by),
            lambda by: actions.close_meeting(meeting.pk, by=by, at=NOON),
        ):
            with pytest.raises(Refused, match="not_the_chair"):
                doing(by)


def test_a_jury_meets_once_at_a_time_after_the_stage_has_opened_and_on_entries() -> None:
    room = Room()
    with pytest.raises(Refused, match="stage_not_open"):
        actions.open_meeting(
            a_stage(room.edition, "ranking", opens_at=CLOSES, closes_at=CLOSES.replace(year=2031)).pk,
            room.first.category_id,
            by=room.by,
            at=NOON,
        )
    empty = room.edition.categories.get(code="bot")
    owner = a_member(room.edition.programme.organiser).public_id
    with pytest.raises(Refused, match="nothing_to_meet_on"):
        actions.open_meeting(room.stage.pk, empty.pk, by=owner, at=NOON)
    first = room.open()
    with pytest.raises(Refused, match="meeting_open"):
        room.open()
    actions.close_meeting(first.pk, by=room.by, at=NOON)

    second = room.open()
    assert list(meetings_of(room.edition)) == [second, first]


def test_those_attend_who_judge_the_category() -> None:
    room = Room()
    meeting = room.open()
    outsider = a_juror_of(room.edition)

    with pytest.raises(Refused, match="not_on_the_panel") as refused:
        there(meeting, room.second, outsider, by=room.by)
    assert refused.value.details == (str(outsider),)
    there(meeting, room.second, room.third, by=room.by)
    assert [seat.is_there for seat in seats_in(meeting)] == [False, True, True]


def test_without_panels_the_whole_jury_may_attend() -> None:
    room = Room()
    room.panel.delete()
    meeting = room.open(a_member(room.edition.programme.organiser).public_id)

    assert {seat.juror for seat in seats_in(meeting)} == {room.chair, room.second, room.third}


def test_taking_up_an_entry_notes_who_has_to_leave() -> None:
    room = Room()
    meeting = room.open()
    there(meeting, room.chair, room.second, by=room.by)
    a_conflict(Assignment.objects.get(juror=room.second, entry=room.first))
    take_up(meeting, room.first, room.by)
    meeting = take_up(meeting, room.first, room.by)

    assert [(one.kind, one.entry, one.juror) for one in minutes_of(meeting)] == [
        ("taken_up", room.first, None),
        ("recused", room.first, room.second),
    ]
    assert {seat.juror: seat.is_out for seat in seats_in(meeting)}[room.second]
    told = lines_of(chain_of(room.edition))[0]
    assert (told.doing, told.details) == (
        "entry_taken_up",
        {"entry": room.first.code, "out": [room.second.code]},
    )
    take_up(meeting, room.other, room.by)
    assert not any(seat.is_out for seat in seats_in(meetings_of(room.edition)[0]))


def test_who_comes_late_and_has_a_conflict_is_noted_as_out_too() -> None:
    room = Room()
    meeting = room.open()
    a_conflict(Assignment.objects.get(juror=room.third, entry=room.first))
    take_up(meeting, room.first, room.by)
    there(meeting, room.chair, room.third, by=room.by)
    there(meeting, room.chair, room.third, by=room.by)

    assert [one.juror for one in minutes_of(meeting) if one.kind == "recused"] == [room.third]


def test_an_entry_of_another_category_or_outside_the_stage_is_not_taken_up() -> None:
    room = Room()
    meeting = room.open()
    bot = an_entry_of(room.edition, "bot")
    Admission.objects.create(stage=room.stage, entry=bot, admitted_at=OPENS)
    waiting = an_entry_of(room.edition)

    for entry in (bot, waiting):
        with pytest.raises(Refused, match="not_in_this_meeting"):
            take_up(meeting, entry, room.by)


def test_a_conflict_hides_the_marks_from_the_juror_it_is_about_and_from_nobody_else() -> None:
    room = Room()
    a_conflict(Assignment.objects.get(juror=room.second, entry=room.first))

    def sees(juror: Juror) -> bool:
        assert juror.user is not None
        return not hidden_from(juror.user, room.stage, [room.first], at=NOON)

    assert [sees(one) for one in (room.chair, room.second, room.third)] == [True, False, True]
    owner = a_member(room.edition.programme.organiser)
    assert not hidden_from(owner, room.stage, [room.first], at=NOON)


def test_a_juror_whose_own_scorecard_is_open_does_not_see_the_others_until_the_stage_is_over() -> None:
    room = Room()
    late = a_juror_of(room.edition)
    room.panel.jurors.add(late)
    assert late.user is not None
    assignment = an_assignment(room.stage, room.first, late)
    assert hidden_from(late.user, room.stage, [room.first, room.other], at=NOON) == {room.first.pk}
    save_draft(assignment.pk, a_sheet(), version=0, by=by_juror(assignment), at=NOON)

    assert hidden_from(late.user, room.stage, [room.first, room.other], at=NOON) == {room.first.pk}
    assert not hidden_from(late.user, room.stage, [room.first], at=CLOSES)


def test_shown_are_final_scorecards_with_their_marks_and_no_drafts() -> None:
    room = Room()
    drafting = an_assignment(room.stage, room.first)
    save_draft(drafting.pk, a_sheet(), version=0, by=by_juror(drafting), at=NOON)

    shown = final_scorecards(room.stage, room.first)
    assert {card.assignment.juror for card in shown} == {room.chair, room.second, room.third}


def test_a_changed_mark_recomputes_the_score_and_keeps_what_was_there_who_and_why() -> None:
    room = Room()
    meeting = room.open()
    take_up(meeting, room.first, room.by)
    card = change(room, meeting, steps=9)

    score = Fraction(40 * 80 + 40 * 90 + 10 * 100, 100)
    assert Fraction(card.score_of or 0, card.score_in or 1) == score == 78
    stored = Scorecard.objects.get(pk=card.pk)
    assert (stored.score_of, stored.score_in, stored.is_final) == (78, 1, True)
    assert Mark.objects.get(scorecard=card, criterion="results").steps == 9
    (changed,) = changes_in(meeting)
    assert (changed.criterion, changed.before, changed.after) == ("results", 5, 9)
    kept = changed.kept
    assert (kept.by, kept.reason, kept.before["score"]) == (room.chair.user, "Read the appendix.", "62/1")
    assert kept.before["marks"]["results"] == {"steps": 5}
    told = lines_of(chain_of(room.edition))[0]
    assert (told.doing, told.why, told.details["before"]) == ("mark_changed", "Read the appendix.", 5)
    assert told.details["marks"]["results"] == [9, 100]


def test_the_share_and_the_comment_of_a_changed_mark_stay() -> None:
    room = Room()
    Mark.objects.filter(scorecard=room.card_of(room.second), criterion="other").update(comment="Bold.")
    meeting = room.open()
    take_up(meeting, room.first, room.by)
    change(room, meeting, steps=4, criterion="other")

    mark = Mark.objects.get(scorecard=room.card_of(room.second), criterion="other")
    assert (mark.steps, mark.share, mark.comment) == (4, 50, "Bold.")


def test_an_abstention_can_become_a_mark_in_the_meeting() -> None:
    room = Room()
    room.panel.jurors.add(late := a_juror_of(room.edition))
    marks = {"actions": Filled(8), "results": Filled(abstained="Unsure."), "other": Filled(10)}
    room.mark(late, room.first, marks=marks)
    meeting = room.open()
    take_up(meeting, room.first, room.by)
    card = change(room, meeting, steps=5, card=room.card_of(late))

    assert Fraction(card.score_of or 0, card.score_in or 1) == Fraction(40 * 80 + 40 * 50 + 20 * 100, 100)


def test_marks_are_changed_in_an_open_meeting_on_the_entry_at_hand_with_a_reason() -> None:
    room = Room()
    meeting = room.open()
    with pytest.raises(Refused, match="not_at_hand"):
        change(room, meeting)
    take_up(meeting, room.other, room.by)
    with pytest.raises(Refused, match="not_at_hand"):
        change(room, meeting)
    take_up(meeting, room.first, room.by)
    for code, changes in {
        "reason_missing": {"reason": " "},
        "unknown_criterion": {"criterion": "beauty"},
        "off_the_scale": {"steps": 11},
        "nothing_changed": {"steps": 5},
    }.items():
        with pytest.raises(Refused, match=code):
            change(room, meeting, **changes)  # type: ignore[arg-type]
    actions.close_meeting(meeting.pk, by=room.by, at=NOON)
    with pytest.raises(Refused, match="meeting_closed"):
        change(room, meeting)


def test_excluded_and_draft_scorecards_and_whole_abstentions_are_not_changed() -> None:
    room = Room()
    meeting = room.open()
    take_up(meeting, room.first, room.by)
    card = room.card_of(room.second)
    Scorecard.objects.filter(pk=card.pk).update(excluded_at=NOON, excluded_reason="Conflict.")
    with pytest.raises(Refused, match="not_at_hand"):
        change(room, meeting)
    Scorecard.objects.filter(pk=card.pk).update(excluded_at=None, abstained="I built it.")
    with pytest.raises(Refused, match="abstained_from_all"):
        change(room, meeting)


def test_a_chair_with_a_conflict_has_no_hand_in_the_entry_and_the_organiser_has() -> None:
    room = Room()
    a_conflict(Assignment.objects.get(juror=room.chair, entry=room.first))
    meeting = room.open()
    take_up(meeting, room.first, room.by)

    with pytest.raises(Refused, match="conflict_of_interest"):
        change(room, meeting)
    with pytest.raises(Refused, match="conflict_of_interest"):
        actions.note(meeting.pk, "A fine entry.", by=room.by, at=NOON)
    assert change(room, meeting, by=a_member(room.edition.programme.organiser).public_id)


def test_a_note_is_about_the_entry_at_hand_and_says_something() -> None:
    room = Room()
    meeting = room.open()
    actions.note(meeting.pk, " We begin. ", by=room.by, at=NOON)
    take_up(meeting, room.first, room.by)
    actions.note(meeting.pk, "Ask for the figures.", by=room.by, at=NOON)
    with pytest.raises(Refused, match="nothing_noted"):
        actions.note(meeting.pk, " ", by=room.by, at=NOON)

    notes = [(one.text, one.entry) for one in minutes_of(meeting) if one.kind == "note"]
    assert notes == [("We begin.", None), ("Ask for the figures.", room.first)]


def test_the_jurys_word_on_a_tie_is_noted_only_where_the_rules_give_it_one() -> None:
    room = Room()
    meeting = room.open()
    with pytest.raises(Refused, match="ties_are_shared"):
        actions.part_tie(meeting.pk, [room.first.pk, room.other.pk], by=room.by, at=NOON)


def test_a_closed_meeting_takes_nothing_more_and_keeps_its_minutes() -> None:
    room = Room()
    meeting = room.open()
    take_up(meeting, room.first, room.by)
    closed = actions.close_meeting(meeting.pk, by=room.by, at=NOON)

    assert (closed.closed_at, closed.entry) == (NOON, None)
    assert minutes_of(closed).count() == 1
    for doing in (
        lambda: take_up(meeting, room.other, room.by),
        lambda: there(meeting, room.second, by=room.by),
        lambda: actions.note(meeting.pk, "Late.", by=room.by, at=NOON),
        lambda: actions.close_meeting(meeting.pk, by=room.by, at=NOON),
    ):
        with pytest.raises(Refused, match="meeting_closed"):
            doing()


def test_a_person_sees_meetings_that_the_person_chairs_or_attends() -> None:
    room = Room()
    meeting = room.open()
    there(meeting, room.chair, room.second, by=room.by)

    def seen_by(juror: Juror) -> list[Meeting]:
        return list(meetings_with(juror.user))  # type: ignore[arg-type]

    assert (seen_by(room.chair), seen_by(room.second), seen_by(room.third)) == ([meeting], [meeting], [])
    room.second.removed_at, room.second.removed_reason = NOON, "Left."
    room.second.save()
    assert seen_by(room.second) == []
