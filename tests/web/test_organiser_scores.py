"""Organisers' pages of a jury's scores: the overview, one entry's working, how firm it is, the shortlist."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from kaaring.jury.actions.stages import admit_by_hand
from kaaring.jury.models import Admission, Assignment, Scorecard, Stage
from kaaring.jury.queries.stages import entries_in
from kaaring.people.models import MemberRole
from tests.build import NOON, a_measured_edition, a_member, an_organiser
from tests.jury.marking import CLOSES, a_juror_of, a_stage
from tests.results.jury import (
    a_judged_edition,
    a_stage_with,
    an_idea,
    filled_in,
    in_stage,
    jury_of,
    marked,
    votes,
)
from tests.web.jury_results import a_marked_stage, a_reader, path, signed_in

pytestmark = pytest.mark.django_db


def text_of(response: Any) -> str:
    """Return what people read of a page, in one line."""
    body = re.sub(r"<(script|style|svg).*?</\1>", " ", response.content.decode(), flags=re.S)
    plain = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body)).replace("&nbsp;", " ")
    return re.sub(r" ([.,])", r"\1", plain)


def test_the_overview_has_every_entry_by_category_and_place_with_its_score_and_scorecards() -> None:
    stage = a_marked_stage()
    Assignment.objects.create(
        stage=stage,
        entry=stage.edition.entries.get(code="E"),
        juror=a_juror_of(stage.edition),
        assigned_at=NOON,
    )
    response = a_reader(stage).get(path("scores/"))

    groups = response.context["groups"]
    assert [(one.name, [(line.place, line.code, line.score) for line in one.lines]) for one in groups] == [
        (
            "Idea of the Year",
            [(1, "B", "74.7"), (2, "A", "70.0"), (2, "D", "70.0"), (None, "C", ""), (None, "E", "")],
        ),
        ("Centre of the Year: Small", [(1, "S", "55.0"), (1, "T", "55.0")]),
    ]
    first, *_others, last = groups[0].lines
    assert (first.done, first.assigned, first.spread) == (3, 3, "Jurors' scores from 66.0 to 90.0")
    assert (last.done, last.assigned, last.dots) == (0, 1, "")
    assert groups[0].lines[1].is_shared
    assert "12 of 13 scorecards are final." in text_of(response)


def test_scores_as_shown_are_rounded_half_up_as_everywhere() -> None:
    stage = a_stage_with(("A", [(7, 6), (7, 7), (7, 6), (7, 6), (7, 6), (7, 6), (7, 6), (7, 6)]))
    response = a_reader(stage).get(path("scores/"))

    assert response.context["groups"][0].lines[0].score == "66.5"


def test_the_overview_can_be_narrowed_to_a_category_and_ordered_by_score() -> None:
    stage = a_marked_stage()
    reader = a_reader(stage)

    narrowed = reader.get(path("scores/?category=centre")).context["groups"]
    assert [line.code for one in narrowed for line in one.lines] == ["S", "T"]
    (ordered,) = reader.get(path("scores/?order=score")).context["groups"]
    assert [line.code for line in ordered.lines] == ["B", "A", "D", "S", "T", "C", "E"]
    for wrong in ("category=nothing", "order=beauty", "stage=nothing"):
        assert reader.get(path(f"scores/?{wrong}")).status_code == 404


def test_ties_and_leads_that_one_mark_would_turn_are_told_before_the_meeting() -> None:
    """Of two scorecards each a step of the heavier criterion is 6 points for a juror, 3 for the entry."""
    stage = a_stage_with(
        ("A", [(8, 8), (8, 8)]), ("B", [(8, 8), (7, 8)]), ("C", [(7, 8), (7, 8)]), ("D", [(7, 7), (7, 7)])
    )
    for code in "ST":
        an_idea(stage, code, (5, 5), category="centre", division="small")
    an_idea(stage, "X", (9, 9), category="centre", division="large")
    response = a_reader(stage).get(path("scores/"))

    close = response.context["close"]
    assert [(one["name"], one["is_shared"], [entry.code for entry in one["close"]]) for one in close] == [
        ("Idea of the Year", False, ["B"]),
        ("Centre of the Year: Small", True, []),
    ]
    assert "A Case A leads by 3.0. Close behind: B Case B" in text_of(response)
    assert "S Case S, T Case T share the first place." in text_of(response)
    notes = {line.code: line.note for one in response.context["groups"] for line in one.lines}
    assert (notes["A"], notes["B"], notes["C"]) == (
        "One mark would change who is first.",
        "One mark would change who is first.",
        "",
    )


def test_before_a_stage_has_its_period_the_overview_says_what_to_do() -> None:
    edition = a_judged_edition()
    response = signed_in(a_member(edition.programme.organiser)).get(path("scores/"))

    assert response.status_code == 200
    assert "No period is set for the stage yet" in text_of(response)


@pytest.mark.parametrize("entries", [1, 30])
def test_the_overview_asks_the_database_equally_often_whatever_there_is(
    entries: int, django_assert_num_queries: Any
) -> None:
    stage = a_stage_with(combine='{method: mean, ties: ["criterion:effect"]}')
    for number in range(entries):
        an_idea(stage, f"A{number:02}", (number % 10, 5), (5, number % 7))
    an_idea(stage, "Z", (5, 5), (5, 5))
    an_idea(stage, "Y", (5, 5), (5, 5))
    reader = a_reader(stage)
    reader.get(path("scores/"))

    with django_assert_num_queries(12):
        assert reader.get(path("scores/")).status_code == 200


def working(stage: Any, code: str) -> str:
    entry = stage.edition.entries.get(code=code)
    return path(f"scores/{stage.code}/{entry.public_id}/")


def test_the_page_of_an_entry_shows_each_jurors_marks_and_how_the_score_comes_about() -> None:
    stage = a_marked_stage()
    response = a_reader(stage).get(working(stage, "B"))
    cards = response.context["cards"]

    assert [[cell.mark for cell in card.cells] for card in cards] == [["9", "9"], ["6", "8"], ["7", "6"]]
    assert [[cell.points for cell in card.cells] for card in cards][1] == ["36.0", "32.0"]
    assert [card.score for card in cards] == [90, 68, 66]
    assert response.context["working"] == "Mean: (66.0 + 68.0 + 90.0) ÷ 3 = 74.7"
    assert "74.7 from 3 scorecards, place 1." in text_of(response)


def test_the_working_says_what_was_cut_off_and_what_an_abstention_leaves() -> None:
    stage = a_stage_with(
        ("A", [(8, 8), (2, 2), (5, 5)]), combine="{method: trimmed, trim: 1, minimum_marks: 1}"
    )
    late = a_juror_of(stage.edition)
    marked(stage, stage.edition.entries.get(code="A"), late, idea=7, effect="I built it.")
    response = a_reader(stage).get(working(stage, "A"))

    assert sorted(card.role for card in response.context["cards"]) == [
        "",
        "",
        "highest or lowest, not counted",
        "highest or lowest, not counted",
    ]
    assert response.context["working"] == "Mean without the lowest and highest: (50.0 + 70.0) ÷ 2 = 60.0"
    assert "I built it." in text_of(response)


def test_the_working_says_what_parted_a_tie_and_why_there_is_no_place() -> None:
    stage = a_stage_with(
        ("A", [(6, 6)]), ("B", [(8, 3)]), combine='{method: mean, ties: ["criterion:effect"]}'
    )
    in_stage(stage, "C")
    reader = a_reader(stage)

    assert reader.get(working(stage, "A")).context["parted"] == (
        "An equal score was parted by the mean mark on “Effect”."
    )
    assert "No scorecard is final yet" in text_of(reader.get(working(stage, "C")))


def test_the_firmness_page_names_the_variants_in_which_another_would_win() -> None:
    """A has 60, 60, 90 (mean 70, median 60), B 68, 68, 68: by the median B is first."""
    stage = a_stage_with(("A", [(6, 6), (6, 6), (9, 9)]), ("B", [(6, 8), (6, 8), (6, 8)]))
    response = a_reader(stage).get(path("scores/marking/firmness/idea/"))
    (contest,) = response.context["contests"]

    by_median, by_either_without_third = 1, 2
    assert (contest.variants, contest.holds) == (8, 8 - (by_median + by_either_without_third))
    assert contest.winners == "A Case A"
    assert {(str(one.method), one.winners) for one in contest.readings} == {
        ("mean", "A Case A"),
        ("median", "B Case B"),
    }
    third = jury_of(stage.edition, 3)[2]
    assert [(one.without, one.winners) for one in contest.without] == [(third.name, "B Case B")]
    assert "The winner holds in 5 of 8 variants." in text_of(response)


def test_the_effect_of_what_jurors_do_not_grant_is_shown() -> None:
    """As a ceiling A has 60 + half of 40 · 10 = 80; rescaled 100 · 80 ÷ 80 = 100; B has 92 either way."""
    stage = a_stage(a_judged_edition(discretion="ceiling"))
    a, b = in_stage(stage, "A"), in_stage(stage, "B")
    (juror,) = jury_of(stage.edition, 1)
    marked(stage, a, juror, idea=10, effect=(10, 50))
    marked(stage, b, juror, idea=10, effect=8)
    response = a_reader(stage).get(path("scores/marking/firmness/idea/"))
    (contest,) = response.context["contests"]

    first = {str(one.discretion): one.winners for one in contest.readings if str(one.method) == "mean"}
    assert first == {
        "every weight stands": "A Case A",
        "what a juror does not grant is lost": "B Case B",
        "what a juror does not grant goes to the other criteria": "A Case A",
    }


def a_stage_called(stages: str, code: str, **rules: Any) -> Stage:
    return a_stage(a_judged_edition(stages=stages, **rules), code)


def test_ranks_and_points_have_variants_of_their_own() -> None:
    """By Borda A has 2 + 2 + 0 of 6, B 1 + 1 + 2; by Schulze A beats B by 2 to 1."""
    stage = a_stage_called("[{code: marking, name: Round, mode: ranking, count: borda}]", "marking")
    entries = {code: in_stage(stage, code) for code in "ABC"}
    for juror, order in zip(jury_of(stage.edition, 3), ("ABC", "ABC", "BCA"), strict=True):
        for rank, code in enumerate(order, 1):
            filled_in(stage, entries[code], juror, rank=rank)
    said = text_of(a_reader(stage).get(path("scores/marking/firmness/idea/")))

    assert "8 variants: both ways to count ranks, all jurors and all but each of them." in said
    assert "every entry compared with every other (Schulze) – A Case A another winner" in said
    assert "Weight at the jurors" not in said
    award = text_of(a_reader(stage).get(path("jury-decisions/best-idea/")))
    assert re.search(r"The first place holds in \d of 8 variants\.", award)


BLENDED = (
    "[{code: marking, name: Jury, mode: scorecard, weight: 60},"
    " {code: public, name: Public, mode: public_vote, weight: 40}]"
)


def a_blend(**rules: Any) -> Stage:
    """Of the jury A has 60 and B 50, without the first juror A has 90; of the public A has 40 and B 60."""
    marking = a_stage_called(BLENDED, "marking", **rules)
    public = a_stage(marking.edition, "public")
    entries = [an_idea(marking, "A", (3, 3), (9, 9)), an_idea(marking, "B", (5, 5), (5, 5))]
    for entry in entries:
        public.admissions.create(entry=entry, admitted_at=public.opens_at)
    votes(public, {entries[0]: 40, entries[1]: 60})
    return marking


def test_a_blend_has_variants_of_each_stage_with_a_jury() -> None:
    stage = a_blend()
    first = jury_of(stage.edition, 2)[0]

    award = text_of(a_reader(stage).get(path("jury-decisions/best-idea/")))
    assert "The first place holds in 4 of 6 variants." in award, "52 to 54, and 70 to 54 without the first"
    response = a_reader(stage).get(path("scores/public/firmness/idea/"))
    (contest,) = response.context["contests"]
    assert (contest.is_blend, contest.holds, contest.variants) == (True, 4, 6)
    assert [(one.without, one.winners) for one in contest.without] == [(first.name, "A Case A")]
    said = text_of(response)
    assert "Idea of the Year (all stages together)" in said
    assert "Jury every weight stands mean –" in said
    assert "There are no variants where no juror marks" in said, "of the public vote alone"


def test_before_a_blend_can_be_made_a_stage_of_it_has_variants_of_its_own() -> None:
    stage = a_stage_called(BLENDED, "marking")
    an_idea(stage, "A", (3, 3), (9, 9))

    (contest,) = a_reader(stage).get(path("scores/marking/firmness/idea/")).context["contests"]

    assert (contest.is_blend, contest.variants) == (False, 6)


def test_where_scores_are_adjusted_the_pages_say_that_there_are_no_variants() -> None:
    stage = a_blend(combine="{severity: adjusted}")
    reason = "There are no variants: the rules adjust scores for strict and lenient jurors"

    for where in ("jury-decisions/best-idea/", "scores/marking/firmness/idea/"):
        assert reason in text_of(a_reader(stage).get(path(where)))


def test_strict_and_lenient_jurors_are_named_where_they_are_connected() -> None:
    stage = a_stage_with()
    for number in range(12):
        best = 5 + number % 4
        an_idea(stage, f"A{number:02}", (best, best), (best, best), (best - 3, best - 3), (best + 1, best))
    strict = jury_of(stage.edition, 4)[2]
    response = a_reader(stage).get(path("scores/marking/firmness/idea/"))

    said = response.context["strictness"]["sentences"]
    assert any(one.startswith(f"{strict.name} is strict: ") and "on 12 entries." in one for one in said)


def test_jurors_that_no_entry_connects_cannot_be_compared_and_the_page_says_so() -> None:
    stage = a_stage_with()
    one, two, three, four = jury_of(stage.edition, 4)
    an_idea(stage, "A", (5, 5), (6, 6), jurors=[one, two])
    an_idea(stage, "B", (5, 5), (6, 6), jurors=[three, four])
    response = a_reader(stage).get(path("scores/marking/firmness/idea/"))

    assert "the entries fall into 2 groups that no juror connects." in text_of(response)


def test_the_shortlist_says_who_goes_on_and_why_the_others_do_not() -> None:
    stage = a_marked_stage()
    response = a_reader(stage).get(path("shortlist/marking/"))
    ideas, centres = response.context["lists"]

    assert [(line.code, line.is_in, line.why) for line in ideas.lines] == [
        ("B", True, "on the list"),
        ("A", True, "equal with the last that has room: all of them go on"),
        ("D", True, "equal with the last that has room: all of them go on"),
        ("C", False, "has no score"),
        ("E", False, "has no score"),
    ]
    assert centres.chosen == 2
    assert "Next step: give “Final” its period." in text_of(response)


def test_the_shortlist_goes_into_the_next_stage_and_into_no_other() -> None:
    stage = a_marked_stage()
    final = a_stage(stage.edition, "final")
    reader = a_reader(stage)
    response = reader.post(path("shortlist/marking/let-on/"))

    assert (response.status_code, response["Location"]) == (302, path("stages/final/"))
    assert set(entries_in(final).values_list("code", flat=True)) == {"A", "B", "D", "S", "T"}
    assert "Everybody on the list is in “Final”." in text_of(reader.get(path("shortlist/marking/")))
    late = stage.edition.entries.get(code="C")
    admit_by_hand(final.pk, late.pk, reason="A wild card.", by="test", at=NOON)
    assert Admission.objects.get(stage=final, entry=late).reason == "A wild card."


def test_without_a_next_stage_nobody_is_let_on() -> None:
    stage = a_marked_stage()
    response = a_reader(stage).post(path("shortlist/marking/let-on/"))

    assert response.status_code == 409
    assert "No stage after “Marking” has a period." in text_of(response)


def test_a_small_field_leaves_nobody_out_and_a_small_lead_asks_for_a_second_round() -> None:
    stages = (
        "[{code: marking, name: Marking, mode: scorecard,"
        " shortlist: {top: 1, minimum_field: 3, margin: 2}},"
        " {code: final, name: Final, mode: scorecard}]"
    )
    stage = a_stage(a_judged_edition(stages=stages))
    an_idea(stage, "A", (7, 7))
    an_idea(stage, "B", (7, 6))
    for code, marks in (("S", (8, 8)), ("T", (8, 8)), ("U", (6, 6))):
        an_idea(stage, code, marks, category="centre", division="small")
    lists = a_reader(stage).get(path("shortlist/marking/")).context["lists"]

    assert [(one.is_too_small, one.is_second_round_due, one.chosen) for one in lists] == [
        (True, False, 2),
        (False, True, 2),
    ]
    assert [line.why for line in lists[1].lines][-1] == "beyond the number of places"


def test_who_passes_the_screening_goes_on() -> None:
    stages = (
        "[{code: marking, name: Screening, mode: pass_fail}, {code: final, name: Final, mode: scorecard}]"
    )
    stage = a_stage(a_judged_edition(stages=stages))
    (juror,) = jury_of(stage.edition, 1)
    for code, passes in (("A", True), ("B", False)):
        entry = in_stage(stage, code)
        assignment = Assignment.objects.create(stage=stage, entry=entry, juror=juror, assigned_at=NOON)
        Scorecard.objects.create(
            assignment=assignment, started_at=NOON, changed_at=NOON, submitted_at=NOON, passes=passes
        )
    waiting = in_stage(stage, "C")
    Assignment.objects.create(stage=stage, entry=waiting, juror=juror, assigned_at=NOON)
    reader = a_reader(stage)
    (ideas,) = reader.get(path("shortlist/marking/")).context["lists"]

    assert [(line.code, line.is_in, line.why) for line in ideas.lines] == [
        ("A", True, "passed the screening"),
        ("B", False, "did not pass the screening"),
        ("C", False, "jurors' votes are to come"),
    ]
    overview = reader.get(path("scores/"))
    assert (overview.context["done"], overview.context["assigned"]) == (2, 3)
    assert path("shortlist/marking/").encode() in overview.content


PAGES = ("scores/", "scores/marking/firmness/idea/", "shortlist/marking/")


def test_members_of_the_organiser_read_all_this_and_nobody_else_does() -> None:
    stage = a_marked_stage()
    pages = [*(path(page) for page in PAGES), working(stage, "A")]
    stranger = signed_in(a_member(an_organiser()))
    juror = signed_in(jury_of(stage.edition, 1)[0].user)  # type: ignore[arg-type]

    for role in MemberRole.values:
        reader = a_reader(stage, role)
        assert [reader.get(page).status_code for page in pages] == [200] * len(pages)
    for other in (stranger, juror):
        assert [other.get(page).status_code for page in pages] == [404] * len(pages)
    assert Client().get(pages[0]).status_code == 302
    a_stage(stage.edition, "final", closes_at=CLOSES)
    assert a_reader(stage, MemberRole.VIEWER).post(path("shortlist/marking/let-on/")).status_code == 404


def test_there_is_no_such_page_where_there_is_no_jury_or_no_such_entry() -> None:
    stage = a_marked_stage()
    measured = a_measured_edition()
    owner = signed_in(a_member(measured.programme.organiser))
    assert owner.get(f"/en/organiser/{measured}/scores/").status_code == 404
    waiting = stage.edition.entries.get(code="E")
    Admission.objects.filter(entry=waiting).delete()
    reader = a_reader(stage)

    for page in (
        working(stage, "E"),
        path("scores/nothing/firmness/idea/"),
        path("scores/marking/firmness/nothing/"),
        path("shortlist/nothing/"),
    ):
        assert reader.get(page).status_code == 404


def test_lists_and_proposals_are_provisional_as_long_as_a_stage_can_be_marked() -> None:
    stage = a_marked_stage()
    reader = a_reader(stage)
    for page in ("shortlist/marking/", "jury-decisions/"):
        assert "Provisional" in text_of(reader.get(path(page)))

    Stage.objects.filter(pk=stage.pk).update(closes_at=timezone.now() - timedelta(minutes=1))
    for page in ("shortlist/marking/", "jury-decisions/"):
        assert "Provisional" not in text_of(reader.get(path(page)))


def test_a_member_who_judges_too_sees_no_scores_before_the_own_scorecards_are_final() -> None:
    stage = a_marked_stage()
    member = a_member(stage.edition.programme.organiser)
    juror = a_juror_of(stage.edition, user=member)
    own = Assignment.objects.create(
        stage=stage, entry=stage.edition.entries.get(code="E"), juror=juror, assigned_at=NOON
    )
    reader = signed_in(member)
    pages = (*PAGES, "jury-decisions/", "jury-decisions/best-idea/", "meetings/", "jury/remarks/")

    for page in pages:
        said = text_of(reader.get(path(page)))
        assert "some of your scorecards are not final" in said
        assert "Case B" not in said
    own.ended_at, own.ended_reason = NOON, "Too much to do."
    own.save()
    assert all("not final. Until they are" not in text_of(reader.get(path(page))) for page in pages)
