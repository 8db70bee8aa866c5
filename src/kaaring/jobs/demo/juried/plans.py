"""What is to be entered in a juried demonstration, before anybody enters it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto

from kaaring.entries.rules.cases import FigureRow
from kaaring.kernel.text import Text
from kaaring.programmes.eligibility.facts import Raw


class Fate(Enum):
    """What becomes of a case until the deadline; most are submitted in time."""

    SUBMITTED = auto()
    CORRECTED = auto()
    LATE = auto()
    WITHDRAWN = auto()
    MERGED = auto()
    DRAFT = auto()
    NO_CONSENT = auto()
    DECLINED = auto()


@dataclass(frozen=True, slots=True)
class House:
    """An invented organisation, and who there answers for its cases."""

    code: str
    name: str
    city: str
    contact: str
    country: str
    street: str
    postcode: str
    number: str = ""
    is_member: bool = False

    @property
    def domain(self) -> str:
        """Where its people would read mail, if there were any."""
        return f"{self.code}.example"


@dataclass(frozen=True, slots=True)
class Person:
    """An invented person who is nominated."""

    name: str
    role: str
    email: str
    is_female: bool


@dataclass(frozen=True, slots=True)
class Partner:
    """Another organisation behind a case, in a role, with what it says of its part."""

    house: House
    role: str
    text: str


@dataclass(frozen=True, slots=True)
class EntryPlan:
    """A case in one category: a text per criterion, and how good it is, 0 to 1, which nobody is told."""

    category: str
    answers: Mapping[str, str]
    quality: float
    declarations: Mapping[str, str] = field(default_factory=dict)
    division: str = ""


@dataclass(frozen=True, slots=True)
class CasePlan:
    """A case with its entries; ``key`` names it among the others."""

    key: str
    house: House
    title: str
    subject: str
    summary: str
    facts: Mapping[str, Raw]
    figures: tuple[FigureRow, ...]
    entries: tuple[EntryPlan, ...]
    role: str = ""
    part: str = ""
    partner: Partner | None = None
    nominee: Person | None = None
    protected: Mapping[str, str] = field(default_factory=dict)
    fate: Fate = Fate.SUBMITTED


@dataclass(frozen=True, slots=True)
class JurorPlan:
    """An invented juror; ``severity`` is how many marks above or below the others the juror gives.

    ``account`` is the role of a demo account that the juror signs in with, empty for everybody else.
    """

    code: str
    name: str
    email: str
    organisation: str
    severity: float
    panels: tuple[str, ...]
    is_chair: bool = False
    account: str = ""


@dataclass(frozen=True, slots=True)
class Voice:
    """What a jury writes: remarks to entrants by how good an entry is, and what is said on occasion."""

    praise: Sequence[str]
    mixed: Sequence[str]
    doubt: Sequence[str]
    to_the_jury: Sequence[str]
    fails: str
    questions: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Wording:
    """What the organiser and entrants say about single cases, in the edition's language."""

    late: str
    withdrawn: str
    wanted: str
    corrected: str
    addition: str
    accepted: str
    not_accepted: str
    chart: str
    listed: str = ""


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What a jury decides beside the order of the marks, and what it says."""

    citations: Mapping[str, Text]
    nobody: str
    why_nobody: str
    parted: str
    why_parted: str
    changed: str
    why_changed: str
    noted: str
