"""Stages without marks: votes to pass, rankings, points, the public; and the blend of several stages."""

from fractions import Fraction
from typing import Any

import pytest

from kaaring.entries.models import Entry
from kaaring.jury.models import Assignment, Stage
from kaaring.kernel.refused import Refused
from kaaring.programmes.models import Edition
from kaaring.results.queries.juried import EntryRow, entry_standings, standings_of_category
from tests.jury.marking import OPENS, a_stage
from tests.results.jury import (
    a_judged_edition,
    an_idea,
    filled_in,
    in_stage,
    jury_of,
    marked,
    votes,
)

pytestmark = pytest.mark.django_db


def a_stage_of(code: str, **rules: Any) -> Stage:
    """An open stage whose code is its mode."""
    plain = {"screening": "mode: pass_fail, passes: 2", "sharing": "mode: points, points: 10"}
    told = ", ".join(f"{key}: {value}" for key, value in rules.items()) or plain[code]
    edition = a_judged_edition(stages=f"[{{code: {code}, name: Round, {told}}}]")
    return a_stage(edition, code)


def rows(stage: Stage, **wanted: Any) -> dict[str, EntryRow]:
    table = standings_of_category(stage.edition, "idea", **wanted)[0]
    return {one.entry.code: one for one in table.rows}


def places(stage: Stage) -> dict[str, int | None]:
    return {code: one.place for code, one in rows(stage).items()}


def test_an_entry_passes_with_as_many_yes_as_the_rules_ask_for() -> None:
    stage = a_stage_of("screening")
    jury = jury_of(stage.edition, 3)
    for code, given in (("A", [True, True, False]), ("B", [True, False, False]), ("C", []), ("D", [True])):
        entry = in_stage(stage, code)
        for juror, passes in zip(jury, given, strict=False):
            filled_in(stage, entry, juror, passes=passes)
    for code in "CD":
        Assignment.objects.create(
            stage=stage, entry=Entry.objects.get(code=code), juror=jury[2], assigned_at=OPENS
        )

    assert {code: (one.why, one.value, one.scorecards) for code, one in rows(stage).items()} == {
        "A": ("", 2, 3),
        "B": ("not_passed", 1, 3),
        "C": ("not_passed", 0, 0),
        "D": ("votes_to_come", 1, 1),
    }
    assert set(places(stage).values()) == {None}


def ranked(stage: Stage, *rankings: str) -> None:
    """Each juror ranks the entries they may judge by their codes, the best first."""
    entries = {code: in_stage(stage, code) for code in sorted({code for one in rankings for code in one})}
    for juror, order in zip(jury_of(stage.edition, len(rankings)), rankings, strict=True):
        for rank, code in enumerate(order, 1):
            filled_in(stage, entries[code], juror, rank=rank)


def test_borda_gives_as_many_points_as_entries_are_ranked_below() -> None:
    stage = a_stage_of("ranking", mode="ranking", count="borda")
    ranked(stage, "ABC", "ABC", "BCA", "CBA")

    points = {"A": 2 + 2 + 0 + 0, "B": 1 + 1 + 2 + 1, "C": 0 + 0 + 1 + 2}
    assert {code: one.value for code, one in rows(stage).items()} == points
    assert {code: one.score for code, one in rows(stage).items()} == {
        code: Fraction(100 * own, 2 * 4) for code, own in points.items()
    }
    assert places(stage) == {"B": 1, "A": 2, "C": 3}


def test_schulze_puts_first_who_beats_every_other_one_to_one() -> None:
    stage = a_stage_of("ranking", mode="ranking", count="schulze")
    ranked(stage, "ABC", "ABC", "ABC", "BCA", "BCA")

    assert places(stage) == {"A": 1, "B": 2, "C": 3}, "by Borda B would have 7 points and A 6"


def test_a_transferable_vote_elects_as_many_as_go_on_and_moves_votes_of_those_left_out() -> None:
    stage = a_stage_of("ranking", mode="ranking", count="stv", shortlist="{top: 1}")
    ranked(stage, "ABC", "ABC", "BAC", "BAC", "CBA")

    found = rows(stage)
    assert {code: (one.place, one.why) for code, one in found.items()} == {
        "B": (1, ""),
        "A": (None, "not_elected"),
        "C": (None, "not_elected"),
    }
    assert found["A"].why_text == "The entry was not elected."


def test_points_handed_out_add_up_and_a_score_is_the_share_of_all_there_were() -> None:
    stage = a_stage_of("sharing")
    a, b = in_stage(stage, "A"), in_stage(stage, "B")
    for juror, (for_a, for_b) in zip(jury_of(stage.edition, 2), [(7, 3), (2, 4)], strict=True):
        filled_in(stage, a, juror, points=for_a)
        filled_in(stage, b, juror, points=for_b)

    assert {code: (one.value, one.score, one.place) for code, one in rows(stage).items()} == {
        "A": (9, Fraction(900, 20), 1),
        "B": (7, Fraction(700, 20), 2),
    }


def test_the_public_vote_counts_what_was_entered_and_none_is_zero() -> None:
    stage = a_stage_of("public", mode="public_vote")
    a, b, _none = (in_stage(stage, code) for code in "ABC")
    votes(stage, {a: 30, b: 90})

    assert {code: (one.value, one.score, one.place) for code, one in rows(stage).items()} == {
        "B": (90, 75, 1),
        "A": (30, 25, 2),
        "C": (0, 0, 3),
    }


def test_before_anybody_votes_there_is_no_place() -> None:
    for code, rules in (("sharing", {}), ("ranking", {"mode": "ranking", "count": "borda"})):
        stage = a_stage_of(code, **rules)
        in_stage(stage, "A")

        assert [(one.place, one.why_text) for one in rows(stage).values()] == [
            (None, "Nobody has voted yet.")
        ]
        stage.edition.programme.slug = code
        stage.edition.programme.save()


BLEND = (
    "[{code: marking, name: Marking, mode: scorecard, weight: 75},"
    " {code: public, name: Public, mode: public_vote, weight: 25}]"
)


def a_blended_edition() -> Edition:
    """Three entries: two marked and voted for, the third in the first stage only."""
    edition = a_judged_edition(stages=BLEND)
    marking, public = a_stage(edition), a_stage(edition, "public")
    entries = {code: an_idea(marking, code, *own) for code, own in MARKS.items()}
    for code in "AB":
        public.admissions.create(entry=entries[code], admitted_at=public.opens_at)
    votes(public, {entries["A"]: 1, entries["B"]: 3})
    return edition


MARKS = {"A": [(8, 8), (6, 6)], "B": [(6, 6), (7, 7)], "C": [(10, 10)]}


def test_stages_with_a_weight_are_blended_for_those_in_the_last_of_them() -> None:
    (table, *_others) = entry_standings(a_blended_edition())

    assert (table.stage, table.mode) == (None, "blend")
    assert [(one.entry.code, one.score, one.place) for one in table.rows] == [
        ("B", Fraction(75 * 65 + 25 * 75, 100), 1),
        ("A", Fraction(75 * 70 + 25 * 25, 100), 2),
    ]


def test_an_entry_without_a_score_in_a_stage_that_counts_has_no_place() -> None:
    edition = a_blended_edition()
    public = edition.stages.get(code="public")
    late = in_stage(public, "D")
    votes(public, {late: 4})

    (table, *_others) = entry_standings(edition)
    found = next(one for one in table.rows if one.entry.code == "D")
    assert (found.score, found.place, found.why) == (None, None, "part_missing")


def test_a_blend_waits_until_every_stage_that_counts_has_its_period() -> None:
    edition = a_judged_edition(stages=BLEND)
    marked(stage := a_stage(edition), in_stage(stage, "A"), *jury_of(edition, 1), idea=5, effect=5)

    with pytest.raises(Refused, match=r"stage_not_opened.*“public”"):
        entry_standings(edition)
    assert entry_standings(edition, "marking")[0].rows[0].score == 50


def test_without_weights_the_last_stage_in_which_something_counts_decides() -> None:
    edition = a_judged_edition(
        stages="[{code: marking, name: First, mode: scorecard}, {code: final, name: Final, mode: scorecard}]"
    )
    marking, final = a_stage(edition), a_stage(edition, "final")
    entry = an_idea(marking, "A", (5, 5))
    final.admissions.create(entry=entry, admitted_at=final.opens_at)
    assert entry_standings(edition)[0].stage == marking
    marked(final, entry, *jury_of(edition, 1), idea=9, effect=9)

    table = entry_standings(edition)[0]
    assert (table.stage, table.rows[0].score) == (final, 90)


def test_by_borda_an_entry_does_not_lose_by_the_jurors_who_were_kept_from_it() -> None:
    stage = a_stage_of("ranking", mode="ranking", count="borda")
    ranked(stage, "ABC", "ABC", "ABC", "BC", "CB")

    # A is first for all three who may rank it: 100. B: 50, 50, 50, 100 and 0. C: 0, 0, 0, 0 and 100.
    assert {code: (one.score, one.place) for code, one in rows(stage).items()} == {
        "A": (100, 1),
        "B": (50, 2),
        "C": (20, 3),
    }
    assert {code: one.value for code, one in rows(stage).items()} == {"A": 6, "B": 5, "C": 2}
    assert {code: one.scorecards for code, one in rows(stage).items()} == {"A": 3, "B": 5, "C": 5}


def test_by_schulze_an_entry_is_compared_by_those_alone_who_had_both() -> None:
    stage = a_stage_of("ranking", mode="ranking", count="schulze")
    ranked(stage, "ABC", "BC", "BC", "BC", "CB")

    assert places(stage) == {"A": 1, "B": 2, "C": 3}, "four of five were kept from A"


def test_abstaining_from_an_entry_is_not_ranking_it_last() -> None:
    stage = a_stage_of("ranking", mode="ranking", count="borda")
    ranked(stage, "ABC", "BCA")
    juror = jury_of(stage.edition, 3)[2]
    own = {one.code: one for one in stage.edition.entries.all()}
    filled_in(stage, own["A"], juror, abstained="I know too little of it.")
    filled_in(stage, own["B"], juror, rank=1)
    filled_in(stage, own["C"], juror, rank=2)

    # A: 100 and 0; B: 50, 100 and 100; C: 0, 50 and 0.
    scores = {"A": Fraction(50), "B": Fraction(250, 3), "C": Fraction(50, 3)}
    assert {code: one.score for code, one in rows(stage).items()} == scores


def test_a_transferable_vote_is_not_counted_where_a_juror_could_rank_some_entries_only() -> None:
    stage = a_stage_of("ranking", mode="ranking", count="stv", shortlist="{top: 1}")
    ranked(stage, "ABC", "ABC", "BC")

    found = rows(stage)["A"]
    assert set(places(stage).values()) == {None}
    assert found.why == "not_all_ranked"
    assert "has ranked only some" in found.why_text


def test_who_abstains_in_a_transferable_vote_leaves_a_shorter_paper() -> None:
    stage = a_stage_of("ranking", mode="ranking", count="stv", shortlist="{top: 1}")
    ranked(stage, "AB", "AB")
    juror = jury_of(stage.edition, 3)[2]
    own = {one.code: one for one in stage.edition.entries.all()}
    filled_in(stage, own["A"], juror, abstained="I know too little of it.")
    filled_in(stage, own["B"], juror, rank=1)

    assert places(stage) == {"A": 1, "B": None}


def test_points_are_a_share_of_what_those_had_who_judged_the_entry() -> None:
    stage = a_stage_of("sharing")
    a, b = in_stage(stage, "A"), in_stage(stage, "B")
    given: list[tuple[int, int | None]] = [(4, 6), (4, 6), (10, None)]
    for juror, (for_a, for_b) in zip(jury_of(stage.edition, 3), given, strict=True):
        filled_in(stage, a, juror, points=for_a)
        if for_b is not None:
            filled_in(stage, b, juror, points=for_b)

    # A has 18 of 30, B 12 of the 20 that its two jurors had.
    assert {code: (one.value, one.score, one.place, one.is_shared) for code, one in rows(stage).items()} == {
        "A": (18, 60, 1, True),
        "B": (12, 60, 1, True),
    }


@pytest.mark.parametrize("count", ["borda", "schulze", "stv"])
def test_with_fewer_ranks_than_the_rules_ask_for_an_entry_has_no_place(count: str) -> None:
    rules = f"[{{code: ranking, name: Round, mode: ranking, count: {count}, shortlist: {{top: 1}}}}]"
    edition = a_judged_edition(stages=rules, combine="{minimum_marks: 2}")
    stage = a_stage(edition, "ranking")
    ranked(stage, "CAB", "AB")

    found = rows(stage)
    assert (found["A"].place, found["C"].place, found["C"].score) == (1, None, None)
    assert found["C"].why == "too_few_scorecards"
    assert found["C"].why_text == "1 scorecard is too few for a score."


def test_with_fewer_points_than_the_rules_ask_for_an_entry_has_no_place() -> None:
    sharing = "[{code: sharing, name: Round, mode: points, points: 10}]"
    stage = a_stage(a_judged_edition(stages=sharing, combine="{minimum_marks: 2}"), "sharing")
    a, b, _nobodys = (in_stage(stage, code) for code in "ABC")
    one, two = jury_of(stage.edition, 2)
    filled_in(stage, a, one, points=3)
    filled_in(stage, a, two, points=3)
    filled_in(stage, b, one, points=7)

    assert {code: (row.score, row.place, row.why, row.scorecards) for code, row in rows(stage).items()} == {
        "A": (30, 1, "", 2),
        "B": (None, None, "too_few_scorecards", 1),
        "C": (None, None, "too_few_scorecards", 0),
    }


@pytest.mark.parametrize("count", ["borda", "schulze"])
def test_an_entry_that_nobody_ranks_beside_another_has_no_place(count: str) -> None:
    stage = a_stage_of("ranking", mode="ranking", count=count)
    ranked(stage, "AB", "AB", "C")

    found = rows(stage)
    assert {code: one.place for code, one in found.items()} == {"A": 1, "B": 2, "C": None}
    assert found["C"].why_text == "No juror could compare the entry with another."
