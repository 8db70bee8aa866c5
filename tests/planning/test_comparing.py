import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kaaring.planning.assignment import Assignment, assign
from kaaring.planning.assignment.comparing import comparability, components
from kaaring.planning.assignment.problem import Pair
from tests.planning.build import a_problem

# Two groups of 10 entries and 5 jurors who suit their own group alone: by fit alone nobody meets the others.
OWN = [[1000 * ((entry < 10) == (juror < 5)) for juror in range(10)] for entry in range(20)]


def two_groups(*, seats_by_lottery: int, seed: int, conflicts: tuple[Pair, ...] = ()) -> Assignment:
    problem = a_problem(
        entries=20, jurors=10, readings=2, fit=OWN, conflicts=conflicts, seats_by_lottery=seats_by_lottery
    )
    return assign(problem, seed=seed)


def placed(*readers: tuple[int, ...], jurors: int) -> np.ndarray[tuple[int, int], np.dtype[np.bool_]]:
    flags = np.zeros((len(readers), jurors), np.bool_)
    for entry, who in enumerate(readers):
        flags[entry, list(who)] = True
    return flags


def test_fit_alone_can_divide_the_jurors_and_the_answer_says_so() -> None:
    answer = two_groups(seats_by_lottery=0, seed=1)

    assert not answer.is_connected
    assert len(answer.components) >= 2
    assert answer.comparability == 0
    assert answer.fit == answer.most_fit == 40_000


def test_the_lottery_connects_them() -> None:
    answer = two_groups(seats_by_lottery=1, seed=1)

    assert answer.is_connected
    assert answer.components == (tuple(range(10)),)
    assert answer.comparability > 0


@given(st.integers(0, 2**32))
@settings(max_examples=40)
def test_exchanged_seats_stay_within_the_rules_and_the_bound_stays_true(seed: int) -> None:
    # Three entries with two readings and few jurors: the lottery alone often leaves two groups.
    fit = [[1000 * (entry // 2 == juror // 2) for juror in range(6)] for entry in range(6)]
    problem = a_problem(entries=6, jurors=6, readings=2, fit=fit, conflicts=((0, 5), (5, 0)))
    answer = assign(problem, seed=seed)

    assert not {(0, 5), (5, 0)} & set(answer.pairs)
    assert set(answer.loads) == {2}
    assert len(set(answer.pairs)) == 12
    assert len(answer.by_lottery) == 6
    assert set(answer.by_lottery) <= set(answer.pairs)
    assert answer.gap >= 0


def test_a_divided_jury_is_connected_by_exchanging_lottery_seats() -> None:
    fit = [[1000 * (entry // 2 == juror // 2) for juror in range(6)] for entry in range(6)]
    problem = a_problem(entries=6, jurors=6, readings=2, fit=fit)
    answers = [assign(problem, seed=seed) for seed in range(25)]

    assert any(answer.swaps for answer in answers)
    assert all(answer.is_connected for answer in answers if answer.swaps)


def test_jurors_whom_conflicts_divide_stay_divided() -> None:
    across = tuple((e, j) for e in range(20) for j in range(10) if (e < 10) != (j < 5))
    answer = two_groups(seats_by_lottery=1, seed=1, conflicts=across)

    assert answer.components == (tuple(range(5)), tuple(range(5, 10)))
    assert answer.swaps == 0


def test_components_name_jurors_who_read_the_largest_first() -> None:
    assert components(placed((1, 2), (2, 3), (5, 6), jurors=8)) == ((1, 2, 3), (5, 6))


def test_comparability_is_1_when_everybody_reads_everything() -> None:
    assert comparability(np.ones((7, 4), np.bool_)) == pytest.approx(1)
    assert comparability(placed((0,), (0,), jurors=2)) == 1


def test_comparability_is_0_when_nobody_shares_an_entry() -> None:
    assert comparability(placed((0,), (1,), jurors=2)) == 0


def test_comparability_of_a_chain_is_what_its_eigenvalues_say() -> None:
    # Jurors 0-1-2 in a row, pairs of readings: half the Laplacian of a path, eigenvalues 0, 1/2, 3/2.
    assert comparability(placed((0, 1), (1, 2), jurors=3)) == pytest.approx(0.5)


def test_comparability_of_a_ring_is_what_its_eigenvalues_say() -> None:
    # A ring of n has eigenvalues 2 − 2 cos(2πk/n): for 5, the second is 1.38197 and the mean of four is 2.5.
    ring = placed((0, 1), (1, 2), (2, 3), (3, 4), (4, 0), jurors=5)

    assert comparability(ring) == pytest.approx((2 - 2 * np.cos(2 * np.pi / 5)) / 2.5)
