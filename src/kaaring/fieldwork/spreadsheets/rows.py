"""One row of each spreadsheet, as a file, a page or a program gives it. ``row`` is its number in a file."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from kaaring.fieldwork.models import Evaluation


@dataclass(frozen=True, slots=True)
class ShopperRow:
    """A mystery shopper; ``conflicts`` are codes of participants this shopper never contacts."""

    code: str
    name: str
    email: str = ""
    languages: tuple[str, ...] = ()
    max_per_week: int | None = None
    conflicts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EnquiryRow:
    """A planned contact; ``shopper`` and ``participant`` are codes, shopper is empty where none is chosen."""

    code: str
    participant: str
    channel: str
    shopper: str = ""
    scenario: str = ""
    window_from: date | None = None
    window_to: date | None = None
    row: int | None = None


@dataclass(frozen=True, slots=True)
class EvaluationRow:
    """A filled-in questionnaire.

    ``answers`` maps question codes to canonical text (``scoring.score_evaluation`` says which), ``comments``
    area codes to what the shopper wrote. ``at`` is aware of its zone.
    """

    enquiry: str
    participant: str
    channel: str
    at: datetime
    attempts: int = 1
    shopper: str = ""
    status: str = Evaluation.Review.APPROVED
    answers: Mapping[str, str] = field(default_factory=dict)
    comments: Mapping[str, str] = field(default_factory=dict)
    excluded: str = ""
    row: int | None = None
