"""From a juror's marks for one entry to a score, with the working that a page can open."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


class Discretion(StrEnum):
    """How far a juror may decide what a criterion weighs.

    ``FIXED``: the weight stands. ``CEILING``: the juror grants a share of it, and what is not granted is
    lost to the entry. ``RESCALED``: the juror grants a share of it, and the other criteria fill the rest.
    """

    FIXED = "fixed"
    CEILING = "ceiling"
    RESCALED = "rescaled"


@dataclass(frozen=True, slots=True)
class Criterion:
    """What is marked, and what it weighs, in any unit; None for all criteria weighs them equally."""

    code: str
    weight: Fraction | None
    discretion: Discretion = Discretion.FIXED


@dataclass(frozen=True, slots=True)
class Scale:
    """The lowest and the highest mark. Raises ValueError unless the highest is above the lowest."""

    lowest: Fraction
    highest: Fraction

    def __post_init__(self) -> None:
        if self.highest <= self.lowest:
            raise ValueError(f"A scale from {self.lowest} to {self.highest} has no room for marks")

    def normalised(self, mark: Fraction) -> Fraction:
        """Return 100 · (mark − lowest) ÷ (highest − lowest). Raises ValueError for a mark off the scale.

        >>> Scale(Fraction(1), Fraction(5)).normalised(Fraction(4))
        Fraction(75, 1)
        """
        if not self.lowest <= mark <= self.highest:
            raise ValueError(f"A mark of {mark} is off the scale from {self.lowest} to {self.highest}")
        return 100 * (mark - self.lowest) / (self.highest - self.lowest)


@dataclass(frozen=True, slots=True)
class Mark:
    """A juror's mark on one criterion: ``value`` on the scale, None for an abstention.

    ``share``, 0 to 1, is how much of the criterion's weight the juror grants; it counts where the
    criterion is not ``FIXED``.
    """

    value: Fraction | None
    share: Fraction = Fraction(1)


@dataclass(frozen=True, slots=True)
class WorkedMark:
    """One criterion's line in the working of a juror's score.

    ``weight`` is the criterion's own (1 where all weigh the same), ``effective_weight`` what of it counted,
    ``normalised`` the mark on 0–100 (None: abstained), ``contribution`` its points of the juror's score.
    """

    criterion: str
    weight: Fraction
    effective_weight: Fraction
    normalised: Fraction | None
    contribution: Fraction


@dataclass(frozen=True, slots=True)
class JurorScore:
    """A juror's score for an entry, 0 to 100.

    It is Σ effective weight · normalised mark ÷ ``divisor``, and the sum of the contributions in
    ``working``, which has a line for every criterion in its order.
    """

    score: Fraction
    divisor: Fraction
    working: tuple[WorkedMark, ...]


def juror_score(marks: Mapping[str, Mark], criteria: Sequence[Criterion], scale: Scale) -> JurorScore | None:
    """Return the weighted mean of one juror's marks on 0–100; None with nothing to weigh.

    A criterion the juror abstains from, or has no mark for, leaves the mean: its weight is shared among the
    others. With w the weight and s the granted share, a criterion adds w, s·w or s·w to the weighted sum
    and w, w or s·w to the divisor when it is ``FIXED``, ``CEILING`` or ``RESCALED``. None means that no
    criterion has a mark or that the divisor is 0: having no score is not scoring zero.

    Raises ValueError for a mark off the scale, a share outside 0 to 1, a mark for an unknown criterion, and
    for criteria that ``weights_of`` refuses.

    >>> criteria = [Criterion("actions", Fraction(40)), Criterion("results", Fraction(40)),
    ...             Criterion("other", Fraction(20), Discretion.CEILING)]
    >>> marks = {"actions": Mark(Fraction(8)), "results": Mark(Fraction(5)),
    ...          "other": Mark(Fraction(10), share=Fraction(1, 2))}
    >>> juror_score(marks, criteria, Scale(Fraction(0), Fraction(10))).score
    Fraction(62, 1)
    """
    weights = weights_of(criteria)
    if unknown := marks.keys() - weights.keys():
        raise ValueError(f"There is no criterion {min(unknown)!r} to mark")
    normalised: dict[str, Fraction] = {}
    effective = dict.fromkeys(weights, Fraction(0))
    divisor = Fraction(0)
    for criterion in criteria:
        mark = marks.get(criterion.code)
        if mark is None or mark.value is None:
            continue
        normalised[criterion.code] = scale.normalised(mark.value)
        effective[criterion.code], whole = _weighed(criterion, weights[criterion.code], mark.share)
        divisor += whole
    if not divisor:
        return None
    working = tuple(
        _worked(code, weight, effective[code], normalised.get(code), divisor)
        for code, weight in weights.items()
    )
    return JurorScore(sum((line.contribution for line in working), Fraction(0)), divisor, working)


def _worked(
    code: str, weight: Fraction, effective: Fraction, normalised: Fraction | None, divisor: Fraction
) -> WorkedMark:
    return WorkedMark(code, weight, effective, normalised, effective * (normalised or 0) / divisor)


def _weighed(criterion: Criterion, weight: Fraction, share: Fraction) -> tuple[Fraction, Fraction]:
    """Return what the criterion adds to the weights of the sum and to the divisor."""
    if not 0 <= share <= 1:
        raise ValueError(f"{criterion.code}: a share of {share} is not between 0 and 1")
    if criterion.discretion is Discretion.FIXED:
        return weight, weight
    return share * weight, weight if criterion.discretion is Discretion.CEILING else share * weight


def weights_of(criteria: Sequence[Criterion]) -> dict[str, Fraction]:
    """Return the weight of each criterion by its code, 1 each where none is given.

    Raises ValueError for a code that comes twice, a weight below 0, and weights for some criteria only.

    >>> weights_of([Criterion("idea", None), Criterion("effect", None)])
    {'idea': Fraction(1, 1), 'effect': Fraction(1, 1)}
    """
    weights = {criterion.code: criterion.weight for criterion in criteria}
    given = {code: weight for code, weight in weights.items() if weight is not None}
    if len(weights) < len(criteria):
        raise ValueError("Two criteria have the same code")
    if given and len(given) < len(weights):
        raise ValueError("Either all criteria have a weight or none has")
    if any(weight < 0 for weight in given.values()):
        raise ValueError("A criterion cannot weigh less than nothing")
    return given or dict.fromkeys(weights, Fraction(1))
