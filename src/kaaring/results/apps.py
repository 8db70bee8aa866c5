"""How Django calls this package."""

from django.apps import AppConfig


class ResultsConfig(AppConfig):
    name = "kaaring.results"
    default_auto_field = "django.db.models.BigAutoField"
