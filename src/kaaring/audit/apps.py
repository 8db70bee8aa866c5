"""How Django calls this package."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "kaaring.audit"
    default_auto_field = "django.db.models.BigAutoField"
