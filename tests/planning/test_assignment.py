import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from kaaring.planning.assignment import Assignment, Problem, assign
from tests.planning.build import problems

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
@settings(deadline=None, max_examples=200)
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
@settings(deadline=None, max_examples=200)
def test_the_fit_is_the_greatest_that_the_lottery_leaves(problem: Problem, seed: int) -> None:
    answer = assign(problem, seed=seed)

    assert answer.fit == sum(int(problem.fit[pair]) for pair in answer.pairs)
    assert answer.fit <= best_by_milp(problem, answer) <= answer.most_fit
    if not answer.swaps:
        assert answer.gap == 0


@given(problems(), SEEDS)
@settings(deadline=None, max_examples=200)
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
