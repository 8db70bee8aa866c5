"""Scorecards: whose they are, what stands on them, what of others' may be seen, and which count."""

from datetime import datetime
from fractions import Fraction

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Sum

from kaaring.jury.models import Admission, Assignment, Meeting, Panel, Recusal, Reopening, Scorecard, Stage
from kaaring.jury.queries.jurors import juries_of
from kaaring.people.models import Organiser, User
from kaaring.people.queries import role_at
from kaaring.programmes.definition import Definition
from kaaring.programmes.definition.schema import Sees
from kaaring.programmes.models import Edition
from kaaring.programmes.queries import CHANGE
from kaaring.scoring.juried import Method, combine

_BELONGINGS = (
    "juror__user",
    "stage__edition__programme__organiser",
    "entry__case__organisation",
    "entry__case__nominee",
    "entry__category",
)


def _reaching(case: str) -> QuerySet[Recusal]:
    """Return conflicts of interest, not dismissed, with the outer query's case.

    A conflict with an organisation is one with every case that it enters or has a part in.
    """
    reaches = (
        Q(case=OuterRef(case))
        | Q(organisation=OuterRef(f"{case}__organisation"))
        | Q(organisation__parties__case=OuterRef(case))
    )
    return Recusal.objects.filter(reaches, dismissed_at=None)


def _conflicts() -> QuerySet[Recusal]:
    """Return conflicts of interest between the juror and the case of the outer query's assignment."""
    return _reaching("entry__case").filter(juror=OuterRef("juror"))


def with_obstacles(assignments: QuerySet[Assignment]) -> QuerySet[Assignment]:
    """Say of each assignment whether its juror ``is_recused``, and whether calibration ``is_due`` first."""
    calibration = Assignment.objects.filter(
        ~Exists(_conflicts()),
        stage=OuterRef("stage"),
        juror=OuterRef("juror"),
        entry=F("stage__calibration"),
        ended_at=None,
        scorecard__submitted_at=None,
    )
    return assignments.annotate(
        is_recused=Exists(_conflicts()),
        is_due=Exists(calibration.exclude(entry=OuterRef("entry"))),
    )


def assignments_with_all() -> QuerySet[Assignment]:
    """Return assignments with their scorecard, juror, stage, edition, entry and case, in one query."""
    return with_obstacles(Assignment.objects.select_related(*_BELONGINGS, "scorecard"))


def read_by(user: User | AnonymousUser, *, at: datetime) -> QuerySet[Assignment]:
    """Return what a person reads as juror: assigned and in a stage that has opened, without a conflict.

    What is not here does not exist for this person.
    """
    if not user.is_authenticated:
        return Assignment.objects.none()
    here = Admission.objects.filter(stage=OuterRef("stage"), entry=OuterRef("entry"), ended_at=None)
    mine = assignments_with_all().filter(juror__user=user, juror__removed_at=None, ended_at=None)
    is_in_it = Q(Exists(here)) | Q(entry=F("stage__calibration"))
    return mine.filter(is_in_it, stage__opens_at__lte=at, entry__withdrawn_at=None, is_recused=False)


def same_contest(assignment: Assignment) -> QuerySet[Assignment]:
    """Return what else its juror reads in the same stage, category and division."""
    entry = assignment.entry
    return Assignment.objects.filter(
        stage=assignment.stage_id,
        juror=assignment.juror_id,
        ended_at=None,
        entry__category=entry.category_id,
        entry__division=entry.division,
        entry__withdrawn_at=None,
    ).exclude(pk=assignment.pk)


def ranks_given(assignment: Assignment) -> set[int]:
    """Return the ranks that its juror has given to other entries of the category for good."""
    final = same_contest(assignment).filter(scorecard__submitted_at__isnull=False)
    return set(final.exclude(scorecard__rank=None).values_list("scorecard__rank", flat=True))


def points_given(assignment: Assignment) -> int:
    """Return how many points its juror has given to other entries of the category for good."""
    final = same_contest(assignment).filter(scorecard__submitted_at__isnull=False)
    return final.aggregate(given=Sum("scorecard__points"))["given"] or 0


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


def others_marks(assignment: Assignment, sees: Sees) -> list[Scorecard]:
    """Return the other jurors' final scorecards for the same entry, as far as the juror may see them now.

    Nobody sees any before the own one is final; then ``sees.others`` says whether at once, once the jury has
    met on the category, or never.
    """
    if not _may_see(assignment, sees.others):
        return []
    final = Scorecard.objects.filter(
        assignment__stage=assignment.stage_id,
        assignment__entry=assignment.entry_id,
        submitted_at__isnull=False,
        excluded_at=None,
    )
    return list(final.exclude(assignment=assignment).order_by("submitted_at").prefetch_related("marks"))


def may_see_total(assignment: Assignment, sees: Sees) -> bool:
    """Say whether its juror may see the jury's score for the entry so far."""
    return _may_see(assignment, sees.totals)


def total_of(assignment: Assignment, definition: Definition) -> Fraction | None:
    """Return the jury's score for an entry so far, as marks were given; None while it is not decidable."""
    counting = scorecards_that_count(assignment.stage).filter(assignment__entry=assignment.entry_id)
    scores = {
        key: Fraction(score_of, score_in)
        for key, score_of, score_in in counting.values_list("pk", "score_of", "score_in")
        if score_of is not None and score_in is not None
    }
    if definition.jury is None:
        return None
    recipe = definition.jury.combine
    combined = combine(
        scores, method=Method(recipe.method), trim=recipe.trim or 0, minimum_marks=recipe.minimum_marks
    )
    return combined.score


def _may_see(assignment: Assignment, when: str) -> bool:
    own = getattr(assignment, "scorecard", None)
    is_calibration = assignment.stage.calibration_id == assignment.entry_id
    if own is None or not own.is_final or when == "never" or is_calibration:
        return False
    if when == "when_final":
        return True
    return Meeting.objects.filter(stage=assignment.stage_id, category=assignment.entry.category_id).exists()


def calibration_marks(assignment: Assignment) -> dict[str, list[int]]:
    """Return how many steps each juror gave the calibration entry, by criterion, from low to high.

    Nothing before the own scorecard for it is final. Whose marks they are is not told.
    """
    own = getattr(assignment, "scorecard", None)
    if assignment.stage.calibration_id != assignment.entry_id or own is None or not own.is_final:
        return {}
    final = Scorecard.objects.filter(
        assignment__stage=assignment.stage_id,
        assignment__entry=assignment.entry_id,
        submitted_at__isnull=False,
        excluded_at=None,
    )
    found: dict[str, list[int]] = {}
    rows = final.filter(marks__steps__isnull=False).order_by("marks__steps")
    for criterion, steps in rows.values_list("marks__criterion", "marks__steps"):
        found.setdefault(criterion, []).append(steps)
    return found


def scorecards_chaired_by(user: User | AnonymousUser, edition: Edition) -> QuerySet[Assignment]:
    """Return who marks what in the categories whose panels a person chairs, with scorecards where begun.

    Left out is what the chair has a conflict of interest with.
    """
    mine = juries_of(user).filter(edition=edition).values("pk")
    chaired = Panel.objects.filter(edition=edition, chair__in=mine)
    found = Assignment.objects.filter(
        Q(ended_at=None) | Q(scorecard__submitted_at__isnull=False),
        ~Exists(_reaching("entry__case").filter(juror__in=mine)),
        stage__edition=edition,
        entry__category__in=chaired.values("categories"),
        entry__withdrawn_at=None,
    )
    return found.select_related("stage__edition", "entry__case", "juror", "scorecard").order_by(
        "stage__opens_at", "stage", "entry__code", "juror__name"
    )


def may_reopen(scorecard: Scorecard, user: User | None) -> bool:
    """Say whether a person may reopen a scorecard: its panel's chair; without one, who runs the edition."""
    if user is None:
        return False
    entry = scorecard.assignment.entry
    chairs = Panel.objects.filter(edition=entry.edition_id, categories=entry.category_id)
    chairs = chairs.filter(chair__user__isnull=False, chair__removed_at=None)
    if chairs.exists():
        return chairs.filter(chair__user=user).exists()
    return may_run(scorecard.assignment.stage.edition.programme.organiser, user)


def may_run(organiser: Organiser, user: User | None) -> bool:
    """Say whether a person is an owner or manager of an organiser."""
    return user is not None and role_at(organiser, user) in CHANGE


def history_of(scorecard: Scorecard) -> QuerySet[Reopening]:
    """Return when a scorecard was reopened or changed, by whom and why, oldest first."""
    return Reopening.objects.filter(scorecard=scorecard).select_related("by")
