"""The audit chain."""

from django.db import models


class AuditLine(models.Model):
    """One thing that happened; never changed, never deleted.

    Lines of one ``chain`` (an edition, or the installation) are numbered from 1, and each holds the digest
    of the line before it, so that a changed, missing or inserted line shows (``kaaring audit``).
    Write with ``audit.actions.record``.
    """

    chain = models.CharField(max_length=120)
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.CharField(max_length=40, help_text="public id of the person, or the command that did it")
    doing = models.CharField(max_length=60)
    about = models.CharField(max_length=160)
    why = models.TextField(blank=True)
    details = models.JSONField(default=dict)
    digest_before = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["chain", "number"]
        constraints = [
            models.UniqueConstraint(name="one_audit_line_per_number", fields=["chain", "number"]),
            models.CheckConstraint(name="audit_lines_count_from_one", condition=models.Q(number__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.chain} #{self.number} {self.doing} {self.about}"
