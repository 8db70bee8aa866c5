from dataclasses import replace
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from kaaring.scoring.juried import (
    Count,
    Part,
    Ranking,
    Reading,
    Steadiness,
    borda,
    contest,
    in_order,
    marks_recounted,
    points,
    points_recounted,
    rankings_recounted,
    schulze,
    variants,
    variants_of_blend,
    variants_of_points,
    variants_of_rankings,
)
from tests.scoring.build_juried import Case, any_case

BORDA, SCHULZE, POINTS = Count.BORDA, Count.SCHULZE, Count.POINTS
SCORE = st.fractions(0, 100, max_denominator=9)


def test_rankings_are_read_by_borda_and_by_schulze_and_without_each_juror() -> None:
    # Borda: A 2 + 2 + 0 + 0 = 4, B 1 + 1 + 2 + 1 = 5, C 0 + 0 + 1 + 2 = 3. Schulze: A and B beat each other
    # twice each, B beats C by 3 to 1, A and C twice each.
    orders = {"J1": "ABC", "J2": "ABC", "J3": "BCA", "J4": "CBA"}
    found = variants_of_rankings(
        "ABC", {juror: in_order(one) for juror, one in orders.items()}, BORDA, ties=[]
    )

    assert found.winners == ("B",)
    assert len(found.readings) == len(set(found.readings)) == 2 * (1 + 4)
    assert {(one.reading.method, one.reading.without, one.winners) for one in found.others} == {
        (BORDA, "J3", ("A",)),
        (BORDA, "J4", ("A", "B")),
        (SCHULZE, None, ("A", "B")),
        (SCHULZE, "J3", ("A",)),
        (SCHULZE, "J4", ("A",)),
    }
    assert found.holds == 5
    assert found.entries["C"] == Steadiness(first=0, kept=6, placed=10, best=2, worst=3)


@given(
    st.dictionaries(
        st.integers(1, 4),
        st.tuples(st.permutations("ABCD"), st.frozensets(st.sampled_from("ABCD"), min_size=1)),
        max_size=4,
    ),
    st.sampled_from([BORDA, SCHULZE]),
)
def test_each_reading_of_rankings_is_a_count_of_its_own(
    ballots: dict[int, tuple[list[str], frozenset[str]]], count: Count
) -> None:
    rankings = {
        juror: in_order([one for one in order if one in over], over=over)
        for juror, (order, over) in ballots.items()
    }
    found = variants_of_rankings("ABCD", rankings, count, ties=[])

    def places(way: Count, without: int | None) -> dict[str, int]:
        left: list[Ranking[str]] = [one for juror, one in rankings.items() if juror != without]
        if way is SCHULZE:
            return {entry: place.place for entry, place in schulze("ABCD", left, ties=[]).places.items()}
        return {line.entry: line.place for line in borda("ABCD", left, ties=[]) if line.place}

    expected = {
        Reading(None, way, without): places(way, without)
        for way in (BORDA, SCHULZE)
        for without in (None, *rankings)
    }
    official = places(count, None)
    assert found.readings == tuple(expected)
    for entry in "ABCD":
        own = [placed[entry] for placed in expected.values() if entry in placed]
        kept = own.count(official[entry]) if entry in official else 0
        assert found.entries[entry] == Steadiness(
            own.count(1), kept, len(own), min(own, default=None), max(own, default=None)
        )
    first = {reading: {one for one in placed if placed[one] == 1} for reading, placed in expected.items()}
    assert {one.reading: set(one.winners) for one in found.others} == {
        reading: winners for reading, winners in first.items() if winners != set(found.winners)
    }


def test_points_are_read_without_each_juror() -> None:
    # A has 14 of 30 and B 16; without J1 A has 13 of 20, without J3 B has 16 of 20 and A 4.
    given_points = {"J1": {"A": 1, "B": 9}, "J2": {"A": 3, "B": 7}, "J3": {"A": 10, "B": 0}}
    found = variants_of_points("AB", given_points, allowance=10, ties=[])

    assert found.winners == ("B",)
    assert found.readings == tuple(Reading(None, POINTS, one) for one in (None, "J1", "J2", "J3"))
    assert {(one.reading.without, one.winners) for one in found.others} == {("J1", ("A",)), ("J2", ("A",))}


def test_each_part_of_a_blend_is_read_otherwise_while_the_others_stay() -> None:
    # By points A has 60 and B 40; the public gives 30 and 70. At 75 to 25: A 52.5, B 47.5. Without J1, who
    # gave 9 and 1, A has 30 and B 70 of the points: B. Without J2 A has 90 and B 10.
    given_points = {"J1": {"A": 9, "B": 1}, "J2": {"A": 3, "B": 7}}
    jury = {line.entry: line.score for line in points("AB", given_points, allowance=10, ties=[])}
    parts = [
        Part(Fraction(75), jury),
        Part(Fraction(25), {"A": Fraction(30), "B": Fraction(70), "C": Fraction(0)}),
    ]
    recounts = [list(points_recounted("AB", given_points, allowance=10)), []]
    found = variants_of_blend(parts, recounts, ties=[])

    assert found.winners == ("A",)
    assert [(one.reading.without, one.winners) for one in found.others] == [("J1", ("B",))]
    assert (found.holds, len(found.readings)) == (2, 3)
    assert found.entries["C"] == Steadiness(0, 0, 0, None, None), "C has no points, and no place in the blend"


def test_a_part_of_ranks_is_read_by_borda_without_each_juror() -> None:
    found = dict(rankings_recounted("AB", {"J1": in_order("AB"), "J2": in_order("BA")}))

    assert found == {
        Reading(None, BORDA, None): {"A": 50, "B": 50},
        Reading(None, BORDA, "J1"): {"A": 0, "B": 100},
        Reading(None, BORDA, "J2"): {"A": 100, "B": 0},
    }


@given(any_case())
def test_marks_alone_blended_with_nothing_hold_as_often_as_without_a_blend(case: Case) -> None:
    recipe = replace(case.recipe, ties=(), shared_when_rounded_equal=False)
    expected = variants(case.entries, case.cards, recipe, {})
    recounts = dict(marks_recounted(case.entries, case.cards, recipe))
    assert set(recounts) == set(expected.readings)
    plain = {one.entry: one.score for one in contest(case.entries, case.cards, recipe, {})}

    found = variants_of_blend([Part(Fraction(1), plain)], [list(recounts.items())], ties=[])

    assert (set(found.winners), found.holds) == (set(expected.winners), expected.holds)
    assert found.entries == expected.entries


def test_what_parts_equals_parts_them_in_every_variant() -> None:
    # A and B are ranked first once each and have ten points each; without either juror one of them is ahead.
    word = [{"B": Fraction(1)}]
    orders = {"J1": in_order("AB"), "J2": in_order("BA")}
    given_points = {"J1": {"A": 8, "B": 2}, "J2": {"A": 2, "B": 8}}
    part = Part(Fraction(1), {"A": Fraction(50), "B": Fraction(50)})
    even: list[tuple[Reading[int], dict[str, Fraction | None]]] = [
        (Reading(None, POINTS, 1), {"A": Fraction(40), "B": Fraction(40)})
    ]

    ranks = variants_of_rankings("AB", orders, BORDA, ties=word)
    shares = variants_of_points("AB", given_points, allowance=10, ties=word)
    blended = variants_of_blend([part], [even], ties=word)

    assert ranks.winners == shares.winners == blended.winners == ("B",)
    assert {(one.reading.method, one.reading.without) for one in ranks.others} == {
        (BORDA, "J2"),
        (SCHULZE, "J2"),
    }
    assert [one.reading.without for one in shares.others] == ["J2"]
    assert (blended.holds, len(blended.readings)) == (1, 1)
