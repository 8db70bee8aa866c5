"""How strict the jurors of a stage are, and scores moved so that it does not matter who reads an entry."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from kaaring.inference import parts, severity
from kaaring.inference.severity import FEWEST_JURORS
from kaaring.jury.models import Stage
from kaaring.results.queries.juried.inputs import Given, inputs_of

SURE = 1.96
"""From so many standard errors on, which chance alone exceeds once in twenty, a juror counts as strict."""
FINENESS = 100
"""Adjusted scores are moved by whole parts of a point, so many to the point, so that they stay exact."""


@dataclass(frozen=True, slots=True)
class Strict:
    """How many points lower a juror marks than an average one the same entries, and how sure that is."""

    juror: int
    points: float
    error: float
    readings: int

    @property
    def is_sure(self) -> bool:
        """Whether the difference is more than chance explains."""
        return abs(self.points) > SURE * self.error > 0


@dataclass(frozen=True, slots=True)
class Strictness:
    """What the scorecards of a stage say of its jurors, the strictest first; or ``why`` nothing can be said.

    ``agreement`` is the share of the variation of single scores that lies between entries. ``parts`` are how
    many groups of entries have no juror in common, by way of however many others; 1 where all are connected.
    """

    jurors: tuple[Strict, ...]
    agreement: float | None
    parts: int
    why: str


def strictness_in(stage: Stage) -> Strictness:
    """Return how strict the jurors of a stage are, over all its categories."""
    return strictness_of(inputs_of(stage, categories=None).given)


def strictness_of(given: Mapping[int, Sequence[Given]]) -> Strictness:
    """Return how strict jurors are by the scorecards of each entry."""
    cards = [one for own in given.values() for one in own if one.below]
    jurors = list(dict.fromkeys(one.juror for one in cards))
    groups = len(parts((one.entry, one.juror) for one in cards))
    if groups > 1:
        return Strictness((), None, groups, "not_connected")
    entries = list(dict.fromkeys(one.entry for one in cards))
    if len(jurors) < FEWEST_JURORS or len(cards) == len(entries):
        return Strictness((), None, groups, "too_few")
    entry_at = {entry: at for at, entry in enumerate(entries)}
    juror_at = {juror: at for at, juror in enumerate(jurors)}
    found = severity(
        [(one.above or 0) / (one.below or 1) for one in cards],
        [entry_at[one.entry] for one in cards],
        [juror_at[one.juror] for one in cards],
        entries=len(entries),
        jurors=len(jurors),
    )
    columns = zip(
        jurors, found.severities.tolist(), found.errors.tolist(), found.readings.tolist(), strict=True
    )
    strict = sorted((Strict(*one) for one in columns), key=lambda one: -one.points)
    agreement = None if found.agreement != found.agreement else float(found.agreement)
    return Strictness(tuple(strict), agreement, groups, "")


def adjusted(given: Mapping[int, Sequence[Given]]) -> dict[int, list[Given]]:
    """Return the scorecards with their scores moved by their jurors' strictness, within 0 to 100.

    Where nothing can be said of it, they stay as they are.
    """
    points = {one.juror: round(one.points * FINENESS) for one in strictness_of(given).jurors}
    return {entry: [_moved(one, points.get(one.juror, 0)) for one in own] for entry, own in given.items()}


def _moved(one: Given, parts_of_a_point: int) -> Given:
    if one.score is None or not parts_of_a_point:
        return one
    score = min(max(one.score + Fraction(parts_of_a_point, FINENESS), Fraction(0)), Fraction(100))
    return one._replace(above=score.numerator, below=score.denominator)
