"""What the drawings in templates/parts need: plain figures and a label that says them all in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor

from django.utils.translation import gettext as _

from kaaring.kernel.figures import figure


@dataclass(frozen=True, slots=True)
class Mark:
    """One score on the common scale, for ``parts/mark.html``: a dot, and what is known around it.

    ``low`` and ``high`` bound the 95 % interval; ``class_mean``, ``mean`` and ``best`` are marks beside it.
    """

    name: str
    score: Fraction
    low: float | None = None
    high: float | None = None
    class_mean: Fraction | None = None
    mean: Fraction | None = None
    best: Fraction | None = None
    is_winner: bool = False

    @property
    def label(self) -> str:
        """Everything the drawing shows, in words, for those who do not see it."""
        said = [_("%(name)s: %(score)s") % {"name": self.name, "score": figure(self.score)}]
        if self.low is not None and self.high is not None:
            low, high = figure(Fraction(self.low)), figure(Fraction(self.high))
            said.append(_("interval %(low)s to %(high)s") % {"low": low, "high": high})
        marks = (
            (self.class_mean, _("the class %(score)s")),
            (self.mean, _("all %(score)s")),
            (self.best, _("best in the class %(score)s")),
        )
        said += [words % {"score": figure(score)} for score, words in marks if score is not None]
        return ", ".join(said)


@dataclass(frozen=True, slots=True)
class Bar:
    """A quantity in two parts, for ``parts/bar.html``: first muted, then strong, as shares of one."""

    label: str
    muted: Fraction
    strong: Fraction


@dataclass(frozen=True, slots=True)
class Segment:
    """A stroke from one point to the next, in per cent."""

    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True, slots=True)
class Label:
    """Words at a point, in per cent."""

    x: float
    y: float
    text: str


@dataclass(frozen=True, slots=True)
class LineChart:
    """Scores one after another, for ``parts/line_chart.html``; where there is none the line breaks.

    The name stands at the last dot, below it where the line comes down to it, so that it crosses nothing.
    """

    label: str
    grid: tuple[Label, ...]
    segments: tuple[Segment, ...]
    dots: tuple[Label, ...]
    names: tuple[Label, ...]
    level: Label | None
    last: Label
    is_last_below: bool


LEFT, RIGHT, TOP, BOTTOM = 5.0, 98.0, 10.0, 86.0
STEP, HIGHEST = 10, 100
NAMED, NEAR = 8, 4


def line_chart(
    points: Sequence[tuple[str, Fraction | None]],
    *,
    label: str,
    name: str,
    level: tuple[str, Fraction] | None = None,
) -> LineChart | None:
    """Return the drawing of named scores in their order, with a level to compare with, if any is known."""
    scores = [score for _name, score in points if score is not None]
    if not scores:
        return None
    everything = [*scores, *([level[1]] if level else [])]
    lowest = min(floor(min(everything) / STEP) * STEP, HIGHEST - 2 * STEP)
    highest = max(ceil(max(everything) / STEP) * STEP, lowest + 2 * STEP)

    def height(score: Fraction | int) -> float:
        return round(BOTTOM - (BOTTOM - TOP) * float(score - lowest) / (highest - lowest), 2)

    across = (RIGHT - LEFT) / max(len(points) - 1, 1)
    xs = [round(LEFT + across * at, 2) for at in range(len(points))]
    places = [
        None if score is None else Label(x, height(score), named)
        for x, (named, score) in zip(xs, points, strict=True)
    ]
    dots = tuple(place for place in places if place is not None)
    every = max(1, ceil(len(points) / NAMED))
    return LineChart(
        label=label,
        grid=tuple(Label(0, height(at), str(at)) for at in range(lowest, highest + 1, STEP)),
        segments=tuple(Segment(one.x, one.y, two.x, two.y) for one, two in pairwise(places) if one and two),
        dots=dots,
        names=tuple(
            Label(x, 99, named)
            for at, (x, (named, _score)) in enumerate(zip(xs, points, strict=True))
            if at % every == 0
        ),
        level=Label(RIGHT, height(level[1]), level[0]) if level else None,
        last=Label(RIGHT, dots[-1].y, name),
        is_last_below=any(dot.y < dots[-1].y for dot in dots[-NEAR:]),
    )


@dataclass(frozen=True, slots=True)
class Dot:
    """One juror's mark in a strip of dots, in per cent of its width; equal marks stand above each other."""

    x: str
    y: int
    is_mine: bool


RADIUS, ROW = 5, 12


def dots_of(given: Sequence[int], most: int, *, mine: int | None = None) -> tuple[tuple[Dot, ...], int]:
    """Return marks as dots on a scale of so many steps, and the height of the strip that they need."""
    heights: dict[int, int] = {}
    dots, is_own_left = [], mine is not None
    for steps in sorted(given):
        row = heights[steps] = heights.get(steps, -1) + 1
        is_mine = is_own_left and steps == mine
        is_own_left = is_own_left and not is_mine
        dots.append(Dot(f"{4 + 92 * steps / most:.2f}%", row, is_mine))
    tallest = max(heights.values(), default=0) + 1
    placed = tuple(Dot(one.x, (tallest - one.y) * ROW - RADIUS, one.is_mine) for one in dots)
    return placed, tallest * ROW + 4
