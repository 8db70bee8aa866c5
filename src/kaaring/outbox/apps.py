"""How Django calls this package."""

from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "kaaring.outbox"
    default_auto_field = "django.db.models.BigAutoField"
