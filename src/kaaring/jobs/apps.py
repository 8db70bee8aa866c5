"""How Django calls this package."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "kaaring.jobs"
    default_auto_field = "django.db.models.BigAutoField"
