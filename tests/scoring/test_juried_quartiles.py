"""Quartiles by definition 7 of Hyndman and Fan, and the quarter that a place is in."""

from fractions import Fraction

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaaring.scoring.juried import quarter_of, quartiles

FIGURES = st.lists(st.fractions(min_value=0, max_value=100, max_denominator=60), min_size=1, max_size=40)


def of(*figures: int) -> list[Fraction]:
    return [Fraction(figure) for figure in figures]


def test_quartiles_lie_between_neighbours_as_calculated_by_hand() -> None:
    # Positions 1 + 5/4, 1 + 10/4 and 1 + 15/4 of 1, 3, 4, 8, 10, 15.
    assert quartiles(of(8, 1, 15, 3, 10, 4)) == (Fraction(13, 4), Fraction(6), Fraction(19, 2))


def test_where_a_position_is_whole_the_quartile_is_one_of_the_figures() -> None:
    assert quartiles(of(50, 10, 20, 40, 30)) == (Fraction(20), Fraction(30), Fraction(40))


def test_a_single_figure_is_all_its_quartiles() -> None:
    assert quartiles(of(7)) == (7, 7, 7)


def test_there_are_no_quartiles_of_nothing() -> None:
    with pytest.raises(ValueError, match="nothing"):
        quartiles([])


@given(FIGURES)
def test_quartiles_agree_with_another_implementation(figures: list[Fraction]) -> None:
    expected = numpy.quantile([float(one) for one in figures], [0.25, 0.5, 0.75], method="linear")

    assert [float(one) for one in quartiles(figures)] == pytest.approx(expected.tolist())


@given(FIGURES, st.fractions(min_value=0, max_value=100, max_denominator=9))
def test_moving_every_figure_moves_the_quartiles_as_far(figures: list[Fraction], by: Fraction) -> None:
    moved = quartiles([one + by for one in figures])

    assert moved == tuple(one + by for one in quartiles(figures))


@given(FIGURES)
def test_quartiles_are_in_order_and_within_the_figures(figures: list[Fraction]) -> None:
    found = quartiles(figures)

    assert min(figures) <= found.lower <= found.median <= found.upper <= max(figures)


@given(st.integers(1, 500))
def test_no_quarter_has_two_places_more_than_another(among: int) -> None:
    quarters = [quarter_of(place, among) for place in range(1, among + 1)]
    sizes = [quarters.count(quarter) for quarter in range(1, 5)]

    assert max(sizes) - min(sizes) <= 1
    assert sum(sizes) == among


@pytest.mark.parametrize("place", [0, 5])
def test_a_place_beyond_those_there_are_has_no_quarter(place: int) -> None:
    with pytest.raises(ValueError, match="no place"):
        quarter_of(place, 4)
