"""The desk of a juror: which jury, which entry, which scorecard; strangers find none (404)."""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from kaaring.entries.queries.submitted import is_kept, kept_of
from kaaring.jury.models import Assignment, Juror, Query, Reopening, Scorecard
from kaaring.jury.queries.asking import IS_ASKED_ABOUT, asked_about
from kaaring.jury.queries.called import Called
from kaaring.jury.queries.jurors import juries_of
from kaaring.jury.queries.marking import closed_cases, given_to
from kaaring.jury.queries.reading import CaseToRead, Reading, case_to_read, pile_of
from kaaring.jury.queries.scorecards import Seen, history_of, seen_from
from kaaring.jury.queries.stages import is_open
from kaaring.jury.sheets import Blank, Sheet, blank_of, sheet_of
from kaaring.programmes.definition import Definition
from kaaring.programmes.models import Edition
from kaaring.programmes.queries import definition_in_force
from kaaring.web.request import SignedIn

TOGETHER = ("ranking", "points")
"""Modes in which the entries of a category are looked at side by side."""


class Where(NamedTuple):
    """What the address of an entry on a juror's desk says."""

    programme: str
    edition: str
    stage: str
    entry: str


@dataclass(frozen=True)
class Desk:
    """An entry that the reader marks, and everything the rules say of marking it, at a moment.

    ``closed`` are the keys of the cases the reader has a conflict of interest with.
    """

    assignment: Assignment
    definition: Definition
    blank: Blank
    closed: Set[int]
    at: datetime

    @property
    def edition(self) -> Edition:
        """The edition that is judged."""
        return self.assignment.stage.edition

    @property
    def scorecard(self) -> Scorecard | None:
        """The reader's scorecard, None where nothing is started."""
        return getattr(self.assignment, "scorecard", None)

    @property
    def version(self) -> int:
        """The version of the scorecard that is stored, 0 where none is."""
        return self.scorecard.version if self.scorecard else 0

    @property
    def is_final(self) -> bool:
        """Whether the reader has submitted the scorecard."""
        return self.scorecard is not None and self.scorecard.is_final

    @property
    def is_open(self) -> bool:
        """Whether the reader can mark now."""
        return is_open(self.assignment.stage, at=self.at) and not self.is_final

    @property
    def reopened(self) -> Reopening | None:
        """When and why the reader's scorecard was made a draft again, None where it was not."""
        is_reopened = getattr(self.assignment, "is_reopened", False)
        if not is_reopened or self.scorecard is None or self.is_final:
            return None
        return history_of(self.scorecard).last()

    @property
    def case(self) -> CaseToRead:
        """The case as it was submitted, without names where the stage hides them."""
        kept = kept_of(self.assignment.entry) if getattr(self.assignment, "is_kept", True) else None
        return case_to_read(self.assignment, kept, with_names=self.blank.stage.sees.names)

    @property
    def asked(self) -> Sequence[Query]:
        """What was asked about the entry, as far as the reader may read it."""
        is_asked = getattr(self.assignment, "is_asked_about", True)
        return list(asked_about(self.assignment)) if is_asked else ()

    @property
    def is_calibration(self) -> bool:
        """Whether all jurors begin with this entry."""
        return self.assignment.stage.calibration_id == self.assignment.entry_id

    @property
    def is_together(self) -> bool:
        """Whether the entry is ranked, or gets its points, beside the others of its category."""
        return self.blank.stage.mode in TOGETHER and not self.is_calibration

    @property
    def calibration_due(self) -> Reading | None:
        """The calibration case, where the reader marks that before this one."""
        if self.assignment.stage.calibration_id is None or self.is_calibration:
            return None
        return next((one for one in self.pile if one.is_calibration and one.is_open), None)

    @cached_property
    def seen(self) -> Seen | None:
        """What the reader sees of all scorecards for the entry, None before the own one is final."""
        return seen_from(self.assignment, self.blank.stage.sees)

    @cached_property
    def sheet(self) -> Sheet:
        """What stands on the scorecard."""
        return sheet_of(self.seen.own if self.seen else self.scorecard)

    @cached_property
    def pile(self) -> list[Reading]:
        """What the reader has to read in this stage."""
        mine = self.assignment
        return pile_of(mine.juror, self.definition, at=self.at, closed=self.closed, stage=mine.stage_id)

    @property
    def called(self) -> Called:
        """What the reader calls the entry in this stage."""
        return next(one.called for one in self.pile if one.assignment == self.assignment.pk)

    @property
    def arguments(self) -> Where:
        """Where the entry's pages are, for making addresses."""
        stage, entry = self.assignment.stage, self.assignment.entry
        return Where(self.edition.programme.slug, self.edition.slug, stage.code, entry.public_id)


def juror_at(request: SignedIn, programme: str, edition: str) -> Juror:
    """Return the juror that the reader is in an edition; others find no page (404)."""
    where = {"edition__programme__slug": programme, "edition__slug": edition}
    found = juries_of(request.user).filter(**where).first()
    if found is None:
        raise Http404
    return found


def given_at(request: SignedIn, where: Where) -> QuerySet[Assignment]:
    """Return the entry that was given to the reader, if it was; conflicts of interest are not looked at."""
    return given_to(request.user, at=timezone.now()).filter(
        stage__edition__programme__slug=where.programme,
        stage__edition__slug=where.edition,
        stage__code=where.stage,
        entry__public_id=where.entry,
    )


def desk_at(request: SignedIn, where: Where) -> Desk:
    """Return the desk for an entry that the reader may read; for everybody else there is none (404)."""
    given = given_at(request, where).select_related("stage__edition__programme__organiser", "entry__case")
    return _desk(given)


def desk_with_case(request: SignedIn, where: Where) -> Desk:
    """Return the same, with the organisation and the nominee of the case, in as many queries."""
    given = given_at(request, where).select_related(
        "stage__edition__programme__organiser", "entry__case__organisation", "entry__case__nominee"
    )
    return _desk(given)


_REOPENED = Exists(Reopening.objects.filter(scorecard__assignment=OuterRef("pk")))


def _desk(given: QuerySet[Assignment]) -> Desk:
    given = given.annotate(is_reopened=_REOPENED, is_kept=is_kept("entry"), is_asked_about=IS_ASKED_ABOUT)
    found = given.first()
    closed = closed_cases(found.juror_id) if found else frozenset()
    if found is None or found.entry.case_id in closed:
        raise Http404
    found.juror.edition = found.stage.edition
    definition = definition_in_force(found.stage.edition)
    blank = blank_of(definition, found.stage.code, found.entry.category.code)
    return Desk(found, definition, blank, closed, timezone.now())


def around(juror: Juror) -> dict[str, Any]:
    """Return what every page of a juror shows around its content."""
    edition = juror.edition
    return {
        "juror": juror,
        "edition": edition,
        "programme": edition.programme,
        "organiser": edition.programme.organiser,
    }


def address(desk: Desk, reading_: Reading) -> str:
    """Return where another entry of the same pile is read."""
    edition = desk.edition
    arguments = (edition.programme.slug, edition.slug, reading_.stage, reading_.entry)
    return reverse("juror:entry", args=arguments)
