"""Runs and their lines, means, decisions and the rounding."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kaaring.entries.models import Entry
from kaaring.kernel.ids import new_public_id
from kaaring.people.models import User
from kaaring.programmes.models import Award, Edition, Rules
from kaaring.survey.models import CompetitionClass, Participant


class Run(models.Model):
    """One frozen, published computation of an edition's results.

    It, its lines and the decisions it shows never change. Withdrawing sets ``withdrawn_at`` with a reason
    that stays visible; the run that counts is the newest one, unless it is withdrawn.
    """

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="runs")
    number = models.PositiveIntegerField()
    rules = models.ForeignKey(Rules, on_delete=models.PROTECT, related_name="runs")
    method = models.JSONField(help_text="name, version and parameters of the computation")
    input_digest = models.CharField(
        max_length=64, help_text="SHA-256 over every counted evaluation and scorecard"
    )
    digest = models.CharField(max_length=64, help_text="SHA-256 over rules, input and every line")
    evaluation_count = models.PositiveIntegerField()
    scorecard_count = models.PositiveIntegerField(default=0)
    decisions: "models.ManyToManyField[Decision, models.Model]" = models.ManyToManyField(
        "Decision", related_name="runs"
    )
    entry_decisions: "models.ManyToManyField[EntryDecision, models.Model]" = models.ManyToManyField(
        "EntryDecision", related_name="runs"
    )
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_reason = models.TextField(blank=True)

    class Meta:
        ordering = ["edition", "number"]
        constraints = [
            models.UniqueConstraint(name="one_run_per_number", fields=["edition", "number"]),
            models.CheckConstraint(
                name="a_withdrawn_run_says_why",
                condition=models.Q(withdrawn_at__isnull=True) | ~models.Q(withdrawn_reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition}, run {self.number}"


class Line(models.Model):
    """One participant's result in one measure of a run.

    ``score`` is the exact fraction as text ("2380/25"), empty where there is none; ``why`` then says why, and
    likewise where there is a score but no place in the class. ``low`` and ``high`` are the ends of its 95 %
    interval. Lines with the same ``band`` hold neighbours that the measurement cannot tell apart over all,
    those with the same ``class_band`` neighbours in their class; a line that stands alone has none.
    """

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="lines")
    measure = models.CharField(max_length=80)
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="lines")
    score = models.TextField(blank=True)
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    enquiries = models.PositiveIntegerField()
    place = models.PositiveIntegerField(null=True)
    is_shared = models.BooleanField(default=False)
    class_place = models.PositiveIntegerField(null=True)
    class_is_shared = models.BooleanField(default=False)
    band = models.PositiveSmallIntegerField(null=True)
    class_band = models.PositiveSmallIntegerField(null=True)
    why = models.CharField(max_length=40, blank=True)
    working = models.JSONField(null=True, help_text="how the score comes about; kept for total and areas")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_line_per_run_measure_and_participant", fields=["run", "measure", "participant"]
            ),
            models.CheckConstraint(
                name="a_line_without_a_place_says_why",
                condition=models.Q(place__isnull=False) | ~models.Q(why=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.run}: {self.participant}, {self.measure}"


class EntryLine(models.Model):
    """One entry's result in its category, or in its division of it, in a run.

    ``score`` is the exact fraction as text, empty where there is none; ``why`` then says why, as where there
    is no place. ``holds_in`` of ``variants`` ways to read the marks give the entry the same place.

    The lines of the stage that decides (none where several are blended) make the results; those of other
    stages tell entrants how they were marked there.
    """

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="entry_lines")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="lines")
    category = models.CharField(max_length=40)
    division = models.CharField(max_length=40, blank=True)
    stage = models.CharField(max_length=40)
    score = models.TextField(blank=True)
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    scorecards = models.PositiveIntegerField()
    place = models.PositiveIntegerField(null=True)
    is_shared = models.BooleanField(default=False)
    why = models.CharField(max_length=40, blank=True)
    holds_in = models.PositiveIntegerField(null=True)
    variants = models.PositiveIntegerField(null=True)
    working = models.JSONField(null=True, help_text="how the score comes about, without jurors' names")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_line_per_run_stage_and_entry", fields=["run", "stage", "entry"]
            ),
            models.CheckConstraint(
                name="an_entry_line_without_a_place_says_why",
                condition=models.Q(place__isnull=False) | ~models.Q(why=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.run}: {self.entry}"


class Mean(models.Model):
    """The mean over the participants of a class, or over all (no class), in one measure of a run."""

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="means")
    measure = models.CharField(max_length=80)
    competition_class = models.ForeignKey(
        CompetitionClass, null=True, on_delete=models.PROTECT, related_name="+"
    )
    score = models.TextField()
    participants = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_mean_per_run_measure_and_class", fields=["run", "measure", "competition_class"]
            ),
            models.UniqueConstraint(
                name="one_overall_mean_per_run_and_measure",
                fields=["run", "measure"],
                condition=models.Q(competition_class__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.run}: {self.measure}"


class Decided(models.Model):
    """What every decision has: why, by whom and when; and the same where it is taken back."""

    citation = models.JSONField(default=dict, help_text="text per language")
    reason = models.TextField(blank=True)
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    revoked_reason = models.TextField(blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="a_revoked_%(class)s_says_why",
                condition=models.Q(revoked_at__isnull=True) | ~models.Q(revoked_reason=""),
            )
        ]


class Decision(Decided):
    """Who gets an award by measurement or appointment, why and by whom; changed only by deciding anew.

    Several decisions of one award and class share it. An award among all has no class.
    """

    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="decisions")
    competition_class = models.ForeignKey(
        CompetitionClass, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="decisions")
    quote = models.JSONField(default=dict, help_text="what a shopper said, text per language")

    class Meta(Decided.Meta):
        ordering = ["award__position", "competition_class__position", "pk"]
        constraints = [
            *Decided.Meta.constraints,
            models.UniqueConstraint(
                name="an_award_in_a_class_is_given_to_a_participant_once",
                fields=["award", "competition_class", "participant"],
                condition=models.Q(revoked_at__isnull=True),
            ),
            models.UniqueConstraint(
                name="an_award_among_all_is_given_to_a_participant_once",
                fields=["award", "participant"],
                condition=models.Q(revoked_at__isnull=True, competition_class__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.award}: {self.participant}"


class EntryDecision(Decided):
    """Which entry gets a jury's award, at which level, why and by whom; changed only by deciding anew.

    Several winners share the award. That nobody gets it is a decision too: at the level ``none``, without
    an entry.
    """

    class Level(models.TextChoices):
        WINNER = "winner", _("Winner")
        GOLD = "gold", _("Gold")
        SILVER = "silver", _("Silver")
        BRONZE = "bronze", _("Bronze")
        HIGHLY_COMMENDED = "highly_commended", _("Highly commended")
        NONE = "none", _("No winner")

    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="entry_decisions")
    entry = models.ForeignKey(
        Entry, null=True, blank=True, on_delete=models.PROTECT, related_name="decisions"
    )
    level = models.CharField(max_length=20, choices=Level.choices)

    class Meta(Decided.Meta):
        ordering = ["award__position", "pk"]
        constraints = [
            *Decided.Meta.constraints,
            models.UniqueConstraint(
                name="an_award_is_given_to_an_entry_once",
                fields=["award", "entry"],
                condition=models.Q(revoked_at__isnull=True),
            ),
            models.UniqueConstraint(
                name="that_nobody_gets_an_award_is_decided_once",
                fields=["award"],
                condition=models.Q(revoked_at__isnull=True, level="none"),
            ),
            models.CheckConstraint(
                name="an_entry_is_named_unless_nobody_wins",
                condition=models.Q(entry__isnull=True, level="none")
                | (models.Q(entry__isnull=False) & ~models.Q(level="none")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.award}: {self.entry or self.get_level_display()}"


class Rounding(models.Model):
    """The published half-way leaders of the classes: who leads, without scores."""

    edition = models.OneToOneField(Edition, on_delete=models.PROTECT, related_name="rounding")
    until = models.DateField(help_text="the last day whose enquiries count")
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.edition}, rounding"


class RoundingLeader(models.Model):
    """A participant that leads its class at the rounding; several where they share the lead."""

    rounding = models.ForeignKey(Rounding, on_delete=models.CASCADE, related_name="leaders")
    competition_class = models.ForeignKey(CompetitionClass, on_delete=models.PROTECT, related_name="+")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["competition_class__position", "participant__name"]
        constraints = [
            models.UniqueConstraint(
                name="a_participant_leads_once_per_rounding", fields=["rounding", "participant"]
            )
        ]

    def __str__(self) -> str:
        return str(self.participant)


class FeedbackRelease(models.Model):
    """From ``released_at`` on each entrant may read how their own entries did in the published results.

    Without it nobody may. ``shows_band`` says whether they also learn in which quarter their place is.
    """

    edition = models.OneToOneField(Edition, on_delete=models.PROTECT, related_name="feedback_release")
    shows_band = models.BooleanField()
    released_at = models.DateTimeField()
    released_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.edition}, feedback"
