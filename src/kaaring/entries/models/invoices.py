"""Invoices and their lines."""

from django.db import models

from kaaring.entries.models.entries import Entry
from kaaring.kernel.ids import new_public_id
from kaaring.people.models import Organisation, Organiser
from kaaring.programmes.models import Edition


class Invoice(models.Model):
    """An invoice as it was sent: numbers run without a gap in each organiser; nothing in it changes later.

    ``seller`` and ``buyer`` are name and address as they stood; amounts are whole hundredths of the currency.
    One that is credited has a credit note with a number of the same series, ``credit_number``.
    """

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT, related_name="invoices")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="invoices")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="invoices")
    number = models.PositiveIntegerField()
    issued_on = models.DateField()
    due_on = models.DateField()
    currency = models.CharField(max_length=3)
    vat = models.CharField(max_length=20, help_text="per cent, exactly: 25")
    seller = models.JSONField()
    buyer = models.JSONField()
    reference = models.CharField(max_length=80, blank=True, help_text="the buyer's own")
    paid_on = models.DateField(null=True, blank=True)
    paid_note = models.CharField(max_length=120, blank=True)
    credited_at = models.DateTimeField(null=True, blank=True)
    credited_reason = models.TextField(blank=True)
    credit_number = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["edition", "number"]
        constraints = [
            models.UniqueConstraint(name="one_invoice_per_number", fields=["organiser", "number"]),
            models.UniqueConstraint(name="one_credit_note_per_number", fields=["organiser", "credit_number"]),
            models.CheckConstraint(
                name="an_invoice_is_due_when_issued_or_later",
                condition=models.Q(due_on__gte=models.F("issued_on")),
            ),
            models.CheckConstraint(
                name="a_credited_invoice_says_why",
                condition=models.Q(credited_at__isnull=True) | ~models.Q(credited_reason=""),
            ),
            models.CheckConstraint(
                name="a_credited_invoice_has_a_credit_note",
                condition=models.Q(credited_at__isnull=True, credit_number__isnull=True)
                | models.Q(credited_at__isnull=False, credit_number__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition}, invoice {self.number}"


class InvoiceLine(models.Model):
    """One entry on an invoice, at the price that applied when it was submitted."""

    invoice = models.ForeignKey(Invoice, on_delete=models.PROTECT, related_name="lines")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="invoice_lines")
    description = models.CharField(max_length=300)
    amount = models.PositiveIntegerField(help_text="hundredths, without value added tax")

    class Meta:
        ordering = ["invoice", "pk"]

    def __str__(self) -> str:
        return self.description
