"""How Django calls this package."""

from django.apps import AppConfig


class EntriesConfig(AppConfig):
    name = "kaaring.entries"
    default_auto_field = "django.db.models.BigAutoField"
