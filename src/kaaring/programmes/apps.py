"""How Django calls this package."""

from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "kaaring.programmes"
    default_auto_field = "django.db.models.BigAutoField"
