"""Stages, which entries are in them, and who reads what."""

from django.db import models

from kaaring.entries.models import Entry
from kaaring.jury.models.jurors import Juror
from kaaring.programmes.models import Edition


class Stage(models.Model):
    """When a stage of the rules is open. Its mode, its size and what jurors see stand in the rules.

    With a ``calibration`` entry each juror marks that one first; its scorecards count nowhere.
    """

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="stages")
    code = models.SlugField(max_length=40)
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    calibration = models.ForeignKey(Entry, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["edition", "opens_at"]
        constraints = [
            models.UniqueConstraint(name="one_period_per_stage", fields=["edition", "code"]),
            models.CheckConstraint(
                name="a_stage_closes_after_it_opens", condition=models.Q(closes_at__gt=models.F("opens_at"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition}, {self.code}"


class Admission(models.Model):
    """An entry goes into a stage: every submitted one into the first, the shortlisted into the next."""

    stage = models.ForeignKey(Stage, on_delete=models.PROTECT, related_name="admissions")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="admissions")
    admitted_at = models.DateTimeField()
    reason = models.TextField(blank=True, help_text="where a person put it in or took it out by hand")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_admission_per_entry_and_stage", fields=["stage", "entry"]),
            models.CheckConstraint(
                name="an_ended_admission_says_why",
                condition=models.Q(ended_at__isnull=True) | ~models.Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry} in {self.stage}"


class Assignment(models.Model):
    """A juror reads an entry in a stage. One that has ended stays, with the reason."""

    stage = models.ForeignKey(Stage, on_delete=models.PROTECT, related_name="assignments")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="assignments")
    juror = models.ForeignKey(Juror, on_delete=models.PROTECT, related_name="assignments")
    is_manual = models.BooleanField(default=False)
    is_by_lottery = models.BooleanField(default=False)
    assigned_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_assignment_per_stage_entry_and_juror", fields=["stage", "entry", "juror"]
            ),
            models.CheckConstraint(
                name="an_ended_assignment_says_why",
                condition=models.Q(ended_at__isnull=True) | ~models.Q(ended_reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.juror}: {self.entry}"
