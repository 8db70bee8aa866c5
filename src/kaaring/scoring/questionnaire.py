"""A questionnaire: its questions, how they roll up, and the form that each channel gets.

Points are Fractions here and whole numbers everywhere else: the questionnaire knows the common
denominator of all its points (``unit``), so one point is ``unit`` units and every sum is exact.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import cached_property

from kaaring.scoring.answers import AnswerKey
from kaaring.scoring.question import NOT_APPLICABLE as NOT_APPLICABLE
from kaaring.scoring.question import Band as Band
from kaaring.scoring.question import Kind as Kind
from kaaring.scoring.question import Option as Option
from kaaring.scoring.question import Question as Question

TOTAL = "total"


class Unanswered(StrEnum):
    """What an enquiry that nobody answered counts in the total."""

    ZERO = "zero"
    LEAVE_OUT = "leave_out"


@dataclass(frozen=True, slots=True)
class Form:
    """The questions of one channel, ready for marking.

    ``measures`` are the measures this channel can give; ``feeds[i]`` are the positions of those that the
    i-th question counts in; ``full[m]`` is the most that measure m can give, in units;
    ``gates`` are the positions of the questions with an answer that stops.
    """

    channel: str
    keys: tuple[AnswerKey, ...]
    codes: frozenset[str]
    measures: tuple[str, ...]
    feeds: tuple[tuple[int, ...], ...]
    full: tuple[int, ...]
    gates: tuple[int, ...]


@dataclass(frozen=True)
class Questionnaire:
    """One frozen version of the questions with the rules that turn answers into points.

    ``least_observed`` is the share of a channel's possible points below which an evaluation is thin.
    ``unanswered_in`` are the areas in which an unanswered enquiry scores 0, as it does in the total when
    ``unanswered`` is ZERO; in every other area and theme it is not observed.

    Raises ValueError when two questions share a code, or when a question, or ``unanswered_in``, names an
    area, theme or channel that the questionnaire does not have.

    >>> greeted = Question("MV2", Kind.CHOICE, frozenset({"phone"}), area="welcome",
    ...                    options=(Option("yes", Fraction(1)), Option("no")))
    >>> engaged = Question("KB5", Kind.SCALE, frozenset({"phone"}), area="agent", points=Fraction(4),
    ...                    lowest=Fraction(1), highest=Fraction(7))
    >>> both = Questionnaire((greeted, engaged), areas=("welcome", "agent"), themes=(), channels=("phone",),
    ...                      unanswered=Unanswered.ZERO, least_observed=Fraction(3, 5),
    ...                      unanswered_in=frozenset())
    >>> both.unit, both.possible(engaged, "phone"), both.points(10)
    (3, 12, Fraction(10, 3))
    """

    questions: tuple[Question, ...]
    areas: tuple[str, ...]
    themes: tuple[str, ...]
    channels: tuple[str, ...]
    unanswered: Unanswered
    least_observed: Fraction
    unanswered_in: frozenset[str]

    def __post_init__(self) -> None:
        codes = [question.code for question in self.questions]
        if len(set(codes)) < len(codes):
            raise ValueError("Two questions have the same code")
        for question in self.questions:
            self._refuse_unknown(question.code, "channel", sorted(question.channels), self.channels)
            self._refuse_unknown(question.code, "theme", question.themes, self.themes)
            self._refuse_unknown(question.code, "area", [question.area] if question.area else [], self.areas)
        self._refuse_unknown("unanswered_in", "area", sorted(self.unanswered_in), self.areas)

    @cached_property
    def unit(self) -> int:
        """How many units make one point."""
        return math.lcm(*(question.denominator() for question in self.questions))

    @cached_property
    def by_code(self) -> dict[str, Question]:
        """The questions by their code."""
        return {question.code: question for question in self.questions}

    def points(self, units: int) -> Fraction:
        """Return units as points."""
        return Fraction(units, self.unit)

    def asked_on(self, channel: str) -> tuple[Question, ...]:
        """Return the questions of this channel's form, in their order."""
        return tuple(question for question in self.questions if channel in question.channels)

    def possible(self, question: Question, channel: str) -> int:
        """Return the most units that the question can give on this channel; 0 where it gives none."""
        return int(question.most_points(channel) * self.unit)

    def form(self, channel: str) -> Form:
        """Return this channel's form; made once and kept. Raises ValueError for an unknown channel."""
        try:
            return self._forms[channel]
        except KeyError:
            raise ValueError(f"The questionnaire has no channel {channel!r}") from None

    @cached_property
    def _forms(self) -> dict[str, Form]:
        return {channel: self._make_form(channel) for channel in self.channels}

    def _make_form(self, channel: str) -> Form:
        keys = tuple(AnswerKey(question, channel, self.unit) for question in self.asked_on(channel))
        measures = (
            TOTAL,
            *(f"area:{area}" for area in self.areas),
            *(f"theme:{theme}" for theme in self.themes),
        )
        feeds = tuple(tuple(measures.index(measure) for measure in fed_by(key.question)) for key in keys)
        full = tuple(
            sum(key.possible or 0 for key, fed in zip(keys, feeds, strict=True) if measure in fed)
            for measure in range(len(measures))
        )
        gates = tuple(n for n, key in enumerate(keys) if key.can_stop)
        return Form(channel, keys, frozenset(key.code for key in keys), measures, feeds, full, gates)

    @staticmethod
    def _refuse_unknown(where: str, what: str, named: Sequence[str], known: Sequence[str]) -> None:
        for name in named:
            if name not in known:
                raise ValueError(f"{where} names the {what} {name!r}, which the questionnaire does not have")


def fed_by(question: Question) -> tuple[str, ...]:
    """Return the measures that a question's points count in: the total, its area, each of its themes once."""
    area = (f"area:{question.area}",) if question.area else ()
    return (TOTAL, *area, *(f"theme:{theme}" for theme in dict.fromkeys(question.themes)))
