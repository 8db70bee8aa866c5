"""Jurors' pages in every mode: votes, ranks, points, presentations, site visits; calibration before them."""

from datetime import timedelta
from fractions import Fraction
from typing import Any

import pytest
from django.utils import timezone

from kaaring.entries.models import Entry
from kaaring.jury.actions.assignments import assign_by_hand
from kaaring.jury.actions.scorecards import submit_scorecard
from kaaring.jury.actions.stages import choose_calibration, open_stage
from kaaring.jury.models import Admission, Assignment, Meeting, Stage
from kaaring.jury.sheets import Filled, Sheet
from kaaring.kernel.refused import Refused
from kaaring.results.queries.juried import entry_standings
from tests.build import NOON
from tests.jury.marking import (
    DEFINITION,
    a_juried_edition_of,
    a_juror_of,
    a_sheet,
    an_assignment,
    an_entry_of,
    by_juror,
    stored,
)
from tests.web.test_juror_reading import SENT, a_desk, an_open_stage, page_of, shown, signed_in

pytestmark = pytest.mark.django_db
HOME = "/en/juror/service-awards/2030/"
SEEN = DEFINITION.replace(
    "passes: 2, sees: {others: never, totals: never, names: false}",
    "passes: 2, sees: {others: when_final, totals: when_final}",
).replace("points: 10, sees: {others: never}", "points: 10, sees: {others: when_final, totals: when_final}")
DIVIDED = DEFINITION.replace(
    "    subject: organisation\n",
    "    subject: organisation\n"
    "    divisions:\n"
    "      - {code: small, name: {en: Up to 50 seats, nb: Inntil 50 plasser},"
    " rule: {rule: size, what: seats, max: 50}}\n"
    "      - {code: large, name: {en: Over 50 seats, nb: Over 50 plasser},"
    " rule: {rule: size, what: seats, min: 51}}\n",
).replace(
    "categories:\n",
    "facts: [{code: seats, name: Seats, kind: number, unit: seats}]\n"
    "terms: [{code: seats, name: seats}]\ncategories:\n",
    1,
)


def given(desk: Assignment, **sheet: Any) -> None:
    submit_scorecard(desk.pk, Sheet(**sheet), version=0, by=by_juror(desk), at=timezone.now())


def desks(code: str, count: int, definition: str = SEEN) -> list[Assignment]:
    """The same entry with several jurors, in a stage that is open now."""
    first = an_assignment(an_open_stage(a_juried_edition_of(definition), code))
    return [first, *(an_assignment(first.stage, first.entry) for _turn in range(count - 1))]


def test_the_others_votes_and_what_they_come_to_are_shown_without_names_once_the_own_is_final() -> None:
    mine, yes, no, silent = desks("screening", 4)
    given(yes, passes=True)
    given(no, passes=False)
    given(silent, abstained="I know them.")
    client = signed_in(mine)
    assert "What the others gave" not in shown(client, page_of(mine))

    given(mine, passes=True)
    page = shown(client, page_of(mine))

    assert "<b>1 yes, 1 no</b>" in page
    assert "3 other scorecards are final. Nobody is named." in page
    assert "So far 2 of 3 votes are for it; it takes 2." in page
    assert not any(one.juror.name in page for one in (yes, no, silent))


def test_the_others_points_and_their_sum_are_shown_once_the_own_are_final() -> None:
    mine, one, two = desks("sharing", 3)
    given(one, points=7)
    given(two, points=0)
    given(mine, points=2)

    page = shown(signed_in(mine), page_of(mine))

    assert "<b>0, 7</b>" in page
    assert "Points so far, by 3 jurors: 9." in page


def test_the_others_ranks_are_shown_from_the_meeting_on_where_the_stage_says_so() -> None:
    mine, one = desks("ranking", 2)
    given(one, rank=3)
    given(mine, rank=1)
    client = signed_in(mine)
    assert "What the others gave" not in shown(client, page_of(mine))

    Meeting.objects.create(stage=mine.stage, category=mine.entry.category, opened_at=NOON)
    page = shown(client, page_of(mine))

    assert "<b>3</b>" in page
    assert "Mean rank so far, by 2 jurors: 2.0." in page


def test_where_a_stage_shows_nothing_of_others_neither_votes_nor_sums_are_shown() -> None:
    mine, one = desks("screening", 2, DEFINITION)
    given(one, passes=True)
    given(mine, passes=True)

    page = shown(signed_in(mine), page_of(mine))

    assert "What the others gave" not in page
    assert "So far" not in page


def test_what_the_others_wrote_under_a_criterion_stands_under_it() -> None:
    desk = a_desk()
    other = an_assignment(desk.stage, desk.entry)
    sheet = a_sheet()
    marks = {**sheet.marks, "actions": Filled(8, comment="No figures here.")}
    given(other, marks=marks)
    client = signed_in(desk)
    assert "No figures here." not in shown(client, page_of(desk))

    given(desk, marks=sheet.marks)

    assert "No figures here." in shown(client, page_of(desk))


def test_many_marks_of_others_are_summed_up_as_lowest_middle_and_highest() -> None:
    desk = a_desk()
    for actions in range(10):
        given(an_assignment(desk.stage, desk.entry), marks=a_sheet(actions=actions).marks)
    given(desk, marks=a_sheet().marks)

    assert "others 10 marks from 0 to 9, 5 in the middle" in shown(signed_in(desk), page_of(desk))


@pytest.mark.parametrize("code", ["ranking", "sharing"])
def test_one_case_alone_calibrates_no_comparison(code: str) -> None:
    edition = a_juried_edition_of()
    stage, example = an_open_stage(edition, code), an_entry_of(edition)

    with pytest.raises(Refused, match="compares_entries"):
        choose_calibration(stage.pk, example.pk, by="test", at=timezone.now())


@pytest.mark.parametrize(("code", "field"), [("ranking", "rank"), ("sharing", "points")])
def test_a_calibration_case_chosen_before_stands_alone_and_holds_nobody_up(code: str, field: str) -> None:
    edition = a_juried_edition_of()
    example = an_entry_of(edition)
    real = an_assignment(an_open_stage(edition, code, calibration=example))
    first = an_assignment(real.stage, example, real.juror)
    client, table = signed_in(real), f"{HOME}{code}/category/centre/"
    assert "The calibration case first" in shown(client, table)
    assert example.case.title not in shown(client, table)

    look = client.post(page_of(first, "check/"), {"version": "0", field: "10"})
    assert look.headers["Location"] == page_of(first, "submit/")
    client.post(page_of(first, "final/"), {"version": "1"})
    sent = {f"number-{real.entry.public_id}": "10", f"version-{real.entry.public_id}": "0", "final": "1"}
    client.post(f"{table}store/", sent)

    assert stored(first).is_final
    assert stored(real).is_final


def test_a_category_with_nothing_but_the_calibration_case_has_no_page_to_rank() -> None:
    edition = a_juried_edition_of()
    example = an_entry_of(edition)
    first = an_assignment(an_open_stage(edition, "ranking", calibration=example), example)

    assert "Rank them" not in shown(signed_in(first), HOME)
    assert signed_in(first).get(f"{HOME}ranking/category/centre/").status_code == 404


def test_before_calibrating_other_cases_show_the_way_to_the_calibration_case_and_no_form() -> None:
    edition = a_juried_edition_of()
    example = an_entry_of(edition)
    real = an_assignment(an_open_stage(edition, calibration=example))
    first = an_assignment(real.stage, example, real.juror)
    client = signed_in(real)

    page = shown(client, page_of(real))
    assert f'href="{page_of(first)}">Begin with the calibration case' in page
    assert '<form class="desk-side"' not in page
    given(first, marks=a_sheet().marks)

    assert '<form class="desk-side"' in shown(client, page_of(real))


def test_jurors_of_a_screening_see_how_the_calibration_case_was_voted_on() -> None:
    edition = a_juried_edition_of()
    example = an_entry_of(edition)
    stage = an_open_stage(edition, "screening", calibration=example)
    mine, other = (an_assignment(stage, example) for _turn in range(2))
    given(other, passes=False)
    given(mine, passes=True)

    page = shown(signed_in(mine), page_of(mine))

    assert "What the jury gave the calibration case" in page
    assert "<b>1 no</b>" in page


def a_divided_category(code: str) -> list[Assignment]:
    edition = a_juried_edition_of(DIVIDED)
    stage, juror = an_open_stage(edition, code), a_juror_of(edition)
    entries = [an_entry_of(edition, division=division) for division in ("large", "small", "large")]
    return [an_assignment(stage, entry, juror) for entry in entries]


def test_each_division_shares_out_its_own_points_under_its_name_in_the_readers_language() -> None:
    one, two, three = a_divided_category("sharing")
    client, address = signed_in(one), f"{HOME}sharing/category/centre/"
    numbers = {one: 6, two: 10, three: 4}
    sent = {f"number-{desk.entry.public_id}": number for desk, number in numbers.items()}
    versions = {f"version-{desk.entry.public_id}": 0 for desk in numbers}

    page = client.post(f"{address}store/", {**sent, **versions}, follow=True).content.decode()

    assert page.count("Given 10, left 0.") == 2
    assert page.index("Up to 50 seats") < page.index("Over 50 seats")
    assert "left -" not in page
    assert "large" not in page
    assert "Inntil 50 plasser" in shown(client, address.replace("/en/", "/nb/"))
    assert "Centre of the Year, Over 50 seats" in shown(client, page_of(one))


def test_a_rank_is_given_once_in_each_division_and_the_page_says_so() -> None:
    one, two, three = a_divided_category("ranking")
    client, address = signed_in(one), f"{HOME}ranking/category/centre/"
    assert "each number is given once in a division" in shown(client, address)
    sent = {f"number-{desk.entry.public_id}": rank for desk, rank in ((one, 1), (two, 1), (three, 2))}
    versions = {f"version-{desk.entry.public_id}": 0 for desk in (one, two, three)}

    client.post(f"{address}store/", {**sent, **versions, "final": "1"})

    assert [stored(desk).rank for desk in (one, two, three)] == [1, 1, 2]


def test_points_typed_while_the_stage_closes_are_kept_and_the_page_says_that_they_do_not_count() -> None:
    desk = a_desk("sharing")
    client, address = signed_in(desk), f"{HOME}sharing/category/centre/"
    desk.stage.closes_at = timezone.now() - timedelta(seconds=5)
    desk.stage.save()
    sent = {f"number-{desk.entry.public_id}": "7", f"version-{desk.entry.public_id}": "0", "final": "1"}

    late = client.post(f"{address}store/", sent)

    assert late.status_code == 409
    assert "kept as a draft, which does not count" in late.content.decode()
    assert not stored(desk).is_final
    page = shown(client, address)
    assert "<b>7</b>" in page
    assert "Submit, final" not in page


def test_from_an_entry_one_goes_on_to_the_ranking_without_a_rank() -> None:
    desk = a_desk("ranking")
    client = signed_in(desk)

    answer = client.post(page_of(desk, "check/"), {"version": "0", "comment": "Strong."})
    silent = client.post(page_of(desk, "check/"), {"version": "1", "abstain": "on"})

    assert answer.headers["Location"] == f"{HOME}ranking/category/centre/"
    assert silent.status_code == 409
    assert "Say why you abstain" in silent.content.decode()


def test_the_scorecard_and_the_paper_say_which_weights_are_fixed() -> None:
    desk = a_desk()
    client = signed_in(desk)
    some = "Fixed is what “Actions”, “Results” weigh: there you decide the mark alone."
    assert some in shown(client, page_of(desk))
    paper = shown(client, page_of(desk, "paper/"))
    assert some in paper
    assert "Training and follow-up" in paper
    assert "As is usual" in paper


def test_where_all_weights_are_fixed_the_scorecard_says_so() -> None:
    edition = a_juried_edition_of(DEFINITION.replace(", discretion: ceiling", ""))
    desk = an_assignment(an_open_stage(edition))

    assert "All weights are fixed, for every entry" in shown(signed_in(desk), page_of(desk))


@pytest.mark.parametrize("mode", ["presentation", "site_visit"])
def test_presentations_and_site_visits_are_assigned_marked_and_scored(mode: str) -> None:
    text = DEFINITION.replace("code: marking, mode: scorecard", f"code: marking, mode: {mode}")
    edition = a_juried_edition_of(text)
    now = timezone.now()
    entries = [an_entry_of(edition) for _turn in range(2)]
    period = {"opens_at": now - timedelta(minutes=1), "closes_at": now + timedelta(days=2)}
    stage = open_stage(edition, "marking", **period, by="test", at=now)
    _admitted(stage, entries)
    jurors = [a_juror_of(edition) for _turn in range(2)]
    for entry in entries:
        for juror in jurors:
            assign_by_hand(stage.pk, entry.pk, juror.pk, by="test", at=now)

    for desk in Assignment.objects.filter(stage=stage).select_related("juror__user", "stage", "entry"):
        better = {"mark-actions": "10"} if desk.entry_id == entries[1].pk else {}
        client = signed_in(desk)
        client.post(page_of(desk, "check/"), {"version": "0", **SENT, **better})
        client.post(page_of(desk, "final/"), {"version": "1"})

    (table,) = [one for one in entry_standings(edition, "marking") if one.rows]
    assert [(row.entry.pk, row.place, row.score) for row in table.rows] == [
        (entries[1].pk, 1, Fraction(70)),
        (entries[0].pk, 2, Fraction(62)),
    ]


def _admitted(stage: Stage, entries: list[Entry]) -> None:
    for entry in entries:
        Admission.objects.get_or_create(stage=stage, entry=entry, defaults={"admitted_at": stage.opens_at})
