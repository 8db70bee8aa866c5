"""One question of a questionnaire: who is asked it, what can be answered, and what that is worth."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise

NOT_APPLICABLE = "na"
"""The answer that takes a question out of the score, where the question allows it."""


class Kind(StrEnum):
    """How a question is answered."""

    CHOICE = "choice"
    MULTIPLE = "multiple"
    SCALE = "scale"
    MEASURED = "measured"


@dataclass(frozen=True, slots=True)
class Option:
    """One answer that can be chosen; choosing one that ``stops`` makes the enquiry unanswered."""

    code: str
    points: Fraction = Fraction(0)
    stops: bool = False


@dataclass(frozen=True, slots=True)
class Band:
    """A measured value not above ``bound`` gives ``points``, unless an earlier band took it."""

    bound: Fraction
    points: Fraction


@dataclass(frozen=True, slots=True)
class Question:
    """One question and the points its answers give.

    ``points`` is what the top of a scale is worth, and the cap of a multiple choice; a choice gives the
    points of its option, a measured value those of its band on the channel. A scale runs from ``lowest``
    to ``highest`` in whole steps. An unscored question counts nowhere but is reported.

    Raises ValueError for points below zero, for a scale that is not a whole number of steps, and for
    option codes that cannot be told apart in an answer.
    """

    code: str
    kind: Kind
    channels: frozenset[str]
    area: str | None = None
    themes: tuple[str, ...] = ()
    points: Fraction = Fraction(0)
    options: tuple[Option, ...] = ()
    most_options: int = 1
    lowest: Fraction = Fraction(0)
    highest: Fraction = Fraction(0)
    bands: Mapping[str, tuple[Band, ...]] = field(default_factory=dict, hash=False)
    may_be_not_applicable: bool = False
    scored: bool = True
    is_gate: bool = False
    metric: str | None = None

    def __post_init__(self) -> None:
        if any(points < 0 for points in self.all_points()):
            raise ValueError(f"{self.code}: points below zero are not possible")
        if self.kind is Kind.SCALE and (self.step_count < 1 or self.step_count.denominator != 1):
            raise ValueError(f"{self.code}: a scale needs at least one whole step from lowest to highest")
        if self.most_options < 1:
            raise ValueError(f"{self.code}: at least one option must be allowed")
        codes = [option.code for option in self.options]
        if len(set(codes)) < len(codes):
            raise ValueError(f"{self.code}: two options have the same code")
        if any(code.split() != [code] or code == NOT_APPLICABLE for code in codes):
            raise ValueError(f'{self.code}: an option code is one word other than "{NOT_APPLICABLE}"')

    @property
    def step_count(self) -> Fraction:
        """How many steps lead from the lowest to the highest answer of a scale."""
        return Fraction(self.highest - self.lowest)

    def all_points(self) -> Iterator[Fraction]:
        """Yield every amount of points that the question names."""
        yield self.points
        yield from (option.points for option in self.options)
        yield from (band.points for bands in self.bands.values() for band in bands)

    def denominator(self) -> int:
        """Return the smallest whole number that makes all points of the question whole."""
        steps = [self.points / self.step_count] if self.kind is Kind.SCALE else []
        return math.lcm(*(points.denominator for points in (*self.all_points(), *steps)))

    def most_points(self, channel: str) -> Fraction:
        """Return the most points that an answer on this channel can give; 0 where none are given."""
        if not self.scored or channel not in self.channels:
            return Fraction(0)
        if self.kind is Kind.SCALE:
            return self.points
        if self.kind is Kind.MEASURED:
            return max((band.points for band in self.bands_met(channel)), default=Fraction(0))
        best = sorted((option.points for option in self.options), reverse=True)
        if self.kind is Kind.CHOICE:
            return best[0] if best else Fraction(0)
        return min(self.points, sum(best[: self.most_options], Fraction(0)))

    def bands_met(self, channel: str) -> tuple[Band, ...]:
        """Return the bands that a value can fall into, by rising bound.

        A band that follows one with the same or a higher bound is never the first to hold a value.
        """
        bands = tuple(self.bands.get(channel, ()))
        highest = [max(band.bound for band in bands[: n + 1]) for n in range(len(bands))]
        return bands[:1] + tuple(
            band for band, (before, upto) in zip(bands[1:], pairwise(highest), strict=True) if upto > before
        )
