"""How sure the figures are: standard errors, intervals, places that may be level, and how jurors differ.

Pure functions over NumPy arrays; they know no database, no clock and no language. Scores stay exact in
``kaaring.scoring``; what is said about their uncertainty is floating point.
"""

from kaaring.inference.agreement import Correlations as Correlations
from kaaring.inference.agreement import Measurement as Measurement
from kaaring.inference.agreement import intraclass_correlations as intraclass_correlations
from kaaring.inference.agreement import kendall_w as kendall_w
from kaaring.inference.agreement import krippendorff_alpha as krippendorff_alpha
from kaaring.inference.bands import bands as bands
from kaaring.inference.intervals import intervals as intervals
from kaaring.inference.intervals import quantile as quantile
from kaaring.inference.intervals import standard_errors as standard_errors
from kaaring.inference.severity import Severity as Severity
from kaaring.inference.severity import halo as halo
from kaaring.inference.severity import leaders_without as leaders_without
from kaaring.inference.severity import parts as parts
from kaaring.inference.severity import severity as severity
from kaaring.inference.student import student_quantile as student_quantile
