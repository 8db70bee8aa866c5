"""Jurors, their panels, and the conflicts of interest that keep them out."""

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from kaaring.entries.models import Case
from kaaring.kernel.ids import new_public_id
from kaaring.kernel.text import said
from kaaring.people.models import Organisation, User
from kaaring.programmes.models import Category, Edition


class Juror(models.Model):
    """A member of the jury of one edition; ``user`` is set once the invitation is taken up.

    ``categories`` are the codes of the categories the juror knows about, none meaning all alike.
    """

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="jurors")
    code = models.CharField(max_length=60)
    name = models.CharField(max_length=120)
    email = models.EmailField(blank=True)
    user = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="juries")
    organisation_name = models.CharField(max_length=160, blank=True)
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="jurors"
    )
    languages = models.JSONField(default=list)
    categories = models.JSONField(default=list)
    most_entries = models.PositiveIntegerField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_reason = models.TextField(blank=True)

    class Meta:
        ordering = ["edition", "name"]
        constraints = [
            models.UniqueConstraint(name="one_juror_per_code", fields=["edition", "code"]),
            models.UniqueConstraint(
                name="one_juror_per_person_and_edition",
                fields=["edition", "user"],
                condition=models.Q(user__isnull=False),
            ),
            models.UniqueConstraint(
                Lower("email"),
                "edition",
                name="one_address_per_juror",
                condition=~models.Q(email="") & models.Q(removed_at__isnull=True),
            ),
            models.CheckConstraint(
                name="a_removed_juror_has_a_reason",
                condition=models.Q(removed_at__isnull=True) | ~models.Q(removed_reason=""),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Panel(models.Model):
    """The jurors of certain categories, with their chair. Without panels the whole jury judges all."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="panels")
    code = models.SlugField()
    name = models.JSONField(help_text="text per language")
    categories: "models.ManyToManyField[Category, models.Model]" = models.ManyToManyField(
        Category, related_name="panels"
    )
    jurors: "models.ManyToManyField[Juror, models.Model]" = models.ManyToManyField(
        Juror, related_name="panels"
    )
    chair = models.ForeignKey(
        Juror, null=True, blank=True, on_delete=models.PROTECT, related_name="panels_chaired"
    )

    class Meta:
        ordering = ["edition", "code"]
        constraints = [models.UniqueConstraint(name="one_panel_per_code", fields=["edition", "code"])]

    def __str__(self) -> str:
        return said(self.name)


class Recusal(models.Model):
    """A conflict of interest: this juror has nothing to do with this organisation's, or this one, case.

    It blocks assignment, reading, marking and presence in the meeting until somebody dismisses it with a
    reason; a detected one that nobody has looked at blocks as well.
    """

    class Kind(models.TextChoices):
        EMPLOYER = "employer", _("works or worked there")
        CLIENT = "client", _("client or supplier")
        PARTNER = "partner", _("partner of a joint entry")
        PERSON = "person", _("knows the person")
        OTHER = "other", _("another reason")

    class Source(models.TextChoices):
        DECLARED = "declared", _("declared by the juror")
        DETECTED = "detected", _("found by comparing names")
        ORGANISER = "organiser", _("set by the organiser")

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    juror = models.ForeignKey(Juror, on_delete=models.PROTECT, related_name="recusals")
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="recusals"
    )
    case = models.ForeignKey(Case, null=True, blank=True, on_delete=models.PROTECT, related_name="recusals")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    source = models.CharField(max_length=10, choices=Source.choices)
    note = models.TextField(blank=True)
    noted_at = models.DateTimeField()
    noted_by = models.CharField(max_length=40)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.CharField(max_length=40, blank=True)
    dismissed_at = models.DateTimeField(null=True, blank=True)
    dismissed_by = models.CharField(max_length=40, blank=True)
    dismissed_reason = models.TextField(blank=True)

    class Meta:
        ordering = ["juror", "pk"]
        constraints = [
            models.CheckConstraint(
                name="a_recusal_is_about_an_organisation_or_a_case",
                condition=models.Q(organisation__isnull=False, case__isnull=True)
                | models.Q(organisation__isnull=True, case__isnull=False),
            ),
            models.UniqueConstraint(
                name="one_recusal_per_juror_and_organisation",
                fields=["juror", "organisation"],
                condition=models.Q(dismissed_at__isnull=True),
            ),
            models.UniqueConstraint(
                name="one_recusal_per_juror_and_case",
                fields=["juror", "case"],
                condition=models.Q(dismissed_at__isnull=True),
            ),
            models.CheckConstraint(
                name="a_dismissed_recusal_says_why",
                condition=models.Q(dismissed_at__isnull=True) | ~models.Q(dismissed_reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.juror}: {self.organisation or self.case}"
