"""People and the organisers they belong to."""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from kaaring.kernel.ids import new_public_id


class Accounts(BaseUserManager["User"]):
    """Makes accounts the way Django and allauth ask for them."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, **fields, is_superuser=True)


class User(AbstractBaseUser, PermissionsMixin):
    """A person with an account; known by e-mail address, shown by name, in the audit chain by public id."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120, blank=True)
    language = models.CharField(max_length=5, default="nb")
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = Accounts()
    USERNAME_FIELD = "email"

    def __str__(self) -> str:
        return self.name or self.email


class Organiser(models.Model):
    """Who runs programmes: a house with its name, accent colour and logo."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=120)
    accent = models.CharField(max_length=7, default="#0b5563", validators=[RegexValidator(r"^#[0-9a-f]{6}$")])
    logo = models.TextField(blank=True, help_text="SVG, cleaned before it is stored; empty for Kåring's own")

    def __str__(self) -> str:
        return self.name


class MemberRole(models.TextChoices):
    """What a member may do for an organiser, in every edition it runs."""

    OWNER = "owner", _("Owner")
    MANAGER = "manager", _("Manager")
    VIEWER = "viewer", _("Viewer")
    AUDITOR = "auditor", _("Auditor")


class Membership(models.Model):
    """A person belongs to an organiser in one role."""

    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT, related_name="memberships")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=10, choices=MemberRole.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_membership_per_person_and_organiser", fields=["organiser", "user"]
            ),
            models.CheckConstraint(
                name="a_membership_has_a_known_role", condition=models.Q(role__in=MemberRole.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.role}, {self.organiser}"


class Organisation(models.Model):
    """A company or public body that enters awards or that jurors come from, known to one organiser.

    The same over all editions, so that last year's case is found again. ``endpoint`` is its electronic
    address for invoices, such as ``0192:123456785``.
    """

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT, related_name="organisations")
    name = models.CharField(max_length=160)
    number = models.CharField(max_length=40, blank=True, help_text="in the register of its country")
    country = models.CharField(max_length=2, blank=True)
    street = models.CharField(max_length=160, blank=True)
    postcode = models.CharField(max_length=20, blank=True)
    city = models.CharField(max_length=80, blank=True)
    invoice_email = models.EmailField(blank=True)
    endpoint = models.CharField(max_length=80, blank=True)
    is_member = models.BooleanField(default=False, help_text="pays the members' price")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["organiser", "name"]

    def __str__(self) -> str:
        return self.name


class Affiliation(models.Model):
    """A person acts for an organisation: sees its cases and may change them."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="affiliations")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="affiliations")
    since = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_affiliation_per_person_and_organisation", fields=["organisation", "user"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.organisation}"
