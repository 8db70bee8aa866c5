from fractions import Fraction
from itertools import combinations, permutations
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaaring.scoring.juried import (
    Happening,
    Parter,
    Parting,
    Ranking,
    borda,
    in_order,
    schulze,
    single_transferable_vote,
)
from kaaring.scoring.juried.transferable import TransferableCount


@st.composite
def any_ranking(draw: st.DrawFn, are_tied: bool = True) -> Ranking[str]:
    order = draw(st.permutations("ABCD"))[: draw(st.integers(0, 4))]
    tiers: list[tuple[str, ...]] = []
    for entry in order:
        if tiers and are_tied and draw(st.booleans()):
            tiers[-1] = (*tiers[-1], entry)
        else:
            tiers.append((entry,))
    return Ranking(tuple(tiers), draw(st.integers(1, 5)))


RANKINGS = st.lists(any_ranking(), max_size=8)
STRICT = st.lists(any_ranking(are_tied=False), min_size=1, max_size=8)


def fruit(*rows: tuple[int, str]) -> list[Ranking[str]]:
    return [in_order(names.split(), count) for count, names in rows]


def test_bordas_points_are_shared_where_entries_are_ranked_alike() -> None:
    # Of 4 entries: places are worth 3, 2, 1, 0. B and C share 2 and 1; unranked A and D share the last two.
    lines = borda("ABCD", [Ranking((("A",), ("B", "C"), ("D",))), in_order("BC", 2)], ties=[])

    assert {line.entry: line.value for line in lines} == {
        "A": 3 + 2 * Fraction(1, 2),
        "B": Fraction(3, 2) + 2 * 3,
        "C": Fraction(3, 2) + 2 * 2,
        "D": 0 + 2 * Fraction(1, 2),
    }
    assert [(line.entry, line.score, line.place) for line in lines] == [
        ("B", Fraction(750, 9), 1),
        ("C", Fraction(550, 9), 2),
        ("A", Fraction(400, 9), 3),
        ("D", Fraction(100, 9), 4),
    ]


def test_bordas_winner_in_the_tennessee_example() -> None:
    # The capital of Tennessee, a standard example: 42, 26, 15 and 17 voters; Nashville has 194 points.
    order = {"M": 42, "N": 26, "C": 15, "K": 17}
    ballots = dict(zip(order.items(), ["MNCK", "NCKM", "CKNM", "KCNM"], strict=True))
    lines = borda("MNCK", [in_order(ballot, count) for (_, count), ballot in ballots.items()], ties=[])

    assert [(line.entry, line.value) for line in lines] == [("N", 194), ("C", 173), ("M", 126), ("K", 107)]


@given(RANKINGS)
def test_every_voter_gives_the_same_sum_of_bordas_points(rankings: list[Ranking[str]]) -> None:
    voters = sum(ranking.count for ranking in rankings)

    assert sum(line.value for line in borda("ABCD", rankings, ties=[])) == 6 * voters


def test_without_voters_nobody_has_a_place() -> None:
    assert [(line.score, line.place) for line in borda("AB", [], ties=[])] == [(None, None)] * 2
    assert schulze("AB", [], ties=[]).places == {}
    assert schulze("AB", [], ties=[]).winners == ()


def test_a_single_entry_is_first_and_has_no_score_by_rank() -> None:
    (line,) = borda("A", [in_order("A")], ties=[])

    assert (line.value, line.score, line.place) == (0, None, 1)


def test_by_borda_having_been_kept_from_an_entry_takes_nothing_from_it() -> None:
    # E1 is first for the three who may rank it. Without their own E1, J4 and J5 rank E2, E3, E4:
    # E2 then gets 3 points and E3 3/2, E4 none, of the 3 that a first of four gets.
    kept = [in_order(order, over="234") for order in ("234", "324")]
    lines = borda("1234", [in_order("1234", 2), in_order("1324"), *kept], ties=[])

    assert [(line.entry, line.value, line.score, line.place) for line in lines] == [
        ("1", 9, 100, 1),
        ("2", 2 * 2 + 1 + 3 + Fraction(3, 2), Fraction(950, 15), 2),
        ("3", 2 * 1 + 2 + Fraction(3, 2) + 3, Fraction(850, 15), 3),
        ("4", 0, 0, 4),
    ]


def test_by_borda_unranked_entries_share_the_last_points_of_those_there_were() -> None:
    # Over A, B and C of five entries: A gets all 4 points, B and C share those of 2 and 0.
    lines = borda("ABCDE", [in_order("A", over="ABC")], ties=[])

    assert [(line.entry, line.value, line.score, line.place) for line in lines] == [
        ("A", 4, 100, 1),
        ("B", 1, 25, 2),
        ("C", 1, 25, 2),
        ("D", 0, None, None),
        ("E", 0, None, None),
    ]


def test_by_schulze_a_pair_counts_for_those_who_had_both() -> None:
    # One voter ranks A first; four could not rank it and put C before B. A is first in both its pairs.
    found = schulze("ABC", [in_order("ABC"), in_order("CB", 4, over="BC")], ties=[])

    assert found.preferred == {
        ("A", "B"): 1, ("A", "C"): 1, ("B", "A"): 0, ("B", "C"): 1, ("C", "A"): 0, ("C", "B"): 4,
    }  # fmt: skip
    assert [found.places[entry].place for entry in "ACB"] == [1, 2, 3]


def test_who_ranks_a_single_entry_of_several_compares_nothing() -> None:
    alone, pair = in_order("C", over="C"), in_order("AB", over="AB")

    assert [(line.entry, line.place) for line in borda("ABC", [pair, alone], ties=[])] == [
        ("A", 1), ("B", 2), ("C", None),
    ]  # fmt: skip
    assert schulze("ABC", [pair, alone], ties=[]).places.keys() == {"A", "B"}


def bordas_points(rankings: list[Ranking[str]]) -> dict[str, Fraction]:
    """Count by pairs, for complete ballots: a point for each entry below, half of one for each alike."""
    values = dict.fromkeys("ABCD", Fraction(0))
    for ranking in rankings:
        rank = {entry: number for number, tier in enumerate(ranking.tiers) for entry in tier}
        for one, other in permutations("ABCD", 2):
            ahead = rank.get(other, 9) - rank.get(one, 9)
            values[one] += ranking.count * Fraction((ahead > 0) - (ahead < 0) + 1, 2)
    return values


@given(RANKINGS)
def test_over_all_entries_bordas_points_are_those_of_counting_pairs(rankings: list[Ranking[str]]) -> None:
    values, voters = bordas_points(rankings), sum(ranking.count for ranking in rankings)
    lines = borda("ABCD", rankings, ties=[])

    assert {line.entry: line.value for line in lines} == values
    for line in lines:
        assert line.score == (100 * values[line.entry] / (3 * voters) if voters else None)
        assert line.place == (1 + sum(one > line.value for one in values.values()) if voters else None)
    named = [Ranking(one.tiers, one.count, frozenset("ABCD")) for one in rankings]
    assert borda("ABCD", named, ties=[]) == lines
    assert schulze("ABCD", named, ties=[]) == schulze("ABCD", rankings, ties=[])


@st.composite
def any_partial(draw: st.DrawFn) -> Ranking[str]:
    ranking = draw(any_ranking())
    named = [entry for tier in ranking.tiers for entry in tier]
    return Ranking(
        ranking.tiers, ranking.count, frozenset(named) | draw(st.frozensets(st.sampled_from("ABCD")))
    )


@given(st.lists(any_partial(), max_size=8), st.sampled_from("ABCD"))
def test_ballots_without_an_entry_change_nothing_of_its_own(rankings: list[Ranking[str]], entry: str) -> None:
    having = [one for one in rankings if one.over and entry in one.over]

    def own(ballots: list[Ranking[str]]) -> tuple[Fraction, Fraction | None]:
        (line,) = (line for line in borda("ABCD", ballots, ties=[]) if line.entry == entry)
        return line.value, line.score

    assert own(rankings) == own(having)
    before, after = schulze("ABCD", rankings, ties=[]).preferred, schulze("ABCD", having, ties=[]).preferred
    for other in set("ABCD") - {entry}:
        assert (before[entry, other], before[other, entry]) == (after[entry, other], after[other, entry])


SCHULZE_2011 = [
    in_order(order, count)
    for count, order in [
        (5, "ACBED"), (5, "ADECB"), (8, "BEDAC"), (3, "CABED"), (7, "CAEBD"), (2, "CBADE"), (7, "DCEBA"),
        (8, "EBADC"),
    ]
]  # fmt: skip


def test_schulzes_method_gives_the_published_order_of_45_voters() -> None:
    found = schulze("ABCDE", SCHULZE_2011, ties=[])

    assert sorted("ABCDE", key=lambda entry: found.places[entry].place) == list("EACBD")
    assert found.winners == ("E",)
    assert not any(place.is_shared for place in found.places.values())


def test_schulzes_method_gives_the_published_preferences_and_strengths() -> None:
    found = schulze("ABCDE", SCHULZE_2011, ties=[])

    def rows(figures: dict[tuple[str, str], int]) -> list[list[int]]:
        return [[figures[one, other] for other in "ABCDE" if other != one] for one in "ABCDE"]

    assert rows(dict(found.preferred)) == [
        [20, 26, 30, 22],
        [25, 16, 33, 18],
        [19, 29, 17, 24],
        [15, 12, 28, 14],
        [23, 27, 21, 31],
    ]
    assert rows(dict(found.strengths)) == [
        [28, 28, 30, 24],
        [25, 28, 33, 24],
        [25, 29, 29, 24],
        [25, 28, 28, 24],
        [25, 28, 28, 31],
    ]


def test_entries_that_nobody_beats_share_the_first_place() -> None:
    found = schulze("ABC", [in_order("ABC"), in_order("BAC")], ties=[])

    assert found.winners == ("A", "B")
    assert [found.places[entry].place for entry in "ABC"] == [1, 1, 3]


@given(RANKINGS)
def test_a_paths_strength_is_its_weakest_link(rankings: list[Ranking[str]]) -> None:
    found = schulze("ABCD", rankings, ties=[])

    def link(one: str, other: str) -> int:
        votes = found.preferred[one, other]
        return votes if votes > found.preferred[other, one] else 0

    for one, other in permutations("ABCD", 2):
        rest = [entry for entry in "ABCD" if entry not in {one, other}]
        paths = [(one, *way, other) for length in range(3) for way in permutations(rest, length)]
        strongest = max(min(map(link, path, path[1:])) for path in paths)
        assert found.strengths[one, other] == strongest


@given(RANKINGS)
def test_whoever_wins_every_comparison_wins_by_schulze(rankings: list[Ranking[str]]) -> None:
    found = schulze("ABCD", rankings, ties=[])
    for one in "ABCD":
        if all(found.preferred[one, other] > found.preferred[other, one] for other in "ABCD" if other != one):
            assert found.winners == (one,)


@given(RANKINGS, st.randoms(use_true_random=False))
def test_the_order_of_ballots_changes_no_ranking(rankings: list[Ranking[str]], dice: Random) -> None:
    shuffled = dice.sample(rankings, len(rankings))

    assert schulze("ABCD", shuffled, ties=[]) == schulze("ABCD", rankings, ties=[])
    assert borda("ABCD", shuffled, ties=[]) == borda("ABCD", rankings, ties=[])


def votes_of(count: TransferableCount[str], stage: int) -> dict[str, Fraction]:
    return {entry: votes for entry, votes in count.stages[stage].votes.items() if votes}


def test_a_transferable_vote_gives_the_published_outcome_of_the_food_election() -> None:
    # The party of 20 guests, the example of Wikipedia's article until 2021: quota 6; chocolate's surplus
    # gives strawberries 4 and sweets 2 more, pears bring oranges to the quota, sweets go out.
    guests = fruit(
        (4, "orange"), (2, "pear orange"), (8, "chocolate strawberry"), (4, "chocolate sweets"),
        (1, "strawberry"), (1, "sweets"),
    )  # fmt: skip
    foods = ["orange", "pear", "chocolate", "strawberry", "sweets"]

    count = single_transferable_vote(foods, guests, seats=3, lot=foods, jury_ranks={})

    assert count.quota == 6
    assert count.elected == ("chocolate", "orange", "strawberry")
    assert [(stage.happening, stage.of) for stage in count.stages] == [
        (Happening.FIRST_PREFERENCES, None),
        (Happening.SURPLUS, "chocolate"),
        (Happening.EXCLUSION, "pear"),
        (Happening.EXCLUSION, "sweets"),
    ]
    assert votes_of(count, 1) == {"orange": 4, "pear": 2, "chocolate": 6, "strawberry": 5, "sweets": 3}
    assert votes_of(count, 2) == {"orange": 6, "chocolate": 6, "strawberry": 5, "sweets": 3}


def test_all_papers_of_the_elected_move_on_at_a_share_of_the_value_they_came_with() -> None:
    # 16 votes for 3 seats: quota 5. A has 8, surplus 3: its papers move on at 3/8 each, 6 to B (2 1/4) and 2
    # nowhere (3/4 lost). B then has 3 + 2 1/4 = 5 1/4, surplus 1/4 of 5 1/4: a twenty-first of every paper
    # goes to C, the 6 that came at 3/8 included: C has 3 + 3/21 + 6 · 3/8 / 21 = 3 1/4. D, with 2, goes out.
    papers = fruit((6, "A B C"), (2, "A"), (3, "B C"), (3, "C"), (2, "D"))

    count = single_transferable_vote("ABCD", papers, seats=3, lot="ABCD", jury_ranks={})

    assert count.quota == 5
    assert votes_of(count, 1) == {"A": 5, "B": Fraction(21, 4), "C": 3, "D": 2}
    assert count.stages[1].not_transferable == Fraction(3, 4)
    assert votes_of(count, 2) == {"A": 5, "B": 5, "C": Fraction(13, 4), "D": 2}
    assert count.elected == ("A", "B", "C")


def test_the_larger_surplus_moves_first() -> None:
    count = single_transferable_vote(
        "ABCD",
        fruit((5, "A C"), (7, "B D"), (1, "C"), (1, "D"), (1, "D C")),
        seats=3,
        lot="ABCD",
        jury_ranks={},
    )

    assert count.quota == 4
    assert [stage.of for stage in count.stages] == [None, "B"]
    assert count.elected == ("B", "A", "D")


def test_of_equals_the_one_that_had_fewer_votes_before_goes_out() -> None:
    # Quota 6. E goes out and lifts D to C's 3; C had more at the stage before, so D goes out, not C.
    papers = fruit((5, "A"), (4, "B"), (3, "C B"), (2, "D A"), (1, "E D"))

    count = single_transferable_vote("ABCDE", papers, seats=2, lot="DCBAE", jury_ranks={})

    assert count.quota == 6
    assert [stage.of for stage in count.stages[:3]] == [None, "E", "D"]


@pytest.mark.parametrize(("lot", "out", "elected"), [("ABC", "C", "A"), ("CBA", "A", "C")])
def test_where_no_stage_tells_equals_apart_the_lot_does(lot: str, out: str, elected: str) -> None:
    papers = fruit((2, "A"), (5, "B"), (2, "C"))

    count = single_transferable_vote("ABC", papers, seats=2, lot=lot, jury_ranks={})

    assert count.elected == ("B", elected)
    assert [stage.of for stage in count.stages] == [None, "B", out]


def test_with_no_more_entries_than_seats_all_are_elected() -> None:
    count = single_transferable_vote("AB", [in_order("B")], seats=3, lot="AB", jury_ranks={})

    assert count.elected == ("B", "A")


@given(STRICT, st.integers(1, 4), st.permutations("ABCD"))
def test_a_transferable_vote_fills_the_seats_and_loses_no_vote(
    rankings: list[Ranking[str]], seats: int, lot: list[str]
) -> None:
    count = single_transferable_vote("ABCD", rankings, seats=seats, lot=lot, jury_ranks={})

    assert len(count.elected) == len(set(count.elected)) == seats
    for stage in count.stages:
        total = sum(stage.votes.values()) + stage.not_transferable
        assert total == sum(ranking.count for ranking in rankings)


@given(STRICT, st.integers(1, 3), st.randoms(use_true_random=False))
def test_the_order_of_papers_changes_no_count(rankings: list[Ranking[str]], seats: int, dice: Random) -> None:
    shuffled = dice.sample(rankings, len(rankings))

    counts = [
        single_transferable_vote("ABCD", papers, seats=seats, lot="ABCD", jury_ranks={})
        for papers in (rankings, shuffled)
    ]

    assert counts[0] == counts[1]


@given(STRICT)
def test_a_solid_majority_fills_the_only_seat(rankings: list[Ranking[str]]) -> None:
    voters = sum(ranking.count for ranking in rankings)
    (winner,) = single_transferable_vote("ABCD", rankings, seats=1, lot="ABCD", jury_ranks={}).elected
    for size in (1, 2, 3):
        for group in combinations("ABCD", size):
            solid = sum(
                one.count
                for one in rankings
                if {entry for (entry,) in one.tiers[:size]} == set(group) and len(one.tiers) >= size
            )
            assert 2 * solid <= voters or winner in group


@pytest.mark.parametrize(
    ("entries", "ranking", "message"),
    [
        ("AB", in_order("AC"), "C is ranked and is not"),
        ("AB", in_order("AA"), "names an entry twice"),
        ("AB", in_order("A", 0), "at least one voter"),
        ("AA", in_order("A"), "twice among the entries"),
        ("AB", in_order("A", over="AC"), "C is ranked and is not"),
        ("AB", in_order("AB", over="A"), "not there to rank"),
    ],
)
def test_rankings_that_cannot_be_are_refused(entries: str, ranking: Ranking[str], message: str) -> None:
    for method in (borda, schulze):
        with pytest.raises(ValueError, match=message):
            method(entries, [ranking], ties=[])


@pytest.mark.parametrize(
    ("ranking", "seats", "lot", "message"),
    [
        (Ranking((("A", "B"),)), 1, "AB", "one entry at a time"),
        (in_order("A", over="A"), 1, "AB", "all entries to rank"),
        (in_order("A"), 0, "AB", "a seat to fill"),
        (in_order("A"), 1, "A", "The lot"),
        (in_order("A"), 1, "AA", "The lot"),
    ],
)
def test_counts_that_cannot_be_are_refused(ranking: Ranking[str], seats: int, lot: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        single_transferable_vote("AB", [ranking], seats=seats, lot=lot, jury_ranks={})


def test_without_votes_there_is_no_count() -> None:
    with pytest.raises(ValueError, match="a vote to count"):
        single_transferable_vote("AB", [], seats=1, lot="AB", jury_ranks={})


def test_what_no_stage_tells_apart_is_kept_with_the_entries_a_lot_was_drawn_among() -> None:
    papers = fruit((2, "A"), (5, "B"), (2, "C"))

    count = single_transferable_vote("ABC", papers, seats=2, jury_ranks={}, lot="CBA")

    assert count.elected == ("B", "C")
    assert count.partings == (Parting(3, Parter.LOT, ("C", "A")),)


def test_the_jurys_word_comes_before_the_lot() -> None:
    papers = fruit((2, "A"), (5, "B"), (2, "C"))

    count = single_transferable_vote("ABC", papers, seats=2, jury_ranks={"A": 1, "C": 2}, lot="CBA")

    assert count.elected == ("B", "A")
    assert count.partings == (Parting(3, Parter.JURY, ("A", "C")),)


def test_a_lot_is_drawn_among_those_alone_whom_the_jury_left_equal() -> None:
    # A vote each for one seat. The jury puts B first: of A and C the lot takes C out, then A goes before B.
    count = single_transferable_vote(
        "ABC", fruit((1, "A"), (1, "B"), (1, "C")), seats=1, jury_ranks={"B": 1}, lot="ACB"
    )

    assert count.elected == ("B",)
    assert count.partings == (
        Parting(2, Parter.JURY, ("B", "A", "C")),
        Parting(2, Parter.LOT, ("A", "C")),
        Parting(3, Parter.JURY, ("B", "A")),
    )


def test_of_equal_surpluses_and_of_equals_elected_together_the_lot_takes_the_first() -> None:
    # Quota 3: A and B are elected at once with 4 each, by lot B first, and by the same lot B's surplus moves.
    papers = fruit((4, "A C"), (4, "B C"), (2, "C"), (1, "D"))

    count = single_transferable_vote("ABCD", papers, seats=3, jury_ranks={}, lot="DCBA")

    assert count.quota == 3
    assert (count.elected, count.stages[1].of) == (("B", "A", "C"), "B")
    assert count.partings == (Parting(1, Parter.LOT, ("B", "A")), Parting(2, Parter.LOT, ("B", "A")))


@given(STRICT, st.integers(1, 3), st.permutations("ABCD"), st.permutations("ABCD"))
def test_two_lots_that_differ_nowhere_it_was_drawn_give_the_same_count(
    rankings: list[Ranking[str]], seats: int, one: list[str], other: list[str]
) -> None:
    found, again = (
        single_transferable_vote("ABCD", rankings, seats=seats, jury_ranks={}, lot=lot)
        for lot in (one, other)
    )

    if all(tuple(sorted(own.among, key=other.index)) == own.among for own in found.partings):
        assert found == again


def test_tie_breakers_part_equal_points_of_borda() -> None:
    words = [{"A": Fraction(1), "B": Fraction(1)}, {"B": Fraction(2), "A": Fraction(1)}]

    lines = borda("ABC", [in_order("ABC"), in_order("BAC")], ties=words)

    assert [(line.entry, line.place, line.is_shared, line.broken_by) for line in lines] == [
        ("B", 1, False, 1),
        ("A", 2, False, 1),
        ("C", 3, False, None),
    ]


def test_tie_breakers_part_entries_that_schulze_leaves_equal() -> None:
    found = schulze("ABC", [in_order("ABC"), in_order("BAC")], ties=[{"B": Fraction(1)}])

    assert found.winners == ("B",)
    assert [(found.places[entry].place, found.places[entry].broken_by) for entry in "ABC"] == [
        (2, 0),
        (1, 0),
        (3, None),
    ]
