from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaaring.scoring import (
    EnquiryScore,
    NoPlace,
    ParticipantScore,
    Place,
    Tally,
    mean,
    participant_scores,
    places,
    rounded,
    standings,
)

MEAN, POOLED = ParticipantScore.MEAN_OF_ENQUIRIES, ParticipantScore.POOLED
SCORES = st.fractions(0, 100, max_denominator=40)


@st.composite
def any_enquiries(draw: st.DrawFn) -> list[EnquiryScore[str]]:
    possible = draw(st.lists(st.integers(1, 1000), min_size=1, max_size=20))
    return [EnquiryScore(draw(st.sampled_from("ABC")), draw(st.integers(0, most)), most) for most in possible]


def scores(**named: str) -> dict[str, Fraction]:
    return {name: Fraction(text) for name, text in named.items()}


def test_a_participants_score_is_the_mean_of_its_enquiries() -> None:
    # (119/180 + 0/180 + 80/130) / 3 = (1547 + 0 + 1440) / 2340 / 3 = 2987/7020, times 100.
    enquiries = [EnquiryScore("A", 119, 180), EnquiryScore("A", 0, 180), EnquiryScore("A", 80, 130)]

    assert participant_scores(enquiries, method=MEAN) == {"A": Tally(Fraction(298700, 7020), 3)}


def test_pooled_points_weigh_every_point_the_same() -> None:
    # (119 + 0 + 80) / (180 + 180 + 130) = 199/490, times 100.
    enquiries = [EnquiryScore("A", 119, 180), EnquiryScore("A", 0, 180), EnquiryScore("A", 80, 130)]

    assert participant_scores(enquiries, method=POOLED) == {"A": Tally(Fraction(19900, 490), 3)}


@pytest.mark.parametrize("impossible", [(0, 0, 1), (-1, 10, 1), (11, 10, 1), (21, 10, 2), (0, 10, 0)])
def test_points_that_cannot_be_are_refused(impossible: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="cannot be"):
        participant_scores([EnquiryScore("A", *impossible)], method=MEAN)


@given(any_enquiries(), st.sampled_from(ParticipantScore))
def test_exact_scores_agree_with_fraction_by_fraction(
    enquiries: list[EnquiryScore[str]], method: ParticipantScore
) -> None:
    for participant, tally in participant_scores(enquiries, method=method).items():
        own = [enquiry for enquiry in enquiries if enquiry.participant == participant]
        earned, possible = sum(one.earned for one in own), sum(one.possible for one in own)
        shares = [Fraction(one.earned, one.possible) for one in own]
        expected = Fraction(earned, possible) if method is POOLED else sum(shares, Fraction(0)) / len(own)

        assert tally == Tally(100 * expected, len(own))


@given(any_enquiries(), st.sampled_from(ParticipantScore), st.randoms(use_true_random=False))
def test_the_order_of_the_enquiries_changes_nothing(
    enquiries: list[EnquiryScore[str]], method: ParticipantScore, dice: Random
) -> None:
    shuffled = dice.sample(enquiries, len(enquiries))

    assert participant_scores(shuffled, method=method) == participant_scores(enquiries, method=method)


@given(any_enquiries(), st.sampled_from(ParticipantScore))
def test_enquiries_with_equal_possible_points_may_come_summed(
    enquiries: list[EnquiryScore[str]], method: ParticipantScore
) -> None:
    cells: dict[tuple[str, int], list[int]] = {}
    for one in enquiries:
        cells.setdefault((one.participant, one.possible), []).append(one.earned)
    summed = [EnquiryScore(name, sum(earned), most, len(earned)) for (name, most), earned in cells.items()]

    assert participant_scores(summed, method=method) == participant_scores(enquiries, method=method)


@given(any_enquiries(), st.sampled_from(ParticipantScore), st.sampled_from("ABC"))
def test_excluded_enquiries_change_nobody_else(
    enquiries: list[EnquiryScore[str]], method: ParticipantScore, excluded: str
) -> None:
    before = participant_scores(enquiries, method=method)
    without = [enquiry for enquiry in enquiries if enquiry.participant != excluded]

    assert participant_scores(without, method=method) == {k: v for k, v in before.items() if k != excluded}


@given(any_enquiries(), st.sampled_from(ParticipantScore), st.integers(1, 9))
def test_another_unit_changes_no_score(
    enquiries: list[EnquiryScore[str]], method: ParticipantScore, factor: int
) -> None:
    finer = [EnquiryScore(one.participant, one.earned * factor, one.possible * factor) for one in enquiries]

    assert participant_scores(finer, method=method) == participant_scores(enquiries, method=method)


def test_the_mean_of_nothing_is_not_zero() -> None:
    assert mean([]) is None


@given(st.lists(SCORES, min_size=1))
def test_the_mean_is_exact(values: list[Fraction]) -> None:
    assert mean(iter(values)) == sum(values, Fraction(0)) / len(values)


@pytest.mark.parametrize(
    ("score", "shown"),
    [("6255/100", "62.6"), ("62549/1000", "62.5"), ("125/2", "62.5"), ("95", "95.0"), ("-1225/100", "-12.3")],
)
def test_scores_are_rounded_half_up_once(score: str, shown: str) -> None:
    assert str(rounded(Fraction(score))) == shown


@given(st.integers(-(10**6), 10**6), st.integers(0, 3))
def test_rounding_agrees_with_decimals_own(thousandths: int, decimals: int) -> None:
    value = Decimal(thousandths).scaleb(-3)

    assert rounded(Fraction(thousandths, 1000), decimals) == value.quantize(
        Decimal(1).scaleb(-decimals), ROUND_HALF_UP
    )


def test_places_are_counted_one_two_two_four() -> None:
    placed = places(scores(A="70", B="90", C="80", D="80"), ties=[], shared_when_rounded_equal=False)

    assert placed == {
        "A": Place(4, False, None),
        "B": Place(1, False, None),
        "C": Place(2, True, None),
        "D": Place(2, True, None),
    }


def test_scores_that_show_the_same_share_a_place_only_where_the_rules_say_so() -> None:
    close = scores(A="9004/100", B="8996/100", C="8994/100")  # shown 90.0, 90.0, 89.9

    shared = places(close, ties=[], shared_when_rounded_equal=True)
    exact = places(close, ties=[], shared_when_rounded_equal=False)

    assert [(place.place, place.is_shared) for place in shared.values()] == [(1, True), (1, True), (3, False)]
    assert [(place.place, place.is_shared) for place in exact.values()] == [
        (1, False),
        (2, False),
        (3, False),
    ]


def test_tie_breakers_are_asked_in_their_order_and_say_which_one_decided() -> None:
    level = scores(A="80", B="80", C="80", D="80", E="10")
    agent = scores(A="70", B="90", C="70", D="70", E="100")
    answered = scores(A="50", B="10", C="60", D="50")

    placed = places(level, ties=[agent, answered], shared_when_rounded_equal=True)

    assert placed == {
        "A": Place(3, True, 1),
        "B": Place(1, False, 0),
        "C": Place(2, False, 1),
        "D": Place(3, True, 1),
        "E": Place(5, False, None),
    }


def test_a_tie_breaker_without_a_value_comes_last() -> None:
    placed = places(scores(A="80", B="80"), ties=[scores(B="0")], shared_when_rounded_equal=False)

    assert (placed["B"].place, placed["A"].place) == (1, 2)


def test_a_tie_breaker_that_shows_the_same_parts_nobody_where_shown_figures_decide() -> None:
    level, agent = scores(A="80", B="80"), scores(A="7001/100", B="70")

    assert places(level, ties=[agent], shared_when_rounded_equal=True)["A"] == Place(1, True, None)
    assert places(level, ties=[agent], shared_when_rounded_equal=False)["A"] == Place(1, False, 0)


@given(st.dictionaries(st.integers(0, 30), SCORES), st.booleans())
def test_a_place_is_one_more_than_the_number_of_those_ahead(
    values: dict[int, Fraction], is_shared: bool
) -> None:
    shown = {key: rounded(score) if is_shared else score for key, score in values.items()}

    for key, place in places(values, ties=[], shared_when_rounded_equal=is_shared).items():
        assert place.place == 1 + sum(other > shown[key] for other in shown.values())
        assert place.is_shared == (sum(other == shown[key] for other in shown.values()) > 1)


def test_standings_give_a_reason_wherever_they_give_no_place() -> None:
    tallies = {
        "A": Tally(Fraction(80), 25),
        "B": Tally(Fraction(90), 25),
        "C": Tally(Fraction(99), 4),
        "D": Tally(Fraction(70), 25),
        "E": Tally(Fraction(60), 5),
    }
    classes = {"F": "banks", "C": "banks", "A": "banks", "B": "banks", "D": "energy", "E": None}

    lines = standings(
        tallies,
        classes,
        ties=[],
        shared_when_rounded_equal=True,
        minimum_enquiries=5,
        minimum_participants={"banks": 2, "energy": 2},
    )

    assert [(line.participant, line.score, line.place, line.class_place, line.why) for line in lines] == [
        ("B", 90, 1, 1, None),
        ("A", 80, 2, 2, None),
        ("D", 70, 3, None, NoPlace.CLASS_TOO_SMALL),
        ("E", 60, 4, None, None),
        ("F", None, None, None, NoPlace.NOT_OBSERVED),
        ("C", None, None, None, NoPlace.TOO_FEW_ENQUIRIES),
    ]
    assert [line.enquiries for line in lines] == [25, 25, 25, 5, 0, 4]
    assert [line.competition_class for line in lines] == ["banks", "banks", "energy", None, "banks", "banks"]


def test_a_class_without_a_minimum_may_have_one_participant() -> None:
    (line,) = standings(
        {"A": Tally(Fraction(80), 1)},
        {"A": "banks"},
        ties=[],
        shared_when_rounded_equal=True,
        minimum_enquiries=1,
        minimum_participants={},
    )

    assert (line.place, line.class_place, line.is_shared, line.class_is_shared) == (1, 1, False, False)


def test_those_sharing_a_place_stand_in_the_order_of_their_exact_scores() -> None:
    close = {"A": Tally(Fraction(8996, 100), 1), "B": Tally(Fraction(9004, 100), 1)}

    lines = standings(
        close,
        dict.fromkeys(close, "banks"),
        ties=[],
        shared_when_rounded_equal=True,
        minimum_enquiries=1,
        minimum_participants={},
    )

    assert [(line.participant, line.place, line.is_shared, line.class_is_shared) for line in lines] == [
        ("B", 1, True, True),
        ("A", 1, True, True),
    ]
