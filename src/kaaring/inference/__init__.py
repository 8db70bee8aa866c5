"""How sure the figures are: standard errors, intervals, and places that cannot be told apart.

Pure functions over NumPy arrays; they know no database, no clock and no language. Scores stay exact in
``kaaring.scoring``; what is said about their uncertainty is floating point.
"""

from kaaring.inference.bands import bands as bands
from kaaring.inference.intervals import intervals as intervals
from kaaring.inference.intervals import quantile as quantile
from kaaring.inference.intervals import standard_errors as standard_errors
from kaaring.inference.student import student_quantile as student_quantile
