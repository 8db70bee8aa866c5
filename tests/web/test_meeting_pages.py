"""Meetings and the jury's decisions on pages: of organisers, of the chair who leads, of jurors who attend."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kaaring.jury.models import Assignment, Juror, Mark, Meeting, Minute, Panel, Recusal, Scorecard, Stage
from kaaring.people.models import MemberRole
from kaaring.programmes.models import Category
from kaaring.results.models import EntryDecision
from tests.build import NOON, a_member
from tests.jury.marking import a_conflict, a_juror_of, a_panel, a_stage
from tests.results.jury import a_judged_edition, an_idea, in_stage, jury_of
from tests.web.jury_results import a_marked_stage, a_reader, path, signed_in
from tests.web.test_organiser_scores import text_of

pytestmark = pytest.mark.django_db


class Room:
    """The marked stage with a panel: a chair who marked, and two others; the chair has opened the meeting."""

    def __init__(self) -> None:
        self.stage = a_marked_stage()
        self.edition = self.stage.edition
        self.chair, self.second, self.third = jury_of(self.edition, 3)
        self.panel: Panel = a_panel(self.edition, self.chair, self.second, self.third, category="idea")
        self.as_chair = self.client(self.chair)
        response = self.as_chair.post(path("meetings/open/marking/idea/", "juror"))
        self.meeting = Meeting.objects.get()
        assert response["Location"] == path(f"meetings/{self.meeting.public_id}/", "juror")

    def client(self, juror: Juror) -> Client:
        assert juror.user is not None
        return signed_in(juror.user)

    def at(self, doing: str = "", space: str = "juror") -> str:
        return path(f"meetings/{self.meeting.public_id}/{doing}", space)

    def do(self, doing: str, client: Client | None = None, space: str = "juror", **typed: Any) -> Any:
        return (client or self.as_chair).post(self.at(f"{doing}/", space), typed)

    def take_up(self, code: str) -> None:
        entry = self.edition.entries.get(code=code)
        assert self.do("take-up", entry=entry.public_id).status_code == 302

    def card(self, juror: Juror, code: str) -> Scorecard:
        return Scorecard.objects.get(assignment__juror=juror, assignment__entry__code=code)

    def with_a_conflict(self, juror: Juror, code: str) -> Recusal:
        return a_conflict(Assignment.objects.get(juror=juror, entry__code=code))


def test_a_chair_opens_the_meeting_and_takes_up_entry_by_entry() -> None:
    room = Room()
    first = room.as_chair.get(room.at())
    assert "Next step: note who is here, then take up the first entry." in text_of(first)
    room.take_up("A")
    page = room.as_chair.get(room.at())

    assert "Entry 1 of 5" in text_of(page)
    assert "Next: B" in text_of(page)
    assert "Previous" not in text_of(page)
    assert [sheet.marks for sheet in page.context["room"].sheets] == [["7", "7"], ["7", "7"]]
    assert [strip.label for strip in page.context["room"].strips] == ["Idea: 7, 7", "Effect: 7, 7"]
    room.take_up("B")
    assert "Previous: A" in text_of(room.as_chair.get(room.at()))


def test_a_juror_in_the_room_sees_the_marks_and_changes_nothing() -> None:
    room = Room()
    room.do("attend", there=[room.chair.public_id, room.second.public_id])
    room.take_up("B")
    attending = room.client(room.second)
    page = attending.get(room.at())

    assert len(page.context["room"].sheets) == 3
    assert "<form" not in page.content.decode()
    entry = room.edition.entries.get(code="A")
    assert room.do("take-up", attending, entry=entry.public_id).status_code == 409
    assert room.client(room.third).get(room.at()).status_code == 404, "who is not in the room finds none"


def test_who_has_a_conflict_is_listed_as_out_and_sees_no_figures_of_that_entry() -> None:
    room = Room()
    room.with_a_conflict(room.second, "B")
    room.do("attend", there=[room.chair.public_id, room.second.public_id])
    room.take_up("B")
    room.do("note", text="Their figures are thin.")
    page, chairs = room.client(room.second).get(room.at()), room.as_chair.get(room.at())

    assert "Their figures are thin." not in text_of(page)
    assert "Their figures are thin." in text_of(chairs)
    assert "You do not see the marks for this entry" in text_of(page)
    assert page.context["room"].sheets == []
    assert {line.entry.code: line.row is None for line in page.context["room"].lines} == {
        "A": False,
        "B": True,
        "C": False,
        "D": False,
        "E": False,
    }
    assert "74.7" not in text_of(page)
    assert f"out of the room {room.second.name}" in text_of(chairs)
    assert "74.7" in text_of(chairs)
    room.take_up("A")
    assert "70.0" in text_of(room.client(room.second).get(room.at()))


def test_a_mark_is_changed_on_the_page_and_what_it_was_stands_in_the_minutes() -> None:
    room = Room()
    room.take_up("B")
    card = room.card(room.second, "B")
    typed = {"scorecard": card.pk, "criterion": "idea", "steps": "7", "reason": "Read the appendix."}
    assert room.do("change", **typed).status_code == 302

    assert Mark.objects.get(scorecard=card, criterion="idea").steps == 7
    said = text_of(room.as_chair.get(room.at()))
    assert (
        f"B mark of {room.second.name} on “Idea” changed from 6 to 7 by {room.chair.user}: Read the appendix."
        in said
    )
    for wrong in ({**typed, "reason": ""}, {**typed, "steps": "x"}, {**typed, "scorecard": "x"}):
        assert room.do("change", **wrong).status_code == 409


def test_notes_and_attendance_and_the_end_of_a_meeting() -> None:
    room = Room()
    room.take_up("A")
    room.do("note", text="Ask for the figures.")
    assert room.do("note", text=" ").status_code == 409
    room.do("close")
    page = room.as_chair.get(room.at())

    assert "Ask for the figures." in text_of(page)
    assert "<form" not in page.content.decode()
    assert room.do("note", text="Too late.").status_code == 409
    assert "Past meetings" in text_of(room.as_chair.get(path("meetings/", "juror")))


def test_a_tie_is_parted_with_numbers_of_which_none_comes_twice() -> None:
    room = Room()
    a, d = (room.edition.entries.get(code=code).public_id for code in "AD")
    assert "Shared place 2" in text_of(room.as_chair.get(room.at()))
    twice = {"entry": [a, d], f"position_{a}": "1", f"position_{d}": "1"}
    assert room.do("part", **twice).status_code == 409
    assert room.do("part", **{**twice, f"position_{a}": "2", "reason": "Bolder."}).status_code == 302

    ranks = Minute.objects.filter(kind="tie").values_list("entry__code", "position", "text")
    assert list(ranks) == [("D", 1, "Bolder."), ("A", 2, "Bolder.")]
    places = {line.entry.code: line.row.place for line in room.as_chair.get(room.at()).context["room"].lines}
    assert (places["D"], places["A"]) == (2, 3)


def level(room: Room, code: str, given: str) -> dict[str, str]:
    return {f"level_{room.edition.entries.get(code=code).public_id}": given}


def test_the_award_is_decided_from_the_meeting() -> None:
    room = Room()
    entry = room.edition.entries.get(code="B")
    typed = {"award": "best-idea", f"citation_{entry.public_id}_en": "Bold.", **level(room, "B", "winner")}
    assert room.do("decide", **typed).status_code == 302

    decision = EntryDecision.objects.get()
    assert (decision.entry, decision.level, decision.citation) == (entry, "winner", {"en": "Bold."})
    assert decision.decided_by == room.chair.user
    assert "B Case B: Winner" in text_of(room.as_chair.get(room.at()))


def test_two_who_decide_at_once_make_one_decision_and_the_second_is_told() -> None:
    room = Room()
    typed = {"award": "best-idea", **level(room, "B", "winner")}
    room.do("decide", **typed)
    owner = signed_in(a_member(room.edition.programme.organiser))
    late = room.do("decide", owner, "organiser", **typed)

    assert late.status_code == 409
    assert f"“Best idea” is decided already, by {room.chair.user}" in text_of(late)
    assert EntryDecision.objects.count() == 1


def test_nothing_typed_is_lost_where_a_decision_is_refused_or_incomplete() -> None:
    room = Room()
    typed = {"award": "best-idea", "reason": "", "citation_other_en": "Kept.", **level(room, "A", "winner")}
    refused = room.do("decide", **typed)
    empty = room.do("decide", award="best-idea", citation_other_en="Kept.")

    assert (refused.status_code, empty.status_code) == (409, 422)
    assert "This is not the order of the marks" in text_of(refused)
    assert "Choose a level for at least one entry" in text_of(empty)
    assert "Kept." in empty.content.decode()


def test_nobody_wins_from_the_meeting_with_a_reason() -> None:
    room = Room()
    assert room.do("nobody", award="best-idea", reason="").status_code == 409
    assert room.do("nobody", award="best-idea", reason="None was good enough.").status_code == 302
    assert EntryDecision.objects.get().level == "none"


def test_a_chair_with_a_conflict_does_not_decide_and_an_award_elsewhere_is_not_here() -> None:
    room = Room()
    assert room.do("decide", award="best-small").status_code == 404
    room.with_a_conflict(room.chair, "A")

    assert room.do("decide", award="best-idea", **level(room, "B", "winner")).status_code == 409
    assert "Decide “Best idea”" not in text_of(room.as_chair.get(room.at()))


def test_the_screen_shows_the_entry_at_hand_and_asks_again_for_its_part_alone() -> None:
    room = Room()
    waiting = room.as_chair.get(room.at("screen/"))
    assert "No entry is taken up yet." in text_of(waiting)
    room.take_up("B")
    part = room.as_chair.get(room.at("screen/"), headers={"HX-Request": "true"})

    assert part.content.decode().lstrip().startswith("<div id=")
    assert "B Case B" in text_of(part)
    owner = signed_in(a_member(room.edition.programme.organiser))
    assert "B Case B" in text_of(owner.get(room.at("screen/", "organiser")))


def test_organisers_see_what_is_close_open_a_meeting_and_lead_it() -> None:
    stage = a_marked_stage()
    owner = a_reader(stage)
    listed = owner.get(path("meetings/"))
    assert [
        (line.category.code, line.entries, bool(line.close)) for line in listed.context["parts"][0].lines
    ] == [("idea", 5, False), ("centre", 2, True)]
    opened = owner.post(path("meetings/open/marking/centre/"))
    meeting = Meeting.objects.get()

    assert opened["Location"] == path(f"meetings/{meeting.public_id}/")
    assert owner.post(path("meetings/open/marking/centre/")).status_code == 409
    entry = stage.edition.entries.get(code="S").public_id
    assert owner.post(f"{opened['Location']}take-up/", {"entry": entry}).status_code == 302
    assert "Entry 1 of 2" in text_of(owner.get(opened["Location"]))


def test_who_only_reads_for_the_organiser_sees_a_meeting_and_leads_none() -> None:
    room = Room()
    for role in (MemberRole.VIEWER, MemberRole.AUDITOR):
        reader = a_reader(room.stage, role)
        page = reader.get(room.at("", "organiser"))
        assert (page.status_code, "<form" in page.content.decode()) == (200, False)
        assert room.do("note", reader, "organiser", text="Mine.").status_code == 404
        assert reader.post(path("meetings/open/marking/centre/")).status_code == 404


def test_strangers_find_no_meetings() -> None:
    room = Room()
    stranger = signed_in(a_member(a_judged_edition(slug="elsewhere").programme.organiser))
    outsider = room.client(a_juror_of(room.edition))

    for page in (path("meetings/"), room.at("", "organiser"), path("meetings/", "juror"), room.at()):
        assert stranger.get(page).status_code == 404
        assert Client().get(page).status_code == 302
    assert outsider.get(room.at()).status_code == 404
    assert outsider.get(path("meetings/", "juror")).status_code == 200
    assert outsider.post(path("meetings/open/marking/idea/", "juror")).status_code == 404


def test_names_are_left_out_for_jurors_where_the_stage_hides_them() -> None:
    stages = "[{code: marking, name: Marking, mode: scorecard, sees: {names: false}}]"
    stage = a_marked_stage(stages=stages)
    chair = jury_of(stage.edition, 1)[0]
    a_panel(stage.edition, chair, category="idea")
    assert chair.user is not None
    client = signed_in(chair.user)
    client.post(path("meetings/open/marking/idea/", "juror"))
    meeting = Meeting.objects.get()
    here = path(f"meetings/{meeting.public_id}/", "juror")
    client.post(f"{here}take-up/", {"entry": stage.edition.entries.get(code="B").public_id})

    assert "House of B" not in client.get(here).content.decode()
    owner = a_reader(stage)
    assert "House of B" in owner.get(path(f"meetings/{meeting.public_id}/")).content.decode()


@pytest.mark.parametrize("entries", [1, 30])
def test_a_meeting_asks_the_database_equally_often_whatever_there_is(
    entries: int, django_assert_max_num_queries: Any
) -> None:
    room = Room()
    for number in range(entries):
        an_idea(room.stage, f"X{number:02}", (5, number % 10), (number % 7, 3))
    room.take_up("X00")

    with django_assert_max_num_queries(45):
        assert room.as_chair.get(room.at()).status_code == 200


def decided(client: Client, award: str = "best-idea", **typed: str) -> Any:
    return client.post(path(f"jury-decisions/{award}/decide/"), typed)


def test_who_meets_on_an_earlier_stage_learns_no_score_of_a_later_one_and_decides_nothing_by_it() -> None:
    room = Room()
    assert "Decide “Best idea”" in text_of(room.as_chair.get(room.at()))
    final = a_stage(room.edition, "final", opens_at=timezone.now() - timedelta(minutes=1))
    entry = an_idea(final, "F", (9, 8), (9, 8))

    page = text_of(room.as_chair.get(room.at()))
    assert "Decide “Best idea”" not in page
    assert "F Case F" not in page
    typed = {"award": "best-idea", f"level_{entry.public_id}": "winner"}
    assert room.do("decide", **typed).status_code == 409
    assert not EntryDecision.objects.exists()


def test_the_list_of_awards_says_who_leads_and_what_is_next() -> None:
    stage = a_marked_stage()
    Stage.objects.filter(pk=stage.pk).update(closes_at=timezone.now())
    page = a_reader(stage).get(path("jury-decisions/"))

    assert [
        (one.award.code, [row.entry.code for row in one.leaders]) for one in page.context["proposals"]
    ] == [
        ("best-idea", ["B"]),
        ("best-small", ["S", "T"]),
        ("best-large", []),
    ]
    assert "Nothing is decided yet; 3 awards wait." in text_of(page)
    assert "Next step: decide “Best idea”." in text_of(page)


def test_an_award_shows_what_the_marks_propose_and_how_firm_that_is() -> None:
    stage = a_marked_stage()
    said = text_of(a_reader(stage).get(path("jury-decisions/best-idea/")))

    assert "First by the marks: B Case B 74.7." in said
    assert re.search(r"The first place holds in \d+ of 8 variants\.", said)
    shared = text_of(a_reader(stage).get(path("jury-decisions/best-small/")))
    assert "The first place is shared." in shared
    nobody = text_of(a_reader(stage).get(path("jury-decisions/best-large/")))
    assert "No entry competes for this award yet" in nobody


def test_levels_and_citations_are_given_on_the_page_and_taken_back_with_a_reason() -> None:
    stage = a_marked_stage()
    owner = a_reader(stage)
    ids = {entry.code: entry.public_id for entry in stage.edition.entries.all()}
    response = decided(
        owner,
        **{
            f"level_{ids['B']}": "winner",
            f"citation_{ids['B']}_en": "Bold.",
            f"citation_{ids['B']}_nb": "Djervt.",
            "other": "a",
            "other_level": "silver",
            "reason": "D has had its prize.",
        },
    )
    assert response.status_code == 302
    found = {one.entry.code: one for one in EntryDecision.objects.all() if one.entry}
    assert {code: one.level for code, one in found.items()} == {"B": "winner", "A": "silver"}
    assert found["B"].citation == {"en": "Bold.", "nb": "Djervt."}
    page = text_of(owner.get(path("jury-decisions/best-idea/")))
    assert "B Case B: Winner Bold." in page
    assert "This is not the order" not in page
    for one in found.values():
        taken = owner.post(path(f"jury-decisions/revoke/{one.pk}/"), {"reason": "Misread."})
        assert taken.status_code == 302
    assert "Misread." in text_of(owner.get(path("jury-decisions/")))
    assert owner.post(path(f"jury-decisions/revoke/{one.pk}/"), {"reason": "Again."}).status_code == 409


def test_an_entry_that_is_not_listed_is_named_by_its_code_and_its_level() -> None:
    owner = a_reader(a_marked_stage())

    for typed, said in (
        ({"other": "nothing", "other_level": "gold"}, "has the code “nothing”"),
        ({"other": "A"}, "Name an entry by its code, and its level beside it."),
        ({}, "Choose a level for at least one entry"),
    ):
        response = decided(owner, **typed)
        assert response.status_code == 422
        assert said in text_of(response)


def test_that_nobody_wins_is_decided_on_the_page() -> None:
    stage = a_marked_stage()
    owner = a_reader(stage)
    assert owner.post(path("jury-decisions/best-large/nobody/"), {"reason": " "}).status_code == 409
    response = owner.post(path("jury-decisions/best-large/nobody/"), {"reason": "Nobody entered."})

    assert response.status_code == 302
    assert "Nobody entered." in text_of(owner.get(path("jury-decisions/best-large/")))


def test_while_scorecards_are_to_come_pages_say_what_is_missing_and_offer_no_decision() -> None:
    room = Room()
    entry = room.edition.entries.get(code="E")
    Assignment.objects.create(stage=room.stage, entry=entry, juror=room.third, assigned_at=NOON)
    owner = a_reader(room.stage)

    for client, page in ((owner, path("jury-decisions/best-idea/")), (room.as_chair, room.at())):
        response = client.get(page)
        assert "Marking: 1 scorecard is not final, and can be until" in text_of(response)
        assert b"decide/" not in response.content
    assert decided(owner, **level(room, "B", "winner")).status_code == 409
    assert not EntryDecision.objects.exists()


def test_before_any_stage_has_its_period_the_decisions_say_what_to_do() -> None:
    edition = a_judged_edition()
    owner = signed_in(a_member(edition.programme.organiser))

    said = text_of(owner.get(path("jury-decisions/")))
    assert "Judging has not begun: no stage has opened." in said
    assert "bring in scorecards" not in said
    assert "no entries" not in said
    assert "No entry competes for this award yet" in text_of(owner.get(path("jury-decisions/best-idea/")))
    assert decided(owner, other="A", other_level="winner").status_code == 422


def test_marks_that_changed_after_a_decision_are_pointed_out() -> None:
    stage = a_marked_stage()
    owner = a_reader(stage)
    entry = stage.edition.entries.get(code="B")
    decided(owner, **{f"level_{entry.public_id}": "winner"})
    an_idea(stage, "Z", (10, 10), (10, 10))

    assert "departs from the marks" in text_of(owner.get(path("jury-decisions/")))
    assert "The marks no longer say this" in text_of(owner.get(path("jury-decisions/best-idea/")))


def test_only_members_see_decisions_and_only_owners_and_managers_decide() -> None:
    stage: Stage = a_marked_stage()
    juror = jury_of(stage.edition, 1)[0]
    assert juror.user is not None
    pages = (path("jury-decisions/"), path("jury-decisions/best-idea/"))

    for page in pages:
        assert signed_in(juror.user).get(page).status_code == 404
        assert a_reader(stage, MemberRole.AUDITOR).get(page).status_code == 200
    for role in (MemberRole.VIEWER, MemberRole.AUDITOR):
        assert decided(a_reader(stage, role), other="B", other_level="winner").status_code == 404
    assert decided(a_reader(stage, MemberRole.MANAGER), other="B", other_level="winner").status_code == 302
    assert a_reader(stage).get(path("jury-decisions/nothing/")).status_code == 404
    in_stage(stage, "late", category="idea", submitted_at=NOON)


def test_the_list_of_meetings_to_open_asks_equally_often_for_many_categories() -> None:
    stage = a_marked_stage()
    chair = a_juror_of(stage.edition)
    panel = a_panel(stage.edition, chair, category="idea")
    asked = signed_in(chair.user)

    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert asked.get(path("meetings/", "juror")).status_code == 200
        return len(seen)

    once = queries()
    for number in range(5):
        more = Category.objects.create(
            edition=stage.edition, code=f"more-{number}", name={"en": "More"}, position=10 + number
        )
        panel.categories.add(more)
        in_stage(stage, f"M{number}", more.code)

    assert queries() == once
