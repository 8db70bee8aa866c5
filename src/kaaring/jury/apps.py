"""How Django calls this package."""

from django.apps import AppConfig


class JuryConfig(AppConfig):
    name = "kaaring.jury"
    default_auto_field = "django.db.models.BigAutoField"
