"""Public votes: counts from elsewhere, and votes that were cast here."""

from django.db import models

from kaaring.entries.models import Entry
from kaaring.jury.models.stages import Stage
from kaaring.programmes.models import Category


class Ballot(models.Model):
    """What a public vote gave an entry in a stage: counted elsewhere and entered or imported."""

    stage = models.ForeignKey(Stage, on_delete=models.PROTECT, related_name="ballots")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="ballots")
    votes = models.PositiveIntegerField()
    entered_at = models.DateTimeField()
    entered_by = models.CharField(max_length=40)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_count_per_stage_and_entry", fields=["stage", "entry"])
        ]

    def __str__(self) -> str:
        return f"{self.entry}: {self.votes}"


class Vote(models.Model):
    """A choice in one category that somebody confirmed from their mailbox, in a stage that is voted on here.

    ``voter`` is a keyed digest of stage and address (``jury.voters``): the address itself stands nowhere.
    Voting again replaces the choice.
    """

    stage = models.ForeignKey(Stage, on_delete=models.PROTECT, related_name="votes")
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="+")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="votes")
    voter = models.CharField(max_length=43)
    confirmed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_vote_per_stage_voter_and_category", fields=["stage", "voter", "category"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.stage}: {self.entry_id}"
