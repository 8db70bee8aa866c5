from math import hypot

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaaring.inference import bands

LEVEL = 0.95


def test_a_run_ends_where_its_first_is_told_apart() -> None:
    # Both errors 1: told apart beyond 1.96 · √2 = 2.77 points. 95.0 − 92.3 = 2.7; 95.0 − 92.2 = 2.8.
    assert bands([95.0, 92.3, 92.2, 90.0, 80.0], [1.0] * 5, level=LEVEL) == [
        range(2),
        range(2, 4),
        range(4, 5),
    ]


def test_a_small_error_tells_apart_what_a_large_one_does_not() -> None:
    assert bands([90.0, 88.0], [0.5, 0.5], level=LEVEL) == [range(1), range(1, 2)]
    assert bands([90.0, 88.0], [0.5, 2.0], level=LEVEL) == [range(2)]


def test_equal_scores_without_error_stay_together() -> None:
    assert bands([90.0, 90.0, 89.0], [0.0] * 3, level=LEVEL) == [range(2), range(2, 3)]


def test_an_empty_list_has_no_runs() -> None:
    assert bands([], [], level=LEVEL) == []


@given(st.lists(st.tuples(st.floats(0, 100), st.floats(0, 9)), min_size=1, max_size=30))
def test_runs_cover_the_list_once_and_each_is_as_long_as_it_can_be(rows: list[tuple[float, float]]) -> None:
    rows.sort(reverse=True)
    scores, errors = zip(*rows, strict=True)
    runs = bands(scores, errors, level=LEVEL)

    def is_told_apart(first: int, other: int) -> bool:
        return scores[first] - scores[other] > 1.959963984540054 * hypot(errors[first], errors[other])

    assert [position for run in runs for position in run] == list(range(len(rows)))
    assert not any(is_told_apart(run[0], other) for run in runs for other in run)
    assert all(is_told_apart(run[0], run.stop) for run in runs[:-1])


@pytest.mark.parametrize(
    ("scores", "errors", "message"),
    [
        ([80.0, 90.0], [1.0, 1.0], "ranked"),
        ([90.0, 80.0], [1.0], "ranked"),
        ([[90.0]], [[1.0]], "ranked"),
        ([90.0, 80.0], [1.0, float("nan")], "needs a standard error"),
        ([90.0, 80.0], [1.0, -1.0], "needs a standard error"),
    ],
)
def test_a_list_that_is_not_ranked_or_not_measured_is_refused(
    scores: list[float], errors: list[float], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        bands(scores, errors, level=LEVEL)
