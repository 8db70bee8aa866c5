"""What a juror has to read: the pile with how long it takes, and the case on top."""

from collections.abc import Mapping, Set
from datetime import datetime
from enum import StrEnum
from math import ceil
from typing import Any, NamedTuple

from django.db.models import Count, Exists, OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce, Length

from kaaring.entries.models import Answer, Attachment, Case, Figure, Nominee, Party
from kaaring.entries.queries import attachments_of
from kaaring.entries.queries.dossiers import nominee_of
from kaaring.entries.queries.submitted import Kept, submitted_title
from kaaring.jury.models import Admission, Assignment, Juror
from kaaring.jury.queries.called import Called, called, stages_with_names
from kaaring.kernel.text import Text
from kaaring.programmes.definition import Definition

CHARACTERS_A_MINUTE = 1_200
"""200 words of six characters, the space included."""
MINUTES_AN_ATTACHMENT = 2


class State(StrEnum):
    """How far a juror has come with an entry; ``OUT`` is one with a conflict of interest."""

    TO_READ = "to_read"
    DRAFT = "draft"
    FINAL = "final"
    OUT = "out"


class Reading(NamedTuple):
    """One entry on a juror's pile."""

    assignment: int
    stage: str
    entry: str
    code: str
    called: Called
    category: str
    category_name: Text
    division: str
    is_calibration: bool
    state: State
    minutes: int

    @property
    def is_open(self) -> bool:
        """Whether it still has to be marked."""
        return self.state in (State.TO_READ, State.DRAFT)


def pile_of(
    juror: Juror, definition: Definition, *, at: datetime, closed: Set[int], stage: int | None = None
) -> list[Reading]:
    """Return what a juror has to read in the stages that have opened, or in one of them.

    ``closed`` are the keys of the cases it has a conflict of interest with, and ``definition`` says in which
    stages entries are called by their titles. The calibration entry comes first in its stage, then by
    category and code. One query, whatever its size.
    """
    here = _PILES.filter(juror=juror, stage__opens_at__lte=at)
    rows = here if stage is None else here.filter(stage=stage)
    named = stages_with_names(definition)
    pile = [_reading(row, closed, named) for row in rows if _is_on_it(row, closed)]
    return sorted(pile, key=lambda one: not one.is_calibration) if stage is not None else pile


_ADMITTED = Exists(Admission.objects.filter(stage=OuterRef("stage"), entry=OuterRef("entry"), ended_at=None))
_LENGTHS = (
    Answer.objects.filter(entry=OuterRef("entry"))
    .order_by()
    .values("entry")
    .annotate(sum=Sum(Length("text")))
    .values("sum")
)
_FILES = (
    Attachment.objects.filter(case=OuterRef("entry__case"), removed_at=None)
    .order_by()
    .values("case")
    .annotate(count=Count("pk"))
    .values("count")
)
_PILES = (
    Assignment.objects.filter(entry__withdrawn_at=None)
    .values(
        "pk",
        "ended_at",
        "stage__code",
        "stage__calibration_id",
        "entry_id",
        "entry__public_id",
        "entry__case",
        "entry__code",
        "entry__division",
        "entry__category__code",
        "entry__category__name",
        "scorecard__started_at",
        "scorecard__submitted_at",
        is_here=_ADMITTED,
        title=Coalesce(submitted_title("entry"), "entry__case__title"),
        characters=Coalesce(Subquery(_LENGTHS), 0) + Length("entry__case__summary"),
        files=Coalesce(Subquery(_FILES), 0),
    )
    .order_by("stage__opens_at", "stage_id", "entry__category__position", "entry__code", "pk")
)
"""Put together once: that costs more than running it."""


def _is_on_it(row: Mapping[str, Any], closed: Set[int]) -> bool:
    """Say whether a row is read, or would be without the conflict of interest."""
    if row["entry__case"] in closed:
        return True
    is_calibration = row["entry_id"] == row["stage__calibration_id"]
    return row["ended_at"] is None and (row["is_here"] or is_calibration)


def _reading(row: Mapping[str, Any], closed: Set[int], named: Set[str]) -> Reading:
    stage, code = row["stage__code"], row["entry__code"]
    return Reading(
        assignment=row["pk"],
        stage=stage,
        entry=row["entry__public_id"],
        code=code,
        called=called(code, row["entry__category__name"], row["title"], with_names=stage in named),
        category=row["entry__category__code"],
        category_name=row["entry__category__name"],
        division=row["entry__division"],
        is_calibration=row["entry_id"] == row["stage__calibration_id"],
        state=State.OUT if row["entry__case"] in closed else _state(row),
        minutes=minutes_to_read(row["characters"], row["files"]),
    )


def _state(row: Mapping[str, Any]) -> State:
    if row["scorecard__submitted_at"] is not None:
        return State.FINAL
    return State.DRAFT if row["scorecard__started_at"] is not None else State.TO_READ


def minutes_to_read(characters: int, files: int) -> int:
    """Return about how long a case takes to read, in whole minutes, never none."""
    return max(1, ceil(characters / CHARACTERS_A_MINUTE) + MINUTES_AN_ATTACHMENT * files)


class CaseToRead(NamedTuple):
    """A case as it was submitted: what it says, texts by criterion, figures, files, who is behind it."""

    case: Case
    answers: dict[str, str]
    figures: list[Figure]
    attachments: list[Attachment]
    parties: list[Party]
    nominee: Nominee | None


def case_to_read(assignment: Assignment, kept: Kept | None, *, with_names: bool) -> CaseToRead:
    """Return what a juror reads of a case; protected facts are never part of it.

    While its entrant corrects it, it is what was ``kept`` as submitted. Where names are hidden, so are the
    nominee, the parties and what they say.
    """
    entry = assignment.entry
    if kept is not None:
        return CaseToRead(
            kept.case,
            {code: answer.text for code, answer in kept.answers.items()},
            list(kept.figures),
            list(kept.attachments),
            list(kept.parties) if with_names else [],
            kept.nominee if with_names else None,
        )
    parties = Party.objects.filter(case=entry.case_id).select_related("organisation").order_by("pk")
    return CaseToRead(
        entry.case,
        dict(Answer.objects.filter(entry=entry).values_list("criterion", "text")),
        list(Figure.objects.filter(case=entry.case_id).order_by("position", "pk")),
        list(attachments_of(entry.case)),
        list(parties) if with_names else [],
        nominee_of(entry.case) if with_names else None,
    )
