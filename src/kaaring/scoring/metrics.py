"""The standard customer-experience metrics, exactly; they stand beside the score and never enter it.

Answers are canonical texts, as in an evaluation; empty ones and ``na`` are left out. With no answer left
a metric is None: having no figure is not having zero.
"""

from collections.abc import Callable, Iterable
from fractions import Fraction

from kaaring.scoring.answers import as_number
from kaaring.scoring.standings import mean


def net_promoter_score(answers: Iterable[str]) -> Fraction | None:
    """Return NPS, −100 to 100: the share of promoters (9–10) less that of detractors (0–6), in points.

    Source: F. F. Reichheld, "The One Number You Need to Grow", Harvard Business Review, 2003.

    >>> net_promoter_score(["10", "9", "8", "3"])
    Fraction(25, 1)
    """
    return _share(answers, lambda value: (value >= 9) - (value <= 6))


def customer_satisfaction(answers: Iterable[str]) -> Fraction | None:
    """Return CSAT, 0 to 100: the share of the two highest answers (4–5) on a scale from 1 to 5.

    Source: the top-two-box share of P. W. Farris et al., "Marketing Metrics", 2010.

    >>> customer_satisfaction(["5", "4", "3", "na"])
    Fraction(200, 3)
    """
    return _share(answers, lambda value: int(value >= 4))


def customer_effort_score(answers: Iterable[str]) -> Fraction | None:
    """Return CES, 1 to 7: the mean of how easy the company made it.

    Source: M. Dixon, K. Freeman, N. Toman, "Stop Trying to Delight Your Customers", Harvard Business
    Review, 2010; the scale of agreement from 1 to 7 is that of the authors' second version, 2013.

    >>> customer_effort_score(["7", "4"])
    Fraction(11, 2)
    """
    return mean(_numbers(answers))


def value_enhancement_score(answers: Iterable[str]) -> Fraction | None:
    """Return VES, 1 to 7: the mean of value gained and confidence in the decision, over both questions.

    Source: Gartner, "Value Enhancement Score", 2019.

    >>> value_enhancement_score(["6", "5"])
    Fraction(11, 2)
    """
    return mean(_numbers(answers))


METRICS: dict[str, Callable[[Iterable[str]], Fraction | None]] = {
    "nps": net_promoter_score,
    "csat": customer_satisfaction,
    "ces": customer_effort_score,
    "ves": value_enhancement_score,
}
"""The metrics by the code that a question names them with."""


def _numbers(answers: Iterable[str]) -> list[Fraction]:
    return [Fraction(value) for value in map(as_number, answers) if value is not None]


def _share(answers: Iterable[str], weight: Callable[[Fraction], int]) -> Fraction | None:
    return mean([Fraction(100 * weight(value)) for value in _numbers(answers)])
