"""How well results hold: of ranks and points, of a blend, and where there are no variants and why."""

from typing import Any

import pytest

from kaaring.jury.models import Stage
from kaaring.programmes.queries import definition_in_force
from kaaring.results.queries.juried import (
    EntryStandings,
    standings_of_category,
    steadiness_of,
    why_no_variants,
)
from kaaring.scoring.juried import Count, Discretion, Method, Steadiness, Variants
from tests.jury.marking import a_stage
from tests.results.jury import a_judged_edition, an_idea, filled_in, in_stage, jury_of, votes

pytestmark = pytest.mark.django_db


def a_stage_of(rules: str, **changes: Any) -> Stage:
    return a_stage(a_judged_edition(stages=f"[{{code: round, name: Round, {rules}}}]", **changes), "round")


def ranked(stage: Stage, *rankings: str) -> None:
    """Each juror ranks the entries they may judge by their codes, the best first."""
    entries = {code: in_stage(stage, code) for code in sorted({code for one in rankings for code in one})}
    for juror, order in zip(jury_of(stage.edition, len(rankings)), rankings, strict=True):
        for rank, code in enumerate(order, 1):
            filled_in(stage, entries[code], juror, rank=rank)


def table_of(stage: Stage, code: str | None = "round") -> EntryStandings:
    return standings_of_category(stage.edition, "idea", code)[0]


def steadiness(table: EntryStandings) -> tuple[Variants[int, int], dict[int, str]]:
    found = steadiness_of(table)
    assert found is not None
    return found, {row.entry.pk: row.entry.code for row in table.rows}


def others(table: EntryStandings) -> set[tuple[str, str, int | None, str]]:
    """The variants with other winners: stage, way to count, which juror is missing, and who is first."""
    found, codes = steadiness(table)
    number = {
        pk: at for at, pk in enumerate(table.edition.jurors.order_by("pk").values_list("pk", flat=True), 1)
    }
    return {
        (
            one.reading.part,
            str(one.reading.method),
            None if one.reading.without is None else number[one.reading.without],
            "".join(codes[winner] for winner in one.winners),
        )
        for one in found.others
    }


def test_ranks_are_counted_both_ways_and_without_each_juror() -> None:
    stage = a_stage_of("mode: ranking, count: schulze")
    ranked(stage, "ABC", "ABC", "ABC", "BCA", "BCA")
    table = table_of(stage)
    found, codes = steadiness(table)

    assert [codes[one] for one in found.winners] == ["A"]
    assert len(found.readings) == 2 * (1 + 5)
    # By Borda B has 7 points to A's 6; without one of the first three 6 to 4, without one of the others A
    # has 6 to 5. By Schulze A and B beat each other twice where one of the first three is missing.
    assert others(table) == {
        ("", "borda", None, "B"),
        *(("", "borda", juror, "B") for juror in (1, 2, 3)),
        *(("", "schulze", juror, "AB") for juror in (1, 2, 3)),
    }


def test_variants_of_ranks_leave_a_juror_out_who_was_kept_from_an_entry() -> None:
    stage = a_stage_of("mode: ranking, count: borda")
    ranked(stage, "ABC", "ABC", "CB")

    found, codes = steadiness(table_of(stage))

    assert (found.holds, len(found.readings)) == (8, 8)
    by_code = {codes[entry]: one for entry, one in found.entries.items()}
    assert by_code["A"] == Steadiness(first=8, kept=8, placed=8, best=1, worst=1)


def test_points_are_counted_without_each_juror() -> None:
    stage = a_stage_of("mode: points, points: 10")
    a, b = in_stage(stage, "A"), in_stage(stage, "B")
    for juror, (for_a, for_b) in zip(jury_of(stage.edition, 2), [(9, 1), (3, 7)], strict=True):
        filled_in(stage, a, juror, points=for_a)
        filled_in(stage, b, juror, points=for_b)

    found, _codes = steadiness(table_of(stage))

    assert {(one.discretion, one.method) for one in found.readings} == {(None, Count.POINTS)}
    assert (found.holds, len(found.readings)) == (2, 3)
    assert others(table_of(stage)) == {("", "points", 1, "B")}


BLEND = (
    "[{code: marking, name: Marking, mode: scorecard, weight: 50},"
    " {code: round, name: Round, MODE, weight: 50}]"
)


def a_blend(mode: str = "mode: public_vote", **rules: Any) -> tuple[Stage, Stage]:
    """A is marked 60, 60 and 90 (mean 70, median 60), B 66 throughout; both are in the second stage too."""
    edition = a_judged_edition(stages=BLEND.replace("MODE", mode), **rules)
    marking, other = a_stage(edition), a_stage(edition, "round")
    for code, marks in (("A", [6, 6, 9]), ("B", [7, 7, 7]), ("C", [10, 10, 10])):
        own = [(mark, mark) if code != "B" else (7, 6) for mark in marks]
        entry = an_idea(marking, code, *own)
        if code != "C":
            other.admissions.create(entry=entry, admitted_at=other.opens_at)
    return marking, other


def test_marks_in_a_blend_are_read_in_every_way_while_the_public_vote_stays() -> None:
    """At 50 % A leads by 2, the public being even; by the median, or without the third, B is first."""
    marking, public = a_blend()
    entries = {one.code: one for one in marking.edition.entries.all()}
    votes(public, {entries["A"]: 50, entries["B"]: 50})
    table = table_of(marking, None)
    found, codes = steadiness(table)

    assert (table.stage, [codes[one] for one in found.winners]) == (None, ["A"])
    assert {one.discretion for one in found.readings} == {Discretion.FIXED}
    assert {one.method for one in found.readings} == {Method.MEAN, Method.MEDIAN}
    assert (found.holds, len(found.readings)) == (5, 2 * (1 + 3))
    assert others(table) == {
        ("marking", "median", None, "B"),
        ("marking", "mean", 3, "B"),
        ("marking", "median", 3, "B"),
    }
    assert set(codes.values()) == {"A", "B"}, "C is not in the last stage"


@pytest.mark.parametrize(
    ("mode", "count"), [("mode: ranking, count: borda", 4), ("mode: points, points: 10", 4)]
)
def test_both_parts_of_a_blend_are_read_in_turn(mode: str, count: int) -> None:
    marking, other = a_blend(mode)
    entries = {one.code: one for one in marking.edition.entries.all()}
    for juror in jury_of(marking.edition, 3):
        for code, rank, points in (("A", 1, 6), ("B", 2, 4)):
            given = {"rank": rank} if "ranking" in mode else {"points": points}
            filled_in(other, entries[code], juror, **given)

    found, _codes = steadiness(table_of(marking, None))

    parts = [one.part for one in found.readings]
    assert (parts.count("marking"), parts.count("round")) == (8, count)
    assert found.holds == len(found.readings), "A is far ahead in the second stage"


@pytest.mark.parametrize(
    ("rules", "why"),
    [
        ("mode: ranking, count: stv, shortlist: {top: 2}", "transferable"),
        ("mode: public_vote", "no_jurors"),
        ("mode: pass_fail, passes: 1", "no_jurors"),
        ("mode: ranking", ""),
    ],
)
def test_where_there_are_no_variants_there_is_a_reason(rules: str, why: str) -> None:
    stage = a_stage_of(rules)
    in_stage(stage, "A")
    table, jury = table_of(stage), definition_in_force(stage.edition).jury
    assert jury is not None

    assert why_no_variants(jury, table.mode, "round") == why
    assert (steadiness_of(table) is None) == bool(why)


@pytest.mark.parametrize(
    ("mode", "combine", "why"),
    [
        ("mode: public_vote", "{severity: adjusted}", "adjusted"),
        ("mode: ranking, count: stv", "{}", "transferable"),
        ("mode: public_vote", "{}", ""),
    ],
)
def test_a_blend_has_none_where_one_of_its_parts_cannot_be_read_otherwise(
    mode: str, combine: str, why: str
) -> None:
    marking, _other = a_blend(mode, combine=combine)
    jury = definition_in_force(marking.edition).jury
    assert jury is not None

    assert why_no_variants(jury, "blend", "") == why
    assert (steadiness_of(table_of(marking, None)) is None) == bool(why)
