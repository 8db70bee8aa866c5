"""What the drawings in templates/parts need: plain figures and a label that says them all in words."""

from dataclasses import dataclass
from fractions import Fraction

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
