"""Conflicts of interest while a jury parts a tie or decides: who leaves the room, what the minutes say."""

from typing import Any

import pytest

from kaaring.audit.queries import lines_of
from kaaring.jury.actions.meetings import note_decision
from kaaring.jury.models import Juror, Minute
from kaaring.kernel.refused import Refused
from kaaring.programmes.queries import chain_of
from kaaring.results.models import EntryDecision
from tests.build import NOON
from tests.results.jury import an_award
from tests.web.test_meeting_pages import Room, level
from tests.web.test_organiser_scores import text_of

pytestmark = pytest.mark.django_db


def a_full_room() -> Room:
    """A room with everybody there, B at hand, and a conflict between the second juror and A."""
    room = Room()
    room.with_a_conflict(room.second, "A")
    room.do("attend", there=[one.public_id for one in (room.chair, room.second, room.third)])
    room.take_up("B")
    return room


def part(room: Room, first: str = "D", second: str = "A") -> Any:
    one, other = (room.edition.entries.get(code=code).public_id for code in (first, second))
    return room.do("part", entry=[one, other], **{f"position_{one}": "1", f"position_{other}": "2"})


def decide(room: Room) -> Any:
    return room.do("decide", award="best-idea", **level(room, "B", "winner"))


def noted(kind: str) -> list[tuple[str, Juror | None, str]]:
    found = Minute.objects.filter(kind=kind).select_related("entry", "juror").order_by("pk")
    return [(one.entry.code if one.entry else "", one.juror, one.text) for one in found]


def test_before_a_tie_is_parted_or_an_award_decided_the_page_names_who_leaves_the_room() -> None:
    room = a_full_room()
    page = room.as_chair.get(room.at())

    assert page.context["room"].out == [], "the entry at hand is another"
    assert [tie.out for tie in page.context["room"].ties] == [[room.second]]
    assert [award["out"] for award in page.context["awards"]] == [[room.second]]
    assert text_of(page).count(f"Leaves the room for this: {room.second.name}") == 2


def test_without_a_conflict_nobody_leaves_the_room() -> None:
    room = Room()

    assert "Leaves the room" not in text_of(room.as_chair.get(room.at()))


def test_who_has_a_conflict_with_any_of_the_tied_is_minuted_as_out_while_it_is_parted() -> None:
    room = a_full_room()
    assert noted("recused") == []
    assert part(room).status_code == 302

    assert noted("recused") == [("A", room.second, "D, A")]
    assert lines_of(chain_of(room.edition))[0].details == {"order": ["D", "A"], "out": [room.second.code]}
    assert f"A out of the room: {room.second.name} (D, A)" in text_of(room.as_chair.get(room.at()))


def test_who_has_a_conflict_with_any_that_competes_is_minuted_as_out_while_the_award_is_decided() -> None:
    room = a_full_room()
    assert decide(room).status_code == 302

    assert noted("recused") == [("A", room.second, "")]
    assert f"A out of the room: {room.second.name} (Best idea)" in text_of(room.as_chair.get(room.at()))
    minute = Minute.objects.select_related("award").get(kind="decided")
    assert (minute.award, minute.level) == (an_award(room.edition), "winner")
    in_norwegian = text_of(room.as_chair.get(room.at().replace("/en/", "/nb/")))
    assert "B pris avgjort: Beste idé: Vinner" in in_norwegian
    told = next(one for one in lines_of(chain_of(room.edition)) if one.doing == "meeting_noted")
    assert told.details == {"award": "best-idea", "out": [room.second.code]}


def test_that_nobody_wins_is_minuted_with_the_reason_and_who_was_out() -> None:
    room = a_full_room()
    room.do("nobody", award="best-idea", reason="None was good enough.")

    assert noted("decided") == [("", None, "None was good enough.")]
    page = text_of(room.as_chair.get(room.at()))
    assert "award decided: Best idea: No winner. None was good enough." in page
    assert [juror for _entry, juror, _text in noted("recused")] == [room.second]


def test_only_those_who_are_there_are_minuted_as_out() -> None:
    room = a_full_room()
    room.do("attend", there=[room.chair.public_id, room.third.public_id])
    part(room)
    decide(room)

    assert noted("recused") == []


def test_what_is_refused_leaves_nothing_in_the_minutes() -> None:
    room = a_full_room()
    assert room.do("decide", award="best-idea", **level(room, "A", "winner")).status_code == 409

    assert (noted("decided"), noted("recused")) == ([], [])
    assert not EntryDecision.objects.exists()


def test_who_was_out_reads_neither_how_the_tie_was_parted_nor_what_was_decided() -> None:
    room = a_full_room()
    part(room)
    decide(room)
    out, stayed = (text_of(room.client(one).get(room.at())) for one in (room.second, room.third))

    assert "Best idea: Winner" in stayed
    assert "D tie parted: 1" in stayed
    assert "Best idea: Winner" not in out
    assert "tie parted" not in out


def test_a_closed_meeting_says_who_was_there_and_for_what_each_was_out() -> None:
    room = a_full_room()
    part(room)
    room.do("close")
    said = text_of(room.as_chair.get(room.at()))

    assert "Present: 3 of 3" in said
    assert f"{room.second.name} out for A" in said
    assert "Who was here" in said
    assert "Show the entry at hand on a screen" not in said


def test_a_chair_with_a_conflict_notes_no_decision_and_none_about_another_category() -> None:
    room = Room()
    by = room.chair.user.public_id  # type: ignore[union-attr]
    keys = [one.pk for one in room.edition.entries.all()]
    with pytest.raises(Refused, match="award_elsewhere"):
        note_decision(
            room.meeting.pk, an_award(room.edition, "best-small"), [], competing=keys, by=by, at=NOON
        )
    room.with_a_conflict(room.chair, "A")
    with pytest.raises(Refused, match="conflict_of_interest"):
        note_decision(room.meeting.pk, an_award(room.edition), [], competing=keys, by=by, at=NOON)


def places(room: Room, juror: Juror) -> dict[str, int | None]:
    lines = room.client(juror).get(room.at()).context["room"].lines
    return {one.entry.code: one.row.place if one.row else None for one in lines}


def test_from_whom_an_entry_is_hidden_no_place_in_its_contest_is_shown_and_the_page_says_why() -> None:
    room = a_full_room()
    sentence = "No places are shown where an entry of the same contest is hidden from you"
    out, stayed = (text_of(room.client(one).get(room.at())) for one in (room.second, room.third))

    assert places(room, room.third) == {"A": 2, "B": 1, "C": None, "D": 2, "E": None}
    assert set(places(room, room.second).values()) == {None}
    assert sentence in out
    assert sentence not in stayed
    assert "place 1" not in text_of(room.client(room.second).get(room.at("screen/")))
    assert "place 1" in text_of(room.client(room.third).get(room.at("screen/")))
    room.do("close")
    listed = room.client(room.second).get(room.at()).context["room"].listed
    assert [one.entry.code for one in listed] == list("ABCDE"), "an order by place would tell it as well"


def test_a_chair_from_whom_an_entry_is_hidden_parts_a_tie_without_learning_its_place() -> None:
    room = Room()
    room.with_a_conflict(room.chair, "B")
    page = room.as_chair.get(room.at())

    assert "The same place" in text_of(page)
    assert "Shared place 2" not in text_of(page)
    assert part(room).status_code == 302


def test_a_changed_mark_stands_in_the_minutes_where_it_happened_and_each_change_says_its_own() -> None:
    room = a_full_room()
    card = room.card(room.third, "B")
    for steps in ("8", "9"):
        room.do("note", text=f"Before {steps}.")
        typed = {"scorecard": card.pk, "criterion": "idea", "steps": steps, "reason": f"It is {steps}."}
        assert room.do("change", **typed).status_code == 302
    noted = [one.said for one in room.as_chair.get(room.at()).context["room"].noted]

    told = f"mark of {room.third.name} on “Idea” changed from"
    assert noted[-4:] == [
        "note: Before 8.",
        f"{told} 7 to 8 by {room.chair.user}: It is 8.",
        "note: Before 9.",
        f"{told} 8 to 9 by {room.chair.user}: It is 9.",
    ]


def test_who_has_a_conflict_reads_no_changed_mark_of_that_entry() -> None:
    room = a_full_room()
    room.take_up("A")
    card = room.card(room.chair, "A")
    room.do("change", scorecard=card.pk, criterion="idea", steps="8", reason="Better than that.")

    assert "Better than that." in text_of(room.client(room.third).get(room.at()))
    assert "Better than that." not in text_of(room.client(room.second).get(room.at()))
