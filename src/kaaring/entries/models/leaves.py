"""Leave to enter after the deadline, given to an organisation."""

from django.db import models

from kaaring.people.models import Organisation, User
from kaaring.programmes.models import Edition


class LateLeave(models.Model):
    """An organisation may start, write and submit after the deadline, with or without a draft until then.

    ``category`` is the code of the only one it is for; empty means every category. Leave for a draft that is
    there already stands with the entry.
    """

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="late_leaves")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="late_leaves")
    category = models.SlugField(max_length=40, blank=True)
    until = models.DateTimeField()
    reason = models.TextField()
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["edition", "until", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="one_leave_per_organisation_and_category", fields=["edition", "organisation", "category"]
            ),
            models.CheckConstraint(name="leave_to_enter_late_has_a_reason", condition=~models.Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.until}"
