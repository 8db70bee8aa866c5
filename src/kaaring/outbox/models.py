"""Letters of an edition, from draft to sent."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kaaring.kernel.ids import new_public_id
from kaaring.people.models import User
from kaaring.programmes.models import Edition

AGAIN = "/"
"""What stands in ``about`` between the public id and the counter of a letter that is not the first."""


class Letter(models.Model):
    """One letter to one address about one thing: an entry, a nominee, a scorecard.

    Drafted until ``claimed_at`` is set, which the sender does before it hands the letter to the mail server;
    ``sent_at`` says that the server took it. Claimed and not sent means that nobody knows: such a letter is
    shown to the organiser and never sent again by itself.
    """

    class Kind(models.TextChoices):
        RECEIVED = "received", _("Entry received")
        CORRECTION = "correction", _("Correction asked for")
        CORRECTED = "corrected", _("Correction received")
        PARTY = "party", _("Approval of a party asked for")
        MERGE = "merge", _("Merging of two cases asked for")
        MERGED = "merged", _("Two cases made one")
        CONSENT = "consent", _("Consent of a nominee asked for")
        INVOICE = "invoice", _("Invoice")
        SHORTLISTED = "shortlisted", _("Goes on to the next stage")
        NOT_SHORTLISTED = "not_shortlisted", _("Does not go on")
        RESULT = "result", _("Result")
        FEEDBACK = "feedback", _("Feedback report")
        JUROR = "juror", _("To a juror")

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="letters")
    kind = models.CharField(max_length=16, choices=Kind.choices)
    about = models.CharField(
        max_length=80, help_text="public id of what it is about, with a counter if need be"
    )
    to = models.EmailField()
    language = models.CharField(max_length=5)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    drafted_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True, blank=True)
    claimed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["edition", "kind", "to", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="one_letter_per_kind_subject_and_address",
                fields=["edition", "kind", "about", "to"],
                condition=models.Q(withdrawn_at__isnull=True),
            ),
            models.CheckConstraint(
                name="a_letter_is_claimed_before_it_is_sent",
                condition=models.Q(sent_at__isnull=True) | models.Q(claimed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="a_withdrawn_letter_was_never_sent",
                condition=models.Q(withdrawn_at__isnull=True) | models.Q(claimed_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} to {self.to}"

    @property
    def is_another(self) -> bool:
        """Whether an earlier letter of the kind has gone to the address about the same thing."""
        return AGAIN in self.about
