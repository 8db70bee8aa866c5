"""Background work as people see it."""

from django.db import models

from kaaring.kernel.ids import new_public_id
from kaaring.people.models import User
from kaaring.programmes.models import Edition


class Job(models.Model):
    """One piece of long work: what it is, how far it has come, and how it ended.

    Its task may be claimed more than once: a worker that was killed leaves ``seen_at`` behind, and after a
    minute another goes on where ``done`` says. After three attempts it has failed, with the reason.
    """

    class Kind(models.TextChoices):
        IMPORT = "import"
        REPORTS = "reports"
        ASSIGNMENT = "assignment"
        LETTERS = "letters"

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="jobs")
    asked_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    arguments = models.JSONField(default=dict)
    task_id = models.CharField(max_length=64, blank=True)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    seen_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    failure = models.TextField(blank=True)
    outcome = models.JSONField(default=dict)

    class Meta:
        ordering = ["-asked_at"]
        constraints = [
            models.CheckConstraint(
                name="a_job_is_never_more_than_done", condition=models.Q(done__lte=models.F("total"))
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.public_id}"
