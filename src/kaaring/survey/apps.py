"""How Django calls this package."""

from django.apps import AppConfig


class SurveyConfig(AppConfig):
    name = "kaaring.survey"
    default_auto_field = "django.db.models.BigAutoField"
