"""Entries: answers, declarations, corrections."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kaaring.entries.models.cases import Attachment, Case
from kaaring.kernel.ids import new_public_id
from kaaring.people.models import User
from kaaring.programmes.models import Category, Edition


class Entry(models.Model):
    """A case in one category: the unit of judging.

    A draft until ``submitted_at`` is set. ``late_until`` lets it be submitted after the deadline, by the
    organiser's leave. ``eligibility`` is what the rules said at submitting, in words, for jurors and appeals.
    ``imported_version`` is the case's version that an import wrote: a higher one was written here since.
    """

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="entries")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="entries")
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="entries")
    division = models.CharField(max_length=40, blank=True)
    code = models.CharField(max_length=60, help_text="what people call it: 014")
    created_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    late_until = models.DateTimeField(null=True, blank=True)
    late_reason = models.TextField(blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.TextField(blank=True)
    eligibility = models.JSONField(default=list)
    imported_version = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["edition", "code"]
        verbose_name_plural = "entries"
        constraints = [
            models.UniqueConstraint(name="one_entry_per_code", fields=["edition", "code"]),
            models.UniqueConstraint(
                name="a_case_is_in_a_category_once",
                fields=["case", "category"],
                condition=models.Q(withdrawn_at__isnull=True),
            ),
            models.CheckConstraint(
                name="leave_to_be_late_has_a_reason",
                condition=models.Q(late_until__isnull=True) | ~models.Q(late_reason=""),
            ),
            models.CheckConstraint(
                name="a_withdrawn_entry_says_why",
                condition=models.Q(withdrawn_at__isnull=True) | ~models.Q(withdrawn_reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.case}"


class Answer(models.Model):
    """What an entry says about one criterion, and who may read it later.

    ``version`` is the case's version in which it last changed.
    """

    class Openness(models.TextChoices):
        JURY = "jury", _("for the jury only")
        PUBLIC = "public", _("may be published")

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="answers", db_index=False)
    criterion = models.CharField(max_length=40)
    text = models.TextField()
    openness = models.CharField(max_length=10, choices=Openness.choices, default=Openness.JURY)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_answer_per_entry_and_criterion", fields=["entry", "criterion"])
        ]

    def __str__(self) -> str:
        return f"{self.entry_id}: {self.criterion}"


class Declaration(models.Model):
    """Something a person declared where no machine can tell, and what the organiser found on checking it."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="declarations")
    rule = models.CharField(max_length=80, help_text="the rule's key in its category")
    statement = models.TextField()
    declared_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    declared_as = models.CharField(max_length=120, help_text="name and role of who declares")
    declared_at = models.DateTimeField()
    proof = models.ForeignKey(
        Attachment, null=True, blank=True, on_delete=models.PROTECT, related_name="declarations"
    )
    checked_at = models.DateTimeField(null=True, blank=True)
    checked_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    is_accepted = models.BooleanField(null=True, blank=True)
    checked_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_declaration_per_entry_and_rule", fields=["entry", "rule"]),
            models.CheckConstraint(
                name="a_checked_declaration_says_what_was_found",
                condition=models.Q(checked_at__isnull=True, is_accepted__isnull=True)
                | models.Q(checked_at__isnull=False, is_accepted__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id}: {self.rule}"


class Correction(models.Model):
    """What the organiser asks the entrant to correct. While one is open the entry is the entrant's again.

    ``submitted`` is what the entry said when it was asked, and what the jury reads until the correction is
    answered; ``division`` is what the entrant would then have it compete in. Decision 033 says why.
    """

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="corrections")
    wanted = models.TextField()
    until = models.DateTimeField()
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    submitted = models.JSONField(null=True, blank=True)
    division = models.CharField(max_length=40, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(blank=True)

    class Meta:
        ordering = ["entry", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="one_open_correction_per_entry",
                fields=["entry"],
                condition=models.Q(answered_at__isnull=True),
            ),
            models.CheckConstraint(name="a_correction_says_what_is_wanted", condition=~models.Q(wanted="")),
        ]

    def __str__(self) -> str:
        return self.wanted[:60]
