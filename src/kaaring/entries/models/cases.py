"""Cases: parties, nominee, protected facts, key figures, attachments."""

from django.db import models

from kaaring.kernel.fields import EncryptedText
from kaaring.kernel.ids import new_public_id, new_token
from kaaring.people.models import Organisation, User
from kaaring.programmes.models import Edition


class Case(models.Model):
    """The dossier that is entered: who did what, told once and entered in any number of categories.

    ``facts`` are the answers to the edition's questions about it, as typed; protected ones stand apart.
    ``version`` grows with every change of what it says, answers of its entries included; ``changed_in`` keeps
    the version in which each part of it last changed, so that two tabs do not overwrite each other.
    """

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="cases")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="cases")
    title = models.CharField(max_length=160)
    subject = models.CharField(max_length=20, blank=True, help_text="kind of nominee, as the rules name them")
    language = models.CharField(max_length=5)
    summary = models.TextField(blank=True)
    facts = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    changed_in = models.JSONField(default=dict, help_text="version in which each part of it last changed")
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()
    copied_from = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="copies"
    )
    merge_asked_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="merges_asked"
    )
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged"
    )

    class Meta:
        ordering = ["edition", "title"]

    def __str__(self) -> str:
        return self.title


class Party(models.Model):
    """An organisation that stands behind a case, in a role. Each approves its part before it is submitted."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="parties")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="parties")
    role = models.CharField(max_length=40, blank=True, help_text="as the rules name it: client, vendor …")
    contact_email = models.EmailField(blank=True)
    text = models.TextField(blank=True, help_text="what this party says of its part")
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    approved_version = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["case", "pk"]
        verbose_name_plural = "parties"
        constraints = [
            models.UniqueConstraint(name="an_organisation_is_a_party_once", fields=["case", "organisation"]),
            models.CheckConstraint(
                name="an_approval_is_of_a_version",
                condition=models.Q(approved_at__isnull=True, approved_version__isnull=True)
                | models.Q(approved_at__isnull=False, approved_version__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.case}"


class Nominee(models.Model):
    """A person, team or product that is nominated. A person consents on a page of their own.

    ``token`` opens that page without an account; it is as good as a key and never shown to anybody else.
    """

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="nominee")
    name = models.CharField(max_length=160)
    role = models.CharField(max_length=120, blank=True)
    is_person = models.BooleanField(default=False)
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=5, blank=True)
    token = models.CharField(max_length=43, unique=True, default=new_token, editable=False)
    asked_at = models.DateTimeField(null=True, blank=True)
    consented_at = models.DateTimeField(null=True, blank=True)
    consented_version = models.PositiveIntegerField(null=True, blank=True)
    declined_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_nominee_does_not_both_consent_and_decline",
                condition=models.Q(consented_at__isnull=True) | models.Q(declined_at__isnull=True),
            ),
            models.CheckConstraint(
                name="a_consent_is_to_a_version",
                condition=models.Q(consented_at__isnull=True) | models.Q(consented_version__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ProtectedFact(models.Model):
    """An answer that only those may read whom a rule needs, encrypted where it is stored."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="protected_facts")
    fact = models.CharField(max_length=40)
    value = EncryptedText()
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(name="one_protected_fact_per_case", fields=["case", "fact"])]

    def __str__(self) -> str:
        return self.fact


class Figure(models.Model):
    """A key figure of a case: before, after, over which period, from which source.

    Amounts are kept as they were typed, so that nothing is rounded.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="figures")
    code = models.CharField(
        max_length=40, blank=True, help_text="of the edition's key figures; empty for others"
    )
    name = models.CharField(max_length=160)
    definition = models.CharField(max_length=400, blank=True)
    unit = models.CharField(max_length=40, blank=True)
    period = models.CharField(max_length=80, blank=True)
    source = models.CharField(max_length=200, blank=True)
    before = models.DecimalField(max_digits=20, decimal_places=6, null=True, blank=True)
    after = models.DecimalField(max_digits=20, decimal_places=6, null=True, blank=True)
    is_documented = models.BooleanField(default=False, help_text="else made probable")
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["case", "position", "pk"]

    def __str__(self) -> str:
        return self.name


class Attachment(models.Model):
    """A file of a case, stored outside the web root under a name of its own.

    ``content_type`` is what the content is, never what its name says.
    """

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="attachments")
    name = models.CharField(max_length=160)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    stored_as = models.CharField(max_length=120)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    scanned_at = models.DateTimeField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["case", "pk"]

    def __str__(self) -> str:
        return self.name
