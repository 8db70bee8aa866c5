"""Assignments to try: small ones drawn by Hypothesis, and one that a test can write down."""

import numpy as np
from hypothesis import strategies as st

from kaaring.planning.assignment import Problem, even_loads
from kaaring.planning.assignment.problem import Pair

PLENTY = 1_000


def a_problem(
    *,
    entries: int = 6,
    jurors: int = 4,
    readings: int = 2,
    fit: list[list[int]] | None = None,
    conflicts: tuple[Pair, ...] = (),
    fixed: tuple[Pair, ...] = (),
    capacity: int | list[int] = PLENTY,
    seats_by_lottery: int = 1,
) -> Problem:
    """Return a problem with even loads in which everybody suits everything alike."""
    allowed = np.ones((entries, jurors), np.bool_)
    for entry, juror in conflicts:
        allowed[entry, juror] = False
    needs = np.full(entries, readings)
    least, most = even_loads(needs, allowed, np.zeros(jurors, np.int64) + capacity, fixed=fixed)
    suits = np.full((entries, jurors), 500) if fit is None else np.array(fit)
    return Problem(suits, allowed, needs, least, most, fixed=fixed, seats_by_lottery=seats_by_lottery)


@st.composite
def problems(draw: st.DrawFn, most_entries: int = 7, most_jurors: int = 6) -> Problem:
    """Draw a problem of any kind, many of which cannot be solved completely."""
    dice = np.random.default_rng(draw(st.integers(0, 2**32)))
    entries, jurors = draw(st.integers(1, most_entries)), draw(st.integers(1, most_jurors))
    allowed = dice.random((entries, jurors)) < draw(st.sampled_from([0.4, 0.8, 1.0]))
    levels = draw(st.sampled_from([[0, 500, 1000], list(range(1001)), [700]]))
    readings = dice.integers(0, draw(st.integers(1, 4)), entries, endpoint=True)
    fixed = [(e, j) for e, j in np.argwhere(allowed).tolist() if dice.random() < 0.1]
    if draw(st.booleans()):
        least, most = even_loads(readings, allowed, dice.integers(0, 9, jurors), fixed=fixed)
    else:
        least = dice.integers(0, 3, jurors)
        most = least + dice.integers(0, 5, jurors)
    return Problem(
        fit=dice.choice(levels, (entries, jurors)),
        allowed=allowed,
        readings=readings,
        least=least,
        most=most,
        fixed=fixed,
        seats_by_lottery=draw(st.integers(0, 2)),
    )
