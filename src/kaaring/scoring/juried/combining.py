"""From the scores several jurors gave an entry to the entry's one score."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from kaaring.scoring.standings import mean


class Method(StrEnum):
    """How jurors' scores combine; ``TRIMMED`` is the mean without the lowest and highest ``trim`` each."""

    MEAN = "mean"
    MEDIAN = "median"
    TRIMMED = "trimmed"


class NoScore(StrEnum):
    """Why an entry is not decidable."""

    TOO_FEW_SCORECARDS = "too_few_scorecards"
    TOO_FEW_TO_TRIM = "too_few_to_trim"


@dataclass(frozen=True, slots=True)
class Combined[J: Hashable]:
    """An entry's score, 0 to 100, or why there is none, and what became of every juror's score.

    ``counted`` and ``trimmed`` name jurors from the lowest score to the highest; for a median, ``counted``
    are the one or two in the middle. ``left_out`` are jurors who came to no score. Where several jurors
    gave the same score, who of them is trimmed follows the order given and changes no figure.
    """

    score: Fraction | None
    why: NoScore | None
    counted: tuple[J, ...]
    trimmed: tuple[J, ...]
    left_out: tuple[J, ...]


def combine[J: Hashable](
    scores: Mapping[J, Fraction | None], *, method: Method, trim: int, minimum_marks: int
) -> Combined[J]:
    """Return the entry's score from each juror's score, 0 to 100; a juror without a score has None.

    With fewer than ``minimum_marks`` scores, and with none at all, the entry is not decidable; trimmed,
    neither is one with 2 · ``trim`` scores or fewer. ``trim`` counts for ``TRIMMED`` only. The median of an
    even number is the mean of the middle two. Raises ValueError for a ``trim`` below 0.

    >>> combined = combine({"J1": Fraction(60), "J2": Fraction(90), "J3": Fraction(70), "J4": None},
    ...                    method=Method.TRIMMED, trim=1, minimum_marks=3)
    >>> combined.score, combined.counted, combined.trimmed, combined.left_out
    (Fraction(70, 1), ('J3',), ('J1', 'J2'), ('J4',))
    """
    if trim < 0:
        raise ValueError("No fewer than 0 scores can be trimmed")
    given = {juror: score for juror, score in scores.items() if score is not None}
    ordered = sorted(given, key=given.__getitem__)
    left_out = tuple(juror for juror, score in scores.items() if score is None)
    if len(ordered) < max(1, minimum_marks):
        return Combined(None, NoScore.TOO_FEW_SCORECARDS, (), (), left_out)
    cut = trimmed_each_side(len(ordered), method, trim)
    counted = tuple(ordered[cut : len(ordered) - cut])
    if not counted:
        return Combined(None, NoScore.TOO_FEW_TO_TRIM, (), (), left_out)
    trimmed = (*ordered[:cut], *ordered[len(ordered) - cut :]) if method is Method.TRIMMED else ()
    return Combined(mean(given[juror] for juror in counted), None, counted, trimmed, left_out)


def trimmed_each_side(count: int, method: Method, trim: int) -> int:
    """Return how many of ``count`` ordered scores are passed over at either end; the mean of the rest counts.

    >>> [trimmed_each_side(5, method, 1) for method in Method], trimmed_each_side(6, Method.MEDIAN, 1)
    ([0, 2, 1], 2)
    """
    if method is Method.MEDIAN:
        return (count - 1) // 2
    return trim if method is Method.TRIMMED else 0
