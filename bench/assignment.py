"""Assigning jurors to entries, 5 readings each, to the proven optimum: CPU, beside one linear programme.

The peer is the same model given whole to SciPy's ``linprog`` and ``milp``; the totals are checked to be
equal before a time is shown. Two kinds of jury: every fit drawn for itself, and fits by topic, where all
entries of a topic suit a juror alike, so that many plans are equally good.
"""

import time
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import csr_array, vstack

from kaaring.planning.assignment import Assignment, Problem, assign, even_loads
from kaaring.planning.assignment.problem import as_flags
from kaaring.planning.names import alike

JURORS, READINGS, TOPICS = 300, 5, 8
PLENTY = 1_000_000
SYLLABLES = (
    "ba",
    "do",
    "nor",
    "tel",
    "kra",
    "ser",
    "vi",
    "ce",
    "bank",
    "spare",
    "net",
    "post",
    "ener",
    "rus",
)


def a_jury(entries: int, *, by_topic: bool, seed: int) -> Problem:
    """Return entries and 300 jurors, one pair in 50 in conflict, with even loads."""
    dice = np.random.default_rng(seed)
    fit = dice.integers(0, 1001, (entries, JURORS))
    if by_topic:
        knows = dice.dirichlet(np.full(TOPICS, 0.3), JURORS)
        fit = np.rint(1000 * knows[:, dice.integers(0, TOPICS, entries)].T).astype(np.int64)
    allowed = dice.random((entries, JURORS)) > 0.02
    readings = np.full(entries, READINGS)
    least, most = even_loads(readings, allowed, np.full(JURORS, PLENTY), fixed=())
    return Problem(fit, allowed, readings, least, most)


def whole_model(problem: Problem, answer: Assignment, *, by_milp: bool) -> int:
    """Return the greatest fit with the same lottery, from the model with all pairs at once."""
    entry, juror = np.nonzero(problem.allowed)
    pair, one = np.arange(len(entry)), np.ones(len(entry))
    per_entry = csr_array((one, (entry, pair)), shape=(len(problem.readings), len(pair)))
    per_juror = csr_array((one, (juror, pair)), shape=(JURORS, len(pair)))
    low = as_flags(answer.by_lottery, problem.allowed.shape)[entry, juror].astype(float)
    costs = -problem.fit[entry, juror]
    if by_milp:
        rows = [
            LinearConstraint(per_entry, problem.readings, problem.readings),
            LinearConstraint(per_juror, problem.least, problem.most),
        ]
        solved = milp(costs, integrality=one, bounds=Bounds(low, one), constraints=rows)
    else:
        solved = linprog(
            costs,
            A_ub=vstack([per_juror, -per_juror]),
            b_ub=np.concatenate([problem.most, -problem.least]),
            A_eq=per_entry,
            b_eq=problem.readings,
            bounds=np.column_stack([low, one]),
            method="highs-ds",
        )
    return -round(solved.fun)


def run() -> list[dict[str, Any]]:
    """Return the rows of the table, all times as CPU time of one process."""
    rows = []
    for by_topic in (False, True):
        small = a_jury(1_000, by_topic=by_topic, seed=1)
        rows.append(_row(small, by_topic, [_beside(small, by_milp=False), _beside(small, by_milp=True)]))
    rows += [_row(a_jury(10_000, by_topic=kind, seed=1), kind, ["", ""]) for kind in (False, True)]
    return [*rows, _names()]


def _row(problem: Problem, by_topic: bool, peers: list[Any]) -> dict[str, Any]:
    spent, answer = _seconds(lambda: assign(problem, seed=1), repeats=3)
    if answer.gap:
        raise AssertionError("The assignment is not proven to be the best")
    kind = "fits by topic" if by_topic else "fits drawn"
    return {
        "what": f"{len(problem.readings):,} entries × {JURORS} jurors, {kind}",
        "kaaring_s": spent,
        "linprog_s": peers[0],
        "milp_s": peers[1],
        "note": f"gap 0, loads {min(answer.loads)} to {max(answer.loads)}, "
        f"connected, comparability {answer.comparability:.2f}",
    }


def _beside(problem: Problem, *, by_milp: bool) -> float:
    answer = assign(problem, seed=1)
    spent, best = _seconds(lambda: whole_model(problem, answer, by_milp=by_milp))
    if best != answer.fit:
        raise AssertionError(f"The whole model finds {best}, not {answer.fit}")
    return spent


def _names() -> dict[str, Any]:
    """Measure the comparison of names that conflicts are looked for with."""
    dice = np.random.default_rng(1)
    entries, jurors = _made_up_names(5_000, dice), _made_up_names(500, dice)
    spent, found = _seconds(lambda: alike(entries, jurors, at_least=0.85), repeats=3)
    return {
        "what": "5,000 names beside 500",
        "kaaring_s": spent,
        "note": f"{len(found):,} pairs of 2.5 million are alike",
    }


def _made_up_names(count: int, dice: np.random.Generator) -> list[str]:
    words: NDArray[np.str_] = dice.choice(SYLLABLES, (count, 3, 3))
    return [" ".join("".join(word) for word in name[: dice.integers(1, 4)]) for name in words.tolist()]


def _seconds[Result](work: Callable[[], Result], repeats: int = 1) -> tuple[float, Result]:
    """Return the least CPU time of several runs, and what the last returned."""
    spent = []
    for _ in range(repeats):
        start = time.process_time()
        result = work()
        spent.append(time.process_time() - start)
    return min(spent), result


if __name__ == "__main__":
    for line in run():
        print(line)
