"""Shoppers, enquiries, evaluations, answers, points and comments."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kaaring.kernel.ids import new_public_id
from kaaring.people.models import User
from kaaring.programmes.models import Edition
from kaaring.survey.models import Participant, Question, Questionnaire


class Shopper(models.Model):
    """A mystery shopper of one edition. Participants never learn who it was; only organisers see the name."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="shoppers")
    code = models.CharField(max_length=60)
    name = models.CharField(max_length=120)
    email = models.EmailField(blank=True)
    languages = models.JSONField(default=list)
    max_per_week = models.PositiveIntegerField(null=True, blank=True)
    conflicts = models.ManyToManyField(Participant, blank=True, related_name="+")
    user = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["edition", "code"]
        constraints = [models.UniqueConstraint(name="one_shopper_per_code", fields=["edition", "code"])]

    def __str__(self) -> str:
        return self.code


class Enquiry(models.Model):
    """One planned contact with a participant on one channel."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="enquiries")
    code = models.CharField(max_length=60)
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="enquiries")
    channel = models.CharField(max_length=40)
    shopper = models.ForeignKey(
        Shopper, null=True, blank=True, on_delete=models.PROTECT, related_name="enquiries"
    )
    scenario = models.CharField(max_length=60, blank=True)
    window_from = models.DateField(null=True, blank=True)
    window_to = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "enquiries"
        constraints = [
            models.UniqueConstraint(name="one_enquiry_per_code", fields=["edition", "code"]),
            models.CheckConstraint(
                name="an_enquiry_window_ends_after_it_begins",
                condition=models.Q(window_to__isnull=True) | models.Q(window_to__gte=models.F("window_from")),
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Evaluation(models.Model):
    """The filled-in questionnaire of one enquiry, under one version of the rules.

    It counts when its review is approved and it is not excluded. ``is_thin`` marks one in which less was
    observed than the rules ask for: it counts only after a reviewer has approved it with a reason.
    ``earned`` and ``possible`` are the points in total, in units of the questionnaire; ``possible`` is null
    where the enquiry is not observed in the total. The same sums per measure stand in ``Points``.
    ``digest`` tells whether a row that is sent again is the same: it is taken over what was sent, so that
    what reviewers decide later is not undone by sending the same row once more.
    """

    class Review(models.TextChoices):
        APPROVED = "approved", _("approved")
        HELD = "held", _("held")
        REJECTED = "rejected", _("rejected")

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    enquiry = models.OneToOneField(Enquiry, on_delete=models.PROTECT, related_name="evaluation")
    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.PROTECT, related_name="evaluations")
    at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField()
    is_answered = models.BooleanField()
    is_thin = models.BooleanField()
    earned = models.PositiveIntegerField(null=True)
    possible = models.PositiveIntegerField(null=True)
    review = models.CharField(max_length=10, choices=Review.choices)
    excluded = models.TextField(blank=True, help_text="why it does not count; empty where it does")
    reviewed_because = models.TextField(blank=True, help_text="the reason of the reviewer's last decision")
    digest = models.CharField(max_length=64, help_text="SHA-256 over what was sent")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="earned_points_are_not_above_the_possible",
                condition=models.Q(possible__isnull=True) | models.Q(earned__lte=models.F("possible")),
            ),
            models.CheckConstraint(name="an_evaluation_has_an_attempt", condition=models.Q(attempts__gte=1)),
        ]

    def __str__(self) -> str:
        return f"Evaluation of {self.enquiry_id}"


class Answer(models.Model):
    """One answer as it was given, and the points it earned.

    ``value`` is the import's own spelling: option code(s) separated by spaces, a number, or ``na``. No answer
    has no row, save that a question which counts 0 since nobody answered the enquiry has one with an empty
    value. ``possible`` is null where the answer counts nowhere (not scored, or not applicable).
    The unique constraint serves as the index on ``evaluation``, here as in points and comments.
    """

    evaluation = models.ForeignKey(
        Evaluation, on_delete=models.CASCADE, related_name="answers", db_index=False
    )
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="answers")
    value = models.CharField(max_length=200)
    earned = models.PositiveIntegerField(null=True)
    possible = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_answer_per_evaluation_and_question", fields=["evaluation", "question"]
            )
        ]

    def __str__(self) -> str:
        return self.value


class Points(models.Model):
    """What an evaluation earned of what was possible in one measure: ``area:CODE`` or ``theme:CODE``.

    A measure that was not observed has no row.
    """

    evaluation = models.ForeignKey(
        Evaluation, on_delete=models.CASCADE, related_name="points", db_index=False
    )
    measure = models.CharField(max_length=80)
    earned = models.PositiveIntegerField()
    possible = models.PositiveIntegerField()

    class Meta:
        verbose_name_plural = "points"
        constraints = [
            models.UniqueConstraint(
                name="one_sum_per_evaluation_and_measure", fields=["evaluation", "measure"]
            ),
            models.CheckConstraint(
                name="earned_sum_is_not_above_the_possible",
                condition=models.Q(earned__lte=models.F("possible")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure}: {self.earned} of {self.possible}"


class Comment(models.Model):
    """What the shopper wrote about one area. Never holds the name of an agent."""

    evaluation = models.ForeignKey(
        Evaluation, on_delete=models.CASCADE, related_name="comments", db_index=False
    )
    area = models.CharField(max_length=40)
    text = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_comment_per_evaluation_and_area", fields=["evaluation", "area"])
        ]

    def __str__(self) -> str:
        return self.text[:60]
