"""Chapters 5 and 11: what was lost, and what would be gained."""

from dataclasses import dataclass
from fractions import Fraction

from kaaring.kernel.text import Text


@dataclass(frozen=True, slots=True)
class LostPoints:
    """What one question costs, in points of 100 per enquiry.

    ``lost_at_best``, ``lost_at_class`` and ``lost_at_mean`` are what the participant would lose, with its own
    enquiries, at the level of the best of its class, of the class and of all.
    """

    question: str
    text: Text
    area: str
    area_name: Text
    score: Fraction
    lost: Fraction
    lost_at_best: Fraction | None
    lost_at_class: Fraction | None
    lost_at_mean: Fraction | None


@dataclass(frozen=True, slots=True)
class Performances:
    """Chapter 5: the questions, the costliest first.

    ``unanswered`` is what enquiries without an answer cost beyond the questions about waiting. Where the
    participant's score is the mean of its enquiries, all losses together are 100 less the total.
    """

    questions: tuple[LostPoints, ...]
    unanswered: Fraction


@dataclass(frozen=True, slots=True)
class Gain:
    """A gain in the total, with the bounds the spread of the enquiries allows (95 %)."""

    gain: Fraction
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Lift:
    """What the total gains if one question is raised to the level of the best of the class."""

    question: str
    text: Text
    area: str
    area_name: Text
    score: Fraction
    best: Fraction
    gain: Gain


@dataclass(frozen=True, slots=True)
class Lifts:
    """Chapter 11: the questions that lift most, and the first three together."""

    lifts: tuple[Lift, ...]
    first_three: Gain | None
