from fractions import Fraction

import pytest

from kaaring.scoring import METRICS


@pytest.mark.parametrize(
    ("metric", "answers", "figure"),
    [
        ("nps", "10 9 8 7 6 0", "0"),  # 2 promoters, 2 detractors of 6
        ("nps", "9 9 7 6", "25"),
        ("nps", "0 6", "-100"),
        ("csat", "5 4 3 2 1", "40"),
        ("ces", "7 6 1", "14/3"),
        ("ves", "7 na 4", "11/2"),
    ],
)
def test_metrics_are_those_of_their_sources(metric: str, answers: str, figure: str) -> None:
    assert METRICS[metric](answers.split()) == Fraction(figure)


@pytest.mark.parametrize("metric", METRICS)
def test_a_metric_without_answers_has_no_figure(metric: str) -> None:
    assert METRICS[metric](["", "na"]) is None
