"""What a definition says, in words."""

from fractions import Fraction

import pytest
from django.utils.translation import override

from kaaring.results.queries.tables import Band
from kaaring.web.public.editions import in_fours
from kaaring.web.public.tables import note_on
from kaaring.web.public.wording import kind_of, length, listed, points, share, unit_name, weekdays

BAND = Band(2, 5, frozenset({1, 2}))


@pytest.fixture(autouse=True)
def _in_english() -> object:
    with override("en"):
        yield


@pytest.mark.parametrize(
    ("amount", "unit", "words"),
    [
        (300, "seconds", "5 minutes"),
        (60, "seconds", "1 minute"),
        (90, "seconds", "90 seconds"),
        (3600, "seconds", "1 hour"),
        (240, "working_minutes", "4 working hours"),
        (3, "working_days", "3 working days"),
        (2, "count", "2 times"),
        (1, "weeks", "1 week"),
    ],
)
def test_a_length_of_time_is_said_in_the_largest_unit_that_comes_out_even(
    amount: int, unit: str, words: str
) -> None:
    assert length(amount, unit) == words


@pytest.mark.parametrize(
    ("amount", "shown"),
    [(Fraction(4), "4"), (Fraction(1, 2), "0.5"), (Fraction(9, 8), "1.125"), (Fraction(1, 3), "1/3")],
)
def test_points_are_shown_exactly(amount: Fraction, shown: str) -> None:
    assert points(amount) == shown


def test_points_have_the_readers_decimal_mark() -> None:
    with override("nb"):
        assert points(Fraction(1, 2)) == "0,5"


def test_a_share_of_nothing_is_a_dash() -> None:
    assert share(Fraction(1), Fraction(8)) == "12.5"
    assert share(Fraction(0), Fraction(0)) == "–"


def test_names_are_listed_as_a_sentence_lists_them() -> None:
    assert [listed(names) for names in ([], ["A"], ["A", "B"], ["A", "B", "C"])] == [
        "",
        "A",
        "A and B",
        "A, B and C",
    ]


def test_days_that_follow_one_another_are_said_as_a_span() -> None:
    assert weekdays(["mon", "tue", "wed"]) == "Monday to Wednesday"
    assert weekdays(["mon", "wed", "fri"]) == "Monday, Wednesday and Friday"
    assert weekdays(["sat"]) == "Saturday"


def test_units_and_kinds_have_names() -> None:
    assert unit_name("working_minutes") == "working minutes"
    assert kind_of("question") == "performance"


def test_a_digest_is_shown_in_fours() -> None:
    assert in_fours("0123456789") == "0123 4567 89"


def test_a_band_says_its_places_and_the_enquiries_where_all_have_the_same_number() -> None:
    assert note_on(BAND, [25, 25]) == "Places 2 to 5 cannot be told apart with 25 enquiries each"
    assert note_on(BAND, [25, 24]) == "Places 2 to 5 cannot be told apart"
    assert note_on(Band(2, 2, frozenset()), [3, 3]).startswith("Place 2 is shared")
