"""Members of an organiser who judge in its edition: what they see and do as organisers.

Who has scorecards to make final sees nothing of what others gave. Who has a conflict of interest learns
nothing of how a contest with that entry stands, and has no hand in it.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern

from kaaring.jury.actions.meetings import open_meeting
from kaaring.jury.actions.remarks import hold_back_remark, release_remark, release_waiting_remarks
from kaaring.jury.models import Admission, Assignment, Juror, Meeting, Scorecard
from kaaring.jury.queries.closed import closed_to
from kaaring.kernel.refused import Refused
from kaaring.people.models import User
from kaaring.programmes.models import Award
from kaaring.results.actions import (
    decide_entries,
    decide_nobody,
    publish_run,
    release_feedback,
    revoke_entry_decision,
)
from kaaring.results.actions.letting_on import let_on
from kaaring.results.actions.meeting import decide_in_meeting
from kaaring.results.models import EntryDecision
from kaaring.web.organiser import (
    entry_scores,
    feedback,
    firmness,
    jury_decisions,
    meetings,
    remarks,
    scores,
    shortlist,
)
from tests.build import NOON, a_member
from tests.jury.marking import CLOSES, a_conflict, a_juror_of, a_stage
from tests.results.jury import an_award, decide_for
from tests.web.jury_results import a_marked_stage, path, signed_in
from tests.web.test_organiser_scores import text_of

pytestmark = pytest.mark.django_db
MODULES = (entry_scores, feedback, firmness, jury_decisions, meetings, remarks, scores, shortlist)
REMARK = "Your training plan is the best of them all."


class House:
    """The marked stage, a final to come, every award decided and published, and a member who judges too.

    B leads the ideas with 74.7 and a remark waits for it; S and T share the first place of the small centres.
    """

    def __init__(self) -> None:
        self.stage = a_marked_stage()
        self.edition = self.stage.edition
        self.final = a_stage(self.edition, "final", closes_at=CLOSES)
        Admission.objects.filter(stage=self.final).delete()
        self.member: User = a_member(self.edition.programme.organiser)
        self.juror: Juror = a_juror_of(self.edition, user=self.member)
        self.client: Client = signed_in(self.member)
        self.card = Scorecard.objects.filter(assignment__entry__code="B").order_by("pk")[0]
        Scorecard.objects.filter(pk=self.card.pk).update(remark=REMARK)
        self.meeting: Meeting = self.a_meeting("idea")

    def a_meeting(self, category: str) -> Meeting:
        owner = a_member(self.edition.programme.organiser)
        own = self.edition.categories.get(code=category)
        return open_meeting(self.stage.pk, own.pk, by=owner.public_id, at=NOON)

    def reads(self, code: str) -> Assignment:
        """Give the member an entry to mark."""
        entry = self.edition.entries.get(code=code)
        return Assignment.objects.create(stage=self.stage, entry=entry, juror=self.juror, assigned_at=NOON)

    def with_a_conflict(self, code: str) -> None:
        """Note a conflict of interest of the member's with an entry."""
        assignment = self.reads(code)
        a_conflict(assignment)
        assignment.delete()

    def published(self) -> None:
        """Decide every award for what leads or nobody, publish, and let the feedback out."""
        decide_for(self.edition.entries.get(code="B"))
        for code in ("best-small", "best-large"):
            decide_nobody(an_award(self.edition, code), reason="None.", by="test", at=NOON)
        publish_run(self.edition, by="test", at=NOON)
        release_feedback(self.edition, shows_band=False, by="test", at=NOON)

    def addresses(self, code: str, award: str) -> Iterator[str]:
        """Yield every address of these pages, about the contest of an entry."""
        entry = self.edition.entries.get(code=code)
        decision = EntryDecision.objects.filter(award__code=award).first()
        parts = {
            "stage": self.stage.code,
            "category": entry.category.code,
            "award": award,
            "entry": entry.public_id,
            "scorecard": self.card.public_id,
            "meeting": self.meeting.public_id,
            "entry_decision": decision.pk if decision else 0,
        }
        for module in MODULES:
            for pattern in module.urlpatterns:
                yield path(_filled(pattern, parts))


def _filled(pattern: URLPattern, parts: dict[str, Any]) -> str:
    route = str(pattern.pattern)
    for name in pattern.pattern.converters:
        kind = "int" if name == "entry_decision" else "slug"
        route = route.replace(f"<{kind}:{name}>", str(parts[name]))
    assert "<" not in route
    return route


def test_who_is_not_done_gets_no_page_and_does_nothing_on_any_of_these_addresses() -> None:
    house = House()
    house.published()
    house.reads("E")
    before = Scorecard.objects.get(pk=house.card.pk).moderated
    typed = {"reason": "x", "text": "", "entry": "x", "level": "winner"}

    for address in house.addresses("B", "best-idea"):
        for answer in (house.client.get(address), house.client.post(address, typed)):
            if answer.status_code != 405:
                assert "some of your scorecards are not final" in text_of(answer), address
                assert answer.status_code in (200, 409)
            for told in (REMARK, "74.7", "90.0", "Case B", "going on"):
                assert told not in answer.content.decode(), address
    assert Scorecard.objects.get(pk=house.card.pk).moderated == before
    assert not Admission.objects.filter(stage=house.final).exists()
    assert not EntryDecision.objects.exclude(revoked_at=None).exists()


def test_once_done_the_same_addresses_answer() -> None:
    house = House()
    house.published()

    found = {address: house.client.get(address).status_code for address in house.addresses("B", "best-idea")}

    assert set(found.values()) == {200, 405}


def test_a_conflict_of_interest_closes_the_contest_with_that_entry_alone() -> None:
    house = House()
    house.with_a_conflict("S")
    closed = closed_to(house.member, house.edition)

    assert closed.contests == {("centre", "small")}
    assert {one.code for one in house.edition.entries.filter(pk__in=closed.entries)} == {"S", "T"}
    assert closed.covers("centre")
    assert closed.covers("centre", "small")
    assert not closed.covers("centre", "large")
    assert not closed.covers("idea")


def test_a_conflict_with_what_competes_nowhere_and_one_that_was_dismissed_close_nothing() -> None:
    house = House()
    house.with_a_conflict("A")
    assert closed_to(house.member, house.edition).categories == {"idea"}

    house.edition.entries.filter(code="A").update(withdrawn_at=NOON, withdrawn_reason="Too late.")
    assert not closed_to(house.member, house.edition).contests
    house.edition.entries.filter(code="A").update(withdrawn_at=None, withdrawn_reason="")
    house.juror.recusals.update(dismissed_at=NOON, dismissed_reason="A mistake.")
    assert not closed_to(house.member, house.edition).contests
    assert not closed_to(None, house.edition).contests


LISTS = (
    "scores/",
    "scores/?order=score",
    "scores/?category=idea",
    "shortlist/marking/",
    "jury-decisions/",
    "meetings/",
    "jury/remarks/",
    "feedback/",
)


@pytest.mark.parametrize("page", LISTS)
def test_lists_leave_out_what_a_conflict_closes_and_say_so(page: str) -> None:
    house = House()
    house.published()
    house.with_a_conflict("A")
    said = text_of(house.client.get(path(page)))

    assert "1 category is hidden: you have a conflict of interest in it." in said
    for told in ("Case B", "Case A", "74.7", REMARK):
        assert told not in said
    if page in ("scores/", "shortlist/marking/", "feedback/"):
        assert "Case S" in said


@pytest.mark.parametrize("page", LISTS)
def test_without_a_conflict_nothing_is_said_to_be_hidden(page: str) -> None:
    house = House()
    house.published()

    assert "hidden: you have" not in text_of(house.client.get(path(page)))


def test_single_pages_of_a_closed_contest_are_not_there_and_nothing_is_done_on_them() -> None:
    house = House()
    house.published()
    house.with_a_conflict("A")
    wide = {path(page) for page in LISTS}
    entry_by_entry = path(f"meetings/{house.meeting.public_id}/")
    others = {path("feedback/release/"), path("feedback/withdraw/"), path("jury/remarks/release/")}

    for address in house.addresses("B", "best-idea"):
        if address in wide | others or address.startswith(entry_by_entry):
            continue
        for answer in (house.client.get(address), house.client.post(address, {"reason": "x", "text": "x"})):
            assert answer.status_code in (404, 405, 409), address
            for told in ("Case B", "74.7", REMARK):
                assert told not in answer.content.decode(), address
    house.client.post(path("jury/remarks/release/"))
    assert Scorecard.objects.get(pk=house.card.pk).moderated is None
    assert not EntryDecision.objects.exclude(revoked_at=None).exists()


def test_the_meeting_list_shows_a_category_that_is_open_to_the_member() -> None:
    house = House()
    house.with_a_conflict("A")
    listed = house.client.get(path("meetings/"))

    assert [[line.category.code for line in part.lines] for part in listed.context["parts"]] == [["centre"]]
    assert listed.context["open_ones"] == []


def test_who_has_a_conflict_decides_nothing_in_that_contest_outside_the_meeting() -> None:
    house = House()
    house.with_a_conflict("A")
    by = {"by": house.member.public_id, "at": NOON}
    entry, award = house.edition.entries.get(code="B"), an_award(house.edition)

    with pytest.raises(Refused, match="Let another member decide, or the jury in its meeting"):
        decide_entries(award, [(entry, "winner")], **by)
    with pytest.raises(Refused, match="conflict_of_interest"):
        decide_nobody(award, reason="None.", **by)
    decide_for(entry)
    decision = EntryDecision.objects.get()
    with pytest.raises(Refused, match="conflict_of_interest"):
        revoke_entry_decision(decision, reason="A slip.", **by)
    assert EntryDecision.objects.get().revoked_at is None
    assert decide_nobody(an_award(house.edition, "best-large"), reason="None entered.", **by)


def test_an_award_without_a_division_is_closed_by_a_conflict_in_any_of_them() -> None:
    house = House()
    house.with_a_conflict("S")
    Award.objects.filter(code="best-large").update(division="")

    with pytest.raises(Refused, match="conflict_of_interest"):
        decide_nobody(
            an_award(house.edition, "best-large"), reason="None.", by=house.member.public_id, at=NOON
        )


def test_who_has_a_conflict_looks_at_no_remark_in_that_contest() -> None:
    house = House()
    house.with_a_conflict("A")
    by = {"by": house.member.public_id, "at": NOON}

    with pytest.raises(Refused, match="Let another member look at it"):
        release_remark(house.card.pk, REMARK, **by)
    with pytest.raises(Refused, match="conflict_of_interest"):
        hold_back_remark(house.card.pk, **by)
    other = Scorecard.objects.filter(assignment__entry__code="S")[0]
    Scorecard.objects.filter(pk=other.pk).update(remark="Warm.")
    assert release_waiting_remarks(house.edition, **by) == 1
    assert Scorecard.objects.get(pk=house.card.pk).moderated is None
    assert release_remark(other.pk, "Warm and clear.", **by)


def test_who_has_a_conflict_in_a_stage_lets_no_entry_on_from_it() -> None:
    house = House()
    house.with_a_conflict("A")

    with pytest.raises(Refused, match="Another member must do this"):
        let_on(house.stage, by=house.member.public_id, at=NOON)
    refused = house.client.post(path("shortlist/marking/let-on/"))
    assert refused.status_code == 409
    assert "Another member must do this." in text_of(refused)
    assert "Let them in" not in text_of(refused)
    assert not Admission.objects.filter(stage=house.final).exists()
    house.juror.recusals.update(dismissed_at=NOON, dismissed_reason="A mistake.")
    assert let_on(house.stage, by=house.member.public_id, at=NOON) == (house.final, 5)


def test_in_its_meeting_the_jury_decides_and_who_has_a_conflict_does_not() -> None:
    house = House()
    house.with_a_conflict("A")
    owner = a_member(house.edition.programme.organiser)
    entry = house.edition.entries.get(code="B")
    given = [(entry, "winner")]

    with pytest.raises(Refused, match="conflict_of_interest"):
        decide_in_meeting(house.meeting, an_award(house.edition), given, by=house.member.public_id, at=NOON)
    assert decide_in_meeting(house.meeting, an_award(house.edition), given, by=owner.public_id, at=NOON)
