"""Files of cases, and whose they are to read."""

from django.db.models import QuerySet

from kaaring.entries.models import Attachment, Case
from kaaring.entries.queries.access import Reader, cases_seen_by


def attachments_of(case: Case) -> QuerySet[Attachment]:
    """Return the files attached to a case, the first first; removed ones are not among them."""
    return Attachment.objects.filter(case=case, removed_at=None).order_by("pk")


def attachments_seen_by(user: Reader) -> QuerySet[Attachment]:
    """Return the files of the cases that a person's organisations stand behind."""
    found = Attachment.objects.filter(removed_at=None, case__in=cases_seen_by(user).values("pk"))
    return found.select_related("case__edition__programme__organiser")
