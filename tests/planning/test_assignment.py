from dataclasses import replace
from itertools import combinations, product
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, linear_sum_assignment, milp

from kaaring.planning.assignment import Assignment, Problem, Shortage, Underused, Unplaced, Why, assign
from tests.planning.build import a_problem, problems

SEEDS = st.integers(0, 2**32)


def best_by_milp(problem: Problem, answer: Assignment) -> int:
    """Return the greatest fit with the same fixed pairs, lottery and empty seats, from the whole model."""
    entries, jurors = problem.allowed.shape
    low, high = np.zeros((entries, jurors)), problem.allowed.astype(float)
    for pair in (*problem.fixed, *answer.by_lottery):
        low[pair] = 1
    readings = np.bincount([entry for entry, _ in answer.pairs], minlength=entries)
    loads = np.array(answer.loads)
    least, most = np.minimum(problem.least, loads), np.maximum(problem.most, loads)
    result = milp(
        -problem.fit.ravel(),
        integrality=np.ones(entries * jurors),
        bounds=Bounds(low.ravel(), high.ravel()),
        constraints=[
            LinearConstraint(np.kron(np.eye(entries), np.ones(jurors)), readings, readings),
            LinearConstraint(np.kron(np.ones(entries), np.eye(jurors)), least, most),
        ],
        options={"mip_rel_gap": 0},
    )
    return -round(result.fun)


def most_seats_by_milp(problem: Problem) -> int:
    """Return how many seats can be filled at all, fixed pairs included."""
    entries, jurors = problem.allowed.shape
    low = np.zeros((entries, jurors))
    for pair in problem.fixed:
        low[pair] = 1
    most = np.maximum(problem.most, low.sum(axis=0))
    readings = np.maximum(problem.readings, low.sum(axis=1))
    result = milp(
        -np.ones(entries * jurors),
        integrality=np.ones(entries * jurors),
        bounds=Bounds(low.ravel(), problem.allowed.astype(float).ravel()),
        constraints=[
            LinearConstraint(np.kron(np.eye(entries), np.ones(jurors)), 0, readings),
            LinearConstraint(np.kron(np.ones(entries), np.eye(jurors)), 0, most),
        ],
    )
    return -round(result.fun)


@given(problems(), SEEDS)
@settings(max_examples=80)
def test_no_pair_breaks_a_rule(problem: Problem, seed: int) -> None:
    answer = assign(problem, seed=seed)
    held = np.bincount([juror for _, juror in problem.fixed], minlength=len(problem.most))
    per_entry = np.bincount([entry for entry, _ in answer.pairs], minlength=len(problem.readings))
    fixed_of = np.bincount([entry for entry, _ in problem.fixed], minlength=len(problem.readings))

    assert all(problem.allowed[pair] for pair in answer.pairs)
    assert len(set(answer.pairs)) == len(answer.pairs)
    assert set(problem.fixed) <= set(answer.pairs)
    assert np.all(np.array(answer.loads) <= np.maximum(problem.most, held))
    assert np.all(per_entry <= np.maximum(problem.readings, fixed_of))
    assert sum(answer.loads) == len(answer.pairs)


@given(problems(), SEEDS)
@settings(max_examples=80)
def test_the_fit_is_the_greatest_that_the_lottery_leaves(problem: Problem, seed: int) -> None:
    answer = assign(problem, seed=seed)

    assert answer.fit == sum(int(problem.fit[pair]) for pair in answer.pairs)
    assert answer.fit <= best_by_milp(problem, answer) <= answer.most_fit
    if not answer.swaps:
        assert answer.gap == 0


@given(problems(), SEEDS)
@settings(max_examples=80)
def test_as_many_seats_are_filled_as_can_be_and_the_rest_is_accounted_for(
    problem: Problem, seed: int
) -> None:
    answer = assign(problem, seed=seed)

    assert len(answer.pairs) == most_seats_by_milp(problem)
    placed = np.bincount([entry for entry, _ in answer.pairs], minlength=len(problem.readings))
    missing = {line.entry: line.missing for line in answer.unplaced}
    assert missing == {
        entry: need - have
        for entry, (need, have) in enumerate(zip(problem.readings.tolist(), placed.tolist(), strict=True))
        if need > have
    }
    assert {line.juror: line.load for line in answer.underused} == {
        juror: load for juror, load in enumerate(answer.loads) if load < problem.least[juror]
    }


@given(problems(most_entries=3, most_jurors=4), SEEDS)
@settings(max_examples=40)
def test_no_way_to_fill_the_seats_has_more_fit(problem: Problem, seed: int) -> None:
    problem = replace(problem, seats_by_lottery=0)
    answer = assign(problem, seed=seed)
    entries, jurors = problem.allowed.shape
    readings = [sum(pair[0] == entry for pair in answer.pairs) for entry in range(entries)]
    least = [min(bound, load) for bound, load in zip(problem.least.tolist(), answer.loads, strict=True)]
    most = [max(bound, load) for bound, load in zip(problem.most.tolist(), answer.loads, strict=True)]
    choices = [
        combinations(np.flatnonzero(row).tolist(), n)
        for row, n in zip(problem.allowed, readings, strict=True)
    ]

    def fit_of(plan: tuple[tuple[int, ...], ...]) -> int:
        pairs = {(entry, juror) for entry, chosen in enumerate(plan) for juror in chosen}
        loads = [sum(pair[1] == juror for pair in pairs) for juror in range(jurors)]
        within = all(low <= load <= high for low, load, high in zip(least, loads, most, strict=True))
        return sum(int(problem.fit[p]) for p in pairs) if within and pairs >= set(problem.fixed) else -1

    assert answer.fit == max(map(fit_of, product(*choices)))


@given(st.integers(1, 12), SEEDS)
@settings(max_examples=40)
def test_one_reading_each_is_the_classical_assignment(size: int, seed: int) -> None:
    fit = np.random.default_rng(seed).integers(0, 1001, (size, size))
    problem = a_problem(entries=size, jurors=size, readings=1, fit=fit.tolist(), seats_by_lottery=0)

    assert assign(problem, seed=seed).fit == fit[linear_sum_assignment(fit, maximize=True)].sum()


def test_the_whole_plan_is_proven_the_best_where_many_fits_are_equal() -> None:
    # Eight topics; a juror's fit is the same for all entries of a topic, so prices alone tell nothing apart.
    dice = np.random.default_rng(5)
    knows = dice.dirichlet(np.full(8, 0.3), 40)
    fit = np.rint(1000 * knows[:, dice.integers(0, 8, 120)].T).astype(np.int64)
    problem = a_problem(entries=120, jurors=40, readings=5, fit=fit.tolist())
    answer = assign(problem, seed=1)

    assert answer.gap == 0
    assert answer.fit == best_by_milp(problem, answer)
    assert len(answer.by_lottery) == 120


@given(problems(), SEEDS)
@settings(max_examples=40)
def test_the_same_seed_gives_the_same_assignment(problem: Problem, seed: int) -> None:
    assert assign(problem, seed=seed) == assign(problem, seed=seed)


def test_another_seed_gives_another_lottery() -> None:
    problem = a_problem(entries=30, jurors=12, readings=3)

    assert assign(problem, seed=1).by_lottery != assign(problem, seed=2).by_lottery


def test_the_lottery_draws_as_many_seats_as_asked_of_every_entry_and_evenly_of_jurors() -> None:
    for seats in (0, 1, 2, 3):
        answer = assign(a_problem(entries=24, jurors=8, readings=3, seats_by_lottery=seats), seed=3)
        drawn = np.bincount([juror for _, juror in answer.by_lottery], minlength=8)

        assert [sum(entry == e for e, _ in answer.by_lottery) for entry in range(24)] == [seats] * 24
        assert drawn.max() - drawn.min() <= 1


def test_the_lottery_gives_every_juror_the_same_chance() -> None:
    # 200 draws of 4 jurors for entry 0: 50 each, standard deviation √(200 · ¼ · ¾) = 6.1.
    problem = a_problem(entries=8, jurors=4, readings=1)
    drawn = [dict(assign(problem, seed=seed).by_lottery)[0] for seed in range(200)]

    assert all(25 <= drawn.count(juror) <= 75 for juror in range(4))


def test_a_fixed_pair_counts_as_a_reading_and_leaves_fewer_to_the_lottery() -> None:
    problem = a_problem(entries=4, jurors=4, readings=2, fixed=((0, 1), (0, 2), (1, 1)))
    answer = assign(problem, seed=1)

    assert [pair for pair in answer.pairs if pair[0] == 0] == [(0, 1), (0, 2)]
    assert 0 not in dict(answer.by_lottery)
    assert answer.loads == (2, 2, 2, 2)


def test_a_juror_who_already_has_more_than_the_most_keeps_it_and_gets_no_more() -> None:
    problem = a_problem(entries=4, jurors=3, readings=1, fixed=((0, 0), (1, 0), (2, 0)), capacity=[1, 9, 9])

    assert assign(problem, seed=1).loads[0] == 3


def test_an_entry_with_too_few_eligible_jurors_is_named_with_their_number() -> None:
    problem = a_problem(entries=4, jurors=4, readings=3, conflicts=((2, 0), (2, 1)))
    answer = assign(problem, seed=1)

    assert answer.unplaced == (
        Unplaced(2, 1, 3, 2, Why.NOT_ENOUGH_ELIGIBLE, Shortage((2,), (), needed=3, available=2)),
    )
    assert not answer.is_complete


def test_entries_that_compete_for_full_jurors_are_named_with_what_they_need_and_can_get() -> None:
    # Entries 0 to 2 are in a language that jurors 0 and 1 alone read, who can take 2 each: 4 of 6 seats.
    conflicts = tuple((entry, juror) for entry in range(3) for juror in (2, 3, 4))
    problem = a_problem(entries=6, jurors=5, readings=2, conflicts=conflicts, capacity=[2, 2, 9, 9, 9])
    answer = assign(problem, seed=1)

    assert {line.shortage for line in answer.unplaced} == {Shortage((0, 1, 2), (0, 1), needed=6, available=4)}
    assert [(line.missing, line.eligible, line.why) for line in answer.unplaced] == [(1, 2, Why.CAPACITY)] * 2


def test_what_is_missing_is_spread_over_the_entries() -> None:
    answer = assign(a_problem(entries=6, jurors=3, readings=3, capacity=4), seed=1)

    assert [line.missing for line in answer.unplaced] == [1] * 6


def test_two_shortages_that_share_no_juror_are_told_apart() -> None:
    conflicts = tuple((e, j) for e in range(4) for j in range(4) if (e < 2) != (j < 2))
    answer = assign(a_problem(entries=4, jurors=4, readings=2, conflicts=conflicts, capacity=1), seed=1)

    assert {line.shortage for line in answer.unplaced} == {
        Shortage((0, 1), (0, 1), needed=4, available=2),
        Shortage((2, 3), (2, 3), needed=4, available=2),
    }


def test_a_juror_who_can_read_less_than_the_least_is_named() -> None:
    conflicts = tuple((entry, 0) for entry in range(1, 6))
    problem = replace(a_problem(entries=6, jurors=3, readings=1, conflicts=conflicts), least=np.full(3, 2))

    assert assign(problem, seed=1).underused == (Underused(0, least=2, load=1),)


def test_nothing_to_read_and_nobody_to_read_are_answers_too() -> None:
    nothing = assign(a_problem(entries=0, jurors=3), seed=1)
    nobody = assign(a_problem(entries=2, jurors=0), seed=1)

    assert (nothing.pairs, nothing.loads, nothing.is_complete) == ((), (0, 0, 0), True)
    assert [(line.missing, line.eligible) for line in nobody.unplaced] == [(2, 0), (2, 0)]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"fit": np.full((6, 3), 5)}, "fit must hold"),
        ({"fit": np.full((6, 4), 0.5)}, "fit must hold"),
        ({"fit": np.full((6, 4), 1001)}, "between 0 and 1000"),
        ({"fit": np.full((6, 4), -1)}, "between 0 and 1000"),
        ({"allowed": np.ones(4, np.bool_)}, "two dimensions"),
        ({"allowed": np.ones((6, 4), np.int64)}, "True and False"),
        ({"readings": np.full(6, -1)}, "0 or more"),
        ({"seats_by_lottery": -1}, "0 or more"),
        ({"least": np.full(4, -1)}, "least"),
        ({"least": np.full(4, 9)}, "least"),
        ({"fixed": [(6, 0)]}, "out of range"),
        ({"fixed": [(0, -1)]}, "out of range"),
        ({"fixed": [(5, 3)]}, "not allowed"),
        ({"fixed": [(0, 0), (0, 0)]}, "twice"),
    ],
)
def test_a_problem_that_means_nothing_is_refused(change: dict[str, Any], message: str) -> None:
    problem = replace(a_problem(conflicts=((5, 3),)), **change)

    with pytest.raises(ValueError, match=message):
        assign(problem, seed=1)


def test_a_solver_that_fails_is_an_error_and_no_assignment(monkeypatch: pytest.MonkeyPatch) -> None:
    failed = SimpleNamespace(status=4, message="numbers went wrong")
    monkeypatch.setattr("kaaring.planning.assignment.optimum.linprog", lambda *_, **__: failed)

    with pytest.raises(RuntimeError, match="numbers went wrong"):
        assign(a_problem(entries=2, jurors=2, readings=1, fit=[[9, 1], [9, 5]], seats_by_lottery=0), seed=1)
