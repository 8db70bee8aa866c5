"""What pages of a jury say once it has met and decided, and what a meeting's page shows of its votes."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from kaaring.jury.models import Assignment, Meeting, Minute, Stage
from kaaring.people.models import MemberRole
from kaaring.results.actions import decide_nobody, publish_run, revoke_entry_decision
from kaaring.results.models import EntryDecision
from tests.build import NOON
from tests.jury.marking import a_conflict, a_stage
from tests.results.jury import (
    a_judged_edition,
    an_award,
    an_idea,
    decide_for,
    filled_in,
    in_stage,
    jury_of,
)
from tests.web.jury_results import COMBINE, a_marked_stage, a_reader, path
from tests.web.test_meeting_pages import Room
from tests.web.test_organiser_scores import text_of

pytestmark = pytest.mark.django_db


def decided(stage: Stage) -> Stage:
    """The stage with all awards of its edition decided."""
    decide_for(stage.edition.entries.get(code="B"))
    for code in ("best-small", "best-large"):
        decide_nobody(an_award(stage.edition, code), reason="None.", by="test", at=NOON)
    return stage


def published(stage: Stage) -> Stage:
    publish_run(decided(stage).edition, by="test", at=NOON + timedelta(hours=1))
    return stage


def opening(client: Client, space: str = "organiser") -> int:
    return client.get(path("meetings/", space)).content.decode().count("/meetings/open/")


def test_the_scores_of_published_results_are_not_called_provisional_and_lead_to_the_page() -> None:
    page = a_reader(published(a_marked_stage())).get(path("scores/"))
    said = text_of(page)

    assert "Published in run 1" in said
    assert "Provisional" not in said
    assert "Next step" not in said
    assert "Before the meeting" not in said
    assert 'href="/en/service-awards/2030/"' in page.content.decode()


def test_scores_of_awards_that_are_all_decided_lead_to_publishing() -> None:
    stage = decided(a_marked_stage())
    said = text_of(a_reader(stage).get(path("scores/")))

    assert "Every award of the jury is decided. Next step: check and publish the results." in said
    assert "talk about the close ones" not in said
    assert "Next step" not in text_of(a_reader(stage, MemberRole.VIEWER).get(path("scores/")))


def test_a_category_that_is_decided_is_not_met_on_again() -> None:
    stage = a_marked_stage()
    owner = a_reader(stage)
    assert opening(owner) == 2
    decide_for(stage.edition.entries.get(code="B"))

    assert opening(owner) == 1
    assert "Idea of the Year 5 decided –" in text_of(owner.get(path("meetings/")))


def test_published_results_leave_the_minutes_of_meetings_and_nothing_to_open() -> None:
    room = Room()
    room.do("close")
    published(room.stage)
    owner = a_reader(room.stage)
    said = text_of(owner.get(path("meetings/")))

    assert "The results are published." in said
    assert opening(owner) == 0
    assert opening(room.as_chair, "juror") == 0
    (part,) = owner.get(path("meetings/")).context["parts"]
    assert [len(line.past) for line in part.lines] == [1, 0]


def test_entries_stand_by_code_while_the_jury_meets_and_by_place_once_it_has() -> None:
    room = Room()
    meeting = room.as_chair.get(room.at()).context["room"]
    assert [one.entry.code for one in meeting.listed] == ["A", "B", "C", "D", "E"]
    room.do("close")

    page = room.as_chair.get(room.at())
    listed = page.context["room"].listed
    assert [(one.row.place, one.entry.code) for one in listed if one.row] == [
        (1, "B"),
        (2, "A"),
        (2, "D"),
        (None, "C"),
        (None, "E"),
    ]
    said = text_of(page)
    assert said.index("B Case B") < said.index("A Case A") < said.index("C Case C")


def test_a_jury_that_never_met_and_is_published_is_not_told_to_wait_for_stages() -> None:
    said = text_of(a_reader(published(a_marked_stage())).get(path("meetings/")))

    assert "Nothing to meet on yet" not in said
    assert "The results are published." in said


def test_a_decision_that_is_revoked_after_publishing_lets_the_jury_meet_again() -> None:
    stage = published(a_marked_stage())
    decision = EntryDecision.objects.get(award__code="best-idea")
    revoke_entry_decision(decision, reason="A mistake.", by="test", at=NOON + timedelta(hours=2))
    owner = a_reader(stage)

    assert opening(owner) == 1
    assert "The results are published." not in text_of(owner.get(path("scores/")))


def test_results_that_are_outdated_are_to_be_published_again() -> None:
    room = Room()
    published(room.stage)
    entry = room.edition.entries.get(code="B")
    card = room.card(room.second, "B")
    room.do("take-up", entry=entry.public_id)
    room.do("change", scorecard=card.pk, criterion="idea", steps="7", reason="Read the appendix.")
    EntryDecision.objects.update(reason="They agreed.")
    later = NOON - timedelta(days=900)
    room.edition.runs.update(published_at=later)
    said = text_of(a_reader(room.stage).get(path("scores/")))

    assert "Something the jury did has changed since the results were published. Publish again." in said
    assert "Provisional" in said


def test_an_award_says_who_has_the_same_score_as_the_first_and_what_parted_them() -> None:
    stage = a_stage(a_judged_edition(combine=COMBINE))
    a, b = an_idea(stage, "A", (9, 7), (7, 9)), an_idea(stage, "B", (9, 7), (7, 9))
    an_idea(stage, "C", (2, 2), (2, 2))
    owner = a_reader(stage)
    assert "same score" not in text_of(owner.get(path("jury-decisions/best-idea/"))), "the place is shared"
    meeting = Meeting.objects.create(stage=stage, category=a.category, opened_at=NOON)
    for position, entry in enumerate((b, a), 1):
        Minute.objects.create(meeting=meeting, kind="tie", entry=entry, position=position, at=NOON)
    said = text_of(owner.get(path("jury-decisions/best-idea/")))

    assert (
        "same score B Case B, A Case A: 80.0. An equal score was parted by the jury in its meeting." in said
    )
    assert "one mark of one juror would turn it" not in said


def test_a_screening_meeting_shows_the_votes_and_no_places() -> None:
    stages = "[{code: screening, name: Screening, mode: pass_fail, passes: 2}]"
    stage = a_stage(a_judged_edition(stages=stages), "screening", opens_at=timezone.now() - timedelta(days=1))
    entry = in_stage(stage, "A")
    for juror, passes in zip(jury_of(stage.edition, 3), (True, True, False), strict=True):
        filled_in(stage, entry, juror, passes=passes)
    owner = a_reader(stage)
    here = owner.post(path("meetings/open/screening/idea/"))["Location"]
    owner.post(f"{here}take-up/", {"entry": entry.public_id})
    said = text_of(owner.get(here))

    assert "2 of 3 yes" in said
    assert "no place" not in said
    assert "2 of 3 yes" in text_of(owner.get(f"{here}screen/"))


def test_the_ends_of_the_scale_stand_where_dots_for_them_would() -> None:
    room = Room()
    room.take_up("C")
    for page in (room.as_chair.get(room.at()), room.as_chair.get(room.at("screen/"))):
        drawn = re.findall(r'<svg class="dots".*?</svg>', page.content.decode(), re.S)

        assert len(drawn) == 2
        for one in drawn:
            ends = re.findall(r'<text x="([\d.]+)%" y="\d+">(\d+)</text>', one)
            assert ends == [("4.00", "0"), ("96.00", "10")]
            assert 'cx="96.00%"' in one, "the mark 10"


def test_the_column_of_buttons_is_not_called_what_a_criterion_may_be_called() -> None:
    room = Room()

    assert '<th role="columnheader" scope="col"><span class="hide">Take up</span></th>' in (
        room.as_chair.get(room.at()).content.decode()
    )


def test_scorecards_whose_jurors_conflict_nobody_has_looked_at_are_pointed_out_before_publishing() -> None:
    stage = a_marked_stage()
    owner = a_reader(stage)
    assert "conflict of interest that nobody" not in text_of(owner.get(path("runs/")))
    for assignment in Assignment.objects.filter(entry__code="B")[:2]:
        found = a_conflict(assignment, source="detected")
    warned = owner.get(path("runs/"))

    (check,) = [one for one in warned.context["checks"] if "conflict" in one.sentence]
    assert (check.state, check.address) == ("wait", path("recusals/"))
    assert check.sentence.startswith("2 scorecards count whose juror has a conflict of interest")
    found.confirmed_at, found.confirmed_by = NOON, "test"
    found.save()
    assert "1 scorecard counts whose juror" in text_of(owner.get(path("runs/")))
