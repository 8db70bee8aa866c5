"""Meetings of the jury: who was there, what was noted."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kaaring.entries.models import Entry
from kaaring.jury.models.jurors import Juror
from kaaring.jury.models.stages import Stage
from kaaring.kernel.ids import new_public_id
from kaaring.people.models import User
from kaaring.programmes.models import Award, Category


class Meeting(models.Model):
    """The jury meets on one category of a stage, entry by entry, from ``opened_at`` to ``closed_at``."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    stage = models.ForeignKey(Stage, on_delete=models.PROTECT, related_name="meetings")
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="meetings")
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    entry = models.ForeignKey(Entry, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["stage", "category__position", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="one_open_meeting_per_stage_and_category",
                fields=["stage", "category"],
                condition=models.Q(closed_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.stage}: {self.category}"


class Attendance(models.Model):
    """A juror is present in a meeting. Who is recused from the entry at hand is out while it is discussed."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attendances")
    juror = models.ForeignKey(Juror, on_delete=models.PROTECT, related_name="attendances")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_attendance_per_meeting_and_juror", fields=["meeting", "juror"])
        ]

    def __str__(self) -> str:
        return f"{self.juror}: {self.meeting}"


class Minute(models.Model):
    """What a meeting notes: an entry taken up, who was out, a tie parted, an award decided, a remark."""

    class Kind(models.TextChoices):
        TAKEN_UP = "taken_up", _("taken up")
        RECUSED = "recused", _("out of the room")
        TIE = "tie", _("tie parted")
        DECIDED = "decided", _("award decided")
        NOTE = "note", _("note")

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="minutes")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    entry = models.ForeignKey(Entry, null=True, blank=True, on_delete=models.PROTECT, related_name="minutes")
    juror = models.ForeignKey(Juror, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveIntegerField(null=True, blank=True, help_text="of a parted tie: 1 is before 2")
    award = models.ForeignKey(Award, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    level = models.CharField(
        max_length=20, blank=True, help_text="of a decided award: what the entry is given"
    )
    text = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["meeting", "pk"]
        constraints = [
            models.CheckConstraint(
                name="a_minute_names_what_it_notes",
                condition=(~models.Q(kind="recused") | models.Q(juror__isnull=False))
                & (~models.Q(kind="tie") | models.Q(entry__isnull=False, position__isnull=False))
                & (~models.Q(kind="decided") | models.Q(award__isnull=False)),
            )
        ]

    def __str__(self) -> str:
        return f"{self.meeting}: {self.kind}"
