"""What drawings need: positions in per cent, and words for those who do not see them."""

from fractions import Fraction

import pytest
from django.utils.translation import override

from kaaring.web.drawings import Mark, line_chart


@pytest.fixture(autouse=True)
def _in_english() -> object:
    with override("en"):
        yield


def test_a_mark_says_everything_it_shows() -> None:
    mark = Mark("Centre", Fraction(80), 74.25, 85.75, Fraction(78), Fraction(74), Fraction(90))

    assert (
        mark.label == "Centre: 80.0, interval 74.3 to 85.8, the class 78.0, all 74.0, best in the class 90.0"
    )


def test_a_mark_says_no_more_than_it_shows() -> None:
    assert Mark("Centre", Fraction(80)).label == "Centre: 80.0"


def test_there_is_no_line_without_a_score() -> None:
    assert line_chart([("1", None), ("2", None)], label="", name="") is None


def test_a_line_stays_inside_its_grid_and_breaks_where_there_is_no_score() -> None:
    points = [("50", Fraction(72)), ("51", Fraction(74)), ("52", None), ("1", Fraction(88))]

    chart = line_chart(points, label="", name="Centre", level=("all", Fraction(65)))

    assert chart is not None
    assert [line.text for line in chart.grid] == ["60", "70", "80", "90"]
    assert len(chart.segments) == 1
    assert len(chart.dots) == 3
    assert all(chart.grid[-1].y <= dot.y <= chart.grid[0].y for dot in chart.dots)
    assert chart.level is not None
    assert chart.grid[1].y < chart.level.y < chart.grid[0].y
    assert chart.last.text == "Centre"


def test_a_line_of_one_score_has_a_dot_and_a_grid() -> None:
    chart = line_chart([("5", Fraction(100))], label="", name="Centre")

    assert chart is not None
    assert len(chart.dots) == 1
    assert [line.text for line in chart.grid] == ["80", "90", "100"]


def test_many_weeks_name_only_some() -> None:
    chart = line_chart([(str(week), Fraction(70)) for week in range(30)], label="", name="")

    assert chart is not None
    assert len(chart.names) <= 8


@pytest.mark.parametrize(("scores", "is_below"), [((70, 75, 80), False), ((80, 75, 70), True)])
def test_the_name_stands_where_the_line_does_not_run(scores: tuple[int, ...], is_below: bool) -> None:
    chart = line_chart([(str(score), Fraction(score)) for score in scores], label="", name="Centre")

    assert chart is not None
    assert chart.is_last_below is is_below
