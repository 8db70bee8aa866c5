"""Scorecards: which count, what of others' is seen, and who may reopen one."""

from collections.abc import Iterable, Set
from datetime import datetime
from fractions import Fraction
from typing import NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q, QuerySet

from kaaring.entries.models import Entry
from kaaring.jury.models import (
    Assignment,
    Juror,
    Mark,
    Meeting,
    Panel,
    Query,
    Reopening,
    Scorecard,
    Stage,
)
from kaaring.jury.queries.jurors import juries_of
from kaaring.jury.queries.marking import closed_cases
from kaaring.people.models import Organiser, User
from kaaring.people.queries import role_at
from kaaring.programmes.definition.schema import Combine, Sees
from kaaring.programmes.models import Edition
from kaaring.programmes.queries import CHANGE
from kaaring.scoring.juried import Method, combine


def scorecards_that_count(stage: Stage) -> QuerySet[Scorecard]:
    """Return the scorecards a stage's scores are made of: final, not excluded, not for calibration."""
    final = Scorecard.objects.filter(
        assignment__stage=stage,
        assignment__entry__withdrawn_at=None,
        submitted_at__isnull=False,
        excluded_at=None,
    )
    if stage.calibration_id is None:
        return final
    return final.exclude(assignment__entry=stage.calibration_id)


class Seen(NamedTuple):
    """What a juror sees of an entry's final scorecards once the own one is among them.

    ``others`` are empty, and ``counting`` too, as long as the stage does not let the juror see them.
    """

    own: Scorecard
    others: list[Scorecard]
    counting: list[Scorecard]


def seen_from(assignment: Assignment, sees: Sees) -> Seen | None:
    """Return what the juror may see now of all scorecards for the entry; None before the own one is final.

    ``sees`` says whether others' marks, and the jury's score, are seen at once, once the jury has met on the
    category, or never.
    """
    own: Scorecard | None = getattr(assignment, "scorecard", None)
    if own is None or not own.is_final:
        return None
    others, totals = (_is_seen(assignment, when) for when in (sees.others, sees.totals))
    found = Scorecard.objects.filter(
        assignment__stage=assignment.stage_id, assignment__entry=assignment.entry_id
    ).prefetch_related("marks")
    if not others and not totals:
        return Seen(found.get(pk=own.pk), [], [])
    final = list(found.filter(submitted_at__isnull=False).order_by("submitted_at", "pk"))
    counting = [one for one in final if one.excluded_at is None]
    return Seen(
        own=next(one for one in final if one.pk == own.pk),
        others=[one for one in counting if one.pk != own.pk] if others else [],
        counting=counting if totals else [],
    )


def _is_seen(assignment: Assignment, when: str) -> bool:
    if when == "never" or assignment.stage.calibration_id == assignment.entry_id:
        return False
    if when == "when_final":
        return True
    return Meeting.objects.filter(stage=assignment.stage_id, category=assignment.entry.category_id).exists()


def score_of(scorecard: Scorecard) -> Fraction | None:
    """Return the exact score that was kept, 0 to 100."""
    if scorecard.score_of is None or scorecard.score_in is None:
        return None
    return Fraction(scorecard.score_of, scorecard.score_in)


def total_of(scorecards: Iterable[Scorecard], recipe: Combine) -> Fraction | None:
    """Return the score that scorecards make together, as marks were given; None while it is not decidable."""
    scores = {one.pk: score_of(one) for one in scorecards}
    method, trim = Method(recipe.method), recipe.trim or 0
    return combine(scores, method=method, trim=trim, minimum_marks=recipe.minimum_marks).score


def calibration_marks(assignment: Assignment) -> dict[str, list[int]]:
    """Return how many steps each juror gave the calibration entry, by criterion, from low to high.

    Nothing before the own scorecard for it is final. Whose marks they are is not told.
    """
    own: Scorecard | None = getattr(assignment, "scorecard", None)
    if assignment.stage.calibration_id != assignment.entry_id or own is None or not own.is_final:
        return {}
    rows = Mark.objects.filter(
        scorecard__assignment__stage=assignment.stage_id,
        scorecard__assignment__entry=assignment.entry_id,
        scorecard__submitted_at__isnull=False,
        scorecard__excluded_at=None,
    )
    found: dict[str, list[int]] = {}
    for criterion, steps in rows.order_by("steps").values_list("criterion", "steps"):
        if steps is not None:
            found.setdefault(criterion, []).append(steps)
    return found


def calibration_cards(assignment: Assignment) -> list[Scorecard]:
    """Return the other jurors' final scorecards for the calibration entry, once the own one is final."""
    own: Scorecard | None = getattr(assignment, "scorecard", None)
    if assignment.stage.calibration_id != assignment.entry_id or own is None or not own.is_final:
        return []
    found = Scorecard.objects.filter(
        assignment__stage=assignment.stage_id,
        assignment__entry=assignment.entry_id,
        submitted_at__isnull=False,
        excluded_at=None,
    )
    return list(found.exclude(pk=own.pk).order_by("submitted_at", "pk"))


def scorecards_chaired_by(user: User | AnonymousUser, edition: Edition) -> QuerySet[Assignment]:
    """Return who marks what in the categories whose panels a person chairs, with scorecards where begun.

    Left out is what the chair has a conflict of interest with.
    """
    own = juries_of(user).filter(edition=edition).first()
    if own is None:
        return Assignment.objects.none()
    chaired = Panel.objects.filter(edition=edition, chair=own)
    found = Assignment.objects.filter(
        Q(ended_at=None) | Q(scorecard__submitted_at__isnull=False),
        stage__edition=edition,
        entry__category__in=chaired.values("categories"),
        entry__withdrawn_at=None,
    )
    seen = found.exclude(entry__case__in=closed_cases(own.pk))
    told = seen.select_related("stage__edition", "entry__case", "entry__category", "juror", "scorecard")
    return told.prefetch_related("scorecard__reopenings__by").order_by(
        "stage__opens_at", "stage_id", "entry__category__position", "entry__code", "juror__name", "pk"
    )


def final_without_chair(edition: Edition, *, user: User, at: datetime) -> QuerySet[Scorecard]:
    """Return the final scorecards of open stages that a member may reopen, since no chair can.

    A chair's own are among them, the member's own are not: nobody takes back the own marks after having
    seen the others'.
    """
    led = Panel.objects.filter(
        categories=OuterRef("assignment__entry__category"),
        edition=edition,
        chair__user__isnull=False,
        chair__removed_at=None,
    ).exclude(chair=OuterRef("assignment__juror"))
    found = Scorecard.objects.filter(
        assignment__stage__edition=edition,
        assignment__stage__opens_at__lte=at,
        assignment__stage__closes_at__gt=at,
        submitted_at__isnull=False,
    ).exclude(Exists(led) | Q(assignment__juror__user=user))
    return found.select_related(
        "assignment__stage", "assignment__juror", "assignment__entry__case", "assignment__entry__category"
    ).order_by("assignment__stage__opens_at", "assignment__entry__code", "assignment__juror__name")


def may_reopen(scorecard: Scorecard, user: User | None) -> bool:
    """Say whether a person may reopen a scorecard: its panel's chair, or else who runs the edition.

    That is where there is no chair, or the scorecard is the chair's own. Nobody reopens their own.
    """
    if user is None or scorecard.assignment.juror.user_id == user.pk:
        return False
    entry = scorecard.assignment.entry
    chairs = Panel.objects.filter(edition=entry.edition_id, categories=entry.category_id)
    chairs = chairs.filter(chair__user__isnull=False, chair__removed_at=None)
    chairs = chairs.exclude(chair=scorecard.assignment.juror_id)
    if chairs.exists():
        return chairs.filter(chair__user=user).exists()
    return may_run(scorecard.assignment.stage.edition.programme.organiser, user)


def may_run(organiser: Organiser, user: User | None) -> bool:
    """Say whether a person is an owner or manager of an organiser."""
    return user is not None and role_at(organiser, user) in CHANGE


def history_of(scorecard: Scorecard) -> QuerySet[Reopening]:
    """Return when a scorecard was reopened or changed, by whom and why, oldest first."""
    return Reopening.objects.filter(scorecard=scorecard).select_related("by").order_by("pk")


def changes_to(stage: Stage, entry: Entry) -> QuerySet[Reopening]:
    """Return every time a final scorecard for an entry was reopened or changed in a stage, oldest first."""
    found = Reopening.objects.filter(scorecard__assignment__stage=stage, scorecard__assignment__entry=entry)
    return found.select_related("by", "scorecard__assignment__juror").order_by("pk")


class News(NamedTuple):
    """Which of a juror's assignments, by their keys, have an answer to read, or a scorecard reopened."""

    answered: Set[int]
    reopened: Set[int]


def news_for(juror: Juror) -> News:
    """Return what has happened to scorecards that a juror has still to make final, in one query."""
    about = Query.objects.filter(
        assignment__stage=OuterRef("stage"), assignment__entry=OuterRef("entry"), answered_at__isnull=False
    )
    waiting = Assignment.objects.filter(juror=juror, ended_at=None, scorecard__submitted_at=None)
    found = waiting.annotate(
        is_answered=Exists(about),
        is_reopened=Exists(Reopening.objects.filter(scorecard__assignment=OuterRef("pk"))),
    ).filter(Q(is_answered=True) | Q(is_reopened=True))
    rows = list(found.values_list("pk", "is_answered", "is_reopened"))
    return News({pk for pk, yes, _no in rows if yes}, {pk for pk, _no, yes in rows if yes})
