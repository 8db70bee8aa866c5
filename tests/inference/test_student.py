"""Student's quantiles against SciPy, which is an oracle here and not needed where pages are served."""

import pytest
from scipy.special import stdtrit

from kaaring.inference import student_quantile


@pytest.mark.parametrize("freedom", [1, 2, 3, 4, 5, 9, 24, 60, 400])
@pytest.mark.parametrize("level", [0.5, 0.8, 0.95, 0.99, 0.999])
def test_quantiles_agree_with_an_independent_implementation(level: float, freedom: int) -> None:
    expected = float(stdtrit(freedom, (1 + level) / 2))

    assert student_quantile(level, freedom) == pytest.approx(expected, rel=2e-4)


@pytest.mark.parametrize(("level", "freedom"), [(0.0, 3), (1.0, 3), (0.95, 0)])
def test_what_no_distribution_has_is_refused(level: float, freedom: int) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        student_quantile(level, freedom)
