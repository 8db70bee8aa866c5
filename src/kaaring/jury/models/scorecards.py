"""Scorecards, their marks, and what was asked and changed about them."""

from django.db import models

from kaaring.jury.models.jurors import Recusal
from kaaring.jury.models.meetings import Meeting
from kaaring.jury.models.stages import Assignment
from kaaring.kernel.ids import new_public_id
from kaaring.people.models import User


class Scorecard(models.Model):
    """One juror's marks for one entry in one stage.

    A draft until ``submitted_at`` is set, final from then on; only final scorecards that are not excluded
    count. What a draft holds so far stands as typed in ``draft``; at submitting it becomes the marks and the
    columns below, so that nothing unfinished is ever read as a mark. ``score_of``/``score_in`` is the exact
    score as a fraction, 0 to 100, kept at submitting; both are null where every criterion is abstained from,
    or the stage's mode knows no score. ``excluded_for`` is the conflict of interest it is excluded for, where
    there is one. ``version`` grows with every change, so that two tabs do not overwrite each other. The
    stage's mode says which of ``passes``, ``rank`` and ``points`` is used. A remark that the organiser holds
    back is ``moderated`` to nothing.
    """

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    assignment = models.OneToOneField(Assignment, on_delete=models.PROTECT, related_name="scorecard")
    version = models.PositiveIntegerField(default=1)
    started_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    draft = models.JSONField(default=dict, blank=True, help_text="as typed so far; empty once final")
    entered_by = models.CharField(
        max_length=40, blank=True, help_text="who entered what the juror wrote on paper; empty for the juror"
    )
    score_of = models.BigIntegerField(null=True, blank=True)
    score_in = models.BigIntegerField(null=True, blank=True)
    abstained = models.TextField(blank=True, help_text="why the juror abstains from the whole entry")
    comment = models.TextField(blank=True, help_text="to the jury")
    remark = models.TextField(blank=True, help_text="to the entrant")
    moderated = models.TextField(null=True, blank=True, help_text="the remark as released; null until then")
    note = models.TextField(blank=True, help_text="the juror's own, nobody else sees it")
    excluded_at = models.DateTimeField(null=True, blank=True)
    excluded_reason = models.TextField(blank=True)
    excluded_for = models.ForeignKey(
        Recusal, null=True, blank=True, on_delete=models.PROTECT, related_name="excluded_scorecards"
    )
    passes = models.BooleanField(null=True, blank=True)
    rank = models.PositiveIntegerField(null=True, blank=True)
    points = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_kept_score_is_a_whole_fraction",
                condition=models.Q(score_of__isnull=True, score_in__isnull=True)
                | models.Q(score_of__isnull=False, score_in__gt=0),
            ),
            models.CheckConstraint(
                name="a_final_scorecard_holds_no_draft",
                condition=models.Q(submitted_at__isnull=True) | models.Q(draft={}),
            ),
            models.CheckConstraint(
                name="a_draft_holds_no_result",
                condition=models.Q(submitted_at__isnull=False)
                | models.Q(
                    score_of__isnull=True, passes__isnull=True, rank__isnull=True, points__isnull=True
                ),
            ),
            models.CheckConstraint(
                name="an_excluded_scorecard_says_why",
                condition=models.Q(excluded_at__isnull=True) | ~models.Q(excluded_reason=""),
            ),
            models.CheckConstraint(
                name="what_a_scorecard_is_excluded_for_has_a_day",
                condition=models.Q(excluded_for__isnull=True) | models.Q(excluded_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"Scorecard of {self.assignment}"

    @property
    def is_final(self) -> bool:
        """Whether it can no longer be changed by its juror."""
        return self.submitted_at is not None


class Mark(models.Model):
    """One criterion marked: so many steps above the scale's lowest mark, or abstained from with a reason.

    ``share`` is the per cent of the criterion's weight that the juror lets count, where the rules leave that
    to the juror. An open criterion has no row.
    """

    scorecard = models.ForeignKey(Scorecard, on_delete=models.CASCADE, related_name="marks", db_index=False)
    criterion = models.CharField(max_length=40)
    steps = models.PositiveIntegerField(null=True, blank=True)
    share = models.PositiveSmallIntegerField(default=100)
    abstained = models.TextField(blank=True)
    comment = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_mark_per_scorecard_and_criterion", fields=["scorecard", "criterion"]
            ),
            models.CheckConstraint(
                name="a_mark_is_given_or_abstained_from_with_a_reason",
                condition=models.Q(steps__isnull=False, abstained="")
                | (models.Q(steps__isnull=True) & ~models.Q(abstained="")),
            ),
            models.CheckConstraint(name="a_share_is_a_per_cent", condition=models.Q(share__lte=100)),
        ]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.steps}"


class Reopening(models.Model):
    """A final scorecard made a draft again, or changed in a meeting: by whom, why, and what it was before."""

    scorecard = models.ForeignKey(Scorecard, on_delete=models.PROTECT, related_name="reopenings")
    at = models.DateTimeField()
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    before = models.JSONField(help_text="marks and score before")
    meeting = models.ForeignKey(
        Meeting, null=True, blank=True, on_delete=models.PROTECT, related_name="changes"
    )

    class Meta:
        ordering = ["scorecard", "pk"]
        constraints = [
            models.CheckConstraint(name="a_reopening_has_a_reason", condition=~models.Q(reason=""))
        ]

    def __str__(self) -> str:
        return f"{self.scorecard}: {self.reason}"


class Query(models.Model):
    """What a juror asks the organiser about an entry, and the answer."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="queries")
    text = models.TextField()
    asked_at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "queries"
        constraints = [
            models.CheckConstraint(
                name="an_answered_query_has_an_answer",
                condition=models.Q(answered_at__isnull=True) | ~models.Q(answer=""),
            )
        ]

    def __str__(self) -> str:
        return self.text[:60]
