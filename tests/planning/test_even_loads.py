from collections.abc import Sequence

import numpy as np
from hypothesis import given, settings

from kaaring.planning.assignment import Problem, assign, even_loads
from kaaring.planning.assignment.problem import Pair
from tests.planning.build import PLENTY, problems


def loads_of(
    readings: list[int],
    capacity: list[int],
    *,
    forbidden: Sequence[Pair] = (),
    fixed: Sequence[Pair] = (),
) -> tuple[list[int], list[int]]:
    allowed = np.ones((len(readings), len(capacity)), np.bool_)
    for pair in forbidden:
        allowed[pair] = False
    least, most = even_loads(np.array(readings), allowed, np.array(capacity), fixed=fixed)
    return least.tolist(), most.tolist()


def test_loads_are_the_mean_rounded_down_and_up() -> None:
    assert loads_of([2] * 5, [PLENTY] * 4) == ([2] * 4, [3] * 4)


def test_a_mean_that_is_whole_is_what_everybody_reads() -> None:
    assert loads_of([2] * 6, [PLENTY] * 4)[1] == [3] * 4


def test_what_a_juror_is_not_willing_to_read_falls_on_the_others() -> None:
    # 10 seats: 1 for the first, 9 for three others.
    assert loads_of([2] * 5, [1, 9, 9, 9])[1] == [1, 3, 3, 3]


def test_a_language_that_few_read_lets_them_read_more_and_the_others_less() -> None:
    # Entries 0 to 5 can be read by juror 0 alone; entries 6 and 7 by jurors 1 and 2.
    forbidden = [(e, j) for e in range(6) for j in (1, 2)] + [(e, 0) for e in (6, 7)]
    least, most = loads_of([1] * 8, [9, 9, 9], forbidden=forbidden)

    assert most[0] == 6
    assert max(least[1:]) <= 2
    assert sum(least[1:]) <= 2


def test_more_than_all_are_willing_to_read_gives_everybody_their_capacity() -> None:
    assert loads_of([3] * 6, [2, 3, 4]) == ([2, 3, 3], [2, 3, 4])


def test_a_juror_with_many_fixed_pairs_leaves_the_rest_even_for_the_others() -> None:
    fixed = [(entry, 0) for entry in range(5)]
    # 10 seats, 5 of them held by juror 0, who needs no more; 5 for two others.
    assert loads_of([1] * 10, [9, 9, 9], fixed=fixed)[1][1:] == [3, 3]


def test_without_jurors_there_are_no_loads() -> None:
    assert loads_of([1, 1], []) == ([], [])


@given(problems())
@settings(max_examples=40)
def test_even_loads_leave_no_seat_empty_that_capacity_would_fill(problem: Problem) -> None:
    capacity = problem.most
    least, most = even_loads(problem.readings, problem.allowed, capacity, fixed=problem.fixed)
    even = Problem(problem.fit, problem.allowed, problem.readings, least, most, fixed=problem.fixed)
    roomy = Problem(
        problem.fit,
        problem.allowed,
        problem.readings,
        0 * least,
        np.maximum(most, capacity),
        fixed=problem.fixed,
    )
    answer = assign(even, seed=1)

    assert len(answer.pairs) == len(assign(roomy, seed=1).pairs)
    assert answer.underused == ()
