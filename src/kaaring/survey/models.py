"""Questionnaire versions, competition classes, participants and their contacts."""

from django.db import models

from kaaring.kernel.ids import new_public_id
from kaaring.kernel.text import said
from kaaring.people.models import User
from kaaring.programmes.models import Edition, Rules


class Questionnaire(models.Model):
    """The questions of one version of the rules.

    What a question asks and gives stands in ``rules.document``; ``unit`` is the common denominator of its
    points: stored points are whole numbers of 1/``unit``.
    """

    rules = models.OneToOneField(Rules, on_delete=models.PROTECT, related_name="questionnaire")
    unit = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"Questionnaire of {self.rules}"


class Question(models.Model):
    """One performance asked about; answers point here. Its text and points stand in the rules."""

    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.PROTECT, related_name="questions")
    code = models.CharField(max_length=40)
    position = models.PositiveIntegerField()

    class Meta:
        ordering = ["questionnaire", "position"]
        constraints = [
            models.UniqueConstraint(name="one_question_per_code", fields=["questionnaire", "code"])
        ]

    def __str__(self) -> str:
        return self.code


class CompetitionClass(models.Model):
    """An industry with its own winner."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="classes")
    code = models.SlugField()
    name = models.JSONField(help_text="text per language")
    minimum_participants = models.PositiveIntegerField()
    position = models.PositiveIntegerField()

    class Meta:
        ordering = ["edition", "position"]
        verbose_name_plural = "competition classes"
        constraints = [models.UniqueConstraint(name="one_class_per_code", fields=["edition", "code"])]

    def __str__(self) -> str:
        return said(self.name)


class Participant(models.Model):
    """A contact centre that is measured, in one class of one edition.

    ``channels`` are the codes of the channels it has; what it lacks never counts against it.
    """

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="participants")
    competition_class = models.ForeignKey(
        CompetitionClass, on_delete=models.PROTECT, related_name="participants"
    )
    code = models.SlugField(max_length=60)
    name = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120, blank=True)
    channels = models.JSONField()
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    chat_url = models.URLField(blank=True)
    contact_email = models.EmailField(blank=True)

    class Meta:
        ordering = ["edition", "name"]
        constraints = [models.UniqueConstraint(name="one_participant_per_code", fields=["edition", "code"])]

    def __str__(self) -> str:
        return self.name


class Contact(models.Model):
    """A person who may see a participant's own pages and report."""

    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="contacts")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="contacts")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_contact_per_person_and_participant", fields=["participant", "user"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.participant}"


class Scenario(models.Model):
    """A role-play: what the shopper is after, as shoppers read it."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="scenarios")
    code = models.SlugField()
    name = models.JSONField(help_text="text per language")
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(name="one_scenario_per_code", fields=["edition", "code"])]

    def __str__(self) -> str:
        return self.code
