"""Jurors' other pages: home, conflicts, ranking, the panel; and the organiser's answers."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from kaaring.entries.models import Party
from kaaring.jury.actions.asking import ask_organiser
from kaaring.jury.actions.scorecards import save_draft, submit_scorecard
from kaaring.jury.models import Assignment, Query, Recusal, Scorecard
from kaaring.jury.sheets import Sheet
from kaaring.people.models import MemberRole, User
from kaaring.web.juror.words import duration, time_left
from tests.build import NOON, a_member, a_part, a_user
from tests.jury.marking import (
    a_conflict,
    a_juried_edition_of,
    a_juror_of,
    a_panel,
    a_sheet,
    an_assignment,
    an_entry_of,
    an_organisation,
    by_juror,
    stored,
)
from tests.web.test_juror_reading import a_desk, an_open_stage, page_of, shown, signed_in

pytestmark = pytest.mark.django_db
HOME = "/en/juror/service-awards/2030/"


def client_of(user: User | None) -> Client:
    assert user is not None
    client = Client()
    client.force_login(user)
    return client


def final(desk: Assignment) -> Scorecard:
    return submit_scorecard(desk.pk, a_sheet(), version=0, by=by_juror(desk), at=timezone.now())


def test_home_says_what_is_mine_to_do_what_is_done_and_what_comes_next() -> None:
    desk = a_desk()
    others = [an_assignment(desk.stage, juror=desk.juror) for _turn in range(3)]
    final(desk)
    save_draft(others[1].pk, Sheet(note="Hm."), version=0, by=by_juror(desk), at=timezone.now())
    an_assignment(desk.stage)

    page = shown(signed_in(desk), HOME)

    assert "Mine to do</dt><dd>3" in page
    assert "Done</dt><dd>1" in page
    assert "Reading left</dt><dd>3 min" in page
    assert f'href="{page_of(others[1])}">Go on with it' in page
    assert "8 days left" in page


def test_home_begins_with_the_calibration_case() -> None:
    edition = a_juried_edition_of()
    example = an_entry_of(edition)
    stage = an_open_stage(edition, calibration=example)
    real = an_assignment(stage)
    first = an_assignment(stage, example, real.juror)

    page = shown(signed_in(real), HOME)

    assert f'href="{page_of(first)}">Begin with the calibration case' in page


def test_home_leaves_out_what_the_juror_has_a_conflict_with_and_counts_it() -> None:
    desk = a_desk()
    out = an_assignment(desk.stage, juror=desk.juror)
    a_conflict(out)

    page = shown(signed_in(desk), HOME)

    assert out.entry.case.title not in page
    assert "1 entry is not shown: conflict of interest." in page


def test_home_before_a_stage_opens_says_when_and_what_can_be_done_meanwhile() -> None:
    edition = a_juried_edition_of()
    stage = an_open_stage(edition, opens_at=timezone.now() + timedelta(days=3))
    desk = an_assignment(stage)

    page = shown(signed_in(desk), HOME)

    assert "Nothing to read now" in page
    assert "marking</dt><dd>opens" in page
    assert desk.entry.case.title not in page
    assert signed_in(desk).get(page_of(desk)).status_code == 404


def test_home_after_a_stage_shows_what_was_given() -> None:
    desk = a_desk()
    final(desk)
    desk.stage.closes_at = timezone.now() - timedelta(hours=1)
    desk.stage.save()

    page = shown(signed_in(desk), HOME)

    assert "1 of 1 final." in page
    assert "All stages are closed." in page
    assert "you 8" not in shown(signed_in(desk), page_of(desk))


def test_only_jurors_have_a_jury_home() -> None:
    desk = a_desk()
    edition = desk.stage.edition
    with_part = a_part(edition, role="juror").user
    owner = a_member(edition.programme.organiser)

    for user in (with_part, owner, a_user()):
        assert client_of(user).get(HOME).status_code == 404
    assert Client().get(HOME).status_code == 302


def test_my_pages_lead_to_the_jury() -> None:
    desk = a_desk()

    assert f'href="{HOME}"' in shown(signed_in(desk), "/en/account/me/")


@pytest.mark.parametrize("count", [1, 30])
def test_home_takes_no_more_queries_for_thirty_entries_than_for_one(
    count, django_assert_max_num_queries
) -> None:  # type: ignore[no-untyped-def]
    desk = a_desk()
    for _turn in range(count - 1):
        an_assignment(desk.stage, juror=desk.juror)
    client = signed_in(desk)

    with django_assert_max_num_queries(11):
        shown(client, HOME)


def test_conflicts_are_declared_before_reading() -> None:
    desk = a_desk()
    edition = desk.stage.edition
    partner = an_organisation(edition, "Partner AS")
    Party.objects.create(case=desk.entry.case, organisation=partner)
    unsaid = an_entry_of(edition, submitted_at=None)
    client = signed_in(desk)
    page = shown(client, f"{HOME}conflicts/")
    assert "Partner AS" in page
    assert unsaid.case.organisation.name not in page

    answer = client.post(
        f"{HOME}conflicts/declare/", {"organisation": [partner.public_id], "kind": "client"}, follow=True
    )

    assert "1 conflict of interest is noted." in answer.content.decode()
    recusal = Recusal.objects.get()
    assert (recusal.organisation, recusal.source, recusal.juror) == (partner, "declared", desk.juror)
    assert client.get(page_of(desk)).status_code == 404


def test_declaring_nothing_or_something_unknown_is_told_and_keeps_what_was_typed() -> None:
    desk = a_desk()
    client = signed_in(desk)
    own = desk.entry.case.organisation.public_id

    nothing = client.post(f"{HOME}conflicts/declare/", {"kind": "client", "note": "Years ago."})
    no_kind = client.post(f"{HOME}conflicts/declare/", {"organisation": [own], "note": "Years ago."})
    stranger = client.post(f"{HOME}conflicts/declare/", {"organisation": ["000000000000"], "kind": "client"})

    assert nothing.status_code == no_kind.status_code == stranger.status_code == 422
    assert "Choose at least one organisation." in nothing.content.decode()
    assert "Years ago." in nothing.content.decode()
    assert f'value="{own}" checked' in no_kind.content.decode()
    assert not Recusal.objects.exists()


def a_ranking(code: str = "ranking", count: int = 2) -> list[Assignment]:
    edition = a_juried_edition_of()
    stage, juror = an_open_stage(edition, code), a_juror_of(edition)
    return [an_assignment(stage, juror=juror) for _turn in range(count)]


def sent(*pairs: tuple[Assignment, object], version: int = 0, **more: str) -> dict[str, object]:
    fields: dict[str, object] = {f"number-{one.entry.public_id}": number for one, number in pairs}
    return {**fields, **{f"version-{one.entry.public_id}": version for one, _number in pairs}, **more}


def test_a_category_is_ranked_and_made_final_at_once() -> None:
    one, two = a_ranking()
    client, address = signed_in(one), f"{HOME}ranking/category/centre/"

    draft = client.post(f"{address}store/", sent((one, 2), (two, "")), follow=True)
    assert "Your draft is saved." in draft.content.decode()
    assert not stored(one).is_final
    twice = client.post(f"{address}store/", sent((one, 2), (two, 2), version=1, final="1"))
    assert twice.status_code == 409
    assert "You have given rank 2 to another entry" in twice.content.decode()
    done = client.post(f"{address}store/", sent((one, 2), (two, 1), version=1, final="1"), follow=True)

    assert "This is final." in done.content.decode()
    assert (stored(one).rank, stored(two).rank) == (2, 1)
    again = client.post(f"{address}store/", sent((one, 1), (two, 2), version=2, final="1"), follow=True)
    assert again.status_code == 200
    assert stored(one).rank == 2


def test_points_are_shared_out_and_no_more_than_there_are() -> None:
    one, two = a_ranking("sharing")
    client, address = signed_in(one), f"{HOME}sharing/category/centre/"

    over = client.post(f"{address}store/", sent((one, 7), (two, 4), final="1"))
    unreadable = client.post(f"{address}store/", sent((one, "many"), (two, 4)))
    client.post(f"{address}store/", sent((one, 7), (two, 3), final="1"))

    assert over.status_code == 409
    assert "You have 10 points for this category, and would give 11." in over.content.decode()
    assert unreadable.status_code == 422
    assert (stored(one).points, stored(two).points) == (7, 3)


def test_checking_a_ranked_entry_leads_to_the_ranking_of_its_category() -> None:
    one, _two = a_ranking()

    answer = signed_in(one).post(page_of(one, "check/"), {"version": "0", "rank": "1"})

    assert answer.headers["Location"] == f"{HOME}ranking/category/centre/"
    assert not stored(one).is_final


def test_a_category_that_is_not_ranked_or_not_mine_has_no_such_page() -> None:
    desk = a_desk()
    one, _two = desk, an_assignment(an_open_stage(desk.stage.edition, "ranking"))

    assert signed_in(one).get(f"{HOME}marking/category/centre/").status_code == 404
    assert signed_in(one).get(f"{HOME}ranking/category/centre/").status_code == 404
    a_conflict(_two)
    assert signed_in(_two).get(f"{HOME}ranking/category/centre/").status_code == 404


def test_the_chair_sees_how_far_the_panel_has_come_but_no_marks() -> None:
    desk = a_desk()
    edition = desk.stage.edition
    chair = a_juror_of(edition)
    a_panel(edition, chair, desk.juror)
    submit_scorecard(
        desk.pk, a_sheet(comment="Secret thoughts."), version=0, by=by_juror(desk), at=timezone.now()
    )
    elsewhere = an_assignment(desk.stage, an_entry_of(edition, "bot"), desk.juror)

    page = shown(client_of(chair.user), f"{HOME}panel/")

    assert desk.juror.name in page
    assert "1 of 1 scorecards are final." in page
    assert "Secret thoughts." not in page
    assert elsewhere.entry.case.title not in page
    assert "My panel" in shown(client_of(chair.user), HOME)
    assert signed_in(desk).get(f"{HOME}panel/").status_code == 404


def test_the_chair_reopens_a_scorecard_with_a_reason() -> None:
    desk = a_desk()
    chair = a_juror_of(desk.stage.edition)
    a_panel(desk.stage.edition, chair)
    card = final(desk)
    client, address = client_of(chair.user), f"{HOME}panel/{card.public_id}/reopen/"

    silent = client.post(address, {"reason": " "})
    assert silent.status_code == 409
    assert "Give the reason" in silent.content.decode()
    answer = client.post(address, {"reason": "Marked the wrong case."}, follow=True)

    assert "The scorecard is a draft again." in answer.content.decode()
    assert not stored(desk).is_final
    assert "Marked the wrong case." in shown(signed_in(desk), page_of(desk))
    assert signed_in(desk).post(address, {"reason": "Me too."}).status_code == 404


def test_a_chair_with_a_conflict_does_not_see_the_entry() -> None:
    desk = a_desk()
    edition = desk.stage.edition
    chair = a_juror_of(edition)
    a_panel(edition, chair)
    card = final(desk)
    Recusal.objects.create(
        juror=chair, case=desk.entry.case, kind="client", source="declared", noted_at=NOON, noted_by="test"
    )
    client = client_of(chair.user)

    assert desk.entry.case.title not in shown(client, f"{HOME}panel/")
    assert client.post(f"{HOME}panel/{card.public_id}/reopen/", {"reason": "x"}).status_code == 404


REOPENING = "/en/organiser/service-awards/2030/jury/scorecards/"


def test_without_a_chair_the_organiser_reopens_a_scorecard() -> None:
    desk = a_desk()
    card = final(desk)
    organiser = desk.stage.edition.programme.organiser
    owner, viewer = client_of(a_member(organiser)), client_of(a_member(organiser, MemberRole.VIEWER))
    assert desk.juror.name in shown(owner, REOPENING)
    assert "<textarea" not in shown(viewer, REOPENING)

    silent = owner.post(f"{REOPENING}{card.public_id}/reopen/", {"reason": ""})
    assert silent.status_code == 409
    assert viewer.post(f"{REOPENING}{card.public_id}/reopen/", {"reason": "Slip."}).status_code == 404
    answer = owner.post(f"{REOPENING}{card.public_id}/reopen/", {"reason": "Slip."}, follow=True)

    assert "The scorecard is a draft again." in answer.content.decode()
    assert not stored(desk).is_final


def test_where_a_chair_leads_the_organiser_finds_nothing_to_reopen() -> None:
    desk = a_desk()
    card = final(desk)
    a_panel(desk.stage.edition, a_juror_of(desk.stage.edition))
    owner = client_of(a_member(desk.stage.edition.programme.organiser))

    assert "Nothing to reopen here" in shown(owner, REOPENING)
    assert owner.post(f"{REOPENING}{card.public_id}/reopen/", {"reason": "Slip."}).status_code == 404


ASKED = "/en/organiser/service-awards/2030/jury/questions/"


def a_query(desk: Assignment) -> Query:
    return ask_organiser(desk.pk, "Which year is “before”?", by=by_juror(desk), at=timezone.now())


def test_the_organiser_answers_and_the_juror_reads_it() -> None:
    desk = a_desk()
    query = a_query(desk)
    owner = client_of(a_member(desk.stage.edition.programme.organiser))
    assert "1 waits for an answer." in shown(owner, ASKED)

    empty = owner.post(f"{ASKED}{query.public_id}/answer/", {"answer": " "})
    assert empty.status_code == 409
    long = owner.post(f"{ASKED}{query.public_id}/answer/", {"answer": "x" * 5000})
    assert long.status_code == 422
    answer = owner.post(f"{ASKED}{query.public_id}/answer/", {"answer": "2029."}, follow=True)

    assert "0 wait for an answer." in answer.content.decode()
    assert "2029." in shown(signed_in(desk), page_of(desk))


def test_who_only_looks_reads_the_questions_and_answers_none() -> None:
    desk = a_desk()
    query = a_query(desk)
    viewer = client_of(a_member(desk.stage.edition.programme.organiser, MemberRole.VIEWER))

    page = shown(viewer, ASKED)

    assert "Which year is" in page
    assert "<textarea" not in page
    assert viewer.post(f"{ASKED}{query.public_id}/answer/", {"answer": "2029."}).status_code == 404
    assert signed_in(desk).get(ASKED).status_code == 404


@pytest.mark.parametrize(
    ("left", "said"),
    [
        (timedelta(days=9, hours=3), "9 days left"),
        (timedelta(hours=47), "47 hours left"),
        (timedelta(minutes=90), "90 minutes left"),
        (timedelta(seconds=20), "1 minute left"),
        (timedelta(0), "closed"),
    ],
)
def test_what_is_left_is_told_in_the_unit_that_matters(left: timedelta, said: str) -> None:
    assert time_left(NOON + left, NOON) == said


@pytest.mark.parametrize(("minutes", "said"), [(40, "40 min"), (240, "4 h"), (290, "4 h 50 min")])
def test_reading_time_is_told_in_hours_and_minutes(minutes: int, said: str) -> None:
    assert duration(minutes) == said


def test_without_questions_the_page_says_where_they_come_from() -> None:
    edition = a_juried_edition_of()

    assert "Nobody has asked anything" in shown(client_of(a_member(edition.programme.organiser)), ASKED)
