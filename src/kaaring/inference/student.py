"""Student's t distribution, for intervals from a handful of values."""

import math
from statistics import NormalDist


def student_quantile(level: float, freedom: int) -> float:
    """Return t so that a share ``level`` of Student's distribution lies between -t and t.

    ``level`` is between 0 and 1, ``freedom`` (degrees of freedom, count of values less one) at least 1;
    raises ValueError otherwise. Right to about six figures, exact for one and two degrees.
    Hill, G. W. (1970), Algorithm 396: Student's t-quantiles, Communications of the ACM 13, 619-620.

    >>> [round(student_quantile(0.95, freedom), 3) for freedom in (1, 2, 4, 24)]
    [12.706, 4.303, 2.776, 2.064]
    """
    if not 0 < level < 1 or freedom < 1:
        raise ValueError("The level must lie between 0 and 1, and there must be a degree of freedom")
    outside = 1 - level
    if freedom == 1:
        return 1 / math.tan(outside * math.pi / 2)
    if freedom == 2:
        return math.sqrt(2 / (outside * (2 - outside)) - 2)
    return math.sqrt(freedom * _hill(outside, freedom))


def _hill(outside: float, n: int) -> float:
    """Return t²/n by the series of the algorithm; its letters are kept."""
    a = 1 / (n - 0.5)
    b = 48 / (a * a)
    c = ((20700 * a / b - 98) * a - 16) * a + 96.36
    d = ((94.5 / (b + c) - 3) / b + 1) * math.sqrt(a * math.pi / 2) * n
    y: float = math.pow(d * outside, 2 / n)
    if y <= 0.05 + a:
        return ((1 / (((n + 6) / (n * y) - 0.089 * d - 0.822) * (n + 2) * 3) + 0.5 / (n + 4)) * y - 1) * (
            n + 1
        ) / (n + 2) + 1 / y
    x = NormalDist().inv_cdf(outside / 2)
    y = x * x
    if n < 5:
        c += 0.3 * (n - 4.5) * (x + 0.6)
    c += (((0.05 * d * x - 5) * x - 7) * x - 2) * x + b
    y = (((((0.4 * y + 6.3) * y + 36) * y + 94.5) / c - y - 3) / b + 1) * x
    return math.expm1(a * y * y)
