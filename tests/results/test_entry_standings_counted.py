"""Stages without marks: votes to pass, rankings, points, the public; and the blend of several stages."""

from fractions import Fraction
from typing import Any

import pytest

from kaaring.jury.models import Stage
from kaaring.kernel.refused import Refused
from kaaring.programmes.models import Edition
from kaaring.results.queries.juried import EntryRow, entry_standings, standings_of_category
from tests.jury.marking import a_stage
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
    for code, given in (("A", [True, True, False]), ("B", [True, False, False]), ("C", [])):
        entry = in_stage(stage, code)
        for juror, passes in zip(jury, given, strict=False):
            filled_in(stage, entry, juror, passes=passes)

    assert {code: (one.why, one.value, one.scorecards) for code, one in rows(stage).items()} == {
        "A": ("", 2, 3),
        "B": ("not_passed", 1, 3),
        "C": ("not_passed", 0, 0),
    }
    assert set(places(stage).values()) == {None}


def ranked(stage: Stage, *rankings: str) -> None:
    """Each juror ranks entries by their codes, the best first."""
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
