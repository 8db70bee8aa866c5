"""How Django calls this package."""

from django.apps import AppConfig


class FieldworkConfig(AppConfig):
    name = "kaaring.fieldwork"
    default_auto_field = "django.db.models.BigAutoField"
