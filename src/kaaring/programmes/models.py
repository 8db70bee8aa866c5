"""Programmes, editions, rules, awards, roles and invitations."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kaaring.kernel.fields import OrderedJSON
from kaaring.kernel.ids import new_public_id
from kaaring.kernel.text import said
from kaaring.people.models import Organiser, User


class Programme(models.Model):
    """An award that returns: Kundeserviceprisen."""

    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT, related_name="programmes")
    slug = models.SlugField(unique=True)
    name = models.JSONField(help_text="text per language")

    def __str__(self) -> str:
        return said(self.name)


class Edition(models.Model):
    """One running of a programme.

    ``timeline`` holds the announced dates (they may move, so they are no part of the frozen rules);
    ``illustrative`` says on every page what is invented, for demonstrations.
    """

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="editions")
    slug = models.SlugField()
    timezone = models.CharField(max_length=40)
    languages = models.JSONField()
    timeline = models.JSONField(default=dict)
    illustrative = models.JSONField(default=dict, help_text="text per language; empty where all is real")
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(name="one_edition_per_slug", fields=["programme", "slug"])]

    def __str__(self) -> str:
        return f"{self.programme.slug}/{self.slug}"

    @property
    def title(self) -> str:
        """The programme's name in the reader's language and the edition: «Kundeserviceprisen 2021»."""
        return f"{self.programme} {self.slug}"


class Rules(models.Model):
    """One version of an edition's rules: the definition file, checked, as data.

    The highest number is in force. ``frozen_at`` is set when the first evaluation or scorecard arrives; from
    then on this version never changes, and what is stored under it keeps its points.
    """

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="rules")
    number = models.PositiveIntegerField()
    document = OrderedJSON()
    digest = models.CharField(max_length=64)
    loaded_at = models.DateTimeField()
    loaded_by = models.CharField(max_length=40)
    reason = models.TextField(blank=True)
    frozen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["edition", "number"]
        verbose_name_plural = "rules"
        constraints = [
            models.UniqueConstraint(name="one_rules_version_per_number", fields=["edition", "number"])
        ]

    def __str__(self) -> str:
        return f"{self.edition}, version {self.number}"


class Category(models.Model):
    """One thing that entries compete for. Its criteria and rules stand in the rules; entries point here."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="categories")
    code = models.SlugField(max_length=40)
    name = models.JSONField(help_text="text per language")
    group = models.SlugField(max_length=40, blank=True)
    position = models.PositiveIntegerField()

    class Meta:
        ordering = ["edition", "position"]
        verbose_name_plural = "categories"
        constraints = [models.UniqueConstraint(name="one_category_per_code", fields=["edition", "code"])]

    def __str__(self) -> str:
        return said(self.name)


class Award(models.Model):
    """One thing that can be won in an edition: by measure, by jury, or by appointment with a citation."""

    class By(models.TextChoices):
        MEASURE = "measure", _("by measurement")
        JURY = "jury", _("by jury")
        APPOINTMENT = "appointment", _("by appointment")

    class Among(models.TextChoices):
        ALL = "all", _("among all participants")
        EACH_CLASS = "each_class", _("in each class")

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="awards")
    code = models.SlugField()
    name = models.JSONField(help_text="text per language")
    by = models.CharField(max_length=12, choices=By.choices)
    measure = models.CharField(max_length=80, blank=True)
    among = models.CharField(max_length=12, choices=Among.choices, default=Among.ALL)
    category = models.SlugField(blank=True)
    division = models.SlugField(blank=True)
    position = models.PositiveIntegerField()

    class Meta:
        ordering = ["edition", "position"]
        constraints = [
            models.UniqueConstraint(name="one_award_per_code", fields=["edition", "code"]),
            models.CheckConstraint(
                name="an_award_by_measure_names_its_measure",
                condition=~models.Q(by="measure") | ~models.Q(measure=""),
            ),
        ]

    def __str__(self) -> str:
        return said(self.name)


class EditionRole(models.TextChoices):
    """What a person does in one edition."""

    REVIEWER = "reviewer", _("Reviewer")
    JUROR = "juror", _("Juror")
    JURY_CHAIR = "jury_chair", _("Jury chair")
    SHOPPER = "shopper", _("Mystery shopper")
    ENTRANT_CONTACT = "entrant_contact", _("Entrant's contact")
    PARTICIPANT_CONTACT = "participant_contact", _("Participant's contact")
    PRESENTER = "presenter", _("Presenter")


class Part(models.Model):
    """A person has a part in an edition: reviewer, juror, shopper, presenter …

    A participant's contact has a ``survey.Contact`` beside it, which says for which participant.
    """

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="parts")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="parts")
    role = models.CharField(max_length=20, choices=EditionRole.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_part_per_person_role_and_edition", fields=["edition", "user", "role"]
            ),
            models.CheckConstraint(
                name="a_part_has_a_known_role", condition=models.Q(role__in=EditionRole.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.role}, {self.edition}"


class Invitation(models.Model):
    """An offer to join an organiser (no edition) or an edition in a role, by a signed link to one address.

    Open until accepted or withdrawn, or until it is two weeks old. ``participant`` is the code of the
    participant a contact is invited for, ``organisation`` the public id of the one a colleague will act for.
    """

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT, related_name="invitations")
    edition = models.ForeignKey(
        Edition, null=True, blank=True, on_delete=models.PROTECT, related_name="invitations"
    )
    email = models.EmailField()
    role = models.CharField(max_length=20)
    participant = models.CharField(max_length=60, blank=True)
    organisation = models.CharField(max_length=12, blank=True)
    invited_at = models.DateTimeField()
    invited_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="an_accepted_invitation_says_by_whom",
                condition=models.Q(accepted_at__isnull=True, accepted_by__isnull=True)
                | models.Q(accepted_at__isnull=False, accepted_by__isnull=False),
            ),
            models.CheckConstraint(
                name="an_invitation_is_not_both_accepted_and_withdrawn",
                condition=models.Q(accepted_at__isnull=True) | models.Q(withdrawn_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email}: {self.role}"
