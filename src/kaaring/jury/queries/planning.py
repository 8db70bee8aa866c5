"""Planning who reads what. Loads SciPy: for workers and commands, never for pages."""

from collections.abc import Iterable

import numpy as np

from kaaring.jury.models import Stage
from kaaring.jury.queries.ground import EntryHere, Ground, JurorHere, ground_of
from kaaring.jury.queries.plans import Gap, Plan
from kaaring.jury.queries.recusals import Pair
from kaaring.jury.queries.stages import rules_of
from kaaring.jury.rules import assignments as may
from kaaring.kernel.refused import refuse
from kaaring.planning.assignment import Assignment, Problem, Unplaced, Why, assign, even_loads
from kaaring.planning.assignment.problem import Flags, Whole

KNOWS_IT, KNOWS_ITS_GROUP, KNOWS_ALL, KNOWS_OTHERS = 1000, 700, 600, 200
"""What a juror suits an entry: named its category, named one beside it, named none, named only others."""


def plan_assignment(stage: Stage, *, seed: int) -> Plan:
    """Return who is to read what in a stage; nothing is written.

    What was begun or done by hand stays. The same ground and seed give the same plan.
    """
    ground, own = ground_of(stage), rules_of(stage)
    refuse(may.against_planning(own, entries=len(ground.entries), jurors=len(ground.jurors)))
    fit, allowed = _fit(ground), _allowed(ground)
    fixed = _positions(ground, ground.fixed)
    readings = np.full(len(ground.entries), ground.readings, np.int64)
    capacity = np.array([one.most_entries or len(ground.entries) for one in ground.jurors], np.int64)
    least, most = even_loads(readings, allowed, capacity, fixed=fixed)
    problem = Problem(
        fit, allowed, readings, least, most, fixed=fixed, seats_by_lottery=ground.seats_by_lottery
    )
    return _plan(stage.code, seed, ground, assign(problem, seed=seed))


def _fit(ground: Ground) -> Whole:
    """Return how much each juror suits each entry, worked out once for each category."""
    rows = {
        category: [_suits(juror, category, ground) for juror in ground.jurors]
        for category in {entry.category for entry in ground.entries}
    }
    table = [rows[entry.category] for entry in ground.entries]
    return np.array(table, np.int64).reshape(len(ground.entries), len(ground.jurors))


def _suits(juror: JurorHere, category: str, ground: Ground) -> int:
    if not juror.categories:
        return KNOWS_ALL
    if category in juror.categories:
        return KNOWS_IT
    group = ground.groups.get(category)
    is_beside = group and any(ground.groups.get(known) == group for known in juror.categories)
    return KNOWS_ITS_GROUP if is_beside else KNOWS_OTHERS


def _allowed(ground: Ground) -> Flags:
    """Return who may read what: in the panel, knows the language, no conflict; what stands may stand."""
    rows = {kind: _row(ground, *kind) for kind in {(one.category, one.language) for one in ground.entries}}
    table = [rows[one.category, one.language] for one in ground.entries]
    allowed = np.array(table, np.bool_).reshape(len(ground.entries), len(ground.jurors))
    for pairs, is_allowed in ((ground.conflicts | ground.ended_by_hand, False), (ground.fixed, True)):
        for entry, juror in _positions(ground, pairs):
            allowed[entry, juror] = is_allowed
    return allowed


def _row(ground: Ground, category: str, language: str) -> list[bool]:
    panel = ground.panels.get(category)
    return [(panel is None or one.key in panel) and one.reads(language) for one in ground.jurors]


def _positions(ground: Ground, pairs: Iterable[Pair]) -> list[tuple[int, int]]:
    """Return pairs as the solver names them: (entry, juror), by position."""
    entries = {entry.key: position for position, entry in enumerate(ground.entries)}
    jurors = {juror.key: position for position, juror in enumerate(ground.jurors)}
    return sorted((entries[entry], jurors[juror]) for juror, entry in pairs)


def _plan(stage: str, seed: int, ground: Ground, answer: Assignment) -> Plan:
    def keys(positions: Iterable[tuple[int, int]]) -> tuple[Pair, ...]:
        return tuple((ground.jurors[juror].key, ground.entries[entry].key) for entry, juror in positions)

    return Plan(
        stage=stage,
        seed=seed,
        digest=ground.digest,
        readings=ground.readings,
        pairs=keys(answer.pairs),
        kept=tuple(sorted(ground.fixed)),
        by_lottery=keys(answer.by_lottery),
        gaps=tuple(_gap(ground, one) for one in answer.unplaced),
        parts=tuple(tuple(ground.jurors[juror].key for juror in part) for part in answer.components),
        comparability=round(answer.comparability, 4),
        fit=answer.fit,
        gap=answer.gap,
    )


def _gap(ground: Ground, one: Unplaced) -> Gap:
    entry = ground.entries[one.entry]
    out = [_out(ground, entry, juror) for juror in ground.jurors]
    return Gap(
        entry=entry.key,
        missing=one.missing,
        needed=one.needed,
        eligible=one.eligible,
        by_conflict=out.count("conflict"),
        by_language=out.count("language"),
        by_panel=out.count("panel"),
        by_hand=out.count("hand"),
        is_full=one.why is Why.CAPACITY,
        competing=len(one.shortage.entries),
        needed_by_all=one.shortage.needed,
        available=one.shortage.available,
        full=tuple(ground.jurors[juror].key for juror in one.shortage.jurors),
    )


def _out(ground: Ground, entry: EntryHere, juror: JurorHere) -> str:
    """Return what keeps a juror from an entry, empty where nothing does."""
    pair, panel = (juror.key, entry.key), ground.panels.get(entry.category)
    if pair in ground.fixed:
        return ""
    if panel is not None and juror.key not in panel:
        return "panel"
    if pair in ground.conflicts:
        return "conflict"
    if pair in ground.ended_by_hand:
        return "hand"
    return "" if juror.reads(entry.language) else "language"
