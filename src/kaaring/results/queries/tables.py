"""A table of standings, live or frozen: rows by place, means, and who cannot be told apart."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kaaring.programmes.models import Edition
from kaaring.scoring import NoPlace
from kaaring.survey.models import Participant


@dataclass(frozen=True, slots=True)
class Row:
    """One participant's line in a measure.

    ``low`` and ``high`` are the ends of the 95 % interval, None where there is no score or too little to
    tell. ``why`` says why there is no score (``not_observed``, ``too_few_enquiries``), or no place in the
    class (``class_too_small``); it is empty where nothing is missing.
    """

    participant: Participant
    score: Fraction | None
    low: float | None
    high: float | None
    enquiries: int
    place: int | None
    is_shared: bool
    class_place: int | None
    class_is_shared: bool
    why: str

    @property
    def why_text(self) -> str:
        """The reason in words, empty where nothing is missing."""
        if self.why == NoPlace.NOT_OBSERVED:
            return _("Not observed in any enquiry.")
        if self.why == NoPlace.TOO_FEW_ENQUIRIES:
            return ngettext(
                "%(count)d enquiry is too few for a score.",
                "%(count)d enquiries are too few for a score.",
                self.enquiries,
            ) % {"count": self.enquiries}
        if self.why == NoPlace.CLASS_TOO_SMALL:
            return _("The class has too few participants with a score to have places.")
        return ""


@dataclass(frozen=True, slots=True)
class Band:
    """Neighbours in the table that the measurement cannot tell apart: their first and last place, and who."""

    first: int
    last: int
    participants: frozenset[int]


@dataclass(frozen=True, slots=True)
class Standings:
    """The standings in one measure: over all, or in one class where ``class_code`` names it.

    ``rows`` are by place, those without one last. ``mean`` is the mean over all participants with a score,
    whichever class is shown; ``class_means`` are those of the classes, by primary key.
    """

    edition: Edition
    measure: str
    class_code: str | None
    rows: list[Row]
    mean: Fraction | None
    class_means: Mapping[int, Fraction]
    bands: tuple[Band, ...]

    def place_of(self, row: Row) -> int | None:
        """Return the place that counts in this table: in the class where one is shown, over all otherwise."""
        return row.place if self.class_code is None else row.class_place

    def is_shared(self, row: Row) -> bool:
        """Say whether that place is shared."""
        return row.is_shared if self.class_code is None else row.class_is_shared


@dataclass(frozen=True, slots=True)
class Means:
    """The means of participants' scores per measure, over all and in each class."""

    all_by_measure: Mapping[str, Fraction]
    by_measure_and_class: Mapping[tuple[str, int], Fraction]

    def overall(self, measure: str) -> Fraction | None:
        """Return the mean over all participants with a score, None where nobody has one."""
        return self.all_by_measure.get(measure)

    def of_class(self, measure: str, class_id: int) -> Fraction | None:
        """Return the mean in a class, None where nobody in it has a score."""
        return self.by_measure_and_class.get((measure, class_id))


def in_order(rows: list[Row], class_code: str | None) -> list[Row]:
    """Return the rows of a class, or all, by the place that counts there; the others last; then by name."""
    if class_code is None:
        return sorted(rows, key=_over_all)
    members = [row for row in rows if row.participant.competition_class.code == class_code]
    return sorted(members, key=lambda row: (row.class_place is None, row.class_place or 0, *_over_all(row)))


def _over_all(row: Row) -> tuple[bool, int, str]:
    return row.place is None, row.place or 0, row.participant.name
