"""Chapters 1 to 4, and what every chapter's figures are made of: places and results."""

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from kaaring.kernel.text import Text


@dataclass(frozen=True, slots=True)
class Place:
    """A place among so many; none where ``place`` is None."""

    place: int | None
    is_shared: bool
    among: int


@dataclass(frozen=True, slots=True)
class Result:
    """The participant in one measure, beside its class, all participants and the best of the class.

    ``why`` is the code of the reason where there is no score or no place. ``low`` and ``high`` bound the
    score with 95 % confidence. ``is_best`` says that nobody in the class has a higher score.
    """

    measure: str
    name: Text
    score: Fraction | None
    low: float | None
    high: float | None
    enquiries: int
    place: Place
    class_place: Place
    why: str
    class_mean: Fraction | None
    mean: Fraction | None
    best: Fraction | None
    is_best: bool


@dataclass(frozen=True, slots=True)
class About:
    """Whose report this is, and on which published run it rests."""

    participant: str
    participant_code: str
    class_name: Text
    programme: Text
    edition: str
    organiser: str
    accent: str
    illustrative: Text
    run: str
    run_number: int
    digest: str
    published_at: datetime


@dataclass(frozen=True, slots=True)
class Highlight:
    """A question in which the participant stands out, by how far it is from the mean of all."""

    question: str
    text: Text
    score: Fraction
    mean: Fraction


@dataclass(frozen=True, slots=True)
class Summary:
    """Chapter 1: the place with its interval, what was won, what stands out.

    ``alike`` and ``class_alike`` are the first and last of the neighbouring places, over all and in the
    class, that the sample cannot tell apart; None where the place stands alone.
    """

    total: Result
    unanswered: int
    awards: tuple[Text, ...]
    strengths: tuple[Highlight, ...]
    weaknesses: tuple[Highlight, ...]
    alike: tuple[int, int] | None
    class_alike: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Results:
    """Chapter 2: the results the edition shows, and the customer-experience metrics where asked."""

    results: tuple[Result, ...]
    metrics: tuple[Result, ...]


@dataclass(frozen=True, slots=True)
class Areas:
    """Chapter 3: the performance areas in their order."""

    areas: tuple[Result, ...]


@dataclass(frozen=True, slots=True)
class Themes:
    """Chapter 4: the themes, which run across areas."""

    themes: tuple[Result, ...]
